"""Fields that take what Norwegians type: «1 234 567,50», «23.11.2026». Drawn by the `field` tag."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BLANK_CHOICE_DASH, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samrad.core.money import NBSP, exact_kroner

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")


def parse_amount(text: str) -> Decimal:
    """«1 234 567,50», «1.234.567», «1234567.5» -> Decimal; InvalidOperation for anything else."""
    bare = _SPACES.sub("", text).replace("\u2212", "-").removesuffix("kr").removesuffix(",-")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", bare):
        bare = bare.replace(".", "")
    if not re.fullmatch(r"-?\d+(\.\d+)?", bare, re.A):
        raise InvalidOperation
    return Decimal(bare)


def amount_text(value: Decimal) -> str:
    """The amount as one would type it: «1 234 567,50», without decimals where there are none."""
    return exact_kroner(value).removesuffix(f"{NBSP}kr").replace("\u2212", "-")


class AmountField(forms.DecimalField):
    """A number typed with spaces and a comma."""

    suffix: Any = ""
    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write a number, like 1 234 567 or 1 234,50."),
        "min_value": _("The number cannot be lower than %(limit_value)s."),
        "max_value": _("The number cannot be higher than %(limit_value)s."),
    }

    def __init__(self, *, min_value: Any = 0, decimal_places: int = 2, max_digits: int = 14, **kwargs: Any):
        super().__init__(min_value=min_value, decimal_places=decimal_places, max_digits=max_digits, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def run_validators(self, value: Any) -> None:
        """The first thing that is wrong is enough."""
        try:
            super().run_validators(value)
        except ValidationError as error:
            first = error.error_list[0]
            raise ValidationError(
                self.error_messages.get(str(first.code), first.message), params=first.params
            ) from None

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # Django types it as a whole number
        if value in self.empty_values:
            return None
        if isinstance(value, (Decimal, int)):
            return Decimal(value)
        try:
            return parse_amount(str(value))
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (Decimal, int, float)) and not isinstance(value, bool):
            return amount_text(Decimal(str(value)))
        return value


class KronerField(AmountField):
    """An amount in kroner."""

    suffix = _("kr")


class HoursField(AmountField):
    """A number of hours."""

    suffix = _("hours")

    def __init__(self, *, decimal_places: int = 1, max_digits: int = 9, **kwargs: Any):
        super().__init__(decimal_places=decimal_places, max_digits=max_digits, **kwargs)


class DayField(forms.DateField):
    """A date typed as dd.mm.yyyy."""

    widget = forms.DateInput(format="%d.%m.%Y")
    default_error_messages = {"invalid": _("Write the date like 23.11.2026.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Day, month and year, like 23.11.2026"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}


class PlainForm(forms.Form):
    """A form whose pages answer with our own words: no browser bubbles, no colon after labels."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == str(BLANK_CHOICE_DASH[0][1]):
                field.empty_label = gettext("Choose")


class VersionedForm(PlainForm):
    """A form that carries the version of the row it was made from (house rule 16)."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={
            "required": _("The page is out of date. Load it again."),
            "invalid": _("The page is out of date. Load it again."),
        },
    )


def choose_from(
    form: forms.Form,
    name: str,
    rows: QuerySet[Any],
    *,
    empty: Any = "",
    label: Callable[[Any], str] | None = None,
    alone: bool = False,
) -> None:
    """Let a choice be among some rows, perhaps with a word for none. Where `alone`, the only one there is, is chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    if empty:
        field.empty_label = str(empty)
    if label is not None:
        field.label_from_instance = label  # type: ignore[assignment, method-assign]
    if alone and field.required and len(rows) == 1:
        field.initial = rows[0]
