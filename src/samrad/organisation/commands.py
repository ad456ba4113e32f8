"""What the command line does with people and units."""

from __future__ import annotations

import argparse
import json
import sys

from django.db import transaction
from django.utils import timezone, translation

from samrad.core.acting import acting_for
from samrad.core.sheets.files import Unreadable, read
from samrad.core.sheets.words import unreadable_words
from samrad.core.verdict import Refused
from samrad.organisation.actions import ImportResult, import_people
from samrad.organisation.actors import Actor, actor_by_email
from samrad.organisation.models import Entity
from samrad.organisation.reading import propose
from samrad.organisation.words import FIELDS, reason_words


def import_people_file(args: argparse.Namespace) -> int:
    """Bring people and units in from a spreadsheet. Nobody gets an account: that is chosen on the pages."""
    actor = actor_by_email(args.email, args.organisation, on=timezone.localdate(args.at))
    if actor is None:
        print(f"Fant ikke {args.email} i {args.organisation}.", file=sys.stderr)
        return 1
    with acting_for(actor.entities), translation.override(actor.language):
        result = _import(args, actor)
        if result is None or args.dry_run:
            transaction.set_rollback(True)
    if result is None:
        return 1
    with translation.override(actor.language):
        print(json.dumps(result.as_json(), ensure_ascii=False) if args.json else _told(result, dry_run=args.dry_run))
    return 0


def _import(args: argparse.Namespace, actor: Actor) -> ImportResult | None:
    """Read the file and bring it in; None where that was refused, and why is said."""
    try:
        sheet = read(args.file.read_bytes(), args.file.name)
        return import_people(
            by=actor,
            at=args.at,
            owner=Entity.objects.get(slug=args.organisation),
            sheet=sheet,
            columns={guess.header: guess.target for guess in propose(sheet) if guess.target},
            dry_run=args.dry_run,
        )
    except OSError as trouble:
        print(f"Fikk ikke lest {args.file}: {trouble.strerror}.", file=sys.stderr)
    except Unreadable as trouble:
        print(unreadable_words(trouble), file=sys.stderr)
    except Refused as refused:
        print(refused, file=sys.stderr)
    return None


def _told(result: ImportResult, *, dry_run: bool) -> str:
    """What an import did, for people."""
    lines = [
        f"{result.records} rader lest.",
        f"Nye: {result.imported}. Endret: {result.updated}. Uendret: {result.unchanged}. Nye enheter: {result.units}.",
        f"Avvist: {len(result.refused)}. Celler med ukjent verdi: {len(result.unknown)}.",
    ]
    if dry_run:
        lines.append("Dette var en prøve. Ingenting er endret.")
    lines += [f"  Rad {r['record']} (linje {r['line']}): {reason_words(r['reason'])}" for r in result.refused]
    lines += [
        f"  Rad {u['record']} (linje {u['line']}), {FIELDS.get(u['target'], u['column'])} «{u['text']}»: "
        f"{reason_words(u['reason'])}"
        for u in result.unknown
    ]
    return "\n".join(lines)
