"""What follows from what, on one page. Handlers run in the same transaction and write only the database."""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.anchoring.actions import pass_on
from samrad.anchoring.events import (
    Completed,
    SentToAnchoring,
    Submitted,
)
from samrad.anchoring.models import Request, Submission
from samrad.anchoring.policy import can_read_request
from samrad.anchoring.queries import still_open, version_asked
from samrad.archive.actions import queue_filing
from samrad.archive.models import Filing
from samrad.cases.events import (
    CaseSettled,
    Decided,
    Recommended,
    Turned,
    Withdrawn,
)
from samrad.cases.models import Case, CaseInitiative, Decision
from samrad.config.delivery import (
    case_ends_without_answer,
    case_holds_for_project,
    into_portfolio,
    opened_anew,
    past_tolerance,
    project_lacks_people,
)
from samrad.config.intake import (
    after_takeover,
    answer_done,
    ask_for_answer,
    ask_takeover,
    followers_hear,
    owner_has_left,
    start_case,
    system_of,
    to_service_desk,
)
from samrad.core.verdict import Verdict
from samrad.council.actions import refer_case
from samrad.council.events import MeetingCancelled, MeetingMoved, MinutesApproved, NoticeSent, PutOnAgenda
from samrad.council.models import Meeting
from samrad.council.papers import enclosures, extract_of
from samrad.council.queries import met, treats
from samrad.documents.events import FileAttached, FileRemoved, FileRestored
from samrad.documents.models import File
from samrad.documents.policy import register_guard, register_keeper
from samrad.eventlog.actions import Happened, when
from samrad.eventlog.models import Event
from samrad.governance.actions import end_seat, give_seat
from samrad.governance.models import Body, Field, Seat
from samrad.governance.queries import ABOUT_DATE, MEETING_OF
from samrad.initiatives.actions import note_files
from samrad.initiatives.events import (
    DraftStarted,
    ForwardedToServiceDesk,
    IdeaAnswered,
    IdeaAnswerUndone,
    IdeaPlaced,
    IdeaSent,
    IdeaWithdrawn,
    NeedImported,
    TakenBack,
    TakeoverAnswered,
    TakeoverAsked,
)
from samrad.initiatives.models import (
    Initiative,
)
from samrad.initiatives.policy import can_edit
from samrad.initiatives.queries import (
    ASKED,
    LYING,
    OTHERS,
    TELLERS,
    get_visible,
    involved,
    kinds_of,
    of_systems,
    opens,
    readable,
)
from samrad.organisation.actors import Actor, system_actor
from samrad.organisation.events import PersonEnded, RoleEnded, RoleGiven
from samrad.organisation.models import Entity, Person, RoleAssignment
from samrad.organisation.queries import (
    CONSEQUENCES,
    ENCLOSED,
    FIELDS,
    LACKING,
    WAITING,
)
from samrad.organisation.queries.log import LOGGED, NAMED
from samrad.overview.basis import PARTS
from samrad.overview.leaving import what_leaving_hides
from samrad.overview.logged import ABOUT, KINDS
from samrad.overview.opened import reusable_alike
from samrad.overview.queries import count_waiting
from samrad.overview.readiness import lacks
from samrad.overview.scored import scores_of
from samrad.overview.standing import lying_with, standings
from samrad.portfolio.events import MoneyKept, PlanKept, StatusReported
from samrad.portfolio.queries import portfolios_by_date
from samrad.secretariat.actions import end_questions, end_reviews
from samrad.secretariat.events import (
    CheckedComplete,
    PaperFrozen,
    Redirected,
    Returned,
)
from samrad.systems.queries import LINKED


def _note_files(event: FileAttached | FileRemoved | FileRestored, logged: Event) -> None:
    if event.initiative_id is not None:
        note_files(by=system_of(logged), at=logged.at, initiative_id=event.initiative_id)


def _file_submission(event: Submitted | Completed, logged: Event) -> None:
    case = Case.objects.select_related("initiative").get(pk=event.case_id or 0)
    sent = Submission.objects.get(case=case)
    queue_filing(
        by=system_of(logged),
        at=logged.at,
        house=case,
        case=case,
        kind=Filing.Kind.SUBMISSION,
        object_id=sent.pk,
        revision=event.content_number,
    )


def _about(meeting: Meeting) -> list[int]:
    """The initiatives a meeting treats, also those on the list of a round."""
    own = meeting.items.filter(case__initiative__isnull=False).values_list("case__initiative_id", flat=True)
    listed = CaseInitiative.objects.filter(case__in=meeting.items.values("case_id"))
    return sorted({*own, *listed.values_list("initiative_id", flat=True)})


