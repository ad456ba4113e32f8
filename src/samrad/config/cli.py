"""The command `samrad`. Every answer is a plain sentence; what goes wrong is said, never a traceback."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from samrad.core.backup import BackupTrouble, backup, restore
from samrad.core.embedded import ServerTrouble, ensure_running


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", default=os.environ.get("SAMRAD_DATA"), metavar="DIR", help="datamappa")
    top = argparse.ArgumentParser(prog="samrad", description="Samråd: digitalisering ved råd.")
    commands = top.add_subparsers(dest="command", required=True)
    for name, text in (("serve", "kjør Samråd"), ("demo", "kjør Samråd med en oppdiktet region")):
        command = commands.add_parser(name, parents=[common], help=text)
        command.add_argument("--host", default="127.0.0.1")
        command.add_argument("--port", type=int, default=8000)
    commands.add_parser("migrate", parents=[common], help="gjør databasen klar")
    commands.add_parser("check", parents=[common], help="si hva som er satt opp feil")
    command = commands.add_parser("backup", parents=[common], help="ta sikkerhetskopi av alt")
    command.add_argument("file", type=Path)
    command = commands.add_parser("restore", parents=[common], help="les inn en sikkerhetskopi")
    command.add_argument("file", type=Path)
    command.add_argument("--replace", action="store_true", help="la den ta plassen til det som er der")
    acting = argparse.ArgumentParser(add_help=False)
    acting.add_argument("--organisation", required=True, metavar="SLUG")
    acting.add_argument("--as", dest="email", required=True, metavar="EMAIL")
    acting.add_argument("--portfolio", required=True, metavar="NAME")
    what = commands.add_parser("import", help="hent inn noe").add_subparsers(dest="what", required=True)
    command = what.add_parser("portfolio", parents=[common, acting], help="hent inn prosjekter fra et regneark")
    command.add_argument("file", type=Path)
    command.add_argument("--mapping", default="", metavar="NAME")
    command.add_argument("--all-or-nothing", action="store_true")
    command.add_argument("--dry-run", action="store_true")
    command.add_argument("--json", action="store_true")
    what = commands.add_parser("report", help="lag en rapport").add_subparsers(dest="what", required=True)
    command = what.add_parser("portfolio", parents=[common, acting], help="lag porteføljerapporten")
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    return top


def _data(args: argparse.Namespace) -> Path:
    default = ".samrad-demo" if args.command == "demo" else ".samrad"
    if args.data is None and args.command in ("import", "report") and not Path(".samrad").exists():
        default = ".samrad-demo"
    data = Path(args.data or default).resolve()
    os.environ["SAMRAD_DATA"] = str(data)
    return data


def _ready(data: Path, *, migrate: bool) -> bool:
    """Start the database where it is ours, and Django. True where the embedded server is used."""
    embedded = not os.environ.get("DATABASE_URL")
    data.mkdir(parents=True, exist_ok=True)
    if embedded:
        ensure_running(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    if migrate:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    return embedded


def _serve(args: argparse.Namespace, data: Path) -> int:
    from samrad.config.supervisor import serve

    if args.command == "demo":
        os.environ["SAMRAD_DEMO"] = "1"
    embedded = _ready(data, migrate=True)
    if args.command == "demo":
        from samrad.config.demo import build

        build(say=lambda line: print(line, flush=True))
    from django.db import connections

    connections.close_all()
    return serve(data, args.host, args.port, embedded=embedded)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    data = _data(args)
    if args.command == "backup":
        backup(data, args.file, database_url=os.environ.get("SAMRAD_BACKUP_URL", ""))
        print(f"Sikkerhetskopien ligger i {args.file}.")
        return 0
    if args.command == "restore":
        restore(data, args.file, replace=args.replace)
        print(f"Alt er lest inn i {data}.")
        return 0
    if args.command in ("serve", "demo"):
        return _serve(args, data)
    _ready(data, migrate=args.command == "migrate")
    if args.command == "check":
        from samrad.config.checks import report

        return report()
    from django.utils import timezone

    args.at = timezone.now()
    if args.command == "import":
        from samrad.portfolio.commands import import_portfolio

        return import_portfolio(args)
    if args.command == "report":
        from samrad.portfolio.commands import report_portfolio

        return report_portfolio(args)
    print("Databasen er klar.")
    return 0


def main(argv: list[str] | None = None) -> None:
    """The command `samrad`."""
    args = parser().parse_args(argv)
    try:
        status = run(args)
    except (ServerTrouble, BackupTrouble) as trouble:
        print(trouble, file=sys.stderr)
        status = 1
    except OSError as trouble:
        print(f"Det gikk ikke: {trouble}", file=sys.stderr)
        status = 1
    sys.exit(status)


if __name__ == "__main__":
    main()
