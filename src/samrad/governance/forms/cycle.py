"""Is what is typed about the annual cycle well-formed?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, PlainForm, VersionedForm
from samrad.core.workdays import is_workday
from samrad.governance.actions import Rhythm, UsualChoice
from samrad.governance.models import DATE_KINDS, Body, CycleKind

CLOSED = _("The office is closed that day. Choose a working day.")
MOST_DAYS = 365  # as in a mandate


def _number(label: Any, *, least: int, most: int, help_text: Any = "") -> forms.IntegerField:
    wrong = _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H.%M", "%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H.%M", attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the time like 09.00."), "invalid": _("Write the time like 09.00.")},
    )


def _text(label: Any, most: int, **more: Any) -> forms.CharField:
    errors = {"max_length": _("Write at most %(most)s characters.") % {"most": most}, **more.pop("errors", {})}
    return forms.CharField(label=label, max_length=most, error_messages=errors, **more)


def _day(label: Any, **more: Any) -> DayField:
    return DayField(label=label, help_text="", **more)


class ChooseYearForm(PlainForm):
    """Whose year, and which."""

    body = forms.TypedChoiceField(label=_("Body"), coerce=int)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, bodies: list[Body], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(b.pk, f"{b.name}, {b.owner.name}") for b in bodies]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class RhythmForm(PlainForm):
    """How a body meets in a year."""

    meetings = _number(_("Meetings in the year"), least=1, most=52)
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=[(n, WEEKDAYS[n]) for n in range(5)])
    starts = _time(_("Starts at"))
    minutes = _number(_("Length in minutes"), least=15, most=600)
    place = _text(_("Place"), 120, required=False)
    ordinary_days = _number(_("Ordinary cases: days before"), least=0, most=MOST_DAYS)
    urgent_days = _number(_("Urgent cases: days before"), least=0, most=MOST_DAYS)
    notice_days = _number(_("Notice of meeting: days before"), least=0, most=MOST_DAYS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ordinary, urgent = data.get("ordinary_days"), data.get("urgent_days")
        if ordinary is not None and urgent is not None and urgent > ordinary:
            self.add_error("urgent_days", _("Urgent cases cannot have an earlier deadline than ordinary ones."))
        return data

    def rhythm(self) -> Rhythm:
        return Rhythm(**self.cleaned_data)


class MeetingRow(PlainForm):
    """One of the proposed meetings: on or not, and when."""

    on = forms.BooleanField(label=_("Lay out"), required=False)
    day = _day(_("Day"), required=False)
    starts = _time(_("Time"))

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if not self.cleaned_data.get("on"):
            return day
        if day is None:
            raise forms.ValidationError(_("Write the date like 23.11.2026."))
        if day.year != self.year:
            raise forms.ValidationError(_("The day must be in %(year)s.") % {"year": self.year})
        if not is_workday(day):
            raise forms.ValidationError(CLOSED)
        return day


class UsualRow(PlainForm):
    """One of the usual dates: on or not, and when."""

    on = forms.BooleanField(label=_("Lay out"), required=False)
    starts_on = _day(_("From"), required=False)
    ends_on = _day(_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") and not self.errors:
            if data.get("starts_on") is None:
                self.add_error("starts_on", _("Write the date like 23.11.2026."))
            elif data.get("ends_on") and data["ends_on"] < data["starts_on"]:
                self.add_error("ends_on", _("The last day cannot come before the first."))
        return data

    def choice(self, code: str) -> UsualChoice | None:
        data = self.cleaned_data
        return UsualChoice(code, data["starts_on"], data["ends_on"]) if data["on"] else None


class DateForm(VersionedForm):
    """A date or a period in the annual cycle."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=DATE_KINDS)
    title = _text(_("Title"), 120, errors={"required": _("Say what the date is for.")})
    starts_on = DayField(label=_("Date, or the first day"), error_messages={"required": _("Say which day.")})
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Only for a period."))
    note = _text(_("Note"), 500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day cannot come before the first."))
        return data


class NewDateForm(DateForm):
    """A new date: whose, and perhaps about which body."""

    body = forms.TypedChoiceField(label=_("Body"), coerce=int, required=False, empty_value=None)
    owner = forms.TypedChoiceField(label=_("Organisation"), coerce=int)

    def __init__(self, *args: Any, bodies: list[Body], owners: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body, owner = self.fields["body"], self.fields["owner"]
        body.choices = [("", _("Not about one body")), *((b.pk, b.name) for b in bodies)]  # type: ignore[attr-defined]
        owner.choices = owners  # type: ignore[attr-defined]
        if len(owners) == 1:
            owner.widget, owner.initial = forms.HiddenInput(), owners[0][0]


class PlannedForm(VersionedForm):
    """Another day, place or deadline for a planned meeting."""

    day = DayField(label=_("Day of the meeting"), error_messages={"required": _("Say which day.")})
    starts = _time(_("Starts at"))
    ends = _time(_("Ends at"))
    place = _text(_("Place"), 120, required=False)
    submission_deadline = DayField(
        label=_("Last day to send in ordinary cases"), error_messages={"required": _("Say which day.")}
    )
    urgent_deadline = DayField(label=_("Last day for urgent cases"), required=False)
    notice_date = DayField(label=_("The notice is sent at the latest"), required=False)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not is_workday(day):
            raise forms.ValidationError(CLOSED)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The meeting cannot end before it starts."))
        for name in ("submission_deadline", "urgent_deadline", "notice_date"):
            if data.get(name) and data.get("day") and data[name] >= data["day"]:
                self.add_error(name, _("The deadline must come before the meeting."))
        return data


class CancelDateForm(VersionedForm):
    """Why a date falls away."""

    reason = _text(
        _("Why is it cancelled?"),
        500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those who follow the annual cycle will read it."),
        errors={"required": _("Say why. Those who follow the annual cycle will read it.")},
    )


class FollowForm(PlainForm):
    """What one follows."""

    bodies = forms.TypedMultipleChoiceField(
        label=_("Bodies"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of dates"),
        choices=CycleKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].choices = [(b.pk, b.name) for b in bodies]  # type: ignore[attr-defined]
