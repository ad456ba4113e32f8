"""Reads about handing over: what the register lacks of the systems a project introduced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samrad.initiatives.models import SystemLink
from samrad.portfolio.models import Project
from samrad.systems.models import System, Terms

PARTS: dict[str, Any] = {
    "system_owner": _("System owner"),
    "administrator": _("System administrator"),
    "start_date": _("Contract"),
    "archive": _("Archive assessment"),
    "processing_record": _("Record of processing"),
}
"""What stands in the register before a project closes (S30), by the field where it is filled in."""


@dataclass(frozen=True)
class HandOver:
    """A system the project introduced: the fields of the register that are filled in, and those that are not."""

    link_id: int
    name: str
    system: System | None  # None: it is not in the register
    done: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return self.system is not None and not self.missing

    @property
    def parts(self) -> list[tuple[str, Any, bool]]:
        """Every part with its field and whether it is in place."""
        return [(code, label, code in self.done) for code, label in PARTS.items()]


def _filled(system: System, terms: Terms | None) -> dict[str, bool]:
    owner, keeper = system.system_owner, system.administrator
    return {
        "system_owner": owner is not None and owner.active,
        "administrator": keeper is not None and keeper.active,
        "start_date": terms is not None and (terms.start_date is not None or terms.end_date is not None),
        "archive": system.archive != "",
        # Only what processes personal data stands in the record of processing (GDPR article 30).
        "processing_record": system.personal_data == System.Personal.NONE or system.processing_record.strip() != "",
    }


def handovers_of(project: Project) -> list[HandOver]:
    """Every system the project introduced, with what is in place. A contract one may not see counts as missing."""
    links = SystemLink.objects.filter(initiative_id=project.initiative_id, kind=SystemLink.Kind.INTRODUCES)
    links = links.select_related("system__owner", "system__system_owner", "system__administrator").order_by("pk")
    terms = {row.system_id: row for row in Terms.objects.filter(system__in=[link.system_id for link in links])}
    found = []
    for link in links:
        if link.system is None:
            found.append(HandOver(link.pk, link.new_name, None))
            continue
        filled = _filled(link.system, terms.get(link.system.pk))
        done = tuple(code for code, there in filled.items() if there)
        missing = tuple(code for code, there in filled.items() if not there)
        found.append(HandOver(link.pk, link.system.name, link.system, done, missing))
    return found
