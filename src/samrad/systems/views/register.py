"""The register: the list, a system, what runs out; adding, changing and taking out of use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.downloads import download
from samrad.core.verdict import Refused, Stale
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity, Person
from samrad.systems import actions, policy, queries
from samrad.systems.content import BY_CODE, FIELD, GROUPS, ITEMS, PERSON
from samrad.systems.forms import ListForm, SystemForm, VersionForm
from samrad.systems.models import System, Terms
from samrad.systems.papers import register_file, register_table
from samrad.systems.words import BESIDE, beside, reason_words, said

PAGE = 25
USUAL = {"name", "field", "vendor", "lifecycle", "criticality", "end_date", "annual_kr"}  # always in the list
COLOURS = {"planned": "blue", "in_use": "green", "phasing_out": "yellow", "retired": "grey"}


def _found(by: Actor, pk: int) -> System:
    try:
        return queries.get_visible(by, pk)
    except (System.DoesNotExist, OverflowError) as error:
        raise Http404 from error


def _upwards(name: str, *args: object) -> str:
    """The address of a page in a later room, or nothing where that room is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Line:
    """One system in the list; a contract one may not see is not there."""

    system: System
    terms: Terms | None
    colour: str
    ends: int | None  # 0 has run out, 12 or 18 months
    more: list[tuple[Any, str]]  # the columns one has chosen beside the usual

    @property
    def ends_colour(self) -> str:
        return {0: "red", 12: "yellow"}.get(self.ends if self.ends is not None else 99, "blue")


def _columns(request: HttpRequest, sees_terms: bool) -> list[tuple[str, Any, bool]]:
    """The columns one can have beside the usual, and whether each is chosen."""
    asked = set(request.GET.getlist("col"))
    items = [(i.code, i.label) for i in ITEMS if i.code not in USUAL and (sees_terms or not i.terms)]
    return [(code, label, code in asked) for code, label in (*items, *BESIDE.items())]


def _lines(by: Actor, systems: list[System], codes: list[str]) -> list[Line]:
    terms = queries.with_terms(systems, by)
    names = _names_of(systems) if codes else {}
    linked = queries.linked_to(by, systems) if "initiatives" in codes else {}

    def cell(system: System, code: str) -> tuple[Any, str]:
        if code in BESIDE:
            return BESIDE[code], beside(code, system, linked.get(system.pk, []))
        item = BY_CODE[code]
        row = terms.get(system.pk) if item.terms else system
        return item.label, said(item, queries.value_of(row, code), names) if row else ""

    today = timezone.localdate()
    return [
        Line(
            system,
            own := terms.get(system.pk),
            COLOURS[system.lifecycle],
            queries.threshold(own.end_date, on=today) if own and system.in_use else None,
            [cell(system, code) for code in codes],
        )
        for system in systems
    ]


