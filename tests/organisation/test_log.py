"""The administrator's log: narrowed by person, kind and date, for one's own house only."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.governance.actions import add_field
from samrad.organisation.actors import actor_of
from samrad.organisation.models import Unit
from tests.initiatives.cast import ON, Cast
from tests.organisation.test_administration import make_administrator, text_of

LOG = "/organisation/admin/log/"


def rows(client: Client, query: str = "") -> str:
    return text_of(client, LOG + query).partition("<tbody>")[2]


def test_the_log_is_narrowed_by_person_kind_and_date(cast: Cast) -> None:
    admin = make_administrator(cast, cast.colleague)
    admin.post("/organisation/admin/units/", {"name": "Skoler", "kind": "sector", "entity": cast.fjell.pk})
    with acting_for([cast.fjell.pk, cast.region.pk]):
        by = actor_of(cast.colleague.pk, cast.fjell.pk, on=timezone.localdate())
        add_field(by=by, at=timezone.now(), owner=cast.fjell, code="brann", name="Brann")
        assert Unit.objects.filter(name="Skoler").exists()
    assert "Skoler" in rows(admin) and "Brann" in rows(admin) and "Siri Dahl" in rows(admin)
    kari = rows(admin, "?q=kari")
    assert "Skoler" in kari and "Siri Dahl" not in kari
    units = rows(admin, "?kind=organisation.UnitAdded")
    assert "Skoler" in units and "Kari Lie" in units and "Rolle gitt" not in units
    assert "Fagområde lagt til" in rows(admin, "?kind=governance.FieldAdded")
    today = timezone.localdate()
    assert "Skoler" in rows(admin, f"?first={today:%d.%m.%Y}&last={today:%d.%m.%Y}")
    old = text_of(admin, f"{LOG}?last={ON:%d.%m.%Y}")
    assert "Ingenting i loggen passer" in old
    for nonsense in ("?first=tull", "?kind=x", "?q=%00", "?page=99"):
        assert admin.get(LOG + nonsense).status_code == 200
    assert "Skoler" not in rows(make_administrator(cast, cast.stranger), "?q=kari")
