"""The benefits overview: several rows, without a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.initiatives.actions import BenefitRow
from samrad.initiatives.content import MAX_LINE
from samrad.initiatives.forms.numbers import KronerField, WholeNumberField
from samrad.initiatives.forms.steps import CHOOSE, TextField
from samrad.initiatives.models import Benefit

MAX_ROWS = 50
_ROW = re.compile(r"benefits-([0-9]{1,3})-[a-z_]+")


class BenefitForm(forms.Form):
    """One benefit."""

    def __init__(self, *, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        errors = {"invalid_choice": CHOOSE}
        self.fields["id"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.fields["title"] = TextField(most=MAX_LINE, lines=False, label=_("Benefit"))
        self.fields["kind"] = forms.ChoiceField(
            label=_("Type"), required=False, choices=[("", _("Choose")), *Benefit.Kind.choices], error_messages=errors
        )
        self.fields["recipient"] = forms.ChoiceField(
            label=_("For whom"), required=False, choices=Benefit.Recipient.choices, error_messages=errors
        )
        self.fields["budget_effect"] = forms.ChoiceField(
            label=_("Effect on the budget"),
            required=False,
            choices=Benefit.BudgetEffect.choices,
            error_messages=errors,
            initial=Benefit.BudgetEffect.UNPRICED,
        )
        self.fields["kroner_a_year"] = KronerField(label=_("Kroner a year"))
        self.fields["hours_a_year"] = WholeNumberField(most=10_000_000, label=_("Hours a year"))
        self.fields["assumption"] = TextField(
            most=2000, lines=True, label=_("What must be in place, and how sure is it?")
        )
        self.fields["assumption"].widget.attrs["rows"] = 2
        self.fields["benefit_owner"] = forms.ChoiceField(
            label=_("Proposed benefit owner"),
            required=False,
            choices=people,
            error_messages={"invalid_choice": _("Choose a person from the list.")},
        )
        for name, field in self.fields.items():
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                field.widget.attrs["aria-describedby"] = f"id_{self.prefix}-{name}_error"

    @property
    def blank(self) -> bool:
        """Has nothing been written in the row?"""
        written = ("title", "kind", "kroner_a_year", "hours_a_year", "assumption", "benefit_owner")
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in written)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.blank:
            if not data.get("title") and "title" not in self.errors:
                self.add_error("title", _("Name the benefit."))
            if not data.get("kind") and "kind" not in self.errors:
                self.add_error("kind", _("Choose what type of benefit it is."))
        return data

    def row(self, standing_id: int | None) -> BenefitRow:
        """The row as the action takes it."""
        data = self.cleaned_data
        return BenefitRow(
            id=standing_id,
            title=data["title"],
            kind=data["kind"],
            budget_effect=data["budget_effect"] or Benefit.BudgetEffect.UNPRICED,
            recipient=data["recipient"] or Benefit.Recipient.MUNICIPALITY,
            kroner_a_year=data["kroner_a_year"],
            hours_a_year=data["hours_a_year"],
            assumption=data["assumption"],
            benefit_owner_id=int(data["benefit_owner"]) if data["benefit_owner"] else None,
        )


def row_of(benefit: Benefit) -> BenefitRow:
    """A benefit as it stands, as a row."""
    return BenefitRow(
        id=benefit.pk,
        title=benefit.title,
        kind=benefit.kind,
        budget_effect=benefit.budget_effect,
        recipient=benefit.recipient,
        kroner_a_year=benefit.kroner_a_year,
        hours_a_year=benefit.hours_a_year,
        assumption=benefit.assumption,
        benefit_owner_id=benefit.benefit_owner_id,
    )


class BenefitRows:
    """All rows of the page. A row that is not well-formed keeps what stands in the database."""

    summary_title = gettext_lazy("Benefits")

    def __init__(
        self,
        *,
        standing: list[Benefit],
        people: list[tuple[str, str]],
        data: Mapping[str, Any] | None = None,
        more: bool = False,
    ) -> None:
        self.standing = {b.pk: b for b in standing}
        self.order = [b.pk for b in standing]
        if data is None:
            self.forms = [self._unbound(i, row_of(b), people) for i, b in enumerate(standing)]
            if more or not self.forms:
                self.forms.append(BenefitForm(people=people, prefix=f"benefits-{len(self.forms)}"))
            return
        numbers = sorted({int(found[1]) for name in data if (found := _ROW.fullmatch(name))})[:MAX_ROWS]
        self.forms = [BenefitForm(people=people, prefix=f"benefits-{n}", data=data) for n in numbers]

    @staticmethod
    def _unbound(number: int, row: BenefitRow, people: list[tuple[str, str]]) -> BenefitForm:
        initial = {**row.__dict__, "benefit_owner": row.benefit_owner_id or ""}
        return BenefitForm(people=people, prefix=f"benefits-{number}", initial=initial)

    def is_valid(self) -> bool:
        """Is every row that has something in it well-formed?"""
        return all(form.blank or form.is_valid() for form in self.forms)

    def _standing_id(self, form: BenefitForm, position: int, claimed: set[int]) -> int | None:
        """Which benefit a row changes: the one it names, else the one in its place (saved since the page was made)."""
        form.is_valid()
        named = form.cleaned_data.get("id")
        if named in self.standing:
            return int(named)
        there = self.order[position] if position < len(self.order) else None
        return None if there in claimed else there

    def rows(self, *, without: int | None = None) -> list[BenefitRow]:
        """The rows to save; `without` is the number of a row to take away."""
        written = [form for form in self.forms if not form.blank]
        claimed = {int(pk) for form in written if (pk := str(form.data.get(form.add_prefix("id"), ""))).isdigit()}
        rows = []
        for position, form in enumerate(written):
            standing_id = self._standing_id(form, position, claimed)
            if form.prefix == f"benefits-{without}":
                continue
            if form.is_valid():
                rows.append(form.row(standing_id))
            elif standing_id:
                rows.append(row_of(self.standing[standing_id]))
        return rows

    def changed(self, *, without: int | None = None) -> bool:
        """Would saving change anything?"""
        return self.rows(without=without) != [row_of(b) for b in self.standing.values()]

    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong) for every row."""
        return [
            (f"id_{form.add_prefix(name)}", str(error))
            for form in self.forms
            if form.is_bound and not form.blank
            for name, errors in form.errors.items()
            for error in errors
        ]
