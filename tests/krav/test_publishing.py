"""S1, S23 and S35 in the open: who reads which document of a meeting, and what is never in it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from samrad.council.models import AgendaItem, Publication, WiderAccess
from samrad.eventlog.models import Event
from samrad.governance.models import Mandate
from samrad.organisation.actions import exempt_fields
from tests.krav.meetings import agreed, held
from tests.krav.region import LIST, MEDICINE, STRANGER, Region, pdf_text, text_of

krav = pytest.mark.krav
LAW = "offentleglova § 23 første ledd"


def _open(region: Region) -> str:
    """The house's address in the open, as the page without sign-in leads to it."""
    return str(Client().get("/overview/open/meetings/")["Location"])


def _version(region: Region, item: AgendaItem) -> int:
    return region.find(lambda: AgendaItem.objects.select_related("meeting").get(pk=item.pk).meeting.version)


def _publish(region: Region, key: str, item: AgendaItem, audience: str, *documents: str) -> str:
    url = f"/council/{item.meeting_id}/publish/"
    typed = {"version": _version(region, item), "documents": list(documents), "audience": audience}
    return text_of(region.client(key).post(url, typed, follow=True))


def _standing(region: Region, kind: str) -> Publication:
    return region.find(lambda: Publication.objects.filter(kind=kind, ended_at=None).latest("pk"))


def _consider(region: Region, item: AgendaItem, document: str, group: str, **said: str) -> int:
    held_back = f"{item.pk}-{group}"
    typed = {"held": held_back, **{f"{held_back}-{name}": value for name, value in said.items()}}
    url = f"/council/{item.meeting_id}/publish/{document}/consider/"
    return int(region.client("sekretariat").post(url, typed).status_code)


def _exempt(region: Region, group: str, code: str = "offl-23-1", law: str = LAW) -> None:
    need = region.need(LIST)
    values = {"initiative_id": need.pk, "field_group": group, "legal_basis": law, "basis_code": code}
    region.do("sekretariat", exempt_fields, house=need, involved=False, **values)


@krav("S1.AK1", guards="samrad.organisation.policy.can_exempt")
def test_anyone_reads_the_list_of_initiatives_with_state_and_benefits_but_nothing_exempt(region: Region) -> None:
    def row() -> str:
        page = text_of(Client().get("/overview/open/", follow=True))
        return page[page.index(MEDICINE) :].split("</tr>")[0]

    assert "ds-tag" in row() and re.search(r"\d timer", row())
    url = f"/initiatives/{region.need(MEDICINE).pk}/exemptions/"
    typed = {"field_group": "benefits", "basis_code": "offl-23-1", "until": ""}
    assert region.client("folkevalgt").post(url, typed).status_code == 403
    assert re.search(r"\d timer", row()), "nobody takes it out of the list without the right to"
    by_hand = region.client("sekretariat").post(url, {**typed, "basis_code": "offentleglova § 23"})
    assert by_hand.status_code == 200 and re.search(r"\d timer", row()), "the legal basis comes from the register"
    assert region.client("sekretariat").post(url, typed).status_code == 302
    assert "ds-tag" in row() and not re.search(r"\d timer", row())


