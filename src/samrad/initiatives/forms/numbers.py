"""Amounts and numbers as people type them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samrad.core.money import grouped

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
MAX_KRONER = Decimal(100_000_000_000)


def plain_number(text: str) -> str:
    """«1 234,50» and «1.234,50» as «1234.50»; what is no number comes back as it was, without spaces."""
    bare = _SPACES.sub("", text).replace("\u2212", "-")
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "")
    return bare.replace(",", ".")


class KronerField(forms.CharField):
    """An amount in kroner: «350 000», «350.000 kr», «350000,50»."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        kwargs.setdefault("max_length", 40)
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        bare = re.sub(r"(?i)(kr\.?|,-|nok)$", "", plain_number(re.sub(r"(?i)\s*(kr\.?|,-)\s*$", "", text)))
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,2})?", bare):
            raise ValidationError(_("Write the amount in kroner with digits only, for example 350 000."))
        amount = Decimal(bare)
        if amount < 0:
            raise ValidationError(_("The amount cannot be less than 0. Write a saving as a benefit."))
        if amount >= MAX_KRONER:
            raise ValidationError(_("The amount is too large. Write it in kroner, not in øre."))
        return amount

    def run_validators(self, value: Any) -> None:
        """to_python has said what there is to say: the validators of a text do not fit an amount."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            whole = grouped(int(value))
            cents = abs(value) % 1
            return f"{whole},{int(cents * 100):02d}" if cents else whole
        return value


class WholeNumberField(forms.CharField):
    """A whole number from 0 to a limit."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        kwargs.setdefault("max_length", 40)
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        bare = plain_number(text).rstrip("%")
        if not re.fullmatch(r"[0-9]{1,12}", bare):
            raise ValidationError(_("Write a whole number with digits only, for example 40."))
        if int(bare) > self.most:
            raise ValidationError(_("Write a number that is not above %(most)s."), params={"most": grouped(self.most)})
        return int(bare)

    def run_validators(self, value: Any) -> None:
        """to_python has said what there is to say."""

    def prepare_value(self, value: Any) -> Any:
        return grouped(value) if isinstance(value, int) else value
