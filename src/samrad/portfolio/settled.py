"""What a report says of what is settled: the rank orders that hold, «still right?» and the measures. Made once and frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from samrad.portfolio.models import Measure, MeasureProject, Portfolio, Ranking, RankPlace, StillRight
from samrad.portfolio.queries import Line
from samrad.portfolio.queries.measures import measures_in
from samrad.portfolio.queries.ranking import newest_of, places_of, rankings_of, sector_words
from samrad.portfolio.queries.review import newest_answers

Rows = dict[int, list[RankPlace]]


def settled_facts(portfolios: Sequence[Portfolio]) -> dict[str, Any]:
    """What is settled in some portfolios today, read in six queries for both versions of the report."""
    rankings = list(rankings_of(portfolios))
    of_each = [newest_of([r for r in rankings if r.portfolio_id == home.pk]).values() for home in portfolios]
    holding = [ranking for found in of_each for ranking in found]
    touched: dict[int, list[MeasureProject]] = {}
    rows = MeasureProject.objects.filter(measure__portfolio__in=portfolios).select_related("project__initiative")
    for row in rows.order_by("pk"):
        touched.setdefault(row.measure_id, []).append(row)
    return {
        "holding": holding,
        "places": places_of(holding),
        "answers": newest_answers(portfolios),
        "measures": list(measures_in(portfolios)),
        "touched": touched,
        "names": {home.pk: home.name if len(portfolios) > 1 else "" for home in portfolios},
    }


def _order(
    ranking: Ranking, rows: Sequence[RankPlace], shown: Collection[int], hidden: Collection[int]
) -> dict[str, Any]:
    approved = ranking.approved_at
    return {
        "sector": sector_words(ranking.sector) if ranking.sector else "",
        "approved_by": ranking.approved_by.name if ranking.approved_by else "",
        "approved_on": localdate(approved).isoformat() if approved else None,
        "approved_in": ranking.approved_in,
        "places": [
            {
                "place": row.place,
                "initiative_id": row.project.initiative_id,
                "reference": row.project.initiative.reference,
                "title": row.project.initiative.title,
                "reason": "" if row.project.initiative_id in hidden else row.reason,
            }
            for row in rows
            if row.project.initiative_id in shown
        ],
    }


def _answer(row: StillRight, line: Line, hidden: Collection[int]) -> dict[str, Any]:
    need = line.project.initiative
    return {
        "initiative_id": need.pk,
        "reference": need.reference,
        "title": need.title,
        "answer": row.answer,
        "reason": "" if need.pk in hidden else row.reason,
        "by": row.answered_by.name,
        "on": localdate(row.answered_at).isoformat(),
    }


def _measure(
    row: Measure, touched: Sequence[MeasureProject], shown: Collection[int], hidden: Collection[int], on: date
) -> dict[str, Any]:
    about = [one.project.initiative for one in touched] + ([row.into.initiative] if row.into else [])
    # Its words tell of every project it touches: one that is not in the report, or is exempt, keeps them out.
    veiled = any(need.pk in hidden or need.pk not in shown for need in about)
    return {
        "kind": row.kind,
        "title": "" if veiled else row.title,
        "reason": "" if veiled else row.reason,
        "state": row.state,
        "due": row.due_date.isoformat(),
        "late": row.late_on(on),
        "responsible": row.responsible.name,
        "initiative_ids": [need.pk for need in about if need.pk in shown],
        "projects": [one.project.initiative.title for one in touched if one.project.initiative_id in shown],
    }


def settled_data(
    facts: Mapping[str, Any], lines: Sequence[Line], *, exempt: Mapping[int, Any] | None, on: date
) -> dict[str, Any]:
    """The same as the report keeps it, of its projects alone; `exempt` names those with something exempt."""
    by_project = {line.project.pk: line for line in lines}
    shown, hidden = {line.project.initiative_id for line in lines}, set(exempt or {})
    names: Mapping[int, str] = facts["names"]  # said where the report covers several portfolios
    orders = [
        {"portfolio": names[r.portfolio_id], **_order(r, facts["places"].get(r.pk, []), shown, hidden)}
        for r in facts["holding"]
    ]
    answers = [
        {"portfolio": names[row.portfolio_id], **_answer(row, by_project[row.project_id], hidden)}
        for row in facts["answers"]
        if row.project_id in by_project
    ]
    measures = [
        {"portfolio": names[row.portfolio_id], **_measure(row, facts["touched"].get(row.pk, []), shown, hidden, on)}
        for row in facts["measures"]
        if row.state != Measure.State.PROPOSED
    ]
    order = {line.project.initiative_id: place for place, line in enumerate(lines)}
    whole = [m for m in measures if m["initiative_ids"] or m["kind"] == Measure.Kind.STRATEGY]
    over = (Measure.State.DONE, Measure.State.DROPPED)
    return {
        "rankings": sorted((o for o in orders if o["places"]), key=lambda o: (o["portfolio"], o["sector"])),
        "answers": sorted(answers, key=lambda a: (order[a["initiative_id"]], a["portfolio"])),
        "measures": sorted(whole, key=lambda m: (m["state"] in over, not m["late"], m["due"])),
    }


def settled_without(data: Mapping[str, Any], exempt: Mapping[int, Any]) -> dict[str, Any]:
    """A frozen report where what was exempt after it was made is taken out of what is settled; frozen it stays."""
    settled = data.get("settled")
    if not settled or not exempt:
        return dict(data)

    def veiled(row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, "reason": ""} if row["initiative_id"] in exempt else dict(row)

    rankings = [{**order, "places": [veiled(row) for row in order["places"]]} for order in settled["rankings"]]
    measures = [
        {**m, "title": "", "reason": ""} if set(m["initiative_ids"]) & set(exempt) else m for m in settled["measures"]
    ]
    answers = [veiled(row) for row in settled["answers"]]
    return {**data, "settled": {"rankings": rankings, "answers": answers, "measures": measures}}
