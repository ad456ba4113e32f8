"""Is a gate's check list, and the decision at the gate, well-formed?"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, PlainForm, VersionedForm, choose_from
from samrad.initiatives.models import Initiative
from samrad.portfolio.actions import NewGateCondition
from samrad.portfolio.models import GateReview
from samrad.portfolio.policy import conditions_lack

MOST = 500
EXTRA = 3
CONDITIONS = 3
CONDITION = ("text", "responsible", "due")


class GateForm(VersionedForm):
    """An answer and a note to each question of the check list."""

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for code, text in questions:
            self.fields[code] = forms.ChoiceField(
                label=text, required=False, choices=GateReview.Answer.choices, widget=forms.RadioSelect
            )
            self.fields[f"{code}_note"] = forms.CharField(
                label=_("Note"),
                required=False,
                max_length=MOST,
                help_text=_("Where it stands, or why not."),
                error_messages={"max_length": _("Write at most 500 characters.")},
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each question with its note, for the page."""
        return [(self[code], self[f"{code}_note"]) for code, _text in self.questions]

    def answers(self) -> dict[str, dict[str, str]]:
        """What is answered, by question."""
        data = self.cleaned_data
        return {code: {"answer": data[code], "note": data[f"{code}_note"]} for code, _text in self.questions}


class GateDecisionForm(VersionedForm):
    """Whether the project passes, and why."""

    prefix = "d"
    passes = forms.ChoiceField(
        label=_("What do you decide here?"),
        choices=[("yes", _("The project goes on")), ("no", _("Not yet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide here.")},
    )
    text = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why. It stands in the project's history."),
            "max_length": _("Write at most 2000 characters."),
        },
    )

    def __init__(self, *args: Any, people: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for number in range(CONDITIONS):
            self.fields[f"c{number}_text"] = forms.CharField(
                label=_("Condition"),
                required=False,
                max_length=MOST,
                error_messages={"max_length": _("Write at most 500 characters.")},
            )
            self.fields[f"c{number}_responsible"] = forms.ModelChoiceField(
                people, label=_("Responsible"), required=False
            )
            self.fields[f"c{number}_due"] = DayField(label=_("Deadline"), required=False, help_text="")
            choose_from(self, f"c{number}_responsible", people, empty=_("Choose a person"), label=lambda p: p.name)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number, row in self.conditions().items():
            for lack in conditions_lack([(row.text, row.responsible_id, row.due)], on=self.today):
                name = lack.anchor.replace("id_c0", f"c{number}")
                if name not in self.errors:
                    self.add_error(name, lack.text)
        return data

    def lines(self) -> list[list[Any]]:
        """The fields of each condition, for the page."""
        return [[self[f"c{number}_{name}"] for name in CONDITION] for number in range(CONDITIONS)]

    def conditions(self) -> dict[int, NewGateCondition]:
        """What is typed, by its line; a line with nothing in it is left out."""
        found = {}
        for number in range(CONDITIONS):
            text, who, due = (self.cleaned_data.get(f"c{number}_{name}") for name in CONDITION)
            if text or who or due:
                found[number] = NewGateCondition(text=text or "", responsible_id=who.pk if who else None, due=due)
        return found


class ConditionMetForm(PlainForm):
    """How a condition was met."""

    note = forms.CharField(
        label=_("How was it met?"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say how it was met."), "max_length": _("Write at most 500 characters.")},
    )


class ChecklistForm(VersionedForm):
    """What a gate asks, a line for each question; an empty line is taken away."""

    body_sizes = forms.MultipleChoiceField(
        label=_("The body decides for"),
        help_text=_("For the others the project owner decides."),
        choices=Initiative.Size.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    valid_from = DayField(label=_("Holds from"), error_messages={"required": _("Write the first day it holds.")})
    source = forms.CharField(label=_("Source"), required=False, max_length=200)

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _text in questions] + [f"own_{n}" for n in self._free(questions)]
        texts = dict(questions)
        for code in self.codes:
            self.fields[f"q_{code}"] = forms.CharField(
                label=_("Question") if code in texts else _("One more question"),
                required=False,
                max_length=300,
                initial=texts.get(code, ""),
                error_messages={"max_length": _("Write at most 300 characters.")},
            )
        self.order_fields(["version", *(f"q_{code}" for code in self.codes), "body_sizes", "valid_from", "source"])

    @staticmethod
    def _free(questions: list[tuple[str, str]]) -> range:
        taken = [int(found[1]) for code, _text in questions if (found := re.fullmatch(r"own_(\d+)", code))]
        first = max(taken, default=0) + 1
        return range(first, first + EXTRA)

    def asked(self) -> list[tuple[str, str]]:
        """The questions that are kept, in their order."""
        return [(code, self.cleaned_data[f"q_{code}"]) for code in self.codes]
