"""What follows from what, on one page. Handlers run in the same transaction and write only the database."""

from decimal import Decimal

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.anchoring.events import Completed, SentToAnchoring, Submitted
from samrad.anchoring.models import Request, Submission
from samrad.anchoring.policy import can_read_request
from samrad.anchoring.queries import version_asked
from samrad.archive.actions import queue_filing
from samrad.archive.models import Filing
from samrad.cases.actions import (
    Hand,
    close_tasks,
    hand_out,
    move_case,
    open_case,
)
from samrad.cases.events import (
    CaseSettled,
    Decided,
    IdeaAnswerAsked,
    IdeaAnswerDone,
    Recommended,
    TaskDone,
    TaskGiven,
    Withdrawn,
)
from samrad.cases.models import Case, Decision
from samrad.cases.queries import (
    current_case,
    secretariat_of,
    tasks_of,
)
from samrad.cases.workflow import STATES
from samrad.core.verdict import Verdict
from samrad.council.actions import refer_case
from samrad.council.events import MeetingCancelled, MeetingMoved, MinutesApproved, NoticeSent, PutOnAgenda
from samrad.council.models import Meeting
from samrad.council.papers import enclosures
from samrad.documents.events import FileAttached, FileRemoved, FileRestored
from samrad.documents.models import File
from samrad.documents.policy import register_guard, register_keeper
from samrad.eventlog.actions import Happened, when
from samrad.eventlog.models import Event
from samrad.governance.actions import end_seat, give_seat
from samrad.governance.models import Body, Field, Seat
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
    Idea,
    Initiative,
    Responsibility,
)
from samrad.initiatives.notifications import tell_followers, tell_owner_left
from samrad.initiatives.policy import can_edit
from samrad.initiatives.queries import (
    ASKED,
    LYING,
    OTHERS,
    TELLERS,
    expert_group_of,
    get_visible,
    house_id,
    idea_house,
    involved,
    kinds_of,
    of_system,
    opens,
    readable,
    responsibles,
    standing_answer,
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
    holders,
)
from samrad.organisation.queries.log import LOGGED, NAMED
from samrad.overview.leaving import what_leaving_hides
from samrad.overview.logged import ABOUT, KINDS
from samrad.overview.opened import reusable_alike
from samrad.overview.readiness import lacks
from samrad.overview.standing import lying_with, standings
from samrad.portfolio.actions import enter_portfolio
from samrad.secretariat.events import (
    CheckedComplete,
    PaperFrozen,
    Redirected,
    Returned,
)
from samrad.systems.queries import LINKED

APPROVED = ("approved", "approved_with_conditions", "partly_approved", "decided_in_line", "decided_by_secretariat")


def _system(logged: Event) -> Actor:
    return system_actor(logged.shared_with_id or logged.owner_id, on=logged.at.date())


def _open_case(event: DraftStarted | TakenBack | NeedImported, logged: Event) -> None:
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    open_case(by=_system(logged), at=logged.at, initiative=initiative)


def _ask_takeover(event: TakeoverAsked, logged: Event) -> None:
    """The case of a draft made from a mail begins with its right owner, who takes it over or turns it down."""
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    hand = Hand(kind="take_over", person_id=event.person_id, object_id=event.takeover_id)
    open_case(by=_system(logged), at=logged.at, initiative=initiative, hand=hand)


def _withdraw(initiative: Initiative, logged: Event) -> None:
    case = current_case(initiative)
    if case is not None and case.closed_at is None:
        event = Withdrawn(initiative_id=initiative.pk, case_id=case.pk)
        move_case(by=_system(logged), at=logged.at, case=case, to="withdrawn", event=event)


def _after_takeover(event: TakeoverAnswered, logged: Event) -> None:
    """Taken over, the draft waits to be finished; turned down, its case is closed."""
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    case = current_case(initiative)
    if event.answer == "turned_down" or case is None:
        _withdraw(initiative, logged)
        return
    by, at = _system(logged), logged.at
    done = TaskDone(initiative_id=initiative.pk, case_id=case.pk, task="take_over")
    close_tasks(by=by, at=at, house=case, event=done, kind="take_over", object_id=event.takeover_id)
    given = TaskGiven(initiative_id=initiative.pk, case_id=case.pk, task="finish_draft")
    hand = Hand(kind="finish_draft", person_id=logged.by_person_id)
    hand_out(by=by, at=at, house=case, hand=hand, event=given, case=case, initiative=initiative)


def _to_service_desk(event: ForwardedToServiceDesk, logged: Event) -> None:
    _withdraw(Initiative.objects.get(pk=event.initiative_id or 0), logged)


def _note_files(event: FileAttached | FileRemoved | FileRestored, logged: Event) -> None:
    if event.initiative_id is not None:
        note_files(by=_system(logged), at=logged.at, initiative_id=event.initiative_id)


