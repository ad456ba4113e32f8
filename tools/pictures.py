"""Take the pictures of the handbooks and the README: starts the demo, visits each page as its person, and saves PNGs.

`make pictures` takes them all; `python tools/pictures.py NAME …` only some. `--address URL` uses a demo that runs.
A page that is not found is said at the end, and the others are taken all the same.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
WIDTH, TALLEST, SHORTEST = 1100, 900, 420
START_SECONDS = 600


class Picture(NamedTuple):
    """Who looks, where one starts, and the links one follows, as patterns of their addresses."""

    name: str
    who: str
    start: str
    follow: tuple[str, ...] = ()


ANSWER = r"/anchoring/requests/\d+/answer/"
PICTURES = [
    Picture("story", "fjelldal-ansatt-helse", "/initiatives/?q=trygghetsalarm", ("STORY/",)),
    Picture("my-page", "fjelldal-leder-organisasjon", "/overview/"),
    Picture("initiatives", "folkevalgt", "/initiatives/"),
    Picture("steering-line", "folkevalgt", "/overview/steering-line/"),
    Picture("form-step", "skarholt-ansatt-organisasjon", "/initiatives/?q=Microsoft", ("DRAFT/step/1/",)),
    Picture("form-review", "skarholt-ansatt-organisasjon", "/initiatives/?q=Microsoft", ("DRAFT/review/",)),
    Picture("alike", "skarholt-ansatt-organisasjon", "/initiatives/?q=Microsoft", ("DRAFT/alike/",)),
    Picture("ideas", "sekretariat", "/initiatives/ideas/"),
    Picture("expert-answer", "faggruppe-oppvekst", "/overview/", (ANSWER,)),
    Picture("group", "faggruppe-helse", "/anchoring/groups/", (r"/anchoring/groups/\d+/$",)),
    Picture("sector-answer", "fjelldal-leder-organisasjon", "/overview/", (ANSWER,)),
    Picture("secretariat-prepare", "saksbehandler", "/secretariat/cases/", (r"/secretariat/cases/\d+/$",)),
    Picture("meeting", "leder", "/council/", (r"/council/\d+/$",)),
    Picture("decide", "granlia-direktor", "/overview/", (r"/cases/decisions/\d+/",)),
    Picture("cycle", "sekretariat", "/governance/cycle/"),
    Picture("filings", "fjelldal-arkiv", "/archive/"),
    Picture("project", "portefolje", "/portfolio/", (r"/portfolio/\d+/$", r"/portfolio/projects/\d+/$")),
    Picture(
        "status-report",
        "skarholt-ansatt-helse",
        "/initiatives/?q=Ruteplan",
        ("STORY/", r"/portfolio/projects/\d+/$", r"/portfolio/projects/\d+/status/$"),
    ),
    Picture("portfolio", "portefolje", "/portfolio/", (r"/portfolio/\d+/$",)),
    Picture("import", "portefolje", "/portfolio/", (r"/portfolio/\d+/$", r"/portfolio/\d+/import/")),
    Picture("systems", "portefolje", "/systems/"),
    Picture("guide", "administrator", "/overview/set-up/fjelldalsregionen/leaders/fjelldal/"),
    Picture("admin-set-up", "administrator", "/organisation/admin/"),
    Picture("seats", "administrator", "/governance/", (r"/governance/bodies/\d+/$", r"/governance/bodies/\d+/seats/$")),
    Picture("admin-people", "administrator", "/organisation/admin/people/"),
]


class Lost(RuntimeError):
    """The page was not found; the message says which link was missing."""


@contextmanager
def demo() -> Iterator[str]:
    """A demo of its own, and its address."""
    folder = Path(tempfile.mkdtemp(prefix="samrad-pictures-"))
    folder.chmod(0o755)
    script = "from samrad.config.cli import main; main()"
    words = [sys.executable, "-c", script, "demo", "--port", "0", "--data", str(folder / "data")]
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(words, stdout=said, stderr=subprocess.STDOUT, text=True)
        try:
            yield _address(process, folder / "said")
        finally:
            process.terminate()
            process.wait(timeout=60)
            shutil.rmtree(folder, ignore_errors=True)


def _address(process: subprocess.Popen[str], said: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"Listening on (http://\S+)", said.read_text())
        if found:
            return found[1]
        time.sleep(0.2)
    raise SystemExit(f"The demo did not start:\n{said.read_text()}")


def _sign_in(page: Page, address: str, key: str) -> None:
    page.goto(f"{address}/organisation/demo/")
    button = page.locator(f'form[data-email="{key}@demo.example"] button').first
    if not button.count():
        raise Lost(f"nobody called {key} among the demo's people")
    button.click()
    page.wait_for_load_state()


def _follow(page: Page, address: str, wanted: str) -> None:
    """Go where the first link of this pattern leads; «STORY/…» and «DRAFT/…» are found from a list of initiatives."""
    if re.search(wanted, page.url.removeprefix(address)):
        return  # with one portfolio, its list leads straight to it
    place = {"STORY": "/overview/initiatives/", "DRAFT": "/initiatives/"}.get(wanted.split("/")[0])
    hrefs = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    for href in hrefs:
        found = re.search(r"/initiatives/(\d+)/" if place else wanted, href.split("?")[0].split("#")[0])
        if found:
            target = f"{place}{found[1]}/{wanted.split('/', 1)[1]}" if place else href
            page.goto(address + target)
            return
    raise Lost(f"no link like {wanted} on {page.url.removeprefix(address)}")


def take(browser: Browser, address: str, picture: Picture) -> int:
    """Take one picture; its size in bytes. A picture that is too heavy is made shorter."""
    context = browser.new_context(viewport={"width": WIDTH, "height": TALLEST}, reduced_motion="reduce", locale="nb-NO")
    try:
        page = context.new_page()
        page.set_default_timeout(60_000)
        _sign_in(page, address, picture.who)
        page.goto(address + picture.start)
        for pattern in picture.follow:
            _follow(page, address, pattern)
        if page.locator("h1").count() == 0:
            raise Lost(f"no heading on {page.url.removeprefix(address)}")
        page.evaluate("document.fonts.ready")
        content = int(page.evaluate("document.documentElement.scrollHeight"))
        height = max(SHORTEST, min(TALLEST, content))
        while True:
            shot = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height}, animations="disabled")
            if len(shot) < MOST_BYTES or height <= SHORTEST:
                break
            height = int(height * 0.85)
        (FOLDER / f"{picture.name}.png").write_bytes(shot)
        return len(shot)
    finally:
        context.close()


def take_all(address: str, names: list[str]) -> list[str]:
    """Take the pictures; what went wrong, one sentence each."""
    from playwright.sync_api import Error, sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-headless-shell"), args=["--no-sandbox"]
        )
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            try:
                print(f"{picture.name}.png {take(browser, address, picture) // 1000} kB", flush=True)
            except (Lost, Error) as error:
                wrong.append(f"{picture.name}: {str(error).splitlines()[0]}")
        browser.close()
    return wrong


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--address", default="", help="of a demo that runs already")
    args = parser.parse_args()
    unknown = set(args.names) - {picture.name for picture in PICTURES}
    if unknown:
        parser.error(f"no picture called {', '.join(sorted(unknown))}")
    if args.address:
        wrong = take_all(args.address.rstrip("/"), args.names)
    else:
        with demo() as address:
            wrong = take_all(address, args.names)
    for line in wrong:
        print(f"Not taken: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
