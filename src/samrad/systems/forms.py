"""Is what is typed about a system well-formed?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import AmountField, DayField, KronerField, PlainForm
from samrad.core.sheets.incoming import ColumnsForm, SheetUploadForm
from samrad.governance.models import Field
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.systems.content import BY_CODE, CHOICE, DATE, FIELD, GROUPS, ITEMS, MONEY, NUMBER, PERSON, TEXT, WHOLE, Item
from samrad.systems.models import System, Terms
from samrad.systems.queries import (
    in_quadrant,
    months_on,
    ordered,
    owners_seen,
    people_of,
    terms_visible_to,
    value_of,
    visible_to,
)
from samrad.systems.reading import SOURCE

MAX_TEXT = 4000
CHOOSE = _("Choose one from the list.")


def _number_or_none(value: str) -> int | None:
    return int(value) if value else None


def _field(item: Item, people: list[tuple[str, str]], fields: list[tuple[str, str]]) -> forms.Field:
    """The form field of one of the register's fields."""
    common: dict[str, Any] = {"label": item.label, "help_text": item.help, "required": item.code == "name"}
    if item.kind == DATE:
        return DayField(label=item.label, required=False)
    if item.kind == MONEY:
        return KronerField(**common)
    if item.kind == NUMBER:
        return AmountField(**common, decimal_places=0, max_digits=9)
    if item.kind in (PERSON, FIELD, CHOICE):
        pairs = {PERSON: people, FIELD: fields}.get(item.kind) or [(str(v), label) for v, label in item.choices]
        whole = item.kind != CHOICE or item.code in WHOLE
        return forms.TypedChoiceField(
            **common,
            choices=[("", _("Not said")), *pairs],
            coerce=_number_or_none if whole else str,
            empty_value=None if whole else "",
            error_messages={"invalid_choice": CHOOSE},
        )
    column = (Terms if item.terms else System)._meta.get_field(item.code)
    most = getattr(column, "max_length", None) or MAX_TEXT
    wide = forms.Textarea(attrs={"rows": 3}) if item.kind == TEXT else forms.TextInput()
    errors = {"required": _("Give the system a name."), "max_length": _("Write at most %(limit_value)d characters.")}
    return forms.CharField(**common, max_length=most, widget=wide, error_messages=errors)


