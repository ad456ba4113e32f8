"""Is it well-formed which project a portfolio is to show?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm, choose_from
from samrad.portfolio.models import Project


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say why."), "max_length": _("Write at most 300 characters.")},
    )


def _named(project: Project) -> str:
    """A project with the portfolio that steers it."""
    return f"{project.initiative} ({project.portfolio.name})"


class ShowForm(PlainForm):
    """Which project, and why it is shown here too."""

    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("Project"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a project.")),
    )
    reason = _reason()

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "project", projects, empty=_("Choose a project"), label=_named)


class HideForm(PlainForm):
    """Why a project is taken out."""

    reason = _reason()
