"""Rules as data: for all to read, for administrators to change without code."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.asked import number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.governance import actions, queries
from samrad.governance.forms.rules import PolicyForm, RequirementForm, RuleForm, SizesForm
from samrad.governance.models import Rule, SubmissionPolicy
from samrad.governance.policy import can_end_requirement, can_end_rule
from samrad.governance.standards import STANDARDS, Standard
from samrad.governance.views.found import found, house_of_rules, owners, status, today
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer
from samrad.organisation.queries import visible_to
from samrad.organisation.roles import ROLES


@login_required
def rule_front(request: HttpRequest) -> HttpResponse:
    """Every rule that is data: the requirements, the size classes, who may send in, and the register."""
    by, on = actor(request), today()
    requirements = list(queries.requirements_for(by))
    sizes = list(queries.sizes_for(by))
    register: dict[str, list[Rule | Standard]] = {}
    rules = list(queries.register_for(by))
    for rule in rules:
        if rule.in_force(on):
            register.setdefault(str(rule.get_kind_display()), []).append(rule)
    standing = [(r, can_end_requirement(by, r, on=on)) for r in requirements if r.in_force(on) or r.valid_from > on]
    adopted = {rule.code for rule in rules}
    for one in STANDARDS.values():
        if one.code not in adopted:
            register.setdefault(str(one.kind.label), []).append(one)
    houses = list(owners(by)) if can_administer(by) else []
    two = queries.houses_with_two([house.pk for house in houses], on=on)
    context = {
        "two": [(house, two.get(house.pk)) for house in houses],
        "requirements": standing,
        "can_end_any": any(can_end for _r, can_end in standing),
        "former": [r for r in requirements if not (r.in_force(on) or r.valid_from > on)],
        "sizes": [s for s in sizes if s.valid_from <= on and (s.valid_to is None or s.valid_to >= on)],
        "coming_sizes": [s for s in sizes if s.valid_from > on],
        "policy": queries.policy_for(by.entities, on),
        "register": sorted(register.items()),
        "may": can_administer(by),
        "today": on,
    }
    return render(request, "governance/rule_front.html", context)


@login_required
def requirement_add(request: HttpRequest) -> HttpResponse:
    """Ask for one thing more before a need is sent, without code."""
    by = actor(request)
    can_administer(by).require()
    people = visible_to(by).select_related("owner").order_by("name", "pk")
    form = RequirementForm(request.POST or None, initial={"valid_from": today()}, owners=owners(by), people=people)
    if request.method == "POST" and form.is_valid():
        actions.adopt_requirement(by=by, at=timezone.now(), material=False, **form.cleaned_data)
        messages.success(request, _("The requirement is added. It stops a need that has not answered it."))
        return redirect("governance:rule_front")
    return render(request, "governance/requirement_add.html", {"form": form}, status=status(form))


@login_required
def requirement_end(request: HttpRequest, requirement_id: int) -> HttpResponse:
    """Switch a requirement off: asks first."""
    by = actor(request)
    requirement = found(queries.requirements_for(by), requirement_id)
    verdict = can_end_requirement(by, requirement, on=today())
    verdict.require()
    if request.method == "POST":
        actions.end_requirement(by=by, at=timezone.now(), requirement_id=requirement.pk)
        messages.success(request, _("The requirement is switched off. Nobody is asked from now on."))
        return redirect("governance:rule_front")
    return render(request, "governance/requirement_end.html", {"requirement": requirement})


@login_required
def size_list(request: HttpRequest) -> HttpResponse:
    """The limits between the size classes, each version; and for administrators new ones."""
    by, on = actor(request), today()
    may = can_administer(by)
    rows = list(queries.sizes_for(by))
    now = {row.code: row for row in rows if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)}
    start: dict[str, Any] = {}
    for number, code in enumerate(("small", "medium")):
        if code in now:
            start |= {f"kr_{number}": now[code].below_kr, f"hours_{number}": now[code].below_hours}
    form = SizesForm(request.POST or None, initial=start, owners=owners(by)) if may else None
    if request.method == "POST":
        may.require()
        if form is not None and form.is_valid():
            data = form.cleaned_data
            try:
                with transaction.atomic():
                    actions.adopt_size_classes(
                        by=by,
                        at=timezone.now(),
                        owner=data["owner"],
                        limits=form.limits(),
                        valid_from=data["valid_from"],
                        source=data["source"],
                    )
            except Refused as refused:
                blame(form, refused)
            else:
                messages.success(request, _("The new limits are adopted."))
                return redirect("governance:size_list")
    context = {"rows": rows, "form": form, "today": on}
    return render(request, "governance/size_list.html", context, status=status(*([form] if form else [])))


def _roles(codes: list[str]) -> list[str]:
    return [str(ROLES.get(code, code)) for code in codes]


@login_required
def policy_list(request: HttpRequest) -> HttpResponse:
    """Who may send in: the version in force, those before it, and who changed what when."""
    by, on = actor(request), today()
    policies = list(queries.policies_for(by))
    said = {e.row_id: e for e in queries.log_of(by, "SubmissionPolicyAdopted", "policy_id")}
    context = {
        "rows": [(p, _roles(p.need_roles), _roles(p.idea_roles), said.get(p.pk), _standing(p, on)) for p in policies],
        "may": can_administer(by),
    }
    return render(request, "governance/policy_list.html", context)


def _standing(policy: SubmissionPolicy, on: Any) -> str:
    if policy.valid_from > on:
        return "coming"
    return "now" if policy.valid_to is None or policy.valid_to >= on else "past"


@login_required
def policy_new(request: HttpRequest) -> HttpResponse:
    """Adopt a new version of who may send in."""
    by = actor(request)
    can_administer(by).require()
    house = house_of_rules(by)
    last = queries.policies_for(by).filter(owner=house).first()
    start: dict[str, Any] = {"version": 0, "need_roles": ["employee"], "idea_roles": ["employee"]}
    if last is not None:
        names = ("guideline", "need_roles", "idea_roles", "adopted_by", "version")
        start = {name: getattr(last, name) for name in names}
    form = PolicyForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.adopt_submission_policy(
                by=by, at=timezone.now(), owner=house, after_version=values.pop("version"), **values
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The new version is adopted."))
            return redirect("governance:policy_list")
    return render(request, "governance/policy_new.html", {"form": form, "house": house}, status=status(form))


def guideline_read(request: HttpRequest) -> HttpResponse:
    """Who may send in needs and ideas, for anyone to read before signing in."""
    rows = [(g, _roles(g.need_roles), _roles(g.idea_roles)) for g in queries.guidelines()]
    return render(request, "governance/guideline.html", {"rows": rows, "signed_in": actor(request).is_person})


def _code(owner: Entity, kind: str, name: str) -> str:
    """A code that no other rule of the house has."""
    plain = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    base = f"{kind}-{slugify(plain)}"[:54]
    taken = set(Rule.objects.filter(owner=owner, code__startswith=base).values_list("code", flat=True))
    number = 1
    while (base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return base if number == 1 else f"{base}-{number}"


def _rule(request: HttpRequest, by: Actor, last: Rule | Standard | None) -> HttpResponse:
    start: dict[str, Any] = {"version": 0, "kind": request.GET.get("kind")}
    if isinstance(last, Standard):
        start = {"version": 0, **last.values}
    elif last is not None:
        start = {n: getattr(last, n) for n in ("name", "text", "amount", "unit", "source", "version")}
    form = RuleForm(request.POST or None, initial=start, owners=owners(by), of=last)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        if isinstance(last, Rule):
            values["owner"] = last.owner
        if last is not None:
            values |= {"kind": last.kind, "code": last.code, "after_version": version}
        else:
            values["code"] = _code(values["owner"], values["kind"], values["name"])
        try:
            rule = actions.adopt_rule(by=by, at=timezone.now(), **values)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The rule is kept."))
            return redirect("governance:rule_detail", rule.pk)
    context = {"form": form, "last": last, "standard": isinstance(last, Standard), "here": request.path}
    return render(request, "governance/rule_keep.html", context, status=status(form))


@login_required
def rule_add(request: HttpRequest) -> HttpResponse:
    """Put a rule in the register."""
    by = actor(request)
    can_administer(by).require()
    return _rule(request, by, None)


@login_required
def rule_standard(request: HttpRequest, code: str) -> HttpResponse:
    """Adopt the house's first version of a rule that the program goes by."""
    by = actor(request)
    if code not in STANDARDS:
        raise Http404
    can_administer(by).require()
    return _rule(request, by, STANDARDS[code])


