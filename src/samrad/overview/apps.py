from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "samrad.overview"
    label = "overview"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samrad.core.rowsecurity import WINDOWS
        from samrad.overview.windows import OPEN

        WINDOWS.update(OPEN)
