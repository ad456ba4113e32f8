"""Pages across stages: My page, the whole story of an initiative, how we govern."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samrad.cases.queries import tasks_of
from samrad.documents.lines import file_lines
from samrad.initiatives.content import FIELDS, RESPONSIBLES, STEPS
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import can_mark_reusable
from samrad.organisation.middleware import actor
from samrad.overview import queries
from samrad.overview.steering import steering_map

PAGE = 25


@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    """«Min side»: at most three things on top, then what is one's own."""
    return render(request, "overview/my_page.html", {"page": queries.my_page(actor(request), now=timezone.now())})


@login_required
def waiting_list(request: HttpRequest) -> HttpResponse:
    """All that waits for me, most urgent first."""
    page = Paginator(tasks_of(actor(request)).select_related("initiative"), PAGE).get_page(request.GET.get("page"))
    waiting = queries.waiting_in(page, today=timezone.localdate())
    return render(request, "overview/waiting_list.html", {"page": page, "waiting": waiting})


@login_required
def initiative_story(request: HttpRequest, pk: int) -> HttpResponse:
    """«Hele saken»: with whom it lies, who comes next, and everything that has happened."""
    try:
        story = queries.story(actor(request), pk, now=timezone.now())
    except Initiative.DoesNotExist as missing:
        raise Http404 from missing
    content = story.content
    sections = [
        (
            label,
            [
                (f.label, content.values.get(f.code))
                for f in FIELDS
                if f.step == step and f.kind == "text" and content.values.get(f.code)
            ],
        )
        for step, label in STEPS.items()
    ]
    kinds = frozenset(kind for kind, named in content.people.items() if named.person_id == actor(request).person_id)
    people = [(label, content.people[kind]) for kind, label, _minimum in RESPONSIBLES if kind in content.people]
    context = {
        "story": story,
        "initiative": content.initiative,
        "people": people,
        "may_reuse": can_mark_reusable(actor(request), content.initiative, kinds=kinds),
        "reusable": story.reusable,
        "files": file_lines(story.files, exempt=story.content.exempt),
        "sections": [s for s in sections if s[1]],
    }
    return render(request, "overview/initiative_story.html", context)


@login_required
def steering_line(request: HttpRequest) -> HttpResponse:
    """«Slik styrer vi»: the steering line drawn from the live set-up."""
    return render(request, "overview/steering_line.html", {"nodes": steering_map(actor(request), now=timezone.now())})
