"""A kept version as it is read, and what is different between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from samrad.core.money import grouped, kroner
from samrad.documents.models import File
from samrad.governance.models import Field
from samrad.initiatives.content import CHOICES, SCREEN
from samrad.initiatives.models import Benefit, ContentVersion, Initiative
from samrad.initiatives.queries import alternatives_in, answer_text, day_text, form_fields, screening_labels, years_text
from samrad.organisation.models import Unit


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
    for item in form_fields(alternatives_in(values)):
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
    if quality := Benefit(**{name: benefit.get(name) for name in ("quality_before", "quality_after")}).quality:
        parts.append(quality)
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


@dataclass(frozen=True)
class Change:
    """One question whose answer is another than before."""

    label: str
    before: str
    after: str
    group: str = ""

    @property
    def is_number(self) -> bool:
        """Costs are read side by side, texts word by word."""
        return self.group == "costs"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What is different between two kept versions."""
    old = {line.code: line for line in [*content_lines(before), *_file_lines(before)]}
    new = {line.code: line for line in [*content_lines(after), *_file_lines(after)]}
    found = []
    for code in dict.fromkeys([*old, *new]):
        was, now = old.get(code), new.get(code)
        if (was and was.text) != (now and now.text):
            line = now or was
            assert line is not None  # one of them has the code
            found.append(Change(line.label, was.text if was else "", now.text if now else "", line.group))
    return found
