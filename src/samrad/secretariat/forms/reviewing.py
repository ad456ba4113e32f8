"""The forms of assessments by named people, of questions and answers, and of the register of competence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, PlainForm, VersionedForm, choose_from
from samrad.organisation.models import Person
from samrad.secretariat.models import Assessment, Competence
from samrad.secretariat.queries.reviewing import Assessed, Kind, read_key
from samrad.secretariat.queries.workspace import NOBODY


def kinds_to_choose(assessed: Assessed) -> list[tuple[str, str]]:
    """The assessments one can choose in a case: what is expected first, then the others there are."""
    found = {line.wanted.key: line.wanted.label for line in assessed.lines}
    for kind, label in Kind.choices:
        if kind == Kind.FINANCE:
            for pk, town in assessed.towns.items():
                found.setdefault(f"{kind}:{pk}", f"{label}, {town.name}")
        elif kind != Kind.SECRETARIAT:
            found.setdefault(kind, str(label))
    return list(found.items())


def about(key: str, titles: Mapping[str, str]) -> dict[str, Any]:
    """What a choice means: the kind, the municipality, and who is called where the house asks a question of its own."""
    kind, town = read_key(key)
    return {"kind": kind, "municipality_id": town, "title": titles.get(key, "")}


def _person(one: Any) -> str:
    return ", ".join(part for part in (one.name, one.title, one.owner.name) if part)


class AskForm(VersionedForm):
    """Asking someone for an assessment."""

    kind = forms.ChoiceField(
        label=_("What shall be assessed?"), error_messages={"required": _("Choose what shall be assessed.")}
    )
    person = forms.ModelChoiceField(
        label=_("Who is asked?"),
        queryset=Person.objects.none(),
        error_messages={"required": _("Choose who is asked."), "invalid_choice": _("Choose who is asked.")},
    )
    due = DayField(label=_("Deadline"), error_messages={"required": _("Write the deadline.")})
    question = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("Leave it empty where the kind of assessment says enough."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, assessed: Assessed, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("Choose")), *kinds_to_choose(assessed)]
        self.titles = {line.wanted.key: line.wanted.title for line in assessed.lines}
        choose_from(self, "person", people, label=_person)

    def values(self) -> dict[str, Any]:
        """Who is asked about what, by when."""
        data = self.cleaned_data
        return {
            **about(data["kind"], self.titles),
            "version": data["version"],
            "person_id": data["person"].pk,
            "due": data["due"],
            "question": data["question"],
        }


class ReviewForm(VersionedForm):
    """The assessment one is asked for: a text, and a conclusion."""

    text = forms.CharField(
        label=_("Your assessment"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
        error_messages={"required": _("Write the assessment.")},
    )
    conclusion = forms.ChoiceField(
        label=_("What is your conclusion?"),
        choices=Assessment.Conclusion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a conclusion.")},
    )


class OfficerForm(VersionedForm):
    """Who has the case."""

    person = forms.TypedChoiceField(
        label=_("Case officer"), coerce=int, error_messages={"required": _("Choose someone in the secretariat.")}
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.TypedChoiceField)
        person.choices = [("", _("Choose")), *((one.pk, one.name) for one in people)]


class AcrossForm(PlainForm):
    """A question or an answer to the other side."""

    text = forms.CharField(
        label=_("What do you want to ask or answer?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Write what you want to ask or answer.")},
    )
    asks = forms.BooleanField(label=_("I need an answer"), required=False)


class CompetenceForm(VersionedForm):
    """Who can help with what."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write the name of the person or the team.")}
    )
    place = forms.ChoiceField(label=_("Belongs to"), choices=Competence.Place.choices)
    organisation = forms.CharField(
        label=_("Department or vendor"), max_length=120, required=False, help_text=_("Must be filled in for a vendor.")
    )
    person = forms.ModelChoiceField(
        label=_("In Samråd"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Choose the person here if he or she can be asked for assessments."),
    )
    helps_with = forms.CharField(
        label=_("Can help with"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Write what the person or the team can help with.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Can be asked to assess"),
        choices=[(str(k), k.label) for k in Kind if k != Kind.SECRETARIAT],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, error_messages={"invalid": _("Write the address like name@example.no.")}
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", people, empty=_("Nobody"), label=_person)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("place") == Competence.Place.VENDOR and not data.get("organisation"):
            self.add_error("organisation", _("Write which vendor it is."))
        return data


class CompetenceSearch(PlainForm):
    """Searching for someone who can help."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.SearchInput)
    kind = forms.ChoiceField(label=_("Can assess"), required=False)
    place = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(str(k), str(k.label)) for k in Kind if k != Kind.SECRETARIAT]
        for name, choices in (("kind", kinds), ("place", list(Competence.Place.choices))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *choices]


class ListForm(PlainForm):
    """Narrowing the secretariat's list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.SearchInput)
    officer = forms.ChoiceField(label=_("Case officer"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    late = forms.ChoiceField(label=_("Deadlines"), required=False)

    def __init__(self, data: Any, *, officers: Iterable[Person], towns: Mapping[int, str]) -> None:
        super().__init__(data, auto_id="filter_%s")
        people = [(NOBODY, str(_("Nobody"))), *((str(one.pk), one.name) for one in officers)]
        places = [(str(pk), name) for pk, name in sorted(towns.items(), key=lambda town: town[1])]
        late = [("1", str(_("Only what is late")))]
        for name, choices in (("officer", people), ("municipality", places), ("late", late)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *choices]

    def chosen(self) -> dict[str, str]:
        """What is asked for, as far as it exists."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}
