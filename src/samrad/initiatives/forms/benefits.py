"""The benefits overview: several rows, without a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.initiatives.actions import BENEFIT_PARTS, BenefitRow
from samrad.initiatives.content import MAX_LINE
from samrad.initiatives.forms.marks import mark, read_marks, theirs
from samrad.initiatives.forms.numbers import KronerField, WholeNumberField
from samrad.initiatives.forms.steps import CHOOSE, TextField
from samrad.initiatives.models import Benefit

MAX_ROWS = 50
_ROW = re.compile(r"benefits-([0-9]{1,3})-[a-z_]+")


class BenefitForm(forms.Form):
    """One benefit."""

    def __init__(self, *, people: list[tuple[str, str]], left_out: frozenset[str], **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        self._add_fields(people)
        self._add_quality()
        for name in left_out & set(self.fields):
            del self.fields[name]
        for name, field in self.fields.items():
            said = [f"id_{self.prefix}-{name}_help"] if field.help_text else []
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                said.append(f"id_{self.prefix}-{name}_error")
            if said:
                field.widget.attrs["aria-describedby"] = " ".join(said)

    def _add_fields(self, people: list[tuple[str, str]]) -> None:
        errors = {"invalid_choice": CHOOSE}
        self.fields["id"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.fields["title"] = TextField(
            most=MAX_LINE,
            lines=False,
            label=_("Benefit"),
            help_text=_("What gets better? Example: less driving to fetch keys."),
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Type"), required=False, choices=[("", _("Choose")), *Benefit.Kind.choices], error_messages=errors
        )
        self.fields["recipient"] = forms.ChoiceField(
            label=_("For whom"), required=False, choices=Benefit.Recipient.choices, error_messages=errors
        )
        self.fields["budget_effect"] = forms.ChoiceField(
            label=_("Effect on the budget"),
            help_text=_("Taken out in the budget means that the money is saved and used for something else."),
            required=False,
            choices=Benefit.BudgetEffect.choices,
            error_messages=errors,
            initial=Benefit.BudgetEffect.UNPRICED,
        )
        self.fields["kroner_a_year"] = KronerField(
            label=_("Kroner a year"), help_text=_("In a full year. Leave it empty if it cannot be counted in money.")
        )
        self.fields["hours_a_year"] = WholeNumberField(
            most=10_000_000,
            suffix=_("hours"),
            label=_("Hours a year"),
            help_text=_("Example: 40 detours a day of 10 minutes is about 2 400 hours a year."),
        )
        self.fields["assumption"] = TextField(
            most=2000,
            lines=True,
            label=_("What must be in place?"),
            help_text=_("Example: everyone is trained, and the key cabinets are taken away."),
        )
        self.fields["assumption"].widget.attrs["rows"] = 2
        self.fields["uncertainty"] = forms.ChoiceField(
            label=_("How uncertain is it?"),
            required=False,
            choices=[("", _("Choose")), *Benefit.Uncertainty.choices],
            error_messages=errors,
        )
        self.fields["benefit_owner"] = forms.ChoiceField(
            label=_("Proposed benefit owner"),
            required=False,
            choices=people,
            error_messages={"invalid_choice": _("Choose a person from the list.")},
        )

    def _add_quality(self) -> None:
        for name, label in (("quality_before", _("Quality today")), ("quality_after", _("Quality afterwards"))):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                help_text=_("For better quality that no kroner can show: how good is it for those it is for?"),
                required=False,
                choices=[("", _("Choose")), *((q.value, f"{q.value}: {q.label}") for q in Benefit.Quality)],
                coerce=int,
                empty_value=None,
                error_messages={"invalid_choice": CHOOSE},
            )

    @property
    def blank(self) -> bool:
        """Has nothing been written in the row?"""
        numbers = ("kroner_a_year", "hours_a_year", "quality_before", "quality_after")
        written = ("title", "kind", *numbers, "assumption", "benefit_owner")
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in written)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.blank:
            if not data.get("title") and "title" not in self.errors:
                self.add_error("title", _("Name the benefit."))
            if not data.get("kind") and "kind" not in self.errors:
                self.add_error("kind", _("Choose what type of benefit it is."))
            self._check_quality(data)
        return data

    def _check_quality(self, data: dict[str, Any]) -> None:
        before, after = data.get("quality_before"), data.get("quality_after")
        if before is None and after is None:
            return
        if data.get("kind") and data["kind"] != Benefit.Kind.QUALITY:
            self.add_error(
                "quality_before", _("The scale is for better quality. Choose that type, or leave both empty.")
            )
        elif before is None or after is None:
            missing = "quality_before" if before is None else "quality_after"
            self.add_error(missing, _("Say both how it is today and how it will be."))
        elif after <= before:
            self.add_error("quality_after", _("It must become better than it is today. Else it is no benefit."))

    def row(self, standing: BenefitRow | None) -> BenefitRow:
        """The row as the action takes it. What the page does not ask stays as it stands."""
        data = dict(self.cleaned_data)
        data.pop("id", None)
        owner = data.pop("benefit_owner", None)
        if "benefit_owner" in self.fields:
            data["benefit_owner_id"] = int(owner) if owner else None
        for name, usual in (("budget_effect", Benefit.BudgetEffect.UNPRICED), ("recipient", MUNICIPALITY)):
            if name in data:
                data[name] = data[name] or usual
        known = {f.name: getattr(standing, f.name) for f in fields(BenefitRow)} if standing else {}
        return BenefitRow(**{**known, **data})


MUNICIPALITY = Benefit.Recipient.MUNICIPALITY


def row_of(benefit: Benefit) -> BenefitRow:
    """A benefit as it stands, as a row."""
    return BenefitRow(
        id=benefit.pk,
        benefit_owner_id=benefit.benefit_owner_id,
        **{name: getattr(benefit, name) for name in BENEFIT_PARTS},
    )


def row_mark(row: BenefitRow) -> str:
    """The mark of a row, without which row it is."""
    return mark({f.name: getattr(row, f.name) for f in fields(BenefitRow) if f.name != "id"})


def _initial(row: BenefitRow) -> dict[str, Any]:
    return {**row.__dict__, "benefit_owner": row.benefit_owner_id or ""}


@dataclass
class _Written:
    """One row of the page: its form, which benefit it changes, and what stands of it."""

    form: BenefitForm
    standing: BenefitRow | None
    touched: bool


class BenefitRows:
    """All rows of the page. Rows that others have added or changed stay; one that is not well-formed keeps what stands.

    `saved_ids` says which benefits the page itself has made since it was opened, by the prefix of their row.
    """

    summary_title = gettext_lazy("Benefits")

    def __init__(
        self,
        *,
        standing: list[Benefit],
        people: list[tuple[str, str]],
        left_out: frozenset[str] = frozenset(),
        data: Mapping[str, Any] | None = None,
        more: bool = False,
        saved_ids: Mapping[str, int] | None = None,
    ) -> None:
        self.standing = {b.pk: b for b in standing}
        self.was, self.theirs = read_marks(data), theirs(data)
        self.saved_ids = saved_ids or {}
        form: Any = partial(BenefitForm, people=people, left_out=left_out)
        if data is None:
            rows = [row_of(b) for b in standing]
            self.forms = [form(prefix=f"benefits-{i}", initial=_initial(row)) for i, row in enumerate(rows)]
            if more or not self.forms:
                self.forms.append(form(prefix=f"benefits-{len(self.forms)}"))
            return
        numbers = sorted({int(found[1]) for name in data if (found := _ROW.fullmatch(name))})[:MAX_ROWS]
        self.forms = [form(prefix=f"benefits-{n}", data=data) for n in numbers]

    def marks(self) -> dict[str, BenefitRow]:
        """What stands in each row of the page, by prefix."""
        found = {}
        for form in self.forms:
            if (standing := self._standing(form)) is not None:
                found[str(form.prefix)] = standing
        return found

    def _standing_id(self, form: BenefitForm) -> int | None:
        named = str(form.data.get(form.add_prefix("id"), "") if form.is_bound else form.initial.get("id") or "")
        return int(named) if named.isascii() and named.isdigit() else self.saved_ids.get(str(form.prefix))

    def _standing(self, form: BenefitForm) -> BenefitRow | None:
        benefit = self.standing.get(self._standing_id(form) or 0)
        return row_of(benefit) if benefit else None

    def _written(self, form: BenefitForm) -> _Written:
        standing = self._standing(form)
        known = self.was.get(str(form.prefix))
        touched = True
        if form.prefix in self.theirs:
            touched = False
        elif known and not form.blank and form.is_valid():
            touched = row_mark(form.row(standing)) != known
        return _Written(form, standing, touched)

    def is_valid(self) -> bool:
        """Is every row that has something in it well-formed?"""
        return all(form.blank or form.is_valid() for form in self.forms)

    def placed(self, *, without: int | None = None) -> list[tuple[str, BenefitRow]]:
        """The rows to save, each with the prefix it has on the page (none where others have added it)."""
        found: list[tuple[str, BenefitRow]] = []
        seen = set()
        for written in map(self._written, self.forms):
            form, standing = written.form, written.standing
            seen.add(self._standing_id(form))
            if form.prefix == f"benefits-{without}":
                continue
            if not written.touched:
                found += [(str(form.prefix), standing)] if standing else []
            elif form.blank:
                continue
            elif form.is_valid():
                found.append((str(form.prefix), form.row(standing)))
            elif standing:
                found.append((str(form.prefix), standing))
        return found + [("", row_of(b)) for pk, b in self.standing.items() if pk not in seen]

    def rows(self, *, without: int | None = None) -> list[BenefitRow]:
        """The rows to save; `without` is the number of a row to take away."""
        return [row for _prefix, row in self.placed(without=without)]

    def changed(self, *, without: int | None = None) -> bool:
        """Would saving change anything?"""
        return self.rows(without=without) != [row_of(b) for b in self.standing.values()]

    def conflicts(self) -> dict[str, BenefitRow]:
        """The rows that both this page and another have changed, by prefix, with what stands."""
        found = {}
        for written in map(self._written, self.forms):
            known, standing = self.was.get(str(written.form.prefix)), written.standing
            if not written.touched or standing is None or not known or row_mark(standing) == known:
                continue
            if written.form.blank or not written.form.is_valid() or written.form.row(standing) != standing:
                found[str(written.form.prefix)] = standing
        return found

    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong) for every row."""
        return [
            (f"id_{form.add_prefix(name)}", str(error))
            for form in self.forms
            if form.is_bound and not form.blank
            for name, errors in form.errors.items()
            for error in errors
        ]
