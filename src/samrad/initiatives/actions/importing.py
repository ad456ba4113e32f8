"""Bringing in needs from another form tool: drafts for their named owners, by the same rules, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.fields import parse_amount
from samrad.core.models import house_of
from samrad.eventlog.actions import record
from samrad.governance.models import Field
from samrad.initiatives import events
from samrad.initiatives.actions.content import BENEFIT_PARTS, BenefitRow
from samrad.initiatives.actions.drafting import make_draft
from samrad.initiatives.content import BY_CODE, FUNDING, MAX_LINE, MAX_TEXT, FormField
from samrad.initiatives.gateway import Row
from samrad.initiatives.models import Benefit, Initiative, Responsibility
from samrad.initiatives.policy import can_import_needs, size_on
from samrad.initiatives.queries import sector_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, Unit
from samrad.organisation.queries import shared_with

COLUMNS = {"field": "field_id", "owning_sector": "owning_sector_id"}
CEILINGS = {"hours": 1_000_000, "percent": 100, "years": 20}


class Unfit(Exception):
    """A row cannot come in; the message says why."""


@dataclass
class NeedsResult:
    """What an import did, or would do."""

    records: int
    imported: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The form scripts read."""
        return dict(self.__dict__)


def _choice(item: FormField, text: str, choices: Sequence[tuple[str, Any]]) -> str:
    wanted = text.casefold()
    for code, label in choices:
        words = {code}
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                words.add(str(label).casefold())
        if wanted in words:
            return code
    raise Unfit(_("«%(text)s» is not one of the choices in «%(label)s».") % {"text": text[:60], "label": item.label})


def _number(item: FormField, text: str) -> Any:
    try:
        number = parse_amount(text.removesuffix("%"))
    except InvalidOperation:
        number = Decimal(-1)
    whole = item.kind != "kroner"
    most = CEILINGS.get(item.kind, 99_999_999_999)
    if number < 0 or number > most or (whole and number != number.to_integral_value()):
        raise Unfit(_("«%(text)s» is no number that «%(label)s» can hold.") % {"text": text[:60], "label": item.label})
    return int(number) if whole else number


def _answer(item: FormField, text: str, owner: Person) -> Any:
    """One answer as the form keeps it; Unfit where the form would not take it."""
    if item.kind in {"kroner", "hours", "percent", "years"}:
        return _number(item, text)
    if item.kind == "choice":
        choices = FUNDING if item.code == "funding" else Initiative.Classification.choices
        return _choice(item, text, list(choices))
    if item.kind in {"field", "sector"}:
        model: Any = Field if item.kind == "field" else Unit
        houses = [owner.owner_id, *([owner.shared_with_id] if item.kind == "field" else [])]
        rows = model.objects.filter(owner_id__in=houses)
        found = rows.filter(name__iexact=text).first()
        if found is None:
            told = {"text": text[:60], "label": item.label}
            raise Unfit(_("«%(text)s» is not one of the choices in «%(label)s».") % told)
        return found.pk
    if item.kind == "kostra":
        held = Field.objects.filter(owner_id__in=[owner.owner_id, owner.shared_with_id])
        functions = {code for codes in held.values_list("kostra_functions", flat=True) for code in codes}
        return _choice(item, text, [(code, code) for code in functions])
    most = MAX_LINE if item.kind == "line" else MAX_TEXT
    if len(text) > most:
        raise Unfit(_("«%(label)s» is longer than %(most)s characters.") % {"label": item.label, "most": most})
    return text


def _known(by: Actor, email: str) -> Person:
    """Whose e-mail address it is, where one may bring in needs; Unfit otherwise."""
    people = Person.objects.filter(active=True).select_related("owner", "unit__parent")
    person = people.filter(email__iexact=email).first()
    if person is None:
        text = _("«%(email)s» is nobody we know. Each need must have an owner who is in Samråd.")
        raise Unfit(text % {"email": email})
    if not by.may("initiatives.import_needs", person.owner_id, person.shared_with_id):
        raise Unfit(_("«%(email)s» works where you cannot bring in needs.") % {"email": email})
    return person


@dataclass(frozen=True)
class _Ready:
    """A row that can come in."""

    owner: Person
    need_owner: Person | None
    answers: dict[str, Any]
    benefit: BenefitRow | None
    source_id: str


