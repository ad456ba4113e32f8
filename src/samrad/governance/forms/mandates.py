"""The forms of bodies and mandates, made from the table of what a mandate says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, KronerField, PlainForm, VersionedForm, choose_from
from samrad.governance.actions import Adoption
from samrad.governance.mandate_text import ITEMS, SECTIONS, Item
from samrad.governance.models import Body, Field, Mandate
from samrad.governance.policy import can_replace
from samrad.organisation.models import Entity

REQUIRED = {
    "purpose": _("Write why the body exists."),
    "adopted_by": _("Write who has adopted it."),
    "valid_from": _("Write the day it comes into force."),
}
WHOLE = {"invalid": _("Write a whole number.")}


class BodyForm(PlainForm):
    """A new body."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    short_name = forms.CharField(label=_("Short name"), max_length=12, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Body.Kind.choices)
    owner = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose the organisation.")},
    )

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "owner", owners, alone=True)


def _field(item: Item) -> forms.Field:
    kwargs: dict[str, Any] = {"label": item.label, "help_text": item.help, "required": item.name in REQUIRED}
    if item.name in REQUIRED:
        kwargs["error_messages"] = {"required": REQUIRED[item.name]}
    if item.kind == "day":
        if not item.help:
            del kwargs["help_text"]
        return DayField(**kwargs)
    if item.kind == "kroner":
        return KronerField(**kwargs)
    if item.kind == "number":
        kwargs["error_messages"] = WHOLE
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(min_value=item.least, max_value=item.most, widget=widget, **kwargs)
    if item.kind == "box":
        return forms.BooleanField(**kwargs)
    if item.kind == "choice":
        return forms.ChoiceField(choices=item.choices, **{**kwargs, "required": True})
    if item.kind == "several":
        return forms.MultipleChoiceField(choices=item.choices, widget=forms.CheckboxSelectMultiple, **kwargs)
    if item.kind == "link":
        return forms.URLField(assume_scheme="https", max_length=200, widget=forms.TextInput, **kwargs)
    if item.kind == "line":
        return forms.CharField(max_length=120, **kwargs)
    return forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


NEVER_EMPTY = (
    "budget_hours_limit",
    "quorum_share_percent",
    "notice_days",
    "meetings_per_year",
    "submission_days",
    "urgent_days",
)


