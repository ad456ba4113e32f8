"""Is what is said of a spreadsheet's columns well-formed?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.portfolio.sheets import TARGETS, ColumnRule, Guess, Mapping, Sheet, bind, propose
from samrad.portfolio.sheets.mapping import BUILT_IN, CURRENCIES, DATE, MONEY, NOT_STATED, RATING, TEXT
from samrad.portfolio.sheets.proposing import rule_for
from samrad.portfolio.words import FIELDS

UNIT_WORDS = [("1", _("ones")), ("1000", _("thousands")), ("1000000", _("millions")), ("1000000000", _("billions"))]
ORDER_WORDS = [("dmy", _("day first, like 31.12.2027")), ("mdy", _("month first, like 12/31/2027"))]
DECIMAL_WORDS = [("", _("as usual for the currency")), (",", _("comma, like 1.234,5")), (".", _("point, like 1,234.5"))]


def guesses(sheet: Sheet, mapping: Mapping) -> list[tuple[Guess, ColumnRule | None]]:
    """Every column with what the mapping says it is, or nothing; its cells are samples to judge by."""
    found = {c: (t, bound.rule) for t, bound in bind(mapping, sheet.headers).items() for c in bound.columns}
    lines: list[tuple[Guess, ColumnRule | None]] = []
    for guess in propose(sheet).guesses:
        target, rule = found.get(guess.header, ("", None))
        # What a saved mapping says is certain; what is proposed is as sure as its guess.
        sure = guess.confidence if guess.target == target else float(bool(target))
        lines.append((Guess(guess.header, target, sure, guess.samples), rule))
    return lines


class MappingForm(forms.Form):
    """What each column is, and how its amounts and dates are written."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    save_as = forms.CharField(
        label=_("Save the columns under a name"),
        required=False,
        max_length=80,
        help_text=_("The next file like this is then read the same way. An earlier one of the same name is replaced."),
        error_messages={"max_length": _("Write at most 80 characters.")},
    )

    def __init__(self, *args: Any, sheet: Sheet, mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.lines = sheet, guesses(sheet, mapping)
        for number, (guess, rule) in enumerate(self.lines):
            self._column(number, guess, rule or rule_for(sheet, guess.header, "budget"))

    def _column(self, number: int, guess: Guess, rule: ColumnRule) -> None:
        choices = [("", _("Not used")), *FIELDS.items()]
        base = "" if rule.price_base == NOT_STATED else rule.price_base
        own: dict[str, forms.Field] = {
            "target": _choice(_("What it is"), choices, guess.target, required=False),
            "currency": _choice(_("Currency"), [(c, c) for c in CURRENCIES], rule.currency or "NOK"),
            "unit": _choice(_("Amounts are in"), UNIT_WORDS, str(rule.unit)),
            "price_base": forms.CharField(
                label=_("Price base"),
                required=False,
                max_length=60,
                initial=base,
                help_text=_("Like «2025 prices» or «nominal»."),
                error_messages={"max_length": _("Write at most 60 characters.")},
            ),
            "decimal": _choice(_("Decimals"), DECIMAL_WORDS, rule.decimal, required=False),
            "order": _choice(_("Dates"), ORDER_WORDS, rule.order),
        }
        for name, field in own.items():
            self.fields[f"c{number}_{name}"] = field

    def columns(self) -> list[dict[str, Any]]:
        """Each column with its fields, for the page."""
        return [
            {
                "guess": guess,
                "percent": round(guess.confidence * 100),
                "kind": TARGETS.get(guess.target, ""),
                "target": self[f"c{n}_target"],
                "money": [self[f"c{n}_{name}"] for name in ("currency", "unit", "price_base", "decimal")],
                "order": self[f"c{n}_order"],
            }
            for n, (guess, _rule) in enumerate(self.lines)
        ]

    def clean_save_as(self) -> str:
        name = " ".join(str(self.cleaned_data["save_as"]).split())
        if name in BUILT_IN:
            raise forms.ValidationError(_("This name is built in. Choose another one."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen: dict[str, int] = {}
        for number in range(len(self.lines)):
            target = data.get(f"c{number}_target", "")
            if target in chosen and TARGETS[target] not in (TEXT, RATING):
                self.add_error(f"c{number}_target", _("Another column is this already. Choose one of them."))
            if target:
                chosen.setdefault(target, number)
        if "source_id" not in chosen and self.lines and not self.errors:
            self.add_error(
                "c0_target", _("Say which column holds the id of each project. Without it no row can be identified.")
            )
        return data

    def mapping(self, name: str = "") -> Mapping:
        """The mapping as it was corrected. Two columns of text are one field: the first that is filled counts."""
        data, rules = self.cleaned_data, dict[str, ColumnRule]()
        for number, (guess, _rule) in enumerate(self.lines):
            target = data[f"c{number}_target"]
            if target in rules:
                rules[target] = replace(rules[target], headers=(*rules[target].headers, guess.header))
            elif target and TARGETS[target] == MONEY:
                rules[target] = ColumnRule(
                    (guess.header,),
                    currency=data[f"c{number}_currency"],
                    unit=int(data[f"c{number}_unit"]),
                    price_base=data[f"c{number}_price_base"],
                    decimal=data[f"c{number}_decimal"],
                )
            elif target:
                order = data[f"c{number}_order"] if TARGETS[target] == DATE else "dmy"
                rules[target] = ColumnRule((guess.header,), order=order)
        return Mapping(name, rules)


def _choice(label: Any, choices: Any, initial: str, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        initial=initial,
        required=required,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")},
    )


class BringInForm(forms.Form):
    """Bring in what was looked over."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    all_or_nothing = forms.BooleanField(
        label=_("Bring in nothing if a row is refused"), required=False, help_text=_("Otherwise the good rows come in.")
    )
