"""The demo's system register: a shared spreadsheet's worth of systems, kept by the secretariat and one municipality."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samrad.initiatives.actions import link_system
from samrad.systems.actions import change_system, register_system
from samrad.systems.models import System

if TYPE_CHECKING:
    from samrad.config.demo import World
    from samrad.config.demo_way import Walk

# key of who registers, whose, name, what it is used for, field, vendor, criticality, kroner a year, days until the end
SYSTEMS: list[tuple[str, str, str, str, str, str, int, int, int | None]] = [
    ("sekretariat", "", "Fjellpasient", "Pasientjournal for hjemmetjeneste og sykehjem.", "helse", "Nordlys Helse AS", 4, 2_400_000, 410),
    ("sekretariat", "", "Barnevakt", "Saksbehandling i barnevernet.", "oppvekst", "Kvist Data AS", 3, 640_000, 300),
    ("sekretariat", "", "Varde sak og arkiv", "Saksbehandling, arkiv og møter for alle kommunene.", "organisasjon", "Varde Sak AS", 3, 1_850_000, 900),
    ("sekretariat", "", "Lønnsom", "Lønn, personal og reiseregninger.", "organisasjon", "Tallknuser AS", 3, 1_200_000, 505),
    ("sekretariat", "", "Byggstein", "Søknader og saksgang for byggesaker.", "teknisk", "Byggstein AS", 2, 380_000, 1200),
    ("fjelldal-ansatt-organisasjon", "fjelldal", "Medi-Tid", "Styring av medisindispensere hjemme hos brukerne.", "helse", "Pilleboks AS", 3, 420_000, 340),
    ("fjelldal-ansatt-organisasjon", "fjelldal", "Trygg hjemme", "Trygghetsalarmer og varsler til responssenteret.", "helse", "Alarmsentralen Nord AS", 4, 780_000, 470),
    ("fjelldal-ansatt-organisasjon", "fjelldal", "Lekekassa", "Barnehageadministrasjon med app for foreldre.", "oppvekst", "Kvist Data AS", 2, 150_000, -20),
    ("fjelldal-ansatt-organisasjon", "fjelldal", "Målerboka", "Register over vannmålere og avlesning.", "teknisk", "Vannvett AS", 1, 60_000, None),
    ("granlia-ansatt-organisasjon", "granlia", "Rute 24", "Ruteplanlegging for hjemmetjenesten.", "helse", "Veiviser Data AS", 2, 190_000, 380),
]  # fmt: skip


# How well each helps in the work, and how sound it is; and how many months ago its risk was assessed.
FITS = {
    name: {"functional_fit": helps, "technical_fit": sound}
    for name, helps, sound in (
        ("Fjellpasient", 3, 1),
        ("Barnevakt", 2, 2),
        ("Varde sak og arkiv", 4, 3),
        ("Lønnsom", 2, 4),
        ("Byggstein", 3, 3),
        ("Medi-Tid", 4, 4),
        ("Trygg hjemme", 3, 3),
        ("Lekekassa", 2, 1),
    )
}
ASSESSED = {"Fjellpasient": 31, "Varde sak og arkiv": 9, "Lønnsom": 26, "Medi-Tid": 3, "Trygg hjemme": 14}


def register(world: World) -> None:
    """Everything in the register, each by one who keeps it."""
    for key, town, name, used_for, field, vendor, criticality, kroner, days in SYSTEMS:
        owner = world.towns[town] if town else world.region
        head = world.people[f"{town or 'fjelldal'}-leder-{field}"]
        keeper = world.people[f"{town or 'fjelldal'}-ansatt-{field}"]
        values: dict[str, Any] = {
            "name": name,
            "description": used_for,
            "field": world.fields[field].pk,
            "vendor": vendor,
            "criticality": criticality,
            "system_owner": head.pk,
            "administrator": keeper.pk,
            "hosting": "saas",
            "personal_data": "special" if field in ("helse", "oppvekst") else "ordinary",
            "processor": "agreed",
            "sign_in": "sso_mfa",
            "annual_kr": Decimal(kroner),
            "price_unit": "fast pris i året",
            "notice_months": 6,
            "start_date": world.today - timedelta(days=1100),
        }
        if days is not None:
            values |= {"end_date": world.today + timedelta(days=days), "options": "1 + 1 år"}
        values |= FITS.get(name, {})
        if months := ASSESSED.get(name):
            values |= {"risk_date": world.today - timedelta(days=30 * months)}
        system = world.do(key, register_system, at=world.ago(60), owner_id=owner.pk, values=values)
        if name == "Fjellpasient":
            now = {"lifecycle": "phasing_out", "integrations": "Fjellpasient → Varde sak og arkiv, hver natt"}
            world.do(key, change_system, at=world.ago(12), system_id=system.pk, version=system.version, values=now)


INTRODUCED = {"Elektronisk medisindispenser i hjemmetjenesten": "Medi-Tid", "Ruteplan for hjemmetjenesten": "Veiviser"}


def introduce(way: Walk) -> None:
    """The initiatives that bring a system say which: one of the register, or one that is not there yet."""
    name = INTRODUCED.get(way.tiltak.title)
    if name is None or way.initiative is None:
        return
    system = way.read(lambda: System.objects.filter(name=name).first())
    which = {"system_id": system.pk} if system else {"new_name": name}
    author = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    way.do(author, link_system, initiative_id=way.initiative.pk, kind="introduces", **which)
