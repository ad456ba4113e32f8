"""What the command line does with a portfolio."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from django.utils import timezone, translation

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation.actors import actor_by_email
from samrad.portfolio.actions import canonical, take_report
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


def rendered(data: dict[str, object], suffix: str, *, language: str) -> bytes:
    """A frozen report as the bytes of a file of this kind."""
    from samrad.portfolio.papers import report_pdf, report_sheet

    if suffix == ".pdf":
        return report_pdf(data, language=language)
    if suffix == ".xlsx":
        return report_sheet(data)
    return (json.dumps(json.loads(canonical(data)), ensure_ascii=False, indent=1) + "\n").encode()
