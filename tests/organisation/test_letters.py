"""What one is told by mail: at once, in the weekly letter or not at all, each as one has chosen, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from samrad.core.acting import acting_for
from samrad.organisation import tasks
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity, Notification, Person, WeeklyLetter
from samrad.organisation.notices import GROUPS, NOTICES, Delivery, choices_for, group_of
from samrad.organisation.tasks import mail_sweep, send_letters, week_of

OSLO = ZoneInfo("Europe/Oslo")
SUNDAY = datetime(2026, 11, 22, 20, 0, tzinfo=OSLO)
MONDAY = datetime(2026, 11, 23, 6, 30, tzinfo=OSLO)
ME = "granlia-ansatt-helse"
SRC = Path(tasks.__file__).parents[1]


def tell(code: str, subject: str, at: datetime = SUNDAY) -> None:
    """Something is told to me."""
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        person = Person.objects.get(email=f"{ME}@demo.example")
        by = system_actor(person.owner_id, on=at.date())
        message = Message(code, subject, "Teksten.", {}, path="/overview/")  # type: ignore[arg-type]  # a plain text is enough here
        notify(by=by, at=at, house=person, people=[person], message=message)


@pytest.fixture
def quiet(region: None) -> None:
    """What the demo has told already is mailed."""
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        Notification.objects.update(mailed_at=SUNDAY)
    mail.outbox.clear()


def mine() -> list[mail.EmailMessage]:
    return [m for m in mail.outbox if m.to == [f"{ME}@demo.example"]]


def test_every_code_that_is_told_has_its_group_and_reason() -> None:
    source = "\n".join(p.read_text() for p in SRC.rglob("*.py") if p.name != "notices.py")
    codes = set(re.findall(r'code="([a-z]+\.[a-z_]+)"', source))
    codes |= set(re.findall(r'Message\(\s*"([a-z]+\.[a-z_]+)"', source))
    told = "\n".join(p.read_text() for p in (SRC / "initiatives/notifications").glob("*.py"))
    codes |= set(re.findall(r'^\s+"(initiatives\.[a-z_]+)",$', told, re.M))
    assert codes - set(NOTICES) == set(), "place these in organisation/notices.py"
    assert {notice.group for notice in NOTICES.values()} <= {*GROUPS, "account"}
    assert group_of("no.such_code") == "to_do"


def test_what_must_be_done_comes_at_once_and_says_why(quiet: None) -> None:
    tell("anchoring.asked", "Du er spurt")
    tell("initiatives.followed", "Noe du følger")
    mail_sweep(0)
    [sent] = mine()
    assert sent.subject == "Du er spurt"
    assert "Du får denne fordi du er spurt" in sent.body
    assert "/organisation/notifications/choices/" in sent.body


def test_the_rest_comes_in_one_letter_on_monday_once(quiet: None) -> None:
    tell("initiatives.followed", "Innmeldt: E-lås")
    tell("anchoring.submitted", "Meldt inn: Ruteplan")
    send_letters(SUNDAY + timedelta(hours=1))  # not before Monday morning
    send_letters(MONDAY - timedelta(hours=1))
    assert mine() == []
    tell("initiatives.followed", "Sagt på mandag", at=MONDAY + timedelta(hours=3))
    for hours in (0, 1, 30):
        send_letters(MONDAY + timedelta(hours=hours))
    [letter] = mine()
    assert letter.subject == "Ukebrev fra Samråd: 2 nyheter"
    assert "- Innmeldt: E-lås" in letter.body and "- Meldt inn: Ruteplan" in letter.body
    assert "Du får denne fordi du følger saken." in letter.body and "Velg hva du får på e-post" in letter.body
    assert "Sagt på mandag" not in letter.body
    send_letters(MONDAY + timedelta(days=7))
    assert [m.subject for m in mine()[1:]] == ["Ukebrev fra Samråd: én nyhet"]


def test_a_letter_that_a_kill_stopped_half_way_goes_once_and_loses_nothing(
    quiet: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("initiatives.followed", "Innmeldt: E-lås")

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "_mail_letters", killed)
        with pytest.raises(KeyboardInterrupt):
            send_letters(MONDAY)
    assert mine() == []
    for _again in range(2):
        send_letters(MONDAY + timedelta(hours=2))
    [letter] = mine()
    assert "Innmeldt: E-lås" in letter.body
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        assert WeeklyLetter.objects.filter(person__email=f"{ME}@demo.example").count() == 1


def test_each_chooses_and_what_one_must_do_is_never_left_out(quiet: None, client_of: Callable[[str], Client]) -> None:
    url, client = "/organisation/notifications/choices/", client_of(ME)
    assert url in client.get("/overview/").content.decode()  # in the person's menu
    usual = {group: str(row.usual) for group, row in GROUPS.items()}
    refused = client.post(url, {**usual, "to_do": Delivery.HERE})
    assert refused.status_code == 200 and "Velg en av dem." in refused.content.decode()
    chosen = {**usual, "followed": Delivery.AT_ONCE, "progress": Delivery.HERE}
    assert client.post(url, chosen).status_code == 302
    tell("initiatives.followed", "Følger")
    tell("anchoring.submitted", "Bare her")
    mail_sweep(0)
    send_letters(MONDAY)
    assert [m.subject for m in mine()] == ["Følger"]
    assert "Bare her" in client.get("/organisation/notifications/").content.decode()
    other = client_of("granlia-ansatt-oppvekst").get(url).content.decode()
    assert 'value="weekly" checked' in other  # another's choice is one's own


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))
def test_the_letter_of_a_week_belongs_to_its_monday(moment: datetime) -> None:
    now = moment.replace(tzinfo=OSLO)
    week, until = week_of(now)
    assert week.weekday() == 0 and timedelta(0) <= now.date() - week < timedelta(7)
    assert until.date() == week and until.hour == 6


def test_only_what_must_be_done_lacks_the_choice_to_be_left_out() -> None:
    for code, group in GROUPS.items():
        assert (Delivery.HERE in dict(choices_for(code))) is not group.must_do
