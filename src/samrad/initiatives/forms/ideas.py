"""The idea bank's forms: two fields to send an idea, and those to talk about, find and answer one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.fields import VersionedForm
from samrad.governance.models import Field
from samrad.initiatives.content import MAX_LINE, MAX_TEXT
from samrad.initiatives.forms.steps import CHOOSE, TOO_LONG
from samrad.initiatives.models import Idea, IdeaAnswer
from samrad.initiatives.queries import ideas_found
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person

NO_FIELD = ""


def _text(most: int, *, lines: int, missing: Any, **kwargs: Any) -> forms.CharField:
    """A text that must be there; too long is said, never cut."""
    widget: forms.Widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    errors = {"max_length": TOO_LONG, "required": missing}
    field = forms.CharField(max_length=most, widget=widget, error_messages=errors, **kwargs)
    field.widget.attrs.pop("maxlength", None)
    return field


def fields_of(house_ids: Iterable[int | None]) -> list[Field]:
    """The professional fields of some houses."""
    return list(Field.objects.filter(owner_id__in=[h for h in house_ids if h]))


def _likely(fields: list[Field], by: Actor) -> str:
    """The field one works in oneself: the one with the name of one's sector."""
    unit = Person.objects.filter(pk=by.person_or_none).values_list("unit__name", "unit__parent__name").first()
    names = {name.casefold() for name in unit or () if name}
    return next((str(f.pk) for f in fields if f.name.casefold() in names), NO_FIELD)


