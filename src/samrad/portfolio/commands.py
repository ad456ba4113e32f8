"""What the command line does with a portfolio."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from samrad.core.acting import acting_for
from samrad.core.sheets.files import content_of
from samrad.core.sheets.words import unreadable_words
from samrad.core.verdict import Refused
from samrad.organisation.actors import Actor, actor_by_email
from samrad.organisation.models import Entity
from samrad.portfolio.actions import (
    PART,
    ImportResult,
    RowResult,
    bring_in_sheet,
    canonical,
    create_portfolio,
    import_kommit,
    import_rows,
    take_report,
)
from samrad.portfolio.comparing import shown
from samrad.portfolio.models import Portfolio
from samrad.portfolio.queries import ChangeReport, changes_of, imports_of, mappings_of, portfolios_of
from samrad.portfolio.reporting import lifted
from samrad.portfolio.sheets import Mapping, Sheet, Unreadable, propose, read
from samrad.portfolio.sheets.kinds import KINDS, propose_rows
from samrad.portfolio.sheets.mapping import fit
from samrad.portfolio.words import reason_words


def report_portfolio(args: argparse.Namespace) -> int:
    """Freeze the portfolio report and write it as PDF, Word, XLSX or JSON."""
    out: Path = args.out
    if out.suffix not in (".pdf", ".xlsx", ".docx", ".json"):
        print("Fila må slutte på .pdf, .docx, .xlsx eller .json.", file=sys.stderr)
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
        before = lifted(snapshot.previous.data) if snapshot.previous else None
        content = rendered(shown(snapshot.data, before), out.suffix, language=actor.language)
    out.write_bytes(content)
    print(f"Rapporten ligger i {out}.")
    return 0


def rendered(data: dict[str, object], suffix: str, *, language: str) -> bytes:
    """A frozen report as the bytes of a file of this kind."""
    from samrad.portfolio.papers import report_docx, report_pdf, report_sheet

    if suffix == ".pdf":
        return report_pdf(data, language=language)
    if suffix == ".docx":
        return report_docx(data, language=language)
    if suffix == ".xlsx":
        return report_sheet(data)
    return (json.dumps(json.loads(canonical(data)), ensure_ascii=False, indent=1) + "\n").encode()


def import_portfolio(args: argparse.Namespace) -> int:
    """Bring projects in from a spreadsheet, and say what came in, what was refused and what stays unknown."""
    actor = actor_by_email(args.email, args.organisation, on=timezone.localdate(args.at))
    if actor is None:
        print(f"Fant ikke {args.email} i {args.organisation}.", file=sys.stderr)
        return 1
    wanted: Path | None = getattr(args, "changes", None)
    if wanted is not None and wanted.suffix not in (".xlsx", ".csv", ".json"):
        print("Fila med endringer må slutte på .xlsx, .csv eller .json.", file=sys.stderr)
        return 2
    with acting_for(actor.entities), translation.override(actor.language):
        result = _import(args, actor)
        report = _report(result, actor)
        if result is None or result.stopped or args.dry_run:
            # The portfolio may have been set up on the way; «nothing changed» means that too.
            transaction.set_rollback(True)
    if result is None:
        return 1
    with translation.override(actor.language):
        if args.json:
            changes = report.as_json() if report else None
            print(json.dumps({**result.as_json(), "changes": changes}, ensure_ascii=False))
        else:
            print(_told(result, dry_run=args.dry_run))
            print(_changes_told(report), end="")
        if wanted is not None:
            return _keep_changes(report, wanted) or int(result.stopped)
    return 1 if result.stopped else 0


def _report(result: ImportResult | None, actor: Actor) -> ChangeReport | None:
    """What has changed since the earlier import of the same list; None where nothing came in, or there is none."""
    if result is None or result.batch_id is None:
        return None
    return changes_of(actor, imports_of(actor).get(pk=result.batch_id))


def _changes_told(report: ChangeReport | None) -> str:
    """How much has changed, for people."""
    if report is None:
        return ""
    from samrad.portfolio.changed import KIND_WORDS

    counts = [f"  {KIND_WORDS[kind]}: {count}" for kind, count in report.counts().items() if count]
    checked = f"  Må sjekkes: {report.doubtful}" if report.doubtful else ""
    lines = [f"Endret siden {report.before.file_name}:", *(counts or ["  ingenting"]), checked]
    return "\n".join(line for line in lines if line) + "\n"


def _keep_changes(report: ChangeReport | None, path: Path) -> int:
    """Write what has changed to a file of its own."""
    from samrad.portfolio.papers import changes_csv, changes_sheet

    if report is None:
        print("Det finnes ingen tidligere innhenting av denne lista å sammenligne med.", file=sys.stderr)
        return 0
    if path.suffix == ".json":
        content = (json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n").encode()
    else:
        content = changes_sheet(report) if path.suffix == ".xlsx" else changes_csv(report)
    try:
        path.write_bytes(content)
    except OSError as trouble:
        print(f"Prosjektene er hentet inn, men fikk ikke skrevet {path}: {trouble.strerror}.", file=sys.stderr)
        return 1
    print(f"Endringene ligger i {path}.", file=sys.stderr)
    return 0


def _import(args: argparse.Namespace, actor: Actor) -> ImportResult | None:
    """Read the file and bring it in; None where that was refused, and why is said."""
    try:
        content = content_of(args.file)
        sheet = read(content, args.file.name)
        portfolio = _portfolio(args, actor)
        return bring_in_sheet(
            by=actor,
            at=args.at,
            portfolio=portfolio,
            sheet=sheet,
            mapping=chosen_mapping(actor, portfolio, sheet, args.mapping),
            file_name=args.file.name,
            sha256=hashlib.sha256(content).hexdigest(),
            all_or_nothing=args.all_or_nothing,
            dry_run=args.dry_run,
            progress=_say_progress,
        )
    except OSError as trouble:
        print(f"Fikk ikke lest {args.file}: {trouble.strerror}.", file=sys.stderr)
    except Unreadable as trouble:
        print(unreadable_words(trouble), file=sys.stderr)
    except Refused as refused:
        print(refused, file=sys.stderr)
    return None


def import_rows_file(args: argparse.Namespace) -> int:
    """Bring milestones, money, risks, people or KommIT's workbook into a portfolio, and say what came of it."""
    actor = actor_by_email(args.email, args.organisation, on=timezone.localdate(args.at))
    if actor is None:
        print(f"Fant ikke {args.email} i {args.organisation}.", file=sys.stderr)
        return 1
    with acting_for(actor.entities), translation.override(actor.language):
        try:
            result = _rows(args, actor)
        except OSError as trouble:
            print(f"Fikk ikke lest {args.file}: {trouble.strerror}.", file=sys.stderr)
            return 1
        except Unreadable as trouble:
            print(unreadable_words(trouble), file=sys.stderr)
            return 1
        except Refused as refused:
            print(refused, file=sys.stderr)
            return 1
        print(json.dumps(result.as_json(), ensure_ascii=False) if args.json else _told(result, dry_run=args.dry_run))
    return 1 if result.stopped else 0


