"""Pages of lessons: the log over all projects, a project's own, and writing one down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.asked import number_in
from samrad.core.downloads import download
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.documents.sheets import Column, Sheet, comma_separated, workbook
from samrad.initiatives.models import Initiative
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import LessonForm
from samrad.portfolio.models import Lesson
from samrad.portfolio.queries import lessons as log
from samrad.portfolio.views.pages import open_project_of, page_of, project_of

PAGE = 20


@login_required
def lesson_list(request: HttpRequest) -> HttpResponse:
    """What the projects one reads about have learnt: search, narrow, sort."""
    by = actor(request)
    every = log.lessons_for(by, on=timezone.localdate())
    asked = request.GET.dict()
    page = Paginator(log.found_lessons(every, asked), PAGE).get_page(asked.get("page"))
    context = {
        "page": page,
        "filters": [(name, label, log.CHOICES[name], asked.get(name, "")) for name, label in log.ASKED.items()],
        "words": asked.get("q", ""),
        "sort": asked.get("sort", ""),
        "chosen": any(asked.get(name) for name in (*log.ASKED, "q")),
        "query": request.GET.urlencode(),
    }
    return render(request, "portfolio/lesson_list.html", context)


@login_required
def lesson_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """Exactly what the log shows, as a spreadsheet."""
    found = log.found_lessons(log.lessons_for(actor(request), on=timezone.localdate()), request.GET.dict())
    heads: tuple[str, ...] = (_("Lesson"), _("Kind"), _("Theme"), _("Phase"), _("What happened"), _("What was learnt"))
    heads = (*heads, _("Advice to others"), _("Reference"), _("Project"), _("Municipality"), _("Written"))
    columns = [*(Column(head) for head in heads[:-1]), Column(heads[-1], "date")]
    rows = [
        [
            *(row.title, row.get_kind_display(), row.get_theme_display(), row.get_phase_display()),
            *(row.happened, row.learnt, row.advice, row.project.initiative.reference),
            *(row.project.initiative.title, row.project.initiative.owner.name, timezone.localdate(row.written_at)),
        ]
        for row in found
    ]
    if suffix == "xlsx":
        content = workbook([Sheet(_("Lessons"), columns, rows)], at=timezone.now(), title=_("Lessons"))
    else:
        content = comma_separated(columns, rows)
    return download(content, f"erfaringer.{suffix}")


@login_required
def project_lessons(request: HttpRequest, pk: int) -> HttpResponse:
    """What this project has learnt, and what is taken away and can be put back."""
    by, project = actor(request), project_of(request, pk)
    may, context = policy.can_keep_lessons(by, project), page_of(request, project, "project_lessons")
    shown = queries.shown_to(by).filter(project=project) if not context["masked"] else Lesson.objects.none()
    context |= {
        "lessons": shown.select_related("written_by"),
        "removed": queries.lessons_of(project).filter(removed_at__isnull=False) if may else [],
        "may": may,
    }
    return render(request, "portfolio/project_lessons.html", context)


def _first(lesson: Lesson | None, phase: str) -> dict[str, Any]:
    if lesson is None:
        done = phase in (Initiative.Phase.DONE, Initiative.Phase.IDEA)
        return {"version": 0, "phase": Initiative.Phase.CLOSE if done else phase, "reach": Lesson.Reach.TEAM}
    names = ("version", "title", "kind", "happened", "learnt", "advice", "theme", "phase", "reach")
    return {name: getattr(lesson, name) for name in names}


@login_required
def lesson_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down a lesson (number 0), or change one."""
    by, project = actor(request), open_project_of(request, pk)
    policy.can_keep_lessons(by, project).require()
    rows = queries.lessons_of(project).filter(removed_at__isnull=True)
    lesson = get_object_or_404(rows, pk=number) if number else None
    form, status = LessonForm(request.POST or None, initial=_first(lesson, project.initiative.phase)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given: dict[str, Any] = {"project": project, "lesson_id": number or None}
            version = form.cleaned_data["version"]
            try:
                actions.keep_lesson(by=by, at=timezone.now(), **given, version=version, row=form.row())
                messages.success(request, _("Saved."))
                return redirect("portfolio:project_lessons", project.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {"project": project, "form": form, "lesson": lesson}
    return render(request, "portfolio/lesson_change.html", context, status=status)


@login_required
@require_POST
def lesson_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a lesson away, or put it back."""
    by, project = actor(request), project_of(request, pk)
    version, back = number_in(request.POST.get("version")), request.POST.get("back") == "yes"
    given: dict[str, Any] = {"project": project, "lesson_id": number, "version": version, "back": back}
    actions.remove_lesson(by=by, at=timezone.now(), **given)
    done = _("The lesson is back in the log.") if back else _("The lesson is taken away. You can put it back below.")
    messages.success(request, done)
    return redirect("portfolio:project_lessons", project.pk)
