"""Who may send, answer, write down, contest and submit; each with a reason a citizen could read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samrad.anchoring.models import GuestPass, Request, Stakeholder
from samrad.anchoring.queries import Scope, Standing, scope_of
from samrad.core.verdict import Lack, Verdict
from samrad.core.workdays import add_workdays
from samrad.governance.models import Body, Field
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.organisation.actors import Actor

Answer, Kind = Request.Answer, Request.Kind
WRITERS = frozenset({"author", "need_owner", "lead"})
OPEN_TO_HEARING = frozenset(
    {"draft", "expert_group", "awaiting_endorsement", "clarification", "endorsed", "returned", "sent_back"}
)
# How an answer that another writes down was given.
WRITTEN, SPOKEN = "written", "spoken"
GUEST_MOST = timedelta(days=90)  # so long a guest's link can last
COMMENT_LENGTH = 2000  # characters of a guest's comment
COMMENTS_A_DAY = 10  # so many comments one link can leave a day
# Answers that must say why.
NEEDS_REASON = frozenset({Answer.WITH_REMARK, Answer.NOT_RECOMMENDED, Answer.RETURNED})
ANSWERS: dict[str, tuple[str, ...]] = {
    Kind.EXPERT_GROUP: (Answer.RECOMMENDED, Answer.WITH_REMARK, Answer.NOT_RECOMMENDED),
    Kind.ENDORSEMENT: tuple(Answer.values),
    Kind.HEARING: (Answer.RECOMMENDED, Answer.WITH_REMARK, Answer.NOT_RECOMMENDED),
    Kind.ESCALATION: (Answer.RECOMMENDED, Answer.WITH_REMARK, Answer.NOT_RECOMMENDED),
}


def can_send(by: Actor, initiative: Initiative, state: str, *, kinds: frozenset[str]) -> Verdict:
    """May this person send the need to be anchored now? (What the groundwork lacks is said by `lacks`.)"""
    if not by.is_person or not kinds & WRITERS:
        return Verdict.no(_("Only those who write the need can send it."))
    if initiative.status != Initiative.Status.ACTIVE:
        return Verdict.no(_("The initiative is no longer active, so it cannot be sent."))
    if state in {"expert_group", "awaiting_endorsement"}:
        return Verdict.no(_("It has been sent already, and waits for an answer."))
    if state not in {"draft", "clarification", "returned", "endorsed", "sent_back"}:
        return Verdict.no(_("The case has gone further, so it cannot be sent to be recommended now."))
    return Verdict.yes()


def groundwork(lacks: Sequence[Lack]) -> Verdict:
    """Does the groundwork meet the minimum requirements? Each missing thing is named."""
    if lacks:
        return Verdict.no(_("The need cannot be sent yet. Something is missing:"), tuple(lacks))
    return Verdict.yes()


def holds(by: Actor, scope: Scope) -> bool:
    """Does this person hold the role that answers, today, for good or as a substitute?"""
    return by.is_person and any(
        held.role == scope.role
        and held.entity_id == scope.entity_id
        and (scope.unit_id is None or held.unit_id == scope.unit_id)
        and (scope.field_id is None or held.field_id in {None, scope.field_id})
        for held in by.held
    )


def can_answer(by: Actor, asked: Request) -> Verdict:
    """May this person answer? Whoever holds the role that was asked; the task follows the role, not the person."""
    if asked.answer:
        return Verdict.no(_("This has been answered already."))
    if asked.withdrawn_at is not None:
        return Verdict.no(_("You no longer need to answer: the need was changed or withdrawn."))
    if holds(by, scope_of(asked)):
        return Verdict.yes()
    if by.is_person and by.person_id == asked.asked_person_id:
        return Verdict.no(_("You were asked, but somebody else has the role now and answers."))
    return Verdict.no(_("Only the one who was asked can answer this."))


def can_escalate(by: Actor, initiative: Initiative, last: Request | None, *, kinds: frozenset[str]) -> Verdict:
    """May this person take a «not recommended» to the chief executive? Those who write it and the expert group's head."""
    leads = any(h.role == "expert_group_lead" and h.field_id in {None, initiative.field_id} for h in by.held)
    if not by.is_person or not (kinds & WRITERS or (leads and "asked" in kinds)):
        return Verdict.no(_("Only those who write the need and the head of the expert group can do this."))
    if last is None or last.answer != Answer.NOT_RECOMMENDED or last.contested_at is not None:
        return Verdict.no(_("The head of sector has not said no."))
    if last.kind == Kind.ESCALATION:
        return Verdict.no(_("The chief executive has answered, and that stands."))
    if initiative.status != Initiative.Status.STOPPED:
        return Verdict.no(_("The initiative is not stopped."))
    return Verdict.yes()


