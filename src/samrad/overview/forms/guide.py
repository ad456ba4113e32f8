"""Is what is answered in the set-up guide well-formed? Each form is one question; what is proposed is filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.sheets.cells import as_text
from samrad.core.sheets.columns import likeness
from samrad.core.sheets.files import MAX_BYTES, Sheet, Unreadable, read
from samrad.core.sheets.words import unreadable_words
from samrad.governance.models import Field
from samrad.organisation.models import Entity, Person, Unit
from samrad.overview.proposals import FIELDS, SECTORS

NUMBER = "kommunenummer|kommunenr|knr|nummer|nr|municipality number|number|kode"
NAME = "kommunenavn|kommunenamn|navn|namn|kommune|municipality|name"
COUNTY = "fylke|fylkesnavn|fylkesnamn|county"
LINES = forms.Textarea(attrs={"rows": 5})


class GuideForm(forms.Form):
    """A question: no browser bubbles, no colon after labels."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


@dataclass(frozen=True)
class Named:
    """A municipality from a list or typed: number (or none) and name."""

    number: str
    name: str
    county: str = ""

    @property
    def value(self) -> str:
        return f"{self.number}|{self.name}"


def towns_in(sheet: Sheet) -> list[Named]:
    """The municipalities of a sheet with number, name and county, by their headers."""
    found: dict[str, str] = {}
    for code, known in (("number", NUMBER), ("name", NAME), ("county", COUNTY)):
        likely = sorted(((likeness(h, known), h) for h in sheet.headers if h not in found.values()), reverse=True)
        if likely and likely[0][0] >= 0.8:
            found[code] = likely[0][1]
    rows = []
    for record in sheet.records if "name" in found else ():
        said = {code: " ".join(as_text(record.cells.get(header)).split()) for code, header in found.items()}
        number = re.sub(r"\.0$", "", said.get("number", ""))
        number = number.zfill(4) if number.isdigit() and len(number) <= 4 else ""
        if said["name"] and len(said["name"]) <= 110:
            rows.append(Named(number, said["name"], said.get("county", "")))
    return rows


