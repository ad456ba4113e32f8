"""Fields and errors in the design system's markup, for any Django form. Registered through samrad.py."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

register = template.Library()

GROUPED = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def _anchor(bound: BoundField) -> str:
    """The id that a link to the field goes to."""
    single = bound.id_for_label or bound.auto_id
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, GROUPED) else single


def _attrs(bound: BoundField, described: list[str]) -> dict[str, Any]:
    attrs: dict[str, Any] = {}
    widget = bound.field.widget
    if not isinstance(widget, (*GROUPED, forms.ClearableFileInput)):
        attrs["class"] = f"ds-input {widget.attrs.get('class', '')}".strip()
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if bound.field.required and not isinstance(widget, GROUPED):
        attrs["aria-required"] = "true"
    return attrs


@register.inclusion_tag("core/parts/field.html")
def field(bound: BoundField, optional_mark: bool = True, prefix: Any = "", suffix: Any = "") -> dict[str, Any]:
    """One field: label with «Må fylles ut» or «Valgfritt», help, error at the field, the input."""
    form_field = bound.field
    widget = form_field.widget
    bound.form.use_required_attribute = False  # the browser's own bubbles would answer before our words
    help_id, error_id = f"{bound.auto_id}_help", f"{bound.auto_id}_error"
    described = [help_id] * bool(bound.help_text) + [error_id] * bool(bound.errors)
    grouped = isinstance(widget, GROUPED)
    suffix = suffix or getattr(form_field, "suffix", "")
    return {
        "bound": bound,
        "grouped": grouped,
        "single_box": isinstance(widget, forms.CheckboxInput),
        "options": _options(bound) if grouped else [],
        "input": "" if grouped else bound.as_widget(attrs=_attrs(bound, described)),
        "help_id": help_id,
        "error_id": error_id,
        "described": " ".join(described),
        "prefix": prefix,
        "suffix": suffix,
        "hidden": isinstance(widget, forms.HiddenInput),
        "mark": optional_mark,
    }


def _options(bound: BoundField) -> list[dict[str, Any]]:
    """Every radio or box with its own label and, where the choice has one, its own help."""
    found = []
    for sub in bound.subwidgets:
        data = sub.data
        attrs = {**data["attrs"], "class": "ds-input"}
        if bound.errors:
            attrs["aria-invalid"] = "true"
        attrs.pop("required", None)
        found.append(
            {
                "id": data["attrs"].get("id", ""),
                "label": data["label"],
                "name": data["name"],
                "value": data["value"],
                "checked": data["selected"],
                "type": data["type"],
                "invalid": bool(bound.errors),
                "disabled": bool(data["attrs"].get("disabled")),
            }
        )
    return found


@register.inclusion_tag("core/parts/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """Every field of a form, in its order."""
    return {"form": form}


def _lines(forms_: list[Any]) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for form in forms_:
        if not getattr(form, "is_bound", False):
            continue
        lines += [{"label": "", "text": text, "anchor": ""} for text in form.non_field_errors()]
        for bound in form:
            lines += [{"label": bound.label, "text": text, "anchor": _anchor(bound)} for text in bound.errors]
    return lines


@register.inclusion_tag("core/parts/error_summary.html")
def error_summary(form: Any, *others: Any) -> dict[str, Any]:
    """What is wrong, at the top, in the same words as at the fields; gets the focus."""
    return {"lines": _lines([form, *others])}


@register.simple_tag
def error_prefix(form: Any, *others: Any) -> SafeString | str:
    """«Feil: » for the title of a page whose form has errors."""
    from django.utils.translation import gettext as _

    return f"{_('Error:')} " if _lines([form, *others]) else ""
