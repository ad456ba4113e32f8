"""Pages of the set-up guide: one question a page, saved as one goes, each answer changed where it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from samrad.core.asked import posted
from samrad.core.verdict import Refused, Stale
from samrad.governance.models import Body, SizeClass
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity, Unit
from samrad.organisation.policy import can_administer
from samrad.organisation.queries import administered
from samrad.overview import setting_up as saves
from samrad.overview.forms.guide import FieldsForm, GroupsForm, MembersForm, SectorsForm, TownFileForm, WhoForm
from samrad.overview.forms.guide_rules import BodiesForm, RulesForm, requirement_words
from samrad.overview.guide import Guide, GuideStep, guide_of, houses_of
from samrad.overview.proposals import REQUIREMENTS
from samrad.overview.setting_up import Setting

Asked = tuple[Any, str, dict[str, Any]]  # the form, its template, and what else the page shows
SEATS = {
    "council_chair": gettext_lazy("Who chairs the council?"),
    "council_deputy": gettext_lazy("Who is deputy chair?"),
    "secretariat_lead": gettext_lazy("Who leads the secretariat?"),
    "portfolio_manager": gettext_lazy("Who keeps the portfolio?"),
}


@login_required
def guide_front(request: HttpRequest) -> HttpResponse:
    """The house whose guide it is; straight to the one where there is only one."""
    by = actor(request)
    can_administer(by).require()
    houses = houses_of(by, on=timezone.localdate())
    if len(houses) == 1:
        return redirect("overview:guide_house", houses[0].slug)
    return render(request, "overview/guide/houses.html", {"houses": houses})


def _setting(request: HttpRequest, slug: str) -> Setting:
    """Whose guide it is, for an administrator of that house."""
    by, now = actor(request), timezone.now()
    can_administer(by).require()
    house = Entity.objects.filter(slug=slug, pk__in=administered(by)).first()
    if house is None:
        raise Http404
    return Setting(by, now, guide_of(house, on=timezone.localdate(now)))


@login_required
def guide_house(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the set-up has come: every question, what works now, and what is still missing."""
    setting = _setting(request, slug)
    guide = setting.guide
    context = {"guide": guide, "without": saves.without_way_in(guide), "works": _works(guide)}
    return render(request, "overview/guide/house.html", context)


def _works(guide: Guide) -> list[str]:
    """What can be done in Samråd as it stands."""
    done = {step.code for step in guide.steps if all(s.done for s in guide.steps if s.code == step.code)}
    said = {
        _("Anyone with a way in can write down a need."): {"fields"} if guide.step("fields") else {"sectors"},
        _("A need can be anchored and sent in."): {"sectors", "leaders", "fields", "groups", "rules"},
        _("The secretariat can prepare a case, and the council can meet."): {"bodies", "seats"},
        _("The chief executives can decide, and the archive gets its documents."): {"leaders", "bodies"},
    }
    asked = {step.code for step in guide.steps}
    return [text for text, needs in said.items() if needs & asked <= done and needs & asked]


@login_required
def guide_step(request: HttpRequest, slug: str, code: str, about: str = "") -> HttpResponse:
    """One question. What is answered is kept at once, and the next is asked."""
    setting = _setting(request, slug)
    step = setting.guide.step(code, about)
    if step is None:
        raise Http404
    form, template, more = ASK[code](request, setting, step)
    if request.method == "POST" and "list" not in request.POST and form.is_valid():
        try:
            with transaction.atomic():  # what is refused half-way leaves nothing behind
                SAVE[code](setting, step, form, request)
            messages.success(request, _("Kept."))
            after = setting.guide.after(step)
            if code == "members":
                after = guide_of(setting.house, on=setting.on).step("sectors")
            return redirect(after.url if after else f"{_house_url(setting)}#done")
        except Stale:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"guide": setting.guide, "step": step, "form": form, "number": setting.guide.steps.index(step) + 1}
    context["steps"] = [(one, one is step) for one in setting.guide.steps]
    status = 400 if getattr(form, "is_bound", False) and form.errors else 200
    return render(request, template, {**context, **more}, status=status)


def _house_url(setting: Setting) -> str:
    return reverse("overview:guide_house", args=[setting.house.slug])


