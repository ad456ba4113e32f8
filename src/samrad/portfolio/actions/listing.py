"""Keeping views of the list, and what stands on top of a portfolio."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance.models import Body
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio import events
from samrad.portfolio.models import FormerHeader, Portfolio, SavedView
from samrad.portfolio.policy import can_keep_view, can_manage, header_lacks


@transaction.atomic
def save_view(
    *, by: Actor, at: datetime, portfolio: Portfolio, name: str, query: str, shared: bool = False
) -> SavedView:
    """Keep the list as it is narrowed now, under a name; the same name again replaces it."""
    can_keep_view(by, None).require()
    if not name.strip():
        lack = Lack(_("Give the view a name."), "id_name")
        raise Refused(Verdict.no(lack.text, (lack,)))
    person = Person.objects.get(pk=by.person)
    share = portfolio.owner_id if portfolio.owner_id != person.owner_id else None
    view, _new = SavedView.objects.update_or_create(
        portfolio=portfolio,
        person=person,
        name=name.strip(),
        defaults={"query": query, "shared": shared, "saved_at": at},
        create_defaults={
            "owner_id": person.owner_id,
            "shared_with_id": share,
            "query": query,
            "shared": shared,
            "saved_at": at,
        },
    )
    event = events.ViewSaved(portfolio_id=portfolio.pk, view_id=view.pk, shared=shared, gone=False)
    record(event, by=by, at=at, house=view)
    return view


@transaction.atomic
def remove_view(*, by: Actor, at: datetime, view: SavedView) -> None:
    """Take away a view one has kept."""
    can_keep_view(by, view).require()
    event = events.ViewSaved(portfolio_id=view.portfolio_id, view_id=view.pk, shared=view.shared, gone=True)
    house = view.portfolio
    view.delete()
    record(event, by=by, at=at, house=house)


@transaction.atomic
def keep_header(
    *,
    by: Actor,
    at: datetime,
    portfolio_id: int,
    version: int | None,
    name: str,
    vision: str,
    body: Body | None,
    manager: Person | None,
    appointed_by: str,
    appointed_date: date | None,
) -> Portfolio:
    """Say what the portfolio is for, who answers for it, and who is appointed to manage it. What stood before is kept."""
    portfolio = Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio_id)
    can_manage(by, portfolio).require()
    if version is not None and version != portfolio.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    lacks = header_lacks(manager, appointed_by, appointed_date)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    kept = ("name", "vision", "manager_id", "body_id", "appointed_by", "appointed_date")
    was = {field: getattr(portfolio, field) for field in kept}
    FormerHeader.objects.create(
        **house_of(portfolio),
        portfolio=portfolio,
        number=portfolio.version,
        changed_at=at,
        changed_by_id=by.person_id,
        **was,
    )
    portfolio.name, portfolio.vision, portfolio.body, portfolio.manager = name, vision, body, manager
    portfolio.appointed_by, portfolio.appointed_date = appointed_by, appointed_date
    portfolio.version += 1
    portfolio.save()
    record(events.HeaderKept(portfolio_id=portfolio.pk, number=portfolio.version), by=by, at=at, house=portfolio)
    return portfolio