class TownFileForm(GuideForm):
    """A list of municipalities to pick from."""

    file = forms.FileField(
        label=gettext_lazy("A list to pick from"),
        help_text=gettext_lazy("CSV or XLSX with number, name and county."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty. Choose another one.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(unreadable_words(Unreadable("too_large", str(MAX_BYTES // 1024 // 1024))))
        try:
            self.towns = towns_in(read(file.read(), str(file.name)))
        except Unreadable as trouble:
            raise forms.ValidationError(unreadable_words(trouble)) from None
        if not self.towns:
            raise forms.ValidationError(_("No column with the names of municipalities was found."))
        return file


class MembersForm(GuideForm):
    """The municipalities: picked from the list that was uploaded, or written one a line."""

    typed = forms.CharField(
        label=gettext_lazy("Write them, one a line"),
        help_text=gettext_lazy("Number and name, like «4601 Fjelldal». The number can be left out."),
        required=False,
        max_length=20_000,
        widget=LINES,
    )

    def __init__(self, *args: Any, standing: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.towns: list[Named] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        picked = self.data.getlist("town") if hasattr(self.data, "getlist") else []
        lines = [str(line) for line in picked[:500]]
        lines += [line.strip() for line in data.get("typed", "").splitlines()]
        for line in lines:
            found = re.fullmatch(r"(?:([0-9]{4})\b)?[\s|,;]*(.{2,110})", line.strip()) if line.strip() else None
            if line.strip() and found is None:
                self.add_error("typed", _("«%(line)s» is not read. Write number and name.") % {"line": line[:60]})
            elif found and found[2].strip().casefold() not in {town.name.casefold() for town in self.towns}:
                self.towns.append(Named(found[1] or "", " ".join(found[2].split())))
        if not self.towns and not self.standing and not self.errors:
            self.add_error("typed", _("Write at least one municipality, or pick from a list."))
        return data


class SectorsForm(GuideForm):
    """The sectors of each municipality, one a line."""

    def __init__(self, *args: Any, towns: list[Entity], standing: dict[int, list[Unit]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.towns = towns
        for town in towns:
            names = [unit.name for unit in standing.get(town.pk, []) if unit.kind == Unit.Kind.SECTOR]
            self.fields[f"town_{town.pk}"] = forms.CharField(
                label=town.name,
                required=False,
                max_length=10_000,
                widget=LINES,
                initial="\n".join(names or proposed_sectors(town)),
                error_messages={"max_length": gettext_lazy("That is too much. Bring in a list instead.")},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for town in self.towns:
            key = f"town_{town.pk}"
            names = [" ".join(line.split()) for line in str(data.get(key, "")).splitlines()]
            data[key] = list(dict.fromkeys(name for name in names if name))
            if any(len(name) > 120 for name in data[key]):
                self.add_error(key, _("A name is longer than 120 characters. Write one sector a line."))
            elif not data[key] and key not in self.errors:
                self.add_error(key, _("Write at least one sector."))
        return data


def proposed_sectors(town: Entity) -> tuple[str, ...]:
    """The sectors that most municipalities have, in the municipality's language."""
    return SECTORS[town.language]


@dataclass(frozen=True)
class Answered:
    """Who was named: one who is there, or one to be added. None of them: nobody was named."""

    person_id: int | None = None
    name: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.person_id or self.email)


class WhoForm(GuideForm):
    """Who has each of some tasks: someone who is there already, or a name and an e-mail address."""

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.asked: dict[str, str] = {}
        several = len({person.owner_id for person in people}) > 1
        self.choices = [
            (str(p.pk), f"{p.name}, {p.title or p.owner.name if several else p.title}".strip(", ")) for p in people
        ]

    def ask(self, key: str, label: str, current: int | None = None) -> None:
        """Ask who has a task."""
        self.asked[key] = label
        if self.people:
            self.fields[f"{key}_person"] = forms.ChoiceField(
                label=_("Someone who is in Samråd"),
                required=False,
                choices=[("", _("Nobody yet, or someone new")), *self.choices],
                initial=str(current or ""),
            )
        self.fields[f"{key}_name"] = forms.CharField(label=_("Name"), max_length=120, required=False)
        self.fields[f"{key}_email"] = forms.EmailField(
            label=_("E-mail"),
            max_length=254,
            required=False,
            error_messages={"invalid": _("Write the e-mail address like name@example.no.")},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = {person.email.casefold() for person in self.people}
        for key in self.asked:
            name, email = data.get(f"{key}_name", ""), str(data.get(f"{key}_email", "")).casefold()
            if name and not email and f"{key}_email" not in self.errors:
                self.add_error(f"{key}_email", _("Write the e-mail address too: it tells people apart."))
            if email and not name and email not in known:
                self.add_error(f"{key}_name", _("Write the name."))
        return data

    def answer(self, key: str) -> Answered:
        """Who was named for a task."""
        data = self.cleaned_data
        if data.get(f"{key}_email"):
            return Answered(None, data[f"{key}_name"], str(data[f"{key}_email"]).casefold())
        chosen = data.get(f"{key}_person") or ""
        return Answered(int(chosen)) if chosen else Answered()

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """The fields of each task, to be drawn together."""
        kinds = ("person", "name", "email")
        return [
            (key, label, [self[f"{key}_{kind}"] for kind in kinds if f"{key}_{kind}" in self.fields])
            for key, label in self.asked.items()
        ]


class FieldsForm(GuideForm):
    """The professional fields, each with its KOSTRA functions."""

    def __init__(self, *args: Any, standing: list[Field], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = {field.code: field for field in standing}
        self.rows: list[tuple[str, str]] = [(field.code, field.name) for field in standing]
        self.rows += [(p.code, p.name(language)) for p in FIELDS if p.code not in self.standing]
        proposed = {p.code: p for p in FIELDS}
        for code, name in self.rows:
            there = self.standing.get(code)
            kostra = there.kostra_functions if there else proposed[code].kostra
            self.fields[f"use_{code}"] = forms.BooleanField(
                label=name,
                required=False,
                initial=bool(there) or (not standing and proposed[code].usual),
                disabled=bool(there),
            )
            self.fields[f"kostra_{code}"] = self._kostra(", ".join(kostra), name)
        for number in (1, 2, 3):
            self.fields[f"own_{number}"] = forms.CharField(label=_("Another field"), max_length=80, required=False)
            self.fields[f"own_{number}_kostra"] = self._kostra("", _("another field"))

    def _kostra(self, initial: str, name: str) -> forms.CharField:
        label = _("KOSTRA functions of %(field)s") % {"field": name}
        return forms.CharField(label=label, max_length=400, required=False, initial=initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in [name for name in self.fields if "kostra" in name]:
            codes = re.findall(r"[^\s,;]+", str(data.get(name, "")))
            if any(not re.fullmatch(r"[0-9]{3}", code) for code in codes):
                self.add_error(name, _("A KOSTRA function has three digits. Write them like 241, 253."))
            data[name] = list(dict.fromkeys(codes))
        if not any(data.get(f"use_{code}") for code, _name in self.rows) and not data.get("own_1"):
            self.add_error(None, _("Choose at least one field."))
        return data

    def proposals(self) -> list[tuple[Any, Any]]:
        """The box and the functions of each proposed field."""
        return [(self[f"use_{code}"], self[f"kostra_{code}"]) for code, _name in self.rows]

    def own(self) -> list[tuple[Any, Any]]:
        """The name and the functions of each field of one's own."""
        return [(self[f"own_{number}"], self[f"own_{number}_kostra"]) for number in (1, 2, 3)]


class GroupsForm(WhoForm):
    """Which fields have an expert group, and who leads it."""

    def __init__(self, *args: Any, rows: list[Field], leads: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for field in rows:
            self.fields[f"on_{field.pk}"] = forms.BooleanField(
                label=_("%(field)s has an expert group") % {"field": field.name},
                required=False,
                initial=field.uses_expert_group,
            )
            self.ask(f"field_{field.pk}", field.name, leads.get(field.pk))

    def boxed(self) -> list[tuple[Any, str, list[Any]]]:
        """Each field's box, name and who leads the group."""
        fields = {key: parts for key, _label, parts in self.groups()}
        return [(self[f"on_{row.pk}"], row.name, fields[f"field_{row.pk}"]) for row in self.rows]
