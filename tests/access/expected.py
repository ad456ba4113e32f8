"""Who gets through which door: every address of the product, and each of the cast, in one table.

A new address must have a line here; `door` says about which object of the world (world.py) it is asked, who may open
it and who may post to it. Where a role decides, the roles are taken from the product's own table (organisation/roles.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samrad.archive.models import ArchiveSetup
from samrad.documents.word import standard_template
from samrad.governance.criteria import STANDARD
from samrad.governance.forms.criteria import PARTS
from samrad.governance.models import Field
from samrad.governance.queries import STATEMENTS
from samrad.organisation.notices import GROUPS
from samrad.organisation.roles import COUNCIL, INSIDERS, OUTSIDERS, ROLES, SECRETARIAT, roles_for
from samrad.portfolio.forms.effort import SALT
from samrad.portfolio.queries import quarters_from
from tests.access.world import (
    ANONYMOUS,
    CSV,
    PASSWORD,
    STEPS,
    SYSTEMS,
    World,
    seats_of,
)
from tests.documents.examples import PDF
from tests.secretariat.scored import typed

Who = frozenset[str]


def who(*groups: str | Iterable[str]) -> Who:
    """Names and groups of names as one group."""
    return frozenset(n for g in groups for n in ([g] if isinstance(g, str) else g))


# The cast: one for each role in Fjell or in the region it shares with Dal and Nes, and some by what they are to a need.
STRANGERS = who("stranger", "stranger_leader")  # another cooperation; the second holds every role there
NEIGHBOURS = who("neighbour", "neighbour_leader")  # Nes, which takes no part; the second holds its roles
DAL = who("dal_employee", "dal_sector_head", "council_deputy", "council_member")  # takes part in some
NAMED = who("author", "expert_group_lead", "sector_head")  # those who wrote the need and those who are asked
EVERYONE = who(ROLES, "author", "dal_employee", "dal_sector_head", NEIGHBOURS, STRANGERS, ANONYMOUS)
SIGNED_IN = EVERYONE - {ANONYMOUS}
REGION = SIGNED_IN - STRANGERS
NOBODY = who()

IN_REGION = who(SECRETARIAT, "portfolio_manager", "administrator", "expert_group_lead", "observer", "auditor")
FJELL = REGION - DAL - NEIGHBOURS - IN_REGION - OUTSIDERS
# flow.md D.6, from the draft on.
HEARS_OF = who(FJELL, NAMED, SECRETARIAT, COUNCIL)  # in anchoring: title, field, state
SUBMITTED = REGION - {"observer"}  # hears of what is submitted
READS = SUBMITTED - NEIGHBOURS  # and reads it, where Dal takes part too
DECIDED = SUBMITTED  # reads what is decided
PAPER = who(INSIDERS, NAMED, "dal_sector_head") - {"neighbour_leader"}  # reads a paper that is on no agenda yet
LEDGER = who(roles_for("secretariat.see_ledger"), "neighbour_leader", "stranger_leader")
RECORDS = who(roles_for("archive.see_filings"))
# Fjell's own: those who take part, but nobody in Dal besides those who sit in the council.
FJELLS = (READS - DAL) | COUNCIL
CYCLE = who(roles_for("governance.plan_cycle"))
ADMINISTRATORS = who("administrator", "stranger_leader")
REGISTRARS = who(roles_for("systems.manage"), "stranger_leader")  # of the system register, each of one's own
# Who works in Fjell, or holds a role for it there: row security lets them see what only Fjell has.
FJELLS_OWN = REGION - DAL - NEIGHBOURS - IN_REGION
STAFFED = SIGNED_IN - OUTSIDERS
BOARD = who("chief_executive", "neighbour_leader")  # the portfolio board: those who lead the municipalities
FJELL_STAFF = who(FJELL, "author", "sector_head") - OUTSIDERS
LEADS = who("expert_group_lead", "administrator")
GROUP = who(LEADS, SECRETARIAT, "dal_employee")


@dataclass(frozen=True)
class Door:
    """An address with one object in it."""

    opens: Who
    posts: Who = NOBODY
    of: dict[str, str] = field(default_factory=dict)  # the address's arguments: the name of an object, or itself
    data: Callable[[World], dict[str, Any]] | None = None
    action: str = ""
    quiet: bool = False  # a post that leaves nothing in the log
    post_only: bool = False
    led_on: Who = NOBODY  # those who are only led to another page of theirs
    done: int = 302  # what is answered when a post has changed something


def door(
    opens: Who | None,
    *,
    of: str = "",
    also: dict[str, str] | None = None,
    action: str = "",
    posts: Who | None = None,
    plus: Who = NOBODY,
    data: Callable[[World], dict[str, Any]] | None = None,
    **more: Any,
) -> Door:
    """A line of the table. `of`: the object; `action`: whose roles may post; `plus`: who may besides them."""
    may = posts if posts is not None else who(roles_for(action)) | plus if action else NOBODY
    arguments = ({"pk": of} if of else {}) | (also or {})
    return Door(opens or NOBODY, may, arguments, data, action, post_only=opens is None, **more)


def versioned(key: str, **values: Any) -> Callable[[World], dict[str, Any]]:
    """A form made from the object as it stands."""
    return lambda world: {"version": world.fresh(key).version, **values}


def _header(world: World) -> dict[str, Any]:
    portfolio = world.fresh("portfolio")
    named = {"name": portfolio.name, "vision": portfolio.vision, "manager": world.line.people["portfolio_manager"].pk}
    return {"version": portfolio.version, **named, "appointed_by": "Sak 1/31", "appointed_date": "01.01.2031"}


def _plan(world: World) -> dict[str, Any]:
    assert world.line.council is not None
    return {"body": world.line.council.pk, "starts_at": "15.01.2031 09:00", "ends_at": "15.01.2031 11:00"}


def _new_date(world: World) -> dict[str, Any]:
    house = world.objects["regions"].pk
    return {"version": 0, "owner": house, "kind": "reporting", "title": "Rapport", "starts_on": "15.01.2031"}


def _attendance(world: World) -> dict[str, Any]:
    meeting = world.fresh("noticed")
    return {"version": meeting.version} | {f"seat_{s.pk}": "present" for s in seats_of(world, meeting)}


def _considered(world: World) -> dict[str, Any]:
    held = f"{world.objects['elsewhere_item'].pk}-closed"
    return {"held": held, f"{held}-outcome": "kept", f"{held}-reason": "Gjelder en ansatt."}


def _vote(world: World) -> dict[str, Any]:
    version = world.fresh("held_item").version
    return {"version": version, "votes_for": 2, "votes_against": 1, "votes_blank": 0}


def _substitute(world: World) -> dict[str, Any]:
    seats = seats_of(world, world.fresh("held"))
    return {"seat": next(seat.pk for seat in seats if seat.position == "substitute")}


def _to_do(world: World) -> dict[str, Any]:
    return {"text": "Send brev.", "responsible_id": world.line.people["chair"].pk, "due": "15.01.2031"}


def _moved(world: World) -> dict[str, Any]:
    when = {"starts_at": "15.01.2031 09:00", "ends_at": "15.01.2031 11:00", "place": "Rådhuset"}
    return {"version": world.fresh("agreed").version, "reason": "Ferie.", **when}


def _set_up(world: World, house: str) -> dict[str, Any]:
    with world.everywhere():
        version = ArchiveSetup.objects.filter(owner=world.objects[house]).values_list("version", flat=True).first()
    return {"version": version or 0, "backend": "by_hand", "access_code": "UO", "series": "SAK"}


def _new_person(world: World) -> dict[str, Any]:
    return {"name": "Ny Mann", "email": "ny@fjell.example", "entity": world.objects["fjells"].pk, "language": "nb"}


def _upload(world: World) -> dict[str, Any]:
    return {"files": SimpleUploadedFile("nytt.pdf", PDF + b"\n%nytt"), "title": "", "group": ""}


def _needs(world: World) -> bytes:
    return f"title;owner_email\nNytt kart;{world.line.people['cfo'].email}\n".encode()


def _renewed(world: World) -> dict[str, Any]:
    return {"current": PASSWORD, "password": PASSWORD[::-1], "again": PASSWORD[::-1]}


def _written(world: World) -> dict[str, Any]:
    letter = {"how": "written", "source_file": SimpleUploadedFile("svar.pdf", PDF)}
    return {"version": world.fresh("endorsement").version, **YES, "source": "E-post", **letter}


def _placed(world: World) -> dict[str, Any]:
    with world.everywhere():
        field = Field.objects.filter(owner=world.line.entities["region"]).order_by("pk")[0]
    return {"version": world.fresh("idea").version, "field": field.pk}


def _owners(world: World) -> dict[str, Any]:
    person = world.line.people["author"].pk
    return {"version": world.fresh("submitted").version, "need_owner": person, "lead": person}


def _result(world: World) -> dict[str, Any]:
    version, day = world.fresh("political").version, "02.11.2026"
    said = {"outcome": "approved", "text": "Formannskapet vedtar det.", "amount_kr": "0"}
    return {"version": version, **said, "case_number": "PS 1/26", "decided_date": day}


IDEAS = REGION - {"observer"}  # who sees the idea bank
ANSWERS = who(roles_for("initiatives.answer_idea"))
IDEA = {"title": "Ny idé", "text": "Det blir bedre.", "field": "", "wants_to_write": "on"}
NOTICES = {group: group_row.usual for group, group_row in GROUPS.items()}
LISTED = (
    "portfolio_balance",
    "balance_sheet",
    "portfolio_roadmap",
    "programme_list",
    "activity_list",
    "series_list",
    "portfolio_risks",
    "project_list",
    "project_sheet",
    "ranking_list",
    "review_list",
    "measure_list",
)  # what every reader of the portfolio sees
LESSON = {
    **{"version": 0, "title": "Spør tidlig", "kind": "bad", "theme": "change", "phase": "execute", "reach": "house"},
    **{"happened": "Vi spurte for seint.", "learnt": "Det tok lengre tid."},
}
STEERS = who("portfolio_manager", "chief_executive", "neighbour_leader")  # who proposes and decides measures


def _proposed(world: World) -> dict[str, Any]:
    named = {"responsible": world.line.people["portfolio_manager"].pk, "due_date": "01.03.2031"}
    said = {"version": 0, "kind": "strategy", "title": "Se på målene", "reason": "Behovene er nye."}
    return {**said, **named}


RISK = {"version": 0, "kind": "risk", "title": "Forsinket", "likelihood": 3, "impact": 4}
PLANS = who("author", "project_owner")  # who plans the benefits
EFFORT = who(roles_for("portfolio.see_effort"), "dal_sector_head", "neighbour_leader") - OUTSIDERS | {"auditor"}
REPORTS = who("portfolio_manager", "author")  # who says how the project goes
LIGHTS = dict.fromkeys(["progress", "economy", "risk", "resources", "benefit"], "green")
YES = {"answer": "recommended", "text": "Ja."}
RHYTHM = {
    "meetings": 6,
    "weekday": 1,
    "starts": "09.00",
    "minutes": 120,
    "ordinary_days": 21,
    "urgent_days": 7,
    "notice_days": 7,
}
TREAT = {"outcome": "recommended", "text": "Anbefales.", "reason": "Gevinst.", "discussion": ""}


TEMPLATES = who(roles_for("documents.keep_templates"))
REGION_TEMPLATES = who("administrator", "secretariat_lead")  # the records manager's role is for Fjell
KEEPERS = who(roles_for("governance.keep_arenas"))  # of the region's arenas
# These keep what is their own house's.
ELSEWHERE = who("neighbour_leader", "stranger_leader")
DAY = {"valid_from": "01.01.2031"}


def _effort_of(world: World) -> dict[str, Any]:
    return {"unit": world.objects["resource"].unit_id, "year": 2031}


def _brought(world: World) -> dict[str, Any]:
    row = [2, world.objects["resource"].unit_id, "2031-02-01", "hours", "100", "0", "0", "0", "100"]
    return {"do": "bring", "rows": signing.dumps([row], salt=SALT)}


def _mandate(world: World) -> dict[str, Any]:
    numbers = {"budget_hours_limit": 80, "quorum_share_percent": 50, "notice_days": 7, "meetings_per_year": 6}
    chosen = {"authority": "advice", "meeting_form": "both", "decides_by": "consensus", "cost_key": "equal"}
    words = {"purpose": "Gjøre det rette.", "adopted_by": "Kommunestyrene", "submission_days": 21, "urgent_days": 10}
    return {"version": world.objects["mandate"].version, **DAY, **numbers, **chosen, **words}


def _seated(world: World, **more: Any) -> dict[str, Any]:
    chosen = {"chosen": "appointed", "chosen_by": "Kommunedirektøren", "chosen_date": "01.12.2026"}
    version = world.fresh("seat").version
    return {"version": version, "position": "member", "valid_from": "01.01.2027", **chosen, **more}


def _bound(world: World, version: int) -> dict[str, Any]:
    words = {"origin": "ict", "reserved_percent": 20, "authority": "Kan love timer.", "valid_from": "01.01.2027"}
    return {"version": version, "person": world.line.people["cfo"].pk, **words}


def _shares(world: World) -> dict[str, Any]:
    fjell = world.objects["fjells"].pk
    return {f"share_{fjell}": 20}


def _template(world: World) -> dict[str, Any]:
    upload = SimpleUploadedFile("ny.docx", standard_template("nn"))
    return {"owner": world.objects["regions"].pk, "kind": "notice", "file": upload, **DAY}


def _section(world: World) -> dict[str, Any]:
    return {"version": 0, "text": "Gevinsten er prøvd ut."}


def _review_asked(world: World) -> dict[str, Any]:
    asked = {"kind": "technology", "person": world.line.people["cfo"].pk, "due": "15.01.2031"}
    return {"version": world.fresh("submitted_case").version, **asked}


def _competent(version: int) -> dict[str, Any]:
    return {"version": version, "name": "Ny hjelper", "place": "ict", "helps_with": "Integrasjoner"}


def _arena(world: World, version: int) -> dict[str, Any]:
    return {"version": version, "name": "Ny arena", "purpose": "Prate.", "frequency_days": 31, "since": "01.01.2027"}


def _policy(world: World) -> dict[str, Any]:
    roles = {"need_roles": ["employee"], "idea_roles": ["employee"]}
    return {"version": 0, "guideline": "Alle kan.", "adopted_by": "Rådet", **roles, **DAY}


def _criteria(world: World) -> dict[str, Any]:
    rows = {f"{part}_{n}": str(getattr(one, part)) for n, one in enumerate(STANDARD) for part in PARTS}
    return {"version": 0, "adopted_by": "Rådet", **rows, **DAY}


def _asked_to_score(world: World) -> dict[str, Any]:
    people = [world.line.people[key].pk for key in ("secretary", "member")]
    return {"version": world.fresh("scored_case").version, "assessors": people}


def _new_round(world: World) -> dict[str, Any]:
    assert world.line.council is not None
    words = {"purpose": "budget", "first_year": "2029", "deadline": "01.03.2028"}
    return {"body": world.line.council.pk, **words}


def _found(world: World) -> dict[str, Any]:
    pk = world.objects["held_row"].pk
    return {"version": world.fresh("round_item").version, f"outcome_{pk}": "recommended"}


def _sizes(world: World) -> dict[str, Any]:
    return {"owner": world.objects["regions"].pk, "kr_0": "50 000", "kr_1": "500 000", "source": "Rådet", **DAY}


def _asked(world: World) -> dict[str, Any]:
    words = {"question": "Er det lurt?", "answer": "text", "size_classes": ["small"], "source": "Rådet"}
    return {"owner": world.objects["regions"].pk, "responsible": world.line.people["cfo"].pk, **words, **DAY}


def _rule(world: World, version: int) -> dict[str, Any]:
    return {
        "version": version,
        "owner": world.objects["regions"].pk,
        "kind": "law",
        "name": "Ny lov",
        "text": "§ 2",
        **DAY,
    }


def _affected(world: World) -> dict[str, Any]:
    return {"version": world.fresh("anchoring").version, "affected": [world.line.units["other"].pk], "shown": "on"}


def _why(world: World) -> dict[str, Any]:
    return {"version": world.fresh("refused").version, "reason": "Se på det på nytt."}


def _involvement(world: World) -> dict[str, Any]:
    return {"kind": "users", "held_date": "02.11.2026", "who": "Brukerrådet", "how": "Møte"}


def _stakeholder(world: World) -> dict[str, Any]:
    return {"name": "Ola", "kind": "users"}


def _shared(world: World) -> dict[str, Any]:
    last = (timezone.localdate() + timedelta(days=9)).strftime("%d.%m.%Y")
    return {"stakeholder": world.objects["stakeholder"].pk, "parts": ["need"], "last_date": last}


def _comment(world: World) -> dict[str, Any]:
    return {"text": "Bra."}


def _no_group(world: World) -> dict[str, Any]:
    return {"field": world.objects["other_field"].pk, "name": "Ny gruppe"}


def _place(world: World) -> dict[str, Any]:
    return {"item": world.objects["need_item"].pk, "place": 1, "seen": 0}


def _stand_in(world: World) -> dict[str, Any]:
    held = world.objects["head_role"]
    person = world.line.people["author"]
    return {"role": held.pk, "stand_in": person.pk, "first_day": "01.01.2031", "last_day": "02.01.2031"}


def about(key: str, **more: str) -> dict[str, str]:
    """The arguments of an address that names an initiative."""
    return {"initiative_id": key, **more}


# Those who write the region's strategy; the chief executive writes the municipality's own.
STEERING = who(roles_for("strategy.manage")) - {"chief_executive"}
PERIOD = {"title": "Strategi", "valid_from": "01.01.2031", "valid_to": "31.12.2034", "warn_days": "100"}
ADOPTION = {"adopted_by": "Kommunestyret", "adopted_date": "15.12.2025"}
MEASURE = {"name": "Andel", "unit": "%", "baseline": "1", "target": "2", "target_date": "01.01.2032"}


def always(**values: Any) -> Callable[[World], dict[str, Any]]:
    """The same typed in any world."""
    return lambda world: dict(values)


def _own_strategy(world: World) -> dict[str, Any]:
    return {**PERIOD, "owner": world.objects["fjells"].pk}


def _point(world: World) -> dict[str, Any]:
    return {"version": 0, "title": "Ny", "area": world.objects["adopted_area"].pk}


TABLE: dict[str, list[Door]] = {
    "front": [door(EVERYONE)],
    # core
    "core:health": [door(EVERYONE)],
    "core:gallery": [door(EVERYONE)],
    "core:accessibility": [door(EVERYONE)],
    "core:privacy": [door(EVERYONE)],
    # organisation
    "organisation:sign_in": [door(EVERYONE)],
    "organisation:sign_out": [door(None)],  # leads on to signing in, whoever asks
    "organisation:demo_people": [door(NOBODY, data=lambda world: {"person": world.line.people["chief"].pk})],
    "organisation:person_choose": [
        door(SIGNED_IN, posts=who("employee"), quiet=True, data=lambda w: {"person": w.line.people["employee"].pk})
    ],
    "organisation:language_choose": [door(None, posts=EVERYONE, quiet=True, data=lambda world: {"language": "nn"})],
    "organisation:notification_list": [door(SIGNED_IN)],
    "organisation:notification_open": [door(None, also={"notification_id": "told"}, posts=who("author"), quiet=True)],
    "organisation:notification_read_all": [door(None, posts=SIGNED_IN, quiet=True)],
    "organisation:notice_choose": [door(SIGNED_IN, posts=SIGNED_IN, data=lambda world: NOTICES)],
    "organisation:link_ask": [
        door(EVERYONE, posts=EVERYONE, done=200, data=lambda w: {"email": w.line.people["employee"].email})
    ],
    "organisation:link_open": [
        # Whoever has the link is whom it is for; without it there is no way in.
        door(
            EVERYONE,
            also={"token": "token"},
            posts=EVERYONE,
            data=lambda world: {"password": PASSWORD[::-1], "again": PASSWORD[::-1]},
        ),
        door(
            NOBODY,
            also={"token": "no-such-link"},
            data=lambda world: {"password": PASSWORD[::-1], "again": PASSWORD[::-1]},
        ),
    ],
    "organisation:password_change": [door(SIGNED_IN, posts=who("employee"), data=_renewed)],
    "organisation:admin_front": [door(ADMINISTRATORS)],
    "organisation:log_list": [door(ADMINISTRATORS)],
    "organisation:unit_list": [
        door(
            ADMINISTRATORS,
            action="organisation.administer",
            data=lambda world: {"name": "Teknisk", "kind": "sector", "entity": world.objects["fjells"].pk},
        )
    ],
    "organisation:unit_detail": [
        door(
            who("administrator"),
            also={"unit_id": "unit"},
            action="organisation.administer",
            data=versioned("unit", name="Skolene", kind="sector"),
        )
    ],
    "organisation:unit_head": [
        door(
            None,
            also={"unit_id": "unit"},
            action="organisation.administer",
            data=lambda world: {"person": world.objects["cfo"].pk, "valid_from": "01.12.2026"},
        )
    ],
    "organisation:unit_retire": [
        door(
            who("administrator"),
            also={"unit_id": "unit"},
            action="organisation.administer",
            data=versioned("unit", last_day="01.12.2031", sure="1"),
        )
    ],
    "organisation:unit_keep": [
        door(
            None,
            also={"unit_id": "closed_unit"},
            action="organisation.administer",
            data=versioned("closed_unit"),
        )
    ],
    "organisation:member_list": [door(ADMINISTRATORS)],
    "organisation:member_add": [
        door(
            who("administrator"),
            also={"slug": "region"},
            action="organisation.administer",
            data=lambda world: {"name": "Ny kommune", "number": "4699", "valid_from": "01.12.2026"},
        )
    ],
    "organisation:member_leave": [
        door(
            who("administrator"),
            also={"membership_id": "membership"},
            action="organisation.administer",
            data=lambda world: {"valid_to": "01.12.2031", "sure": "1"},
        )
    ],
    "organisation:member_undo": [door(None, also={"membership_id": "leaving"}, action="organisation.administer")],
    "organisation:request_answer": [
        door(
            None,
            also={"request_id": "asked_us"},
            posts=who("stranger_leader"),
            data=lambda world: {"answer": "no"},
        )
    ],
    "organisation:request_withdraw": [door(None, also={"request_id": "asked"}, action="organisation.administer")],
    "organisation:people_upload": [
        door(
            ADMINISTRATORS,
            action="organisation.administer",
            data=lambda world: {
                "entity": world.objects["fjells"].pk,
                "file": SimpleUploadedFile("ansatte.csv", b"Navn;E-post\nA;a@fjell.example\n"),
            },
        )
    ],
    "organisation:people_columns": [
        door(
            who("administrator"),
            of="people_open",
            action="organisation.administer",
            data=versioned("people_open", c0="name", c1="email", c2="roles"),
        )
    ],
    "organisation:people_preview": [
        door(
            who("administrator"),
            of="people_open",
            action="organisation.administer",
            data=versioned("people_open", way_in="none"),
        )
    ],
    "organisation:people_result": [door(who("administrator"), of="people_done")],
    "organisation:person_list": [door(ADMINISTRATORS)],
    "organisation:person_add": [door(ADMINISTRATORS, action="organisation.administer", data=_new_person)],
    "organisation:person_detail": [door(who("administrator"), also={"person_id": "cfo"})],
    "organisation:person_change": [
        door(
            who("administrator"),
            also={"person_id": "cfo"},
            action="organisation.administer",
            data=versioned("cfo", name="Ola Dunk", title="Økonomisjef", language="nb"),
        )
    ],
    "organisation:person_end": [
        door(None, also={"person_id": "cfo"}, action="organisation.administer", data=versioned("cfo"))
    ],
    "organisation:person_return": [
        door(None, also={"person_id": "leaver"}, action="organisation.administer", data=versioned("leaver"))
    ],
    "organisation:link_make": [door(None, also={"person_id": "cfo"}, action="organisation.administer")],
    "organisation:role_give": [
        door(
            None,
            also={"person_id": "cfo"},
            action="organisation.administer",
            data=lambda world: {
                "role": "project_owner",
                "entity": world.objects["fjells"].pk,
                "valid_from": "01.12.2026",
            },
        )
    ],
    "organisation:role_end": [
        door(
            None,
            also={"person_id": "cfo", "role_id": "given"},
            action="organisation.administer",
            data=lambda world: {"last_day": "01.12.2031"},
        )
    ],
    "organisation:role_matrix": [door(who(roles_for("overview.see_matrix")) | SIGNED_IN, action="")],
    # governance
    "governance:body_list": [door(SIGNED_IN)],
    "governance:body_add": [
        door(
            ADMINISTRATORS,
            action="organisation.administer",
            data=lambda world: {"name": "Utvalget", "kind": "council", "owner": world.objects["regions"].pk},
        )
    ],
    "governance:body_detail": [door(REGION, also={"body_id": "council"})],
    "governance:mandate_new": [
        door(who("administrator"), also={"body_id": "council"}, action="organisation.administer", data=_mandate)
    ],
    "governance:mandate_detail": [
        door(
            REGION,
            also={"mandate_id": "mandate"},
            action="organisation.administer",
            data=lambda world: {
                "municipality": world.objects["fjells"].pk,
                "organ": "Kommunestyret",
                "adopted_date": "01.12.2026",
            },
        )
    ],
    "governance:mandate_second": [door(None, also={"mandate_id": "mandate_waiting"}, action="organisation.administer")],
    "governance:mandate_withdraw": [
        door(
            who("administrator"),
            also={"mandate_id": "mandate_waiting"},
            action="organisation.administer",
            data=lambda world: {"reason": "Skrevet for tidlig."},
        )
    ],
    "governance:mandate_compare": [door(REGION, also={"mandate_id": "mandate", "other_id": "mandate_before"})],
    "governance:seat_list": [door(REGION, also={"body_id": "council"})],
    "governance:seat_give": [
        door(
            who("administrator"),
            also={"body_id": "council"},
            action="organisation.administer",
            data=lambda world: _seated(world, person=world.line.people["cfo"].pk),
        )
    ],
    "governance:seat_detail": [door(REGION, also={"seat_id": "seat"})],
    "governance:seat_change": [
        door(who("administrator"), also={"seat_id": "seat"}, action="organisation.administer", data=_seated)
    ],
    "governance:seat_end": [
        door(
            None,
            also={"seat_id": "seat"},
            action="organisation.administer",
            data=versioned("seat", last_day="01.12.2031"),
        )
    ],
    "governance:criterion_confirm": [
        door(
            None,
            also={"seat_id": "seat"},
            action="governance.confirm_criteria",
            data=lambda world: {"criterion": "knowledge", "confirmed": "on"},
        )
    ],
    "governance:coordinator_list": [door(SIGNED_IN)],
    "governance:coordinator_add": [
        door(
            ADMINISTRATORS,
            action="organisation.administer",
            data=lambda world: _bound(world, 0) | _shares(world),
        )
    ],
    "governance:coordinator_change": [
        door(
            who("administrator"),
            also={"coordinator_id": "coordinator_row"},
            action="organisation.administer",
            data=lambda world: _bound(world, world.fresh("coordinator_row").version) | _shares(world),
        )
    ],
    "governance:coordinator_end": [
        door(
            None,
            also={"coordinator_id": "coordinator_row"},
            action="organisation.administer",
            data=lambda world: {"last_day": "01.12.2031"},
        )
    ],
    "governance:arena_list": [door(SIGNED_IN)],
    "governance:arena_add": [
        door(
            KEEPERS | ELSEWHERE,
            action="governance.keep_arenas",
            plus=ELSEWHERE,
            data=lambda world: _arena(world, 0),
        )
    ],
    "governance:arena_detail": [
        door(
            REGION,
            also={"arena_id": "arena"},
            action="governance.keep_arenas",
            data=lambda world: {"held_date": "01.12.2026", "notes": "Vi snakket sammen."},
        )
    ],
    "governance:arena_change": [
        door(
            KEEPERS,
            also={"arena_id": "arena"},
            action="governance.keep_arenas",
            data=lambda world: _arena(world, world.fresh("arena").version),
        )
    ],
    "governance:rule_front": [door(SIGNED_IN)],
    "governance:rule_add": [door(ADMINISTRATORS, action="organisation.administer", data=lambda world: _rule(world, 0))],
    "governance:rule_standard": [
        door(
            ADMINISTRATORS,
            also={"code": "idea-answer-days"},
            action="organisation.administer",
            data=lambda world: {**_rule(world, 0), "amount": "14"},
        ),
        door(NOBODY, also={"code": "no-such-rule"}),
    ],
    "governance:rule_detail": [door(REGION, also={"rule_id": "rule"})],
    "governance:rule_change": [
        door(
            who("administrator"),
            also={"rule_id": "rule"},
            action="organisation.administer",
            data=lambda world: _rule(world, 1),
        )
    ],
    "governance:rule_end": [door(None, also={"rule_id": "rule"}, action="organisation.administer")],
    "governance:requirement_add": [door(ADMINISTRATORS, action="organisation.administer", data=_asked)],
    "governance:requirement_end": [
        door(
            who("administrator", "cfo"),
            also={"requirement_id": "requirement"},
            action="organisation.administer",
            plus=who("cfo"),
        )
    ],
    "governance:two_adopt": [
        door(
            None,
            action="organisation.administer",
            data=lambda world: {"owner": world.objects["regions"].pk},
        )
    ],
    "governance:size_list": [door(SIGNED_IN, action="organisation.administer", data=_sizes)],
    "governance:policy_list": [door(SIGNED_IN)],
    "governance:criteria_list": [door(SIGNED_IN)],
    "governance:criteria_new": [
        door(ADMINISTRATORS, action="organisation.administer", plus=who("stranger_leader"), data=_criteria)
    ],
    "governance:policy_new": [
        door(ADMINISTRATORS, action="organisation.administer", plus=who("stranger_leader"), data=_policy)
    ],
    "governance:guideline_read": [door(EVERYONE)],
    # documents
    "documents:file_download": [door(who("author"), of="draft_file"), door(READS, of="submitted_file")],
    "documents:file_remove": [
        door(who("author"), of="draft_file", posts=who("author")),
        door(READS, of="submitted_file"),  # what was sent in stays, also for the author
    ],
    "documents:file_restore": [door(None, of="removed_file", posts=who("author"))],
    "documents:template_list": [door(TEMPLATES | ELSEWHERE, posts=REGION_TEMPLATES, data=_template)],
    "documents:standard_file": [door(TEMPLATES | ELSEWHERE)],
    "documents:template_file": [door(REGION_TEMPLATES, of="template")],
    "documents:template_sample": [door(REGION_TEMPLATES, of="template")],
    "documents:template_end": [door(None, of="template", posts=REGION_TEMPLATES, data=lambda world: {})],
    # governance
    "governance:cycle_now": [door(SIGNED_IN)],
    "governance:cycle_year": [door(SIGNED_IN, also={"year": "2031"})],
    "governance:cycle_file": [door(SIGNED_IN, also={"year": "2031"})],
    "governance:cycle_follow": [door(SIGNED_IN, posts=SIGNED_IN, data=lambda world: {"do": "follow"})],
    "governance:cycle_feed": [
        # Whoever has the address reads what its owner follows; without it there is no way in.
        door(EVERYONE, also={"token": "feed"}),
        door(NOBODY, also={"token": "no-such-address"}),
    ],
    "governance:cycle_plan_choose": [door(CYCLE)],
    "governance:cycle_plan": [
        door(CYCLE, of="council", also={"year": "2031"}, action="governance.plan_cycle", data=lambda world: RHYTHM)
    ],
    "governance:cycle_date_put": [door(CYCLE, action="governance.plan_cycle", data=_new_date)],
    "governance:cycle_date_change": [
        door(
            REGION,
            of="cycle_date",
            action="governance.plan_cycle",
            data=lambda world: {"version": 0, "do": "cancel", "reason": "Utgår."},
        )
    ],
    "governance:cycle_meeting_change": [
        door(
            REGION,
            of="cycle_planned",
            action="governance.plan_cycle",
            data=lambda world: {"version": 0, "do": "cancel", "reason": "Utgår."},
        )
    ],
    # initiatives
    "initiatives:initiative_list": [door(SIGNED_IN)],
    "initiatives:draft_start": [
        door(
            SIGNED_IN,
            action="initiatives.start_draft",
            plus=SIGNED_IN - OUTSIDERS,
        )
    ],
    "initiatives:initiative_detail": [
        door(who("author"), also=about("draft")),
        door(HEARS_OF, also=about("anchoring")),
        door(SUBMITTED, also=about("submitted")),
    ],
    "initiatives:draft_step": [
        door(who("author"), also=about("draft", step="1"), posts=who("author"), data=versioned("draft", title="Nytt")),
        door(who("author"), also=about("submitted", step="1")),
    ],
    "initiatives:draft_files": [
        door(who("author"), also=about(need), posts=who("author"), data=_upload) for need in ("draft", "submitted")
    ],
    "initiatives:own_answer": [
        door(who("author"), also=about("draft"), posts=who("author"), data=versioned("draft"), quiet=True)
    ],
    "initiatives:draft_authors": [
        door(
            who("author"),
            also=about("draft"),
            posts=who("author"),
            data=lambda world: {"person": world.line.people["cfo"].pk},
        )
    ],
    "initiatives:author_remove": [door(None, also=about("draft", person_id="cfo"))],  # the last author stays
    "initiatives:operational": [door(who("author"), also=about("draft"))],  # it is no operation
    "initiatives:operational_take_back": [door(None, also=about("draft"))],
    "initiatives:request_take_in": [
        door(
            who(roles_for("initiatives.take_in_request"), "stranger_leader"),
            action="initiatives.take_in_request",
            data=lambda world: {"subject": "App", "text": "?", "need_owner": world.line.people["sector_head"].pk},
        )
    ],
    "initiatives:takeover_answer": [
        door(
            who("sector_head", "secretariat_member"),
            also={"takeover_id": "takeover"},
            posts=who("sector_head"),
            data=lambda world: {"answer": "taken"},
        )
    ],
    "initiatives:needs_import": [
        door(
            who(roles_for("initiatives.import_needs"), "stranger_leader"),
            action="initiatives.import_needs",
            data=lambda world: {"file": SimpleUploadedFile("behov.csv", _needs(world)), "go": "import"},
            done=200,
        )
    ],
    "initiatives:rules_detail": [door(SIGNED_IN)],
    "initiatives:service_desk_set": [
        door(
            ADMINISTRATORS,
            posts=ADMINISTRATORS,  # each for the house the role is for
            data=lambda world: {"version": "0", "name": "IT-hjelp", "phone": "55 55", "valid_from": "01.01.2031"},
        )
    ],
    "initiatives:rates_adopt": [
        door(
            ADMINISTRATORS,
            posts=ADMINISTRATORS,
            data=lambda world: {
                "version": "0",
                "hourly_kr": "700",
                "discount_percent": "4",
                "horizon_years": "5",
                "sensitivity_percent": "20",
                "valid_from": "01.01.2031",
            },
        )
    ],
    "initiatives:form_scope_adopt": [
        door(
            ADMINISTRATORS,
            also={"size": "small"},
            posts=ADMINISTRATORS,
            data=lambda world: {"version": "0", "steps": ["1", "4", "5", "6"], "valid_from": "01.01.2031"},
        )
    ],
    "initiatives:screening_adopt": [
        door(
            ADMINISTRATORS,
            posts=ADMINISTRATORS,
            data=lambda world: {
                "version": "0",
                **{f"q{n}-{name}": "Ja" for n in range(9) for name in ("text", "reviewer", "reason")},
                "valid_from": "01.01.2031",
            },
        )
    ],
    "initiatives:reuse_mark": [
        door(
            SECRETARIAT | {"author"},
            also=about("submitted"),
            action="initiatives.mark_reusable",
            plus=who("author"),
            data=lambda world: {"result": "Færre omveier."},
        ),
        door(NOBODY, also=about("draft"), data=lambda world: {"result": "Færre omveier."}),
    ],
    "initiatives:alike_list": [
        door(who("author"), also=about("draft")),
        door(who("author"), also=about("submitted")),
    ],
    "initiatives:initiative_copy": [
        door(None, also=about("submitted"), posts=READS - OUTSIDERS),
        door(None, also=about("anchoring")),
        door(None, also=about("decided"), posts=(DECIDED - OUTSIDERS) | STRANGERS),
    ],
    "initiatives:system_links": [
        door(
            who("author"),
            also=about("draft"),
            posts=who("author"),
            data=lambda world: {"kind": "introduces", "new_name": "Noe nytt"},
        )
    ],
    "initiatives:system_need": [
        door(None, of="system", posts=REGION - OUTSIDERS),
        door(None, of="own_system", posts=FJELLS_OWN - OUTSIDERS),
    ],
    "initiatives:draft_review": [
        door(who("author"), also=about("draft")),
        door(NAMED - {"sector_head"}, also=about("anchoring")),
        door(READS, also=about("submitted")),
    ],
    "initiatives:exemption_set": [
        door(
            who(roles_for("initiatives.set_exemption"), "author"),
            also=about("submitted"),
            action="initiatives.set_exemption",
            plus=who("author"),
            data=lambda world: {"field_group": "costs", "basis_code": "offl-23-1"},
        )
    ],
    # strategy
    "strategy:strategy_list": [door(SIGNED_IN)],
    "strategy:strategy_add": [
        door(
            who(roles_for("strategy.manage"), "neighbour_leader", "stranger_leader"),
            posts=who("administrator", "chief_executive"),
            action="strategy.manage",
            data=_own_strategy,
        )
    ],
    "strategy:strategy_detail": [door(REGION, of="draft_strategy"), door(REGION, of="adopted_strategy")],
    "strategy:strategy_change": [
        door(STEERING, of="draft_strategy", posts=STEERING, data=versioned("draft_strategy", **PERIOD)),
        door(NOBODY, of="adopted_strategy", data=versioned("adopted_strategy", **PERIOD)),
    ],
    "strategy:strategy_adopt": [
        door(STEERING, of="draft_strategy", posts=STEERING, data=versioned("draft_strategy", **ADOPTION)),
        door(NOBODY, of="adopted_strategy", data=versioned("adopted_strategy", **ADOPTION)),
    ],
    "strategy:strategy_renew": [door(None, of="adopted_strategy", posts=STEERING)],
    "strategy:area_add": [door(STEERING, of="draft_strategy", posts=STEERING, data=always(name="Oppvekst"))],
    "strategy:area_change": [
        door(STEERING, of="draft_area", posts=STEERING, data=always(name="Oppvekst")),
        door(NOBODY, of="adopted_area", data=always(name="Oppvekst")),
    ],
    "strategy:goal_add": [door(STEERING, of="draft_area", posts=STEERING, data=always(text="Trygg"))],
    "strategy:goal_change": [
        door(STEERING, of="draft_goal", posts=STEERING, data=always(text="Trygg")),
        door(NOBODY, of="adopted_goal", data=always(text="Trygg")),
    ],
    "strategy:indicator_add": [door(STEERING, of="draft_goal", posts=STEERING, data=always(**MEASURE))],
    "strategy:indicator_change": [
        door(STEERING, of="draft_indicator", posts=STEERING, data=always(**MEASURE)),
        door(NOBODY, of="adopted_indicator", data=always(**MEASURE)),
    ],
    "strategy:indicator_detail": [
        door(
            REGION,
            of="adopted_indicator",
            action="strategy.measure",
            data=always(value="15", measured_on="01.02.2026"),
        ),
        door(REGION, of="draft_indicator", data=always(value="15", measured_on="01.02.2026")),
    ],
    "strategy:plan_add": [door(STEERING, of="adopted_strategy", posts=STEERING, data=always(year="2033"))],
    "strategy:plan_detail": [door(REGION, of="draft_plan")],
    "strategy:plan_file": [door(REGION, of="adopted_plan")],
    "strategy:plan_adopt": [
        door(STEERING, of="draft_plan", posts=STEERING, data=versioned("draft_plan", **ADOPTION)),
        door(NOBODY, of="adopted_plan", data=versioned("adopted_plan", **ADOPTION)),
    ],
    "strategy:point_add": [door(STEERING, of="draft_plan", posts=STEERING, data=_point)],
    "strategy:point_change": [
        door(
            STEERING,
            of="draft_point",
            posts=STEERING,
            data=lambda world: {**_point(world), **versioned("draft_point")(world)},
        ),
        door(STEERING, of="adopted_point", posts=STEERING, data=versioned("adopted_point", due_date="01.02.2032")),
    ],
    "strategy:point_detail": [
        door(
            REGION,
            of="adopted_point",
            posts=STEERING | {"author"},
            data=versioned("adopted_point", status="under_way"),
        ),
        door(REGION, of="draft_point", data=versioned("draft_point", status="under_way")),
    ],
    "strategy:round_add": [
        door(
            STEERING,
            of="adopted_strategy",
            posts=STEERING,
            data=always(year="2034", question="Hva nå?", opens_on="01.01.2034", closes_on="01.02.2034"),
        )
    ],
    "strategy:round_detail": [
        door(REGION, of="round", action="strategy.give_input", data=always(text="Skolen først."))
    ],
    "strategy:input_record": [
        door(
            STEERING,
            of="round",
            posts=STEERING,
            data=always(said_by_name="Utvalget", text="Ja.", source="Møte"),
        )
    ],
    "strategy:input_answer": [
        door(
            STEERING,
            of="said",
            posts=STEERING,
            action="strategy.answer_input",
            data=always(outcome="taken_in", answer="Ja."),
        )
    ],
    "initiatives:initiative_follow": [door(None, also=about("submitted"), posts=SUBMITTED)],
    "initiatives:idea_list": [door(SIGNED_IN)],
    "initiatives:idea_start": [door(SIGNED_IN, posts=SIGNED_IN, data=lambda world: IDEA)],
    "initiatives:idea_alike": [door(SIGNED_IN)],
    "initiatives:idea_detail": [door(IDEAS, also={"idea_id": "idea"}), door(IDEAS, also={"idea_id": "answered_idea"})],
    "initiatives:idea_answer": [
        door(
            ANSWERS | {"author"},
            also={"idea_id": "idea"},
            action="initiatives.answer_idea",
            plus=who("author"),
            data=versioned("idea", kind="need", reason="Ja."),
        )
    ],
    "initiatives:idea_answer_undo": [
        door(
            None,
            also={"idea_id": "answered_idea"},
            action="initiatives.answer_idea",
            data=versioned("answered_idea"),
        )
    ],
    "initiatives:idea_gather": [
        door(
            ANSWERS,
            also={"idea_id": "idea"},
            action="initiatives.answer_idea",
            data=lambda world: versioned("idea", ideas=[world.objects["other_idea"].pk], reason="Hører sammen.")(world),
        )
    ],
    "initiatives:idea_place": [door(None, also={"idea_id": "idea"}, action="initiatives.answer_idea", data=_placed)],
    "initiatives:idea_comment": [
        door(None, also={"idea_id": "idea"}, posts=IDEAS, data=lambda world: {"text": "Bra."})
    ],
    "initiatives:comment_remove": [door(None, also={"comment_id": "said"}, posts=ANSWERS | {"author"})],
    "initiatives:idea_support": [door(None, also={"idea_id": "idea"}, posts=IDEAS - {"author"})],
    "initiatives:idea_follow": [door(None, also={"idea_id": "idea"}, posts=IDEAS)],
    "initiatives:idea_withdraw": [door(None, also={"idea_id": "idea"}, posts=who("author"))],
    # cases
    "cases:decision_decide": [
        door(DECIDED, of="decision", action="cases.decide", data=versioned("decision", outcome="approved")),
        door(
            FJELLS,
            of="line_decision",
            action="cases.decide_in_line",
            data=versioned("line_decision", outcome="approved"),
        ),
        door(DECIDED, of="political", action="cases.record_result", data=_result),
    ],
    "cases:decision_send_on": [
        door(
            DECIDED,
            of="decision",
            posts=who("chief_executive"),
            data=versioned("decision", organ="municipal_council"),
        )
    ],
    "cases:decision_tell": [door(None, of="decided_row", posts=who("chief_executive", "council_chair", "substitute"))],
    "cases:assignment_give": [
        door(
            DECIDED,
            of="decided_row",
            posts=who("chief_executive"),
            data=lambda world: {"text": "Gjør det.", "person": world.line.people["author"].pk, "due": "01.01.2032"},
        )
    ],
    "cases:assignment_detail": [
        door(DECIDED, of="assignment", posts=who("author"), data=lambda world: {"answer": "Gjort."})
    ],
    "cases:case_costs": [
        door(
            DECIDED,
            of="at_chief_case",
            action="cases.plan_costs",
            data=lambda world: {"version": 0, "key": "equal", "start_count": 2},
        )
    ],
    "cases:case_turn": [
        door(
            READS,
            of="submitted_case",
            also={"kind": "stop"},
            action="cases.stop",
            plus=who("author"),
            data=versioned("submitted_case", reason="Nei."),
        ),
        door(
            READS,
            of="submitted_case",
            also={"kind": "merge"},
            action="cases.merge",
            data=lambda world: versioned("submitted_case", reason="Likt.", into=world.objects["ready"].pk)(world),
        ),
        door(NOBODY, of="submitted_case", also={"kind": "no-such-turn"}),
    ],
    "cases:condition_meet": [door(DECIDED, of="condition", posts=who("chief_executive", "author"))],
    "cases:case_withdraw": [
        door(
            NAMED | {"dal_sector_head"},
            of="submitted_case",
            posts=who("author"),
            data=versioned("submitted_case", reason="Nei."),
        )
    ],
    # anchoring
    "anchoring:request_answer": [
        door(
            who("author", "expert_group_lead", SECRETARIAT),
            of="opinion",
            action="anchoring.state_opinion",
            data=versioned("opinion", **YES),
        ),
        door(
            NAMED | SECRETARIAT,
            of="endorsement",
            action="anchoring.endorse",
            data=versioned("endorsement", **YES),
        ),
    ],
    "anchoring:answer_record": [
        door(
            who(SECRETARIAT),
            of="endorsement",
            action="anchoring.record_on_behalf",
            data=versioned("endorsement", **YES, source="Telefon", how="spoken"),
        ),
        door(who(SECRETARIAT), of="endorsement", action="anchoring.record_on_behalf", data=_written),
    ],
    "anchoring:answer_contest": [door(None, of="recorded", posts=who("sector_head"), data=versioned("recorded"))],
    "anchoring:request_send": [door(who("author"), also=about("draft"), posts=who("author"), data=versioned("draft"))],
    "anchoring:hearing_choose": [
        door(who("author", "expert_group_lead"), also=about("anchoring"), posts=who("author"), data=_affected)
    ],
    "anchoring:need_escalate": [
        door(NAMED, also=about("refused"), posts=who("author", "expert_group_lead"), data=_why)
    ],
    "anchoring:involvement_list": [
        door(
            who("author", "expert_group_lead", SECRETARIAT),
            also=about("anchoring"),
            posts=who("author", SECRETARIAT),
            data=_involvement,
        )
    ],
    "anchoring:involvement_strike": [
        door(None, also=about("anchoring", involvement_id="involvement"), posts=who("author", SECRETARIAT))
    ],
    "anchoring:share_list": [
        door(
            who("author"),
            also=about("anchoring"),
            posts=who("author"),
            data=_shared,
        )
    ],
    "anchoring:share_end": [door(None, also=about("anchoring", guest_pass_id="guest_pass"), posts=who("author"))],
    "anchoring:guest_page": [door(EVERYONE, also={"token": "guest_token"}, posts=EVERYONE, data=_comment)],
    "anchoring:stakeholder_list": [door(STAFFED, posts=STAFFED, data=_stakeholder)],
    "anchoring:stakeholder_remove": [door(None, also={"stakeholder_id": "stakeholder"}, posts=FJELL_STAFF)],
    "anchoring:group_list": [door(STAFFED, posts=who("administrator"), data=_no_group)],
    "anchoring:step_switch": [
        door(None, also={"field_id": "other_field"}, posts=who("administrator"), data=lambda world: {"on": "no"})
    ],
    "anchoring:group_detail": [door(GROUP, also={"body_id": "group"})],
    "anchoring:backlog_add": [
        door(None, also={"body_id": "group"}, posts=GROUP - SECRETARIAT, data=lambda world: {"title": "Noe nytt"})
    ],
    "anchoring:backlog_rank": [door(None, also={"body_id": "group"}, posts=LEADS, data=_place)],
    "anchoring:backlog_close": [door(None, also={"body_id": "group", "item_id": "need_item"}, posts=LEADS)],
    "anchoring:backlog_start": [
        door(None, also={"body_id": "group", "item_id": "need_item"}, posts=GROUP - SECRETARIAT)
    ],
    "anchoring:member_add": [
        door(None, also={"body_id": "group"}, posts=LEADS, data=lambda world: {"person": world.line.people["cfo"].pk})
    ],
    "anchoring:member_end": [door(None, also={"body_id": "group", "seat_id": "group_seat"}, posts=LEADS)],
    "anchoring:meeting_call": [
        door(None, also={"body_id": "group"}, posts=LEADS, data=lambda world: {"starts_at": "15.01.2031 09:00"})
    ],
    "anchoring:meeting_note": [
        door(
            GROUP,
            also={"body_id": "group", "meeting_id": "group_meeting"},
            posts=LEADS,
            data=lambda world: {"version": world.fresh("group_meeting").version, "notes": "Enige."},
        )
    ],
    "organisation:stand_in_choose": [door(SIGNED_IN, posts=who("sector_head"), data=_stand_in)],
    "organisation:stand_in_for": [
        door(
            ADMINISTRATORS & IN_REGION,
            also={"person_id": "head"},
            posts=ADMINISTRATORS & IN_REGION,
            data=_stand_in,
        )
    ],
    "organisation:stand_in_end": [door(None, also={"role_id": "stand_in"}, posts=who("sector_head", "administrator"))],
    "anchoring:submission_send": [door(NAMED, also=about("endorsed"), posts=who("author"), data=versioned("endorsed"))],
    "anchoring:submission_receipt": [door(NAMED | {"dal_sector_head"}, also=about("submitted"))],
    # secretariat
    "secretariat:case_list": [door(who(roles_for("secretariat.check_completeness"), "stranger_leader"))],
    "secretariat:case_assign": [
        door(
            None,
            of="submitted_case",
            posts=who(SECRETARIAT),
            data=lambda world: {
                "version": world.fresh("submitted_case").version,
                "person": world.line.people["secretariat_lead"].pk,
            },
        )
    ],
    "secretariat:review_ask": [
        door(who(SECRETARIAT), of="submitted_case", action="secretariat.assess", data=_review_asked)
    ],
    "secretariat:review_withdraw": [
        door(None, of="reviewed_case", also={"review_id": "review"}, posts=who(SECRETARIAT), data=lambda world: {})
    ],
    "secretariat:review_answer": [
        door(
            who(SECRETARIAT, "employee"),
            also={"review_id": "review"},
            posts=who("employee"),
            data=versioned("review", text="Vi har det vi trenger.", conclusion="no_objection"),
        )
    ],
    "secretariat:exchange_list": [
        door(PAPER, also=about("ready"), posts=who(SECRETARIAT, "author"), data=lambda world: {"text": "Hvor mange?"})
    ],
    "secretariat:competence_list": [door(SIGNED_IN)],
    "secretariat:competence_add": [
        door(
            who(SECRETARIAT, "stranger_leader"),
            action="secretariat.keep_competence",
            plus=who("stranger_leader"),
            data=lambda world: _competent(0),
        )
    ],
    "secretariat:competence_change": [
        door(
            who(SECRETARIAT),
            also={"competence_id": "competence"},
            action="secretariat.keep_competence",
            data=lambda world: _competent(world.fresh("competence").version),
        )
    ],
    "secretariat:competence_remove": [
        door(None, also={"competence_id": "competence"}, posts=who(SECRETARIAT), data=lambda world: {})
    ],
    "secretariat:case_prepare": [door(who(SECRETARIAT), of="submitted_case")],
    "secretariat:case_check": [
        door(None, of="submitted_case", action="secretariat.check_completeness", data=versioned("submitted_case")),
        door(
            None,
            of="submitted_case",
            action="secretariat.return_case",
            data=versioned("submitted_case", missing=["benefits"], note="Tallfest."),
        ),
    ],
    "secretariat:assessment_write": [
        door(
            None,
            of="submitted_case",
            action="secretariat.assess",
            data=versioned("submitted_case", kind="secretariat", text="Bra."),
        )
    ],
    "secretariat:note_add": [
        door(None, of="submitted_case", posts=who(SECRETARIAT), data=lambda world: {"note": "Husk dette."})
    ],
    "secretariat:case_redirect": [
        door(None, of="submitted_case", posts=who(SECRETARIAT), data=versioned("submitted_case", reason="Drift."))
    ],
    "secretariat:line_send": [
        door(None, of="line_case", action="secretariat.send_to_line", data=versioned("line_case"))
    ],
    "secretariat:mandate_decide": [
        door(
            None,
            of="mandate_case",
            action="secretariat.decide",
            data=versioned("mandate_case", outcome="approved", amount_kr="4000", text="Nyttig."),
        )
    ],
    "secretariat:case_route": [
        door(
            who(SECRETARIAT),
            of="preparing_case",
            action="secretariat.decide",
            data=versioned("preparing_case", chosen="council"),
        )
    ],
    "secretariat:scoring": [door(who(SECRETARIAT, COUNCIL), of="scored_case")],
    "secretariat:scoring_start": [door(None, of="scored_case", posts=who(SECRETARIAT), data=_asked_to_score)],
    "secretariat:assessor_name": [
        door(
            None,
            of="scoring_case",
            posts=who(SECRETARIAT),
            data=lambda w: {"version": w.fresh("scoring").version, "person": w.line.people["chair"].pk},
        )
    ],
    "secretariat:score_give": [
        door(
            who("council_member"),
            also={"card_id": "score_card"},
            posts=who("council_member"),
            data=lambda world: typed(3),
        )
    ],
    "secretariat:score_withdraw": [
        door(
            None,
            also={"card_id": "score_card"},
            posts=who("council_member"),
            data=lambda world: {"reason": "Broren min selger den."},
        )
    ],
    "secretariat:order": [door(SIGNED_IN)],
    "secretariat:order_sheet": [door(SIGNED_IN)],
    "secretariat:order_place": [
        door(
            who(roles_for("secretariat.place_in_order")),
            of="scored_case",
            action="secretariat.place_in_order",
            data=versioned("scored_case", place="2", reason="Rådet."),
        )
    ],
    "secretariat:order_restore": [door(None, of="scored_case", posts=who(roles_for("secretariat.place_in_order")))],
    "secretariat:round_list": [door(SIGNED_IN)],
    "secretariat:round_open": [
        door(
            who(roles_for("secretariat.run_round"), "stranger_leader"), action="secretariat.run_round", data=_new_round
        )
    ],
    "secretariat:round_detail": [door(REGION, of="priority_round"), door(REGION, of="round_held")],
    "secretariat:round_make": [
        door(None, of="priority_round", action="secretariat.run_round", data=versioned("priority_round"))
    ],
    "secretariat:round_finish": [
        door(None, of="priority_round", action="secretariat.run_round", data=versioned("priority_round"))
    ],
    "secretariat:round_cancel": [
        door(
            None,
            of="priority_round",
            action="secretariat.run_round",
            data=versioned("priority_round", reason="Budsjettet er vedtatt."),
        )
    ],
    "secretariat:row_propose": [
        door(
            who(roles_for("secretariat.run_round")),
            of="priority_round",
            also={"row_id": "round_row"},
            action="secretariat.run_round",
            data=versioned("priority_round", outcome="defer", reason="Vi venter på piloten."),
        )
    ],
    "secretariat:round_pdf": [door(who(roles_for("secretariat.see_ledger"), "neighbour_leader"), of="priority_round")],
    "secretariat:round_xlsx": [door(who(roles_for("secretariat.see_ledger"), "neighbour_leader"), of="priority_round")],
    "secretariat:round_csv": [door(who(roles_for("secretariat.see_ledger"), "neighbour_leader"), of="priority_round")],
    "secretariat:flags_change": [
        door(
            None,
            of="scoring_case",
            posts=who(SECRETARIAT),
            data=lambda w: {"version": w.fresh("scoring").version, "urgent": "on", "reason": "Avtalen er sagt opp."},
        )
    ],
    "secretariat:ledger": [door(LEDGER)],
    "secretariat:ledger_year": [door(LEDGER, also={"year": "2026"})],
    "secretariat:paper_make": [
        door(
            None,
            of="preparing_case",
            action="secretariat.make_paper",
            data=versioned("preparing_case", proposed_outcome="recommended", proposed_text="Anbefales."),
        )
    ],
    "secretariat:paper_detail": [door(PAPER, of="ready_case"), door(DECIDED, of="decided_case")],
    "secretariat:paper_pdf": [door(PAPER, of="ready_case"), door(DECIDED, of="decided_case")],
    "secretariat:paper_version": [
        door(FJELLS, of="noticed_case", also={"number": "1"}),
        door(DECIDED, of="decided_case", also={"number": "1"}),
        door(NOBODY, of="ready_case", also={"number": "1"}),  # it has not been sent to anyone yet
    ],
    "secretariat:paper_version_pdf": [
        door(FJELLS, of="noticed_case", also={"number": "1"}),
        door(DECIDED, of="decided_case", also={"number": "1"}),
    ],
    "secretariat:paper_word": [door(PAPER, of="ready_case"), door(DECIDED, of="decided_case")],
    "secretariat:paper_version_word": [
        door(FJELLS, of="noticed_case", also={"number": "1"}),
        door(DECIDED, of="decided_case", also={"number": "1"}),
    ],
    "secretariat:paper_edit": [door(who(SECRETARIAT), of="ready_case")],
    "secretariat:section_write": [
        door(None, of="ready_case", also={"code": "benefits"}, action="secretariat.make_paper", data=_section)
    ],
    "secretariat:section_rebuild": [
        door(
            who(SECRETARIAT),
            of="ready_case",
            also={"code": "benefits"},
            action="secretariat.make_paper",
            data=lambda world: {"version": 0},
        )
    ],
    "secretariat:aside_settle": [
        door(
            None,
            of="ready_case",
            also={"aside_id": "aside"},
            action="secretariat.make_paper",
            data=lambda world: {"version": 1, "do": "take"},
        )
    ],
    # council
    "council:meeting_list": [door(SIGNED_IN, action="council.plan_meeting", data=_plan)],
    "council:meeting_detail": [door(REGION, of="planned"), door(REGION, of="approved")],
    "council:agenda_set": [
        door(None, of="planned", action="council.set_agenda", data=lambda w: {"case": w.objects["ready_case"].pk})
    ],
    "council:item_move": [
        door(
            None,
            of="agreed",
            also={"item_id": "agreed_second"},
            action="council.set_agenda",
            data=versioned("agreed", to="up"),
        )
    ],
    "council:meeting_move": [door(REGION, of="agreed", action="council.plan_meeting", data=_moved)],
    "council:meeting_cancel": [
        door(REGION, of="agreed", action="council.plan_meeting", data=versioned("agreed", reason="Ingen saker."))
    ],
    "council:notice_file": [door(who(SECRETARIAT, COUNCIL), of="noticed"), door(NOBODY, of="agreed")],
    "council:notice_send": [door(None, of="agreed", action="council.send_notice", data=versioned("agreed"))],
    "council:attendance_record": [door(None, of="noticed", action="council.keep_minutes", data=_attendance)],
    "council:item_treat": [
        door(
            None,
            of="held",
            also={"item_id": "held_item"},
            action="council.keep_minutes",
            data=versioned("held_item", **TREAT),
        )
    ],
    "council:item_vote": [
        door(None, of="held", also={"item_id": "held_item"}, action="council.keep_minutes", data=_vote)
    ],
    "council:statement_record": [
        door(
            None,
            of="held",
            also={"item_id": "held_item"},
            action="council.keep_minutes",
            data=lambda world: {"person_id": world.line.people["chair"].pk, "kind": "record", "text": "Jeg er enig."},
        )
    ],
    "council:impartiality_declare": [
        door(
            None,
            of="held",
            also={"item_id": "held_item"},
            action="council.keep_minutes",
            data=lambda world: {"person": world.line.people["council_chair"].pk, "reason": "Søsken"},
        )
    ],
    "council:information_add": [
        door(None, of="agreed", action="council.set_agenda", data=lambda world: {"title": "Nytt fra KS"})
    ],
    "council:urgent_take": [
        door(
            None,
            of="noticed",
            action="council.take_urgent",
            data=lambda world: {"case_id": world.objects["ready_case"].pk, "reason": "Fristen er i morgen."},
        )
    ],
    "council:item_plan": [
        door(
            None,
            of="agreed",
            also={"item_id": "agreed_second"},
            action="council.set_agenda",
            data=versioned("agreed_second", minutes=20, closed_code=""),
        )
    ],
    "council:item_agree": [
        door(
            None,
            of="held",
            also={"item_id": "held_item"},
            action="council.keep_minutes",
            data=versioned("held_item"),
        )
    ],
    "council:round_treat": [
        door(None, of="round_meeting", also={"item_id": "round_item"}, action="council.keep_minutes", data=_found)
    ],
    "council:list_save": [
        door(
            None,
            of="round_meeting",
            also={"item_id": "round_item"},
            action="council.keep_minutes",
            data=_found,
            done=200,
        )
    ],
    "council:list_defer": [
        door(
            None,
            of="round_meeting",
            also={"item_id": "round_item"},
            action="council.keep_minutes",
            data=versioned("round_item", reason="Rammene er ikke kjent."),
        )
    ],
    "council:text_save": [
        door(
            None,
            of="held",
            also={"item_id": "held_item"},
            action="council.keep_minutes",
            data=versioned("held_item", discussion="Rådet drøftet saken lenge."),
        )
    ],
    "council:away_record": [
        door(
            None,
            of="held",
            also={"item_id": "held_item"},
            action="council.keep_minutes",
            data=lambda world: {"here": [world.line.people["chair"].pk], "onward": "on"},
        )
    ],
    "council:substitute_call": [door(None, of="held", action="council.keep_minutes", data=_substitute)],
    "council:approval_choose": [
        door(None, of="held", action="council.keep_minutes", data=lambda world: {"approval": "next"})
    ],
    "council:point_give": [door(None, of="held", action="council.keep_minutes", data=_to_do)],
    "council:point_detail": [
        door(
            who(SECRETARIAT, COUNCIL),
            also={"point_id": "action_point"},
            action="council.keep_minutes",
            plus=who("council_chair"),
        )
    ],
    "council:correction_add": [
        door(
            None,
            of="approved",
            posts=who(roles_for("council.keep_minutes"), roles_for("council.approve_minutes")),
            data=lambda world: {"text": "Det skal stå 600 000 kr.", "reason": "Skrivefeil."},
        )
    ],
    "council:elsewhere_say": [
        door(None, of="agreed", action="council.set_agenda", data=lambda world: {"system": "Sakssystemet"})
    ],
    "council:package_file": [door(who(SECRETARIAT), of="noticed")],
    "council:minutes_attach": [
        door(
            None,
            of="elsewhere",
            action="council.keep_minutes",
            data=lambda world: {"file": SimpleUploadedFile("motebok.pdf", PDF)},
        )
    ],
    "council:extract_file": [door(DECIDED, of="approved", also={"item_id": "approved_item"})],
    "council:turnout_detail": [door(who(SECRETARIAT, COUNCIL), also={"body_id": "council"})],
    "council:meeting_close": [door(None, of="held", action="council.keep_minutes", data=versioned("held"))],
    "council:minutes_detail": [
        door(REGION, of="treated", action="council.approve_minutes", data=versioned("treated")),
    ],
    "council:minutes_file": [door(who(SECRETARIAT, COUNCIL), of="treated"), door(DECIDED, of="approved")],
    "council:publish_list": [
        door(
            who(SECRETARIAT),
            of="noticed",
            action="council.publish",
            posts=who(SECRETARIAT),
            data=versioned("noticed", documents=["agenda"], audience="employees"),
        )
    ],
    "council:publish_detail": [door(who(SECRETARIAT), of="noticed", also={"document": "agenda"})],
    "council:access_consider": [
        door(None, of="elsewhere", also={"document": "agenda"}, posts=who(SECRETARIAT), data=_considered)
    ],
    "council:publication_withdraw": [
        door(
            None,
            of="approved",
            also={"document": "agenda"},
            posts=who(SECRETARIAT),
            data=versioned("approved", reason="Feil utgave."),
        )
    ],
    "council:minutes_word": [door(who(SECRETARIAT, COUNCIL), of="treated"), door(DECIDED, of="approved")],
    "council:notice_word": [door(who(SECRETARIAT, COUNCIL), of="noticed"), door(NOBODY, of="agreed")],
    "council:papers_detail": [
        door(who(SECRETARIAT, COUNCIL), of="noticed", posts=who(SECRETARIAT, COUNCIL), data=lambda world: {})
    ],
    "council:papers_pdf": [door(who(SECRETARIAT, COUNCIL), of="noticed"), door(NOBODY, of="agreed")],
    "council:papers_zip": [door(who(SECRETARIAT, COUNCIL), of="noticed")],
    "council:item_approve": [
        door(
            None,
            of="later",
            also={"item_id": "later_item"},
            posts=who(roles_for("council.keep_minutes"), roles_for("council.approve_minutes")),
            data=versioned("later_item"),
        )
    ],
    "council:calendar_file": [door(REGION, of="planned")],
    # systems
    "systems:system_list": [door(SIGNED_IN)],
    "systems:system_export": [door(SIGNED_IN, also={"suffix": s}) for s in ("csv", "xlsx")],
    "systems:contract_list": [door(SIGNED_IN - OUTSIDERS)],
    "systems:fit_picture": [door(SIGNED_IN)],
    "systems:assessment_list": [door(SIGNED_IN)],
    "systems:duplicate_list": [door(SIGNED_IN)],
    "systems:system_add": [
        door(
            REGISTRARS,
            action="systems.manage",
            posts=REGISTRARS,
            data=lambda world: {"version": 0, "name": "Nytt system"},
        )
    ],
    "systems:system_detail": [door(REGION, of="system"), door(FJELLS_OWN, of="own_system")],
    "systems:system_change": [
        door(
            who("system_manager"),
            of="system",
            posts=who("system_manager"),
            data=lambda world: {"version": world.fresh("system").version, "name": "Nytt navn", "shared": "on"},
        )
    ],
    "systems:system_retire": [
        door(who("system_manager"), of="system", posts=who("system_manager"), data=versioned("system"))
    ],
    "systems:import_upload": [
        door(
            REGISTRARS,
            posts=who("system_manager"),
            data=lambda world: {
                "file": SimpleUploadedFile("nye.csv", SYSTEMS),
                "owner": world.line.entities["fjell"].pk,
                "shared": "on",
            },
        )
    ],
    "systems:import_map": [door(who("system_manager"), of="waiting_register")],
    "systems:import_preview": [
        door(
            who("system_manager"),
            of="waiting_register",
            posts=who("system_manager"),
            data=versioned("waiting_register"),
        )
    ],
    "systems:import_result": [door(who("system_manager"), of="done_register")],
    "systems:import_file": [door(who("system_manager"), of="done_register")],
    # benefits
    "benefits:plan_detail": [
        door(NOBODY, of="anchoring"),
        door(READS, of="submitted"),
        door(
            DECIDED,
            of="decided",
            posts=who("author"),
            data=lambda world: {"version": world.fresh("benefit_plan").version},
        ),  # who owns the benefit
    ],
    "benefits:benefit_plan": [
        door(
            PLANS,
            of="decided",
            also={"benefit_id": "benefit"},
            posts=PLANS,
            data=lambda world: {"version": world.fresh("planned_benefit").version, "do": "draft", "unit": "timer"},
        )
    ],
    # portfolio
    "portfolio:portfolio_list": [door(SIGNED_IN)],
    "portfolio:portfolio_add": [
        door(
            who("portfolio_manager", "administrator", "stranger_leader"),
            posts=who("portfolio_manager", "administrator"),
            data=lambda world: {"name": "Ny", "vision": "Gjøre det", "owner": world.line.entities["region"].pk},
        )
    ],
    "portfolio:portfolio_detail": [door(REGION, of="portfolio", action="")],
    "portfolio:view_save": [
        door(None, of="portfolio", posts=REGION, data=lambda world: {"name": "Min", "query": "light=red"}),
    ],
    "portfolio:ranking_change": [
        door(
            who(roles_for("portfolio.manage")),
            of="portfolio",
            also={"number": "0"},
            action="portfolio.manage",
            data=lambda world: {"version": 2, f"place_{world.objects['project'].pk}": 1},
        )
    ],
    "portfolio:review_answer": [
        door(
            who("portfolio_manager", "chief_executive", "neighbour_leader"),
            of="portfolio",
            also={"number": "project"},
            posts=who("portfolio_manager", "chief_executive", "neighbour_leader"),
            data=lambda world: {"version": 0, "answer": "yes", "reason": "Målet om trygge hjem."},
        )
    ],
    "portfolio:shown_list": [
        door(
            REGION,
            of="further",
            action="portfolio.manage",
            data=lambda world: {"project": world.objects["project"].pk, "reason": "Følges her òg."},
        )
    ],
    "portfolio:measure_change": [door(STEERS, of="portfolio", also={"number": "0"}, posts=STEERS, data=_proposed)],
    "portfolio:measure_detail": [
        door(REGION, of="measure", posts=STEERS, data=versioned("measure", do="decide")),
    ],
    "portfolio:ranking_settle": [
        door(
            None,
            of="portfolio",
            action="portfolio.manage",
            data=lambda world: {"do": "publish", "ranking": world.objects["ranking"].pk, "version": 2},
        )
    ],
    "portfolio:header_change": [
        door(
            REGION,
            of="portfolio",
            action="portfolio.manage",
            data=_header,
        )
    ],
    "portfolio:date_choose": [
        door(
            who(roles_for("portfolio.manage")) | who(roles_for("governance.plan_cycle")),
            of="portfolio",
            action="portfolio.manage",
            plus=who(roles_for("governance.plan_cycle")),
            data=lambda world: {"date": world.objects["cycle_date"].pk, "on": "yes"},
        )
    ],
    "portfolio:report_take": [
        door(who(roles_for("portfolio.take_report")), of="portfolio", action="portfolio.take_report")
    ],
    "portfolio:portfolio_export": [
        door(who(roles_for("portfolio.take_report")), of="portfolio", also={"suffix": s})
        for s in ("xlsx", "zip", "json")
    ],
    "portfolio:report_send": [door(None, of="report", action="portfolio.take_report")],
    "portfolio:report_treat": [
        door(
            who(roles_for("portfolio.take_report"), BOARD),
            of="sent_report",
            action="portfolio.take_report",
            plus=BOARD,
            data=lambda w: {"version": 1, "outcome": "noted", "treated_on": f"{timezone.localdate():%d.%m.%Y}"},
        )
    ],
    "portfolio:report_project": [door(REGION, of="report", also={"initiative_id": "decided"})],
    "portfolio:import_upload": [
        door(
            who(roles_for("portfolio.import_projects")),
            of="portfolio",
            action="portfolio.import_projects",
            data=lambda world: {"file": SimpleUploadedFile("nye.csv", CSV)},
        )
    ],
    "portfolio:import_result": [door(who("portfolio_manager"), of="done_import")],
    "portfolio:import_map": [door(who("portfolio_manager"), of="waiting_import")],
    "portfolio:import_preview": [
        door(
            who("portfolio_manager"),
            of="waiting_import",
            posts=who("portfolio_manager"),
            data=versioned("waiting_import"),
        )
    ],
    "portfolio:import_file": [
        door(who("portfolio_manager"), of="done_import", also={"suffix": s}) for s in ("xlsx", "json")
    ],
    "portfolio:rows_upload": [
        door(
            who("portfolio_manager", "sector_head", "dal_sector_head"),
            of="portfolio",
            posts=who("portfolio_manager"),
            data=lambda world: {"kind": "milestones", "file": SimpleUploadedFile("nye.csv", STEPS)},
        )
    ],
    "portfolio:rows_result": [door(who("portfolio_manager"), of="done_rows")],
    "portfolio:rows_map": [door(who("portfolio_manager"), of="waiting_rows")],
    "portfolio:rows_preview": [
        door(
            who("portfolio_manager"), of="waiting_rows", posts=who("portfolio_manager"), data=versioned("waiting_rows")
        )
    ],
    "portfolio:rows_file": [
        door(who("portfolio_manager"), of="done_rows", also={"suffix": s}) for s in ("xlsx", "json")
    ],
    "portfolio:portfolio_regvil": [
        door(who(roles_for("portfolio.take_report")), of="portfolio", also={"suffix": s}) for s in ("json", "csv")
    ],
    "portfolio:project_stakeholders": [door(DECIDED, of="project")],
    "portfolio:stakeholder_change": [
        door(
            REPORTS,
            of="project",
            also={"number": "0"},
            posts=REPORTS,
            data=lambda world: {"version": 0, "name": "Innbyggertorget", "influence": 3, "attitude": 0},
        )
    ],
    "portfolio:stakeholder_remove": [
        door(
            None,
            of="project",
            also={"number": "concerned"},
            posts=REPORTS,
            data=lambda world: {"do": "remove", "version": 1},
        )
    ],
    "portfolio:import_changes": [
        door(who("portfolio_manager"), of="done_import", also={"suffix": s}) for s in ("xlsx", "csv")
    ],
    "portfolio:project_detail": [
        door(
            DECIDED,
            of="project",
            action="portfolio.manage",
            data=versioned("project", start_date="01.02.2031", end_date="01.02.2032"),
        )
    ],
    "portfolio:project_gate": [
        door(DECIDED, of="project", posts=REPORTS, data=lambda world: {"version": 0, "wanted": "yes"}),
    ],
    "portfolio:checklist_list": [door(REGION, of="portfolio")],
    "portfolio:checklist_change": [
        door(
            who(roles_for("portfolio.manage")),
            of="portfolio",
            also={"gate": "BP3"},
            action="portfolio.manage",
            data=lambda world: {"version": 0, "q_wanted": "Er det ønsket?", "valid_from": "01.01.2031"},
        )
    ],
    "portfolio:project_money": [door(DECIDED, of="project")],
    "portfolio:money_change": [door(REPORTS, of="project", posts=REPORTS, data=versioned("project"))],
    "portfolio:project_plan": [
        door(DECIDED, of="project", posts=REPORTS, data=lambda world: {"remove": 1}, quiet=True),
    ],
    "portfolio:plan_change": [door(REPORTS, of="project", posts=REPORTS, data=versioned("project"))],
    **{f"portfolio:{name}": [door(REGION, of="portfolio")] for name in LISTED},
    "portfolio:programme_change": [
        door(
            who(roles_for("portfolio.manage")),
            of="portfolio",
            also={"number": "0"},
            action="portfolio.manage",
            data=lambda world: {"version": 0, "name": "Trygg hjemme"},
        )
    ],
    "portfolio:activity_change": [
        door(
            who(roles_for("portfolio.manage")),
            of="portfolio",
            also={"number": "0"},
            action="portfolio.manage",
            data=lambda world: {
                "version": 0,
                "title": "Rydde i tilganger",
                "start_date": "01.02.2031",
                "end_date": "01.03.2031",
            },
        )
    ],
    "portfolio:project_reports": [door(DECIDED, of="project")],
    "portfolio:series_report": [door(NOBODY, of="series", led_on=REGION)],
    "portfolio:series_change": [
        door(
            who(roles_for("portfolio.manage")),
            of="portfolio",
            also={"number": "0"},
            action="portfolio.manage",
            data=lambda world: {"version": 0, "name": "Styringsgruppa", "rhythm": "month", "due_days": 5},
        )
    ],
    "portfolio:project_changes": [
        door(
            DECIDED,
            of="project",
            posts=REPORTS,
            data=versioned("project", frame_kr="1000", reason="Det ble dyrere."),
        )
    ],
    "portfolio:project_risks": [door(DECIDED, of="project")],
    "portfolio:risk_change": [
        door(REPORTS, of="project", also={"number": "0"}, posts=REPORTS, data=lambda world: RISK),
    ],
    "portfolio:my_people": [door(SIGNED_IN)],
    "portfolio:resource_change": [
        door(
            who("sector_head"),
            also={"number": "resource"},
            posts=who("sector_head"),
            data=lambda world: {
                "version": world.fresh("resource").version,
                "title": "Arkitekter",
                "unit": world.objects["resource"].unit_id,
            },
        )
    ],
    "portfolio:request_answer": [
        door(
            who("sector_head"),
            of="request",
            posts=who("sector_head"),
            data=versioned("request", days=0, reason="Ingen er ledige."),
        )
    ],
    "portfolio:project_people": [
        door(
            DECIDED,
            of="project",
            posts=REPORTS,
            data=lambda world: {
                "resource": world.objects["resource"].pk,
                "quarter": quarters_from(timezone.localdate())[1].isoformat(),
                "days": 5,
                "purpose": "Opplæring.",
            },
        )
    ],
    "portfolio:lesson_list": [door(SIGNED_IN)],
    "portfolio:lesson_file": [door(SIGNED_IN, also={"suffix": s}) for s in ("csv", "xlsx")],
    "portfolio:project_lessons": [door(DECIDED, of="project")],
    "portfolio:lesson_change": [
        door(REPORTS, of="project", also={"number": "0"}, posts=REPORTS, data=lambda world: LESSON),
        door(
            REPORTS,
            of="project",
            also={"number": "lesson"},
            posts=REPORTS,
            data=lambda world: {**LESSON, "version": world.fresh("lesson").version},
        ),
    ],
    "portfolio:lesson_remove": [
        door(None, of="project", also={"number": "lesson"}, posts=REPORTS, data=versioned("lesson")),
    ],
    "portfolio:gate_condition_meet": [
        door(DECIDED, of="gate_condition", posts=who("sector_head", "author"), data=lambda world: {"note": "Gjort."}),
    ],
    "portfolio:effort_report": [door(EFFORT, of="portfolio")],
    "portfolio:effort_download": [door(EFFORT, of="portfolio")],
    "portfolio:effort_change": [
        door(
            who("it_manager"),
            of="portfolio",
            action="portfolio.keep_effort",
            data=lambda world: {**_effort_of(world), "version": 0, "measure": "hours", "m1_operation": 100},
        )
    ],
    "portfolio:effort_import": [
        door(who("it_manager"), of="portfolio", action="portfolio.keep_effort", data=lambda world: _brought(world))
    ],
    "portfolio:portfolio_capacity": [
        door(
            REGION,
            of="portfolio",
            action="portfolio.manage",
            data=lambda world: {"name": "Jul", "first_day": "20.12.2031", "last_day": "02.01.2032"},
        )
    ],
    "portfolio:project_handover": [
        door(DECIDED, of="project", posts=REPORTS, data=lambda world: {"link": 1}, quiet=True),
    ],
    "portfolio:own_risk_change": [
        door(
            who(roles_for("portfolio.manage")),
            of="portfolio",
            also={"number": "0"},
            action="portfolio.manage",
            data=lambda world: RISK,
        )
    ],
    "portfolio:tolerance_change": [
        door(
            REGION,
            of="portfolio",
            action="portfolio.manage",
            data=lambda world: {
                "version": 0,
                "cost_red_percent": 15,
                "time_red_months": 2,
                "risk_red": 16,
                "risk_amber": 9,
                "valid_from": "01.01.2031",
            },
        )
    ],
    "portfolio:report_status": [
        door(
            who("portfolio_manager", "author"),
            of="project",
            posts=who("portfolio_manager", "author"),
            data=lambda world: LIGHTS,
        )
    ],
    "portfolio:report_detail": [door(REGION, of="report")],
    "portfolio:report_file": [door(REGION, of="report", also={"suffix": s}) for s in ("pdf", "docx", "xlsx", "json")],
    # archive
    "archive:filing_list": [
        # An administrator sees no filing, but sets up the archive: the same address leads there.
        door(RECORDS | {"neighbour_leader", "stranger_leader"}, led_on=who("administrator"))
    ],
    "archive:failed_retry": [door(None, action="archive.retry")],
    "archive:setup_list": [
        door(who(roles_for("archive.set_up"), "neighbour_leader", "stranger_leader")),
    ],
    "archive:setup_change": [
        door(
            who(holder),
            of=house,
            action="archive.set_up",
            posts=who(holder),
            data=lambda world, house=house: _set_up(world, house),  # type: ignore[misc]
        )
        for holder, house in (("records_manager", "fjells"), ("administrator", "regions"))
    ],
    "archive:filing_detail": [
        door(
            RECORDS,
            of="filing",
            action="archive.register_by_hand",
            data=versioned("filing", case_number="2031/7"),
        )
    ],
    "archive:filing_retry": [door(None, of="failed", action="archive.retry")],
    "archive:filing_file": [door(RECORDS, of="filing")],
    # overview
    "overview:guide_front": [door(ADMINISTRATORS)],
    "overview:guide_house": [door(who("administrator"), also={"slug": "region"})],
    "overview:guide_step": [
        door(
            who("administrator"),
            also={"slug": "region", "code": "fields"},
            action="organisation.administer",
            data=lambda world: {"own_1": "Brann", "own_1_kostra": "338"},
        )
    ],
    "overview:guide_about": [
        door(
            who("administrator"),
            also={"slug": "region", "code": "leaders", "about": "nes"},
            action="organisation.administer",
            data=lambda world: {"cfo": "", "chief_executive_name": "Ny", "chief_executive_email": "ny@nes.example"},
        )
    ],
    "overview:guide_links": [door(None, also={"slug": "region"}, action="organisation.administer")],
    "overview:my_page": [door(SIGNED_IN)],
    "overview:waiting_list": [door(SIGNED_IN)],
    "overview:initiative_story": [
        door(who("author"), of="draft"),
        door(HEARS_OF, of="anchoring"),
        door(SUBMITTED, of="submitted"),
        door(DECIDED, of="decided"),
    ],
    "overview:open_house_list": [door(EVERYONE)],
    "overview:open_portfolio": [
        door(EVERYONE, also={"slug": "region"}),
        door(NOBODY, also={"slug": "annetsamarbeid"}),  # its council opens nothing
    ],
    "overview:open_initiative": [
        door(EVERYONE, of="decided", also={"slug": "region"}),
        door(EVERYONE, of="submitted", also={"slug": "region"}),
        door(NOBODY, of="anchoring", also={"slug": "region"}),
    ],
    "overview:open_meeting_houses": [door(EVERYONE)],
    **{
        f"overview:{name}": [door(EVERYONE, also={"slug": "region"}), door(NOBODY, also={"slug": "annetsamarbeid"})]
        for name in ("open_meeting_list", "open_meeting_feed", "open_meeting_calendar")
    },
    "overview:open_meeting": [
        door(EVERYONE, of="approved", also={"slug": "region"}),
        door(NOBODY, of="approved", also={"slug": "annetsamarbeid"}),
    ],
    **{
        f"overview:open_document{end}": [
            door(EVERYONE, of="approved", also={"slug": "region", "document_id": "public_document"}),
            door(NOBODY, of="approved", also={"slug": "region", "document_id": "elected_document"}),
        ]
        for end in ("", "_file")
    },
    "overview:paper_list": [door(REGION, of="approved")],
    **{
        f"overview:{name}": [
            door(REGION, of="approved", also={"document_id": "public_document"}),
            door(DECIDED, of="approved", also={"document_id": "elected_document"}),
            door(DECIDED - {"elected_rep"}, of="approved", also={"document_id": "employees_document"}),
        ]
        for name in ("paper_detail", "paper_file")
    },
    "overview:from_others": [door(SIGNED_IN)],
    "overview:reusable_initiative": [door(STRANGERS, of="decided"), door(NOBODY, of="submitted")],
    "overview:steering_line": [door(SIGNED_IN)],
    "overview:strategy_report": [
        door(REGION, also={"plan_id": "adopted_plan", "kind": kind})
        for kind in ("progress", "points", "initiatives", "outside")
    ],
    "overview:strategy_report_file": [
        door(REGION, also={"plan_id": "adopted_plan", "kind": kind}) for kind in ("progress", "points", "outside")
    ],
    "overview:decision_basis": [door(DECIDED, of="decided_row"), door(NOBODY, of="decision")],
    "overview:where_list": [door(SIGNED_IN)],
    "overview:where_detail": [door(SIGNED_IN, also={"code": "buy"}), door(NOBODY, also={"code": "no-such-question"})],
    "overview:two_models": [door(SIGNED_IN)],
    "overview:self_check_list": [door(SIGNED_IN)],
    "overview:self_check_answer": [
        door(
            who(roles_for("overview.answer_self_check")),
            also={"entity_id": "fjells", "year": str(date.today().year)},
            action="overview.answer_self_check",
            data=lambda world: {**dict.fromkeys((s.code for s in STATEMENTS), "4"), "version": "0", "note": ""},
        )
    ],
    "overview:insight": [door(SIGNED_IN)],
    "overview:owner_list": [door(SIGNED_IN)],
    "overview:owner_name": [
        door(
            who(roles_for("initiatives.name_owner")),
            of="submitted",
            action="initiatives.name_owner",
            data=_owners,
        )
    ],
}
# Actions that no one door is for: seeing is done through many.
SEEN_THROUGH = {
    "portfolio.see_effort": "portfolio:effort_report",
    "portfolio.see": "portfolio:portfolio_detail",
    "overview.see_matrix": "organisation:role_matrix",
    "archive.see_filings": "archive:filing_list",
    "secretariat.see_ledger": "secretariat:ledger",
    "documents.keep_templates": "documents:template_list",
}
