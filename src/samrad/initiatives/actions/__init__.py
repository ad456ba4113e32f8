"""What people do with an initiative's content, with each other, and with what the form asks."""

from samrad.initiatives.actions.content import (
    BENEFIT_PARTS,
    BenefitRow,
    involve,
    keep_version,
    link_goals,
    lock_initiative,
    next_number,
    note_files,
    reach_stage,
    save_answers,
    save_benefits,
    save_imported_title,
    set_phase,
    set_responsibles,
    sort_key,
    start_draft,
    take_in_initiative,
)
from samrad.initiatives.actions.importing import NeedsResult, import_needs
from samrad.initiatives.actions.operational import forward_to_service_desk, take_back
from samrad.initiatives.actions.reuse import mark_reusable, undo_reusable
from samrad.initiatives.actions.rules import (
    adopt_form_scope,
    adopt_rates,
    adopt_screening,
    adopt_starting_rules,
    set_service_desk,
)
from samrad.initiatives.actions.takeover import answer_takeover, turn_into_draft
from samrad.initiatives.actions.together import invite_author, remove_author

__all__ = [
    "BENEFIT_PARTS",
    "BenefitRow",
    "NeedsResult",
    "adopt_form_scope",
    "adopt_rates",
    "adopt_screening",
    "adopt_starting_rules",
    "answer_takeover",
    "forward_to_service_desk",
    "import_needs",
    "invite_author",
    "involve",
    "keep_version",
    "link_goals",
    "lock_initiative",
    "mark_reusable",
    "next_number",
    "note_files",
    "reach_stage",
    "remove_author",
    "save_answers",
    "save_benefits",
    "save_imported_title",
    "set_phase",
    "set_responsibles",
    "set_service_desk",
    "sort_key",
    "start_draft",
    "take_back",
    "take_in_initiative",
    "turn_into_draft",
    "undo_reusable",
]
