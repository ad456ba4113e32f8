"""S20–S23: the requirements to the groundwork and the anchoring, and the council's treatment."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from samrad.anchoring.models import Request
from samrad.governance.actions import adopt_requirement
from tests.initiatives.form import send
from tests.krav.meetings import agreed, held
from tests.krav.region import CONSENT, LIST, MAIL, NIGHT, ORDER, SPEECH, STRANGER, Region, text_of

krav = pytest.mark.krav


@krav(
    "S20.AK1",
    guards=[
        "samrad.initiatives.policy.lacks",
        "samrad.anchoring.policy.groundwork",
        "samrad.anchoring.policy.can_send",
    ],
)
def test_without_benefits_costs_and_someone_responsible_nothing_is_sent(region: Region) -> None:
    author, need = region.client("fossmark-ansatt-organisasjon"), region.need(ORDER)
    url = f"/anchoring/{need.pk}/send/"

    def lacking() -> str:
        answer = author.post(url, {"version": region.need(ORDER).version})
        return text_of(answer) if answer.status_code == 409 else ""

    whole = {"one_off_kr": "150 000", "annual_kr": "0"}
    for step, without, again, told in [
        (5, {"one_off_kr": ""}, whole, "Fyll ut «Engangskostnad»."),
        (5, {"annual_kr": ""}, whole, "Fyll ut «Årlig kostnad»."),
        (5, {"one_off_kr": "0", "annual_kr": "0"}, whole, "Si hvorfor det ikke koster noe."),
        (6, {"lead": ""}, {"lead": region.person("fossmark-ansatt-organisasjon").pk}, "Velg Tiltaksansvarlig."),
        (6, {"need_owner": ""}, {"need_owner": region.person("fossmark-leder-organisasjon").pk}, "Velg Behovseier."),
    ]:
        send(author, need.pk, step, **without)
        assert told in lacking(), told
        send(author, need.pk, step, **again)
    send(author, need.pk, 4, go="remove:0")
    assert "Legg inn minst én gevinst." in lacking()
    benefit = {"benefits-0-title": "Færre avtaler", "benefits-0-kind": "saved_time", "benefits-0-hours_a_year": "40"}
    send(author, need.pk, 4, **benefit)
    for other in ("fossmark-ansatt-helse", STRANGER):
        assert region.client(other).post(url, {"version": region.need(ORDER).version}).status_code == 404
    assert lacking() == ""
    asked = region.find(lambda: list(Request.objects.filter(initiative=need).values_list("pk", "withdrawn_at")))
    again = author.post(url, {"version": region.need(ORDER).version})  # once is enough: the second leads to the story
    assert asked == region.find(lambda: list(Request.objects.filter(initiative=need).values_list("pk", "withdrawn_at")))
    assert again.status_code == 302 and again.headers["Location"] == region.story(ORDER)


@krav("S20.AK3", guards=["samrad.secretariat.actions.preparing._return", "samrad.secretariat.policy.can_check"])
def test_a_return_names_each_missing_thing_and_keeps_everything(region: Region) -> None:
    case, author = region.case(CONSENT), "bekkjarvoll-ansatt-oppvekst"
    url, need = f"/secretariat/cases/{case.pk}/", region.need(CONSENT)
    values = {"version": case.version, "missing": ["benefits", "privacy"], "other": "Tilbudet", "note": "Ring oss."}
    for other in (author, "granlia-direktor", STRANGER):
        assert region.client(other).post(f"{url}check/", values).status_code == 404
    assert region.client("saksbehandler").post(f"{url}check/", values).status_code == 302
    page = region.page(author, f"/anchoring/{need.pk}/submit/")
    for missing in ("Gevinstoversikt", "Om personopplysninger brukes", "Tilbudet", "Ring oss."):
        assert missing in page, missing
    review = region.page(author, f"/initiatives/{need.pk}/review/")
    assert need.answers["problem"] in review and need.answers["question"] in review
    waits = region.page("saksbehandler", url)  # with those who wrote it: neither to be checked nor sent elsewhere
    assert f'action="{url}check/"' not in waits and f'action="{url}redirect/"' not in waits
    assert region.submit(author, CONSENT).status_code == 302
    assert f'action="{url}check/"' in region.page("saksbehandler", url)


@krav("S20.AK4", guards="samrad.anchoring.actions.submitting._requirements")
def test_the_requirements_of_the_day_are_kept_with_the_need(region: Region) -> None:
    house, later = region.world.region, "Vedtatt i rådet etterpå"

    def receipt(key: str, title: str) -> str:
        return region.page(key, f"/anchoring/{region.need(title).pk}/receipt/")

    before = receipt("bekkjarvoll-ansatt-oppvekst", CONSENT)
    assert before.count("Vedtatt av kommunestyrene, krav til forarbeid") == 3
    assert "Noen som er ansvarlig" in before and "Minst én gevinst" in before
    region.set_up(
        house,
        adopt_requirement,
        owner=house,
        code="privacy",
        size_classes=["small", "medium", "large"],
        valid_from=timezone.localdate(),
        source=later,
    )
    region.endorse_and_submit(MAIL)
    assert later in receipt("fjelldal-ansatt-organisasjon", MAIL)
    assert later not in receipt("bekkjarvoll-ansatt-oppvekst", CONSENT)
    assert region.status(STRANGER, f"/anchoring/{region.need(MAIL).pk}/receipt/") == 404


@krav("S21.AK1", guards=["samrad.anchoring.policy.can_submit", "samrad.anchoring.policy.can_answer"])
def test_the_record_says_who_recommended_which_version_and_a_material_change_asks_again(region: Region) -> None:
    author, head, need = "fjelldal-ansatt-organisasjon", "fjelldal-leder-organisasjon", region.need(MAIL)
    asked = region.asked(MAIL, "endorsement")
    for other in ("fjelldal-leder-helse", STRANGER):
        assert region.answer(other, MAIL, "endorsement").status_code == 404
    assert region.answer(author, MAIL, "endorsement").status_code == 409
    assert region.answer(head, MAIL, "endorsement").status_code == 302
    story = region.page(author, region.story(MAIL))
    assert f"{region.person(head).name}, Organisasjon og digitalisering" in story
    number = region.find(lambda: asked.content.number)
    with override("nb"):
        today = date_format(timezone.localdate(), "j. F Y")
    assert f"{today}. Gjelder versjon {number}" in story
    send(region.client(author), need.pk, 2, consulted="Tillitsvalgte er orientert.")  # not material
    assert ">Meld inn</button>" in region.page(author, f"/anchoring/{need.pk}/submit/")
    send(region.client(author), need.pk, 5, one_off_kr="900 000")
    page = region.page(author, f"/anchoring/{need.pk}/submit/")
    assert "Behovet er endret etter at sektorlederen tilrådde det." in page
    assert region.submit(author, MAIL).status_code == 409
    again = {"version": region.need(MAIL).version}
    assert region.client(author).post(f"/anchoring/{need.pk}/send/", again).status_code == 302
    changed = region.page(head, f"/anchoring/requests/{region.asked(MAIL, 'endorsement').pk}/answer/")
    assert "900 000" in changed and "200 000" in changed
    assert region.answer(head, MAIL, "endorsement").status_code == 302
    assert region.submit(author, MAIL).status_code == 302


@krav("S23.AK1", guards=["samrad.council.policy.can_approve", "samrad.cases.policy.can_decide"])
def test_what_needs_budget_is_decided_only_after_the_council(region: Region) -> None:
    prepare = region.page("saksbehandler", f"/secretariat/cases/{region.case(SPEECH).pk}/")
    assert "Saken krever budsjett" in prepare
    director = "skarholt-direktor"
    assert not region.decisions(LIST)  # nothing to decide on, for anyone
    item = held(region, LIST)
    minutes = f"/council/{item.meeting_id}/minutes/"
    assert "Hver sak må ha et utfall først." in region.page("leder", minutes)
    assert "Saken ligger hos" not in region.page(director, "/overview/")
    assert not region.decisions(LIST)
    agreed(region, item)
    assert region.decide("granlia-direktor", LIST, "skarholt").status_code in (404, 409)
    back = {"outcome": "sent_back", "text": "Regn på nytt."}
    assert region.decide(director, LIST, "skarholt", **back).status_code == 302
    # Sent back, it cannot be approved without the council's treating it once more.
    page = region.page(director, f"/cases/decisions/{region.decisions(LIST)['skarholt'].pk}/")
    assert ">Vedta</button>" not in page
    assert region.decide(director, LIST, "skarholt").status_code == 409
    assert region.case(LIST).state == "sent_back"
    assert region.status(STRANGER, f"/cases/decisions/{region.decisions(LIST)['skarholt'].pk}/") == 404


@krav("S23.AK2", guards="samrad.council.policy.can_keep_minutes")
def test_the_recommendation_goes_word_for_word_to_those_who_decide(region: Region) -> None:
    words = "Digitaliseringsrådet anbefaler «Pasientens legemiddelliste»\nmed <strek> under & inntil 10 %."
    item = held(region, LIST)
    assert region.client("skarholt-direktor").post(
        f"/council/{item.meeting_id}/items/{item.pk}/", {"version": item.version, "outcome": "defer", "text": "Nei"}
    ).status_code in (403, 404)
    agreed(region, item, text=words)
    row = region.decisions(LIST)["skarholt"]
    page = region.page("skarholt-direktor", f"/cases/decisions/{row.pk}/")
    assert words in page
    typed = {"version": item.version + 1, "outcome": "defer", "text": "Noe annet", "reason": "Derfor"}
    changed = region.client("saksbehandler").post(f"/council/{item.meeting_id}/items/{item.pk}/", typed)
    assert changed.status_code == 403 and "Møteboka er godkjent og låst." in text_of(changed)
    assert words in region.page("skarholt-direktor", f"/cases/decisions/{row.pk}/")
    assert region.status(STRANGER, f"/cases/decisions/{row.pk}/") == 404


@krav("S23.AK3", guards="samrad.cases.policy.can_decide")
def test_one_recommendation_and_one_decision_for_each_municipality(region: Region) -> None:
    assert region.decide("granlia-direktor", NIGHT, "granlia", amount_kr="350 000").status_code == 302
    later = {"outcome": "deferred", "text": "Vi venter på budsjettet."}
    assert region.decide("skarholt-direktor", NIGHT, "skarholt", **later).status_code == 302
    assert region.decide("granlia-direktor", NIGHT, "fossmark", amount_kr="1").status_code == 409
    page = region.page("fossmark-ansatt-helse", region.story(NIGHT))
    assert page.count("Digitaliseringsrådet anbefaler tiltaket «Digitalt vaktrom") == 1
    cards = {
        town.name: card
        for town in region.world.towns.values()
        for card in page[page.index("<h2>Vedtak</h2>") :].split('<li class="card">')
        if f"<h3>{town.name}</h3>" in card
    }
    assert len(cards) == 6
    today = f"{timezone.localdate().day}. "
    granlia, skarholt = cards["Granlia kommune"], cards["Skarholt kommune"]
    assert "Vedtatt" in granlia and "350 000 kr" in granlia and today in granlia
    assert "Utsatt" in skarholt and "350 000" not in skarholt and today in skarholt
    assert "Ikke avgjort ennå." in cards["Fossmark kommune"]
    assert region.status(STRANGER, region.story(NIGHT)) == 404
