"""The page on which the case paper is written, section by section, by several at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.cases.models import Case
from samrad.core.asked import number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Stale
from samrad.governance.queries import SECTION_CHARACTERS, days_of
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.secretariat import actions, queries
from samrad.secretariat.forms.editing import SectionForm
from samrad.secretariat.models import CasePaper, PaperSection, SectionAside
from samrad.secretariat.papers import record_sections
from samrad.secretariat.policy.editing import can_write_paper, lacks_of
from samrad.secretariat.queries.editing import Desk, desks_of, keyed, with_words
from samrad.secretariat.queries.reviewing import lacking_in, written_in
from samrad.secretariat.views import found_case


def _found(by: Actor, pk: int) -> tuple[Case, Initiative, CasePaper]:
    """A case paper, for the secretariat that writes it."""
    case, initiative = found_case(by, pk)
    paper = queries.paper_of(case)
    if paper is None:
        raise Http404
    return case, initiative, paper


def _number(request: HttpRequest) -> int:
    return number_in(request.POST.get("version"))


def _aside(aside: SectionAside, desk: Desk) -> dict[str, Any]:
    """A text beside the section, in full, and against the one that stands there."""
    there = _whole(desk.section)
    words = _whole(with_words(desk.built, aside.text, aside.rows))
    return {"row": aside, "words": words, "there": there}


def _whole(section: Any) -> str:
    """A section as one text, to be compared with another."""
    lines = [f"{row['label']}: {row['text']}" for _key, row in keyed(section["rows"])]
    return "\n".join([*([section["text"]] if section["text"] else []), *lines])


def _lines(
    by: Actor, case: Case, initiative: Initiative, paper: CasePaper, bound: dict[str, SectionForm]
) -> list[dict[str, Any]]:
    """Each section with its form, what it lacks, who wrote there last, and whether somebody writes there now."""
    now, on = timezone.now(), timezone.localdate()
    written = written_in(case)
    assessed = lacking_in(initiative, written, on=on)
    most = days_of(SECTION_CHARACTERS, [case.shared_with_id, case.owner_id], on)
    return [
        {
            "desk": desk,
            "code": desk.code,
            "heading": desk.section["heading"],
            "form": bound.get(desk.code) or (SectionForm(desk=desk, paper=paper) if desk.open else None),
            "lacks": lacks_of(desk, paper, assessed, written, most=most),
            "busy": desk.busy(by.person_id, now),
            "asides": [_aside(one, desk) for one in desk.asides],
        }
        for desk in desks_of(paper)
    ]


def _page(request: HttpRequest, pk: int, *, status: int = 200, **bound: SectionForm) -> HttpResponse:
    by = actor(request)
    case, initiative, paper = _found(by, pk)
    lines = _lines(by, case, initiative, paper, bound)
    context = {
        "case": case,
        "initiative": initiative,
        "paper": paper,
        "lines": lines,
        "writes": can_write_paper(by, case, paper),
        "lacking": sum(len(line["lacks"]) for line in lines),
        "problem": next(iter(bound.values()), None),
    }
    if request.headers.get("HX-Request") == "true" and request.method == "GET":
        return render(request, "secretariat/_sections.html", context)
    return render(request, "secretariat/paper_edit.html", context, status=status)


@login_required
def paper_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the case paper, section by section."""
    return _page(request, pk)


def _at(pk: int, code: str) -> str:
    return f"{reverse('secretariat:paper_edit', args=[pk])}#s-{code}"


@login_required
@require_POST
def section_write(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Keep what is written in a section, while it is written or by the button."""
    by = actor(request)
    case, _initiative, paper = _found(by, pk)
    desk = next((d for d in desks_of(paper) if d.code == code and d.open), None)
    if desk is None:
        raise Http404
    can_write_paper(by, case, paper).require()
    form = SectionForm(request.POST, desk=desk, paper=paper)
    quick = request.headers.get("HX-Request") == "true"
    now = timezone.now()
    try:
        if not form.is_valid():
            raise Refused(next(str(text) for texts in form.errors.values() for text in texts))
        made = actions.write_section(by=by, at=now, case_id=pk, code=code, **form.values())
    except Refused as refused:
        if form.is_valid():
            blame(form, refused)
        said = {"code": code, "refused": str(refused)}
        return (
            render(request, "secretariat/_saved.html", said)
            if quick
            else _page(request, pk, status=422, **{code: form})
        )
    aside = isinstance(made, SectionAside)
    if quick:
        other = desk.written.written_by.name if aside and desk.written else ""
        version = made.version if isinstance(made, PaperSection) else None
        kept: dict[str, Any] = {"code": code, "at": now, "version": version, "other": other, "pk": pk}
        return render(request, "secretariat/_saved.html", kept)
    if aside:
        messages.warning(
            request, _("Someone else has written there. Both texts are kept: choose which one is to stand.")
        )
        return _page(request, pk, status=409)
    messages.success(request, _("«%(heading)s» is saved.") % {"heading": desk.section["heading"]})
    return redirect(_at(pk, code))


@login_required
def section_rebuild(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """See what the record says now against what is written, and let the record take its place."""
    by = actor(request)
    case, initiative, paper = _found(by, pk)
    desk = next((d for d in desks_of(paper) if d.code == code and d.open and code != "proposal"), None)
    if desk is None:
        raise Http404
    writes = can_write_paper(by, case, paper)
    if request.method == "POST":
        writes.require()
        try:
            actions.rebuild_section(by=by, at=timezone.now(), case_id=pk, code=code, version=_number(request))
            messages.success(request, _("The section is as in the record. The text that stood there lies beside it."))
            return redirect(_at(pk, code))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("secretariat:section_rebuild", pk, code)
    fresh = next(
        (s for s in record_sections(case, initiative, paper, on=timezone.localdate()) if s["code"] == code), None
    )
    context = {
        "case": case,
        "initiative": initiative,
        "desk": desk,
        "heading": desk.section["heading"],
        "there": _whole(desk.section),
        "fresh": _whole(fresh) if fresh else "",
        "same": fresh is not None and _whole(fresh) == _whole(desk.section),
        "gone": fresh is None,
        "writes": writes,
    }
    return render(request, "secretariat/section_rebuild.html", context)


@login_required
@require_POST
def aside_settle(request: HttpRequest, pk: int, aside_id: int) -> HttpResponse:
    """Let a text that lies beside a section stand in it, or put it away."""
    by = actor(request)
    case, _initiative, paper = _found(by, pk)
    aside = get_object_or_404(SectionAside.objects.select_related("section"), pk=aside_id, section__paper=paper)
    can_write_paper(by, case, paper).require()
    now = timezone.now()
    try:
        if request.POST.get("do") == "take":
            actions.take_aside(by=by, at=now, case_id=pk, aside_id=aside_id, version=_number(request))
            messages.success(request, _("The text stands in the section. The one that stood there lies beside it."))
        else:
            actions.drop_aside(by=by, at=now, case_id=pk, aside_id=aside_id)
            messages.success(request, _("The text is put away."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect(_at(pk, aside.section.code))
