"""What a decision was based on, readable years later: the paper as sent, the words, the votes, the rules, and what has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samrad.anchoring.queries import Change, differences
from samrad.cases.models import Condition, Decision, Recommendation
from samrad.council.models import AgendaItem, Statement
from samrad.governance.models import Mandate
from samrad.initiatives.models import ContentVersion, Initiative
from samrad.secretariat.models import PaperVersion


@dataclass(frozen=True)
class Part:
    """A part of the basis that a room adds itself: a heading, and lines of text."""

    heading: str
    lines: list[str]
    # The groups of fields that it tells of: whoever may not read one of them, does not see the part.
    groups: tuple[str, ...] = ()


PARTS: list[Callable[[Decision], Part | None]] = []
"""What rooms add to the basis of a decision, as scores by the criteria of the day; connected in config/wiring.py."""


@dataclass(frozen=True)
class Basis:
    """Everything a decision stood on, and what has changed since."""

    recommendation: Recommendation | None
    paper: PaperVersion | None
    item: AgendaItem | None
    statements: list[Statement]
    mandate: Mandate | None
    newer_mandate: Mandate | None
    conditions: list[Condition]
    parts: list[Part]
    changes: list[Change] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


def _changes(decision: Decision, initiative: Initiative) -> list[Change]:
    """What is different in the newest version of the need from the last one kept before the decision."""
    versions = ContentVersion.objects.filter(initiative=initiative).order_by("number")
    before, newest = versions.filter(made_at__lte=decision.decided_at).last(), versions.last()
    if before is None or newest is None or newest.pk == before.pk:
        return []
    return list(differences(before.content, newest.content))


def _since(decision: Decision, initiative: Initiative, later: list[Decision]) -> list[str]:
    found = [
        _("%(place)s decided again on %(day)s: %(outcome)s.")
        % {
            "place": row.municipality.name,
            "day": f"{localtime(row.decided_at):%d.%m.%Y}" if row.decided_at else "",
            "outcome": row.get_outcome_display(),
        }
        for row in later
    ]
    if initiative.status != Initiative.Status.ACTIVE:
        found.append(_("The initiative is now: %(status)s.") % {"status": initiative.get_status_display()})
    return found


def basis_of(decision: Decision, initiative: Initiative) -> Basis:
    """What the decision was based on, as it stood then."""
    then = decision.decided_at
    assert then is not None
    advice = Recommendation.objects.filter(case_id=decision.case_id, made_at__lte=then).select_related("body")
    recommendation = advice.order_by("-made_at").first()
    papers = PaperVersion.objects.filter(case_id=decision.case_id, frozen_at__lte=then)
    of_round = Q(case__further__round_row__recommendation=recommendation)
    items = AgendaItem.objects.filter(Q(recommendation=recommendation) | of_round)
    item = items.select_related("meeting__body").first() if recommendation else None
    mandate = decision.mandate
    newer = Mandate.objects.filter(body_id=mandate.body_id, version__gt=mandate.version) if mandate else None
    same = {"case__initiative": initiative, "case__kind": decision.case.kind}
    again = Decision.objects.filter(**same, municipality_id=decision.municipality_id)
    later = again.filter(decided_at__gt=then).filter(~Q(pk=decision.pk)).select_related("municipality")
    return Basis(
        recommendation=recommendation,
        paper=papers.order_by("-number").first(),
        item=item if recommendation else None,
        statements=list(item.statements.select_related("person")) if item and recommendation else [],
        mandate=mandate,
        newer_mandate=newer.filter(state=Mandate.State.ADOPTED).order_by("-version").first() if newer else None,
        conditions=list(decision.conditions.select_related("responsible", "met_by").order_by("pk")),
        parts=[part for add in PARTS if (part := add(decision)) is not None],
        changes=_changes(decision, initiative),
        events=_since(decision, initiative, list(later.order_by("decided_at"))),
    )