def _file_submission(event: Submitted | Completed, logged: Event) -> None:
    case = Case.objects.select_related("initiative").get(pk=event.case_id or 0)
    sent = Submission.objects.get(case=case)
    queue_filing(
        by=_system(logged),
        at=logged.at,
        house=case,
        case=case,
        kind=Filing.Kind.SUBMISSION,
        object_id=sent.pk,
        revision=event.content_number,
    )


def _file_minutes(event: MinutesApproved, logged: Event) -> None:
    """The minutes in the archive of the body's house, and an extract for each case in its owner's."""
    by, meeting = _system(logged), Meeting.objects.get(pk=event.meeting_id)
    if event.case_id:
        case = Case.objects.select_related("initiative").get(pk=event.case_id)
        extract = Filing.Kind.MINUTES_EXTRACT
        queue_filing(by=by, at=logged.at, house=case, case=case, kind=extract, object_id=event.item_id)
        return
    about = meeting.items.filter(case__initiative__isnull=False).values_list("case__initiative_id", flat=True)
    queue_filing(by=by, at=logged.at, house=meeting, kind=Filing.Kind.MINUTES, object_id=meeting.pk, about=list(about))


def _file_notice(event: NoticeSent | MeetingMoved | MeetingCancelled, logged: Event) -> None:
    """The notice each time it is sent, and when those who were called are told that it no longer holds."""
    if not isinstance(event, NoticeSent) and not event.told:
        return
    meeting = Meeting.objects.get(pk=event.meeting_id)
    about = meeting.items.filter(case__initiative__isnull=False).values_list("case__initiative_id", flat=True)
    queue_filing(
        by=_system(logged),
        at=logged.at,
        house=meeting,
        kind=Filing.Kind.NOTICE,
        object_id=meeting.pk,
        revision=event.sequence,
        about=list(about),
    )


def _file_paper(event: PaperFrozen, logged: Event) -> None:
    """The case paper as the council was sent it, in the archive of the case's owner."""
    case = Case.objects.select_related("initiative").get(pk=event.case_id or 0)
    kind = Filing.Kind.CASE_PAPER
    queue_filing(by=_system(logged), at=logged.at, house=case, case=case, kind=kind, object_id=event.version_id)


def _refer(event: CaseSettled, logged: Event) -> None:
    """What the line or the secretariat decided is a referral item at the council's next meeting."""
    case = Case.objects.get(pk=event.case_id or 0)
    if case.decisions.filter(level__in=["line", "secretariat"]).exists():
        refer_case(by=_system(logged), at=logged.at, case=case)


def _file_decision(event: Decided, logged: Event) -> None:
    """Each municipality files its own decision; one asked and answered again is filed again."""
    case = Case.objects.select_related("initiative").get(pk=event.case_id or 0)
    made = Decision.objects.get(pk=event.decision_id)
    queue_filing(
        by=_system(logged),
        at=logged.at,
        house=made,
        case=case,
        kind=Filing.Kind.DECISION,
        object_id=made.pk,
        revision=made.version,
    )


