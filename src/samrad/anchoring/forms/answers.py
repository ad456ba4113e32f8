"""Is what was typed about anchoring well-formed?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.anchoring.models import Involvement, Request
from samrad.anchoring.policy import ANSWERS, SPOKEN, WRITTEN
from samrad.documents.uploads import ACCEPT
from samrad.organisation.models import Unit

Kind, Answer = Request.Kind, Request.Answer

# What the answers are called depends on who is asked.
LABELS: dict[str, dict[str, str | Promise]] = {
    Kind.EXPERT_GROUP: {
        Answer.RECOMMENDED: _("We support the need"),
        Answer.WITH_REMARK: _("We support it, with a remark"),
        Answer.NOT_RECOMMENDED: _("We do not support it as it stands"),
    },
    Kind.ENDORSEMENT: {
        Answer.RECOMMENDED: _("I recommend it"),
        Answer.WITH_REMARK: _("I recommend it, with a remark"),
        Answer.NOT_RECOMMENDED: _("I do not recommend it"),
        Answer.RETURNED: _("I return it, so that it can be improved"),
    },
    Kind.HEARING: {
        Answer.RECOMMENDED: _("We agree"),
        Answer.WITH_REMARK: _("We have remarks"),
        Answer.NOT_RECOMMENDED: _("We disagree"),
    },
    Kind.ESCALATION: {
        Answer.RECOMMENDED: _("I recommend it"),
        Answer.WITH_REMARK: _("I recommend it, with a remark"),
        Answer.NOT_RECOMMENDED: _("I do not recommend it"),
    },
}


class AnswerForm(forms.Form):
    """An answer: which, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect, error_messages={"required": _("Choose an answer.")}
    )
    text = forms.CharField(
        label=_("Why, or what should be kept in mind"),
        help_text=_("Must be filled in unless you say yes without a remark. Those who wrote the need will read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4000,
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)
        answer.choices = [(code, LABELS[kind][code]) for code in ANSWERS[kind]]


class RecordForm(AnswerForm):
    """An answer that was given by mail or telephone: also where it is from."""

    source = forms.CharField(
        label=_("Where is the answer from?"),
        help_text=_("For example: e-mail from Kari Nordmann, 3 November, or a call on 3 November at 10."),
        max_length=200,
        error_messages={"required": _("Say where the answer is from: which mail or call, and when.")},
    )
    how = forms.ChoiceField(
        label=_("How was the answer given?"),
        choices=[(WRITTEN, _("By e-mail or letter")), (SPOKEN, _("By telephone, or in person"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the answer was given.")},
    )
    source_file = forms.FileField(
        label=_("The e-mail or the letter"),
        help_text=_("Must be attached when the answer was written. PDF, EML, DOCX, TXT or a picture."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    field_order = ("version", "how", "source", "source_file", "answer", "text")

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(kind, *args, **kwargs)
        self.fields["answer"].label = _("The answer")


class VersionForm(forms.Form):
    """A button, with the version it was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AffectedForm(VersionForm):
    """Which sectors are affected, besides the one that owns the need."""

    affected = forms.MultipleChoiceField(
        label=_("Which other sectors does it affect?"),
        help_text=_("Each of them is heard at the same time as the sector that owns the need."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose sectors that take part.")},
    )
    # A page that shows the choice says so: where it is not shown, what was chosen stands.
    shown = forms.BooleanField(widget=forms.HiddenInput, required=False, initial=True)

    def __init__(self, *args: Any, sectors: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        affected = self.fields["affected"]
        assert isinstance(affected, forms.MultipleChoiceField)
        affected.choices = [(str(unit.pk), f"{unit.name}, {unit.owner.name}") for unit in sectors]

    def chosen(self) -> list[int] | None:
        """The ids of the sectors, or nothing where the choice was not shown."""
        data = self.cleaned_data
        return [int(pk) for pk in data["affected"]] if data["shown"] else None


class ReasonForm(VersionForm):
    """Why it should be looked at again."""

    reason = forms.CharField(
        label=_("Why should the chief executive look at it?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Write why the chief executive should look at it.")},
    )


class InvolvementForm(forms.Form):
    """Who was informed or involved: when, how, and what they said."""

    kind = forms.ChoiceField(
        label=_("Who was it?"),
        choices=Involvement.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it was.")},
    )
    held_date = forms.DateField(
        label=_("Which day?"),
        help_text=_("Day, month and year, like 23.11.2026"),
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write which day it was."), "invalid": _("Write the date like 23.11.2026.")},
    )
    who = forms.CharField(
        label=_("Who took part?"),
        help_text=_("For example: the union Fagforbundet by its representative, or the user council."),
        max_length=200,
        error_messages={"required": _("Write who took part.")},
    )
    how = forms.CharField(
        label=_("How?"),
        help_text=_("For example: a meeting, a letter or a workshop."),
        max_length=200,
        error_messages={"required": _("Write how it was done.")},
    )
    remark = forms.CharField(
        label=_("What did they say?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label=_("Where is this from?"),
        help_text=_("For example: minutes of the meeting 3 November."),
        required=False,
        max_length=200,
    )
