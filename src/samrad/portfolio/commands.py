"""What the command line does with a portfolio."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation.actors import Actor, actor_by_email
from samrad.organisation.models import Entity
from samrad.portfolio import gateway
from samrad.portfolio.actions import canonical, create_portfolio, take_report
from samrad.portfolio.actions.importing import ImportResult, import_projects
from samrad.portfolio.models import ImportMapping, Portfolio
from samrad.portfolio.queries import portfolios_of


def report_portfolio(args: argparse.Namespace) -> int:
    """Freeze the portfolio report and write it as PDF, XLSX or JSON."""
    out: Path = args.out
    if out.suffix not in (".pdf", ".xlsx", ".json"):
        print("Fila må slutte på .pdf, .xlsx eller .json.", file=sys.stderr)
        return 2
    at = args.at
    actor = actor_by_email(args.email, args.organisation, on=timezone.localdate(at))
    if actor is None:
        print(f"Fant ikke {args.email} i {args.organisation}.", file=sys.stderr)
        return 1
    with acting_for(actor.entities), translation.override(actor.language):
        portfolio = portfolios_of(actor).filter(name=args.portfolio).first()
        if portfolio is None:
            print(f"Fant ikke porteføljen «{args.portfolio}».", file=sys.stderr)
            return 1
        try:
            snapshot = take_report(by=actor, at=at, portfolio=portfolio)
        except Refused as refused:
            print(refused, file=sys.stderr)
            return 1
        content = rendered(snapshot.data, out.suffix, language=actor.language)
    out.write_bytes(content)
    print(f"Rapporten ligger i {out}.")
    return 0


REASONS = {
    "too_large": "Fila er for stor.",
    "not_a_spreadsheet": "Fila er ikke et regneark vi kan lese. Bruk CSV eller XLSX.",
    "encoding": "Vi kjenner ikke tegnsettet i fila. Lagre den som UTF-8.",
    "no_headers": "Fila mangler en rad med overskrifter.",
}


def import_portfolio(args: argparse.Namespace) -> int:
    """Take in projects from a spreadsheet, and say what came in and what did not."""
    actor = actor_by_email(args.email, args.organisation, on=timezone.localdate(args.at))
    if actor is None:
        print(f"Fant ikke {args.email} i {args.organisation}.", file=sys.stderr)
        return 1
    content: bytes = args.file.read_bytes()
    try:
        sheet = gateway.read(content, args.file.name)
    except gateway.Unreadable as unreadable:
        print(REASONS[str(unreadable)], file=sys.stderr)
        return 1
    with acting_for(actor.entities), translation.override(actor.language):
        try:
            portfolio = _portfolio(args, actor)
            mapping = _mapping(args.mapping, portfolio, sheet)
            if mapping is None:
                print(f"Fant ikke kolonneoppsettet «{args.mapping}».", file=sys.stderr)
                return 1
            result = import_projects(
                by=actor, at=args.at, portfolio=portfolio, sheet=sheet, mapping=mapping, file_name=args.file.name,
                sha256=hashlib.sha256(content).hexdigest(), all_or_nothing=args.all_or_nothing, dry_run=args.dry_run,
            )  # fmt: skip
        except Refused as refused:
            print(refused, file=sys.stderr)
            return 1
        if args.dry_run:
            transaction.set_rollback(True)
    _tell(result, as_json=args.json)
    return 1 if args.all_or_nothing and result.refused else 0


def _portfolio(args: argparse.Namespace, actor: Actor) -> Portfolio:
    found = portfolios_of(actor).filter(name=args.portfolio, owner__slug=args.organisation).first()
    if found is not None:
        return found
    owner = Entity.objects.get(slug=args.organisation)
    return create_portfolio(by=actor, at=args.at, owner=owner, name=args.portfolio)


def _mapping(name: str, portfolio: Portfolio, sheet: gateway.Sheet) -> gateway.Mapping | None:
    saved = ImportMapping.objects.filter(owner_id=portfolio.owner_id, name=name).first() if name else None
    if saved is not None:
        return gateway.Mapping(**saved.rules)
    if name == gateway.GMPP.name or (not name and gateway.GMPP.header_for("source_id", sheet.headers)):
        return gateway.GMPP
    return None if name else gateway.propose(sheet.headers)


def _tell(result: ImportResult, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result.as_dict(), ensure_ascii=False))
        return
    print(
        f"{result.records} rader: {result.imported} nye, {result.updated} endret, {result.unchanged} uendret, "
        f"{len(result.refused)} avvist, {len(result.unknown)} ukjente verdier."
    )
    for row in result.refused:
        print(f"  Rad {row['record']} (linje {row['line']}): {row['reason']}")


def rendered(data: dict[str, object], suffix: str, *, language: str) -> bytes:
    """A frozen report as the bytes of a file of this kind."""
    from samrad.portfolio.papers import report_pdf, report_sheet

    if suffix == ".pdf":
        return report_pdf(data, language=language)
    if suffix == ".xlsx":
        return report_sheet(data)
    return (json.dumps(json.loads(canonical(data)), ensure_ascii=False, indent=1) + "\n").encode()
