"""What the import of people says in codes, said to people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from samrad.core.sheets.words import CELLS

FIELDS: dict[str, Any] = {
    "name": _("Name"),
    "email": _("E-mail"),
    "title": _("Title"),
    "sector": _("Sector"),
    "unit": _("Unit"),
    "roles": _("Roles"),
    "language": _("Language"),
}
REASONS: dict[str, Any] = {
    **CELLS,
    "no_email": _("has no e-mail address, so the person cannot be told from others"),
    "no_name": _("has no name, and nobody here has this address"),
    "bad_email": _("has an e-mail address that cannot be read"),
    "email_twice": _("has the same e-mail address as an earlier row"),
    "too_long": _("is too long"),
    "has_left": _("is someone who has left; bring the person back first"),
    "no_such_role": _("no role of that name"),
    "no_such_language": _("neither bokmål nor nynorsk"),
    "needs_sector": _("a head of sector needs a sector in the row"),
    "needs_field": _("a head of expert group needs a field; give the role on the person's page"),
    "unit_retired": _("the unit is retired"),
}


def reason_words(code: str) -> str:
    """Why a cell is unknown or a row refused, for people."""
    return str(REASONS.get(code, code))
