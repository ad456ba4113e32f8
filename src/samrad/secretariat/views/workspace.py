"""The secretariat's list, and who has each case."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.cases.queries import secretariat_of
from samrad.organisation.middleware import actor
from samrad.secretariat import actions, policy
from samrad.secretariat.forms.reviewing import ListForm, OfficerForm
from samrad.secretariat.queries import workspace
from samrad.secretariat.views import do_with_case, found_case


@login_required
def case_list(request: HttpRequest) -> HttpResponse:
    """What lies with the secretariat: what has come in, who has it, what is late, and how much each one has."""
    by, on = actor(request), timezone.localdate()
    policy.can_see_workspace(by).require()
    labels = {
        "inbox": _("Come in"),
        "preparation": _("In preparation"),
        "ready": _("Ready for a meeting"),
        "waiting": _("Waiting for those who wrote the need"),
    }
    rows, officers = workspace.rows_of(by, on=on), workspace.officers_of(by, on=on)
    towns = {row.case.owner_id: row.case.owner.name for row in rows}
    form = ListForm(request.GET, officers=officers, towns=towns)
    sort = request.GET.get("sort", "")
    chosen = form.chosen()
    shown = workspace.narrowed(rows, chosen, sort=sort)
    query = request.GET.copy()
    query.pop("sort", None)
    context = {
        "form": form,
        "groups": [(label, [row for row in shown if row.group == name]) for name, label in labels.items()],
        "loads": workspace.workload(rows, officers),
        "late": sum(bool(row.late) for row in rows),
        "chosen": bool(chosen),
        "sort": sort,
        "query": query.urlencode(),
    }
    return render(request, "secretariat/case_list.html", context)


@login_required
@require_POST
def case_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who has the case."""
    case, _initiative = found_case(actor(request), pk)
    people = secretariat_of(policy.house(case), on=timezone.localdate())
    form = OfficerForm(request.POST, auto_id="id_officer_%s", people=people)

    def assign(*, person: int, **rest: object) -> object:
        return actions.assign_officer(person_id=person, **rest)  # type: ignore[arg-type]  # as the form has them

    return do_with_case(request, pk, "officer_form", form, assign, _("The case has a case officer, who is told."))