def can_choose_affected(by: Actor, initiative: Initiative, state: str, *, kinds: frozenset[str]) -> Verdict:
    """May this person choose which sectors are heard? Those who write the need, until it is sent in."""
    if not by.is_person or not kinds & WRITERS:
        return Verdict.no(_("Only those who write the need choose who is heard."))
    if initiative.status != Initiative.Status.ACTIVE or state not in OPEN_TO_HEARING:
        return Verdict.no(_("It has been sent in, so who is heard can no longer be changed."))
    return Verdict.yes()


def can_note_involvement(by: Actor, initiative: Initiative, *, kinds: frozenset[str]) -> Verdict:
    """May this person write down who was informed or involved? Those who write the need, and the secretariat."""
    if not by.is_person:
        return Verdict.no(_("You must sign in to do this."))
    if kinds & WRITERS or by.may("anchoring.record_on_behalf", house_id(initiative)):
        return Verdict.yes()
    return Verdict.no(_("Only those who write the need and the secretariat can write this down."))


def answer_lacks(kind: str, answer: str, text: str) -> tuple[Lack, ...]:
    """What an answer still lacks, each with its field."""
    if answer not in ANSWERS.get(kind, ()):
        return (Lack(_("Choose an answer."), "id_answer"),)
    if answer in NEEDS_REASON and not text.strip():
        return (Lack(_("Write why. Those who wrote the need will read it."), "id_text"),)
    return ()


def source_lacks(source: str, how: str, *, attached: bool) -> tuple[Lack, ...]:
    """What an answer written down for someone lacks: where it is from, and the letter itself where there is one."""
    found = []
    if not source.strip():
        found.append(Lack(_("Say where the answer is from: which mail or call, and when."), "id_source"))
    if how == WRITTEN and not attached:
        found.append(Lack(_("Attach the e-mail or the letter."), "id_source_file"))
    return tuple(found)


def can_record_on_behalf(by: Actor, asked: Request) -> Verdict:
    """May this person write down an answer that was given by mail or telephone? Only the secretariat of the house."""
    if not by.may("anchoring.record_on_behalf", house_id(asked.initiative)):
        return Verdict.no(_("Only the secretariat can write down an answer on someone's behalf."))
    if asked.answer or asked.withdrawn_at is not None:
        return Verdict.no(_("This has been answered already."))
    return Verdict.yes()


def can_contest(by: Actor, asked: Request) -> Verdict:
    """May this person say «that was not my answer»? Only the one on whose behalf it was written down, once."""
    if by.person_id != asked.asked_person_id or not by.is_person:
        return Verdict.no(_("Only the one who was asked can contest the answer."))
    if not asked.on_behalf_source:
        return Verdict.no(_("You answered this yourself."))
    if asked.contested_at is not None:
        return Verdict.no(_("You have contested this already."))
    return Verdict.yes()


def _ready(initiative: Initiative, standing: Standing) -> Verdict:
    missing = groundwork(standing.lacks)
    if not missing:
        return missing
    if initiative.classification != Initiative.Classification.DEVELOPMENT:
        return Verdict.no(
            _("The council treats development. Operation and maintenance go to the service desk or the line.")
        )
    if not standing.endorsed_mark:
        return Verdict.no(_("The head of sector has not recommended it."))
    if standing.endorsed_mark != standing.current_mark:
        return Verdict.no(
            _("The need has been changed since the head of sector recommended it. Ask for the recommendation again.")
        )
    if standing.unheard:
        return Verdict.no(_("Someone who is to be heard has not answered, and the deadline has not passed."))
    return Verdict.yes()


def can_submit(by: Actor, initiative: Initiative, standing: Standing, *, kinds: frozenset[str]) -> Verdict:
    """May this person send the need in now? Only the version that was endorsed."""
    if not by.is_person or not kinds & WRITERS:
        return Verdict.no(_("Only those who write the need can send it in."))
    if standing.state in {"draft", "clarification", "expert_group", "awaiting_endorsement"}:
        return groundwork(standing.lacks) and Verdict.no(_("The head of sector has not recommended it."))
    if standing.state != "endorsed":
        return Verdict.no(_("The need has been sent in already."))
    return _ready(initiative, standing)


def can_complete(by: Actor, initiative: Initiative, standing: Standing, *, kinds: frozenset[str]) -> Verdict:
    """May this person send a returned case back to the secretariat? Not where something material was changed."""
    if not by.is_person or not kinds & WRITERS:
        return Verdict.no(_("Only those who write the need can send it in."))
    if standing.state != "returned":
        return Verdict.no(_("The case is not with you to be completed."))
    return _ready(initiative, standing)


