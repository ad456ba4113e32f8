"""What the pages of the annual cycle draw by themselves."""

from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def cell_field(bound: BoundField, about: Any = "") -> SafeString:
    """A field in a cell of a table: its label is said aloud, what is wrong stands beneath it."""
    said = f"{bound.label}: {about}" if about else f"{bound.label} {(bound.form.prefix or '').lstrip('m')}"
    attrs: dict[str, Any] = {"aria-label": said}
    if bound.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}_error"}
    faults = format_html_join(" ", "{}", ((fault,) for fault in bound.errors))
    beneath = format_html('<p class="error-text" id="{}_error">{}</p>', bound.auto_id, faults) if bound.errors else ""
    return format_html("{}{}", bound.as_widget(attrs=attrs), beneath)
