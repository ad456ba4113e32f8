"""Reads across the rooms: what waits for me, and the whole story of an initiative. Reads only."""

from samrad.overview.queries.telling import (
    Advice,
    Ball,
    Step,
    Story,
    Term,
    ball_of,
    holder_of,
    place_in_line,
    steps_of,
    story,
)
from samrad.overview.queries.waiting import MyPage, Waiting, count_waiting, my_page, task_url, waiting_for, waiting_in

__all__ = [
    "Advice",
    "Ball",
    "MyPage",
    "Step",
    "Story",
    "Term",
    "Waiting",
    "ball_of",
    "count_waiting",
    "holder_of",
    "my_page",
    "place_in_line",
    "steps_of",
    "story",
    "task_url",
    "waiting_for",
    "waiting_in",
]