@krav(
    "S35.AK2",
    guards=["samrad.council.policy.publishing.may_be_published", "samrad.council.policy.publishing.can_publish"],
)
def test_what_is_exempt_is_considered_first_and_is_in_no_published_document(region: Region) -> None:
    _exempt(region, "costs")
    item = held(region, LIST)
    paper, papers = f"paper-{item.pk}", f"/overview/meetings/{item.meeting_id}/papers/"
    secretary = region.client("sekretariat")
    cost = f"{region.need(LIST).one_off_kr:,.0f}".replace(",", " ")
    assert cost in text_of(secretary.get(f"/secretariat/cases/{item.case_id}/paper/")), "it is in the full paper"

    # Only those who publish find the page, and the paper waits for the answer the law asks for.
    assert region.status("granlia-ansatt-helse", f"/council/{item.meeting_id}/publish/") == 403
    assert region.status(STRANGER, f"/council/{item.meeting_id}/publish/") == 404
    page = _publish(region, "sekretariat", item, "public", paper)
    assert "offentleglova § 11" in page and not region.find(Publication.objects.filter(item=item).exists)
    assert _consider(region, item, paper, "costs", outcome="kept", reason="") == 422
    assert _consider(region, item, paper, "costs", outcome="duty", reason="Vi må.") == 422, "nothing binds us here"
    why = "Leverandøren er ikke valgt."
    assert _consider(region, item, paper, "costs", outcome="kept", reason=why) == 302
    event = region.find(lambda: Event.objects.filter(kind="council.WiderAccessConsidered").latest("pk"))
    assert (event.data["outcome"], event.data["field_group"]) == ("kept", "costs") and why not in str(event.data)
    assert why in text_of(secretary.get(f"/council/{item.meeting_id}/publish/{paper}/"))

    # For employees alone, then for the elected too, then for everyone: each sees only theirs, and never the cost.
    house, anyone = _open(region), Client()
    seen = {}
    for audience in ("employees", "elected", "public"):
        assert "publisert" in _publish(region, "sekretariat", item, audience, "agenda", paper)
        row = _standing(region, "paper")
        public = f"{house}{item.meeting_id}/{row.pk}/"
        seen[audience] = (
            region.status("granlia-ansatt-helse", f"{papers}{row.pk}/"),
            region.status("folkevalgt", f"{papers}{row.pk}/"),
            anyone.get(public).status_code,
        )
    assert seen == {"employees": (200, 404, 404), "elected": (200, 200, 404), "public": (200, 200, 200)}
    assert region.status(STRANGER, papers) == 404
    page = text_of(anyone.get(public))
    file = anyone.get(public.removesuffix("/") + ".pdf")
    words = pdf_text(file.content)
    for said in (page, words):
        assert LAW in said and cost not in said and why not in said
    assert "Medisin" not in file["Content-Disposition"] and "saksframlegg-" in file["Content-Disposition"]

    # What becomes exempt afterwards is gone at once; what is withdrawn is gone whole.
    problem = str(region.need(LIST).answers["problem"])
    assert problem in page
    _exempt(region, "need")
    assert problem not in text_of(anyone.get(public))
    url = f"/council/{item.meeting_id}/publish/{paper}/withdraw/"
    assert secretary.post(url, {"version": _version(region, item), "reason": ""}).status_code == 422
    assert secretary.post(url, {"version": _version(region, item), "reason": "Feil vedlegg."}).status_code == 302
    assert anyone.get(public).status_code == 404
    assert "Feil vedlegg." in text_of(secretary.get(f"/council/{item.meeting_id}/publish/{paper}/"))


@krav("S1.AK1", guards="samrad.council.policy.publishing.may_be_public")
def test_a_closed_item_keeps_its_number_and_the_law_in_public_minutes(region: Region) -> None:
    item = held(region, LIST)
    agreed(region, item, "Rådet anbefaler HEMMELIG tiltak.")
    house, anyone = _open(region), Client()
    assert "publisert" in _publish(region, "sekretariat", item, "public", "minutes")
    public = f"{house}{item.meeting_id}/{_standing(region, 'minutes').pk}"
    link, search = f'href="{public}/"', f"{house}?q=hemmelig+anbefaler"
    assert "HEMMELIG" in text_of(anyone.get(f"{public}/")) and link in text_of(anyone.get(search))
    with region.looking():
        closed = {"closed_basis": "kommuneloven § 11-5 andre ledd", "closed_code": "koml-11-5-2"}
        AgendaItem.objects.filter(pk=item.pk).update(open_title="Personalsak", **closed)
    words = pdf_text(anyone.get(f"{public}.pdf").content)
    assert f"/{item.meeting.year % 100:02d} Personalsak" in words and "kommuneloven § 11-5 andre ledd" in words
    for url in (f"{public}/", f"{house}{item.meeting_id}/", f"{house[:-1]}.atom", f"{house[:-1]}.ics"):
        answer = text_of(anyone.get(url))
        assert "HEMMELIG" not in answer and LIST not in answer, url
    assert link not in text_of(anyone.get(search))
    # Closed doors are answered for too.
    assert _consider(region, item, "minutes", WiderAccess.CLOSED, outcome="kept", reason="Gjelder en ansatt.") == 302

    # A mandate that does not open the meetings leaves nothing in the open.
    with region.looking():
        Mandate.objects.filter(body=item.meeting.body_id).update(open_to_public=False)
    assert anyone.get(f"{public}/").status_code == 404 and anyone.get(house).status_code == 404
    page = _publish(region, "sekretariat", item, "public", "minutes")
    assert "mandat" in page and "publisert." not in page
