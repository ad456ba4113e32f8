"""The command `samrad`. Every answer is a plain sentence; what goes wrong is said, never a traceback."""

from __future__ import annotations

import argparse
import fcntl
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from samrad.core.backup import BackupTrouble, backup, restore, restore_server
from samrad.core.embedded import ServerTrouble, using
from samrad.core.embedded.server import prepare

MIGRATING = 7_315_623  # the number of our advisory lock: one migrates at a time


class Misuse(RuntimeError):
    """The command cannot be carried out as it was given; the message says why in a plain sentence."""


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", default=os.environ.get("SAMRAD_DATA"), metavar="DIR", help="datamappa")
    top = argparse.ArgumentParser(prog="samrad", description="Samråd: digitalisering ved råd.")
    commands = top.add_subparsers(dest="command", required=True)
    for name, text in (("serve", "kjør Samråd"), ("demo", "kjør Samråd med en oppdiktet region")):
        command = commands.add_parser(name, parents=[common], help=text)
        command.add_argument("--host", default="127.0.0.1", help="adressen den skal lytte på")
        command.add_argument("--port", type=int, default=8000, help="porten den skal lytte på (0: en ledig)")
    commands.add_parser("migrate", parents=[common], help="gjør databasen klar")
    commands.add_parser("check", parents=[common], help="si hva som er satt opp feil")
    command = commands.add_parser("backup", parents=[common], help="ta sikkerhetskopi av alt")
    command.add_argument("file", type=Path)
    command = commands.add_parser("restore", parents=[common], help="les inn en sikkerhetskopi")
    command.add_argument("file", type=Path)
    command.add_argument("--replace", action="store_true", help="la den ta plassen til det som er der")
    _set_up_commands(commands, common)
    acting = argparse.ArgumentParser(add_help=False)
    acting.add_argument("--organisation", required=True, metavar="SLUG")
    acting.add_argument("--as", dest="email", required=True, metavar="EMAIL")
    one = argparse.ArgumentParser(add_help=False)
    one.add_argument("--portfolio", required=True, metavar="NAME")
    what = commands.add_parser("import", help="hent inn noe").add_subparsers(dest="what", required=True)
    command = what.add_parser("portfolio", parents=[common, acting, one], help="hent inn prosjekter fra et regneark")
    command.add_argument("file", type=Path)
    command.add_argument("--mapping", default="", metavar="NAME")
    command.add_argument("--all-or-nothing", action="store_true")
    text = "skriv hva som er endret siden forrige gang, til .xlsx, .csv eller .json"
    command.add_argument("--changes", type=Path, metavar="FILE", help=text)
    command.add_argument("--dry-run", action="store_true")
    command.add_argument("--json", action="store_true")
    for name, text in (
        ("milestones", "hent inn milepæler til prosjektene i en portefølje"),
        ("money", "hent inn penger til prosjektene, år for år"),
        ("risks", "hent inn risikoer til prosjektene"),
        ("status", "hent inn statusrapporter for prosjektene"),
        ("kommit", "hent inn et gevinstverktøy fra KommIT som prosjekt"),
    ):
        command = what.add_parser(name, parents=[common, acting, one], help=text)
        _row_options(command)
    for name, text in (
        ("needs", "hent inn behov fra et annet skjemaverktøy"),
        ("people", "hent inn personer og enheter"),
    ):
        command = what.add_parser(name, parents=[common, acting], help=text)
        _row_options(command, whole=name == "people")
        if name == "people":
            text = "hent inn hva folk og roller kan gi i denne porteføljen, i stedet for hvem de er"
            command.add_argument("--portfolio", default="", metavar="NAME", help=text)
    what = commands.add_parser("report", help="lag en rapport").add_subparsers(dest="what", required=True)
    command = what.add_parser("portfolio", parents=[common, acting, one], help="lag porteføljerapporten")
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    return top


def _row_options(command: argparse.ArgumentParser, *, whole: bool = True) -> None:
    """The file, and how it is brought in."""
    command.add_argument("file", type=Path)
    if whole:
        command.add_argument("--all-or-nothing", action="store_true")
    command.add_argument("--dry-run", action="store_true")
    command.add_argument("--json", action="store_true")


