"""`samrad organisation` and `samrad person`: from an empty data directory to an administrator who signs in."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import slugify

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.governance import actions as governance
from samrad.governance.models import Body
from samrad.initiatives.actions import adopt_starting_rules
from samrad.organisation import actions, queries
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Membership, Person, Unit
from samrad.organisation.roles import ROLES
from samrad.portfolio.actions import create_portfolio

KINDS = {"municipality": "kommune", "cooperation": "samarbeid"}
# The four fields most Norwegian municipalities group their sectors in, with their KOSTRA functions.
FIELDS = {
    "helse": ("Helse og mestring", "Helse og meistring", ["234", "241", "253", "254"]),
    "oppvekst": ("Oppvekst", "Oppvekst", ["201", "202", "215", "244"]),
    "teknisk": ("Plan og teknisk", "Plan og teknisk", ["302", "338", "340", "345"]),
    "organisasjon": ("Organisasjon og digitalisering", "Organisasjon og digitalisering", ["100", "120"]),
}
REQUIREMENTS = ("benefits", "costs", "responsible", "screening")


class Wrong(RuntimeError):
    """What was asked for cannot be done; the message says why in a plain sentence."""


def _system(entity: Entity) -> Actor:
    return Actor(None, "Samråd", entity.pk, ())


def _found(slug: str) -> Entity:
    entity = Entity.objects.filter(slug=slug).first()
    if entity is None:
        known = ", ".join(Entity.objects.values_list("slug", flat=True)) or "ingen"
        raise Wrong(f"Fant ikke organisasjonen «{slug}». Disse er lagt inn: {known}.")
    return entity


def _slug(text: str) -> str:
    plain = text.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    slug = slugify(plain)[:50]
    if not slug:
        raise Wrong(f"«{text}» kan ikke brukes som kortnavn. Bruk bokstaver og tall.")
    return slug


def organisation_add(args: argparse.Namespace) -> None:
    """Add a municipality or cooperation with members and council. What is there already, stays."""
    at: datetime = args.at
    today, slug = timezone.localdate(at), _slug(args.slug)
    entity = Entity.objects.filter(slug=slug).first()
    if entity is None:
        entity = actions.add_entity(
            by=Actor(None, "Samråd", 0, ()),
            at=at,
            slug=slug,
            name=args.name or args.slug,
            kind=args.kind,
            language=args.language,
            inhabitants=args.inhabitants,
        )
        print(f"{entity.name} er lagt inn. Kortnavnet er {entity.slug}.")
    elif args.name and args.name != entity.name:
        raise Wrong(f"Kortnavnet {slug} er tatt av {entity.name}. Velg et annet.")
    members = [_found(_slug(name)) for name in args.member]
    if members and entity.kind != Entity.Kind.COOPERATION:
        raise Wrong(f"{entity.name} er en kommune. Bare et samarbeid har medlemmer (--kind cooperation).")
    with acting_for([entity.pk, *(m.pk for m in members)]):
        for member in members:
            _join(entity, member, at, today)
        if args.council:
            _govern(entity, at, today)


def _join(cooperation: Entity, member: Entity, at: datetime, today: date) -> None:
    if member.kind != Entity.Kind.MUNICIPALITY:
        raise Wrong(f"{member.name} er ikke en kommune, og kan ikke være medlem.")
    if Membership.objects.filter(cooperation=cooperation, member=member, valid_to=None).exists():
        return
    by = _system(cooperation)
    actions.join_cooperation(by=by, at=at, cooperation=cooperation, member=member, valid_from=today)
    actions.share_people(by=by, at=at, cooperation=cooperation, member=member)
    print(f"{member.name} er medlem av {cooperation.name} fra i dag.")


def _govern(entity: Entity, at: datetime, today: date) -> None:
    """A council, a secretariat, fields, minimum requirements and a portfolio: enough to begin, all to be changed later."""
    if Body.objects.filter(owner=entity, kind=Body.Kind.COUNCIL).exists():
        return
    by, nynorsk = _system(entity), entity.language == "nn"
    names = {"council": "Digitaliseringsrådet", "secretariat": "Sekretariatet"}
    towns = list(Entity.objects.filter(memberships__cooperation=entity)) or [entity]
    for kind, name in names.items():
        body = governance.set_up_body(by=by, at=at, owner=entity, kind=kind, name=name)
        # No authority of its own: the council and the chief executives decide everything until someone adopts more.
        governance.adopt_mandate(by=by, at=at, body=body, valid_from=today, adopted_by="", adopted_in=towns)
    for code, (bokmal, nynorsk_name, kostra) in FIELDS.items():
        name = nynorsk_name if nynorsk else bokmal
        governance.add_field(by=by, at=at, owner=entity, code=code, name=name, kostra=kostra)
    for code in REQUIREMENTS:
        source = "Oppsettet fra starten"
        sizes = ["medium", "large"] if code == "screening" else ["small", "medium", "large"]
        governance.adopt_requirement(
            by=by, at=at, owner=entity, code=code, size_classes=sizes, valid_from=today, source=source
        )
    adopt_starting_rules(by=by, at=at, owner=entity, valid_from=today, source="Oppsettet fra starten")
    create_portfolio(by=by, at=at, owner=entity, name="Digitaliseringsporteføljen")
    print(f"{entity.name} har fått råd, sekretariat, fagområder, krav til forarbeid og portefølje.")


def organisation_list(args: argparse.Namespace) -> None:
    """Which municipalities and cooperations there are."""
    entities = list(Entity.objects.order_by("kind", "name"))
    for entity in entities:
        members = [m.member.name for m in entity.members.filter(valid_to=None).select_related("member")]
        print(f"{entity.slug}: {entity.name} ({KINDS[entity.kind]}){': ' + ', '.join(members) if members else ''}")
    if not entities:
        print("Ingen kommune eller samarbeid er lagt inn. Kjør «samrad organisation add».")


def _unit(entity: Entity, name: str, at: datetime, share: Entity | None) -> Unit | None:
    if not name:
        return None
    found = Unit.objects.filter(owner=entity, name=name).first()
    return found or actions.add_unit(by=_system(entity), at=at, owner=entity, name=name, shared_with=share)


def person_add(args: argparse.Namespace) -> None:
    """Add a person with roles, and print a one-time link; or ask for the password here."""
    at, entity = args.at, _found(args.organisation)
    today = timezone.localdate(at)
    unknown = [role for role in args.role if role not in ROLES]
    if unknown:
        raise Wrong(f"Rollen «{unknown[0]}» finnes ikke. Disse finnes: {', '.join(ROLES)}.")
    if "sector_head" in args.role and not args.unit:
        raise Wrong("En sektorleder leder en sektor. Oppgi den med --unit.")
    try:
        validate_email(args.email)
    except ValidationError:
        raise Wrong(f"«{args.email}» er ikke en e-postadresse.") from None
    password = _ask_password() if args.password else None
    scope = _found(args.scope) if args.scope else entity
    share = queries.shared_with(entity, on=today)
    with acting_for({entity.pk, scope.pk, *([share.pk] if share else [])}):
        by, unit = _system(entity), _unit(entity, args.unit, at, share)
        person = Person.objects.filter(owner=entity, email=args.email.strip().lower()).first()
        if person is None:
            person = actions.add_person(
                by=by,
                at=at,
                owner=entity,
                name=args.name or args.email,
                email=args.email,
                title=args.title,
                unit=unit,
                shared_with=share,
            )
            print(f"{person.name} er lagt til i {entity.name}.")
        for role in args.role:
            _give(by, at, today, person, role, scope, unit)
        _way_in(by, at, person, password)


def _give(by: Actor, at: datetime, today: date, person: Person, role: str, scope: Entity, unit: Unit | None) -> None:
    where = unit if role == "sector_head" else None
    if person.roles.filter(role=role, entity=scope, unit=where, valid_to=None).exists():
        return
    actions.give_role(by=by, at=at, person=person, role=role, valid_from=today, entity=scope, unit=where)
    print(f"Rolle: {ROLES[role]} for {where or scope}.")


def _way_in(by: Actor, at: datetime, person: Person, password: str | None) -> None:
    assert person.account is not None  # add_person makes one
    if password is not None:
        actions.set_first_password(by=by, at=at, person=person, password=password)
        print("Passordet er satt.")
    elif not person.account.has_usable_password():
        _print_link(by, at, person)


def _print_link(by: Actor, at: datetime, person: Person) -> None:
    link = actions.make_link(by=by, at=at, person=person)
    until = timezone.localtime(link.expires_at).strftime("%d.%m.%Y kl. %H.%M")
    print(f"Lenke for å velge passord, virker én gang, til {until}:")
    print(f"{settings.BASE_URL}{queries.link_path(link)}")
    if not re.search(r"^https", settings.BASE_URL):
        print("Kjører Samråd på en annen adresse? Bytt ut begynnelsen, eller sett SAMRAD_BASE_URL.")


def _ask_password() -> str:
    password = getpass.getpass("Passord (minst 12 tegn): ")
    try:
        validate_password(password)
    except ValidationError:
        raise Wrong("Passordet er for kort eller for lett å gjette. Bruk minst 12 tegn, gjerne en setning.") from None
    if getpass.getpass("Passordet en gang til: ") != password:
        raise Wrong("De to passordene er ikke like.")
    return password


def person_link(args: argparse.Namespace) -> None:
    """Make a new one-time link: for an administrator who is locked out."""
    entity = _found(args.organisation)
    with acting_for([entity.pk]):
        rows = Person.objects.select_related("account")
        person = rows.filter(owner=entity, email=args.email.strip().lower()).first()
        if person is None:
            raise Wrong(f"Fant ikke {args.email} i {entity.name}.")
        _print_link(_system(entity), args.at, person)


DO = {
    ("organisation", "add"): organisation_add,
    ("organisation", "list"): organisation_list,
    ("person", "add"): person_add,
    ("person", "link"): person_link,
}


def run(args: argparse.Namespace) -> int:
    """Do it, all of it or nothing; the exit status."""
    try:
        with acting_for([]):
            DO[args.command, args.what](args)
    except (Wrong, Refused) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
