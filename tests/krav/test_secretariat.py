"""S26, S27, S37: assessments by named people, finance, the coordinator's advice, and who can help with what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samrad.governance.models import Body, Seat
from samrad.organisation.models import Notification
from samrad.secretariat.models import Assessment, Review
from samrad.secretariat.tasks import sweep
from tests.krav.region import ALARM, SPEECH, STRANGER, Region, pdf_text, text_of

krav = pytest.mark.krav
OFFICER, COORDINATOR = "saksbehandler", "fjelldal-ansatt-organisasjon"


def _case(region: Region) -> str:
    return f"/secretariat/cases/{region.case(SPEECH).pk}/"


def _write(region: Region, key: str = OFFICER, **values: object) -> int:
    typed = {"version": region.case(SPEECH).version, **values}
    return int(region.client(key).post(f"{_case(region)}assessment/", typed).status_code)


def _make(region: Region) -> str:
    """What the secretariat is told when it tries to make the paper; nothing where it is made."""
    typed = {"proposed_outcome": "recommended", "proposed_text": "Rådet anbefaler tiltaket."}
    answer = region.client(OFFICER).post(
        f"{_case(region)}make-paper/", {"version": region.case(SPEECH).version, **typed}
    )
    return text_of(answer) if answer.status_code == 409 else ""


def _finance(region: Region, **values: object) -> int:
    town = region.need(SPEECH).owner_id
    return _write(region, kind=f"finance:{town}", **values)


def _paper(region: Region, key: str = OFFICER) -> tuple[str, str]:
    """The case paper as a page and as a PDF."""
    page = region.page(key, f"{_case(region)}paper/")
    return page, pdf_text(region.client(key).get(f"{_case(region)}paper.pdf").content)


def _ask(region: Region, kind: str, person: str, days: int = 14) -> Review:
    due = timezone.localdate() + timedelta(days=days)
    typed = {"kind": kind, "person": region.person(person).pk, "due": due.strftime("%d.%m.%Y")}
    answer = region.client(OFFICER).post(
        f"{_case(region)}reviews/", {"version": region.case(SPEECH).version, **typed, "question": "Hva må vi passe på?"}
    )
    assert answer.status_code == 302, text_of(answer)
    return region.find(lambda: Review.objects.get(case__initiative__title=SPEECH, kind=kind, withdrawn_at__isnull=True))


def _answer(region: Region, key: str, review: Review, text: str, conclusion: str = "conditions") -> int:
    typed = {"version": review.version, "text": text, "conclusion": conclusion}
    return int(region.client(key).post(f"/secretariat/reviews/{review.pk}/", typed).status_code)


@krav("S27.AK2", guards=["samrad.secretariat.policy.finance_lacks", "samrad.secretariat.policy.can_make_paper"])
def test_a_case_that_needs_budget_is_not_ready_without_an_answer_about_finance(region: Region) -> None:
    told = _make(region)
    assert "Svar på økonomispørsmålet for Fjelldal" in told and region.case(SPEECH).state == "preparation"
    assert "Økonomispørsmålet venter på svar" in region.page(OFFICER, _case(region))
    assert _finance(region) == 409  # neither an assessment nor a reason
    assert _finance(region, not_assessed_reason="Det er satt av i budsjettet for i år.") == 302
    assert _make(region) == "" and region.case(SPEECH).state == "ready"
    for whole in _paper(region):
        assert "Økonomi, Fjelldal" in whole and "Det er satt av i budsjettet for i år." in whole


@krav("S27.AK2", guards="samrad.secretariat.policy.finance_lacks")
def test_in_a_cooperation_each_municipality_answers_for_itself(region: Region) -> None:
    case = region.case(ALARM)
    answered = Assessment.objects.filter(case=case, kind="finance").order_by("municipality__name")
    rows = region.find(lambda: list(answered.select_related("municipality")))
    assert [row.municipality_id for row in rows if row.municipality_id] and len(rows) == len(region.world.towns)
    region.find(lambda: (rows[0].delete(), case.__class__.objects.filter(pk=case.pk).update(state="preparation")))
    url = f"/secretariat/cases/{case.pk}/"
    typed = {"version": case.version, "proposed_outcome": "recommended", "proposed_text": "Anbefales."}
    answer = region.client(OFFICER).post(f"{url}make-paper/", typed)
    town = rows[0].municipality
    assert answer.status_code == 409 and town is not None
    told = text_of(answer)
    assert f"Svar på økonomispørsmålet for {town.name}" in told
    assert not [r for r in rows[1:] if f"Svar på økonomispørsmålet for {r.municipality}" in told]
    about = {"kind": f"finance:{town.pk}", "text": "Rammen holder.", "version": case.version}
    assert region.client(STRANGER).post(f"{url}assessment/", about).status_code == 404
    assert region.client(OFFICER).post(f"{url}assessment/", about).status_code == 302
    typed["version"] = region.case(ALARM).version
    assert region.client(OFFICER).post(f"{url}make-paper/", typed).status_code == 302


@krav(
    "S27.AK3",
    guards=[
        "samrad.secretariat.notifications.tell_review_reminded",
        "samrad.secretariat.notifications.tell_review_overdue",
    ],
)
def test_who_is_asked_for_an_assessment_has_a_deadline_and_is_reminded(region: Region) -> None:
    reviewer = "granlia-leder-helse"
    review = _ask(region, "technology", reviewer)

    def told(kind: str) -> list[str]:
        rows = Notification.objects.filter(kind=kind, person=region.person(reviewer))
        return region.find(lambda: [n.subject for n in rows])

    due = review.due_date.strftime("%d.%m.%Y")
    assert told("secretariat.review_asked") == [f"Vurder innen {due}: {SPEECH}"]
    mine = region.page(reviewer, "/overview/")
    assert "Gi vurderingen du er bedt om" in mine and f"/secretariat/reviews/{review.pk}/" in mine
    for days, reminded, late in ((9, 0, 0), (12, 1, 0), (13, 1, 0), (14, 1, 0), (20, 1, 1), (21, 1, 1)):
        sweep(timezone.now() + timedelta(days=days))
        counts = len(told("secretariat.review_reminded")), len(told("secretariat.review_overdue"))
        assert counts == (reminded, late), days
    assert region.status(STRANGER, f"/secretariat/reviews/{review.pk}/") == 404
    assert _answer(region, "granlia-leder-oppvekst", review, "Nei.") == 404
    assert _answer(region, reviewer, review, "Bruk felles innlogging.") == 302, "late is better than never"
    assert "Gi vurderingen du er bedt om" not in region.page(reviewer, "/overview/")
    page = region.page(OFFICER, _case(region))
    assert "Bruk felles innlogging." in page and "Ja, på vilkår" in page and region.person(reviewer).name in page


@krav("S37.AK1", guards=["samrad.secretariat.papers._assessed", "samrad.secretariat.papers._assessment"])
def test_the_four_stand_side_by_side_and_what_is_missing_is_seen(region: Region) -> None:
    review = _ask(region, "technology", "granlia-leder-helse")
    assert _answer(region, "granlia-leder-helse", review, "Bruk felles innlogging.") == 302
    assert _write(region, kind="innovation", not_assessed_reason="Kjent løsning fra naboen.") == 302
    assert _finance(region, text="Det er dekning.") == 302
    page = region.page(OFFICER, _case(region))
    assert "Ikke vurdert, og uten grunn. Det står i saksframlegget:" in page
    assert _make(region) == ""
    person = region.person("granlia-leder-helse").name
    for whole in _paper(region):
        for words in (
            "Teknologi og arkitektur",
            "Innovasjon",
            "Gevinst",
            "Organisasjonsutvikling",
            person,
            "Bruk felles innlogging.",
            "Ikke vurdert: Kjent løsning fra naboen.",
            "Ikke vurdert. Ingen grunn er oppgitt.",  # the benefit, which nobody is asked about
        ):
            assert words in whole, words
    asked = region.person("granlia-ansatt-organisasjon").name
    assert f"Ikke vurdert. {asked} er spurt" in _paper(region)[0]


@krav("S26.AK4", guards=["samrad.secretariat.policy.can_write", "samrad.secretariat.papers._assessed"])
def test_the_coordinators_advice_is_a_section_of_its_own(region: Region) -> None:
    assert _write(region, kind="coordinator", text="Gå sammen med naboen.") == 409, "the officer is no coordinator"
    answer = region.client(OFFICER).post(
        f"{_case(region)}reviews/",
        {
            "version": region.case(SPEECH).version,
            "kind": "coordinator",
            "person": region.person("granlia-leder-helse").pk,
            "due": "01.12.2031",
        },
    )
    assert answer.status_code == 409 and "Velg en koordinator i registeret." in text_of(answer)
    review = _ask(region, "coordinator", COORDINATOR)
    assert _answer(region, COORDINATOR, review, "Gå sammen med naboen.") == 302
    assert _finance(region, text="Det er dekning.") == 302
    assert _make(region) == ""
    page, pdf = _paper(region)
    assert "<h2>Koordinatorens råd</h2>" in page and "Gå sammen med naboen." in page
    assert "Koordinatorens råd" in pdf and region.person(COORDINATOR).name in pdf


@krav("S27.AK1", guards="samrad.governance.queries.bodies.positions_for")
def test_every_role_of_a_secretariat_can_be_chosen_and_none_must_be(region: Region) -> None:
    bodies = region.find(lambda: {b.kind: b.pk for b in Body.objects.filter(owner=region.world.region)})
    url, council = (f"/governance/bodies/{bodies[kind]}/seats/give/" for kind in ("secretariat", "council"))
    page, other = region.page("administrator", url), region.page("administrator", council)
    for role in (
        "Leder for rådet",
        "Koordinator",
        "IKT-leder",
        "Prosjektleder IKT",
        "Virksomhetsarkitekt",
        "Sak og arkiv",
        "Personal og organisasjonsutvikling",
        "Digitaliseringsinnovasjon",
    ):
        assert f">{role}</option>" in page and f">{role}</option>" not in other, role
    day = timezone.localdate().strftime("%d.%m.%Y")
    typed = {
        "person": region.person(COORDINATOR).pk,
        "position": "architect",
        "valid_from": day,
        "chosen": "appointed",
        "chosen_by": "Kommunedirektørene",
        "chosen_date": day,
    }
    assert region.client("administrator").post(council, typed).status_code == 400
    assert region.client("administrator").post(url, typed).status_code == 302
    seats = region.find(lambda: list(Seat.objects.filter(body_id=bodies["secretariat"], position="architect")))
    assert len(seats) == 1
    listed = region.page("administrator", f"/governance/bodies/{bodies['secretariat']}/seats/")
    assert "Virksomhetsarkitekt" in listed and "IKT-leder" not in listed, "the others may stay empty"


@krav(
    "S37.AK2",
    guards=["samrad.secretariat.queries.workspace.competence_of", "samrad.secretariat.policy.can_keep_competence"],
)
def test_the_register_shows_who_can_help_with_what_also_at_vendors(region: Region) -> None:
    reader, url = "granlia-ansatt-helse", "/secretariat/competence/"
    page = region.page(reader, url)
    assert "Fjordsystem AS" in page and "Gevinstplaner og målinger" in page and "Legg til noen" not in page
    found = region.page(reader, f"{url}?q=integrasjoner")
    assert "IKT-avdelingen" in found and "Fjordsystem AS" not in found
    assert "Fjordsystem AS" in region.page(reader, f"{url}?place=vendor&kind=technology")
    assert "Fjordsystem" not in region.page(STRANGER, url)
    typed = {"version": 0, "name": "Nina Nett", "place": "vendor", "helps_with": "Nettverk", "organisation": ""}
    assert region.client(reader).post(f"{url}add/", typed).status_code == 403
    refused = region.client(OFFICER).post(f"{url}add/", typed)
    assert refused.status_code == 422 and "Skriv hvilken leverandør det er." in text_of(refused)
    assert region.client(OFFICER).post(f"{url}add/", {**typed, "organisation": "Nett AS"}).status_code == 302
    assert "Nett AS" in region.page(reader, f"{url}?q=nettverk")
