"""S1, S10, S16 and S39 at the door: a small need is soon reported, and what is operation goes where it is helped."""

from html.parser import HTMLParser

import pytest
from django.core import mail

from samrad.initiatives.models import Forwarding, Initiative, Takeover
from samrad.initiatives.tasks import mail_forwarded
from tests.initiatives.form import page, send, start
from tests.krav.region import STRANGER, Region, text_of

krav = pytest.mark.krav
MOST_FIELDS = 12
WRITER, HEAD = "fjelldal-ansatt-helse", "fjelldal-leder-helse"


class _Fields(HTMLParser):
    """The fields of a step that must be filled in, and hold nothing yet."""

    def __init__(self) -> None:
        super().__init__()
        self.must: list[str] = []
        self.label = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "label":
            self.inside, self.label = True, dict(attrs).get("for") or ""

    def handle_data(self, data: str) -> None:
        if self.inside and data == "Må fylles ut":
            self.must.append(self.label.removeprefix("id_"))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "label"


def must_fill(html: str, held: dict[str, object]) -> list[str]:
    fields = _Fields()
    fields.feed(html)
    return [name for name in fields.must if not held.get(name)]


@krav("S1.AK3", guards="samrad.initiatives.policy.lacks")
def test_an_untrained_persons_small_need_has_at_most_twelve_fields(region: Region) -> None:
    client = region.client(WRITER)
    need, url, filled, pages = start(client), "", 0, 0
    typed = {
        "title": "Lisens for kartløsning",
        "problem": "Tre ansatte tegner kart for hånd.",
        "if_nothing": "Det blir feil i kartene.",
        "affected": "Tre ansatte og de som bygger.",
        "field": region.world.fields["helse"].pk,
        "classification": "development",
        "benefits-0-title": "Mindre dobbeltarbeid",
        "benefits-0-kind": "saved_time",
        "one_off_kr": "40 000",
        "annual_kr": "0",
        "need_owner": region.person(HEAD).pk,
        "question": "Kjøpe lisensen.",
    }
    asked: list[str] = []
    url = f"/initiatives/{need}/step/1/"
    while "/step/" in url:
        answer = client.get(url)
        step = int(url.split("/step/")[1].split("/")[0])
        fields = must_fill(answer.content.decode(), page(client, need, step))
        asked, pages = [*asked, *fields], pages + 1
        url = send(client, need, step, **{name: typed[name] for name in fields})["Location"]
    filled = len(asked)
    print(f"A small need: {filled} fields to fill in, on {pages} pages (at most {MOST_FIELDS})")
    assert url.endswith("/files/") and pages == 5
    assert filled <= MOST_FIELDS and set(asked) == set(typed)
    assert "mangler før du kan sende" not in region.page(WRITER, f"/initiatives/{need}/review/")
    # Without one of them it cannot be sent.
    send(client, need, 9, question="")
    assert "Én ting mangler før du kan sende inn" in region.page(WRITER, f"/initiatives/{need}/review/")
    for other in ("fjelldal-ansatt-teknisk", STRANGER):
        assert region.status(other, f"/initiatives/{need}/step/1/") == 404


def _operational(region: Region) -> int:
    client = region.client(WRITER)
    need = start(client)
    values = {"title": "Skriveren står", "problem": "Den har stått siden mandag.", "classification": "operation"}
    assert send(client, need, 1, **values)["Location"] == f"/initiatives/{need}/operational/"
    return need


@krav("S16.AK1", guards="samrad.initiatives.policy.lacks")
def test_an_operational_request_is_refused_at_the_door_with_the_way_to_the_service_desk(region: Region) -> None:
    need = _operational(region)
    told = region.page(WRITER, f"/initiatives/{need}/operational/")
    assert "Dette går til brukerstøtte" in told and "https://fjelldal.example/it-hjelp" in told
    assert "Den har stått siden mandag." in told  # nothing typed is lost
    assert "Det som er drift, går til brukerstøtte." in region.page(WRITER, f"/initiatives/{need}/review/")
    version = region.find(lambda: Initiative.objects.get(pk=need).version)
    assert region.client(WRITER).post(f"/anchoring/{need}/send/", {"version": version}).status_code == 409
    for other in ("fjelldal-ansatt-teknisk", STRANGER):
        assert region.status(other, f"/initiatives/{need}/operational/") == 404