def _benefit(values: dict[str, str]) -> BenefitRow | None:
    title = values.get("benefit", "")
    if not title:
        return None
    kind_item = FormField("benefit_kind", 4, _("Type"), "", "choice")  # type: ignore[arg-type]  # help is not shown
    kroner_item = FormField("benefit_kroner", 4, _("Kroner a year"), "", "kroner")  # type: ignore[arg-type]
    hours_item = FormField("benefit_hours", 4, _("Hours a year"), "", "hours")  # type: ignore[arg-type]
    kind = values.get("benefit_kind")
    kroner, hours = values.get("benefit_kroner"), values.get("benefit_hours")
    return BenefitRow(
        title=title[:MAX_LINE],
        kind=_choice(kind_item, kind, Benefit.Kind.choices) if kind else Benefit.Kind.QUALITY,
        kroner_a_year=_number(kroner_item, kroner) if kroner else None,
        hours_a_year=_number(hours_item, hours) if hours else None,
    )


def _ready(by: Actor, row: Row) -> _Ready:
    values = row.values
    if not values.get("owner_email"):
        raise Unfit(_("The row says no owner. Put the owner's e-mail address in a column called «owner_email»."))
    owner = _known(by, values["owner_email"])
    if not values.get("title"):
        raise Unfit(_("The need has no title."))
    answers = {
        code: _answer(item, values[code], owner)
        for code, item in BY_CODE.items()
        if values.get(code) and item.kind not in {"years_table", "date"}
    }
    if answers.get("classification") == Initiative.Classification.OPERATION:
        raise Unfit(_("It is operation, so it goes to the service desk."))
    need_owner = _known(by, values["need_owner_email"]) if values.get("need_owner_email") else None
    return _Ready(owner, need_owner, answers, _benefit(values), values.get("id", "")[:100])


def _bring_in(*, by: Actor, at: datetime, ready: _Ready) -> Initiative:
    owner = ready.owner
    share = shared_with(owner.owner, on=localdate(at))
    draft = make_draft(
        by=by,
        at=at,
        owner_id=owner.owner_id,
        share_id=share.pk if share else None,
        title=ready.answers["title"],
        sector_id=sector_of(owner),
    )
    draft.source_id = ready.source_id
    for code, answer in ready.answers.items():
        if BY_CODE[code].column:
            setattr(draft, COLUMNS.get(code, code), answer)
        else:
            draft.answers = {**draft.answers, code: answer}
    draft.size = size_on(draft, on=localdate(at))
    draft.version += 1  # it is no empty draft to be taken up again
    draft.save()
    people = [("author", owner), ("lead", owner), ("need_owner", ready.need_owner)]
    for kind, person in people:
        if person is not None:
            Responsibility.objects.create(**house_of(draft), initiative=draft, person=person, kind=kind)
    if ready.benefit:
        parts = {name: getattr(ready.benefit, name) for name in BENEFIT_PARTS}
        Benefit.objects.create(**house_of(draft), initiative=draft, **parts)
    event = events.NeedImported(initiative_id=draft.pk, person_id=owner.pk)
    record(event, by=by, at=at, house=draft)
    return draft


@transaction.atomic
def import_needs(*, by: Actor, at: datetime, rows: Sequence[Row], dry_run: bool = False) -> NeedsResult:
    """Bring in needs as drafts for their named owners. What cannot come in is named, row by row; the rest comes in.

    The same id again brings in nothing twice. `dry_run` only says what would happen.
    """
    can_import_needs(by).require()
    result, seen = NeedsResult(records=len(rows)), set[str]()
    for row in rows:
        result.unknown += [{"line": row.line, "column": column} for column in row.unknown]
        try:
            ready = _ready(by, row)
        except Unfit as unfit:
            result.refused.append({"line": row.line, "reason": str(unfit)})
            continue
        known = ready.source_id and (
            ready.source_id in seen
            or Initiative.objects.filter(owner_id=ready.owner.owner_id, source_id=ready.source_id).exists()
        )
        seen.add(ready.source_id)
        if known:
            result.unchanged += 1
            continue
        result.imported += 1
        if not dry_run:
            _bring_in(by=by, at=at, ready=ready)
    return result
