"""What follows from what happens before the secretariat: ideas, drafts, the service desk, owners who leave."""

from django.utils.timezone import localdate

from samrad.cases.actions import (
    Hand,
    close_tasks,
    hand_out,
    move_case,
    open_case,
)
from samrad.cases.events import (
    IdeaAnswerAsked,
    IdeaAnswerDone,
    TaskDone,
    TaskGiven,
    Withdrawn,
)
from samrad.cases.queries import (
    current_case,
    secretariat_of,
)
from samrad.cases.workflow import STATES
from samrad.eventlog.actions import Happened
from samrad.eventlog.models import Event
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
from samrad.initiatives.queries import (
    expert_leads_of,
    house_id,
    idea_house,
    standing_answer,
)
from samrad.organisation.actors import Actor, system_actor
from samrad.organisation.events import PersonEnded
from samrad.organisation.queries import (
    holders,
)


def system_of(logged: Event) -> Actor:
    return system_actor(logged.shared_with_id or logged.owner_id, on=localdate(logged.at))


def start_case(event: DraftStarted | TakenBack | NeedImported, logged: Event) -> None:
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    open_case(by=system_of(logged), at=logged.at, initiative=initiative)


def ask_takeover(event: TakeoverAsked, logged: Event) -> None:
    """The case of a draft made from a mail begins with its right owner, who takes it over or turns it down."""
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    hand = Hand(kind="take_over", person_id=event.person_id, object_id=event.takeover_id)
    open_case(by=system_of(logged), at=logged.at, initiative=initiative, hand=hand)


def withdraw(initiative: Initiative, logged: Event) -> None:
    case = current_case(initiative)
    if case is not None and case.closed_at is None:
        event = Withdrawn(initiative_id=initiative.pk, case_id=case.pk)
        move_case(by=system_of(logged), at=logged.at, case=case, to="withdrawn", event=event)


def after_takeover(event: TakeoverAnswered, logged: Event) -> None:
    """Taken over, the draft waits to be finished; turned down, its case is closed."""
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    case = current_case(initiative)
    if event.answer == "turned_down" or case is None:
        withdraw(initiative, logged)
        return
    by, at = system_of(logged), logged.at
    done = TaskDone(initiative_id=initiative.pk, case_id=case.pk, task="take_over")
    close_tasks(by=by, at=at, house=case, event=done, kind="take_over", object_id=event.takeover_id)
    given = TaskGiven(initiative_id=initiative.pk, case_id=case.pk, task="finish_draft")
    hand = Hand(kind="finish_draft", person_id=logged.by_person_id)
    hand_out(by=by, at=at, house=case, hand=hand, event=given, case=case, initiative=initiative)


def to_service_desk(event: ForwardedToServiceDesk, logged: Event) -> None:
    withdraw(Initiative.objects.get(pk=event.initiative_id or 0), logged)


def ask_for_answer(event: IdeaSent | IdeaPlaced | IdeaAnswerUndone, logged: Event) -> None:
    """Every idea waits for an answer from the head of its expert group; where there is none, from the secretariat."""
    by, idea = system_of(logged), Idea.objects.select_related("field").get(pk=event.idea_id)
    done = IdeaAnswerDone(idea_id=idea.pk)
    close_tasks(by=by, at=logged.at, house=idea, event=done, kind="answer_idea", object_id=idea.pk)
    if standing_answer(idea) is not None or idea.withdrawn_at is not None:
        return
    group = idea.field if expert_leads_of(idea, on=localdate(logged.at)) else None
    hand = Hand(
        kind="answer_idea",
        role="expert_group_lead" if group else "secretariat_lead",
        entity_id=group.owner_id if group else idea_house(idea),
        field_id=group.pk if group else None,
        object_id=idea.pk,
        due=idea.due_date,
    )
    hand_out(by=by, at=logged.at, house=idea, hand=hand, event=IdeaAnswerAsked(idea_id=idea.pk))


def answer_done(event: IdeaAnswered | IdeaWithdrawn, logged: Event) -> None:
    by, idea = system_of(logged), Idea.objects.get(pk=event.idea_id)
    done = IdeaAnswerDone(idea_id=idea.pk)
    close_tasks(by=by, at=logged.at, house=idea, event=done, kind="answer_idea", object_id=idea.pk)


def owner_has_left(event: PersonEnded, logged: Event) -> None:
    """When one who owns or leads initiatives leaves, those who can name someone else are told."""
    owned = Responsibility.objects.filter(person_id=event.person_id, kind__in=["need_owner", "lead"])
    active = Initiative.objects.filter(pk__in=owned.values("initiative_id"), status__in=["active", "paused"])
    for initiative in active.select_related("owning_sector"):
        today = localdate(logged.at)
        people = list(secretariat_of(house_id(initiative), on=today))
        if initiative.owning_sector is not None:
            unit = initiative.owning_sector
            people += holders("sector_head", entity_id=unit.owner_id, on=today, unit_id=unit.pk)
        tell_owner_left(by=system_of(logged), at=logged.at, initiative=initiative, people=people)


def followers_hear(event: Happened, logged: Event) -> None:
    """Those who follow an initiative hear when its case has come to another step."""
    initiative = Initiative.objects.filter(pk=event.initiative_id or 0).first()
    case = current_case(initiative) if initiative is not None else None
    if initiative is not None and case is not None:
        state = STATES[case.state]
        tell_followers(
            by=system_of(logged), at=logged.at, initiative=initiative, state=state, besides=logged.by_person_id
        )
