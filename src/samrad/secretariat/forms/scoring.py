"""The forms of scoring and of the order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, PlainForm, VersionedForm
from samrad.governance.queries import SCORES, Criterion
from samrad.organisation.models import Person


def _with_house(person: Person) -> str:
    return f"{person.name}, {person.owner.name}"


class ScoringForm(VersionedForm):
    """Who scores, and what stands outside the score."""

    assessors = forms.ModelMultipleChoiceField(
        label=_("Who score the case?"),
        help_text=_("At least two of the secretariat or the council. Those who are named in the case cannot."),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two who score, each on their own.")},
    )
    must_do = forms.BooleanField(label=_("A law or an authority demands it"), required=False)
    security = forms.BooleanField(label=_("Security or preparedness demands it"), required=False)
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    contract_end = DayField(label=_("A contract ends"), required=False)
    flag_reason = forms.CharField(
        label=_("Why is it otherwise than the last time?"),
        help_text=_("Must be said when the case is scored anew and something here is changed."),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assessors"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = people
        field.label_from_instance = _with_house  # type: ignore[assignment, method-assign]


class FlagsForm(VersionedForm):
    """What stands outside the score, changed after the scoring has begun, and why."""

    must_do = forms.BooleanField(label=_("A law or an authority demands it"), required=False)
    security = forms.BooleanField(label=_("Security or preparedness demands it"), required=False)
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    contract_end = DayField(label=_("A contract ends"), required=False)
    reason = forms.CharField(
        label=_("Why is it changed?"),
        help_text=_("It was fixed when the scoring began. Everyone who reads the scores sees the change."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )


class AssessorForm(VersionedForm):
    """One more who scores."""

    person = forms.ModelChoiceField(
        label=_("Ask one more to score"),
        queryset=Person.objects.none(),
        error_messages={"required": _("Choose one.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
        field.label_from_instance = _with_house  # type: ignore[assignment, method-assign]


def _choices(one: Criterion) -> list[tuple[int, str]]:
    words = {1: one.low, 3: one.middle, 5: one.high}
    return [(n, f"{n}: {words[n]}" if n in words else str(n)) for n in SCORES]


class ScoreForm(PlainForm):
    """A number and perhaps a reason for each criterion, with the words for 1, 3 and 5 beside them."""

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], given: Mapping[str, Mapping[str, Any]], **kwargs: Any
    ) -> None:
        start: dict[str, Any] = {}
        for number, one in enumerate(criteria):
            said = given.get(one.code, {})
            start |= {f"score_{number}": said.get("score"), f"reason_{number}": said.get("reason")}
        super().__init__(*args, initial=start, **kwargs)
        self.criteria = criteria
        for number, one in enumerate(criteria):
            self.fields[f"score_{number}"] = forms.TypedChoiceField(
                label=str(one.name),
                choices=_choices(one),
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose from 1 to 5."), "invalid_choice": _("Choose from 1 to 5.")},
            )
            self.fields[f"reason_{number}"] = forms.CharField(
                label=_t("Why: %(criterion)s") % {"criterion": one.name},
                help_text=_("Must be said when you give 1 or 5."),
                max_length=1000,
                required=False,
            )

    def rows(self) -> Iterator[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """Each criterion with its two fields."""
        for number, one in enumerate(self.criteria):
            yield one, self[f"score_{number}"], self[f"reason_{number}"]

    def given(self) -> dict[str, dict[str, Any]]:
        """What was given, by the criterion's code."""
        data = self.cleaned_data
        return {
            one.code: {"score": data.get(f"score_{n}"), "reason": data.get(f"reason_{n}", "")}
            for n, one in enumerate(self.criteria)
        }


class WithdrawForm(PlainForm):
    """That one has an interest in the case."""

    reason = forms.CharField(
        label=_("What is your interest in the case?"),
        max_length=500,
        error_messages={"required": _("Say what your interest in the case is.")},
    )


class PlaceForm(VersionedForm):
    """Where the body places a case, and why."""

    place = forms.IntegerField(
        label=_("Place in the order"),
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write a place from 1."),
            "invalid": _("Write a place from 1."),
            "min_value": _("Write a place from 1."),
        },
    )
    reason = forms.CharField(
        label=_("Why does the body place it elsewhere?"),
        help_text=_("Everyone who sees the order can read it. Say in which meeting it was decided."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say why the body places it elsewhere. Everyone can read it.")},
    )
