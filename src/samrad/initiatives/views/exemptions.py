"""Exempting groups of fields from public access."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.governance.models import Rule
from samrad.governance.queries import legal_bases
from samrad.initiatives.forms.exemptions import ExemptionForm
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import kinds_of
from samrad.initiatives.views.found import found
from samrad.organisation.actions import exempt_fields, lift_exemption
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Exemption
from samrad.organisation.policy import GROUP_LABELS, can_exempt

RESPONSIBLE = frozenset({"author", "need_owner", "lead"})


def _lift(by: Actor, initiative: Initiative, text: str) -> None:
    standing = Exemption.objects.filter(initiative_id=initiative.pk, lifted_at__isnull=True)
    exemption = standing.filter(pk=int(text)).first() if text.isascii() and text.isdigit() and len(text) < 19 else None
    if exemption is None:
        raise Http404
    lift_exemption(by=by, at=timezone.now(), exemption=exemption)


@login_required
def exemption_set(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Exempt a group of fields with its legal basis, or lift an exemption."""
    by = actor(request)
    initiative = found(by, initiative_id)
    involved = bool(kinds_of(by, initiative) & RESPONSIBLE)
    can_exempt(by, initiative, involved=involved).require()
    houses = [initiative.owner_id, initiative.shared_with_id]
    bases = legal_bases(houses, timezone.localdate(), kinds=Rule.EXEMPTING)
    typed = request.POST if request.method == "POST" and "lift" not in request.POST else None
    form = ExemptionForm(typed, bases=bases)
    if request.method == "POST" and "lift" in request.POST:
        _lift(by, initiative, request.POST["lift"])
        messages.success(request, _("The exemption is lifted. Everyone who sees the initiative sees the fields."))
        return redirect("initiatives:exemption_set", initiative.pk)
    if request.method == "POST" and form.is_valid():
        exempt_fields(
            by=by,
            at=timezone.now(),
            house=initiative,
            initiative_id=initiative.pk,
            involved=involved,
            **form.cleaned_data,
        )
        messages.success(request, _("The fields are exempt from public access."))
        return redirect("initiatives:exemption_set", initiative.pk)
    standing = Exemption.objects.filter(initiative_id=initiative.pk, lifted_at__isnull=True).select_related(
        "assessed_by"
    )
    context = {
        "initiative": initiative,
        "form": form,
        "standing": [{"row": row, "label": GROUP_LABELS.get(row.field_group, row.field_group)} for row in standing],
        "may_lift": can_exempt(by, initiative, involved=False),
    }
    return render(request, "initiatives/exemption_set.html", context)
