"""The steps of «Report a need»: one form a step, made from the table of fields in content.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.fields import DayField
from samrad.core.money import NBSP, grouped, kroner
from samrad.governance.models import Field
from samrad.initiatives.content import (
    ALTERNATIVE,
    CHOICES,
    MAX_ALTERNATIVES,
    MAX_LINE,
    MAX_TEXT,
    RESPONSIBLES,
    FormField,
    Plan,
)
from samrad.initiatives.forms.marks import mark, marks_of, read_marks, theirs
from samrad.initiatives.forms.numbers import KronerField, WholeNumberField
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import alternatives_in, day_text, form_fields, people_of, responsibles, years_text
from samrad.initiatives.screening import Question
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person, Unit

TOO_LONG = gettext_lazy("Shorten this to %(limit_value)d characters. It has %(show_value)d now.")
CHOOSE = gettext_lazy("Choose one from the list.")
PARTICIPANTS = "participant_ids"


class TextField(forms.CharField):
    """A text; line breaks as the database keeps them, so that an unchanged text is unchanged."""

    def __init__(self, *, most: int, lines: bool, **kwargs: Any) -> None:
        widget: forms.Widget = forms.Textarea(attrs={"rows": 5}) if lines else forms.TextInput()
        super().__init__(
            required=False, max_length=most, widget=widget, error_messages={"max_length": TOO_LONG}, **kwargs
        )
        # The browser must not cut what is pasted: the error says how long it is, and nothing is lost.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n")


UNITS: dict[str, tuple[int, Any]] = {
    "hours": (1_000_000, gettext_lazy("hours")),
    "percent": (100, "%"),
    "years": (20, gettext_lazy("years")),
}


class IsoDayField(DayField):
    """A day, kept as text among the answers."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else ""

    def prepare_value(self, value: Any) -> Any:
        try:
            return date.fromisoformat(str(value)).strftime("%d.%m.%Y")
        except ValueError:
            return value


def fields_for(initiative: Initiative) -> list[Field]:
    """The professional fields of the initiative's own house and of the cooperation."""
    return list(Field.objects.filter(owner_id__in=[initiative.owner_id, initiative.shared_with_id]))


def functions_for(initiative: Initiative) -> list[tuple[str, str]]:
    """The KOSTRA functions of those fields, each with the fields that carry it, and the one that is chosen."""
    carried: dict[str, list[str]] = {initiative.kostra_function: []} if initiative.kostra_function else {}
    for one in fields_for(initiative):
        for code in one.kostra_functions:
            carried.setdefault(code, []).append(one.name)
    return [(code, f"{code} ({', '.join(names)})" if names else code) for code, names in sorted(carried.items())]


def sectors_for(initiative: Initiative) -> list[Unit]:
    """The sectors that may own the need: those that are not retired, and the one it has."""
    rows = Unit.objects.filter(owner_id=initiative.owner_id, kind=Unit.Kind.SECTOR)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(pk=initiative.owning_sector_id)).order_by("name"))


def municipalities_for(initiative: Initiative, *, on: date) -> list[Entity]:
    """The municipalities that may take part: the members of the cooperation."""
    if not initiative.shared_with_id:
        return []
    members = Entity.objects.filter(
        Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=on),
        memberships__cooperation_id=initiative.shared_with_id,
        memberships__valid_from__lte=on,
    )
    return list(members.distinct())


def people_choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    """What a list of people to choose from says."""
    named = [(str(p.pk), ", ".join(x for x in [p.name, p.title, p.owner.name] if x)) for p in people]
    return [("", _("Choose a person")), *named]


def _choice(choices: list[tuple[str, Any]], **kwargs: Any) -> forms.TypedChoiceField:
    errors = {"invalid_choice": CHOOSE}
    return forms.TypedChoiceField(
        required=False, choices=[("", _("Choose")), *choices], error_messages=errors, **kwargs
    )


def _number_or_none(value: str) -> int | None:
    return int(value) if value else None


def _form_field(item: FormField, initiative: Initiative) -> forms.Field:
    kwargs: dict[str, Any] = {"label": item.label, "help_text": item.help}
    if item.kind == "kroner":
        return KronerField(**kwargs)
    if item.kind in {"hours", "percent", "years"}:
        most, unit = UNITS[item.kind]
        return WholeNumberField(most=most, suffix=unit, **kwargs)
    if item.kind == "date":
        return IsoDayField(required=False, **kwargs)
    if item.kind == "field":
        choices = [(str(f.pk), f.name) for f in fields_for(initiative)]
        return _choice(choices, coerce=_number_or_none, empty_value=None, **kwargs)
    if item.kind == "kostra":
        return _choice(functions_for(initiative), **kwargs)
    if item.kind == "sector":
        choices = [(str(u.pk), u.name) for u in sectors_for(initiative)]
        return _choice(choices, coerce=_number_or_none, empty_value=None, **kwargs)
    if item.kind == "choice":
        source: Any = CHOICES.get(item.code, dict(Initiative.Classification.choices))
        return _choice(list(source.items()), **kwargs)
    lines = item.kind == "text"
    return TextField(most=MAX_TEXT if lines else MAX_LINE, lines=lines, **kwargs)


def stored(initiative: Initiative, item: FormField) -> Any:
    """What stands in the database for a field, as the form compares it."""
    if not item.column:
        return initiative.answers.get(item.code, "")
    return getattr(initiative, {"field": "field_id", "owning_sector": "owning_sector_id"}.get(item.code, item.code))


