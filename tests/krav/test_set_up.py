"""How the house governs, as data: requirements, who may send in, seats, coordinators, arenas, mandates."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samrad.governance.models import Arena, Coordinator, Mandate, Requirement, Seat
from samrad.governance.tasks import sweep
from samrad.organisation.models import Notification
from tests.krav.region import CONSENT, MAIL, ORDER, STRANGER, Region, text_of

krav = pytest.mark.krav
ADMIN, AUTHOR = "administrator", "fossmark-ansatt-organisasjon"
QUESTION = "Er verneombudet informert?"


def day(ahead: int = 0) -> str:
    """A day from today, as it is typed."""
    return f"{timezone.localdate() + timedelta(days=ahead):%d.%m.%Y}"


def _asked(region: Region, **changed: Any) -> dict[str, Any]:
    typed = {
        "owner": region.world.region.pk,
        "question": QUESTION,
        "answer": "text",
        "size_classes": ["small", "medium", "large"],
        "valid_from": day(),
        "source": "Rådet, sak 4/26",
        "responsible": region.person("saksbehandler").pk,
    }
    return {**typed, **changed}


def _add(region: Region, **changed: Any) -> Requirement:
    answer = region.client(ADMIN).post("/governance/rules/requirements/add/", _asked(region, **changed))
    assert answer.status_code == 302
    return region.find(lambda: Requirement.objects.order_by("-pk")[0])


@krav("S20.AK2", guards=["samrad.initiatives.policy.own_lacks", "samrad.organisation.policy.can_administer"])
def test_a_requirement_is_added_without_code_and_stops_a_need_until_it_is_answered(region: Region) -> None:
    need = region.need(ORDER)
    send_url, answer_url = f"/anchoring/{need.pk}/send/", f"/initiatives/{need.pk}/requirements/"
    for other in (AUTHOR, "sekretariat", STRANGER):
        assert region.client(other).get("/governance/rules/requirements/add/").status_code == 403
    incomplete = region.client(ADMIN).post("/governance/rules/requirements/add/", _asked(region, question=""))
    assert incomplete.status_code == 400 and "Skriv spørsmålet." in text_of(incomplete)
    added = _add(region)
    author = region.client(AUTHOR)
    refused = author.post(send_url, {"version": region.need(ORDER).version})
    assert refused.status_code == 409 and f"Svar på «{QUESTION}»." in text_of(refused)
    assert QUESTION in region.page(AUTHOR, f"/initiatives/{need.pk}/step/1/")  # in the check list from the start
    assert f'href="{answer_url}#id_{added.code}"' in text_of(author.get(f"/initiatives/{need.pk}/review/"))
    typed = {"version": region.need(ORDER).version, added.code: "Ja, 3. november."}
    assert region.client(STRANGER).post(answer_url, typed).status_code == 404
    assert author.post(answer_url, typed).status_code == 302
    assert "Ja, 3. november." in region.page(AUTHOR, f"/initiatives/{need.pk}/review/")
    assert author.post(send_url, {"version": region.need(ORDER).version}).status_code == 302


@krav("S5.AK4", guards="samrad.governance.policy.can_end_requirement")
def test_each_extra_requirement_has_an_owner_who_can_switch_it_off(region: Region) -> None:
    nobody = region.client(ADMIN).post("/governance/rules/requirements/add/", _asked(region, responsible=""))
    assert nobody.status_code == 400 and "Velg hvem som eier kravet." in text_of(nobody)
    added, need = _add(region), region.need(ORDER)
    url = f"/governance/rules/requirements/{added.pk}/end/"
    assert region.person("saksbehandler").name in region.page(AUTHOR, "/governance/rules/")
    for other in (AUTHOR, "sekretariat"):
        assert region.client(other).post(url).status_code in (403, 409)
    assert region.client(STRANGER).post(url).status_code == 404
    assert f"Svar på «{QUESTION}»." in region.page(AUTHOR, f"/initiatives/{need.pk}/review/")
    assert region.client("saksbehandler").post(url).status_code == 302
    assert QUESTION not in region.page(AUTHOR, f"/initiatives/{need.pk}/review/")
    sent = region.client(AUTHOR).post(f"/anchoring/{need.pk}/send/", {"version": region.need(ORDER).version})
    assert sent.status_code == 302


@krav("S20.AK4", guards=["samrad.governance.queries.rules_on", "samrad.governance.queries.size_classes"])
def test_the_rules_of_the_day_are_kept_with_the_need(region: Region) -> None:
    region.endorse_and_submit(MAIL)
    url = f"/anchoring/{region.need(MAIL).pk}/receipt/"
    kept = ("Nasjonal terskelverdi", "1 300 000 kr, Versjon 1", "under 100 000 kr")
    assert all(words in region.page("fjelldal-ansatt-organisasjon", url) for words in kept)
    changed = region.client(ADMIN).get("/governance/rules/")
    rule = text_of(changed).split('">Nasjonal terskelverdi')[0].rsplit('href="', 1)[1] + "change/"
    typed = {"version": 1, "name": "Nasjonal terskelverdi", "amount": "1 400 000", "unit": "kr", "valid_from": day()}
    assert region.client("sekretariat").post(rule, typed).status_code == 403
    assert region.client(STRANGER).post(rule, typed).status_code == 404
    assert region.client(ADMIN).post(rule, typed).status_code == 302
    assert "1 400 000" in region.page("fjelldal-ansatt-helse", "/governance/rules/")
    after = region.page("fjelldal-ansatt-organisasjon", url)
    assert all(words in after for words in kept) and "1 400 000" not in after


def _policy(**changed: Any) -> dict[str, Any]:
    typed = {
        "version": 1,
        "guideline": "Ledere for faggruppene melder behov. Alle kan foreslå ideer.",
        "need_roles": ["expert_group_lead", "sector_head"],
        "idea_roles": ["employee"],
        "adopted_by": "Kommunedirektørene",
        "valid_from": day(),
    }
    return {**typed, **changed}


@krav("S22.AK2", guards="samrad.governance.policy.can_send_needs")
def test_the_guideline_is_read_before_signing_in_and_the_policy_is_followed(region: Region) -> None:
    assert region.client(AUTHOR).get("/initiatives/start/").status_code == 200
    assert region.client("sekretariat").post("/governance/rules/submission/new/", _policy()).status_code == 403
    assert region.client(ADMIN).post("/governance/rules/submission/new/", _policy()).status_code == 302
    sign_in = text_of(Client().get("/organisation/sign-in/?next=/initiatives/start/"))
    assert 'href="/governance/guideline/"' in sign_in
    public = text_of(Client().get("/governance/guideline/"))
    assert "Ledere for faggruppene melder behov." in public and "Faggruppeansvarlig" in public
    assert "Der du jobber, er det andre som melder behov." in region.page(AUTHOR, "/initiatives/start/")
    assert region.client(AUTHOR).post("/initiatives/start/").status_code in (403, 409)
    assert region.client("faggruppe-helse").post("/initiatives/start/").status_code == 302
    assert region.client(STRANGER).post("/initiatives/start/").status_code == 302  # has no such policy


@krav("S22.AK3", guards="samrad.governance.queries.log_of")
def test_who_changed_the_policy_and_when_is_told(region: Region) -> None:
    url = "/governance/rules/submission/"
    assert region.client(ADMIN).post(f"{url}new/", _policy()).status_code == 302
    page = region.page(AUTHOR, url)
    now, earlier = page.split("Versjon 1", 1)
    assert region.person(ADMIN).name in now and "Alle ansatte kan foreslå en idé" in earlier
    stale = region.client(ADMIN).post(f"{url}new/", _policy(valid_from=day(3)))
    assert stale.status_code == 400 and "Noen har vedtatt en nyere versjon" in text_of(stale)
    assert "Ledere for faggruppene" not in region.page(STRANGER, url)


def _seat_form(region: Region, key: str, **changed: Any) -> dict[str, Any]:
    typed = {
        "person": region.person(key).pk,
        "position": "substitute",
        "valid_from": day(),
        "chosen": "elected",
        "chosen_by": "De ansatte i oppvekst",
        "chosen_date": day(-3),
    }
    return {**typed, **changed}


@krav("S24.AK1", guards="samrad.governance.queries.holes")
def test_a_field_without_member_or_substitute_is_warned_of(region: Region) -> None:
    body, field = region.world.bodies["council"], region.world.fields["oppvekst"]
    url = f"/governance/bodies/{body.pk}/seats/"
    assert "Oppvekst har ingen vara." in region.page("fjelldal-ansatt-helse", url)
    member = region.find(lambda: Seat.objects.get(body=body, field=field))
    typed = _seat_form(region, "granlia-leder-oppvekst", field=field.pk, substitute_for=member.pk)
    assert region.client("sekretariat").post(f"{url}give/", typed).status_code == 403
    assert region.client(STRANGER).post(f"{url}give/", typed).status_code == 404
    assert region.client(ADMIN).post(f"{url}give/", typed).status_code == 302
    assert "Oppvekst har ingen vara." not in region.page(ADMIN, url)
    ended = {"last_day": day(-1), "version": member.version}
    assert region.client(ADMIN).post(f"/governance/seats/{member.pk}/end/", ended).status_code == 302
    page = region.page(ADMIN, url)
    assert "Oppvekst har ikke noe medlem." in page
    assert "Uten medlem" in page  # in the table too, in words


@krav("S24.AK2", guards=["samrad.governance.policy.can_confirm", "samrad.governance.queries.seats_of"])
def test_each_member_has_who_chose_them_and_confirmed_criteria(region: Region) -> None:
    body = region.world.bodies["council"]
    url = f"/governance/bodies/{body.pk}/seats/"
    unsaid = region.client(ADMIN).post(f"{url}give/", _seat_form(region, "granlia-leder-oppvekst", chosen_by=""))
    assert unsaid.status_code == 400 and "Skriv hvem som oppnevnte eller valgte personen." in text_of(unsaid)
    assert region.client(ADMIN).post(f"{url}give/", _seat_form(region, "granlia-leder-oppvekst")).status_code == 302
    assert "Valgt: De ansatte i oppvekst" in region.page("fjelldal-ansatt-helse", url)
    seat = region.find(lambda: Seat.objects.order_by("-pk")[0])
    page, typed = f"/governance/seats/{seat.pk}/", {"criterion": "legitimacy", "confirmed": "on"}
    for other in ("granlia-leder-oppvekst", "fjelldal-ansatt-helse"):
        assert region.client(other).post(f"{page}criteria/", typed).status_code in (403, 409)
    assert region.client(STRANGER).post(f"{page}criteria/", typed).status_code == 404
    assert region.page(ADMIN, page).count("Ikke bekreftet") == 4
    assert region.client("sekretariat").post(f"{page}criteria/", typed).status_code == 302
    read = region.page("fjelldal-ansatt-helse", page)
    assert read.count("Ikke bekreftet") == 3 and region.person("sekretariat").name in read


@krav("S24.AK3", guards=["samrad.governance.queries.who_appoints", "samrad.governance.queries.ends_soon"])
def test_a_term_that_runs_out_is_warned_of_sixty_days_ahead(region: Region) -> None:
    body = region.world.bodies["council"]
    today, url = timezone.localdate(), f"/governance/bodies/{body.pk}/seats/"

    def ends(key: str, in_days: int) -> None:
        def write() -> None:
            Seat.objects.filter(body=body, person=region.person(key)).update(valid_to=today + timedelta(days=in_days))

        region.find(write)

    ends("skarholt-leder-oppvekst", 60)
    ends("sundneset-leder-teknisk", 61)
    page = region.page(ADMIN, url)
    warned = page[page.index("Perioder som går ut innen 60 dager") : page.index("Fagområde og kommune")]
    assert region.person("skarholt-leder-oppvekst").name in warned
    assert region.person("sundneset-leder-teknisk").name not in warned
    sweep(timezone.now())
    sweep(timezone.now())  # the second time nobody is told again

    def told(key: str) -> list[str]:
        rows = Notification.objects.filter(person=region.person(key), kind="governance.term")
        return region.find(lambda: list(rows.values_list("subject", flat=True)))

    for key in (ADMIN, "sekretariat"):
        found = told(key)
        assert sum(region.person("skarholt-leder-oppvekst").name in subject for subject in found) == 1
        assert not any(region.person("sundneset-leder-teknisk").name in subject for subject in found)
    assert told("fjelldal-ansatt-helse") == []
    assert region.status(STRANGER, url) == 404


def _coordinator(region: Region, **changed: Any) -> dict[str, Any]:
    towns = region.world.towns
    typed = {
        "version": 0,
        "person": region.person("skarholt-ansatt-organisasjon").pk,
        "origin": "innovation",
        "reserved_percent": 50,
        "used_percent": 40,
        "authority": "Kan love inntil 40 timer.",
        "valid_from": day(),
        f"share_{towns['skarholt'].pk}": 30,
        f"share_{towns['fossmark'].pk}": 20,
    }
    return {**typed, **changed}


@krav("S26.AK1", guards="samrad.governance.models.Coordinator.overused")
def test_what_is_reserved_and_what_is_used_stand_side_by_side(region: Region) -> None:
    url = "/governance/coordinators/"
    rows = region.find(lambda: list(Coordinator.objects.select_related("person").order_by("-reserved_percent")))
    page = region.page("fjelldal-ansatt-helse", url)
    row = page[page.index(rows[0].person.name) :]
    assert row.index("60 %") < row.index("75 %") < row.index("Mer enn avsatt")
    assert page.count("Mer enn avsatt") == 1 and "100 %" in page and "110 %" in page
    assert rows[0].person.name not in region.page(STRANGER, url)


@krav("S26.AK2", guards="samrad.governance.queries.missing_origins")
def test_an_origin_that_no_coordinator_has_is_flagged(region: Region) -> None:
    url = "/governance/coordinators/"
    assert "Ingen koordinator kommer fra: Digitaliseringsinnovasjon." in region.page("leder", url)
    for other in ("sekretariat", STRANGER):
        assert region.client(other).post(f"{url}add/", _coordinator(region)).status_code == 403
    assert region.client(ADMIN).post(f"{url}add/", _coordinator(region)).status_code == 302
    assert "Alle tre er dekket" in region.page("leder", url)


@krav("S26.AK3", guards="samrad.governance.policy.split_lacks")
def test_what_the_municipalities_have_makes_up_the_position(region: Region) -> None:
    url, skarholt = "/governance/coordinators/", f"share_{region.world.towns['skarholt'].pk}"
    wrong = region.client(ADMIN).post(f"{url}add/", _coordinator(region, **{skarholt: 31}))
    assert wrong.status_code == 400
    assert "Fordelingen blir 51 prosent, men 50 prosent er avsatt." in text_of(wrong)
    assert 'value="31"' in text_of(wrong)  # what was typed is kept
    assert region.client(ADMIN).post(f"{url}add/", _coordinator(region)).status_code == 302
    assert "Skarholt kommune 30 %" in region.page("leder", url)
    assert region.client(STRANGER).post(f"{url}add/", _coordinator(region)).status_code == 403


@krav("S7.AK3", guards=["samrad.governance.queries.arena_lines", "samrad.governance.models.Arena.overdue_on"])
def test_an_arena_that_has_not_met_in_time_is_flagged(region: Region) -> None:
    page = region.page("fjelldal-ansatt-helse", "/governance/arenas/")
    assert page.count("For lenge siden") == 1 and page.count("I rute") == 2
    assert page.index("For lenge siden") < page.index("I rute")  # those first that someone must do something about
    arena = region.find(lambda: Arena.objects.get(field__code="oppvekst"))
    url, typed = f"/governance/arenas/{arena.pk}/", {"held_date": day(-1), "notes": "Ny rutine for foresatte."}
    assert region.client("fjelldal-ansatt-helse").post(url, typed).status_code in (403, 409)
    assert region.client(STRANGER).post(url, typed).status_code == 404
    assert region.client("faggruppe-oppvekst").post(url, typed).status_code == 302
    assert "For lenge siden" not in region.page("fjelldal-ansatt-helse", "/governance/arenas/")
    assert "Ny rutine for foresatte." in region.page("fjelldal-ansatt-helse", url)


@krav("S38.AK1", guards="samrad.governance.queries.fields_without_ict")
def test_an_expert_group_that_meets_ict_nowhere_is_flagged(region: Region) -> None:
    url, said = "/governance/arenas/", "Faggrupper som ikke møter IKT noe sted"
    page = region.page("fjelldal-ansatt-helse", url)
    assert said in page and "Organisasjon og digitalisering" in page[page.index(said) :]
    typed = {
        "version": 0,
        "name": "IKT møter organisasjon",
        "purpose": "Fange opp behov.",
        "field": region.world.fields["organisasjon"].pk,
        "with_ict": "on",
        "frequency_days": 31,
        "since": day(),
    }
    assert region.client("fjelldal-ansatt-helse").post(f"{url}add/", typed).status_code in (403, 409)
    assert region.client("faggruppe-organisasjon").post(f"{url}add/", typed).status_code == 302
    assert said not in region.page("fjelldal-ansatt-helse", url)
    assert "IKT møter organisasjon" not in region.page(STRANGER, url)


def _mandate(region: Region, kind: str, **changed: Any) -> tuple[str, dict[str, Any]]:
    """The address and what the page holds: everything from the version in force."""
    body = region.world.bodies[kind]
    last = region.find(lambda: Mandate.objects.filter(body=body).order_by("-version")[0])
    names = ["purpose", "adopted_by", "budget_hours_limit", "quorum_share_percent", "notice_days", "meetings_per_year"]
    names += [
        "submission_days",
        "urgent_days",
        "authority",
        "meeting_form",
        "decides_by",
        "cost_key",
        "open_submitted",
        "open_decided",
    ]
    names += ["may_decide_types", "amount_per_case", "amount_per_year", "cost_key_equal_percent"]
    held = {n: v for n in names if (v := getattr(last, n)) not in (None, [], "")}
    towns = {
        f"{name}_{town.pk}": value
        for town in region.world.towns.values()
        for name, value in (("organ", "Kommunestyret"), ("case", "7/26"), ("day", day(-5)))
    }
    return f"/governance/bodies/{body.pk}/mandates/new/", {**held, **towns, "version": last.version, **changed}


@krav("S40.AK5", guards="samrad.governance.policy.can_replace")
def test_a_new_version_of_the_mandate_changes_nothing_that_is_decided(region: Region) -> None:
    new, typed = _mandate(region, "secretariat", amount_per_case="300 000", valid_from=day(-1))
    assert region.client(ADMIN).post(new, typed).status_code == 302
    region.endorse_and_submit(MAIL)
    case, story = region.case(MAIL), region.story(MAIL)
    url, version = f"/secretariat/cases/{case.pk}/", {"version": case.version}
    assert region.client("saksbehandler").post(f"{url}check/", version).status_code == 302
    decided = {"version": region.case(MAIL).version, "outcome": "approved", "amount_kr": "200 000", "text": "Ja."}
    assert region.client("sekretariat").post(f"{url}decide/", decided).status_code == 302
    before, reader = "Sekretariatets mandat, versjon 2", "fjelldal-ansatt-organisasjon"
    assert before in region.page(reader, story)
    new, typed = _mandate(region, "secretariat", amount_per_case="1 000", valid_from=day(-2))
    early = region.client(ADMIN).post(new, typed)
    assert early.status_code == 400 and "må begynne etter den forrige" in text_of(early)
    for other, status in (("sekretariat", 403), (STRANGER, 404)):
        assert region.client(other).post(new, {**typed, "valid_from": day()}).status_code == status
    assert region.client(ADMIN).post(new, {**typed, "valid_from": day()}).status_code == 302
    assert before in region.page(reader, story)
    row = region.decisions(MAIL)["fjelldal"]
    assert row.outcome == "approved" and row.amount_kr == 200_000
    page = region.page(reader, f"/governance/bodies/{region.world.bodies['secretariat'].pk}/")
    assert "Mandat versjon 3" in page and "1 000 kr" in page


def test_the_public_sees_what_the_mandate_opens_and_no_more(region: Region) -> None:
    need = region.need(CONSENT)
    problem = need.answers["problem"][:30]
    opened = f"/overview/open/{region.world.region.slug}/{need.pk}/"
    assert problem not in text_of(Client().get(opened))
    url, typed = _mandate(region, "council", open_submitted=["title", "need"], valid_from=day())
    for other, status in ((AUTHOR, 403), ("leder", 403), (STRANGER, 404)):
        assert region.client(other).post(url, typed).status_code == status
    assert problem not in text_of(Client().get(opened))
    assert region.client(ADMIN).post(url, typed).status_code == 302
    assert problem in text_of(Client().get(opened))