class MandateForm(VersionedForm):
    """A new version of a mandate, beginning from the last one that is adopted; `newest` counts the withdrawn too."""

    def __init__(
        self,
        *args: Any,
        last: Mandate | None,
        newest: int,
        fields: Sequence[Field],
        towns: Sequence[Entity],
        **kwargs: Any,
    ) -> None:
        start: dict[str, Any] = {n: getattr(last, n) for n in ITEMS} if last else {"authority": "recommendation"}
        for name in ("valid_from", "valid_to", "adopted_date"):
            start[name] = None
        if last is None:
            blank = Mandate()
            start |= {n: getattr(blank, n) for n in (*NEVER_EMPTY, "casting_vote", "four_eyes", "meeting_form")}
        start["version"] = newest
        super().__init__(*args, initial=start, **kwargs)
        self.last, self.of_fields, self.towns = last, fields, towns
        for name, item in ITEMS.items():
            self.fields[name] = _field(item)
        cells = [f"{f.pk}:{t}" for f in fields for t in ["", *(town.pk for town in towns)]]
        wanted = [f"{f}:{m or ''}" for f, m in last.seats_wanted] if last else []
        self.fields["seats_wanted"] = forms.MultipleChoiceField(
            choices=[(c, c) for c in cells], required=False, initial=wanted
        )
        for town in towns:
            named = {"town": town.name}
            self.fields[f"organ_{town.pk}"] = forms.CharField(
                label=_("Organ in %(town)s") % named, max_length=120, required=False
            )
            self.fields[f"case_{town.pk}"] = forms.CharField(
                label=_("Case number in %(town)s") % named, max_length=60, required=False
            )
            self.fields[f"day_{town.pk}"] = DayField(
                label=_("Adopted in %(town)s on") % named, required=False, help_text=""
            )

    def sections(self) -> list[tuple[Promise, list[BoundField], bool]]:
        """The fields as the page shows them; the third says where the seats belong."""
        return [
            (title, [self[i.name] for i in items], "term_years" in [i.name for i in items]) for title, items in SECTIONS
        ]

    def grid(self) -> list[tuple[Field, list[tuple[str, bool, str]]]]:
        """The seats wanted: a row a field, a box for any municipality and one for each."""
        chosen = set(self["seats_wanted"].value() or [])
        columns = [("", gettext("Any municipality")), *((str(t.pk), t.name) for t in self.towns)]
        return [
            (f, [(f"{f.pk}:{pk}", f"{f.pk}:{pk}" in chosen, f"{f.name}, {name}") for pk, name in columns])
            for f in self.of_fields
        ]

    def adoption_rows(self) -> list[tuple[Entity, list[BoundField]]]:
        """Where it is adopted: a row a municipality, each input with its own name."""
        rows = []
        for town in self.towns:
            cells = [self[f"{name}_{town.pk}"] for name in ("organ", "case", "day")]
            for cell in cells:
                attrs = cell.field.widget.attrs
                attrs |= {"class": "ds-input", "aria-label": str(cell.label)}
                if cell.errors:
                    attrs |= {"aria-invalid": "true", "aria-describedby": f"{cell.auto_id}_error"}
            rows.append((town, cells))
        return rows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, end = data.get("valid_from"), data.get("valid_to")
        if first and end and end < first:
            self.add_error("valid_to", _("The last day cannot be before the first."))
        if first and not (later := can_replace(self.last, first)):
            self.add_error("valid_from", str(later.reason))
        if (data.get("urgent_days") or 0) > (data.get("submission_days") or 0) and "submission_days" not in self.errors:
            self.add_error("urgent_days", _("Urgent cases cannot have an earlier deadline than ordinary ones."))
        if data.get("cost_key") == "mixed" and data.get("cost_key_equal_percent") is None:
            self.add_error("cost_key_equal_percent", _("Write how many per cent are shared equally."))
        for name in NEVER_EMPTY:
            if name in data and data[name] is None:
                self.add_error(name, _("Write a whole number."))
        for town in self.towns:
            organ, day = data.get(f"organ_{town.pk}"), data.get(f"day_{town.pk}")
            if organ and not day and f"day_{town.pk}" not in self.errors:
                self.add_error(f"day_{town.pk}", _("Write the day it was adopted."))
            if (day or data.get(f"case_{town.pk}")) and not organ:
                self.add_error(f"organ_{town.pk}", _("Write which organ adopted it."))
        return data

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        wanted = [c.split(":") for c in data["seats_wanted"]]
        return {
            **{name: data[name] for name in ITEMS if name != "adopted_date"},
            "adopted_date": data["adopted_date"] or data["valid_from"],
            "seats_wanted": [[int(f), int(m) if m else None] for f, m in wanted],
            "after_version": data["version"],
            "adoptions": [
                Adoption(
                    municipality_id=t.pk,
                    organ=data[f"organ_{t.pk}"],
                    case_number=data[f"case_{t.pk}"],
                    adopted_date=data[f"day_{t.pk}"],
                )
                for t in self.towns
                if data[f"day_{t.pk}"]
            ],
        }


class WithdrawForm(PlainForm):
    """Why a version that is not in force yet is withdrawn."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everyone who reads the mandates will see it."),
        error_messages={"required": _("Say why. Everyone who reads the mandates will see it.")},
    )


class AdoptionForm(PlainForm):
    """That one municipality has adopted the mandate."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose the municipality.")},
    )
    organ = forms.CharField(
        label=_("Organ"), max_length=120, error_messages={"required": _("Write which organ adopted it.")}
    )
    case_number = forms.CharField(label=_("Case number"), max_length=60, required=False)
    adopted_date = DayField(label=_("Adopted on"), error_messages={"required": _("Write the day it was adopted.")})

    def __init__(self, *args: Any, towns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "municipality", towns, alone=True)

    def adoption(self) -> Adoption:
        """What was typed."""
        data = self.cleaned_data
        return Adoption(
            municipality_id=data["municipality"].pk,
            organ=data["organ"],
            case_number=data["case_number"],
            adopted_date=data["adopted_date"],
        )
