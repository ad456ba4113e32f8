"""The demo's status reports are dated in the quarter they tell of, or in the weeks after it; never before it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.organisation.models import Entity
from samrad.portfolio.models import StatusReport


@pytest.mark.usefixtures("region")
def test_no_status_is_reported_before_its_period() -> None:
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        days = [
            (row.period_start, timezone.localdate(row.reported_at), row.period_end)
            for row in StatusReport.objects.all()
        ]
    assert days
    for start, reported, end in days:
        assert start <= reported <= min(end + timedelta(weeks=4), timezone.localdate())