def _rows(args: argparse.Namespace, actor: Actor) -> RowResult:
    found = portfolios_of(actor).filter(name=args.portfolio, owner__slug=args.organisation).first()
    if found is None:
        raise Refused(f"Fant ikke porteføljen «{args.portfolio}».")
    content = content_of(args.file)
    given: dict[str, Any] = {"by": actor, "at": args.at, "portfolio": found, "file_name": args.file.name}
    given |= {"all_or_nothing": args.all_or_nothing, "dry_run": args.dry_run}
    if args.what == "kommit":
        return import_kommit(**given, content=content)
    sheet = read(content, args.file.name)
    columns = {g.header: g.target for g in propose_rows(sheet, KINDS[args.what]) if g.target}
    return import_rows(**given, kind=args.what, sheet=sheet, columns=columns)


def _say_progress(done: int, total: int) -> None:
    """How far a large import has come, beside what the command answers."""
    if total > PART:
        print(f"{done} av {total} rader er hentet inn.", file=sys.stderr, flush=True)


def _portfolio(args: argparse.Namespace, actor: Actor) -> Portfolio:
    """The portfolio of this name in the organisation; set up where it is not there yet."""
    found = portfolios_of(actor).filter(name=args.portfolio, owner__slug=args.organisation).first()
    if found is not None:
        return found
    owner = Entity.objects.get(slug=args.organisation)
    try:
        with transaction.atomic():
            return create_portfolio(by=actor, at=args.at, owner=owner, name=args.portfolio)
    except IntegrityError:
        # Another import set it up in the meantime, and has come to its end.
        return portfolios_of(actor).get(name=args.portfolio, owner=owner)


def chosen_mapping(actor: Actor, portfolio: Portfolio, sheet: Sheet, name: str = "") -> Mapping:
    """The mapping of this name; without a name the one that fits the file best, else one proposed from its headers."""
    known = mappings_of(actor, portfolio)
    if name:
        if name not in known:
            raise Refused(f"Fant ikke kolonneoppsettet «{name}». Det som finnes: {', '.join(known)}.")
        return known[name]
    best = max(known.values(), key=lambda mapping: fit(mapping, sheet.headers))
    return best if fit(best, sheet.headers) >= 0.6 else propose(sheet).mapping


def _told(result: ImportResult, *, dry_run: bool) -> str:
    """What an import did, for people."""
    lines = [
        f"{result.records} rader lest.",
        f"Nye: {result.imported}. Endret: {result.updated}. Uendret: {result.unchanged}.",
        f"Avvist: {len(result.refused)}. Celler med ukjent verdi: {len(result.unknown)}.",
    ]
    if result.stopped:
        lines.append("Ingenting er hentet inn, for du ba om alt eller ingenting.")
    elif dry_run:
        lines.append("Dette var en prøve. Ingenting er endret.")
    lines += [f"  Rad {r['record']} (linje {r['line']}): {reason_words(r['reason'])}" for r in result.refused]
    return "\n".join(lines)