@krav("S39.AK2", guards=["samrad.initiatives.policy.can_forward", "samrad.initiatives.policy.can_take_back"])
def test_an_operational_matter_goes_to_the_service_desk_with_one_press(region: Region) -> None:
    need, client = _operational(region), region.client(WRITER)
    url = f"/initiatives/{need}/operational/"
    for other in ("fjelldal-ansatt-teknisk", STRANGER):
        assert region.client(other).post(url).status_code == 404
        assert region.client(other).post(f"{url}take-back/").status_code == 404
    assert client.post(f"{url}take-back/").status_code == 403  # it has not been forwarded
    assert client.post(url).status_code == 302
    sent = region.find(lambda: Forwarding.objects.get(initiative_id=need))
    assert (sent.email, sent.subject) == ("it-hjelp@fjelldal.example", "Skriveren står")
    assert "Den har stått siden mandag." in sent.body and region.person(WRITER).name in sent.body
    mail_forwarded.func(0)
    assert [m.to for m in mail.outbox] == [["it-hjelp@fjelldal.example"]]
    assert "Det ligger hos brukerstøtte" in region.page(WRITER, url)
    assert client.post(f"{url}take-back/").status_code == 302
    assert page(client, need, 1)["problem"] == "Den har stått siden mandag."
    send(client, need, 1, classification="development")
    assert client.post(url).status_code == 403 and "Bare det som er drift" in text_of(client.post(url))


def _taken_in(region: Region, subject: str = "Vi trenger en app for vaktmesterrunden") -> Takeover:
    values = {
        "subject": subject,
        "sender": "Vaktmester Olsen",
        "text": "Hei, kan vi få en app for runden?",
        "need_owner": region.person("granlia-leder-teknisk").pk,
    }
    assert region.client("saksbehandler").post("/initiatives/requests/", values).status_code == 302
    return region.find(lambda: Takeover.objects.select_related("initiative").get(subject=subject))


def test_a_mail_becomes_a_draft_that_its_right_owner_takes_over(region: Region) -> None:
    owner, values = "granlia-leder-teknisk", {"subject": "x", "text": "y", "need_owner": 1}
    for other in (WRITER, STRANGER):
        assert region.client(other).post("/initiatives/requests/", values).status_code == 403
    asked = _taken_in(region)
    url = f"/initiatives/requests/{asked.pk}/"
    assert "Ta over utkastet, eller takk nei" in region.page(owner, "/overview/")
    assert "Hei, kan vi få en app for runden?" in region.page(owner, url)
    for other in ("granlia-leder-helse", STRANGER):
        assert region.status(other, url) == 404
        assert region.client(other).post(url, {"answer": "taken"}).status_code == 404
    assert region.client("saksbehandler").post(url, {"answer": "taken"}).status_code == 403
    assert region.client(owner).post(url, {"answer": "taken"}).status_code == 302
    need = region.find(lambda: Initiative.objects.get(pk=asked.initiative_id))
    assert need.owner_id == region.world.towns["granlia"].pk and need.title == asked.subject
    assert page(region.client(owner), need.pk, 1)["problem"] == "Hei, kan vi få en app for runden?"
    assert "Gjør behovet ferdig" in region.page(owner, "/overview/")
    assert "Tatt over" in region.page("saksbehandler", "/initiatives/requests/")


def test_the_owner_turns_it_down_with_a_reason_and_it_can_go_to_another(region: Region) -> None:
    owner, asked = "granlia-leder-teknisk", _taken_in(region)
    url = f"/initiatives/requests/{asked.pk}/"
    assert region.client(owner).post(url, {"answer": "turned_down", "reason": " "}).status_code == 422
    assert (
        region.client(owner).post(url, {"answer": "turned_down", "reason": "Det er eiendom sitt."}).status_code == 302
    )
    told = region.page("saksbehandler", "/initiatives/requests/")
    assert "Takket nei" in told and "Det er eiendom sitt." in told
    again = region.page("saksbehandler", f"/initiatives/requests/?again={asked.pk}")
    assert "Hei, kan vi få en app for runden?" in again
    assert region.client(owner).post(url, {"answer": "taken"}).status_code == 403  # once is enough
    assert region.status(owner, f"/initiatives/{asked.initiative_id}/step/1/") == 403
