"""Write docs/roles.md: who may do what, from the one table in organisation/roles.py. `make roles`; a test fails when it is stale."""

from __future__ import annotations

import os
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs" / "roles.md"
HEAD = """# Hvem kan gjøre hva

Laget av `make roles` fra tabellen i `src/samrad/organisation/roles.py`; ikke endre fila for hånd. Den samme tabellen står i
Samråd på `/organisation/matrix/`. De som skriver, eier eller er spurt om et tiltak, kan gjøre mer i akkurat det tiltaket.
"""


def page() -> str:
    """The whole page, in bokmål."""
    from django.utils import translation

    from samrad.organisation.roles import PERMISSIONS, ROLES

    with translation.override("nb"):
        lines = [HEAD, "## Etter handling", "", "| Handling | Hvem |", "|---|---|"]
        for label, allowed in PERMISSIONS.values():
            names = [str(ROLES[role]) for role in ROLES if role in allowed]
            everyone = len(names) == len(ROLES)
            lines.append(f"| {label} | {'Alle' if everyone else ', '.join(names)} |")
        lines += ["", "## Etter rolle"]
        for role, name in ROLES.items():
            may = [str(label) for label, allowed in PERMISSIONS.values() if role in allowed]
            lines += ["", f"### {name} (`{role}`)", "", *(f"- {label}" for label in may)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")
    import django

    from samrad.core.catalogues import compile_all

    compile_all()
    django.setup()
    TARGET.write_text(page(), encoding="utf-8")
