"""The case's states and the moves between them (flow.md D.2): a table, and nothing that runs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "draft": _("Draft"),
    "expert_group": _("With the expert group"),
    "awaiting_endorsement": _("Awaiting recommendation"),
    "clarification": _("To be clarified"),
    "endorsed": _("Recommended, ready to send in"),
    "submitted": _("Submitted"),
    "preparation": _("In preparation"),
    "returned": _("Returned"),
    "ready": _("Ready for a meeting"),
    "on_agenda": _("On the agenda"),
    "treated": _("Treated"),
    "recommended": _("Recommended by the council"),
    "at_chief_executive": _("With the chief executive"),
    "at_sector_head": _("With the head of sector, to be decided"),
    "at_political_level": _("At the political level"),
    "deferred": _("Deferred"),
    "sent_back": _("Sent back"),
    "decided_by_secretariat": _("Decided by the secretariat"),
    "decided_in_line": _("Decided in the line"),
    "approved": _("Approved"),
    "approved_with_conditions": _("Approved with conditions"),
    "partly_approved": _("Decided differently by the municipalities"),
    "rejected": _("Rejected"),
    "redirected": _("Redirected"),
    "stopped": _("Stopped"),
    "withdrawn": _("Withdrawn"),
    "merged": _("Merged with another"),
    "implemented": _("Implemented"),
}

# The colour of a state's tag (ui.md): grey draft, blue in treatment, yellow waits for someone, green done, red no.
COLOURS: dict[str, str] = {
    **dict.fromkeys(STATES, "blue"),
    "draft": "grey",
    "withdrawn": "grey",
    "merged": "grey",
    **dict.fromkeys(
        [
            "expert_group",
            "awaiting_endorsement",
            "clarification",
            "returned",
            "deferred",
            "sent_back",
        ],
        "yellow",
    ),
    **dict.fromkeys(
        ["at_chief_executive", "at_political_level", "at_sector_head", "endorsed", "partly_approved"],
        "yellow",
    ),
    **dict.fromkeys(["approved", "approved_with_conditions", "implemented"], "green"),
    **dict.fromkeys(["decided_by_secretariat", "decided_in_line"], "green"),
    **dict.fromkeys(["rejected", "stopped", "redirected"], "red"),
}

ANCHORING_STATES = frozenset({"draft", "expert_group", "awaiting_endorsement", "clarification", "endorsed"})
DECIDED_STATES = frozenset(
    {
        "approved",
        "approved_with_conditions",
        "partly_approved",
        "rejected",
        "decided_by_secretariat",
        "decided_in_line",
        "implemented",
    }
)
CLOSED_STATES = DECIDED_STATES | {"redirected", "stopped", "withdrawn", "merged"}


@dataclass(frozen=True)
class Transition:
    """One allowed move. `action` names the permission or the policy that guards it."""

    source: str
    target: str
    action: str
    needs_reason: bool = False


def _moves(action: str, pairs: dict[str, list[str]], *, needs_reason: bool = False) -> list[Transition]:
    return [Transition(s, t, action, needs_reason) for s, targets in pairs.items() for t in targets]


TRANSITIONS: tuple[Transition, ...] = (
    *_moves(
        "anchoring.send_to_anchoring",
        {
            "draft": ["expert_group", "awaiting_endorsement"],
            "clarification": ["expert_group", "awaiting_endorsement"],
            "returned": ["awaiting_endorsement"],
            "endorsed": ["awaiting_endorsement"],
            "sent_back": ["expert_group", "awaiting_endorsement"],
        },
    ),
    *_moves("anchoring.state_opinion", {"expert_group": ["awaiting_endorsement"]}),
    # A statement written down for the group, which it contests: the case goes back to it.
    *_moves("anchoring.contest", {s: ["expert_group"] for s in ("awaiting_endorsement", "endorsed")}),
    *_moves("anchoring.escalate", {"stopped": ["awaiting_endorsement"]}, needs_reason=True),
    *_moves(
        "anchoring.state_opinion",
        {"expert_group": ["clarification"]},
        needs_reason=True,
    ),
    *_moves("anchoring.endorse", {"awaiting_endorsement": ["endorsed"]}),
    *_moves(
        "anchoring.endorse",
        {"awaiting_endorsement": ["clarification", "stopped"]},
        needs_reason=True,
    ),
    *_moves("anchoring.submit", {"endorsed": ["submitted"]}),
    *_moves(
        "secretariat.check_completeness",
        {"submitted": ["preparation"], "returned": ["preparation"]},
    ),
    *_moves(
        "secretariat.return_case",
        {"submitted": ["returned"], "preparation": ["returned"]},
        needs_reason=True,
    ),
    *_moves("anchoring.complete", {"returned": ["submitted"]}),
    *_moves(
        "secretariat.redirect",
        {"submitted": ["redirected"], "preparation": ["redirected"]},
        needs_reason=True,
    ),
    *_moves(
        "secretariat.decide",
        {s: ["decided_by_secretariat", "rejected"] for s in ("preparation", "sent_back")},
    ),
    *_moves("secretariat.send_to_line", {"preparation": ["at_sector_head"], "sent_back": ["at_sector_head"]}),
    *_moves("cases.decide_in_line", {"at_sector_head": ["decided_in_line", "rejected", "sent_back"]}),
    *_moves(
        "secretariat.make_paper",
        {"preparation": ["ready"], "deferred": ["ready"], "sent_back": ["ready"]},
    ),
    *_moves(
        "council.set_agenda",
        {"ready": ["on_agenda"], "on_agenda": ["ready"], "deferred": ["on_agenda"]},
    ),
    *_moves(
        "council.keep_minutes",
        {"on_agenda": ["treated", "deferred"], "treated": ["on_agenda", "deferred"]},
    ),
    *_moves(
        "council.approve_minutes",
        {"treated": ["recommended", "preparation", "redirected", "deferred"]},
    ),
    # A prioritisation round is done when every line of it has gone on.
    *_moves("cases.close_round", {"recommended": ["implemented"]}),
    *_moves("cases.send_on", {"recommended": ["at_chief_executive", "at_political_level"]}),
    *_moves(
        "cases.decide",
        {
            "at_chief_executive": [
                "approved",
                "approved_with_conditions",
                "partly_approved",
                "rejected",
                "deferred",
                "sent_back",
                "at_political_level",
            ],
            "at_political_level": [
                "approved",
                "approved_with_conditions",
                "partly_approved",
                "rejected",
                "deferred",
                "sent_back",
            ],
        },
    ),
    *_moves(
        "cases.implement",
        {
            "approved": ["implemented"],
            "approved_with_conditions": ["implemented"],
            "partly_approved": ["implemented"],
        },
    ),
    *_moves(
        "cases.withdraw",
        {s: ["withdrawn"] for s in STATES if s not in CLOSED_STATES},
        needs_reason=True,
    ),
    *_moves(
        "cases.stop",
        # Waiting for the head of sector, it is stopped by a no as well: that move stands above.
        {s: ["stopped"] for s in STATES if s not in CLOSED_STATES and s != "awaiting_endorsement"},
        needs_reason=True,
    ),
    *_moves("cases.merge", {s: ["merged"] for s in STATES if s not in CLOSED_STATES}, needs_reason=True),
)

_BY_PAIR = {(t.source, t.target): t for t in TRANSITIONS}


def transition(source: str, target: str) -> Transition | None:
    """The move from one state to the other, or None where there is none."""
    return _BY_PAIR.get((source, target))


# The steering line in its usual order: what comes next, for the ball strip and the form's «the way ahead».
LINE: tuple[tuple[str, Promise, frozenset[str]], ...] = (
    ("need", _("The need"), frozenset({"draft", "clarification"})),
    ("expert_group", _("Expert group"), frozenset({"expert_group"})),
    (
        "sector_head",
        _("Head of sector"),
        frozenset({"awaiting_endorsement", "endorsed"}),
    ),
    (
        "secretariat",
        _("Secretariat"),
        frozenset({"submitted", "preparation", "returned", "ready"}),
    ),
    (
        "council",
        _("Digitalisation council"),
        frozenset({"on_agenda", "treated", "deferred"}),
    ),
    (
        "chief_executive",
        _("Chief executive"),
        frozenset({"recommended", "at_chief_executive", "at_sector_head", "at_political_level", "sent_back"}),
    ),
    ("portfolio", _("Portfolio"), DECIDED_STATES),
)


@dataclass(frozen=True)
class TaskKind:
    """What waits: a sentence that starts with a verb, and where it is done (URL name; takes `object_id`, else the case)."""

    label: Promise
    url_name: str
    argument: str = "case"


# Work that follows from a case without the case waiting for it.
NOBODYS_TURN = frozenset(
    {
        "file_by_hand",
        "meet_condition",
        "approve_plan",
        "meet_gate_condition",
        "staff_project",
        "report_status",
        "decide_change",
        "give_people",
        "report_series",
        "follow_measure",
        "heed_measure",
        "answer_assignment",
        "do_action_point",
        "assess",
        "answer_secretariat",
        "answer_need",
        "score_case",
    }
)

# Every kind of task in the house. URL names point upwards by name only.
TASK_KINDS: dict[str, TaskKind] = {
    "take_over": TaskKind(_("Take over the draft, or turn it down"), "initiatives:takeover_answer", "object"),
    "answer_idea": TaskKind(_("Answer the idea"), "initiatives:idea_answer", "object"),
    "finish_draft": TaskKind(
        _("Finish the need and send it to the expert group"),
        "initiatives:draft_review",
        "initiative",
    ),
    "state_opinion": TaskKind(_("Give the expert group's statement"), "anchoring:request_answer", "object"),
    "endorse": TaskKind(_("Recommend or not"), "anchoring:request_answer", "object"),
    "be_heard": TaskKind(
        _("Say what your sector or municipality thinks"),
        "anchoring:request_answer",
        "object",
    ),
    "answer_escalation": TaskKind(_("Answer as chief executive"), "anchoring:request_answer", "object"),
    "clarify": TaskKind(_("Clarify, and send it again"), "initiatives:draft_review", "initiative"),
    "submit": TaskKind(_("Send in the need"), "anchoring:submission_send", "initiative"),
    "check_completeness": TaskKind(_("Check that the case is complete"), "secretariat:case_prepare"),
    "complete_returned": TaskKind(_("Add what is missing"), "initiatives:draft_review", "initiative"),
    "prepare": TaskKind(_("Prepare the case"), "secretariat:case_prepare"),
    "assess": TaskKind(_("Give the assessment you are asked for"), "secretariat:review_answer", "object"),
    "answer_secretariat": TaskKind(_("Answer the secretariat's question"), "secretariat:exchange_list", "initiative"),
    "answer_need": TaskKind(_("Answer those who write the need"), "secretariat:exchange_list", "initiative"),
    "score_case": TaskKind(_("Score the case"), "secretariat:score_give", "object"),
    "set_agenda": TaskKind(_("Put the case on an agenda"), "secretariat:case_prepare"),
    "make_round": TaskKind(_("Make the list of the prioritisation round"), "secretariat:round_detail", "object"),
    "set_round": TaskKind(_("Put the prioritisation round on an agenda"), "secretariat:round_detail", "object"),
    "hold_meeting": TaskKind(_("Treat the case in the meeting"), "council:meeting_detail", "object"),
    "approve_minutes": TaskKind(_("Approve the minutes"), "council:minutes_detail", "object"),
    "do_action_point": TaskKind(_("Do what was agreed in the meeting"), "council:point_detail", "object"),
    "decide": TaskKind(_("Decide for your municipality"), "cases:decision_decide", "object"),
    "record_result": TaskKind(_("Record what your municipality decided"), "cases:decision_decide", "object"),
    "answer_assignment": TaskKind(_("Answer the assignment you have been given"), "cases:assignment_detail", "object"),
    "decide_in_line": TaskKind(_("Decide in your sector"), "cases:decision_decide", "object"),
    "meet_condition": TaskKind(_("Meet the condition, and tick it off"), "cases:condition_meet", "object"),
    "meet_gate_condition": TaskKind(
        _("Meet the condition from the gate, and tick it off"), "portfolio:gate_condition_meet", "object"
    ),
    "approve_plan": TaskKind(_("Approve the benefits realisation plan"), "benefits:plan_detail", "initiative"),
    "file_by_hand": TaskKind(_("File, and enter the case number"), "archive:filing_detail", "object"),
    "staff_project": TaskKind(
        _("Name the owner, manager and dates of the project"),
        "portfolio:project_detail",
        "object",
    ),
    "decide_change": TaskKind(_("Decide a change of your project"), "portfolio:project_changes", "object"),
    "give_people": TaskKind(_("Answer a project that asks for people"), "portfolio:request_answer", "object"),
    "report_series": TaskKind(_("Report status in a series"), "portfolio:series_report", "object"),
    "follow_measure": TaskKind(_("Carry out a measure of the portfolio"), "portfolio:measure_detail", "object"),
    "heed_measure": TaskKind(_("Read what is decided about your project"), "portfolio:measure_detail", "object"),
    "report_status": TaskKind(_("Report status"), "portfolio:report_status", "object"),
}
