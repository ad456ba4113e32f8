"""`python -m samrad.core.catalogues extract|compile|check|resolve`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Any

from samrad.core.catalogues import compile_all
from samrad.core.catalogues.checks import check
from samrad.core.catalogues.files import extract, resolve
from samrad.core.catalogues.texts import SAMRAD


def _say(lines: Iterable[object], file: Any = None) -> None:
    for line in lines:
        print(line, file=file or sys.stdout)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m samrad.core.catalogues", description="The catalogues of texts.")
    parser.add_argument("command", choices=["extract", "compile", "check", "resolve"])
    parser.add_argument(
        "--prune",
        action="store_true",
        help="extract: drop what the code no longer says",
    )
    options = parser.parse_args(arguments)
    if options.command == "extract":
        _say(path.relative_to(SAMRAD) for path in extract(prune=options.prune))
        return 0
    if options.command == "resolve":
        _say(path.relative_to(SAMRAD) for path in resolve())
        return 0
    if options.command == "compile":
        print(f"{len(compile_all())} catalogues compiled")
        return 0
    wrong, worth_a_look = check()
    _say((f"warning: {line}" for line in worth_a_look), sys.stderr)
    _say(wrong)
    print(f"{len(wrong)} faults, {len(worth_a_look)} warnings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
