"""Two who change one seat never overwrite each other."""

from typing import Any

from django.urls import reverse

from samrad.governance.models import Seat
from tests.anchoring.line import Line
from tests.governance.test_mandates import admins

__all__ = ["admins"]
SAID = "Noen har endret denne plassen"


def seat_of(line: Line, who: str = "member") -> Seat:
    with line.seen_by("anne"):
        return Seat.objects.get(person=line.people[who])


def change(line: Line, who: str, seat: Seat, **typed: Any) -> Any:
    values = {"version": seat.version, "position": seat.position, "valid_from": "01.01.2026", "chosen": "appointed"}
    values |= {"chosen_by": "Kommunedirektøren", "chosen_date": "01.12.2025", **typed}
    return line.client(who).post(reverse("governance:seat_change", args=[seat.pk]), values)


def test_a_seat_that_another_has_changed_is_not_overwritten(admins: Line) -> None:
    opened = seat_of(admins)
    assert change(admins, "anne", opened, competence="Kan helse").status_code == 302
    late = change(admins, "bjorn", opened, competence="Kan skole")
    page = late.content.decode()
    assert late.status_code == 400 and SAID in page and "Kan skole" in page  # what was typed is kept
    assert seat_of(admins).competence == "Kan helse"
    assert change(admins, "bjorn", seat_of(admins), competence="Kan skole").status_code == 302
    assert seat_of(admins).competence == "Kan skole"


def test_a_seat_is_not_ended_on_a_page_from_before_it_was_changed(admins: Line) -> None:
    opened = seat_of(admins)
    change(admins, "anne", opened, competence="Kan helse")
    address, data = reverse("governance:seat_end", args=[opened.pk]), {"last_day": "01.12.2031"}
    late = admins.client("bjorn").post(address, {**data, "version": opened.version}, follow=True)
    assert SAID in late.content.decode() and seat_of(admins).valid_to is None
    page = admins.client("bjorn").get(reverse("governance:seat_detail", args=[opened.pk])).content.decode()
    assert f'name="version" value="{seat_of(admins).version}"' in page
    admins.client("bjorn").post(address, {**data, "version": seat_of(admins).version})
    assert str(seat_of(admins).valid_to) == "2031-12-01"