def _alternatives(initiative: Initiative, data: Mapping[str, Any] | None, *, more: bool) -> list[int]:
    """The numbers of the alternatives on the page: those that say something, those that were posted, and one more."""
    found = set(alternatives_in(initiative.answers))
    numbers = range(1, MAX_ALTERNATIVES + 1)
    found |= {n for n in numbers if data is not None and f"{ALTERNATIVE}{n}" in data}
    if more:
        found |= set([n for n in numbers if n not in found][:1])
    return sorted(found)


class StepForm(forms.Form):
    """One step. Nothing must be filled in to save; what is missing is named before sending."""

    def __init__(
        self,
        *,
        by: Actor,
        initiative: Initiative,
        step: int,
        on: date,
        plan: Plan,
        questions: Sequence[Question] = (),
        data: Mapping[str, Any] | None = None,
        more: bool = False,
    ) -> None:
        super().__init__(data, label_suffix="")
        self.step, self.plan = step, plan
        self.was, self.theirs = read_marks(data), theirs(data)
        self.standing: dict[str, Any] = {}
        self.minimum: set[str] = set()
        for item in form_fields(_alternatives(initiative, data, more=more)):
            # A step that the plan has not is there for those who want to say more; its questions are all asked.
            if item.step != step or item.kind == "years_table" or item.code in plan.left_out:
                continue
            self.fields[item.code] = _form_field(item, initiative)
            self.standing[item.code] = stored(initiative, item)
            if plan.needs(item):
                self.minimum.add(item.code)
        if step == 1:
            self._add_participants(initiative, on)
        if step == 6:
            self._add_people(by, initiative)
        if step == 7:
            self._add_questions(initiative, questions)
        self.initial = dict(self.standing)
        if PARTICIPANTS in self.standing:
            self.initial[PARTICIPANTS] = [str(pk) for pk in self.standing[PARTICIPANTS]]
        self._describe()

    def _add_questions(self, initiative: Initiative, questions: Sequence[Question]) -> None:
        for question in questions:
            self.fields[question.field] = forms.ChoiceField(
                label=question.text,
                help_text=question.help,
                required=False,
                choices=[("yes", _("Yes")), ("no", _("No"))],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": CHOOSE},
            )
            self.standing[question.field] = initiative.answers.get(question.field, "")

    def marks(self) -> str:
        """The marks of what stands, for the page."""
        return marks_of(self.standing)

    def touched(self, name: str, value: Any) -> bool:
        """Has whoever wrote on the page changed this? What was only shown overwrites nothing."""
        return name not in self.theirs and self.was.get(name) != mark(value)

    def _add_participants(self, initiative: Initiative, on: date) -> None:
        self.home = initiative.owner_id
        members = municipalities_for(initiative, on=on)
        if len(members) < 2:
            return
        self.fields[PARTICIPANTS] = forms.MultipleChoiceField(
            label=_("Which municipalities take part?"),
            help_text=_("Each one decides for itself. Your own always takes part."),
            required=False,
            choices=[(str(m.pk), m.name) for m in members],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": CHOOSE},
        )
        self.standing[PARTICIPANTS] = sorted(initiative.participant_ids)

    def _add_people(self, by: Actor, initiative: Initiative) -> None:
        named = responsibles(initiative)
        choices = people_choices(people_of(initiative))
        for kind, label, minimum in RESPONSIBLES:
            if kind in self.plan.left_out:
                continue
            self.fields[kind] = forms.TypedChoiceField(
                label=str(label),
                required=False,
                choices=choices,
                coerce=_number_or_none,
                empty_value=None,
                error_messages={"invalid_choice": _("Choose a person from the list.")},
            )
            self.standing[kind] = named[kind].person_id if kind in named else None
            if minimum:
                self.minimum.add(kind)

    def _describe(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
                continue
            said = [f"id_{name}_help"] if field.help_text else []
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                said.append(f"id_{name}_error")
            if said:
                field.widget.attrs["aria-describedby"] = " ".join(said)

    def clean_participant_ids(self) -> list[int]:
        """The municipality that owns the need always takes part."""
        chosen = {int(pk) for pk in self.cleaned_data[PARTICIPANTS]}
        everyone = {int(pk) for pk, _name in self.fields[PARTICIPANTS].choices}  # type: ignore[attr-defined]  # a choice field
        return sorted(chosen | ({self.home} & everyone))

    def sound(self) -> dict[str, Any]:
        """The answers that are well-formed: they are saved even where another is not."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    def changed(self) -> dict[str, Any]:
        """The well-formed answers that were touched and differ from what stands."""
        return {
            name: value
            for name, value in self.sound().items()
            if value != self.standing[name] and self.touched(name, value)
        }


def shown(item: FormField, value: Any, initiative: Initiative) -> str:
    """An answer as it is read on the page."""
    if value is None or value == "":
        return ""
    if item.kind == "kroner":
        return kroner(value)
    if item.kind in {"hours", "percent", "years"}:
        return f"{grouped(int(value))}{NBSP}{UNITS[item.kind][1]}"
    if item.kind == "date":
        return day_text(value)
    if item.kind == "years_table":
        return years_text(value)
    if item.kind == "field":
        return initiative.field.name if initiative.field else ""
    if item.kind == "sector":
        return initiative.owning_sector.name if initiative.owning_sector else ""
    if item.kind == "choice":
        source: Any = CHOICES.get(item.code, dict(Initiative.Classification.choices))
        return str(source.get(value, value))
    return str(value)
