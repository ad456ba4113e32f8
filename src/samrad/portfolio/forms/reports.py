"""Is what a report is asked to be about, and what the board said of it, well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dateformat import format as day_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, PlainForm, VersionedForm
from samrad.portfolio.models import ReportTreatment
from samrad.portfolio.queries import Period, Scope


def scope_words(scope: Scope) -> str:
    """What a report is about, to choose from."""
    words = {
        "portfolio": _now("The whole portfolio: %(name)s"),
        "house": _now("All portfolios of %(name)s"),
        "municipality": _now("Municipality: %(name)s"),
        "sector": _now("Sector: %(name)s"),
    }
    return words[scope.kind] % {"name": scope.name}


def period_words(period: Period) -> str:
    """A period with its days, and when the annual cycle says it is reported."""
    words = {"tertial": _now("Tertial %(number)s %(year)s"), "quarter": _now("Quarter %(number)s %(year)s")}
    said = words[period.rhythm] % {"number": period.number, "year": period.start.year}
    if period.reporting is not None:
        told = {"day": day_format(period.reporting.starts_on, "j. F Y"), "title": period.reporting.title}
        said += " – " + _now("reported %(day)s (%(title)s)") % told
    return said


class ReportForm(PlainForm):
    """What a new report is about. Left out, it is about the whole portfolio this quarter."""

    scope = forms.ChoiceField(label=_("What is the report about?"), required=False)
    period = forms.ChoiceField(
        label=_("Which period?"), required=False, help_text=_("The reporting dates are those of the annual cycle.")
    )

    def __init__(self, *args: Any, scopes: list[Scope], periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scopes, self._periods = {s.code: s for s in scopes}, {p.code: p for p in periods}
        wrong = {"invalid_choice": _("Choose one from the list.")}
        for name, choices in (
            ("scope", [(s.code, scope_words(s)) for s in scopes]),
            ("period", [(p.code, period_words(p)) for p in periods]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.error_messages |= wrong

    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        scope, period = (
            self._scopes.get(self.cleaned_data["scope"]),
            self._periods.get(self.cleaned_data["period"]),
        )
        return {"scope": scope, "period": (period.start, period.end) if period else None}


class TreatmentForm(VersionedForm):
    """When and how the portfolio board treated the report."""

    treated_on = DayField(
        label=_("When did the board treat it?"), error_messages={"required": _("Write the day, like 31.12.2027.")}
    )
    outcome = forms.ChoiceField(
        label=_("What did the board do?"),
        choices=ReportTreatment.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the board did.")},
    )
    text = forms.CharField(
        label=_("What the board said"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Remarks, and what the board asks for. Needed where it had remarks or sent it back."),
        error_messages={"max_length": _("Write at most 2000 characters.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") not in (None, "", ReportTreatment.Outcome.NOTED) and not data.get("text", "").strip():
            self.add_error("text", _("Say what the board remarked."))
        return data
