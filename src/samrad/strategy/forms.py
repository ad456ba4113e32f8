"""Is what someone writes about strategies, plans and input well-formed?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import AmountField, DayField, KronerField, PlainForm, VersionedForm, choose_from
from samrad.organisation.models import Entity, Person
from samrad.strategy.models import ActionPlan, ActionPoint, ElectedInput, FocusArea, Goal

YEARS = (2000, 2100)


def _text(label: Any, missing: Any = "", *, most: int = 4000, rows: int = 4, **kwargs: Any) -> forms.CharField:
    errors = {"required": missing} if missing else {}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=most, required=bool(missing), widget=widget, error_messages=errors, **kwargs
    )


def _line(label: Any, missing: Any = "", *, most: int = 200, **kwargs: Any) -> forms.CharField:
    errors = {"required": missing} if missing else {}
    return forms.CharField(label=label, max_length=most, required=bool(missing), error_messages=errors, **kwargs)


def _day(label: Any, missing: Any = "") -> DayField:
    return DayField(label=label, required=bool(missing), error_messages={"required": missing} if missing else {})


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=YEARS[0],
        max_value=YEARS[1],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the year."),
            "invalid": _("Write the year with four digits."),
            "min_value": _("Write the year with four digits."),
            "max_value": _("Write the year with four digits."),
        },
    )


class StrategyForm(PlainForm):
    """Period, vision and principles of a strategy."""

    title = _line(_("Name of the strategy"), _("Write the name."), help_text=_("As it was adopted, with the period."))
    valid_from = _day(_("Holds from"), _("Write the first day."))
    valid_to = _day(_("Holds until"), _("Write the last day."))
    vision = _line(_("Vision"), most=400, help_text=_("One sentence that people remember."))
    principles = _text(_("Principles"), help_text=_("One on each line. Example: Once only."), rows=6)
    warn_days = forms.IntegerField(
        label=_("How many days before it runs out should we warn?"),
        initial=180,
        min_value=1,
        max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Administrators and the head of the secretariat get the warning."),
        error_messages={"required": _("Write a number of days."), "invalid": _("Write a whole number of days.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day cannot be before the first."))
        return data


class NewStrategyForm(StrategyForm):
    """Whose strategy it is, too."""

    owner = forms.ModelChoiceField(
        label=_("Whose strategy is it?"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose whose strategy it is.")},
    )
    field_order = ["owner", "title"]

    def __init__(self, *args: Any, owners: QuerySet[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "owner", owners)
        found = list(owners[:2])
        if len(found) == 1:
            self.fields["owner"].initial = found[0]


class ChangeStrategyForm(VersionedForm, StrategyForm):
    """A draft that two may write."""


class AdoptForm(VersionedForm):
    """Who adopted it, when, and where that is written."""

    adopted_by = _line(
        _("Adopted by"), _("Write which body adopted it."), most=120, help_text=_("For example the municipal council.")
    )
    adopted_date = _day(_("Date"), _("Write the date it was adopted."))
    case_number = _line(_("Case number"), most=40, help_text=_("For example 42/2026."))
    source = forms.URLField(
        label=_("Link to the decision"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole address, like https://example.no/case.")},
    )


class AreaForm(PlainForm):
    """A focus area."""

    name = _line(_("Focus area"), _("Write what the focus area is called."), most=120)
    description = _text(_("What does it mean?"), rows=3)


class GoalForm(PlainForm):
    """A goal."""

    text = _line(_("Goal"), _("Write the goal."), most=300, help_text=_("What is to be true when it is reached?"))


class IndicatorForm(PlainForm):
    """An indicator."""

    name = _line(
        _("Indicator"), _("Write what is measured."), help_text=_("Example: inhabitants who answer digitally.")
    )
    unit = _line(_("Unit"), most=40, help_text=_("Per cent, hours, number …"))
    baseline = AmountField(
        label=_("Baseline"), min_value=None, error_messages={"required": _("Write how it is today.")}
    )
    target = AmountField(label=_("Target"), min_value=None, error_messages={"required": _("Write how it is to be.")})
    target_date = _day(_("By when?"), _("Write when the target is to be reached."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("baseline") is not None and data.get("baseline") == data.get("target"):
            self.add_error("target", _("The target must be another number than the baseline."))
        return data


class MeasurementForm(PlainForm):
    """A value on a day."""

    value = AmountField(label=_("Value"), min_value=None, error_messages={"required": _("Write the value.")})
    measured_on = _day(_("Measured"), _("Write the day it was measured."))
    note = _line(_("Where is it from?"), most=300)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["measured_on"].initial = today

    def clean_measured_on(self) -> date:
        day: date = self.cleaned_data["measured_on"]
        if day > self.today:
            raise forms.ValidationError(_("The value cannot be from a day that has not come."))
        return day


class PlanChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """A choice of action plans, named by their year."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.year)