def can_read_request(by: Actor, asked: Request, *, involved: bool) -> Verdict:
    """May this person open the request at all? Those named in the initiative, and the secretariat."""
    if by.is_person and (involved or by.may("anchoring.record_on_behalf", house_id(asked.initiative))):
        return Verdict.yes()
    return Verdict.no(_("You cannot see this."))


def can_lead_group(by: Actor, body: Body) -> Verdict:
    """May this person lead an expert group's work? Its head, also as a substitute, and the administrator."""
    leads = holds(by, Scope("expert_group_lead", body.owner_id, None, body.field_id))
    if by.is_person and (leads or by.may("organisation.administer", body.owner_id)):
        return Verdict.yes()
    return Verdict.no(_("Only the head of the expert group can do this."))


def can_take_part(by: Actor, body: Body, *, sits: bool) -> Verdict:
    """May this person see and add to an expert group's own needs? Its members, its head and the administrator."""
    if by.is_person and (sits or can_lead_group(by, body)):
        return Verdict.yes()
    return Verdict.no(_("Only the members of the expert group can do this."))


def can_see_group(by: Actor, body: Body, *, sits: bool) -> Verdict:
    """May this person read an expert group's room? Those who take part, and the secretariat of its house."""
    if can_take_part(by, body, sits=sits) or by.may("anchoring.record_on_behalf", body.owner_id):
        return Verdict.yes()
    return Verdict.no(_("You cannot see this."))


def can_form_group(by: Actor, field: Field) -> Verdict:
    """May this person form the expert group of a field, or switch its step on and off? The administrator."""
    if by.is_person and by.may("organisation.administer", field.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only an administrator can do this. Ask yours."))


def can_share(by: Actor, initiative: Initiative, *, kinds: frozenset[str]) -> Verdict:
    """May this person share parts of a need with someone outside? Those who write it, and the secretariat once it is sent in."""
    treats = (
        by.may("anchoring.record_on_behalf", house_id(initiative)) and initiative.stage >= Initiative.Stage.SUBMITTED
    )
    if by.is_person and (kinds & WRITERS or treats):  # before that, the secretariat cannot read it itself
        return Verdict.yes()
    return Verdict.no(_("Only those who write the need and the secretariat can share it with others."))


def can_keep_register(by: Actor) -> Verdict:
    """May this person use the register of stakeholders? Those who work here."""
    if by.is_person and "employee" in by.roles_in([by.entity_id]):
        return Verdict.yes()
    return Verdict.no(_("Only employees can use the register."))


def share_lacks(
    kind: str, parts: Sequence[str], last_date: date, *, on: date, exempt: Collection[str]
) -> tuple[Lack, ...]:
    """What is wrong with what is to be shared: nothing chosen, no end, what is exempt, or costs to a vendor."""
    found = []
    if not parts:
        found.append(Lack(_("Choose what they shall see."), "id_parts"))
    if last_date < on or last_date > on + GUEST_MOST:
        found.append(Lack(_("The link must end within the next 90 days."), "id_last_date"))
    if set(parts) & set(exempt):
        found.append(Lack(_("What is exempt from public access cannot be shared."), "id_parts"))
    if kind == Stakeholder.Kind.VENDOR and "costs" in parts:
        found.append(Lack(_("Costs are never shared with a vendor."), "id_parts"))
    return tuple(found)


def can_take_silence_for_yes(asked: Request, *, on: date) -> Verdict:
    """Is silence a yes? Only where the mandate it was asked under says so, and the days after the deadline have passed."""
    days = asked.mandate.silence_is_consent_after_days if asked.mandate else None
    if days is None:
        return Verdict.no(_("The mandate does not take silence for a yes."))
    if asked.passed_at is None or on <= add_workdays(asked.due_date, days):
        return Verdict.no(_("The days that the mandate gives have not passed."))
    return Verdict.yes()


def can_comment(given: GuestPass, text: str, *, on: date, today: int) -> Verdict:
    """May this comment be left by a guest's link? `today`: how many the link has left the same day."""
    if not given.may_comment or not given.open_on(on):
        return Verdict.no(_("The link does not let you comment."))
    lack = ""
    if not text.strip():
        lack = _("Write something.")
    elif len(text.strip()) > COMMENT_LENGTH:
        lack = _("Write at most %(most)s characters.") % {"most": COMMENT_LENGTH}
    elif today >= COMMENTS_A_DAY:
        lack = _("You have written %(most)s comments today. You can write again tomorrow.") % {"most": COMMENTS_A_DAY}
    return Verdict.no(lack, (Lack(lack, "id_text"),)) if lack else Verdict.yes()
