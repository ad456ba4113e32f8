"""The worker: runs the jobs that actions leave behind. A row in our own tables is the truth, a job only a nudge."""

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Called once when the job queue is ready."""
