"""Is a lesson well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import VersionedForm
from samrad.initiatives.models import Initiative
from samrad.portfolio.actions import LessonRow
from samrad.portfolio.models import Lesson

MOST = 4000
CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Choose one."))


def _text(label: Any, required: Any = "", help_text: Any = "") -> forms.CharField:
    errors = {"max_length": _("Write at most 4000 characters."), **({"required": required} if required else {})}
    return forms.CharField(
        label=label,
        required=bool(required),
        help_text=help_text,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=errors,
    )


class LessonForm(VersionedForm):
    """What happened, what was learnt, and who may read it."""

    title = forms.CharField(
        label=_("The lesson in one sentence"),
        max_length=200,
        error_messages={
            "required": _("Give the lesson a title."),
            "max_length": _("Write at most 200 characters."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What kind of lesson is it?"),
        choices=Lesson.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    happened = _text(_("What happened?"), _("Say what happened."))
    learnt = _text(_("What did you learn?"), _("Say what you learnt."))
    advice = _text(_("Your advice to others"), help_text=_("What should the next project do?"))
    theme = forms.ChoiceField(label=_("Theme"), choices=Lesson.Theme.choices, error_messages=CHOOSE)
    phase = forms.ChoiceField(label=_("The phase it was learnt in"), error_messages=CHOOSE)
    reach = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=Lesson.Reach.choices,
        widget=forms.RadioSelect,
        help_text=_("Where something about the project is exempt from someone, its lessons are too."),
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phase = self.fields["phase"]
        assert isinstance(phase, forms.ChoiceField)
        phase.choices = [choice for choice in Initiative.Phase.choices if choice[0] != Initiative.Phase.DONE]

    def row(self) -> LessonRow:
        """What is typed."""
        return LessonRow(**{name: value for name, value in self.cleaned_data.items() if name != "version"})