@login_required
def rule_detail(request: HttpRequest, rule_id: int) -> HttpResponse:
    """One rule with every version it has had."""
    by, on = actor(request), today()
    rule = found(queries.register_for(by), rule_id)
    versions = list(queries.register_for(by).filter(owner_id=rule.owner_id, code=rule.code).order_by("-version"))
    said = {e.row_id: e for e in queries.log_of(by, "RuleAdopted", "rule_id")}
    standing = next((v for v in versions if v.in_force(on)), None)
    context = {
        "rule": versions[0],
        "versions": [(v, v.in_force(on), said.get(v.pk)) for v in versions],
        "standing": standing,
        "may_end": can_end_rule(by, standing, on=on) if standing else None,
        "may": can_administer(by, rule.owner_id),
    }
    return render(request, "governance/rule.html", context)


@login_required
def rule_change(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Adopt a new version of a rule."""
    by = actor(request)
    rule = found(queries.register_for(by), rule_id)
    can_administer(by, rule.owner_id).require()
    last = queries.register_for(by).filter(owner_id=rule.owner_id, code=rule.code).order_by("-version").first()
    return _rule(request, by, last)


@login_required
@require_POST
def rule_end(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Switch a rule off."""
    by = actor(request)
    rule = found(queries.register_for(by), rule_id)
    actions.end_rule(by=by, at=timezone.now(), rule_id=rule.pk)
    messages.success(request, _("The rule is switched off. What was stored with an initiative stays."))
    return redirect("governance:rule_detail", rule.pk)


@login_required
@require_POST
def two_adopt(request: HttpRequest) -> HttpResponse:
    """Let a version of a mandate hold only when two people have looked at it: a rule of the house, from today."""
    by, on = actor(request), today()
    can_administer(by).require()
    house = found(owners(by), number_in(request.POST.get("owner")))
    try:
        rule = actions.adopt_rule(
            by=by,
            at=timezone.now(),
            owner=house,
            kind=Rule.Kind.LIMIT,
            code=queries.MANDATE_PEOPLE,
            name=_("How many must look at a mandate before it holds"),
            amount=Decimal(2),
            unit=_("people"),
            valid_from=on,
        )
    except Refused as refused:
        messages.error(request, str(refused.verdict.reason))
        return redirect("governance:rule_front")
    messages.success(request, _("From today two people look at a mandate before it holds."))
    return redirect("governance:rule_detail", rule.pk)