def _enter_portfolio(event: CaseSettled, logged: Event) -> None:
    if event.state not in APPROVED:
        return
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    granted = Decision.objects.filter(case_id=event.case_id or 0, outcome__in=["approved", "approved_with_conditions"])
    amounts = [d.amount_kr for d in granted if d.amount_kr is not None]
    people = {kind: row.person_id for kind, row in responsibles(initiative).items()}
    enter_portfolio(
        by=_system(logged),
        at=logged.at,
        initiative=initiative,
        people=people,
        budget_kr=sum(amounts, Decimal(0)) if amounts else initiative.one_off_kr,
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


def _file_changes(by: Actor, initiative_id: int) -> Verdict:
    """May this person attach and remove files? Whoever may change the content."""
    try:
        initiative = get_visible(by, initiative_id)
    except Initiative.DoesNotExist:
        return Verdict.no(_("The document is not open to you."))
    return can_edit(by, initiative, kinds=kinds_of(by, initiative))


def _ask_for_answer(event: IdeaSent | IdeaPlaced | IdeaAnswerUndone, logged: Event) -> None:
    """Every idea waits for an answer from the head of its expert group; where there is none, from the secretariat."""
    by, idea = _system(logged), Idea.objects.select_related("field").get(pk=event.idea_id)
    done = IdeaAnswerDone(idea_id=idea.pk)
    close_tasks(by=by, at=logged.at, house=idea, event=done, kind="answer_idea", object_id=idea.pk)
    if standing_answer(idea) is not None or idea.withdrawn_at is not None:
        return
    group = idea.field if expert_group_of(idea, on=logged.at.date()) else None
    hand = Hand(
        kind="answer_idea",
        role="expert_group_lead" if group else "secretariat_lead",
        entity_id=group.owner_id if group else idea_house(idea),
        field_id=group.pk if group else None,
        object_id=idea.pk,
        due=idea.due_date,
    )
    hand_out(by=by, at=logged.at, house=idea, hand=hand, event=IdeaAnswerAsked(idea_id=idea.pk))


def _answer_done(event: IdeaAnswered | IdeaWithdrawn, logged: Event) -> None:
    by, idea = _system(logged), Idea.objects.get(pk=event.idea_id)
    done = IdeaAnswerDone(idea_id=idea.pk)
    close_tasks(by=by, at=logged.at, house=idea, event=done, kind="answer_idea", object_id=idea.pk)


def _tell_owner_left(event: PersonEnded, logged: Event) -> None:
    """When one who owns or leads initiatives leaves, those who can name someone else are told."""
    owned = Responsibility.objects.filter(person_id=event.person_id, kind__in=["need_owner", "lead"])
    active = Initiative.objects.filter(pk__in=owned.values("initiative_id"), status__in=["active", "paused"])
    for initiative in active.select_related("owning_sector"):
        today = logged.at.date()
        people = list(secretariat_of(house_id(initiative), on=today))
        if initiative.owning_sector is not None:
            unit = initiative.owning_sector
            people += holders("sector_head", entity_id=unit.owner_id, on=today, unit_id=unit.pk)
        tell_owner_left(by=_system(logged), at=logged.at, initiative=initiative, people=people)


def _tell_followers(event: Happened, logged: Event) -> None:
    """Those who follow an initiative hear when its case has come to another step."""
    initiative = Initiative.objects.filter(pk=event.initiative_id or 0).first()
    case = current_case(initiative) if initiative is not None else None
    if initiative is not None and case is not None:
        state = STATES[case.state]
        tell_followers(
            by=_system(logged), at=logged.at, initiative=initiative, state=state, besides=logged.by_person_id
        )


STEPS = (SentToAnchoring, Submitted, CheckedComplete, Returned, Redirected, PutOnAgenda)
STEPS_LATER = (Recommended, CaseSettled, Withdrawn)

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
        by=system_actor(event.entity_id, on=logged.at.date()),
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
        end_seat(by=system_actor(event.entity_id, on=logged.at.date()), at=logged.at, seat=seat, last_day=last)


def _fields(entity_ids: list[int]) -> list[tuple[int, str]]:
    return list(Field.objects.filter(owner_id__in=entity_ids).order_by("name").values_list("pk", "name"))


def wire() -> None:
    """Connect the rooms. Called once, when every room is ready."""
    follows: list[tuple[type[Happened], object]] = [
        (DraftStarted, _open_case),
        (NeedImported, _open_case),
        (TakenBack, _open_case),
        (TakeoverAsked, _ask_takeover),
        (TakeoverAnswered, _after_takeover),
        (ForwardedToServiceDesk, _to_service_desk),
        (FileAttached, _note_files),
        (FileRemoved, _note_files),
        (FileRestored, _note_files),
        (Submitted, _file_submission),
        (Completed, _file_submission),
        (MinutesApproved, _file_minutes),
        (Decided, _file_decision),
        (CaseSettled, _enter_portfolio),
        (CaseSettled, _refer),
        (NoticeSent, _file_notice),
        (MeetingMoved, _file_notice),
        (MeetingCancelled, _file_notice),
        (PaperFrozen, _file_paper),
        (RoleGiven, _give_seat),
        (RoleEnded, _end_seat),
        (IdeaSent, _ask_for_answer),
        (IdeaPlaced, _ask_for_answer),
        (IdeaAnswerUndone, _ask_for_answer),
        (IdeaAnswered, _answer_done),
        (IdeaWithdrawn, _answer_done),
        (PersonEnded, _tell_owner_left),
        *((step, _tell_followers) for step in (*STEPS, *STEPS_LATER)),
    ]
    for event, handler in follows:
        when(event, handler)  # type: ignore[arg-type]
    for code in ("council.notice", "council.moved", "council.cancelled"):
        ENCLOSED[code] = enclosures
    for kind in File.Kind.values:
        register_guard(kind, _source_opens if kind == File.Kind.SOURCE else _file_opens)
    register_keeper(_file_changes)
    WAITING.append(lambda actor: tasks_of(actor).count())
    # The list of initiatives says where each case stands, which only later rooms know.
    if standings not in TELLERS:
        TELLERS.append(standings)
        LYING.append(lying_with)
        ASKED.append(version_asked)
        OTHERS.append(reusable_alike)
        LINKED.append(of_system)
    if _fields not in FIELDS:
        FIELDS.append(_fields)
        LACKING.append(lacks)
        CONSEQUENCES.append(what_leaving_hides)
        LOGGED.update(KINDS)
        NAMED.update(ABOUT)