class SystemForm(PlainForm):
    """Everything the register asks about a system."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        owner_id: int,
        system: System | None = None,
        terms: Terms | None = None,
        may_share: bool,
        **kwargs: Any,
    ) -> None:
        rows = (system, terms)
        kwargs.setdefault("initial", _initial(*rows))
        super().__init__(*args, **kwargs)
        self.owner_id, self.system = owner_id, system
        people = [(str(p.pk), ", ".join(x for x in (p.name, p.title) if x)) for p in people_of(owner_id)]
        standing = (system.system_owner, system.administrator) if system else ()
        people += [(str(p.pk), p.name) for p in standing if p and str(p.pk) not in dict(people)]
        fields = [(str(pk), name) for pk, name in Field.objects.order_by("name").values_list("pk", "name")]
        for item in ITEMS:
            if not item.terms or system is None or terms is not None:
                self.fields[item.code] = _field(item, people, fields)
        if may_share:
            self._sharing(system, terms)

    def _sharing(self, system: System | None, terms: Terms | None) -> None:
        self.fields["shared"] = forms.BooleanField(
            label=_("Show it to the other municipalities in the cooperation"),
            help_text=_("They see everything but contract and prices, and find it before they buy the same."),
            required=False,
            initial=system is None or system.shared_with_id is not None,
        )
        if system is None or terms is not None:
            self.fields["terms_shared"] = forms.BooleanField(
                label=_("Show them contract and prices too"),
                help_text=_("Only where the contract allows it. The public never sees this."),
                required=False,
                initial=terms is not None and terms.shared_with_id is not None,
            )

    def clean_kostra_function(self) -> str:
        code = str(self.cleaned_data["kostra_function"]).strip()
        if code and not (code.isascii() and code.isdigit() and len(code) in (3, 4)):
            raise forms.ValidationError(_("A KOSTRA function is three or four digits, like 254."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The contract cannot run out before it begins."))
        name = str(data.get("name") or "").strip()
        same = System.objects.filter(owner_id=self.owner_id, name__iexact=name)
        if name and same.exclude(pk=self.system.pk if self.system else 0).exists():
            self.add_error("name", _("There is a system with this name already. Find it in the register."))
        return data

    def values(self) -> dict[str, Any]:
        """The register's fields as they were typed."""
        return {code: self._plain(code) for code in BY_CODE if code in self.fields}

    def _plain(self, code: str) -> Any:
        value = self.cleaned_data[code]
        if BY_CODE[code].kind == NUMBER and value is not None:
            return int(value)
        return value.strip() if isinstance(value, str) else value

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in their groups, as the page shows them."""
        found = []
        for group, label in GROUPS.items():
            bound = [self[item.code] for item in ITEMS if item.group == group and item.code in self.fields]
            if bound:
                found.append((label, bound))
        return found


def _initial(system: System | None, terms: Terms | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": system.version if system else 0}
    for item in ITEMS:
        row = terms if item.terms else system
        if row is not None:
            initial[item.code] = value_of(row, item.code)
    return initial


class ListForm(PlainForm):
    """Search and narrow the register. A choice that does not exist is left out, never an error."""

    def __init__(self, *, by: Actor, data: Mapping[str, Any], sees_terms: bool) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.by = by
        self.fields["q"] = forms.CharField(
            label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
        )
        fields = [(str(pk), name) for pk, name in Field.objects.order_by("name").values_list("pk", "name")]
        self._choice("owner", _("Owner"), [(str(pk), name) for pk, name in owners_seen(by)])
        self._choice("field", _("Professional field"), fields)
        cycles = [*System.Lifecycle.choices, ("current", _("All but those out of use"))]
        self._choice("lifecycle", _("Life cycle"), cycles)
        self._choice("criticality", _("Criticality"), [(str(v), label) for v, label in System.Criticality.choices])
        self._choice("quadrant", _("What its fit says"), [*System.Quadrant.choices, ("none", _("Not measured"))])
        if sees_terms:
            months = [("12", _("Within 12 months")), ("18", _("Within 18 months")), ("0", _("Has run out"))]
            self._choice("ends", _("Contract runs out"), months)

    def _choice(self, name: str, label: Any, choices: Any) -> None:
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])

    def chosen(self) -> dict[str, str]:
        """What is asked for, as far as it exists."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def narrowed(self, *, today: Any, sort: str) -> QuerySet[System]:
        """The systems asked for, in the order asked for."""
        chosen = self.chosen()
        found = visible_to(self.by).select_related("owner", "field", "shared_with")
        if q := chosen.get("q"):
            texts = ("name", "description", "vendor", "service")
            wanted = Q()
            for name in texts:
                wanted |= Q(**{f"{name}__icontains": q.replace("\x00", "")})
            found = found.filter(wanted)
        for name, column in (("owner", "owner_id"), ("field", "field_id"), ("criticality", "criticality")):
            if name in chosen:
                found = found.filter(**{column: int(chosen[name])})
        if chosen.get("lifecycle") == "current":
            found = found.exclude(lifecycle=System.Lifecycle.RETIRED)
        elif "lifecycle" in chosen:
            found = found.filter(lifecycle=chosen["lifecycle"])
        if "quadrant" in chosen:
            found = found.filter(in_quadrant(chosen["quadrant"]))
        if "ends" in chosen:
            months = int(chosen["ends"])
            until = Q(end_date__gte=today, end_date__lte=months_on(today, months)) if months else Q(end_date__lt=today)
            found = found.filter(pk__in=terms_visible_to(self.by).filter(until).values("system_id"))
        return ordered(found, sort)


class RegisterUploadForm(SheetUploadForm):
    """A spreadsheet of systems, and whose register it goes into."""

    def __init__(self, *args: Any, owners: list[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.TypedChoiceField(
            label=_("Whose register"),
            choices=[(str(e.pk), e.name) for e in owners],
            coerce=int,
            error_messages={"invalid_choice": CHOOSE, "required": CHOOSE},
        )
        self.fields["shared"] = forms.BooleanField(
            label=_("Show the systems to the other municipalities in the cooperation"),
            help_text=_("Never contract and prices."),
            required=False,
            initial=True,
        )


class SystemColumnsForm(ColumnsForm):
    """What each column of a spreadsheet of systems is."""

    needed, needed_words = "name", _("Say which column holds the name of each system.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        targets = [(SOURCE, _("Id in the spreadsheet")), *((item.code, item.label) for item in ITEMS)]
        super().__init__(*args, targets=targets, **kwargs)


class VersionForm(PlainForm):
    """Something done to what one looked over."""

    version = forms.IntegerField(widget=forms.HiddenInput)