Commands = argparse._SubParsersAction  # argparse gives its own type no public name


def _set_up_commands(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """`samrad organisation` and `samrad person`."""
    what = commands.add_parser("organisation", help="kommuner og samarbeid").add_subparsers(dest="what", required=True)
    command = what.add_parser("add", parents=[common], help="legg inn en kommune eller et samarbeid")
    command.add_argument("slug", metavar="SLUG", help="kortnavnet, som fjelldal")
    command.add_argument("--name", default="", help="hele navnet, som «Fjelldal kommune»")
    command.add_argument("--kind", choices=["municipality", "cooperation"], default="municipality")
    command.add_argument("--member", action="append", default=[], metavar="SLUG", help="en kommune i samarbeidet")
    command.add_argument("--council", action="store_true", help="med råd, sekretariat, fagområder, krav og portefølje")
    command.add_argument("--language", choices=["nb", "nn"], default="nb")
    command.add_argument("--inhabitants", type=int)
    what.add_parser("list", parents=[common], help="vis kommuner og samarbeid")
    what = commands.add_parser("person", help="personer").add_subparsers(dest="what", required=True)
    for name, text in (("add", "legg til en person"), ("link", "lag en ny lenke for å velge passord")):
        command = what.add_parser(name, parents=[common], help=text)
        command.add_argument("--organisation", required=True, metavar="SLUG")
        command.add_argument("--email", required=True)
        if name == "add":
            command.add_argument("--name", default="")
            command.add_argument("--title", default="")
            command.add_argument("--unit", default="", help="sektoren; lages om den ikke finnes")
            command.add_argument("--role", action="append", default=[], help="som administrator; kan gjentas")
            command.add_argument("--scope", default="", metavar="SLUG", help="organisasjonen rollen gjelder for")
            command.add_argument("--password", action="store_true", help="spør etter passordet her, uten lenke")


def _data(args: argparse.Namespace) -> Path:
    default = ".samrad-demo" if args.command == "demo" else ".samrad"
    data = Path(args.data or default).resolve()
    if data.exists() and not data.is_dir():
        raise Misuse(f"{data} er ikke en mappe.")
    if args.command in ("check", "import", "report", "backup") and not data.exists():
        raise Misuse(f"Datamappa {data} finnes ikke. Oppgi den med --data.")
    os.environ["SAMRAD_DATA"] = str(data)
    return data


def _embedded() -> bool:
    """Is the database ours to run? With a server of one's own both addresses must be given."""
    given = [bool(os.environ.get(name)) for name in ("DATABASE_URL", "SAMRAD_OWNER_URL")]
    if any(given) and not all(given):
        raise Misuse("Oppgi både DATABASE_URL (applikasjonens rolle) og SAMRAD_OWNER_URL (eierens rolle).")
    return not any(given)


def _database(data: Path) -> AbstractContextManager[None]:
    return using(data) if _embedded() else nullcontext()


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Only one may serve from a data directory, or put another in its place."""
    prepare(data)
    with (data / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misuse(f"Samråd kjører allerede fra {data}. Stopp den først.") from None
        yield


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")
    import django

    django.setup()


def _refuse_half_way() -> None:
    """A database that has run some of the migrations drawn together, not all, has no way on (docs/adr/0009)."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connections["owner"]).applied_migrations())
    for migration in MigrationLoader(None).disk_migrations.values():
        if 0 < len(applied & set(migration.replaces)) < len(migration.replaces):
            raise Misuse(
                "Databasen er laget av en uferdig utgave av Samråd. "
                "Start den én gang med utgaven som er nevnt i docs/adr/0009, og så med denne."
            )


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATING])
        try:
            _refuse_half_way()
            call_command("migrate", database="owner", verbosity=0, interactive=False)
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATING])


def _serve(args: argparse.Namespace, data: Path) -> int:
    from samrad.config.supervisor import free_port, serve

    if args.command == "demo":
        os.environ["SAMRAD_DEMO"] = "1"
    with _alone(data), _database(data):
        port = free_port(args.host, args.port)
        (data / "static").mkdir(exist_ok=True)  # for whoever collects; our own lie in the package
        _django()
        _migrate()
        if args.command == "demo":
            from samrad.config.demo import build

            build(say=lambda line: print(line, flush=True))
        from django.db import connections

        connections.close_all()
        return serve(data, args.host, port, embedded=_embedded())


