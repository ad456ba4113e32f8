"""The guide's questions about bodies and rules: is what is answered well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.fields import KronerField
from samrad.initiatives.content import BY_CODE
from samrad.overview.forms.guide import GuideForm
from samrad.overview.proposals import BODIES, PORTFOLIO, REQUIREMENTS, SIZES

NAMES = {
    "council": gettext_lazy("The council"),
    "secretariat": gettext_lazy("The secretariat"),
    "chief_executive": gettext_lazy("The chief executive's leadership group"),
}
WORDS = {
    "benefits": gettext_lazy("An overview of the benefits: at least one"),
    "costs": gettext_lazy("What it costs: once and each year, or «0 kr» explained"),
    "responsible": gettext_lazy("Who is responsible: the need owner and the one in charge"),
}


def _whole(label: Any, least: int, most: int) -> forms.IntegerField:
    wrong = _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


class BodiesForm(GuideForm):
    """What the bodies and the portfolio are called, and what a first mandate says."""

    portfolio = forms.CharField(
        label=gettext_lazy("What is the portfolio called?"),
        max_length=120,
        initial=PORTFOLIO,
        error_messages={"required": gettext_lazy("Write the name.")},
    )

    def __init__(self, *args: Any, standing: dict[str, str], language: str, mandated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposed = BODIES[language]
        for kind, label in NAMES.items():
            self.fields[kind] = forms.CharField(
                label=label,
                max_length=120,
                required=kind != "chief_executive",
                initial=standing.get(kind, proposed[kind]),
                error_messages={"required": gettext_lazy("Write the name.")},
            )
        self.order_fields([*NAMES, "portfolio"])
        if not mandated:
            self.fields["notice_days"] = _whole(_("How many days before a meeting is the notice sent?"), 1, 60)
            self.fields["notice_days"].initial = 7
            self.fields["quorum"] = _whole(_("How large a part must be present, in per cent?"), 50, 100)
            self.fields["quorum"].initial = 50
            self.fields["adopted_by"] = forms.CharField(
                label=_("Who has adopted the mandate?"),
                max_length=120,
                required=False,
                help_text=_(
                    "Leave it empty until it is adopted. Nothing here gives the secretariat authority to decide."
                ),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = [data.get(kind) for kind in NAMES if data.get(kind)]
        if len(set(names)) < len(names):
            self.add_error("secretariat", _("Two bodies cannot have the same name."))
        return data


class RulesForm(GuideForm):
    """The minimum requirements to the groundwork, and where the size classes end."""

    small_kr = KronerField(label=gettext_lazy("A small need costs less than"))
    medium_kr = KronerField(label=gettext_lazy("A medium need costs less than"))
    requirements = forms.MultipleChoiceField(
        label=gettext_lazy("What must be written before a need is sent in?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, open_codes: list[str], **kwargs: Any) -> None:
        small, medium = SIZES[0], SIZES[1]
        start = {
            "small_kr": small.below_kr,
            "small_hours": small.below_hours,
            "medium_kr": medium.below_kr,
            "requirements": [code for code in open_codes if code in REQUIREMENTS],
        }
        kwargs["initial"] = {**start, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["small_hours"] = _whole(_("… and takes fewer hours than"), 1, 100_000)
        self.order_fields(["requirements", "small_kr", "small_hours", "medium_kr"])
        chosen = self.fields["requirements"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(code, requirement_words(code)) for code in open_codes]
        if not open_codes:
            del self.fields["requirements"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        small, medium = data.get("small_kr"), data.get("medium_kr")
        if small is not None and medium is not None and medium <= small:
            self.add_error("medium_kr", _("A medium need must cost more than a small one."))
        return data


def requirement_words(code: str) -> str:
    """What a minimum requirement asks for, in words."""
    if code in WORDS:
        return str(WORDS[code])
    return str(BY_CODE[code].label) if code in BY_CODE else code
