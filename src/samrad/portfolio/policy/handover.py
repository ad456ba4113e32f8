"""Who ties an introduced system to the register, and what stops a project from closing."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Project
from samrad.portfolio.policy.projects import can_report
from samrad.portfolio.queries.handover import PARTS, HandOver


def can_tie_system(by: Actor, project: Project) -> Verdict:
    """May this person say which system of the register the project introduced? Those who report for the project."""
    if can_report(by, project):
        return Verdict.yes()
    return Verdict.no(
        _("Only the project manager, the project owner and the portfolio manager hand over what the project made.")
    )


def handover_lacks(project: Project, rows: Iterable[HandOver]) -> tuple[Lack, ...]:
    """What the register lacks of the systems the project introduced, a line for each system (S30)."""
    page = reverse("portfolio:project_handover", args=[project.pk])
    found = []
    for row in rows:
        if row.system is None:
            # What it is called may be exempt until it stands in the register; the page of the hand-over says it.
            text = _("A system the project introduces is not in the system register.")
        elif row.missing:
            what = ", ".join(str(PARTS[code]).lower() for code in row.missing)
            text = _("The system register lacks this about «%(name)s»: %(what)s.") % {"name": row.name, "what": what}
        else:
            continue
        found.append(Lack(text, f"{page}#system-{row.link_id}"))
    return tuple(found)
