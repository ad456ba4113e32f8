"""The projects of a portfolio in the shape Digdir asks every responsible body to report in (RegVil).

Four forms on one measure: initial, start, status and end, with what we already know filled in. What nobody has said is
null, and named in «Mangler». The shape is described in docs/regvil.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.portfolio.models import Lesson, Milestone, MoneyLine, Portfolio
from samrad.portfolio.queries import Details, Line, details_of, lines_of, shown_to

SHAPE = 1
"""It gets a new number when a field goes or means something else."""
ENDED = frozenset({"done"})
BEGUN = frozenset({"execute", "close", "realise", "done"})


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _prefill(line: Line) -> dict[str, Any]:
    project, initiative = line.project, line.project.initiative
    contact = project.project_manager or project.project_owner
    owner = project.project_owner.name if project.project_owner else project.owner_name
    return {
        "Tiltak": {
            "Nummer": initiative.reference,
            "Tekst": initiative.title,
            "ErDeltiltak": project.programme_id is not None,
        },
        "Kapittel": None,
        "Maal": None if "need" in line.masked else initiative.answers.get("goal") or None,
        "AnsvarligDepartement": None,
        "AnsvarligVirksomhet": {"Navn": initiative.owner.name, "Organisasjonsnummer": None},
        "Kontaktperson": {"Navn": contact.name, "Epost": contact.email} if contact else None,
        "Godkjenning": {"SkalGodkjennes": True, "Godkjenner": owner or None},
    }


def _initial(line: Line, names: Mapping[int, str]) -> dict[str, Any]:
    project, initiative = line.project, line.project.initiative
    begun = initiative.phase in BEGUN
    others = [names[pk] for pk in initiative.participant_ids if pk != initiative.owner_id and pk in names]
    return {
        "Kortnavn": initiative.title[:50],
        "AndreMaal": None,
        "AndreVirksomheter": others,
        "ErPaabegynt": begun,
        "DatoPaabegynt": _day(project.start_date) if begun else None,
        "ForventetOppstart": None if begun else _day(project.start_date),
    }


def _start(line: Line, details: Details) -> dict[str, Any]:
    open_costs = "costs" not in line.masked
    report, base = line.report, details.baseline
    expected = report.forecast_end_date if report and report.forecast_end_date else line.project.end_date
    estimate = (base.frame_kr if base and base.frame_kr is not None else line.budget_kr) if open_costs else None
    labels = dict(MoneyLine.Source.choices)
    sources = [str(labels[source]) for source, kr in sorted(details.sources.items()) if kr] if open_costs else []
    return {
        "ForventetSluttdato": _day(expected),
        "HarKostnadsestimat": estimate is not None if open_costs else None,
        "Kostnadsestimat": int(estimate) if estimate is not None else None,
        "HarFinansiering": bool(sources) if open_costs else None,
        "Finansieringskilder": sources,
    }


def _held(line: Line) -> dict[str, Any]:
    """What hinders and what drives: a degree from 1 to 5 and words. Free words may tell of anything that is exempt."""
    report, told = line.report, not line.masked
    return {
        name: {
            "Grad": getattr(report, code, None) if told else None,
            "Tekst": (getattr(report, f"{code}_text", "") or None) if told else None,
        }
        for name, code in (("Hindringer", "hindered"), ("Drivere", "driven"))
    }


def _status(line: Line) -> dict[str, Any]:
    report = line.report
    late = report is not None and report.progress != "green" and not line.masked
    return {
        "ErAvsluttet": line.project.initiative.phase in ENDED,
        "Tiltakstatus": report.progress if report else None,
        "Forsinkelse": (report.progress_text or None) if report and late else None,
        "Nettside": None,
        **_held(line),
    }


def _end(line: Line, lessons: Sequence[str]) -> dict[str, Any] | None:
    if line.project.initiative.phase not in ENDED:
        return None
    return {
        "ErArbeidUtfort": True,
        "Dato": _day(line.project.end_date),
        **_held(line),
        "Laerdommer": "; ".join(lessons) or None,
    }


def _deliveries(line: Line, details: Details, on: date) -> list[dict[str, Any]]:
    """What the project delivers and how it stands; nothing where something about it is exempt."""
    steps = [] if line.masked else [m for m in details.milestones if m.kind == Milestone.Kind.DELIVERABLE]
    states = {True: "levert", False: "planlagt"}
    return [
        {
            "Beskrivelse": m.name,
            "Status": "forsinket" if m.reached_date is None and m.due_date < on else states[m.reached_date is not None],
        }
        for m in steps
    ]


def _lacking(part: Any, path: str = "") -> list[str]:
    if isinstance(part, dict):
        return [name for key, value in part.items() for name in _lacking(value, f"{path}.{key}" if path else key)]
    return [path] if part is None else []


def regvil(actor: Actor, portfolio: Portfolio, *, at: datetime) -> dict[str, Any]:
    """The measures of the portfolio as this reader may see them, in a dozen queries whatever their number."""
    on = localdate(at)
    lines = lines_of(actor, portfolio, on=on)
    details = details_of([line.project.pk for line in lines])
    wanted = {pk for line in lines for pk in line.project.initiative.participant_ids}
    names = dict(Entity.objects.filter(pk__in=wanted).values_list("pk", "name"))
    lessons: dict[int, list[str]] = defaultdict(list)
    shared = shown_to(actor).filter(reach=Lesson.Reach.COOPERATION)
    for pk, learnt in shared.order_by("written_at", "pk").values_list("project_id", "learnt"):
        lessons[pk].append(learnt)
    measures = []
    for line in lines:
        own = details[line.project.pk]
        forms: dict[str, Any] = {
            "Prefill": _prefill(line),
            "Initiell": _initial(line, names),
            "Oppstart": _start(line, own),
            "Status": _status(line),
            "Slutt": _end(line, () if line.masked else lessons.get(line.project.pk, ())),
        }
        measures.append(
            {
                **forms,
                "Leveranser": _deliveries(line, own, on),
                "StemmerTidligereInfo": None,
                "Unntatt": dict(line.masked),
                "Mangler": _lacking({name: form for name, form in forms.items() if form is not None}),
            }
        )
    head = {"Versjon": SHAPE, "Portefolje": portfolio.name, "Virksomhet": portfolio.owner.name}
    return {**head, "Tidspunkt": at.isoformat(), "Tiltak": measures}


def flat(measure: Mapping[str, Any]) -> dict[str, Any]:
    """A measure as one row: «Prefill.Tiltak.Nummer» and so on; lists with «; » between."""
    found: dict[str, Any] = {}

    def walk(part: Any, path: str) -> None:
        if isinstance(part, Mapping):
            for key, value in part.items():
                walk(value, f"{path}.{key}" if path else str(key))
        elif isinstance(part, list):
            said = (", ".join(str(v) for v in p.values()) if isinstance(p, dict) else str(p) for p in part)
            found[path] = "; ".join(said)
        else:
            found[path] = part

    walk(measure, "")
    return found
