"""`python -m tests.krav list|docs|mutants`."""

from __future__ import annotations

import sys

import pytest

from tests.krav.marks import IDS, TABLE, all_marks, criteria, lines, requirement_document, table


def main(arguments: list[str]) -> int:
    """List the criteria with their tests, write docs/krav.md, or switch the guards off one by one."""
    command, *rest = arguments or ["list"]
    if command == "list":
        print("\n".join(lines(criteria(), all_marks())))
        return 0
    if command == "docs":
        if requirement_document():
            IDS.write_text("\n".join(criteria()) + "\n")
        TABLE.write_text(table(criteria(), all_marks()))
        return 0
    if command == "mutants":
        guarded = sorted({mark.test for mark in all_marks() if mark.guards})
        if not guarded:
            print("no test names a guard")
            return 0
        options = ["-q", "-p", "tests.krav.mutants", "-p", "no:cacheprovider", "-p", "no:randomly"]
        return int(pytest.main([*options, *rest, *guarded]))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
