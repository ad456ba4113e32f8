"""Reads about anchoring: what was asked, what was answered, what was endorsed, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.anchoring.models import Request, Submission
from samrad.cases.models import Case
from samrad.core.money import grouped, kroner
from samrad.core.verdict import Lack
from samrad.documents.models import File
from samrad.governance.models import Field
from samrad.initiatives.content import BY_CODE, CHOICES, FIELDS, SCREEN, answer_text, day_text, years_text
from samrad.initiatives.models import Benefit, ContentVersion, Initiative
from samrad.initiatives.policy import lacks
from samrad.initiatives.queries import (
    benefits_of,
    fingerprint,
    house_id,
    plan_for,
    questions_for,
    responsibles,
    screening_labels,
    snapshot,
    visible_ids,
)
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, Unit

Kind = Request.Kind
REMIND_BEFORE = timedelta(days=3)  # so long before the deadline one is reminded …
GRACE = timedelta(days=2)  # … and so long after the reminder the deadline passes at the earliest
# The answers that are a yes.
YES = frozenset({Request.Answer.RECOMMENDED, Request.Answer.WITH_REMARK})


def visible_to(actor: Actor) -> QuerySet[Request]:
    """The requests about initiatives the actor sees anything of."""
    return Request.objects.filter(initiative_id__in=visible_ids(actor)).select_related(
        "initiative", "initiative__owner", "content", "asked_person", "answered_by", "unit", "municipality", "case"
    )


def version_asked(actor: Actor, initiative: Initiative) -> ContentVersion | None:
    """The version of an initiative that the actor was last asked about, if by name."""
    rows = Request.objects.filter(initiative=initiative, asked_person_id=actor.person_or_none)
    last = rows.select_related("content").order_by("-asked_at", "-pk").first()
    return last.content if last else None


def requests_of(initiative: Initiative) -> QuerySet[Request]:
    """Everything that was asked about an initiative, oldest first."""
    rows = Request.objects.filter(initiative=initiative).order_by("asked_at", "pk")
    return rows.select_related("asked_person", "answered_by", "unit", "municipality", "content")


def endorsement_of(initiative: Initiative) -> Request | None:
    """The recommendation that stands: the latest answer from the owning sector, where it is a yes and not contested."""
    latest = (
        Request.objects.filter(
            initiative=initiative, kind=Kind.ENDORSEMENT, answered_at__isnull=False, withdrawn_at__isnull=True
        )
        .select_related("content", "asked_person")
        .order_by("-answered_at", "-pk")
        .first()
    )
    stands = latest is not None and latest.answer in YES and latest.contested_at is None
    return latest if stands else None


def open_hearings(initiative: Initiative) -> QuerySet[Request]:
    """Those who are to be heard and have not answered."""
    return Request.objects.filter(
        initiative=initiative, kind=Kind.HEARING, answered_at__isnull=True, withdrawn_at__isnull=True
    )


def groundwork_lacks(initiative: Initiative, *, on: date) -> tuple[Lack, ...]:
    """What the minimum requirements still lack."""
    people: Mapping[str, object] = responsibles(initiative)
    plan, questions = plan_for(initiative, on=on), questions_for(house_id(initiative), on=on)
    return lacks(initiative, benefits_of(initiative), people, plan=plan, questions=questions)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the anchoring of a need stands: what submitting asks about."""

    state: str
    lacks: tuple[Lack, ...]
    endorsed_mark: str  # the fingerprint that was endorsed; empty where nothing is
    current_mark: str
    unheard: int = 0  # those to be heard who have neither answered nor passed their deadline


def standing_of(initiative: Initiative, case: Case | None, *, on: date) -> Standing:
    """Where the anchoring of an initiative stands."""
    endorsed = endorsement_of(initiative)
    return Standing(
        state=case.state if case else "draft",
        lacks=groundwork_lacks(initiative, on=on),
        endorsed_mark=endorsed.content.fingerprint if endorsed else "",
        current_mark=fingerprint(snapshot(initiative)),
        unheard=open_hearings(initiative).filter(passed_at__isnull=True).count(),
    )


def submission_of(initiative: Initiative) -> Submission | None:
    """The newest submission of an initiative."""
    rows = Submission.objects.filter(initiative=initiative).select_related("content", "submitted_by", "case")
    return rows.order_by("-pk").first()


REQUIRED = {
    "benefits": gettext_lazy("At least one benefit"),
    "costs": gettext_lazy("One-off and annual cost"),
    "responsible": gettext_lazy("Someone responsible"),
    "screening": gettext_lazy("The check is answered"),
}


def requirements_of(submission: Submission) -> list[tuple[str, str]]:
    """The minimum requirements that were in force when it was sent in, each with where it was adopted."""
    own = [r for r in submission.requirements if r["source"] != "form"]
    asked = [r["code"] for r in submission.requirements if r["source"] == "form" and r["code"] in BY_CODE]
    form = [(str(BY_CODE[code].label), "") for code in asked]
    named = [(r.get("question") or str(REQUIRED.get(r["code"], r["code"])), r["source"]) for r in own]
    return [*named, *form]


def rules_of(submission: Submission) -> list[tuple[str, str]]:
    """The other rules that were in force when it was sent in: who may send in, the limits of size, the register."""
    kept, found = submission.rules, []
    if kept.get("policy"):
        found.append((_("Who may send in"), _("Version %(n)s") % {"n": kept["policy"]["version"]}))
    sizes = dict(Initiative.Size.choices)
    for row in kept.get("sizes", []):
        if row["below_kr"] is not None:
            below = _("below %(amount)s") % {"amount": kroner(Decimal(row["below_kr"]))}
            found.append((_("Size: %(size)s") % {"size": sizes.get(row["code"], row["code"])}, below))
    for row in kept.get("rules", []):
        amount = f"{grouped(int(Decimal(row['amount'])))} {row['unit']}, " if row["amount"] is not None else ""
        found.append((row["name"], amount + _("Version %(n)s") % {"n": row["version"]}))
    return found


