"""Setting up how an entity files: by whom, where to, and every change kept."""

from pathlib import Path

import pytest
from django.urls import reverse

from samrad.archive import actions, policy
from samrad.archive.models import ArchiveSetup
from samrad.archive.tasks import sweep
from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation.actions import give_role
from samrad.organisation.actors import system_actor
from tests.anchoring.line import AT, ON, Line
from tests.archive.test_filing import _filings, _to_folder
from tests.council.seats import approved

LIST = "/archive/setup/"
TYPED = {"version": 0, "backend": "folder", "folder": "inn", "series": "SAK", "access_code": "UO"}


def _url(line: Line, slug: str = "fjell") -> str:
    return reverse("archive:setup_change", args=[line.entities[slug].pk])


def _setup(line: Line, slug: str = "fjell") -> ArchiveSetup | None:
    with acting_for([line.entities[slug].pk]):
        return ArchiveSetup.objects.filter(owner=line.entities[slug]).first()


def test_the_records_manager_sets_up_and_every_change_is_kept(council_line: Line) -> None:
    line = council_line
    client = line.client("fjell_archive")
    assert client.get(LIST).headers["Location"] == _url(line)  # one house: straight there
    assert "arkiveres for hånd" in client.get(_url(line)).content.decode()
    for _click in range(2):
        client.post(_url(line), TYPED)
    setup = _setup(line)
    assert setup is not None and (setup.backend, setup.folder, setup.version) == ("folder", "inn", 1)
    client.post(_url(line), {**TYPED, "version": 1, "series": "MØTE"})
    page = client.get(_url(line)).content.decode()
    assert "fra SAK til MØTE" in page and "Arkivar fjell" in page and "fra – til inn" in page


def test_a_stale_set_up_is_refused_and_keeps_what_was_typed(council_line: Line) -> None:
    line = council_line
    client = line.client("fjell_archive")
    client.post(_url(line), TYPED)
    page = client.post(_url(line), {**TYPED, "series": "NOE ANNET"})
    assert page.status_code == 409 and "NOE ANNET" in page.content.decode()
    page = client.post(_url(line), {"version": 1, "folder": "inn", "access_code": ""})
    assert page.status_code == 422 and b"#id_access_code" in page.content and b"#id_backend" in page.content


@pytest.mark.parametrize("folder", ["../ut", "/etc", "a/../../b", "a\x00b", "~/x", "/tmp/samrad"])
def test_a_folder_elsewhere_on_the_server_is_refused(council_line: Line, folder: str) -> None:
    line = council_line
    page = line.client("fjell_archive").post(_url(line), {**TYPED, "folder": folder})
    assert page.status_code == 422 and _setup(line) is None
    with line.acting("fjell_archive") as by, pytest.raises(Refused):
        actions.set_up_archive(by=by, at=AT, owner=line.entities["fjell"], backend="folder", folder=folder)


def test_a_path_that_the_operator_has_opened_is_taken(settings: object, tmp_path: Path) -> None:
    settings.ARCHIVE_FOLDERS = [str(tmp_path)]  # type: ignore[attr-defined]
    assert policy.is_folder(str(tmp_path / "inn"))
    assert not policy.is_folder(str(tmp_path / ".." / "ut"))
    assert policy.is_folder("samrad/2026") and policy.is_folder("")


def test_what_waits_for_the_folder_is_filed_by_hand_when_that_is_chosen(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    (tmp_path / "x").write_text("")
    _to_folder(line, tmp_path / "x")
    line.submitted()
    sweep(0)
    assert _filings(line)[0].state == "failed"
    setup = _setup(line)
    assert setup is not None
    line.client("fjell_archive").post(
        _url(line), {"version": setup.version, "backend": "by_hand", "folder": setup.folder, "access_code": "UO"}
    )
    assert _filings(line)[0].state == "by_hand"
    with line.acting("fjell_archive") as by:
        assert [t.kind for t in tasks_of(by)] == ["file_by_hand"]
    sweep(0)
    assert _filings(line)[0].state == "by_hand"


def test_everything_that_failed_is_tried_again_at_once(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    taken = tmp_path / "taken"
    taken.write_text("")
    _to_folder(line, taken)
    for _need in range(2):
        line.submitted()
    sweep(0)
    url = reverse("archive:failed_retry")
    assert line.client("proposer").post(url).status_code == 403
    line.client("dal_archive").post(url)
    client = line.client("fjell_archive")
    assert url in client.get(reverse("archive:filing_list")).content.decode()
    taken.unlink()
    sweep(0)
    assert {f.state for f in _filings(line)} == {"failed"}  # the neighbour's click did nothing, and it is not time yet
    client.post(url)
    sweep(0)
    assert {f.state for f in _filings(line)} == {"filed"}


def test_the_administrator_sets_up_without_seeing_the_documents(council_line: Line) -> None:
    line = council_line
    home = line.entities["fjell"]
    need = line.submitted()
    with acting_for([home.pk, line.entities["region"].pk]):
        give_role(
            by=system_actor(home.pk, on=ON), at=AT, person=line.people["colleague"], role="administrator", valid_from=ON
        )
    client = line.client("colleague")
    page = client.get(reverse("archive:filing_list"), follow=True).content.decode()
    assert "Sett opp arkivet" in page and need.title not in page
    assert client.post(_url(line), TYPED).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "other_archive", "dal_archive", "proposer", "secretary"])
def test_others_cannot_set_it_up(council_line: Line, who: str) -> None:
    line = council_line
    client = line.client(who)
    assert client.get(_url(line)).status_code == 404 and client.post(_url(line), TYPED).status_code == 404
    assert _setup(line) is None
    with line.acting(who) as by, pytest.raises(Refused):
        actions.set_up_archive(by=by, at=AT, owner=line.entities["fjell"], backend="folder")


def test_the_cooperations_records_manager_files_for_the_cooperation_alone(council_line: Line) -> None:
    line = council_line
    region = line.entities["region"]
    with acting_for([region.pk, line.entities["fjell"].pk]):
        give_role(
            by=system_actor(region.pk, on=ON),
            at=AT,
            person=line.people["expert"],
            role="records_manager",
            valid_from=ON,
        )
    need, _meeting, _item = approved(line)
    client = line.client("expert")
    page = client.get(reverse("archive:filing_list")).content.decode()
    assert "Møtebok" in page and "Innkalling" in page and need.title not in page
    [minutes] = _filings(line, kind="minutes")
    with line.acting("expert") as by:
        assert minutes.pk in {t.object_id for t in tasks_of(by)}
    typed = {"version": minutes.version, "case_number": "2026/77"}
    assert client.post(reverse("archive:filing_detail", args=[minutes.pk]), typed).status_code == 302
    [extract] = _filings(line, kind="minutes_extract")
    assert client.get(reverse("archive:filing_detail", args=[extract.pk])).status_code == 404
