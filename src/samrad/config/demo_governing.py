"""How the demo region governs: its mandates in full, the criteria of those who sit, coordinators, arenas and rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samrad.governance import actions as governance
from samrad.governance.models import Arena, OpenPart, Seat, SeatCriterion
from samrad.organisation.actors import Actor
from samrad.secretariat import actions as secretariat

if TYPE_CHECKING:
    from samrad.config.demo import World

START = date(2025, 1, 1)
COUNCIL: dict[str, Any] = {
    "purpose": "Gjøre de riktige tingene sammen.",
    "tasks": "Behandle alle nye tiltak som krever budsjett\nGi innstilling til kommunedirektørene\n"
    "Følge porteføljen og gevinstene",
    "always_chief_executive": "Tiltak som krever nytt budsjett",
    "always_political": "Tiltak over 5 millioner kroner\nNye forpliktelser ut over økonomiplanen",
    "competence": "Posisjon og legitimitet i eget fagområde\nKunnskap om og interesse for digitalisering",
    "appointed_how": "Kommunedirektørene oppnevner ett medlem fra hvert fagområde.",
    "term_years": 4,
    "open_to_public": True,
    "cost_key": "mixed",
    "cost_key_equal_percent": 40,
    "impartiality": "Forvaltningsloven kapittel II gjelder.",
    "reporting": "Rådet rapporterer til kommunedirektørene hvert tertial.",
    "revise_by": date(2027, 6, 30),
}
SECRETARIAT: dict[str, Any] = {
    "purpose": "Forberede sakene og avgjøre de små.",
    "tasks": "Sjekke at meldte behov er komplette: 900\nSkrive saksframlegg: 2 300\nAvgjøre små saker innenfor rammen: 600",
    "authority": "decision",
    "always_council": "Alt som binder økonomien i flere år",
    "secretariat_roles": "Leder\nSaksbehandler\nMøtesekretær",
    "task_hours": 3800,
    "resource_percent": 200,
    "budget_kr": Decimal(600_000),
    "cost_key": "mixed",
    "cost_key_equal_percent": 40,
    "reporting": "Alt sekretariatet avgjør, er referatsak i neste rådsmøte.",
    "revise_by": date(2027, 6, 30),
}


def mandates(world: World, by: Actor, secretariat_may: dict[str, Any]) -> None:
    """The council's first mandate and the one in force, and the secretariat's: each municipality has adopted them."""
    towns = list(world.towns.values())
    opened = {"open_submitted": ["title"], "open_decided": OpenPart.values}
    said: dict[str, Any] = {"by": by, "at": world.now, "adopted_by": "Kommunestyrene", **opened}
    council, secretariat = world.bodies["council"], world.bodies["secretariat"]
    first = COUNCIL | {"meetings_per_year": 4, "always_political": "", "term_years": 2}
    governance.adopt_mandate(**said, body=council, valid_from=date(2024, 1, 1), adopted_in=towns, **first)
    for body, words in ((council, COUNCIL), (secretariat, SECRETARIAT | secretariat_may)):
        adoptions = [
            governance.Adoption(
                municipality_id=town.pk,
                organ="Kommunestyret",
                case_number=f"{61 + number}/24",
                adopted_date=date(2024, 12, 3 + number),
            )
            for number, town in enumerate(towns)
        ]
        governance.adopt_mandate(**said, body=body, valid_from=START, adoptions=adoptions, **words)


def govern(world: World, by: Actor) -> None:
    """What is written about those who sit there, the coordinators, the arenas and the rules."""
    _seats(world, by)
    _coordinators(world, by)
    _arenas(world, by)
    _rules(world, by)
    _competence(world)


def _seats(world: World, by: Actor) -> None:
    lead = world.actor("sekretariat")
    ends = world.today + timedelta(days=45)
    for seat in Seat.objects.filter(body=world.bodies["council"]).select_related("person").order_by("pk"):
        chosen: dict[str, Any] = {"chosen_by": "Kommunedirektørene, sak 12/24", "chosen_date": date(2024, 12, 16)}
        if seat.person == world.people["bekkjarvoll-leder-helse"]:
            chosen["valid_to"] = ends
        governance.change_seat(by=by, at=world.now, seat_id=seat.pk, **chosen)
        if seat.position in (Seat.Position.CHAIR, Seat.Position.DEPUTY):
            for criterion in SeatCriterion.Criterion.values:
                governance.confirm_criterion(by=lead, at=world.now, seat_id=seat.pk, criterion=criterion)


def _coordinators(world: World, by: Actor) -> None:
    towns = list(world.towns.values())
    for key, origin, reserved, used, codes, split in (
        ("fjelldal-ansatt-organisasjon", "ict", 60, 75, (), (30, 10, 10, 5, 5, 0)),
        ("granlia-ansatt-organisasjon", "od", 40, 35, ("helse", "oppvekst"), (10, 20, 10, 0, 0, 0)),
    ):
        governance.keep_coordinator(
            by=by,
            at=world.now,
            owner=world.region,
            shares={town.pk: percent for town, percent in zip(towns, split, strict=True)},
            person=world.people[key],
            origin=origin,
            reserved_percent=reserved,
            used_percent=used,
            used_date=world.today,
            authority="Kan avklare krav med leverandør og love inntil 20 timer fra IKT per behov.",
            field_ids=[world.fields[code].pk for code in codes],
            valid_from=START,
        )


def _competence(world: World) -> None:
    """Who can help with what, among the region's own and at a vendor."""
    for name, place, organisation, key, kinds, helps in (
        ("", "ict", "IKT-avdelingen", "fjelldal-ansatt-organisasjon", ["technology", "security"], "Integrasjoner"),
        ("", "od", "Organisasjon", "granlia-ansatt-organisasjon", ["organisation"], "Opplæring og nye rutiner"),
        ("", "other", "Sekretariatet", "portefolje", ["benefit"], "Gevinstplaner og målinger"),
        (
            "Fjordsystem, kundeteam",
            "vendor",
            "Fjordsystem AS",
            "",
            ["technology"],
            "Fagsystem i helse: oppsett og data",
        ),
    ):
        person = world.people.get(key)
        secretariat.keep_competence(
            by=world.actor("sekretariat"),
            at=world.now,
            owner=world.region,
            name=person.name if person else name,
            place=place,
            organisation=organisation,
            person=person,
            kinds=kinds,
            helps_with=helps,
            email="" if person else "kunde@fjordsystem.example",
        )