class IdeaForm(forms.Form):
    """An idea: what, and what would be better. The field is guessed, and may be left open."""

    def __init__(self, *, by: Actor, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.known = fields_of(by.entities)
        self.fields["title"] = _text(
            MAX_LINE,
            lines=0,
            missing=_("Say what the idea is, in one sentence."),
            label=_("The idea in one sentence"),
            help_text=_("Example: Let the parents book the talk with the teacher themselves."),
        )
        self.fields["text"] = _text(
            MAX_TEXT,
            lines=6,
            missing=_("Say what is difficult today, and for whom it would be better."),
            label=_("What is difficult today, and what would be better?"),
            help_text=_("A few sentences are enough. No names of residents, patients or pupils."),
        )
        self.fields["field"] = forms.ChoiceField(
            label=_("Who should answer?"),
            required=False,
            choices=[
                *((str(f.pk), f.name) for f in self.known),
                (NO_FIELD, _("I do not know: let the secretariat find out")),
            ],
            initial=_likely(self.known, by),
            error_messages={"invalid_choice": CHOOSE},
        )
        self.fields["wants_to_write"] = forms.BooleanField(
            label=_("I want to take part if it becomes a need"), required=False, initial=True
        )

    def clean_field(self) -> Field | None:
        """The field that was chosen."""
        return next((f for f in self.known if str(f.pk) == self.cleaned_data["field"]), None)


class CommentForm(forms.Form):
    """A comment, a question or an answer."""

    text = _text(
        MAX_TEXT,
        lines=3,
        missing=gettext_lazy("Write something first."),
        label=gettext_lazy("Your comment or question"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, prefix_id: str = "comment") -> None:
        super().__init__(data, label_suffix="", auto_id=f"{prefix_id}_%s")


class PlaceForm(VersionedForm):
    """Which field an idea belongs to."""

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = fields_of([idea.owner_id, idea.shared_with_id])
        self.fields["field"] = forms.ChoiceField(
            label=_("Professional field"),
            required=False,
            choices=[*((str(f.pk), f.name) for f in self.known), (NO_FIELD, _("Not known: with the secretariat"))],
            initial=str(idea.field_id or NO_FIELD),
            error_messages={"invalid_choice": CHOOSE},
        )

    def clean_field(self) -> Field | None:
        """The field that was chosen."""
        return next((f for f in self.known if str(f.pk) == self.cleaned_data["field"]), None)


class IdeaAnswerForm(VersionedForm):
    """What becomes of an idea, and why."""

    def __init__(
        self, *args: Any, kinds: list[str], leading: list[Idea] | None = None, chosen: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(IdeaAnswer.Kind.choices)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What becomes of the idea?"),
            choices=[(kind, labels[kind]) for kind in kinds],
            widget=forms.RadioSelect,
            initial=chosen or (kinds[0] if len(kinds) == 1 else None),
            error_messages={"required": _("Choose what becomes of the idea."), "invalid_choice": CHOOSE},
        )
        if IdeaAnswer.Kind.GATHERED in kinds:
            self.fields["leading"] = forms.ChoiceField(
                label=_("Which idea is it gathered with?"),
                help_text=_("Only when it is gathered with another. The ones most alike come first."),
                required=False,
                choices=[
                    ("", _("Choose an idea")),
                    *((str(i.pk), f"{i.title} ({i.reference})") for i in leading or []),
                ],
                error_messages={"invalid_choice": CHOOSE},
            )
        self.fields["reason"] = _text(
            MAX_TEXT,
            lines=4,
            missing=_("Say why, so that whoever sent the idea understands the answer."),
            label=_("Why?"),
            help_text=_("Whoever sent the idea reads this. Thank them, and say what happens now."),
        )

    def clean(self) -> dict[str, Any]:
        """An idea is gathered with one that is named."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == IdeaAnswer.Kind.GATHERED and not data.get("leading") and "leading" not in self.errors:
            self.add_error("leading", _("Choose the idea it is gathered with."))
        return data


class GatherForm(VersionedForm):
    """Which ideas are gathered under this one, and why."""

    def __init__(self, *args: Any, others: list[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ideas"] = forms.MultipleChoiceField(
            label=_("Ideas that belong together with this one"),
            choices=[(str(i.pk), f"{i.title} ({i.reference}, {i.owner.name})") for i in others],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one idea."), "invalid_choice": CHOOSE},
        )
        self.fields["reason"] = _text(
            MAX_TEXT,
            lines=3,
            missing=_("Say why, so that those who sent the ideas understand the answer."),
            label=_("Why do they belong together?"),
            help_text=_("Those who sent the ideas read this."),
        )


ANSWERED = [("waiting", gettext_lazy("Waits for an answer")), *IdeaAnswer.Kind.choices]
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": ("-sent_at", "-pk"),
    "support": (F("supporters").desc(nulls_last=True), "-sent_at"),
    "due": ("due_date", "pk"),
}


class IdeaListForm(forms.Form):
    """What the idea bank can be narrowed to. A choice that does not exist is left out, never an error."""

    def __init__(self, *, by: Actor, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="", auto_id="filter_%s")
        self.by = by
        fields = [(str(f.pk), f.name) for f in fields_of(by.entities)]
        mine = Q(pk__in=by.entities) | Q(memberships__cooperation_id__in=by.entities)
        towns = Entity.objects.filter(mine, kind=Entity.Kind.MUNICIPALITY).distinct()
        search = forms.TextInput(attrs={"type": "search"})
        self.fields["q"] = forms.CharField(label=_("Search in ideas"), required=False, max_length=200, widget=search)
        self._choice("field", _("Professional field"), fields)
        self._choice("municipality", _("Municipality"), [(str(t.pk), t.name) for t in towns])
        self._choice("answer", _("Answer"), ANSWERED)
        self._choice(
            "whose", _("Whose"), [("mine", _("Mine")), ("followed", _("I follow")), ("supported", _("I support"))]
        )
        sorts = [("newest", _("Newest")), ("support", _("Most support")), ("due", _("Deadline for answer"))]
        self._choice("sort", _("Sort by"), sorts, empty=False)

    def _choice(self, name: str, label: str, choices: Iterable[tuple[str, Any]], *, empty: bool = True) -> None:
        everything = [("", _("All"))] if empty else []
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[*everything, *choices])

    def chosen(self) -> dict[str, str]:
        """What is asked for, as far as it exists."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def narrowed(self, ideas: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The ideas asked for, in the order asked for. Gathered ones stand under the one that leads."""
        chosen, me = self.chosen(), self.by.person_or_none
        if not {"q", "whose", "answer"} & set(chosen):
            ideas = ideas.filter(leading__isnull=True)
        if field := chosen.get("field"):
            ideas = ideas.filter(field_id=int(field))
        if municipality := chosen.get("municipality"):
            ideas = ideas.filter(owner_id=int(municipality))
        if answer := chosen.get("answer"):
            waiting = {"answer__isnull": True, "withdrawn_at": None}
            ideas = ideas.filter(**(waiting if answer == "waiting" else {"answer": answer}))
        whose = {
            "mine": Q(author_id=me),
            "followed": Q(followings__person_id=me),
            "supported": Q(supports__person_id=me),
        }
        if "whose" in chosen:
            ideas = ideas.filter(whose[chosen["whose"]])
        return ideas_found(ideas, chosen.get("q", "")).order_by(*SORTS[chosen.get("sort", "newest")])
