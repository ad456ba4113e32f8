"""S67, S68: whom a project concerns and what is done about it, and what comes in with the rows people have today."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samrad.portfolio.models import Milestone, Stakeholder
from tests.krav.region import MEDICINE, STRANGER, Region

krav = pytest.mark.krav
MANAGER, COLLEAGUE = "fjelldal-ansatt-helse", "granlia-ansatt-oppvekst"
UNION = {
    "version": "0",
    "name": "Fagforeningene",
    "influence": "3",
    "attitude": "-1",
    "measures": "Drøfte turnusen med dem",
}


@krav(
    "S67.AK2",
    guards=["samrad.portfolio.models.Stakeholder.overdue_on", "samrad.portfolio.policy.can_keep_stakeholders"],
)
def test_what_is_done_about_a_stakeholder_has_a_date(region: Region) -> None:
    project = region.project(MEDICINE)
    page = f"/portfolio/projects/{project.pk}/stakeholders/"
    late = timezone.localdate() - timedelta(days=3)
    said = {**UNION, "due_date": f"{late:%d.%m.%Y}"}
    manager = region.client(MANAGER)
    assert manager.post(f"{page}0/", {**said, "due_date": "tull"}).status_code == 422
    assert manager.post(f"{page}0/", said).status_code == 302
    shown = region.page(MANAGER, page)
    assert "Drøfte turnusen med dem" in shown and "Forfalt" in shown
    # Those who neither report nor steer read nothing of what is thought of people, and write nothing.
    assert "Fagforeningene" not in region.page(COLLEAGUE, page)
    assert region.client(COLLEAGUE).post(f"{page}0/", {**said, "name": "Andre"}).status_code == 403
    assert region.status(STRANGER, page) == 404
    found = region.find(lambda: Stakeholder.objects.get())
    # Taken off the list by mistake, it is put back. A second click, or a page from before, is told and does nothing.
    off, back = {"do": "remove", "version": found.version}, {"do": "restore", "version": found.version + 1}
    told = "Noen har endret dette siden du åpnet siden"
    assert f'name="version" value="{found.version}"' in region.page(MANAGER, f"{page}{found.pk}/")
    clicks = ((off, "Tatt av lista", True), (off, told, True), (back, "Satt tilbake", False), (off, told, False))
    for click, answer, gone in (*clicks, ({"do": "remove"}, told, False)):
        assert answer in manager.post(f"{page}{found.pk}/remove/", click, follow=True).content.decode()
        assert region.find(lambda: Stakeholder.objects.get().removed_at is not None) == gone
    soon = timezone.localdate() + timedelta(days=30)
    form = {**said, "version": str(found.version + 2), "due_date": f"{soon:%d.%m.%Y}"}
    assert manager.post(f"{page}{found.pk}/", form).status_code == 302
    assert "Forfalt" not in region.page(MANAGER, page)


@krav("S68.AK2", guards="samrad.portfolio.policy.can_bring")
def test_milestones_come_in_from_the_spreadsheet_people_have(region: Region) -> None:
    project = region.project(MEDICINE)
    text = (
        f"Prosjekt;Milepæl;Dato\n{region.need(MEDICINE).reference};Opplæring ferdig;1.3.2028\nFinnes ikke;X;1.1.2028\n"
    )
    address = f"/portfolio/{region.portfolio().pk}/rows/"

    def upload(key: str) -> tuple[int, str]:
        file = SimpleUploadedFile("milepæler.csv", text.encode())
        answer = region.client(key).post(address, {"kind": "milestones", "file": file})
        return answer.status_code, answer.headers.get("Location", "")

    assert upload(COLLEAGUE)[0] == 403
    assert upload(STRANGER)[0] == 404
    code, columns = upload("portefolje")
    assert code == 302
    client = region.client("portefolje")
    form = client.get(columns).context["form"]
    values = {n: form[n].value() for n in form.fields if form[n].value() is not None}
    preview = client.post(columns, values)["Location"]
    page = region.page("portefolje", preview)
    assert "ikke er i denne porteføljen" in page
    before = region.find(lambda: Milestone.objects.filter(project=project).count())
    version = client.get(preview).context["form"]["version"].value()
    assert client.post(preview, {"version": version}).status_code == 302
    after = region.find(lambda: Milestone.objects.filter(project=project).count())
    assert after == before + 1