def _file_minutes(event: MinutesApproved, logged: Event) -> None:
    """The minutes in the archive of the body's house, and an extract for each case in its owner's."""
    by, meeting = system_of(logged), Meeting.objects.get(pk=event.meeting_id)
    if event.case_id:
        case = Case.objects.select_related("initiative").get(pk=event.case_id)
        extract = Filing.Kind.MINUTES_EXTRACT
        # One item can be about many cases, as a round is: each has its own extract.
        alone = meeting.items.filter(pk=event.item_id, case_id=case.pk).exists()
        revision = 1 if alone else case.pk
        queue_filing(
            by=by, at=logged.at, house=case, case=case, kind=extract, object_id=event.item_id, revision=revision
        )
        return
    about = _about(meeting)
    queue_filing(by=by, at=logged.at, house=meeting, kind=Filing.Kind.MINUTES, object_id=meeting.pk, about=about)


def _file_notice(event: NoticeSent | MeetingMoved | MeetingCancelled, logged: Event) -> None:
    """The notice each time it is sent, and when those who were called are told that it no longer holds."""
    if not isinstance(event, NoticeSent) and not event.told:
        return
    meeting = Meeting.objects.get(pk=event.meeting_id)
    queue_filing(
        by=system_of(logged),
        at=logged.at,
        house=meeting,
        kind=Filing.Kind.NOTICE,
        object_id=meeting.pk,
        revision=event.sequence,
        about=_about(meeting),
    )


def _file_paper(event: PaperFrozen, logged: Event) -> None:
    """The case paper as the council was sent it, in the archive of the case's owner."""
    case = Case.objects.select_related("initiative").get(pk=event.case_id or 0)
    kind, about = Filing.Kind.CASE_PAPER, list(case.further.values_list("initiative_id", flat=True))
    queue_filing(
        by=system_of(logged), at=logged.at, house=case, case=case, kind=kind, object_id=event.version_id, about=about
    )


def _refer(event: CaseSettled, logged: Event) -> None:
    """What the line or the secretariat decided is a referral item at the council's next meeting."""
    case = Case.objects.get(pk=event.case_id or 0)
    if case.decisions.filter(level__in=["line", "secretariat"]).exists():
        refer_case(by=system_of(logged), at=logged.at, case=case)


def _file_decision(event: Decided, logged: Event) -> None:
    """Each municipality files its own decision; one asked and answered again is filed again."""
    case = Case.objects.select_related("initiative").get(pk=event.case_id or 0)
    made = Decision.objects.get(pk=event.decision_id)
    queue_filing(
        by=system_of(logged),
        at=logged.at,
        house=made,
        case=case,
        kind=Filing.Kind.DECISION,
        object_id=made.pk,
        revision=made.version,
    )


def _file_opens(actor: Actor, file: File) -> Verdict:
    """May this person open a file? As much as of the initiative it belongs to."""
    no = Verdict.no(_("The document is not open to you."))
    if file.initiative_id is None:
        return Verdict.yes() if "employee" in actor.roles_in([file.owner_id, file.shared_with_id]) else no
    try:
        initiative = get_visible(actor, file.initiative_id)
    except Initiative.DoesNotExist:
        return no
    seen = readable(actor, initiative, on=timezone.localdate())
    return Verdict.yes() if opens(seen, file) else no


def _source_opens(actor: Actor, file: File) -> Verdict:
    """May this person open the source of an answer written down for someone? Whoever may read the question it answers."""
    asked = Request.objects.filter(source_file=file).select_related("initiative").first()
    if asked is None:
        return Verdict.no(_("The document is not open to you."))
    return can_read_request(actor, asked, involved=involved(actor, asked.initiative))


def _minutes_open(actor: Actor, file: File) -> Verdict:
    """May this person open minutes from another system? Those who treat the cases; what others see is on our own pages."""
    meeting = Meeting.objects.filter(minutes_file=file).first()
    if meeting is None:
        return _file_opens(actor, file)
    return Verdict.yes() if treats(actor, meeting) else Verdict.no(_("The document is not open to you."))


def _file_changes(by: Actor, initiative_id: int) -> Verdict:
    """May this person attach and remove files? Whoever may change the content."""
    try:
        initiative = get_visible(by, initiative_id)
    except Initiative.DoesNotExist:
        return Verdict.no(_("The document is not open to you."))
    return can_edit(by, initiative, kinds=kinds_of(by, initiative))


STEPS = (SentToAnchoring, Submitted, CheckedComplete, Returned, Redirected, PutOnAgenda)
STEPS_LATER = (Recommended, CaseSettled, Withdrawn)


def _nobody_waits(event: CaseSettled | Withdrawn | Redirected, logged: Event) -> None:
    """When a case is closed, no assessment and no answer in it is waited for."""
    if event.case_id is not None:
        end_reviews(by=system_of(logged), at=logged.at, case_id=event.case_id)
        end_questions(by=system_of(logged), at=logged.at, case_id=event.case_id)


SEATS = {
    "council_chair": "chair",
    "council_deputy": "deputy",
    "council_member": "member",
    "substitute": "substitute",
    "observer": "observer",
}


