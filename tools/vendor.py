"""Fetch the front-end assets that are committed under static/samrad/vendor, and write their checksums.

Only whoever raises a version runs this; it needs Node and npm. `python tools/vendor.py --check` needs neither:
it tells whether the committed files are still those that were fetched.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "src" / "samrad" / "core" / "static" / "samrad"
VENDOR = STATIC / "vendor"
CHECKSUMS = VENDOR / "CHECKSUMS.sha256"

PACKAGES = {
    "@digdir/designsystemet": "1.15.0",  # the command line tool that builds the theme
    "@digdir/designsystemet-css": "1.22.0",
    "@digdir/designsystemet-web": "1.22.0",
    "@fontsource-variable/inter": "5.3.0",
    "@navikt/aksel-icons": "8.16.2",
    "htmx.org": "4.0.1",
}
FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet/designsystemet.css",
    "@digdir/designsystemet-css/LICENSE": "designsystemet/LICENSE",
    "@digdir/designsystemet-web/dist/umd/index.js": "designsystemet/designsystemet-web.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter/inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter/inter-latin-ext.woff2",
    "@fontsource-variable/inter/LICENSE": "inter/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}
ICONS = [
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Bell",
    "Buildings3",
    "Calendar",
    "Chat",
    "Checkmark",
    "CheckmarkCircle",
    "ChevronDown",
    "ChevronRight",
    "Circle",
    "Clock",
    "Download",
    "ExclamationmarkTriangle",
    "ExternalLink",
    "File",
    "FileExcel",
    "FilePdf",
    "FileText",
    "FileWord",
    "Image",
    "Inbox",
    "InformationSquare",
    "Leave",
    "MagnifyingGlass",
    "MenuHamburger",
    "PadlockLocked",
    "Paperclip",
    "Pencil",
    "Person",
    "Plus",
    "Trash",
    "XMark",
]
FILES |= {f"@navikt/aksel-icons/dist/svg/{name}.svg": f"aksel/{name}.svg" for name in ICONS}
# The package names its licence without enclosing it; this is the text of https://github.com/navikt/aksel.
AKSEL_LICENCE = """MIT License

Copyright (c) NAV (Arbeids- og velferdsdirektoratet) - The Norwegian Labour and Welfare Administration

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def fetch(into: Path) -> None:
    """Install the pinned packages and build the theme, in a folder of its own."""
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(into), *wanted], check=True)
    shutil.copy(HERE / "designsystemet.config.json", into)
    tool = into / "node_modules" / ".bin" / "designsystemet"
    for verb in ("create", "build"):
        command = [str(tool), "tokens", verb, "--config", "designsystemet.config.json"]
        subprocess.run(command, cwd=into, check=True)


def copy(source: Path, name: str) -> None:
    """One file, without the pointer to a source map that we do not serve."""
    target = VENDOR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    data = source.read_bytes()
    if source.suffix in {".css", ".js"}:
        text = re.sub(r"/[/*]# sourceMappingURL=.*?(\*/|$)", "", data.decode(), flags=re.M)
        data = text.rstrip().encode() + b"\n"
    target.write_bytes(data)


def sums() -> str:
    """The checksum list of what lies there now."""
    files = sorted(p for p in VENDOR.rglob("*") if p.is_file() and p != CHECKSUMS)
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(VENDOR).as_posix()}\n" for p in files)


def main() -> int:
    """The command."""
    if "--check" in sys.argv:
        same = CHECKSUMS.read_text() == sums()
        print("as fetched" if same else "the vendored files are not those that were fetched")
        return 0 if same else 1
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder))
        for package_file, name in FILES.items():
            copy(Path(folder) / "node_modules" / package_file, name)
        copy(Path(folder) / "design-tokens-build" / "samrad.css", "designsystemet/theme.css")
    (VENDOR / "aksel" / "LICENSE").write_text(AKSEL_LICENCE)
    CHECKSUMS.write_text(sums())
    return 0


if __name__ == "__main__":
    sys.exit(main())