def _ask_members(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    towns = setting.guide.towns
    listing = request.method == "POST" and "list" in request.POST
    file_form = TownFileForm(request.POST if listing else None, request.FILES if listing else None)
    counties: dict[str, list[Any]] = {}
    if listing and file_form.is_valid():
        there = {town.municipality_number for town in towns} | {town.name.casefold() for town in towns}
        for town in file_form.towns:
            if not {town.number, f"{town.name} kommune".casefold(), town.name.casefold()} & (there - {""}):
                counties.setdefault(town.county, []).append(town)
    form = MembersForm(None if listing else posted(request), standing={town.name for town in towns})
    more = {"file_form": file_form, "counties": sorted(counties.items()), "towns": towns}
    return form, "overview/guide/members.html", more


def _ask_sectors(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    found = setting.guide.found
    towns = setting.guide.towns
    standing = {town.pk: found.sectors(town.pk) for town in towns}
    return SectorsForm(posted(request), towns=towns, standing=standing), "overview/guide/plain.html", {}


def _sectors(setting: Setting, town: Entity) -> list[Unit]:
    return [unit for unit in setting.guide.found.sectors(town.pk) if unit.kind == Unit.Kind.SECTOR]


def _ask_leaders(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    town = step.about or setting.house
    guide = setting.guide
    people = [p for p in saves.people_to_choose(guide) if p.owner_id in (town.pk, setting.house.pk)]
    form = WhoForm(posted(request), people=people)
    for unit in _sectors(setting, town):
        heads = saves.holder_of(guide, "sector_head", town, unit_id=unit.pk)
        form.ask(f"head_{unit.pk}", _("Who heads %(sector)s?") % {"sector": unit.name}, heads)
        label = _("Who steps in for the head of %(sector)s?") % {"sector": unit.name}
        form.ask(f"substitute_{unit.pk}", label, unit.substitute_id)
    form.ask("chief_executive", _("Who is chief executive?"), saves.holder_of(guide, "chief_executive", town))
    form.ask("records_manager", _("Who keeps the archive?"), saves.holder_of(guide, "records_manager", town))
    return form, "overview/guide/who.html", {"town": town}


def _ask_fields(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    form = FieldsForm(posted(request), standing=saves.fields_in(setting.house), language=setting.house.language)
    return form, "overview/guide/fields.html", {}


def _ask_groups(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    rows = saves.fields_in(setting.house)
    leads = {
        row.field_id: row.person_id
        for row in setting.guide.found.held([setting.house.pk], "expert_group_lead")
        if row.field_id
    }
    form = GroupsForm(posted(request), people=saves.people_to_choose(setting.guide), rows=rows, leads=leads)
    return form, "overview/guide/groups.html", {}


def _bodies(setting: Setting) -> dict[str, Body]:
    return {body.kind: body for body in Body.objects.filter(owner=setting.house).order_by("-pk")}


def _ask_bodies(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    standing = _bodies(setting)
    mandated = any(body.mandates.exclude(state="withdrawn").exists() for body in standing.values())
    names = {kind: body.name for kind, body in standing.items()}
    language = setting.house.language
    form = BodiesForm(posted(request), standing=names, language=language, mandated=mandated)
    if setting.house.pk in setting.guide.found.kept:
        del form.fields["portfolio"]
    return form, "overview/guide/plain.html", {"mandated": mandated}


def _ask_seats(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    form = WhoForm(posted(request), people=saves.people_to_choose(setting.guide))
    for role, question in SEATS.items():
        form.ask(role, str(question), saves.holder_of(setting.guide, role, setting.house))
    return form, "overview/guide/who.html", {"town": setting.house}


def _sizes(setting: Setting) -> list[SizeClass]:
    return list(SizeClass.objects.filter(owner=setting.house, valid_to=None))


def _ask_rules(request: HttpRequest, setting: Setting, step: GuideStep) -> Asked:
    there = saves.required_codes(setting.house, on=setting.on)
    rows = {row.code: row for row in _sizes(setting)}
    initial: dict[str, Any] = {}
    if {"small", "medium"} <= set(rows):
        initial = {
            "small_kr": rows["small"].below_kr,
            "small_hours": rows["small"].below_hours,
            "medium_kr": rows["medium"].below_kr,
        }
    form = RulesForm(posted(request), open_codes=[c for c in REQUIREMENTS if c not in there], initial=initial)
    return form, "overview/guide/plain.html", {"in_force": [requirement_words(code) for code in there]}


def _save_sectors(setting: Setting, step: GuideStep, form: Any, request: HttpRequest) -> None:
    left = saves.save_sectors(setting, form)
    if left:
        text = _(
            "These stay, for they may have needs and people: %(names)s. Retire or merge them under Sectors and units."
        )
        messages.warning(request, text % {"names": ", ".join(unit.name for unit in left)})


ASK: dict[str, Callable[[HttpRequest, Setting, GuideStep], Asked]] = {
    "members": _ask_members,
    "sectors": _ask_sectors,
    "leaders": _ask_leaders,
    "fields": _ask_fields,
    "groups": _ask_groups,
    "bodies": _ask_bodies,
    "seats": _ask_seats,
    "rules": _ask_rules,
}
SAVE: dict[str, Callable[[Setting, GuideStep, Any, HttpRequest], None]] = {
    "members": lambda setting, step, form, request: saves.save_members(setting, form),
    "sectors": _save_sectors,
    "leaders": lambda setting, step, form, request: saves.save_leaders(
        setting, form, step.about or setting.house, _sectors(setting, step.about or setting.house)
    ),
    "fields": lambda setting, step, form, request: saves.save_fields(setting, form),
    "groups": lambda setting, step, form, request: saves.save_groups(setting, form),
    "bodies": lambda setting, step, form, request: saves.save_bodies(setting, form.cleaned_data, _bodies(setting)),
    "seats": lambda setting, step, form, request: saves.save_seats(setting, form),
    "rules": lambda setting, step, form, request: saves.save_rules(setting, form.cleaned_data, _sizes(setting)),
}


@login_required
@require_POST
def guide_links(request: HttpRequest, slug: str) -> HttpResponse:
    """Send each with a role who has never signed in a one-time link."""
    setting = _setting(request, slug)
    count = saves.send_links(setting)
    said = ngettext("%(n)s one-time link is on its way.", "%(n)s one-time links are on their way.", count)
    messages.success(request, said % {"n": count})
    return redirect("overview:guide_house", slug)
