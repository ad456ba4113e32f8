"""Many rows in one statement: what comes back is what was sent, whatever it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samrad.core.bulk import _sent
from samrad.portfolio.models import ProjectAmount

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


class Documents(TestCase):
    """The document that is sent, read by the database."""

    databases = {"default", "owner"}

    @given(texts, st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
    def test_text_and_kroner_come_back_as_they_were(self, text: str, kroner: Decimal) -> None:
        from django.db import connection

        fields = [ProjectAmount._meta.get_field("price_base"), ProjectAmount._meta.get_field("value")]
        row = ProjectAmount(price_base=text, value=kroner)
        with connection.cursor() as cursor:
            shape = (
                "select price_base, value from json_to_recordset(%s::json) as r(price_base text, value numeric(18, 2))"
            )
            cursor.execute(shape, [_sent([row], fields)])
            assert cursor.fetchall() == [(text, kroner)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 12, 1), "2026-12-01"),
        (datetime(2026, 1, 2, 3, 4, 5, 678901, UTC), "2026-01-02T03:04:05.678901+00:00"),
    ],
)
def test_a_day_and_a_time_keep_every_digit(value: date, said: str) -> None:
    from samrad.core.bulk import _plain

    assert _plain(value) == said
