"""Pages of the records manager: what is to be filed, and one document."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.archive import actions, papers, policy, queries
from samrad.archive.forms import SetupForm
from samrad.archive.models import ArchiveSetup, Filing
from samrad.core.asked import number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Stale
from samrad.documents.lines import file_lines
from samrad.documents.policy import openable
from samrad.organisation.middleware import actor


@login_required
def filing_list(request: HttpRequest) -> HttpResponse:
    """Everything to be filed: what failed first, then what waits."""
    by = actor(request)
    if not policy.can_see(by) and by.may("archive.set_up"):
        return redirect("archive:setup_list")
    policy.can_see(by).require()
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:200]
    page = Paginator(queries.found(by, state=state, text=text), 25).get_page(request.GET.get("page"))
    counts = queries.counts(by)
    context = {
        "page": page,
        "states": [(value, label, counts[value]) for value, label in Filing.State.choices],
        "state": state,
        "q": text,
        "failed": counts[Filing.State.FAILED],
        "by_hand": counts[Filing.State.BY_HAND],
        "retries": by.may("archive.retry"),
        "sets_up": by.may("archive.set_up"),
    }
    return render(request, "archive/filing_list.html", context)


def _filing(request: HttpRequest, pk: int) -> Filing:
    return get_object_or_404(queries.visible_to(actor(request)), pk=pk)


@login_required
def filing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: fetch it, and enter the case number when it is filed by hand."""
    by, filing = actor(request), _filing(request, pk)
    error, typed, status = "", "", 200
    if request.method == "POST":
        policy.can_register(by, filing).require()
        typed = str(request.POST.get("case_number", ""))[:60]
        try:
            actions.register_by_hand(
                by=by,
                at=timezone.now(),
                filing_id=pk,
                version=number_in(request.POST.get("version")),
                case_number=typed,
            )
            messages.success(request, _("The document is filed."))
            return redirect("archive:filing_detail", pk)
        except Stale as stale:
            error, status = str(stale), 409
            filing = _filing(request, pk)
        except Refused as refused:
            error, status = str(refused), 400
    context = {
        "filing": filing,
        "error": error,
        "typed": typed,
        "register": policy.can_register(by, filing),
        "retry": policy.can_retry(by, filing),
        "files": file_lines(openable(by, queries.files_with(filing))),
    }
    return render(request, "archive/filing_detail.html", context, status=status)


@login_required
@require_POST
def filing_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more, at once."""
    by, filing = actor(request), _filing(request, pk)
    filing = actions.retry_filing(by=by, at=timezone.now(), filing_id=filing.pk)
    if filing.state == Filing.State.FILED:
        messages.success(request, _("The document is filed."))
    else:
        messages.error(request, _("It failed again: %(error)s") % {"error": filing.error})
    return redirect("archive:filing_detail", pk)


@login_required
@require_POST
def failed_retry(request: HttpRequest) -> HttpResponse:
    """Ask for another try of everything that failed."""
    by = actor(request)
    policy.can_see(by).require()
    number = actions.retry_failed(by=by, at=timezone.now())
    if number:
        messages.success(request, _("They are tried again within a minute."))
    return redirect("archive:filing_list")


@login_required
def setup_list(request: HttpRequest) -> HttpResponse:
    """How each entity files whose archive one sets up."""
    by = actor(request)
    houses = queries.setups_of(queries.houses_to_set_up(by))
    if not houses:
        raise Refused(_("Only the records manager and the administrator can set up the archive."))
    if len(houses) == 1:
        return redirect("archive:setup_change", houses[0][0].pk)
    return render(request, "archive/setup_list.html", {"houses": houses})


def _keep_setup(request: HttpRequest, owner: ArchiveSetup, form: SetupForm) -> None:
    said = dict(form.cleaned_data)
    actions.set_up_archive(
        by=actor(request),
        at=timezone.now(),
        owner=owner.owner,
        backend=said.pop("backend"),
        version=said.pop("version"),
        folder=said.pop("folder"),
        terms=said,
    )


@login_required
def setup_change(request: HttpRequest, pk: int) -> HttpResponse:
    """How one entity files, and every change of it."""
    house = get_object_or_404(queries.houses_to_set_up(actor(request)), pk=pk)
    setup = queries.backend_of(house.pk) or ArchiveSetup(owner=house)
    start = {"version": setup.version, **{name: getattr(setup, name) for name in queries.SET_UP}}
    form, status = SetupForm(request.POST or None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _keep_setup(request, setup, form)
                messages.success(request, _("The set-up is kept."))
                return redirect("archive:setup_change", pk)
            except Refused as refused:
                blame(form, refused)
                status = 409 if isinstance(refused, Stale) else 422
    names = {name: str(form.fields[name].label).rstrip("?") for name in queries.SET_UP}
    changes = [
        (change, [(names[n], *_shown(n, old, new)) for n, old, new in change.parts])
        for change in queries.changes_of(setup)
    ]
    context = {"house": house, "setup": setup, "form": form, "changes": changes}
    return render(request, "archive/setup_change.html", context, status=status)


def _shown(name: str, old: str, new: str) -> tuple[str, str]:
    words = dict(ArchiveSetup.Backend.choices) if name == "backend" else {}
    return str(words.get(old, old) or "–"), str(words.get(new, new) or "–")


@login_required
def filing_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The document itself, as it is filed."""
    filing = _filing(request, pk)
    response = HttpResponse(papers.document(filing), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{filing.kind}-{filing.object_id}.pdf"'
    return response
