"""Costs year by year: one row a year, without a script; left alone, the usual spread holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.initiatives.content import MAX_YEARS, YEAR_PARTS
from samrad.initiatives.forms.marks import mark, read_marks, theirs
from samrad.initiatives.forms.numbers import KronerField, WholeNumberField
from samrad.initiatives.valuation import Year

LABELS = {
    "one_off": gettext_lazy("One-off cost"),
    "running": gettext_lazy("Running cost"),
    "hours": gettext_lazy("Internal hours"),
    "gain": gettext_lazy("Share of the benefits"),
}


def plain(year: Year) -> dict[str, str]:
    """A year as it is kept."""
    return {
        "one_off": f"{year.one_off.normalize():f}",
        "running": f"{year.running.normalize():f}",
        "hours": str(year.hours),
        "gain": str(year.gain_percent),
    }


class YearForm(forms.Form):
    """One year."""

    def __init__(self, *, number: int, **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        self.number = number
        self.total = Decimal((self.initial or {}).get("one_off") or 0) + Decimal(
            (self.initial or {}).get("running") or 0
        )
        self.fields["one_off"] = KronerField()
        self.fields["running"] = KronerField()
        self.fields["hours"] = WholeNumberField(most=1_000_000)
        self.fields["gain"] = WholeNumberField(most=100)
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = _("%(what)s, year %(n)s") % {"what": LABELS[name], "n": number}
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                field.widget.attrs["aria-describedby"] = f"id_{self.prefix}-{name}_error"

    def value(self) -> dict[str, str]:
        """The year as it is kept."""
        said = {name: Decimal(self.cleaned_data.get(name) or 0) for name in YEAR_PARTS}
        return {name: f"{amount.normalize():f}" for name, amount in said.items()}


class YearRows:
    """The whole table."""

    columns = LABELS

    def __init__(self, *, standing: Sequence[Year], data: Mapping[str, Any] | None = None) -> None:
        self.standing = [plain(year) for year in standing][: MAX_YEARS + 1]
        self.was = read_marks(data)
        self.theirs = "years" in theirs(data)
        posted = data is not None and any(name.startswith("year-") for name in data)
        self.data = data if posted else None
        self.forms = [
            YearForm(
                number=number,
                prefix=f"year-{number}",
                data=self.data,
                initial={
                    "one_off": Decimal(row["one_off"]),
                    "running": Decimal(row["running"]),
                    "hours": int(row["hours"]),
                    "gain": int(row["gain"]),
                },
            )
            for number, row in enumerate(self.standing)
        ]

    def totals(self) -> dict[str, Any]:
        """What stands, added up by column."""
        one_off = [Decimal(row["one_off"]) for row in self.standing]
        running = [Decimal(row["running"]) for row in self.standing]
        both = [a + b for a, b in zip(one_off, running, strict=True)]
        return {"one_off": sum(one_off), "running": sum(running), "all": sum(both)}

    def is_valid(self) -> bool:
        """Is every year well-formed?"""
        return self.data is None or all(form.is_valid() for form in self.forms)

    def marks(self) -> dict[str, Any]:
        """What stands, for the marks of the page."""
        return {"years": self.standing}

    def changed(self) -> list[dict[str, str]] | None:
        """The table to save, or None where it is untouched or not well-formed."""
        if self.data is None or self.theirs or not self.is_valid():
            return None
        rows = [form.value() for form in self.forms]
        untouched = self.was.get("years") == mark(rows) or rows == self.standing
        return None if untouched else rows

    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong) for every year."""
        return [
            (f"id_{form.add_prefix(name)}", f"{_('Year %(n)s') % {'n': form.number}}: {error}")
            for form in self.forms
            if form.is_bound
            for name, errors in form.errors.items()
            for error in errors
        ]
