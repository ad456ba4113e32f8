"""A large file is brought in by the worker, part by part: the page says how far it is, and a stop loses and doubles nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.core.acting import set_entities
from samrad.core.verdict import Stale
from samrad.eventlog.models import Event
from samrad.portfolio import actions, tasks
from samrad.portfolio.models import ImportBatch, ImportedRow, Project
from samrad.portfolio.sheets import Mapping, interpret, propose, read
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing
from tests.portfolio.test_import_pages import filled, upload


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of ten rows, so that thirty are a large file."""
    for module in ("importing", "importparts"):
        monkeypatch.setattr(f"samrad.portfolio.actions.{module}.PART", 10)
    monkeypatch.setattr("samrad.portfolio.actions.PART", 10)


def content(*, moved: int = 0, nameless: bool = False) -> bytes:
    """Thirty projects, the budgets of the first `moved` of them moved."""
    rows = [f"L-{n};Prosjekt {n};{n + (20 if n < moved else 10)}\n" for n in range(30)]
    return ("Prosjekt-ID;Prosjektnavn;Budsjett\n" + "".join(rows) + (";Uten id;1\n" if nameless else "")).encode()


def asked(importing: Importing, data: bytes, **said: str) -> ImportBatch:
    """Upload a file and ask for it, as one does in the browser."""
    client = importing.client
    columns = upload(client, importing, data)
    preview = client.post(columns, filled(client, columns))["Location"]
    answer = client.post(preview, {"version": filled(client, preview)["version"], **said})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.order_by("-pk")[0]


def stood(importing: Importing) -> None:
    """The test acts again, after the worker has."""
    set_entities([importing.cast.fjell.pk, importing.cast.region.pk])


def reading(batch: ImportBatch) -> object:
    return interpret(read(bytes(batch.content or b"")), Mapping.from_json(batch.mapping))


def test_a_large_file_waits_for_the_worker_and_the_page_says_how_far_it_is(importing: Importing) -> None:
    batch = asked(importing, content(nameless=True))
    assert batch.waits and Project.objects.count() == 0
    address = reverse("portfolio:import_result", args=[batch.pk])
    page = importing.client.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in page and "Radene hentes inn" in page
    given = {"by": importing.by, "at": AT, "batch_id": batch.pk, "reading": reading(batch)}
    assert actions.bring_in_part(**given) is True  # type: ignore[arg-type]
    assert Project.objects.count() == 10
    part = importing.client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'value="10"' in part and 'max="30"' in part and "<h1" not in part
    tasks.bring_in_waiting(AT)
    stood(importing)
    batch.refresh_from_db()
    assert (batch.counts["imported"], batch.counts["records"], len(batch.refused)) == (30, 31, 1)
    assert (batch.done, batch.content, Project.objects.count(), ImportedRow.objects.count()) == (30, None, 30, 30)
    assert importing.client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "Hentet inn" in importing.client.get(address).content.decode()
    assert Event.objects.filter(kind="portfolio.ProjectImported").count() == 30
    tasks.bring_in_waiting(AT)
    stood(importing)
    assert Project.objects.count() == 30


def test_next_years_large_file_says_what_changed(importing: Importing) -> None:
    for data in (content(), content(moved=12)):
        batch = asked(importing, data)
        tasks.bring_in_waiting(AT)
        stood(importing)
    batch.refresh_from_db()
    assert (batch.counts["updated"], batch.counts["unchanged"]) == (12, 18)
    page = importing.client.get(reverse("portfolio:import_result", args=[batch.pk])).content.decode()
    assert "Kostnad endret (12)" in page


def test_a_file_that_is_being_brought_in_is_not_brought_in_twice(importing: Importing) -> None:
    batch = asked(importing, content())
    preview = reverse("portfolio:import_preview", args=[batch.pk])
    assert importing.client.post(preview, {"version": batch.version})["Location"].endswith(f"/{batch.pk}/")
    with pytest.raises(Stale):
        actions.ask_import(by=importing.by, at=AT, batch_id=batch.pk, version=batch.version, rows=30)
    upload(importing.client, importing, content(moved=1))
    assert ImportBatch.objects.get(pk=batch.pk).waits  # a new upload does not take it away


