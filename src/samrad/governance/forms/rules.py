"""The forms of rules: requirements, size classes, who may send in, the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, KronerField, PlainForm, VersionedForm, choose_from
from samrad.governance.actions import Limit
from samrad.governance.forms.seats import PersonChoice
from samrad.governance.models import Requirement, Rule
from samrad.governance.policy import limits_lacks
from samrad.governance.standards import STANDARDS, Standard
from samrad.organisation.models import Entity, Person
from samrad.organisation.roles import ROLES

SIZES = [("small", _("Small")), ("medium", _("Medium")), ("large", _("Large"))]
FIRST_DAY = {"required": _("Write the first day.")}
SOURCE = {"required": _("Write where it is decided.")}


def _link(**kwargs: Any) -> forms.URLField:
    return forms.URLField(assume_scheme="https", max_length=200, required=False, widget=forms.TextInput, **kwargs)


class RequirementForm(PlainForm):
    """A requirement of one's own: a question that must be answered or confirmed before a need is sent."""

    owner = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose the organisation.")},
    )
    question = forms.CharField(
        label=_("What shall be answered or confirmed?"),
        max_length=300,
        help_text=_("As the one who sends in reads it. Example: Has the safety representative been informed?"),
        error_messages={"required": _("Write the question.")},
    )
    help = forms.CharField(label=_("Help for the one who answers"), max_length=300, required=False)
    answer = forms.ChoiceField(
        label=_("Answered with"),
        choices=[c for c in Requirement.Answer.choices if c[0] != "check"],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it is answered.")},
    )
    size_classes = forms.MultipleChoiceField(
        label=_("Asked for"),
        choices=SIZES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one size.")},
    )
    valid_from = DayField(label=_("In force from"), error_messages=FIRST_DAY)
    source = forms.CharField(label=_("Decided where"), max_length=200, error_messages=SOURCE)
    responsible = PersonChoice(
        label=_("Who owns the requirement"),
        queryset=Person.objects.none(),
        help_text=_("Can switch it off when it is no longer worth the trouble."),
        error_messages={"required": _("Choose who owns it: someone must be able to switch it off.")},
    )

    def __init__(self, *args: Any, owners: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "owner", owners, alone=True)
        choose_from(self, "responsible", people, alone=True)


class SizesForm(PlainForm):
    """The limits between small, medium and large."""

    owner = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose the organisation.")},
    )
    kr_0 = KronerField(label=_("Small costs less than"), error_messages={"required": _("Write the amount.")})
    hours_0 = forms.IntegerField(
        label=_("Small takes fewer internal hours than"),
        min_value=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number.")},
    )
    kr_1 = KronerField(label=_("Medium costs less than"), error_messages={"required": _("Write the amount.")})
    hours_1 = forms.IntegerField(
        label=_("Medium takes fewer internal hours than"),
        min_value=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number.")},
    )
    valid_from = DayField(label=_("In force from"), error_messages=FIRST_DAY)
    source = forms.CharField(label=_("Decided where"), max_length=200, error_messages=SOURCE)

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "owner", owners, alone=True)

    def limits(self) -> list[Limit]:
        """The three classes."""
        data = self.cleaned_data
        return [
            Limit(code="small", below_kr=data.get("kr_0"), below_hours=data.get("hours_0")),
            Limit(code="medium", below_kr=data.get("kr_1"), below_hours=data.get("hours_1")),
            Limit(code="large"),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kr_0") is not None and data.get("kr_1") is not None:
            rising = limits_lacks(self.limits())
            if not rising:
                self.add_error("kr_1", str(rising.reason))
        return data


class PolicyForm(VersionedForm):
    """Who may send in needs and leave ideas, and the guideline."""

    guideline = forms.CharField(
        label=_("Guideline"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Anyone reads this before the form, also without signing in. No names of people."),
        error_messages={"required": _("Write the guideline.")},
    )
    need_roles = forms.MultipleChoiceField(
        label=_("May send in needs"),
        choices=list(ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("«Employee» means everyone who works here."),
        error_messages={"required": _("Choose at least one role.")},
    )
    idea_roles = forms.MultipleChoiceField(
        label=_("May leave ideas"),
        choices=list(ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    adopted_by = forms.CharField(
        label=_("Adopted by"), max_length=120, error_messages={"required": _("Write who has adopted it.")}
    )
    valid_from = DayField(label=_("In force from"), error_messages=FIRST_DAY)
    source = _link(label=_("Link to the decision"))


class RuleForm(VersionedForm):
    """A rule of the register, or a new version of one."""

    owner = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose the organisation.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Rule.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    text = forms.CharField(
        label=_("What it says"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A check list: one point a line."),
    )
    amount = KronerField(label=_("Amount or number"), required=False)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False, help_text=_("For example kr or hours."))
    valid_from = DayField(label=_("In force from"), error_messages=FIRST_DAY)
    source = _link(label=_("Source"), help_text=_("A link to where it stands."))

    def __init__(self, *args: Any, owners: Any, of: Rule | Standard | None = None, **kwargs: Any) -> None:
        """`of` is what the new version is of; the kind of thing it is never changes."""
        super().__init__(*args, **kwargs)
        self.fields["amount"].suffix = ""  # type: ignore[attr-defined]  # the unit stands beside
        if isinstance(of, Rule):
            del self.fields["owner"]
        else:
            choose_from(self, "owner", owners, alone=True)
        if of is None:
            return
        del self.fields["kind"]
        if of.kind in Rule.STATEMENTS:
            self.fields["name"].label = _("Statement")
            del self.fields["text"], self.fields["amount"], self.fields["unit"]
        elif of.kind in (*Rule.EXEMPTING, Rule.Kind.CLOSING):
            del self.fields["amount"], self.fields["unit"]
        elif of.code in STANDARDS:
            del self.fields["text"]
            # What cannot be changed needs no help, and would stand there too pale to read.
            self.fields["unit"].disabled, self.fields["unit"].help_text = True, ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        says_all = data.get("kind") in Rule.STATEMENTS or "text" not in self.fields
        if not says_all and not data.get("text") and data.get("amount") is None and "amount" in data:
            self.add_error("text", _("Write what the rule says, or an amount."))
        return data
