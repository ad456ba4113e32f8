"""Who may send a need: everybody who writes it, not only the one who is responsible (flow.md D.6)."""

from django.urls import reverse

from samrad.anchoring import actions
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line


def _led_by_a_colleague(line: Line) -> Initiative:
    """Anne wrote it and Kari is responsible; recommended, so that it waits to be sent in."""
    need = line.draft()
    with line.acting("proposer") as by:
        people = {"lead": line.people["colleague"].pk, "need_owner": line.people["chief"].pk}
        initiatives.set_responsibles(by=by, at=AT, initiative_id=need.pk, version=None, people=people)
        actions.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    with line.acting("expert") as by:
        actions.give_opinion(by=by, at=AT, request_id=line.asked(need, "expert_group").pk, supports=True)
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    with line.seen_by("proposer"):
        return Initiative.objects.get(pk=need.pk)


def test_the_page_shows_who_can_send_and_lets_each_of_them(line: Line) -> None:
    need = _led_by_a_colleague(line)
    story, send = (reverse(n, args=[need.pk]) for n in ("overview:initiative_story", "anchoring:submission_send"))
    for who in ("proposer", "chief"):
        page = line.client(who).get(story).content.decode()
        assert f'href="{send}"' in page and "Oppgaven ligger hos Kari Lie. Du som skriver behovet" in page, who
    mine = line.client("colleague").get(story).content.decode()
    assert f'href="{send}"' in mine and "Oppgaven ligger hos" not in mine
    for who in ("sector_head", "dal_chief", "secretary"):
        assert f'href="{send}"' not in line.client(who).get(story).content.decode(), who
    assert line.client("stranger").get(story).status_code == 404
    client = line.client("proposer")
    assert "Disse kan melde inn: Anne Berg, Kari Lie, Knut Rå." in client.get(send).content.decode()
    assert client.post(send, {"version": need.version}).status_code == 302
    assert line.case(need).state == "submitted"


def test_the_mail_about_the_recommendation_names_who_can_send(line: Line) -> None:
    _led_by_a_colleague(line)
    with line.seen_by("expert"):
        told = (
            Notification.objects.filter(person=line.people["expert"], kind="anchoring.answered").order_by("pk").last()
        )
        assert told is not None and "kan melde det inn nå: Anne Berg, Kari Lie, Knut Rå" in told.body


def test_one_who_writes_may_clarify_too(line: Line) -> None:
    need = line.draft()
    with line.acting("proposer") as by:
        people = {"lead": line.people["colleague"].pk}
        initiatives.set_responsibles(by=by, at=AT, initiative_id=need.pk, version=None, people=people)
        actions.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    with line.acting("expert") as by:
        asked = line.asked(need, "expert_group")
        actions.give_opinion(by=by, at=AT, request_id=asked.pk, supports=False, text="Mangler nullpunkt.")
    story = line.client("proposer").get(reverse("overview:initiative_story", args=[need.pk])).content.decode()
    assert reverse("initiatives:draft_review", args=[need.pk]) in story and "Oppgaven ligger hos Kari Lie" in story
