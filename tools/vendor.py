"""Bring the vendored front-end assets up to date; only for whoever updates them, needs Node.

npm i @digdir/designsystemet-css@1.22.0 @digdir/designsystemet@1.15.0 @fontsource-variable/inter htmx.org@4.0.1
npx designsystemet tokens create -m accent:#0b5563 -n "#22292e" -o tok --theme samrad
npx designsystemet tokens build -t tok -o css
python tools/vendor.py FOLDER
"""

import hashlib
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/samrad/core/static/samrad/vendor"
IMPORT = re.compile(r"@import\s+(?:url\()?['\"]([^'\"]+)['\"]\)?\s*(?:layer\(([^)]*)\))?\s*;")
MAP = re.compile(r"/[*/][#@] sourceMappingURL=.*?(?:\*/|$)", re.M)


def bundle(path: Path) -> str:
    """One stylesheet with its imports written in, each in its layer."""

    def put(found: re.Match[str]) -> str:
        inner = bundle((path.parent / found[1]).resolve())
        return f"@layer {found[2]} {{\n{inner}\n}}" if found[2] else inner

    return IMPORT.sub(put, MAP.sub("", path.read_text()))


def main(folder: Path) -> None:
    """Copy, strip source maps, and write the list of checksums."""
    modules = folder / "node_modules"
    TARGET.mkdir(parents=True, exist_ok=True)
    css = modules / "@digdir/designsystemet-css/dist/src/index.css"
    (TARGET / "designsystemet.css").write_text(bundle(css))
    (TARGET / "theme.css").write_text(MAP.sub("", (folder / "css/samrad.css").read_text()))
    (TARGET / "htmx.js").write_text(MAP.sub("", (modules / "htmx.org/dist/htmx.min.js").read_text()))
    for name in ("latin", "latin-ext"):
        font = f"inter-{name}-wght-normal.woff2"
        (TARGET / font).write_bytes((modules / "@fontsource-variable/inter/files" / font).read_bytes())
    for package in ("@digdir/designsystemet-css", "htmx.org", "@fontsource-variable/inter"):
        licence = next((modules / package).glob("LICENSE*"), None)
        if licence:
            (TARGET / f"LICENSE-{package.split('/')[-1]}.txt").write_text(licence.read_text())
    names = sorted(p for p in TARGET.iterdir() if p.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}" for p in names]
    (TARGET / "SHA256SUMS").write_text("\n".join(sums) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
