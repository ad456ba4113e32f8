"""`samrad import needs`: needs from another form tool, from the command line."""

from __future__ import annotations

import argparse
import json
import sys

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.initiatives.actions import NeedsResult, import_needs
from samrad.initiatives.gateway import Unreadable, read_needs
from samrad.organisation.actors import actor_by_email


def import_needs_command(args: argparse.Namespace) -> int:
    """Bring in the needs of a file, and say what came in and what did not."""
    actor = actor_by_email(args.email, args.organisation, on=timezone.localdate(args.at))
    if actor is None:
        print(f"Fant ikke {args.email} i {args.organisation}.", file=sys.stderr)
        return 1
    with acting_for(actor.entities), translation.override(actor.language):
        try:
            rows = read_needs(args.file.read_bytes(), args.file.name)
            result = import_needs(by=actor, at=args.at, rows=rows, dry_run=args.dry_run)
        except (Unreadable, Refused, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        print(json.dumps(result.as_json(), ensure_ascii=False) if args.json else told(result, dry_run=args.dry_run))
    return 0


def told(result: NeedsResult, *, dry_run: bool) -> str:
    """What an import did, or would do, in plain sentences."""
    first = _("%(n)s needs would come in as drafts.") if dry_run else _("%(n)s needs came in as drafts.")
    lines = [first % {"n": result.imported}]
    if result.unchanged:
        lines.append(_("%(n)s were here already.") % {"n": result.unchanged})
    lines += [_("Line %(line)s: %(reason)s") % one for one in result.refused]
    columns = sorted({one["column"] for one in result.unknown})
    if columns:
        lines.append(_("Columns that belong to no question: %(columns)s.") % {"columns": ", ".join(columns)})
    return "\n".join(lines)