def _arenas(world: World, by: Actor) -> None:
    for code, days_ago in (("helse", 20), ("oppvekst", 70), ("teknisk", 10)):
        field = world.fields[code]
        arena = governance.keep_arena(
            by=by,
            at=world.now,
            owner=world.region,
            name=f"IKT møter faggruppa {field.name.lower()}",
            purpose="Fange opp behov før de blir saker.",
            field=field,
            with_ict=True,
            members="Leder for faggruppa\nIKT-leder\nKoordinator",
            frequency_days=Arena.Frequency.MONTHLY,
            since=START,
        )
        held = world.today - timedelta(days=days_ago)
        governance.note_arena_meeting(
            by=by,
            at=world.now,
            arena_id=arena.pk,
            held_date=held,
            notes="Gikk gjennom meldte feil og to nye ønsker. Faggruppa tar ønskene videre.",
            next_meeting=held + timedelta(days=28),
        )


def _rules(world: World, by: Actor) -> None:
    told: dict[str, Any] = {"by": by, "at": world.now, "owner": world.region}
    governance.adopt_size_classes(
        **told,
        limits=[
            governance.Limit(code="small", below_kr=Decimal(100_000), below_hours=80),
            governance.Limit(code="medium", below_kr=Decimal(1_000_000)),
            governance.Limit(code="large"),
        ],
        valid_from=START,
        source="Kommunestyrene, desember 2024",
    )
    governance.adopt_submission_policy(
        **told,
        valid_from=START,
        need_roles=["employee"],
        idea_roles=["employee"],
        guideline="Alle ansatte kan foreslå en idé og melde et behov. Snakk med lederen din først. "
        "Behovet går til faggruppa og sektorlederen før det sendes inn.",
        adopted_by="Kommunedirektørene",
    )
    eea = "https://www.ks.no/ks-advokatene/nyheter/nye-eos-terskelverdier-for-2024-2026/"
    for kind, code, name, amount, unit, text, first, source in (
        ("limit", "limit-eos", "EØS-terskel, varer og tjenester", 2_300_000, "kr", "Uten mva.", date(2024, 1, 1), eea),
        ("limit", "limit-nasjonal", "Nasjonal terskelverdi", 1_300_000, "kr", "Uten mva.", date(2024, 1, 1), eea),
        ("law", "law-koml-13-1", "Kommuneloven § 13-1", None, "", "Kommunedirektørens myndighet.", START,
         "https://lovdata.no/lov/2018-06-22-83/§13-1"),
        ("checklist", "checklist-sak", "Før saken er klar", None, "",
         "Gevinstoversikt\nNytte og kostnad\nPersonvern vurdert\nTillitsvalgte informert", START, ""),
        ("title", "title-leder", "Rådmann", None, "", "Kommunedirektør", START, ""),
    ):  # fmt: skip
        governance.adopt_rule(
            **told,
            kind=kind,
            code=code,
            name=name,
            amount=None if amount is None else Decimal(amount),
            unit=unit,
            text=text,
            valid_from=first,
            source=source,
        )