@login_required
def system_list(request: HttpRequest) -> HttpResponse:
    """Every system one sees: search, narrow, sort, page."""
    by, today = actor(request), timezone.localdate()
    sees_terms = bool(policy.can_see_contracts(by))
    form = ListForm(by=by, data=request.GET, sees_terms=sees_terms)
    found = form.narrowed(today=today, sort=request.GET.get("sort", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    columns = _columns(request, sees_terms)
    context = {
        "form": form,
        "page": page,
        "columns": columns,
        "heads": [label for _code, label, on in columns if on],
        "lines": _lines(by, list(page), [code for code, _label, on in columns if on]),
        "chosen": bool(form.chosen()),
        "sees_terms": sees_terms,
        "may_register": policy.can_register(by),
        "ending": queries.number_ending(by, on=today) if sees_terms else 0,
        "query": request.GET.urlencode(),
    }
    return render(request, "systems/system_list.html", context)


@login_required
def system_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as it is narrowed, as a spreadsheet, with no more than one sees."""
    by = actor(request)
    form = ListForm(by=by, data=request.GET, sees_terms=bool(policy.can_see_contracts(by)))
    systems = list(form.narrowed(today=timezone.localdate(), sort=request.GET.get("sort", "")))
    linked = queries.linked_to(by, systems)
    columns, rows = register_table(systems, queries.with_terms(systems, by), _names_of(systems), linked)
    content = register_file(suffix, columns, rows, at=timezone.now())
    return download(content, f"systemregister.{suffix}")


def _names_of(systems: list[System]) -> dict[str, dict[Any, str]]:
    ids = {pk for s in systems for pk in (s.system_owner_id, s.administrator_id) if pk}
    people = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    fields = {s.field.pk: s.field.name for s in systems if s.field}
    return {PERSON: people, FIELD: fields}


@login_required
def contract_list(request: HttpRequest) -> HttpResponse:
    """Contracts that have run out, or do so within 12 and 18 months."""
    by = actor(request)
    policy.can_see_contracts(by).require()
    rows = queries.ending(by, on=timezone.localdate())
    sections = [
        (_("Has run out"), [r for r in rows if r.months == 0], "red"),
        (_("Within 12 months"), [r for r in rows if r.months == 12], "yellow"),
        (_("Within 18 months"), [r for r in rows if r.months == 18], "blue"),
    ]
    context = {
        "sections": [s for s in sections if s[1]],
        "need_url": _upwards("initiatives:system_need", 0),
        "may_start": by.may("initiatives.start_draft"),
    }
    return render(request, "systems/contract_list.html", context)


def _facts(system: System, terms: Terms | None, sees: bool) -> list[dict[str, Any]]:
    """What stands about a system, in its groups; a field nobody has filled in is left out."""
    names = _names_of([system])
    groups = []
    for code, label in GROUPS.items():
        pairs = []
        for item in ITEMS:
            row = terms if item.terms else system
            if item.group != code or row is None or item.code in ("name", "description"):
                continue
            cell = row.unknown.get(item.code)
            text = said(item, queries.value_of(row, item.code), names)
            if text or cell:
                pairs.append((item.label, text, cell and {**cell, "words": reason_words(cell["reason"])}))
        hidden = code == "terms" and not sees
        if pairs or hidden:
            groups.append({"label": label, "pairs": pairs, "hidden": hidden})
    return groups


def _changes(by: Actor, system: System) -> list[dict[str, Any]]:
    changes = queries.history(by, system)
    names = queries.names_in(changes)
    return [
        {
            "at": change.version.made_at,
            "who": change.version.made_by.name if change.version.made_by else "Samråd",
            "first": change.first,
            "part": change.version.get_part_display(),
            "lines": [
                (BY_CODE[code].label, said(BY_CODE[code], old, names), said(BY_CODE[code], new, names))
                for code, old, new in change.lines
            ],
        }
        for change in changes
        if change.lines
    ]


@login_required
def system_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A system: what it is, who is responsible, when the contract ends, which initiatives concern it, who changed what."""
    by = actor(request)
    system = _found(by, pk)
    sees = policy.can_see_terms(by, system)
    terms = queries.terms_of(by, system)
    ends = queries.threshold(terms.end_date, on=timezone.localdate()) if terms and system.in_use else None
    context = {
        "system": system,
        "terms": terms,
        "ends": ends,
        "ends_colour": "red" if ends == 0 else "yellow",
        "colour": COLOURS[system.lifecycle],
        "groups": _facts(system, terms, bool(sees)),
        "sees": sees,
        "change": policy.can_change(by, system),
        "initiatives": queries.linked(by, system),
        "changes": _changes(by, system),
        "need_url": _upwards("initiatives:system_need", system.pk),
        "may_start": by.may("initiatives.start_draft"),
    }
    return render(request, "systems/system_detail.html", context)


@login_required
def system_add(request: HttpRequest) -> HttpResponse:
    """Put a system in the register."""
    by = actor(request)
    policy.can_register(by).require()
    owners = list(Entity.objects.filter(pk__in=policy.owners_for(by)).order_by("name"))
    wanted = request.POST.get("owner") or request.GET.get("owner", "")
    owner = next((e for e in owners if str(e.pk) == wanted), owners[0])
    may_share = queries.cooperation_of(owner.pk, on=timezone.localdate()) is not None
    form = SystemForm(request.POST if request.method == "POST" else None, owner_id=owner.pk, may_share=may_share)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        system = actions.register_system(
            by=by,
            at=timezone.now(),
            owner_id=owner.pk,
            values=form.values(),
            shared=data.get("shared", False),
            terms_shared=data.get("terms_shared", False),
        )
        messages.success(request, _("%(name)s is in the register.") % {"name": system.name})
        return redirect("systems:system_detail", system.pk)
    context = {"form": form, "owner": owner, "owners": owners, "system": None}
    return render(request, "systems/system_form.html", context, status=400 if form.errors else 200)


@login_required
def system_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands about a system."""
    by = actor(request)
    system = _found(by, pk)
    policy.can_change(by, system).require()
    terms = queries.terms_of(by, system)
    posted = request.POST if request.method == "POST" else None
    may_share = system.shared_with_id is not None or (
        queries.cooperation_of(system.owner_id, on=timezone.localdate()) is not None
    )
    form = SystemForm(posted, owner_id=system.owner_id, system=system, terms=terms, may_share=may_share)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_system(
                by=by,
                at=timezone.now(),
                system_id=system.pk,
                version=data["version"],
                values=form.values(),
                shared=data.get("shared"),
                terms_shared=data.get("terms_shared"),
            )
        except Stale as stale:
            form.add_error(None, str(stale))
            status = 409
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("systems:system_detail", system.pk)
    context = {"form": form, "owner": system.owner, "owners": [system.owner], "system": system}
    return render(request, "systems/system_form.html", context, status=status if not form.errors else max(status, 400))


@login_required
def system_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then take a system out of use."""
    by = actor(request)
    system = _found(by, pk)
    policy.can_retire(by, system).require()
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": system.version})
    if request.method == "POST" and form.is_valid():
        actions.retire_system(by=by, at=timezone.now(), system_id=system.pk, version=form.cleaned_data["version"])
        messages.success(
            request,
            _("%(name)s is out of use. Change where it is in its life to take it back.") % {"name": system.name},
        )
        return redirect("systems:system_detail", system.pk)
    return render(request, "systems/system_retire.html", {"system": system, "form": form})
