"""Is a rank order well-formed?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import VersionedForm
from samrad.portfolio.models import Project

WHOLE = _("A place is a whole number from 1.")


class RankForm(VersionedForm):
    """A place and a reason for each project. One without a place is not in the order."""

    def __init__(
        self, *args: Any, projects: list[Project], stands: Mapping[int, tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.projects = projects
        for project in projects:
            place, reason = stands.get(project.pk, (None, ""))
            title = project.initiative.title
            self.fields[f"place_{project.pk}"] = forms.IntegerField(
                label=_("Place: %(title)s") % {"title": title},
                required=False,
                min_value=1,
                max_value=9999,
                initial=place,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE),
            )
            self.fields[f"reason_{project.pk}"] = forms.CharField(
                label=_("Why: %(title)s") % {"title": title},
                required=False,
                max_length=300,
                initial=reason,
                error_messages={"max_length": _("Write at most 300 characters.")},
            )

    def places(self) -> dict[int, tuple[int, str]]:
        """The projects that were given a place."""
        data = self.cleaned_data
        return {p.pk: (data[f"place_{p.pk}"], data[f"reason_{p.pk}"]) for p in self.projects if data[f"place_{p.pk}"]}

    def rows(self) -> list[tuple[Project, Any, Any]]:
        """Each project with its two fields."""
        return [(p, self[f"place_{p.pk}"], self[f"reason_{p.pk}"]) for p in self.projects]
