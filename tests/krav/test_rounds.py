"""S10, S23, S29: a prioritisation round is one case with a list, from the annual cycle to the economic plan."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from samrad.archive.models import Filing
from samrad.cases.models import Task
from samrad.council.models import AgendaItem, Publication
from samrad.council.papers import extract_of
from samrad.governance.models import CycleDate
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields
from samrad.organisation.models import Notification
from samrad.secretariat.models import Round, RoundRow, RouteChoice
from tests.krav.meetings import planned
from tests.krav.region import LIST, SPEECH, STRANGER, Region, pdf_text, text_of
from tests.krav.test_priority_and_frame import score
from tests.overview.test_queries import queries

krav = pytest.mark.krav
ROUNDS, EMPLOYEE = "/secretariat/rounds/", "fjelldal-ansatt-helse"


def _prepare(region: Region) -> None:
    """The second case is ready too: assessed, its paper made, and where it goes confirmed."""
    case, head = region.case(SPEECH), region.client("sekretariat")
    region.answer_finance(case)
    url = f"/secretariat/cases/{case.pk}/"
    for step, typed in (
        ("assessment", {"kind": "secretariat", "text": "Dette bør vi gjøre."}),
        ("make-paper", {"proposed_outcome": "recommended", "proposed_text": "Anbefales.", "confirms": "on"}),
    ):
        typed["version"] = str(region.case(SPEECH).version)
        answer = head.post(f"{url}{step}/", typed)
        assert answer.status_code == 302, text_of(answer)


def _open(region: Region) -> Round:
    """The secretariat opens the spring round from the annual cycle, with everything sent in until yesterday."""
    _prepare(region)
    typed = {
        "body": region.world.bodies["council"].pk,
        "purpose": "economic_plan",
        "first_year": timezone.localdate().year + 1,
        "deadline": f"{timezone.localdate() - timezone.timedelta(days=1):%d.%m.%Y}",
        "cycle_date": region.find(lambda: CycleDate.objects.filter(code="priority_spring").order_by("-year")[0].pk),
    }
    for who, status in ((EMPLOYEE, 403), ("leder", 403), (STRANGER, 403), ("sekretariat", 302)):
        assert region.client(who).post(f"{ROUNDS}open/", typed).status_code == status, who
    return region.find(lambda: Round.objects.select_related("case").get())


def _fresh(region: Region, one: Round) -> Round:
    return region.find(lambda: Round.objects.select_related("case").get(pk=one.pk))


def _step(region: Region, one: Round, step: str, who: str = "sekretariat", **typed: Any) -> int:
    values = {"version": _fresh(region, one).version, **typed}
    return int(region.client(who).post(f"{ROUNDS}{one.pk}/{step}/", values).status_code)


def _rows(region: Region) -> dict[str, RoundRow]:
    rows = RoundRow.objects.select_related("line__initiative", "own_case", "recommendation")
    return region.find(lambda: {row.line.initiative.title: row for row in rows})


def _held(region: Region, one: Round) -> AgendaItem:
    """The list is one item of a meeting that is being held."""
    meeting, head = planned(region), region.client("sekretariat")
    assert head.post(f"/council/{meeting.pk}/agenda/", {"case": region.case(LIST).pk}).status_code == 302
    assert region.case(LIST).state == "ready"  # it goes with the round, and not alone
    assert head.post(f"/council/{meeting.pk}/agenda/", {"case": one.case_id}).status_code == 302
    assert {region.case(LIST).state, region.case(SPEECH).state} == {"on_agenda"}
    version = region.find(lambda: type(meeting).objects.get(pk=meeting.pk).version)
    assert head.post(f"/council/{meeting.pk}/notice/", {"version": version}).status_code == 302
    seats = region.find(lambda: [s.pk for s in meeting.body.seats.all()])
    version = region.find(lambda: type(meeting).objects.get(pk=meeting.pk).version)
    values = {"version": version, **{f"seat_{pk}": "present" for pk in seats}}
    assert region.client("saksbehandler").post(f"/council/{meeting.pk}/attendance/", values).status_code == 302
    return region.find(lambda: AgendaItem.objects.select_related("meeting").get(case=one.case_id))


def _approve(region: Region, item: AgendaItem) -> None:
    version = region.find(lambda: type(item.meeting).objects.get(pk=item.meeting_id).version)
    region.client("leder").post(f"/council/{item.meeting_id}/minutes/", {"version": version})


def _reads_as_sent(region: Region, one: Round, title: str) -> None:
    """What the body was sent can be read word for word later, by those who prepare and treat it."""
    sent = re.findall(
        rf'href="(/secretariat/rounds/{one.pk}/list.pdf\?sent=\d+)"', region.page("leder", f"{ROUNDS}{one.pk}/")
    )
    assert len(sent) == 1 and title in pdf_text(region.client("leder").get(sent[0]).content)
    assert "Rådet vil ha den først" not in pdf_text(region.client("leder").get(sent[0]).content)
    for who, status in ((EMPLOYEE, 403), (STRANGER, 404)):
        assert region.status(who, sent[0]) == status
    assert region.status("leder", sent[0].replace("sent=", "sent=x")) == 404


@krav("S10.AK3", guards="samrad.council.policy.rounds.found_lacks")
@krav("S23.AK1", guards="samrad.council.actions.rounds._pass_on")
def test_a_round_is_one_case_and_each_line_goes_on_with_its_reason(region: Region) -> None:
    score(region, LIST, 4)
    one = _open(region)
    score(region, SPEECH, 2)
    assert _step(region, one, "list", who="leder") == 403
    assert _step(region, one, "list") == 302
    rows = _rows(region)
    first, second = sorted(rows.values(), key=lambda row: row.line.order)
    assert rows.keys() >= {LIST, SPEECH}
    assert _step(region, one, "ready") == 302
    page = region.page(EMPLOYEE, f"{ROUNDS}{one.pk}/")
    assert LIST in page and "Saksklar" in page
    assert region.status(STRANGER, f"{ROUNDS}{one.pk}/") == 404

    item = _held(region, one)
    url = f"/council/{item.meeting_id}/items/{item.pk}/list/"
    typed: dict[str, Any] = {"version": item.version, "mode": "hold"}
    for row in (first, second):
        typed |= {f"outcome_{row.pk}": "recommended", f"place_{row.pk}": "", f"reason_{row.pk}": ""}
    moved = {**typed, f"place_{second.pk}": "1"}
    secretary = region.client("saksbehandler")
    refused = secretary.post(url, moved)
    assert refused.status_code == 422 and "Skriv hvorfor organet vil noe annet" in text_of(refused)
    assert region.client("skarholt-leder-oppvekst").post(url, typed).status_code == 403
    assert region.client(STRANGER).post(url, typed).status_code == 404
    moved |= {f"reason_{second.pk}": "Rådet vil ha den først: avtalen går ut."}
    moved |= {f"outcome_{first.pk}": "defer", f"reason_{first.pk}": "Vi venter på piloten."}
    assert secretary.post(url, moved).status_code == 302
    # Until the minutes are approved, only those who treat it read what was found.
    assert "avtalen går ut" not in region.page(EMPLOYEE, f"{ROUNDS}{one.pk}/")
    assert "avtalen går ut" in region.page("saksbehandler", f"{ROUNDS}{one.pk}/")
    _approve(region, item)

    _reads_as_sent(region, one, first.line.initiative.title)
    titles = {row.pk: title for title, row in rows.items()}
    assert region.case(titles[second.pk]).state == "at_chief_executive"
    assert region.case(titles[first.pk]).state == "deferred"
    assert _fresh(region, one).case.state == "implemented"
    page = region.page(EMPLOYEE, f"{ROUNDS}{one.pk}/")
    assert page.index(titles[second.pk]) < page.index(titles[first.pk])
    assert "Rådet vil ha den først: avtalen går ut." in page and "Den er regnet til plass 2." in page
    minutes = pdf_text(region.client("leder").get(f"/council/{item.meeting_id}/minutes.pdf").content)
    assert titles[second.pk] in minutes and "Vi venter på piloten." in minutes
    extracts = region.filings(SPEECH, kind="minutes_extract")
    assert len(extracts) == 1 and "avtalen går ut" in str(extracts[0].content)
    # What the decision was based on holds the scores of that day, the weights, and why the body deviated.
    assert titles[second.pk] == SPEECH
    answer = region.decide("fjelldal-direktor", SPEECH, "fjelldal", amount_kr="100 000")
    assert answer.status_code == 302, text_of(answer)
    basis = f"/overview/decisions/{region.decisions(SPEECH)['fjelldal'].pk}/"
    page = region.page("leder", basis)
    assert "Skår og kriterier den dagen" in page and "(vekt 20): 2, 2. Spredning 0." in page
    assert "regnet til plass 2, satt som nummer 1: Rådet vil ha den først" in page
    assert region.status(STRANGER, basis) == 404


@krav("S29.AK2", guards="samrad.cases.actions.recommending.tell")
def test_those_whose_initiative_stands_in_the_round_are_told_what_became_of_it(region: Region) -> None:
    one = _open(region)
    assert _step(region, one, "list") == 302 and _step(region, one, "ready") == 302
    item = _held(region, one)
    before = region.find(lambda: Notification.objects.filter(kind="cases.recommended").count())
    agreed = {"version": region.find(lambda: AgendaItem.objects.get(pk=item.pk).version)}
    answer = region.client("saksbehandler").post(f"/council/{item.meeting_id}/items/{item.pk}/agree/", agreed)
    assert answer.status_code == 302
    # Withdrawn after it was treated: the minutes tell, but nothing of it goes on.
    need = region.need(LIST)
    author = region.find(lambda: need.created_by.email.split("@")[0])
    case = region.case(LIST)
    typed = {"version": case.version, "reason": "Vi løser det på en annen måte."}
    assert region.client(author).post(f"/cases/{case.pk}/withdraw/", typed).status_code == 302
    _approve(region, item)
    rows = Notification.objects.filter(kind="cases.recommended").order_by("pk")
    told = region.find(lambda: list(rows.values_list("initiative_id", "person_id"))[before:])
    speech = region.need(SPEECH)
    owner = region.find(lambda: speech.responsibilities.get(kind="need_owner").person_id)
    assert (speech.pk, owner) in told and need.pk not in {initiative for initiative, _person in told}
    assert region.case(LIST).state == "withdrawn" and region.case(SPEECH).state == "at_chief_executive"
    assert "Trukket" in region.page(EMPLOYEE, f"{ROUNDS}{one.pk}/")
    # What is wrong in the minutes afterwards is told to those it concerns, without the words themselves.
    typed = {"item_id": item.pk, "text": "Det står feil årstall.", "reason": "Skrivefeil."}
    url = f"/council/{item.meeting_id}/corrections/"
    for who, status in (("skarholt-leder-oppvekst", 403), ("sekretariat", 302)):
        assert region.client(who).post(url, typed).status_code == status
    corrected = Notification.objects.filter(kind="council.corrected")
    heard = region.find(lambda: {n.person_id: f"{n.subject} {n.body}" for n in corrected})
    assert owner in heard and "feil årstall" not in heard[owner]


@krav("S23.AK3", guards="samrad.secretariat.policy.rounds.can_export")
def test_the_result_is_taken_out_for_the_economic_plan_by_municipality_and_year(region: Region) -> None:
    one = _open(region)
    assert _step(region, one, "list") == 302
    towns = sorted(town.pk for town in region.world.towns.values())
    region.find(
        lambda: Initiative.objects.filter(title=LIST).update(
            participant_ids=towns, one_off_kr="100000.00", annual_kr="20000.00"
        )
    )
    region.find(lambda: Initiative.objects.filter(title=SPEECH).update(one_off_kr=None, annual_kr=None))
    for who, status in ((EMPLOYEE, 403), (STRANGER, 404), ("leder", 200), ("granlia-direktor", 200)):
        assert region.status(who, f"{ROUNDS}{one.pk}/plan.xlsx") == status, who
    book = load_workbook(BytesIO(region.client("leder").get(f"{ROUNDS}{one.pk}/plan.xlsx").content))
    plan = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    head, mine = plan[0], [row for row in plan if row[2] == LIST]
    years = [n for n, title in enumerate(head) if str(title).isdecimal()]
    assert len(years) == 4 and len(mine) == 2 * len(towns)
    once = [row for row in mine if row[7] == "Investering"]
    running = [row for row in mine if row[7] == "Drift"]
    assert sum(row[years[0]] for row in once) == 100_000 and sum(row[years[1]] for row in once) == 0
    assert all(sum(row[n] for row in running) == 20_000 for n in years)
    unknown = [row for row in plan if row[2] == SPEECH]
    assert unknown and all(row[years[0]] is None and row[-1] == "Ikke kjent" for row in unknown)
    table = region.client("leder").get(f"{ROUNDS}{one.pk}/plan.csv").content.decode("utf-8-sig")
    assert LIST in table and ";" in table.splitlines()[0]
    assert region.client("leder").get(f"{ROUNDS}{one.pk}/list.pdf").content.startswith(b"%PDF")
    for who in ("sekretariat", "leder", EMPLOYEE):
        assert len(queries(region.client(who), f"{ROUNDS}{one.pk}/")) <= 12, who
    page = region.page("sekretariat", f"{ROUNDS}{one.pk}/")
    assert "Beløpet er ikke kjent" in page and "Ikke skåret" in page


@krav("S5.AK2", guards="samrad.secretariat.policy.routing.is_routed")
def test_no_case_comes_on_an_agenda_before_where_it_goes_is_confirmed(region: Region) -> None:
    case, meeting = region.case(LIST), planned(region)
    region.find(lambda: RouteChoice.objects.filter(case=case).delete())
    head, url = region.client("sekretariat"), f"/council/{meeting.pk}/agenda/"
    page = region.page("sekretariat", f"/council/{meeting.pk}/?mode=prepare")
    assert "Det er ikke bekreftet hvor saken går." in page
    refused = text_of(head.post(url, {"case": case.pk}, follow=True))
    assert "Lederen av sekretariatet må først bekrefte hvor saken går." in refused
    assert region.case(LIST).state == "ready"
    typed = {"version": case.version, "chosen": "council", "reason": "Rådet skal se den."}
    confirm = f"/secretariat/cases/{case.pk}/route/"
    for who, status in (("saksbehandler", 403), (EMPLOYEE, 404), (STRANGER, 404), ("sekretariat", 302)):
        assert region.client(who).post(confirm, typed).status_code == status, who
    assert head.post(url, {"case": case.pk}).status_code == 302 and region.case(LIST).state == "on_agenda"


def test_what_comes_too_late_is_told_when_the_next_round_is(region: Region) -> None:
    one = _open(region)
    late = timezone.now() + timezone.timedelta(days=2)
    region.find(lambda: Initiative.objects.filter(title=SPEECH).update(submitted_at=late))
    assert _step(region, one, "list") == 302
    assert SPEECH not in _rows(region)
    page = region.page("sekretariat", f"{ROUNDS}{one.pk}/")
    speech = region.need(SPEECH)
    told = Notification.objects.filter(kind="secretariat.round_late", initiative_id=speech.pk)
    assert region.find(lambda: [("Neste runde" in n.body) for n in told])
    assert "Kom for sent" in page and SPEECH in page and "neste runde" in page


def _found(region: Region, item: AgendaItem, said: str) -> None:
    """The body finds for each line what was proposed, and says something of the whole."""
    rows = _rows(region).values()
    typed: dict[str, Any] = {"version": item.version, "mode": "hold", "discussion": said}
    for row in rows:
        typed |= {f"outcome_{row.pk}": row.outcome, f"place_{row.pk}": "", f"reason_{row.pk}": ""}
    url = f"/council/{item.meeting_id}/items/{item.pk}/list/"
    assert region.client("saksbehandler").post(url, typed).status_code == 302


def test_where_one_on_the_list_is_exempt_the_words_about_all_of_it_are_held_back(region: Region) -> None:
    one = _open(region)
    assert _step(region, one, "list") == 302 and _step(region, one, "ready") == 302
    item = _held(region, one)
    need = region.need(SPEECH)
    law = {"field_group": "costs", "legal_basis": "offentleglova § 23 første ledd", "basis_code": "offl-23-1"}
    region.do("sekretariat", exempt_fields, house=need, involved=False, initiative_id=need.pk, **law)
    _found(region, item, "Prisen på TALE er 4 millioner.")
    _approve(region, item)
    told = Notification.objects.filter(kind="cases.recommended").order_by("-pk")
    assert region.find(lambda: [extract_of(row) for row in told[:2]]) == [[], []], "nothing of it goes with the mail"
    url = f"/council/{item.meeting_id}/publish/"
    assert "offentleglova § 23 første ledd" in region.page("sekretariat", f"{url}minutes/")
    version = region.find(lambda: type(item.meeting).objects.get(pk=item.meeting_id).version)
    typed: dict[str, Any] = {"version": version, "documents": ["minutes"], "audience": "public"}
    refused = text_of(region.client("sekretariat").post(url, typed, follow=True))
    assert "offentleglova § 11" in refused
    held = f"{item.pk}-costs"
    said = {"held": held, f"{held}-outcome": "kept", f"{held}-reason": "Leverandøren er ikke valgt."}
    assert region.client("sekretariat").post(f"{url}minutes/consider/", said).status_code == 302
    version = region.find(lambda: type(item.meeting).objects.get(pk=item.meeting_id).version)
    assert region.client("sekretariat").post(url, {**typed, "version": version}).status_code == 302
    row = region.find(lambda: Publication.objects.filter(kind="minutes", ended_at=None).latest("pk"))
    house = str(Client().get("/overview/open/meetings/")["Location"])
    page = text_of(Client().get(f"{house}{item.meeting_id}/{row.pk}/"))
    assert "4 millioner" not in page and "offentleglova § 23 første ledd" in page
    filed = region.find(lambda: Filing.objects.filter(kind="minutes").latest("pk"))
    assert "offentleglova § 23" in filed.access_basis
    assert "4 millioner" not in str([row.content for row in region.filings(SPEECH, kind="minutes_extract")])


def test_what_is_paused_during_the_round_can_come_again(region: Region) -> None:
    one = _open(region)
    assert _step(region, one, "list") == 302 and _step(region, one, "ready") == 302
    item = _held(region, one)
    _found(region, item, "")
    owner = region.find(lambda: region.need(SPEECH).responsibilities.get(kind="need_owner").person.email.split("@")[0])
    typed = {"version": region.case(SPEECH).version, "reason": "Vi venter på tilskudd."}
    assert region.client(owner).post(f"/cases/{region.case(SPEECH).pk}/turn/pause/", typed).status_code == 302
    _approve(region, item)
    assert region.case(SPEECH).state == "deferred" and _fresh(region, one).case.state == "implemented"
    typed = {"version": region.case(SPEECH).version, "reason": "Tilskuddet kom."}
    assert region.client(owner).post(f"/cases/{region.case(SPEECH).pk}/turn/resume/", typed).status_code == 302
    meeting = planned(region)
    put = region.client("sekretariat").post(f"/council/{meeting.pk}/agenda/", {"case": region.case(SPEECH).pk})
    assert put.status_code == 302 and region.case(SPEECH).state == "on_agenda"


def test_what_is_written_about_a_list_is_kept_while_one_writes_and_overwrites_nobody(region: Region) -> None:
    one = _open(region)
    assert _step(region, one, "list") == 302 and _step(region, one, "ready") == 302
    item = _held(region, one)
    first = min(_rows(region).values(), key=lambda row: row.line.order)
    url, meeting = f"/council/{item.meeting_id}/items/{item.pk}/list/save/", f"/council/{item.meeting_id}/"
    half = {"version": item.version, f"outcome_{first.pk}": "defer", f"reason_{first.pk}": "Vi venter p"}
    for who, status in (("leder", 403), (STRANGER, 404), ("saksbehandler", 200)):
        assert region.client(who).post(url, half, headers={"HX-Request": "true"}).status_code == status, who
    page = region.page("saksbehandler", f"{meeting}?mode=hold&item={item.pk}")
    assert "Vi venter p" in page and "blir tatt vare på underveis" in page
    # It is nobody else's to read, and the body has found nothing by it.
    assert "Vi venter p" not in region.page("leder", f"{meeting}?mode=hold&item={item.pk}")
    assert region.case(first.line.initiative.title).state == "on_agenda"
    stale = region.client("saksbehandler").post(url, {**half, f"reason_{first.pk}": "Noe annet"})
    assert "Ikke lagret: Noen andre har skrevet" in text_of(stale)
    item = region.find(lambda: AgendaItem.objects.select_related("meeting").get(pk=item.pk))
    _found(region, item, "")
    assert region.find(lambda: AgendaItem.objects.get(pk=item.pk).draft_list) == {}


def test_a_whole_list_is_put_off_in_one_go_and_comes_again_with_its_round(region: Region) -> None:
    one = _open(region)
    assert _step(region, one, "list") == 302 and _step(region, one, "ready") == 302
    item = _held(region, one)
    url = f"/council/{item.meeting_id}/items/{item.pk}/list/defer/"
    typed = {"version": item.version, "mode": "hold", "reason": "Budsjettrammene er ikke kjent."}
    assert region.client("saksbehandler").post(url, {**typed, "reason": ""}).status_code == 422
    for who, status in (("leder", 403), (STRANGER, 404), ("saksbehandler", 302)):
        assert region.client(who).post(url, typed).status_code == status, who
    _approve(region, item)
    assert {region.case(title).state for title in (LIST, SPEECH)} == {"deferred"}
    assert _fresh(region, one).case.state == "deferred" and "Utsatt av organet" in region.page(EMPLOYEE, ROUNDS)
    told = Notification.objects.filter(kind="cases.recommended", initiative_id=region.need(SPEECH).pk)
    assert region.find(lambda: ["Budsjettrammene" in row.body for row in told])
    minutes = pdf_text(region.client("leder").get(f"/council/{item.meeting_id}/minutes.pdf").content)
    assert "Budsjettrammene er ikke kjent." in minutes and "Organet utsetter lista." in minutes
    assert len(region.filings(SPEECH, kind="minutes_extract")) == 1
    # The round waits with the secretariat, which can change what it proposes and put it on the next agenda.
    assert "Sett prioriteringsrunden på en saksliste" in region.page("sekretariat", "/overview/")
    assert _step(region, one, "list") == 302
    meeting, head = planned(region), region.client("sekretariat")
    assert head.post(f"/council/{meeting.pk}/agenda/", {"case": one.case_id}).status_code == 302
    assert {region.case(title).state for title in (LIST, SPEECH)} == {"on_agenda"}


def test_a_round_that_is_cancelled_after_it_was_put_off_lets_go_of_its_cases(region: Region) -> None:
    one = _open(region)
    assert _step(region, one, "list") == 302 and _step(region, one, "ready") == 302
    item = _held(region, one)
    typed = {"version": item.version, "mode": "hold", "reason": "Rammene er ikke kjent."}
    url = f"/council/{item.meeting_id}/items/{item.pk}/list/defer/"
    assert region.client("saksbehandler").post(url, typed).status_code == 302
    _approve(region, item)
    assert _step(region, one, "cancel", reason="Vi tar dem en for en.") == 302
    waiting = Task.objects.filter(case=region.case(LIST), closed_at=None)
    assert region.find(lambda: [(task.kind, task.object_id) for task in waiting]) == [("set_agenda", None)]
    meeting, head = planned(region), region.client("sekretariat")
    assert head.post(f"/council/{meeting.pk}/agenda/", {"case": region.case(LIST).pk}).status_code == 302
    assert region.case(LIST).state == "on_agenda"
