"""Is what someone types to sign in, or an administrator about people, well-formed?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm, choose_from
from samrad.organisation.models import (
    Account,
    Entity,
    Person,
    RoleAssignment,
    Unit,
)
from samrad.organisation.notices import GROUPS, choices_for
from samrad.organisation.roles import ROLES

MIN_PASSWORD = 12  # as in AUTH_PASSWORD_VALIDATORS


class SignInForm(forms.Form):
    """E-mail and password."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the e-mail address like name@example.no."),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                field.widget.attrs["aria-describedby"] = f"id_{name}_error"


class VersionForm(PlainForm):
    """Which version of the person the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def day_field(label: Any, missing: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=_("Day, month and year, like 23.11.2026"),
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": missing, "invalid": _("Write the date like 23.11.2026.")},
    )


class AskForm(PlainForm):
    """Whose password is forgotten."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the e-mail address like name@example.no."),
        },
    )


def _password(label: Any, use: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1024,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": use}),
        error_messages={"required": _("Write a password.")},
    )


class ChoosePasswordForm(PlainForm):
    """A new password, twice."""

    password = _password(
        _("New password"),
        "new-password",
        _("At least 12 characters. A sentence is easy to remember and hard to guess."),
    )
    again = _password(_("The new password again"), "new-password")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if len(password) < MIN_PASSWORD:
            raise forms.ValidationError(_("The password is too short. Write at least 12 characters."))
        try:
            validate_password(password, self.account)
        except forms.ValidationError:
            raise forms.ValidationError(_("The password is easy to guess. Choose another.")) from None
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return data


class ChangePasswordForm(ChoosePasswordForm):
    """The password one has, and the new one twice."""

    field_order = ["current", "password", "again"]
    current = _password(_("Your password now"), "current-password")


class FindForm(PlainForm):
    """What the list of people is narrowed to. A choice that does not exist is left out, never an error."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    entity = forms.ChoiceField(label=_("Organisation"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *ROLES.items()])
    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Those who are here now")), ("never", _("Has never signed in")), ("left", _("Has left"))],
    )

    def __init__(self, *args: Any, entities: Iterable[Entity], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="find_%s", **kwargs)
        self._choice("entity", [("", _("All")), *((str(e.pk), e.name) for e in entities)])

    def _choice(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def chosen(self) -> dict[str, str]:
        """What is asked for, as far as it exists."""
        self.is_valid()
        data = self.cleaned_data
        return {"text": data.get("q", ""), **{name: data.get(name, "") for name in ("entity", "role", "state")}}


NAME = {"required": _("Write the name.")}


class ChangePersonForm(VersionForm):
    """What is written about a person."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages=NAME)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    unit = forms.ModelChoiceField(label=_("Sector or unit"), queryset=Unit.objects.none(), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("nb", _("Bokmål")), ("nn", _("Nynorsk"))])

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", units, label=unit_name)


