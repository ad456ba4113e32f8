"""Components and filters, in every template without `{% load %}`.

docs/components.md says the same with examples; /core/gallery/ shows them all. In short:

    {% page_head title [state colour reference lead overline] %}…{% endpage_head %}
    {% ball_strip ball [since next deadline late closed] %}      {% steering_line steps [label compact] %}
    {% timeline events [label] %}      {% verdict_note verdict [title] %}      {% lack_list lacks %}
    {% action label [verdict url name value variant icon post] %}
    {% action_button label verdict %}
    {% action_form url [label verdict version variant name value] %}fields{% endaction_form %}
    {% checklist requirements [title] %}      {% money_table caption columns rows [total_label] %}
    {% benefit_row benefit %}      {% status_light value [trend label computed compact] %}      {% status_cells lights %}
    {% decision_card outcome [colour text conditions date level body reference amount based_on entity] %}
    {% attendance_grid rows [caption] %}      {% file_list files [empty] %}      {% progress value total [label] %}
    {% empty_state title [text url label] %}      {% state_tag label [colour] %}
    {% data_table caption [sticky hide_caption] %}<thead>…{% enddata_table %}
    {% sort_header label key [numeric] %}      {% filter_chips label name options %}      {% pagination page %}
    {% difference old new %}      {% fact_list pairs %}      {% facts %}{% fact label %}…{% endfact %}{% endfacts %}
    {% bar_chart caption rows [unit] %}      {% mini_bar value total [text] %}      {% matrix caption points x y %}      {% roadmap map %}
    {% picture picture %}
    {% person person [role] %}      {% panel title [level] %}…{% endpanel %}      {% notice [colour title] %}…{% endnotice %}
    {% question_thread questions %}      {% form_steps steps %}      {% saved_state at [version] %}      {% icon name [label] %}
    {% field bound [prefix suffix] %}      {% form_fields form %}      {% error_summary form [others] %}
    {% error_prefix form [others] %}      {% query [name=value …] %}      {% samrad_version %}

Filters: kr, short_kr (kr_short), number, hours, date_no, date_short, time_no, datetime_no, size_no, percent_no,
get:key; day and short_day are date_no and date_short that say nothing where there is no date.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from samrad.core import drawing
from samrad.core.components import MoneyRow
from samrad.core.templatetags import samrad_filters, samrad_forms, samrad_tables

register = template.Library()
for part in (samrad_filters, samrad_forms, samrad_tables):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)

COLOURS = {
    "grey": "neutral",
    "blue": "info",
    "yellow": "warning",
    "green": "success",
    "red": "danger",
}


@register.simple_tag
def samrad_version() -> str:
    """The version that is running."""
    try:
        return version("samrad")
    except PackageNotFoundError:  # run from a folder without being installed
        return "–"


@register.simple_tag
def icon(name: str, label: Any = "") -> SafeString:
    """One of Aksel's icons, by its file name. With a label it is read out, without it is decoration."""
    body = mark_safe(drawing.icon_paths(name))  # from our own static files
    if label:
        return format_html('<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, body)
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', body)


@register.simple_tag
def state_tag(label: Any, colour: str = "grey") -> SafeString:
    """A state in one word. Colour: grey, blue, yellow, green, red."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', COLOURS.get(colour, "neutral"), label)


def _block(context: Any, name: str, **values: Any) -> SafeString:
    """A component that wraps what stands between its tags."""
    with context.push(**values):
        return context.template.engine.get_template(f"core/parts/{name}.html").render(context)  # type: ignore[no-any-return]


@register.simple_block_tag(takes_context=True)
def page_head(
    context: RequestContext,
    content: SafeString,
    title: Any,
    state: Any = "",
    colour: str = "grey",
    reference: Any = "",
    lead: Any = "",
    overline: Any = "",
) -> SafeString:
    """The head of a page: title, state, reference; between the tags the ball strip and the primary action."""
    return _block(
        context,
        "page_head",
        title=title,
        state=state,
        colour=colour,
        reference=reference,
        lead=lead,
        overline=overline,
        content=content,
    )


@register.simple_block_tag(takes_context=True)
def panel(context: RequestContext, content: SafeString, title: Any, level: int = 2) -> SafeString:
    """A titled section, in the rail or in the matter."""
    return _block(context, "panel", title=title, level=level, content=content)


@register.simple_block_tag
def notice(content: SafeString, colour: str = "blue", title: Any = "") -> SafeString:
    """A message in the page: blue tells, yellow warns, green confirms, red says what is wrong."""
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice" data-color="{}">{}<div>{}</div></div>',
        COLOURS.get(colour, "info"),
        head,
        content,
    )


@register.simple_block_tag
def facts(content: SafeString) -> SafeString:
    """A list of facts for the rail; fill it with `fact`."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: SafeString, label: Any) -> SafeString:
    """One fact in `facts`."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, (content.strip() and content) or "–")


@register.inclusion_tag("core/parts/fact_list.html")
def fact_list(pairs: Any) -> dict[str, Any]:
    """Facts from (label, value) pairs; an empty value is a dash."""
    return {"pairs": pairs.items() if hasattr(pairs, "items") else pairs}


@register.inclusion_tag("core/parts/ball_strip.html")
def ball_strip(
    ball: Any,
    since: Any = None,
    next: Any = "",
    deadline: Any = None,
    late: bool = False,
    closed: Any = "",
) -> dict[str, Any]:
    """Whose turn it is, since when, who is next, by when. `closed` is said instead when nobody has it.

    `ball` is the holder, or one record with holder, since, next, due (and late).
    """
    if hasattr(ball, "holder"):
        late = late or getattr(ball, "late", False)
        since, next, deadline, ball = ball.since, ball.next, ball.due, ball.holder
    return {
        "holder": ball,
        "since": since,
        "next": next,
        "deadline": deadline,
        "late": late,
        "closed": closed,
    }


@register.inclusion_tag("core/parts/steering_line.html")
def steering_line(steps: Any, label: Any = "", compact: bool = False) -> dict[str, Any]:
    """Where it stands on its way: a list of Step. Compact: dots and «step 3 of 7», for a table row."""
    steps = list(steps)
    state = [s["state"] if isinstance(s, dict) else s.state for s in steps]
    at = state.index("now") if "now" in state else None
    return {
        "steps": steps,
        "label": label,
        "compact": compact,
        "number": None if at is None else at + 1,
        "now": None if at is None else steps[at],
        "count": len(steps),
    }


@register.inclusion_tag("core/parts/timeline.html")
def timeline(events: Any, label: Any = "") -> dict[str, Any]:
    """What happened, grouped by day, in the order given: a list of Happening."""
    return {"days": drawing.by_day(events), "label": label}


@register.inclusion_tag("core/parts/verdict_note.html")
def verdict_note(verdict: Any, title: Any = "") -> dict[str, Any]:
    """Why not: the reason of a Verdict and what is missing. Says nothing where it is allowed."""
    return {"verdict": verdict, "title": title}


@register.inclusion_tag("core/parts/lack_list.html")
def lack_list(lacks: Any) -> dict[str, Any]:
    """What is missing, one by one, each with a link to where it is mended."""
    return {"lacks": lacks}


@register.inclusion_tag("core/parts/action.html")
def action(
    label: Any,
    verdict: Any = None,
    url: str = "",
    name: str = "",
    value: Any = "",
    variant: str = "primary",
    icon: str = "",
) -> dict[str, Any]:
    """The button for what one can do now; greyed with its reason beside where the verdict says no.

    With `url` a link to a page, without it a submit button of the form it stands in.
    """
    blocked = verdict is not None and not verdict
    values = {"label": label, "url": url, "name": name, "value": value, "variant": variant, "icon": icon}
    return {
        **values,
        "blocked": blocked,
        "reason": getattr(verdict, "reason", ""),
        "id": drawing.fresh_id("why"),
    }


@register.inclusion_tag("core/parts/action.html")
def action_button(label: Any, verdict: Any = None) -> dict[str, Any]:
    """The submit button of the form it stands in: `action` with nothing more."""
    return action(label, verdict)


@register.simple_block_tag(takes_context=True)
def action_form(
    context: RequestContext,
    content: SafeString,
    url: str,
    label: Any = "",
    verdict: Any = None,
    version: Any = None,
    variant: str = "primary",
    name: str = "",
    value: Any = "",
) -> SafeString:
    """A form that does one thing: CSRF, the row's version, your fields, the button with its verdict."""
    return _block(
        context,
        "action_form",
        form_url=url,
        form_label=label,
        form_verdict=verdict,
        form_version=None if version is None else str(version),
        form_variant=variant,
        form_name=name,
        form_value=value,
        form_content=content,
    )


@register.inclusion_tag("core/parts/checklist.html")
def checklist(requirements: Any, title: Any = "") -> dict[str, Any]:
    """What must be there: a list of Requirement, ticked as it is filled."""
    rows = list(requirements)
    done = sum(1 for r in rows if (r["done"] if isinstance(r, dict) else r.done))
    return {"rows": rows, "done": done, "count": len(rows), "title": title}


@register.inclusion_tag("core/parts/money_table.html")
def money_table(caption: Any, columns: Any, rows: Any, total_label: Any = "") -> dict[str, Any]:
    """Kroner by year that sum themselves: column labels and a list of MoneyRow."""
    made = [r if isinstance(r, MoneyRow) else MoneyRow(**r) for r in rows]
    sums = MoneyRow(
        total_label, [sum(r.values[i] or 0 for r in made if i < len(r.values)) for i in range(len(columns))]
    )
    return {"caption": caption, "columns": columns, "rows": made, "sums": sums, "total_label": total_label}


@register.inclusion_tag("core/parts/benefit_row.html")
def benefit_row(benefit: Any) -> dict[str, Any]:
    """One benefit: a BenefitLine, or anything with the same names."""
    return {"benefit": benefit}


@register.inclusion_tag("core/parts/decision_card.html")
def decision_card(outcome: Any, **values: Any) -> dict[str, Any]:
    """A decision or recommendation.

    colour, text, conditions (ConditionLine), date, level, body, entity, reference, amount, based_on (label, url).
    """
    return {"outcome": outcome, **values}


@register.inclusion_tag("core/parts/attendance_grid.html")
def attendance_grid(rows: Any, caption: Any = "") -> dict[str, Any]:
    """Who was there: a list of Attendee."""
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("core/parts/file_list.html")
def file_list(files: Any, empty: Any = "") -> dict[str, Any]:
    """Files with kind, size and exemption: a list of FileLine."""
    return {"files": files, "empty": empty}


@register.inclusion_tag("core/parts/progress.html")
def progress(value: int, total: int, label: Any = "") -> dict[str, Any]:
    """How far long work has come."""
    return {"value": str(value), "total": str(max(total, 1)), "label": label, "id": drawing.fresh_id("progress")}


@register.inclusion_tag("core/parts/empty_state.html")
def empty_state(title: Any, text: Any = "", url: str = "", label: Any = "") -> dict[str, Any]:
    """Nothing here: says so, and what to do first."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("core/parts/person.html")
def person(person: Any, role: Any = "") -> dict[str, Any]:
    """Someone's name with title and place of work: a Person or a plain name."""
    return {"person": person, "name": getattr(person, "name", person), "role": role}


@register.simple_tag
def difference(old: Any, new: Any) -> SafeString:
    """What changed between two texts, word by word, for eye and ear."""
    return drawing.difference(str(old or ""), str(new or ""))


@register.inclusion_tag("core/parts/bar_chart.html")
def bar_chart(caption: Any, rows: Any, unit: Any = "") -> dict[str, Any]:
    """Bars that are their own table: a list of Bar."""
    return {"caption": caption, "rows": drawing.bars(rows), "unit": unit}


@register.inclusion_tag("core/parts/mini_bar.html")
def mini_bar(value: Any, total: Any, text: Any = "") -> dict[str, Any]:
    """A bar for a table cell: how much of the total; over the total it turns red and says so."""
    return {"bar": drawing.share(value, total), "text": text}


@register.inclusion_tag("core/parts/matrix.html")
def matrix(caption: Any, points: Any, x: Any, y: Any) -> dict[str, Any]:
    """Two measures against each other, numbered, with the table beside: a list of Point, each 0 to 100."""
    return {"caption": caption, "marks": drawing.marks(points), "x": x, "y": y}


@register.inclusion_tag("core/parts/picture.html")
def picture(picture: Any) -> dict[str, Any]:
    """Figures as bars or circles with their table: a Picture (core/pictures.py), which papers and spreadsheets draw too."""
    names = [one.name for one in picture.measures]
    return {"picture": picture, "x": names[0], "y": names[1] if len(names) > 1 else ""}


@register.inclusion_tag("core/parts/trend_chart.html")
def trend_chart(trend: Any) -> dict[str, Any]:
    """Lines over time, with their names where they end (core/trend.py). The page has the table of the same figures."""
    return {"trend": trend}


@register.inclusion_tag("core/parts/roadmap.html")
def roadmap(map: Any) -> dict[str, Any]:
    """Bars under a line of quarters, with the table beneath (core/roadmap.py)."""
    return {"map": map}


@register.inclusion_tag("core/parts/year_wheel.html")
def year_wheel(wheel: Any) -> dict[str, Any]:
    """A year as a wheel (core/wheel.py). The page lists the same marks by number, and links `cycle.css`."""
    return {"wheel": wheel}


@register.inclusion_tag("core/parts/question_thread.html")
def question_thread(questions: Any) -> dict[str, Any]:
    """Questions with their answers: a list of Question."""
    return {"questions": questions}


@register.inclusion_tag("core/parts/form_steps.html")
def form_steps(steps: Any) -> dict[str, Any]:
    """The steps of a long form, for its rail: a list of FormStep."""
    return {"steps": steps}


@register.inclusion_tag("core/parts/saved_state.html")
def saved_state(at: Any = None, version: Any = None) -> dict[str, Any]:
    """«Saved at 09.42», always in sight. With `version` (answering an autosave) the form's version follows."""
    return {"at": at, "version": None if version is None else str(version)}