@dataclass(frozen=True)
class Line:
    """One question of the form with its answer, as it is read."""

    code: str
    label: str
    text: str
    group: str


def _said(item: Any, value: Any, names: dict[str, str]) -> str:
    if value in (None, ""):
        return ""
    if item.code in names:
        return names[item.code]
    if item.code == "classification":
        return str(dict(Initiative.Classification.choices).get(value, value))
    if item.code in CHOICES:
        return str(CHOICES[item.code].get(value, value))
    if item.kind == "years_table":
        return years_text(value)
    if item.kind == "date":
        return day_text(value)
    try:
        if item.kind == "kroner":
            return kroner(Decimal(str(value)))
        if item.kind == "hours":
            return _("%(hours)s hours") % {"hours": grouped(int(value))}
    except (InvalidOperation, ValueError):
        return str(value)
    suffix = {"percent": " %", "years": " " + _("years")}.get(item.kind, "")
    return f"{value}{suffix}"


def content_lines(content: Mapping[str, Any]) -> list[Line]:
    """A kept version as it is read: each question that was answered, then the benefits."""
    values = content["fields"]
    names: dict[str, str] = {}
    if values.get("field"):
        names["field"] = str(Field.objects.filter(pk=values["field"]).first() or "")
    if values.get("owning_sector"):
        names["owning_sector"] = str(Unit.objects.filter(pk=values["owning_sector"]).first() or "")
    found = []
    for item in FIELDS:
        text = _said(item, values.get(item.code), names)
        if text:
            found.append(Line(item.code, str(item.label), text, item.group))
    for goal in content.get("goals", []):
        found.append(Line(goal["code"], _("Supports"), goal["text"], "need"))
    for number, benefit in enumerate(content["benefits"], 1):
        label = _("Benefit %(number)s") % {"number": number}
        found.append(Line(f"benefit-{number}", label, benefit_text(benefit), "benefits"))
    labels = screening_labels(content.get("screening", {}))
    for code, answer in content.get("screening", {}).items():
        found.append(Line(f"{SCREEN}{code}", labels.get(code, code), answer_text(answer), "need"))
    return found


def benefit_text(benefit: Mapping[str, Any]) -> str:
    """One benefit in one line: what, for whom, how much a year, on what assumption."""
    parts = [
        benefit["title"],
        str(dict(Benefit.Kind.choices).get(benefit["kind"], "")),
        str(dict(Benefit.BudgetEffect.choices).get(benefit["budget_effect"], "")),
        str(dict(Benefit.Recipient.choices).get(benefit["recipient"], "")),
    ]
    if benefit.get("kroner_a_year") is not None:
        parts.append(_("%(amount)s a year") % {"amount": kroner(Decimal(benefit["kroner_a_year"]))})
    if benefit.get("hours_a_year") is not None:
        parts.append(_("%(hours)s hours a year") % {"hours": grouped(benefit["hours_a_year"])})
    if benefit.get("uncertainty"):
        word = str(dict(Benefit.Uncertainty.choices).get(benefit["uncertainty"], ""))
        parts.append(_("Uncertainty: %(word)s") % {"word": word.lower()})
    if benefit.get("assumption"):
        parts.append(benefit["assumption"])
    return " · ".join(part for part in parts if part)


def _file_lines(content: Mapping[str, Any]) -> list[Line]:
    return [
        Line(
            f"file-{file['id']}",
            _("Attachment"),
            " · ".join(x for x in [file["name"], file["title"]] if x),
            "attachments",
        )
        for file in content.get("files", [])
    ]


def files_of(version: ContentVersion) -> list[File]:
    """The attachments as they were in a kept version; some may have been removed since."""
    ids = [file["id"] for file in version.content.get("files", [])]
    return list(File.objects.filter(pk__in=ids).order_by("created_at", "pk")) if ids else []


def writers_of(initiative: Initiative) -> list[Person]:
    """Those who write the need, and so may send it: authors, the need owner and the one responsible."""
    rows = initiative.responsibilities.filter(kind__in=["author", "need_owner", "lead"])
    return list(Person.objects.filter(active=True, pk__in=rows.values("person_id")).order_by("name"))


def unanswered(on: date) -> QuerySet[Request]:
    """Those who have been asked, have not answered and still can: where a reminder or a passed deadline may be due."""
    return Request.objects.filter(
        answered_at__isnull=True,
        withdrawn_at__isnull=True,
        passed_at__isnull=True,
        case__closed_at__isnull=True,
        due_date__lte=on + REMIND_BEFORE,
    ).order_by("due_date", "pk")


@dataclass(frozen=True)
class Change:
    """One question whose answer is another than before."""

    label: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What is different between two kept versions."""
    old = {line.code: line for line in [*content_lines(before), *_file_lines(before)]}
    new = {line.code: line for line in [*content_lines(after), *_file_lines(after)]}
    found = []
    for code in dict.fromkeys([*old, *new]):
        was, now = old.get(code), new.get(code)
        if (was and was.text) != (now and now.text):
            label = (now or was).label  # type: ignore[union-attr]
            found.append(Change(label, was.text if was else "", now.text if now else ""))
    return found


def last_answer_before(asked: Request) -> Request | None:
    """The same asker's last answer in the same initiative, to show what has changed since."""
    rows = Request.objects.filter(
        initiative_id=asked.initiative_id, kind=asked.kind, answered_at__isnull=False, pk__lt=asked.pk
    )
    return rows.select_related("content", "asked_person").order_by("-answered_at").first()