class PersonForm(PlainForm):
    """A new person, perhaps with a first role."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages=NAME)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The person signs in with this address."),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write the e-mail address like name@example.no."),
        },
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    entity = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose where the person works or is elected.")},
    )
    unit = forms.ModelChoiceField(label=_("Sector or unit"), queryset=Unit.objects.none(), required=False)
    role = forms.ChoiceField(
        label=_("First role"),
        required=False,
        choices=[("", _("Only employee")), *((code, label) for code, label in ROLES.items() if code != "employee")],
        help_text=_("Everyone who works here is an employee. You can give more roles afterwards."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("nb", _("Bokmål")), ("nn", _("Nynorsk"))])

    def __init__(self, *args: Any, entities: QuerySet[Entity], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "entity", entities, alone=True)
        choose_from(self, "unit", units, label=unit_name)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit, entity = data.get("unit"), data.get("entity")
        if unit and entity and unit.owner_id != entity.pk:
            self.add_error("unit", _("Choose a sector or unit in the same organisation."))
        if data.get("role") == "sector_head" and not unit:
            self.add_error("unit", _("Choose the sector that the person leads."))
        return data


class RoleForm(PlainForm):
    """A role with dates and scope."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose")), *((code, label) for code, label in ROLES.items() if code != "employee")],
        error_messages={"required": _("Choose a role.")},
    )
    entity = forms.ModelChoiceField(
        label=_("For"), queryset=Entity.objects.none(), error_messages={"required": _("Choose whom the role is for.")}
    )
    unit = forms.ModelChoiceField(
        label=_("Sector or unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("A head of sector has one."),
    )
    field = forms.ChoiceField(
        label=_("Professional field"), required=False, help_text=_("A head of expert group has one.")
    )
    valid_from = day_field(_("From"), _("Write the first day."))
    valid_to = day_field(_("To and including"), required=False)

    def __init__(
        self,
        *args: Any,
        entities: QuerySet[Entity],
        units: QuerySet[Unit],
        fields: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id="role_%s", **kwargs)
        choose_from(self, "entity", entities)
        choose_from(self, "unit", units, label=unit_name)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None")), *((str(pk), name) for pk, name in fields)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last, role = data.get("valid_from"), data.get("valid_to"), data.get("role")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day cannot be before the first."))
        if role == "sector_head" and not data.get("unit"):
            self.add_error("unit", _("Choose the sector that the person leads."))
        if role == "expert_group_lead" and not data.get("field"):
            self.add_error("field", _("Choose the field of the expert group."))
        if role != "sector_head":
            data["unit"] = None  # the person's own unit is suggested, and means nothing for other roles
        return data


class EndRoleForm(PlainForm):
    """The last day of a role."""

    last_day = day_field(_("Last day"), _("Write the last day."))


class UnitForm(PlainForm):
    """A sector or a unit."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages=NAME)
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.Kind.choices)
    entity = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose the organisation.")},
    )
    parent = forms.ModelChoiceField(
        label=_("Stands under"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("A unit stands under a sector."),
    )

    def __init__(self, *args: Any, entities: QuerySet[Entity], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "entity", entities, alone=True)
        choose_from(self, "parent", units, empty=_("Nothing"), label=unit_name)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parent, entity = data.get("parent"), data.get("entity")
        if parent and entity and parent.owner_id != entity.pk:
            self.add_error("parent", _("Choose a sector or unit in the same organisation."))
        return data


def unit_name(unit: Unit) -> str:
    """A unit with its house: the municipalities call their sectors the same."""
    return f"{unit.name}, {unit.owner.name}"


class NoticesForm(PlainForm):
    """How one hears of each group of messages."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, group in GROUPS.items():
            self.fields[code] = forms.ChoiceField(
                label=str(group.label),
                help_text=str(group.help),
                choices=choices_for(code),
                initial=chosen[code],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
            )


class StandInForm(PlainForm):
    """Who stands in, for which role, and when."""

    role = forms.ModelChoiceField(
        label=_("For which role?"),
        queryset=RoleAssignment.objects.none(),
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")},
    )
    stand_in = forms.ModelChoiceField(
        label=_("Who stands in?"),
        queryset=Person.objects.none(),
        help_text=_("Gets what waits for the role, and can answer in your place. It is shown who answered."),
        error_messages={"required": _("Choose who stands in."), "invalid_choice": _("Choose someone who works here.")},
    )
    first_day = day_field(_("From"), _("Write the first day."))
    last_day = day_field(_("To and including"), _("Write the last day."))

    def __init__(self, *args: Any, roles: QuerySet[RoleAssignment], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, stand_in = self.fields["role"], self.fields["stand_in"]
        assert isinstance(role, forms.ModelChoiceField)
        assert isinstance(stand_in, forms.ModelChoiceField)
        role.queryset, stand_in.queryset = roles, people
        role.label_from_instance = role_name  # type: ignore[assignment, method-assign]
        if len(roles) == 1:
            role.empty_label, role.initial = None, roles[0].pk


def role_name(held: RoleAssignment) -> str:
    """A role with where it is held, in words."""
    return f"{ROLES.get(held.role, held.role)}, {held.unit or held.entity}"
