"""Amounts and numbers as people type them in the form: never required to save, and never negative."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samrad.core import fields
from samrad.core.fields import parse_amount
from samrad.core.money import grouped

MAX_KRONER = Decimal("99999999999.99")


class KronerField(fields.KronerField):
    """An amount in kroner, read as everywhere else; the words are those of one who reports a need."""

    default_error_messages = {
        "invalid": _("Write the amount in kroner with digits only, for example 350 000."),
        "min_value": _("The amount cannot be less than 0. Write a saving as a benefit."),
        "max_value": _("The amount is too large. Write it in kroner, not in øre."),
        "max_digits": _("The amount is too large. Write it in kroner, not in øre."),
        "max_decimal_places": _("Write at most two decimals."),
        "max_whole_digits": _("The amount is too large. Write it in kroner, not in øre."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(max_value=MAX_KRONER, **kwargs)


class WholeNumberField(forms.CharField):
    """A whole number from 0 to a limit."""

    def __init__(self, *, most: int, suffix: Any = "", **kwargs: Any) -> None:
        self.most, self.suffix = most, suffix
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        kwargs.setdefault("max_length", 40)
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = parse_amount(re.sub(r"\s*%$", "", text))
        except InvalidOperation:
            raise ValidationError(_("Write a whole number with digits only, for example 40.")) from None
        if number < 0 or number != number.to_integral_value():
            raise ValidationError(_("Write a whole number with digits only, for example 40."))
        if number > self.most:
            raise ValidationError(_("Write a number that is not above %(most)s."), params={"most": grouped(self.most)})
        return int(number)

    def run_validators(self, value: Any) -> None:
        """to_python has said what there is to say."""

    def prepare_value(self, value: Any) -> Any:
        return grouped(value) if isinstance(value, int) else value