class PlanForm(PlainForm):
    """Which year, and what comes with it from another."""

    year = _year(_("Year"))
    carry_from = PlanChoice(
        label=_("Take unfinished points from"),
        queryset=ActionPlan.objects.none(),
        required=False,
        empty_label=_("No plan: begin with an empty one"),
        help_text=_("Points that are planned or under way come with it. The old plan stands as it is."),
    )

    def __init__(self, *args: Any, plans: QuerySet[ActionPlan], taken: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        choose_from(self, "carry_from", plans)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        year, old = data.get("year"), data.get("carry_from")
        if year in self.taken:
            self.add_error("year", _("There is an action plan for this year already."))
        if year and old and old.year >= year:
            self.add_error("carry_from", _("Choose a plan from an earlier year."))
        return data


class PointForm(VersionedForm):
    """A point of an action plan."""

    title = _line(_("What is to be done?"), _("Write what is to be done."))
    description = _text(_("More about it"), rows=3)
    area = forms.ModelChoiceField(
        label=_("Focus area"),
        queryset=FocusArea.objects.none(),
        error_messages={"required": _("Choose a focus area.")},
    )
    goal = forms.ModelChoiceField(label=_("Goal"), queryset=Goal.objects.none(), required=False)
    responsible = forms.ModelChoiceField(label=_("Responsible"), queryset=Person.objects.none(), required=False)
    due_date = _day(_("Deadline"))
    cost_kr = KronerField(label=_("Cost"), required=False)

    def __init__(
        self, *args: Any, areas: QuerySet[FocusArea], goals: QuerySet[Goal], people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "area", areas)
        choose_from(self, "goal", goals)
        choose_from(self, "responsible", people)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        area, goal = data.get("area"), data.get("goal")
        if area and goal and goal.area_id != area.pk:
            self.add_error("goal", _("Choose a goal in the same focus area."))
        return data


class ReassignForm(VersionedForm):
    """Another responsible person or deadline."""

    responsible = forms.ModelChoiceField(label=_("Responsible"), queryset=Person.objects.none(), required=False)
    due_date = _day(_("Deadline"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "responsible", people)


class StatusForm(VersionedForm):
    """How a point goes."""

    status = forms.ChoiceField(label=_("How does it go?"), choices=ActionPoint.Status.choices)
    note = _text(_("A word about it"), rows=3, help_text=_("Say why where it is dropped or late."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("status") == ActionPoint.Status.DROPPED and not str(data.get("note", "")).strip():
            self.add_error("note", _("Say why the point is dropped."))
        return data


class RoundForm(PlainForm):
    """What the elected are asked, and when."""

    year = _year(_("Year"))
    question = _text(
        _("What do you ask them?"), _("Write what you ask the elected."), rows=4, help_text=_("One or two questions.")
    )
    opens_on = _day(_("Opens"), _("Write the first day."))
    closes_on = _day(_("Closes"), _("Write the last day."))

    def __init__(self, *args: Any, taken: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("year") in self.taken:
            self.add_error("year", _("The elected are asked already this year."))
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day cannot be before the first."))
        return data


class InputForm(PlainForm):
    """What an elected representative means."""

    text = _text(_("Your input"), _("Write what you mean."), rows=6)


class RecordInputForm(PlainForm):
    """What an elected representative said elsewhere, with the source."""

    said_by = forms.ModelChoiceField(label=_("Who said it?"), queryset=Person.objects.none(), required=False)
    said_by_name = _line(_("Or which body, or who not in the list?"), most=160)
    text = _text(_("What was said"), _("Write what was said."), rows=5)
    source = _line(_("Where was it said?"), _("Say where: meeting, minutes or mail."), most=300)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="record_%s", **kwargs)
        choose_from(self, "said_by", people)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("said_by") and not data.get("said_by_name"):
            self.add_error("said_by", _("Choose who said it, or write it below."))
        return data


class AnswerForm(PlainForm):
    """What came of an input, and why."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[("", _("Choose")), *ElectedInput.Outcome.choices],
        error_messages={"required": _("Choose what came of it.")},
    )
    answer = _text(
        _("Why?"), _("Say why, in a sentence or two."), rows=5, help_text=_("Everyone in the house can read it.")
    )
