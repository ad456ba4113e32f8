"""What the form asks and reckons with, as an administrator changes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import count
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import AmountField, DayField, KronerField, PlainForm, VersionedForm
from samrad.initiatives.content import FIELDS, STEPS, Plan
from samrad.initiatives.screening import Question
from samrad.initiatives.valuation import Rates


class FromDayForm(VersionedForm):
    """Something that holds from a day on."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["valid_from"] = DayField(label=_("Holds from"), initial=on)

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        if day < self.on:
            raise forms.ValidationError(_t("It cannot hold from a day that has passed: what was in force then stands."))
        return day


class ServiceDeskForm(FromDayForm):
    """Where faults and orders go."""

    name = forms.CharField(label=_("What is it called?"), max_length=100, help_text=_("Example: IT-hjelp i Fjelldal."))
    url = forms.URLField(label=_("Page"), required=False, assume_scheme="https")
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("What is forwarded with one press goes here.")
    )
    phone = forms.CharField(label=_("Phone number"), required=False, max_length=30)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data.get("url") or data.get("email") or data.get("phone")):
            self.add_error("email", _t("Write at least one way to reach the service desk."))
        return data


class RatesForm(FromDayForm):
    """What cost and benefit are reckoned with."""

    hourly_kr = KronerField(
        label=_("An hour of our own people"), help_text=_("Pay with social costs and pension. Often 500 to 750 kr.")
    )
    discount_percent = AmountField(
        label=_("Rate of discount, per cent"),
        required=False,
        max_value=20,
        help_text=_("The state uses 4. Leave it empty to leave discounting out."),
    )
    horizon_years = forms.IntegerField(label=_("Years, where the need says nothing else"), min_value=1, max_value=20)
    sensitivity_percent = forms.IntegerField(label=_("Swing up and down, per cent"), min_value=0, max_value=100)
    source = forms.CharField(label=_("Where is it decided?"), required=False, max_length=200)

    def rates(self) -> Rates:
        """What was written."""
        names = ("hourly_kr", "discount_percent", "horizon_years", "sensitivity_percent")
        return Rates(**{name: self.cleaned_data[name] for name in names})


def _asked() -> list[tuple[str, str]]:
    """The fields that can be left out of a form: all but the minimum."""
    return [(f.code, f"{STEPS[f.step]}: {f.label}") for f in FIELDS if not f.minimum]


class ScopeForm(FromDayForm):
    """Which steps and fields the form has for a size class."""

    steps = forms.TypedMultipleChoiceField(
        label=_("The steps"), coerce=int, choices=list(STEPS.items()), widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=_("Where is it decided?"), required=False, max_length=200)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        optional = _asked()
        self.fields["left_out"] = forms.MultipleChoiceField(
            label=_("Questions that are left out"),
            required=False,
            choices=optional,
            widget=forms.CheckboxSelectMultiple,
            initial=sorted(plan.left_out),
        )
        self.fields["steps"].initial = list(plan.steps)
        self.kept = sorted(plan.left_out - {code for code, _label in optional})

    def clean_steps(self) -> list[int]:
        steps: list[int] = self.cleaned_data["steps"]
        if not {1, 4, 5, 6} <= set(steps):
            raise forms.ValidationError(
                _t("The need, the benefits, the costs and the responsibility are always asked: the law of the house.")
            )
        return steps


class QuestionForm(PlainForm):
    """One question of the check."""

    text = forms.CharField(label=_("Question"), max_length=200)
    help = forms.CharField(label=_("Help"), required=False, max_length=300)
    reviewer = forms.CharField(label=_("Who is called when it is yes?"), max_length=100)
    reason = forms.CharField(label=_("Why?"), max_length=300)
    law = forms.CharField(label=_("Which law?"), required=False, max_length=200)
    threshold_kr = KronerField(label=_("Probably yes from this cost on"), required=False)
    high_risk = forms.BooleanField(label=_("Yes makes the need a large one"), required=False)
    left_out = forms.BooleanField(label=_("Ask this no longer"), required=False)

    def __init__(self, *args: Any, question: Question | None, code: str, **kwargs: Any) -> None:
        self.code = code
        self.question = question
        names = ("text", "help", "reviewer", "reason", "law", "threshold_kr", "high_risk")
        initial = {name: getattr(question, name) for name in names} if question else {}
        super().__init__(*args, initial=initial, **kwargs)
        if question is None:
            self.empty_permitted = True
            del self.fields["left_out"]

    def made(self) -> Question | None:
        """The question as it is adopted; None where it is asked no longer, or nothing was written."""
        data = dict(self.cleaned_data)
        if data.pop("left_out", False) or not data.get("text"):
            return None
        return Question(code=self.code, **data)


class CheckForm(FromDayForm):
    """From when the check asks this."""


def question_forms(
    questions: Sequence[Question], data: Any = None, *, used: Collection[str] = ()
) -> list[QuestionForm]:
    """A form for each question that is asked, and an empty one for another, whose code no question has had (`used`)."""
    forms_ = [
        QuestionForm(data, question=question, code=question.code, prefix=f"q{number}")
        for number, question in enumerate(questions)
    ]
    taken = {*used, *(question.code for question in questions)}
    code = next(code for n in count(1) if (code := f"own_{n}") not in taken)
    return [*forms_, QuestionForm(data, question=None, code=code, prefix="new", use_required_attribute=False)]