def _backup(args: argparse.Namespace, data: Path) -> int:
    url = os.environ.get("SAMRAD_BACKUP_URL", "")
    if not _embedded() and not url:
        raise Misuse("Oppgi SAMRAD_BACKUP_URL: en databaserolle som leser alt (bypassrls og pg_read_all_data).")
    backup(data, args.file, at=datetime.now(UTC), database_url="" if _embedded() else url)
    print(f"Sikkerhetskopien ligger i {args.file}.")
    return 0


def _restore(args: argparse.Namespace, data: Path) -> int:
    if not _embedded():
        with _alone(data):
            restore_server(data, args.file, owner_url=os.environ["SAMRAD_OWNER_URL"], replace=args.replace)
            _django()
            _migrate()  # policies and grants for the roles of this server
        aside = None
    elif data.exists():
        with _alone(data):
            aside = restore(data, args.file, replace=args.replace)
    else:
        aside = restore(data, args.file)
    print(f"Alt er lest inn i {data}.")
    if aside:
        print(f"Det som var der før, ligger i {aside}.")
    return 0


def _work(args: argparse.Namespace) -> int:
    if args.command == "check":
        from samrad.config.checks import report

        return report()
    from django.utils import timezone

    args.at = timezone.now()
    if args.command in ("organisation", "person"):
        from samrad.config.first_setup import run as set_up

        _migrate()
        return set_up(args)
    if args.command == "import" and _brings_rows(args):
        from samrad.portfolio.commands import import_rows_file

        return int(import_rows_file(args))
    if args.command == "import" and args.what == "people":
        if args.all_or_nothing:
            raise Misuse("--all-or-nothing gjelder bare sammen med --portfolio.")
        from samrad.organisation.commands import import_people_file

        return int(import_people_file(args))
    if args.command == "import" and args.what == "needs":
        from samrad.initiatives.commands import import_needs_command

        return import_needs_command(args)
    if args.command == "import":
        from samrad.portfolio.commands import import_portfolio

        return int(import_portfolio(args))
    if args.command == "report":
        from samrad.portfolio.commands import report_portfolio

        return int(report_portfolio(args))
    _migrate()
    print("Databasen er klar.")
    return 0


def _brings_rows(args: argparse.Namespace) -> bool:
    """Rows of a portfolio; «people» only where a portfolio is named, else they are the organisation's."""
    return args.what in ("milestones", "money", "risks", "status", "kommit") or (
        args.what == "people" and bool(args.portfolio)
    )


def run(args: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    data = _data(args)
    if args.command == "backup":
        return _backup(args, data)
    if args.command == "restore":
        return _restore(args, data)
    if args.command in ("serve", "demo"):
        return _serve(args, data)
    with _database(data):
        _django()
        try:
            return _work(args)
        finally:
            from django.db import connections

            connections.close_all()


def _say(error: Exception) -> str:
    """One sentence about what went wrong."""
    if isinstance(error, ServerTrouble | BackupTrouble | Misuse):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"Det gikk ikke: {error.strerror}{f' ({error.filename})' if error.filename else ''}."
    if type(error).__name__ == "OperationalError":
        return f"Får ikke kontakt med databasen: {str(error).strip().splitlines()[0]}"
    note = Path(os.environ.get("SAMRAD_DATA", ".")) / "error.log"
    try:
        with note.open("a") as f:
            f.write("".join(traceback.format_exception(error)))
    except OSError:
        return f"Noe gikk galt: {type(error).__name__}."
    return f"Noe gikk galt. Det som skjedde, står i {note}."


def main(argv: list[str] | None = None) -> None:
    """The command `samrad`."""
    args = parser().parse_args(argv)
    try:
        status = run(args)
    except KeyboardInterrupt:
        status = 130
    except Exception as error:
        if os.environ.get("SAMRAD_DEBUG"):
            raise
        print(_say(error), file=sys.stderr)
        status = 1
    sys.exit(status)


if __name__ == "__main__":
    main()
