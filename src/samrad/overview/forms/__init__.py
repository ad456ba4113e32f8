"""What the open portfolio and «From others» can be narrowed to. A choice that does not exist is left out, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samrad.core.fields import VersionedForm
from samrad.governance.queries import Statement
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import responsibles
from samrad.organisation.actors import Actor
from samrad.organisation.queries import visible_to

SORTS = {"newest": ("-since", "-pk"), "title": ("title_sort", "pk")}


class WindowForm(forms.Form):
    """Search, field and sort, and for the open portfolio municipality and how far it has come."""

    def __init__(
        self, *, data: Mapping[str, Any], fields: list[str], municipalities: Mapping[int, str] | None = None
    ) -> None:
        super().__init__(data, label_suffix="", auto_id="filter_%s")
        self.fields["q"] = forms.CharField(
            label=_("Search in titles"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
        if municipalities is not None:
            self._choice("municipality", _("Municipality"), [(str(pk), name) for pk, name in municipalities.items()])
        self._choice("field", _("Professional field"), [(name, name) for name in fields])
        if municipalities is not None:
            stages = [s for s in Initiative.Stage if s >= Initiative.Stage.SUBMITTED]
            self._choice("stage", _("State"), [(str(s.value), str(s.label)) for s in stages])
        self._choice("sort", _("Sort by"), [("newest", _("Newest")), ("title", _("Title"))], empty=False)

    def _choice(self, name: str, label: str, choices: list[tuple[str, str]], *, empty: bool = True) -> None:
        everything = [("", _("All"))] if empty else []
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[*everything, *choices])

    def chosen(self) -> dict[str, str]:
        """What is asked for, as far as it exists."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows asked for, in the order asked for."""
        chosen = self.chosen()
        if q := " ".join(chosen.get("q", "").replace("\x00", "").split()):
            rows = rows.filter(title__icontains=q)
        if municipality := chosen.get("municipality"):
            rows = rows.filter(Q(owner_id=int(municipality)) | Q(participant_ids__contains=[int(municipality)]))
        if field := chosen.get("field"):
            rows = rows.filter(field_name=field)
        if stage := chosen.get("stage"):
            rows = rows.filter(stage=int(stage))
        return rows.order_by(*SORTS[chosen.get("sort", "newest")])


class OwnerForm(VersionedForm):
    """Who owns an initiative after one who has left, and who is responsible."""

    def __init__(self, *args: Any, by: Actor, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": initiative.version}, **kwargs)
        houses = [initiative.owner_id, initiative.shared_with_id, *initiative.participant_ids]
        people = visible_to(by).filter(owner_id__in=[h for h in houses if h]).select_related("owner").order_by("name")
        choices = [(str(p.pk), ", ".join(x for x in [p.name, p.title, p.owner.name] if x)) for p in people]
        held = {kind: row.person for kind, row in responsibles(initiative).items()}
        for kind, label in (("need_owner", _("Need owner")), ("lead", _("Initiative responsible"))):
            person = held.get(kind)
            self.fields[kind] = forms.ChoiceField(
                label=label,
                choices=[("", _("Choose a person")), *choices],
                initial=str(person.pk) if person and person.active else "",
                help_text=_("%(name)s has left.") % {"name": person.name} if person and not person.active else "",
                error_messages={
                    "required": _("Choose a person."),
                    "invalid_choice": _("Choose a person from the list."),
                },
            )


class SelfCheckForm(VersionedForm):
    """A score for each statement, and a word about what lies behind."""

    def __init__(self, *args: Any, statements: list[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [
            ("1", _("1: not true at all")),
            ("2", _("2: hardly")),
            ("3", _("3: partly")),
            ("4", _("4: mostly")),
            ("5", _("5: quite true")),
        ]
        for statement in statements:
            self.fields[statement.code] = forms.ChoiceField(
                label=statement.text,
                choices=marks,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a number from 1 to 5.")},
            )
        self.fields["note"] = forms.CharField(
            label=_("What lies behind the numbers?"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