def test_what_stops_is_tried_again_then_given_up_and_completed_by_the_next_try(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = asked(importing, content())
    address = reverse("portfolio:import_result", args=[batch.pk])
    write, calls = actions.importparts._bring_in, []

    def stopping(*args: object, **values: object) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise OSError("the disk is full")
        write(*args, **values)

    with monkeypatch.context() as patched:
        patched.setattr("samrad.portfolio.actions.importparts._bring_in", stopping)
        for _try in range(3):
            tasks.bring_in_waiting(AT)
            stood(importing)
    assert (Project.objects.count(), ImportBatch.objects.get(pk=batch.pk).failed) == (10, True)
    page = importing.client.get(address).content.decode()
    assert "Innhentingen stoppet" in page and "10 av 30 rader" in page and "Det ble prøvd 3 ganger" in page
    assert "feil hver gang" in page and "Del fila" not in page
    preview = reverse("portfolio:import_preview", args=[batch.pk])
    version = filled(importing.client, preview)["version"]
    assert importing.client.post(preview, {"version": version})["Location"] == address
    tasks.bring_in_waiting(AT)
    stood(importing)
    batch.refresh_from_db()
    assert (batch.counts["imported"], batch.counts["unchanged"], Project.objects.count()) == (20, 10, 30)


def killed(*_args: object, **_values: object) -> None:
    """The worker is killed: nothing after this line of it happens, and no error is caught."""
    raise SystemExit(137)


@pytest.mark.parametrize("whole", [False, True], ids=["good rows", "all or nothing"])
@pytest.mark.parametrize("where", ["read", "interpret"])
def test_a_file_that_kills_the_worker_each_time_is_given_up_and_the_page_says_what_to_do(
    importing: Importing, monkeypatch: pytest.MonkeyPatch, whole: bool, where: str
) -> None:
    batch = asked(importing, content(), **({"all_or_nothing": "on"} if whole else {}))
    address = reverse("portfolio:import_result", args=[batch.pk])
    with monkeypatch.context() as patched:
        patched.setattr(f"samrad.portfolio.tasks.{where}", killed)
        for tried in (1, 2, 3):
            with pytest.raises(SystemExit):
                tasks.bring_in_waiting(AT)
            stood(importing)
            batch.refresh_from_db()
            assert (batch.attempts, batch.waits) == (tried, True)
        tasks.bring_in_waiting(AT)  # the fourth time it is not even read
        stood(importing)
    page = importing.client.get(address).content.decode()
    assert "Innhentingen stoppet" in page and "Det ble prøvd 3 ganger" in page and "hx-trigger" not in page
    assert "mer minne" in page and "Del fila" in page and "Ingenting kom inn." in page
    assert (Project.objects.count(), ImportedRow.objects.count()) == (0, 0)
    given_up = Event.objects.filter(kind="portfolio.ImportTried").order_by("pk")
    assert [event.data["given_up"] for event in given_up] == ["", "", "", "killed"]
    # It can be asked for once more, and a new upload takes it away.
    preview = reverse("portfolio:import_preview", args=[batch.pk])
    assert importing.client.post(preview, {"version": filled(importing.client, preview)["version"]}).status_code == 302
    batch.refresh_from_db()
    assert (batch.attempts, batch.given_up, batch.waits) == (0, "", True)
    tasks.bring_in_waiting(AT)
    stood(importing)
    assert Project.objects.count() == 30


def test_an_import_that_comes_further_each_time_is_not_given_up(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is restarted often ends the worker too: what counts is tries without a row more."""
    batch = asked(importing, content() + "".join(f"M-{n};Flere {n};1\n" for n in range(20)).encode())
    write = actions.importparts._bring_in
    calls: list[int] = []

    def once(*args: object, **values: object) -> None:
        if calls:
            killed()
        calls.append(1)
        write(*args, **values)

    for part in range(1, 6):
        calls.clear()

        with monkeypatch.context() as patched:
            patched.setattr("samrad.portfolio.actions.importparts._bring_in", once)
            if part < 5:
                with pytest.raises(SystemExit):
                    tasks.bring_in_waiting(AT)
            else:
                tasks.bring_in_waiting(AT)
        stood(importing)
        assert Project.objects.count() == 10 * part
    batch.refresh_from_db()
    assert batch.imported_at is not None and batch.counts["imported"] == 50


def test_a_new_upload_takes_away_what_was_given_up(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = asked(importing, content())
    ImportBatch.objects.filter(pk=batch.pk).update(attempts=3)
    tasks.bring_in_waiting(AT)
    stood(importing)
    assert ImportBatch.objects.get(pk=batch.pk).given_up == "killed"
    upload(importing.client, importing, content(moved=1))
    assert not ImportBatch.objects.filter(pk=batch.pk).exists()


def test_the_command_line_and_the_browser_ask_one_action_which_hands_on_only_a_long_list_that_lies_here(
    importing: Importing,
) -> None:
    sheet = read(content())
    given: dict[str, Any] = {"by": importing.by, "at": AT, "portfolio": importing.portfolio, "sheet": sheet}
    mapping = propose(sheet).mapping
    assert actions.bring_in_sheet(**given, mapping=mapping, dry_run=True).imported == 30
    assert Project.objects.count() == 0
    lies: dict[str, Any] = {"file_name": "l.csv", "content": content(), "mapping": mapping}
    batch = actions.upload_sheet(by=importing.by, at=AT, portfolio=importing.portfolio, **lies)
    trial = actions.bring_in_sheet(**given, mapping=mapping, batch=batch, dry_run=True)
    assert (trial.imported, trial.handed_on) == (30, False) and not ImportBatch.objects.get(pk=batch.pk).waits
    with pytest.raises(Stale):
        actions.bring_in_sheet(**given, mapping=mapping, batch=batch, version=batch.version + 1)
    later = actions.bring_in_sheet(**given, mapping=mapping, batch=batch, version=batch.version)
    assert later.handed_on and ImportBatch.objects.get(pk=batch.pk).waits and Project.objects.count() == 0
    told: list[tuple[int, int]] = []
    now = actions.bring_in_sheet(
        **given,
        mapping=mapping,
        progress=lambda done, total: told.append((done, total)),
    )
    assert (now.imported, now.handed_on, told[-1]) == (30, False, (30, 30))


def test_all_or_nothing_of_a_large_file_is_one_step(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    client = importing.client
    columns = upload(client, importing, content(nameless=True))
    preview = client.post(columns, filled(client, columns))["Location"]
    answer = client.post(preview, {"version": filled(client, preview)["version"], "all_or_nothing": "on"})
    assert answer.status_code == 400 and not ImportBatch.objects.filter(asked_at__isnull=False).exists()
    batch = asked(importing, content(), all_or_nothing="on")
    assert batch.whole
    given = {"by": importing.by, "at": AT, "batch_id": batch.pk, "reading": reading(batch)}
    assert actions.bring_in_part(**given) is False  # type: ignore[arg-type]
    assert Project.objects.count() == 30


def test_whoever_may_no_longer_import_brings_in_nothing(importing: Importing) -> None:
    batch = asked(importing, content())
    by = importing.cast.actor(importing.cast.proposer)
    with pytest.raises(Exception, match="portefølje"):
        actions.bring_in_part(by=by, at=AT, batch_id=batch.pk, reading=reading(batch))  # type: ignore[arg-type]
    for person, status in ((importing.cast.stranger, 404), (importing.cast.proposer, 404)):
        address = reverse("portfolio:import_result", args=[batch.pk])
        assert importing.cast.client(person).get(address).status_code == status
