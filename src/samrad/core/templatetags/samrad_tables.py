"""Data tables with sorting, chips, pages and status lights, all as plain links. Registered through samrad.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context, RequestContext
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samrad.core import drawing

register = template.Library()


def _query(context: Context, changes: dict[str, Any]) -> str:
    """The page's query string with some values changed; an empty value takes one away."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        from django.http import QueryDict

        query = QueryDict(mutable=True)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address of this page with some of its query changed: `{% query page=2 %}`."""
    return _query(context, changes)


@register.simple_block_tag
def data_table(content: SafeString, caption: Any, sticky: bool = True, hide_caption: bool = False) -> SafeString:
    """A table one can scroll with the keyboard; between the tags thead, tbody and tfoot."""
    return format_html(
        '<div class="table-room" role="region" aria-label="{}" tabindex="0"><table class="ds-table"{}>'
        "<caption{}>{}</caption>{}</table></div>",
        caption,
        SafeString(" data-sticky-header") if sticky else "",
        SafeString(' class="ds-sr-only"') if hide_caption else "",
        caption,
        content,
    )


@register.inclusion_tag("core/parts/sort_header.html", takes_context=True)
def sort_header(context: RequestContext, label: Any, key: str, numeric: bool = False) -> dict[str, Any]:
    """A column head one can sort by: links to `?sort=key`, and to `?sort=-key` when it is sorted so already."""
    request = context.get("request")
    now = request.GET.get("sort", "") if request is not None else ""
    direction = {"": ""}.get(now, "ascending" if now == key else "descending" if now == f"-{key}" else "")
    url = _query(context, {"sort": f"-{key}" if now == key else key, "page": None})
    return {"label": label, "url": url, "direction": direction, "numeric": numeric}


@register.inclusion_tag("core/parts/filter_chips.html", takes_context=True)
def filter_chips(context: RequestContext, label: Any, name: str, options: Any) -> dict[str, Any]:
    """One choice among (value, label) pairs as links; choosing again takes it away."""
    request = context.get("request")
    now = request.GET.get(name, "") if request is not None else ""
    chips = [
        {
            "label": text,
            "chosen": str(value) == now,
            "url": _query(context, {name: "" if str(value) == now else value, "page": None}),
        }
        for value, text in options
    ]
    return {"label": label, "chips": chips}


@register.inclusion_tag("core/parts/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a Paginator page; nothing when there is only one."""
    paginator = page.paginator
    links = [
        {"number": str(n), "url": _query(context, {"page": n}), "gap": str(n) == str(paginator.ELLIPSIS)}
        for n in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = _query(context, {"page": page.previous_page_number()}) if page.has_previous() else ""
    after = _query(context, {"page": page.next_page_number()}) if page.has_next() else ""
    return {"page": page, "current": str(page.number), "links": links, "before": before, "after": after}


@register.simple_tag
def status_light(
    value: Any, trend: str = "", label: Any = "", computed: Any = None, compact: bool = False
) -> SafeString:
    """green ●, amber ▲, red ■, anything else ○ not reported; trend better, same or worse; computed beside reported."""
    beside = drawing.light(computed).code if computed else ""
    return _light(get_language(), drawing.light(value).code, trend, str(label), beside, compact)


@register.simple_tag
def status_cells(lights: Iterable[tuple[str, ...]], labels: Mapping[str, Any] | None = None) -> SafeString:
    """A table cell for each (name, light, trend) of a row; two more where another light was computed: it, and why.

    With `labels` each cell says what it is about, where rows stand as cards.
    """
    language, cells = get_language(), []
    named = {name: format_html(' data-label="{}"', label) for name, label in (labels or {}).items()}
    for name, light, trend, *beside in lights:
        computed = drawing.light(beside[0]).code if beside else ""
        drawn = _light(language, drawing.light(light).code, trend, "", computed, False)
        why = format_html(' <span class="quiet">{}</span>', beside[1]) if beside and beside[1] else ""
        cells.append(f"<td{named.get(name, '')}>{drawn}{why}</td>")
    return mark_safe("".join(cells))  # the light is a template's own, the reason is escaped


@lru_cache(maxsize=1024)
def _light(language: str, code: str, trend: str, label: str, computed: str, compact: bool) -> SafeString:
    """One light as it is drawn: there are few, and a portfolio shows thousands."""
    context = {
        "light": drawing.light(code),
        "label": label,
        "trend": trend,
        "computed": drawing.light(computed) if computed else None,
        "compact": compact,
    }
    return render_to_string("core/parts/status_light.html", context)
