"""The components every page is made of. Each is named after what a person sees; docs/components.md lists them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.core.money import grouped, kroner, short_kroner
from samrad.core.verdict import Verdict

register = template.Library()
SYMBOLS = {"green": "●", "amber": "▲", "red": "■", "": "○"}


@register.filter
def kr(value: Decimal | int | str | None) -> str:
    """«1 234 567 kr»; a missing amount is a dash, 0 is an answer."""
    if isinstance(value, str):
        value = Decimal(value) if value else None
    return kroner(value)


@register.filter
def kr_short(value: Decimal | int | str | None) -> str:
    """«1,2 mill. kr»."""
    if isinstance(value, str):
        value = Decimal(value) if value else None
    return short_kroner(value)


@register.filter
def hours(value: int | None) -> str:
    """«1 200 timer»."""
    return "–" if value in (None, "") else _("%(number)s hours") % {"number": grouped(int(value or 0))}


@register.filter
def day(value: date | datetime | str | None) -> str:
    """«23. november 2026»."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return formats.date_format(value, "DATE_FORMAT")


@register.filter
def short_day(value: date | datetime | None) -> str:
    """«23.11.2026»."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return formats.date_format(value, "SHORT_DATE_FORMAT") if value else ""


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """What a mapping has under a key."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.simple_tag
def state_tag(label: Any, colour: str = "grey") -> SafeString:
    """A state as a word on a colour."""
    return format_html('<span class="tag" data-colour="{}">{}</span>', colour, label)


@register.simple_tag
def status_light(light: str, trend: str = "") -> SafeString:
    """A status light: a shape and a word, and which way it goes."""
    words = {"green": _("On course"), "amber": _("Needs attention"), "red": _("Off course"), "": _("Not reported")}
    arrows = {"better": _("better than last time"), "worse": _("worse than last time"), "same": ""}
    arrow = {"better": " ↗", "worse": " ↘"}.get(trend, "")
    return format_html(
        '<span class="light" data-light="{}"><span aria-hidden="true">{}{}</span> {}<span class="hidden-text"> {}</span></span>',
        light,
        SYMBOLS.get(light, "○"),
        arrow,
        words.get(light, words[""]),
        arrows.get(trend, ""),
    )


@register.simple_tag
def ball_strip(ball: Any) -> SafeString:
    """With whom the case lies, since when, who comes next, and the deadline. `ball`: holder, since, next, due."""
    parts = [
        format_html(_("Lies with <strong>{}</strong> since {}."), ball.holder, day(ball.since)) if ball.holder else "",
        format_html(_("Next: {}."), ball.next) if ball.next else "",
        format_html(_("Deadline: {}."), day(ball.due)) if ball.due else "",
    ]
    return format_html('<div class="ball"><p>{}</p></div>', format_html_join(" ", "{}", ((p,) for p in parts if p)))


@register.simple_tag
def steering_line(steps: Any) -> SafeString:
    """The steering line: steps with label, who, when, state (done, now, next)."""
    words = {"done": _("done"), "now": _("now"), "next": _("to come")}
    items = format_html_join(
        "",
        '<li data-state="{}"{}><strong>{}</strong>{}<span class="when">{}</span><span class="hidden-text">{}</span></li>',
        (
            (
                s.state,
                SafeString(' aria-current="step"') if s.state == "now" else "",
                s.label,
                s.who,
                s.when,
                words.get(s.state, ""),
            )
            for s in steps
        ),
    )
    return format_html('<ol class="line">{}</ol>', items)


@register.simple_tag
def timeline(happenings: Any) -> SafeString:
    """What has happened, grouped by day, newest first. Each: at, who, text."""
    days = []
    for when, group in groupby(happenings, key=lambda h: timezone.localtime(h.at).date()):
        rows = format_html_join(
            "",
            "<li><time>{}</time>{} {}</li>",
            ((formats.time_format(timezone.localtime(h.at), "H.i"), h.who, h.text) for h in group),
        )
        days.append((day(when), rows))
    return format_html('<ol class="days">{}</ol>', format_html_join("", "<li><h3>{}</h3><ul>{}</ul></li>", days))


@register.simple_tag
def verdict_note(verdict: Verdict) -> SafeString:
    """Why something cannot be done, and what is missing; nothing where it can."""
    if verdict.allowed:
        return SafeString("")
    lacks = format_html_join("", "<li>{}</li>", ((lack.text,) for lack in verdict.lacks))
    body = format_html("<ul>{}</ul>", lacks) if verdict.lacks else ""
    return format_html('<div class="note" data-kind="refused"><p>{}</p>{}</div>', verdict.reason, body)


@register.simple_tag
def action_button(label: str, verdict: Verdict) -> SafeString:
    """The page's one primary button; greyed, with the reason beside it, where it cannot be done."""
    if verdict.allowed:
        return format_html('<button class="button" type="submit">{}</button>', label)
    return format_html(
        '<button class="button" type="button" aria-disabled="true">{}</button> <span class="quiet">{}</span>',
        label,
        verdict.reason,
    )


@register.simple_tag
def field(bound: BoundField, optional_mark: bool = True) -> SafeString:
    """A form field: label, whether it must be filled in, help, the error beside it, and the input."""
    errors = list(bound.errors)
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if errors:
        attrs["aria-invalid"] = "true"
    mark = _("Must be filled in") if bound.field.required else _("Optional")
    grouped_input = getattr(bound.field.widget, "input_type", "") in ("radio", "checkbox") and bound.subwidgets
    outer, inner = ("fieldset", "legend") if grouped_input and len(bound.subwidgets) > 1 else ("div", "label")
    target = "" if inner == "legend" else format_html(' for="{}"', bound.id_for_label)
    return format_html(
        '<{} class="field{}" id="{}_field"><{}{}>{}{}</{}>{}{}{}</{}>',
        SafeString(outer),
        " bad" if errors else "",
        bound.auto_id,
        SafeString(inner),
        target,
        bound.label,
        format_html('<span class="mark">{}</span>', mark) if optional_mark else "",
        SafeString(inner),
        format_html('<p class="help" id="{}_help">{}</p>', bound.auto_id, bound.help_text) if bound.help_text else "",
        format_html('<p class="error-text" id="{}_error">{}</p>', bound.auto_id, " ".join(errors)) if errors else "",
        bound.as_widget(attrs=attrs),
        SafeString(outer),
    )


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """All errors of a form in one place, each a link to its field, in the same words; focused when it appears."""
    if not form.errors:
        return SafeString("")
    rows = [
        (form[name].id_for_label if name in form.fields else "main", text)
        for name, texts in form.errors.items()
        for text in texts
    ]
    items = format_html_join("", '<li><a href="#{}">{}</a></li>', rows)
    return format_html(
        '<div class="note" data-kind="error" role="alert" tabindex="-1" data-focus><h2>{}</h2><ul>{}</ul></div>',
        _("Something must be mended before you can go on"),
        items,
    )