def _give_seat(event: RoleGiven, logged: Event) -> None:
    """Whoever is given a role in a council sits there too, for the municipality one comes from."""
    council = Body.objects.filter(owner_id=event.entity_id, kind=Body.Kind.COUNCIL).first()
    if event.role not in SEATS or council is None:
        return
    person = Person.objects.select_related("owner").get(pk=event.person_id)
    given = person.roles.filter(role=event.role, entity_id=event.entity_id).order_by("-pk")[0]
    give_seat(
        by=system_actor(event.entity_id, on=timezone.localdate(logged.at)),
        at=logged.at,
        body=council,
        person=person,
        position=SEATS[event.role],
        municipality=person.owner if person.owner.kind == Entity.Kind.MUNICIPALITY else None,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
    )


def _end_seat(event: RoleEnded, logged: Event) -> None:
    """Whose role in a council ends, sits there no longer than it holds."""
    seats = Seat.objects.filter(body__owner_id=event.entity_id, person_id=event.person_id, valid_to=None)
    for seat in seats.filter(position=SEATS.get(event.role, "")):
        last = RoleAssignment.objects.filter(
            person_id=event.person_id, role=event.role, entity_id=event.entity_id
        ).aggregate(last=Max("valid_to"))["last"]
        end_seat(
            by=system_actor(event.entity_id, on=timezone.localdate(logged.at)),
            at=logged.at,
            seat_id=seat.pk,
            last_day=last,
        )


def _pass_on(event: RoleGiven, logged: Event) -> None:
    """What waits for a role waits for whoever is given it; from a later day on, the worker sees to it."""
    by = system_actor(event.entity_id, on=timezone.localdate(logged.at))
    for asked in still_open().filter(asked_role=event.role, municipality_id=event.entity_id):
        pass_on(by=by, at=logged.at, request_id=asked.pk)


def _fields(entity_ids: list[int]) -> list[tuple[int, str]]:
    return list(Field.objects.filter(owner_id__in=entity_ids).order_by("name").values_list("pk", "name"))


def wire() -> None:
    """Connect the rooms. Called once, when every room is ready."""
    follows: list[tuple[type[Happened], object]] = [
        (DraftStarted, start_case),
        (NeedImported, start_case),
        (TakenBack, start_case),
        (TakeoverAsked, ask_takeover),
        (TakeoverAnswered, after_takeover),
        (ForwardedToServiceDesk, to_service_desk),
        *((change, _note_files) for change in (FileAttached, FileRemoved, FileRestored)),
        *((sent, _file_submission) for sent in (Submitted, Completed)),
        (MinutesApproved, _file_minutes),
        (Decided, _file_decision),
        *((CaseSettled, follow) for follow in (into_portfolio, case_holds_for_project)),
        (CaseSettled, _refer),
        *((told, past_tolerance) for told in (StatusReported, MoneyKept, PlanKept)),
        *((called, _file_notice) for called in (NoticeSent, MeetingMoved, MeetingCancelled)),
        (PaperFrozen, _file_paper),
        (RoleGiven, _give_seat),
        (RoleGiven, _pass_on),
        (RoleEnded, _end_seat),
        (IdeaSent, ask_for_answer),
        (IdeaPlaced, ask_for_answer),
        (IdeaAnswerUndone, ask_for_answer),
        (IdeaAnswered, answer_done),
        (IdeaWithdrawn, answer_done),
        *((PersonEnded, follow) for follow in (owner_has_left, project_lacks_people)),
        *((closed, _nobody_waits) for closed in (CaseSettled, Withdrawn, Redirected)),
        *((ended, case_ends_without_answer) for ended in (Turned, Withdrawn, Redirected, Recommended)),
        (Turned, opened_anew),
        *((step, followers_hear) for step in (*STEPS, *STEPS_LATER)),
    ]
    for event, handler in follows:
        when(event, handler)  # type: ignore[arg-type]
    ENCLOSED.update(dict.fromkeys(("council.notice", "council.moved", "council.cancelled"), enclosures))
    ENCLOSED["cases.recommended"] = extract_of
    for kind in File.Kind.values:
        own = {File.Kind.SOURCE: _source_opens, File.Kind.MINUTES: _minutes_open}
        register_guard(kind, own.get(File.Kind(kind), _file_opens))
    register_keeper(_file_changes)
    WAITING.append(count_waiting)
    if scores_of not in PARTS:
        PARTS.append(scores_of)
    # The list of initiatives says where each case stands, which only later rooms know.
    if standings not in TELLERS:
        TELLERS.append(standings)
        LYING.append(lying_with)
        ASKED.append(version_asked)
        OTHERS.append(reusable_alike)
        LINKED.append(of_systems)
    if met not in MEETING_OF:
        MEETING_OF.append(met)
    if portfolios_by_date not in ABOUT_DATE:
        ABOUT_DATE.append(portfolios_by_date)
    if _fields not in FIELDS:
        FIELDS.append(_fields)
        LACKING.append(lacks)
        CONSEQUENCES.append(what_leaving_hides)
        LOGGED.update(KINDS)
        NAMED.update(ABOUT)
