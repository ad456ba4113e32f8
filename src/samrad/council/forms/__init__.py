"""Is what is written in a meeting well-formed?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Recommendation
from samrad.council.models import AgendaItem, Publication, Statement
from samrad.council.queries import KEPT
from samrad.documents.uploads import ACCEPT
from samrad.governance.queries import Basis

TOO_LONG = {"max_length": _("Write at most 8000 characters.")}


def _votes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a number."),
            "min_value": _("Write a number."),
            "max_value": _("Write a number below 1000."),
        },
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=500,
        widget=_area(2),
        help_text=_("Those who have been called will read it."),
        error_messages={"max_length": _("Write at most 500 characters.")},
    )


class TreatForm(forms.Form):
    """What the body found in an item."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    discussion = forms.CharField(
        label=_("Treatment"), required=False, max_length=8000, widget=_area(3), error_messages=TOO_LONG
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Recommendation.Outcome.choices,
        error_messages={"required": _("Choose what the body recommends.")},
    )
    text = forms.CharField(
        label=_("Recommendation"),
        max_length=8000,
        widget=_area(4),
        help_text=_("It goes on word for word."),
        error_messages={"required": _("Write the recommendation."), **TOO_LONG},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=8000,
        widget=_area(3),
        error_messages={"required": _("Write the reason."), **TOO_LONG},
    )


class ImpartialityForm(forms.Form):
    """A question of impartiality, and what the body found."""

    person = forms.TypedChoiceField(label=_("Member"), coerce=int, error_messages={"required": _("Choose the member.")})
    reason = forms.CharField(
        label=_("What is the question?"),
        max_length=300,
        error_messages={
            "required": _("Say what the question is."),
            "max_length": _("Write at most 300 characters."),
        },
    )
    disqualified = forms.BooleanField(label=_("The body finds the member disqualified"), required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.TypedChoiceField)
        person.choices = [("", _("Choose")), *people]


class VoteForm(forms.Form):
    """How it was voted in an item."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    votes_for = _votes(_("For"))
    votes_against = _votes(_("Against"))
    votes_blank = _votes(_("Blank"))
    casting_vote = forms.ChoiceField(
        label=_("The chair's casting vote, where it is a tie"),
        choices=[("", _("Not used")), *AgendaItem._meta.get_field("casting_vote").choices],  # type: ignore[misc]
        required=False,
    )


class StatementForm(forms.Form):
    """What a member wants in the minutes."""

    person_id = forms.TypedChoiceField(
        label=_("Member"), coerce=int, error_messages={"required": _("Choose the member.")}
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Statement.Kind.choices)
    text = forms.CharField(
        label=_("The words of the member"),
        help_text=_(
            "They stand in the minutes as they are written here. Leave it empty to take out what stands there."
        ),
        required=False,
        max_length=4000,
        widget=_area(3),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person_id"]
        assert isinstance(person, forms.TypedChoiceField)
        person.choices = [("", _("Choose")), *people]


class TimeForm(forms.Form):
    """When and where a meeting is."""

    starts_at = forms.DateTimeField(
        label=_("Starts"),
        help_text=_("Like 15.01.2027 09:00."),
        error_messages={"required": _("Say when it starts."), "invalid": _("Write the time like 15.01.2027 09:00.")},
    )
    ends_at = forms.DateTimeField(
        label=_("Ends"),
        help_text=_("Like 15.01.2027 11:00."),
        error_messages={"required": _("Say when it ends."), "invalid": _("Write the time like 15.01.2027 11:00.")},
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        error_messages={"max_length": _("Write at most 120 characters.")},
    )

    remote_link = forms.URLField(
        label=_("Link to the remote meeting"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("Write the whole address, like https://example.org/meeting.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_at") and data.get("ends_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("The meeting cannot end before it starts."))
        return data


class PlanForm(TimeForm):
    """A meeting on a free day: whose, when and where."""

    body = forms.TypedChoiceField(label=_("Council"), coerce=int)

    def __init__(self, *args: Any, bodies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        assert isinstance(body, forms.TypedChoiceField)
        body.choices, body.initial = bodies, bodies[0][0] if bodies else None
        if len(bodies) == 1:
            body.widget = forms.HiddenInput()


class MoveForm(TimeForm):
    """Another time or place, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _reason(_("Why is it moved?"))


class CancelForm(forms.Form):
    """No meeting after all, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _reason(_("Why is it cancelled?"))


class PlanItemForm(forms.Form):
    """How long an item takes, and whether the doors are closed for it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=480,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write a number."),
            "invalid": _("Write a number."),
            "min_value": _("Write a number from 1 to 480."),
            "max_value": _("Write a number from 1 to 480."),
        },
    )
    closed_code = forms.ChoiceField(
        label=_("Closed by"),
        required=False,
        help_text=_("The section of the law by which the doors are closed."),
        error_messages={"invalid_choice": _("Choose a section of the law from the register.")},
    )
    open_title = forms.CharField(
        label=_("What others read instead of the title"),
        required=False,
        max_length=120,
        help_text=_("For a closed item, in the published agenda and minutes. Write nothing that is exempt."),
        error_messages={"max_length": _("Write at most 120 characters.")},
    )

    def __init__(self, *args: Any, bases: Sequence[Basis], item: AgendaItem, **kwargs: Any) -> None:
        """`bases` are those of the register; one that was written by hand before it stands as it is."""
        super().__init__(*args, **kwargs)
        choices = [("", _("The item is open")), *[(b.code, f"{b.name} – {b.text}") for b in bases]]
        if item.closed_basis and item.closed_code not in {b.code for b in bases}:
            choices.append((KEPT, item.closed_basis))
        self.fields["closed_code"].choices = choices  # type: ignore[attr-defined]  # it is a choice


class InformationForm(forms.Form):
    """Something to be told, without a case."""

    title = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        error_messages={"required": _("Say what it is about."), "max_length": _("Write at most 200 characters.")},
    )


class UrgentForm(forms.Form):
    """A case that cannot wait, and why."""

    case_id = forms.TypedChoiceField(
        label=_("Case"), coerce=int, error_messages={"required": _("Choose a case first.")}
    )
    reason = forms.CharField(
        label=_("Why can it not wait?"),
        max_length=500,
        widget=_area(2),
        help_text=_("It stands in the minutes, and the next meeting hears of it."),
        error_messages={"required": _("Say why it cannot wait."), "max_length": _("Write at most 500 characters.")},
    )

    def __init__(self, *args: Any, cases: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.fields["case_id"]
        assert isinstance(case, forms.TypedChoiceField)
        case.choices = [("", _("Choose")), *cases]


class CorrectionForm(forms.Form):
    """What was wrong in approved minutes."""

    item_id = forms.TypedChoiceField(label=_("Which item?"), coerce=int, required=False, empty_value=None)
    text = forms.CharField(
        label=_("How should it read?"),
        max_length=8000,
        widget=_area(3),
        help_text=_("The minutes stand as they were approved. This is shown beside them."),
        error_messages={"required": _("Write how it should read."), **TOO_LONG},
    )
    reason = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=500,
        error_messages={"required": _("Say why it is corrected."), "max_length": _("Write at most 500 characters.")},
    )

    def __init__(self, *args: Any, items: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.fields["item_id"]
        assert isinstance(item, forms.TypedChoiceField)
        item.choices = [("", _("The whole meeting")), *items]


class PointForm(forms.Form):
    """Something somebody is to do after the meeting."""

    text = forms.CharField(
        label=_("What is to be done?"),
        max_length=500,
        error_messages={"required": _("Say what is to be done."), "max_length": _("Write at most 500 characters.")},
    )
    responsible_id = forms.TypedChoiceField(
        label=_("Who does it?"), coerce=int, error_messages={"required": _("Choose who is to do it.")}
    )
    due = forms.DateField(
        label=_("Deadline"),
        help_text=_("Like 15.01.2027."),
        error_messages={"required": _("Say by when."), "invalid": _("Write the date like 15.01.2027.")},
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["responsible_id"]
        assert isinstance(person, forms.TypedChoiceField)
        person.choices = [("", _("Choose")), *people]


class AttachForm(forms.Form):
    """The minutes from the other system."""

    file = forms.FileField(
        label=_("The minutes from the other system"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class PublishForm(forms.Form):
    """Which documents are published, and to whom."""

    documents = forms.MultipleChoiceField(error_messages={"required": _("Tick at least one document.")})
    audience = forms.ChoiceField(
        label=_("Who can read them?"),
        choices=Publication.Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who can read them."), "invalid_choice": _("Choose who can read them.")},
    )

    def __init__(self, *args: Any, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]  # it is a choice


class WithdrawForm(forms.Form):
    """Why a document is withdrawn."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=500,
        widget=_area(2),
        help_text=_("The reason is kept with the document."),
        error_messages={"required": _("Say why it is withdrawn."), "max_length": _("Write at most 500 characters.")},
    )


class ConsiderForm(forms.Form):
    """Whether what is held back can be shown all the same, and why (offentleglova § 11)."""

    outcome = forms.ChoiceField(
        label=_("Can it be shown all the same?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=_area(3),
        help_text=_("Those who publish read it, and those who answer a request for access. The public does not."),
        error_messages={"required": _("Say why."), "max_length": _("Write at most 1000 characters.")},
    )

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        """`outcomes` are the answers the law leaves open."""
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]  # it is a choice
        if len(outcomes) == 1:
            self.fields["outcome"].initial = outcomes[0][0]
