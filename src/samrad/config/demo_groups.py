"""The demo's expert group with its own needs in order, and who outside and inside was told about a need."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from samrad.anchoring.actions import (
    add_group_member,
    add_stakeholder,
    add_to_backlog,
    call_group_meeting,
    form_group,
    note_involvement,
    rank_need,
    share_with_guest,
)
from samrad.governance.actions import adopt_mandate

if TYPE_CHECKING:
    from samrad.config.demo import World
    from samrad.config.demo_way import Walk

NEEDS = [
    ("Digitalt innsyn i egen journal", "Brukere ringer for å få vite hva som står der."),
    ("Felles prosedyrebok på mobil", "I dag ligger prosedyrene i seks ulike permer."),
    ("Bedre vaktplan for nattevakter", ""),
]


def form_groups(world: World) -> None:
    """The expert group of health: members from two more municipalities, three needs and a meeting."""
    field, lead = world.fields["helse"], "faggruppe-helse"
    body = world.do(
        "administrator",
        form_group,
        at=world.ago(160),
        field=field,
        name="Faggruppe helse og mestring",
        purpose="Samle og rangere behovene i helse og mestring, og uttale seg om hvert av dem.",
    )
    # A version that is not in force yet, as one finds it where somebody has just adopted one.
    world.do(
        "administrator",
        adopt_mandate,
        at=world.ago(5),
        body=body,
        valid_from=world.weekday(-90),
        adopted_by="Digitaliseringsrådet",
        purpose="Samle og rangere behovene i helse og mestring, og uttale seg om hvert av dem innen to uker.",
    )
    for key in ("granlia-ansatt-helse", "skarholt-ansatt-helse"):
        world.do(lead, add_group_member, at=world.ago(158), body=body, person=world.people[key])
    for title, text in NEEDS:
        item = world.do("granlia-ansatt-helse", add_to_backlog, at=world.ago(120), body=body, title=title, text=text)
    world.do(lead, rank_need, at=world.ago(90), body=body, item_id=item.pk, place=1)
    starts = world.hour(world.weekday(-21), 60)
    about = "Vi går gjennom lista og rangerer på nytt."
    world.do(lead, call_group_meeting, at=world.ago(10), body=body, starts_at=starts, place="Teams", about=about)


def tell_others(way: Walk) -> None:
    """Representatives are consulted, users take part, and the user council reads along by a link."""
    world, need = way.world, way.initiative
    if need is None:
        return
    author = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    for days, kind, who, how, remark in (
        (140, "union_consulted", "Fagforbundet ved hovedtillitsvalgt", "Drøftingsmøte", "Opplæring må være på plass."),
        (138, "users", "Eldrerådet", "Arbeidsverksted", "Vi vil prøve det før alle får det."),
    ):
        world.do(
            author,
            note_involvement,
            at=world.ago(130),
            initiative=need,
            kind=kind,
            held_date=world.weekday(days),
            who=who,
            how=how,
            remark=remark,
            source="Referat i saksmappa",
        )
    guest = world.do(
        author,
        add_stakeholder,
        at=world.ago(100),
        name="Inger Brukersen",
        kind="users",
        organisation="Brukerrådet",
        email="inger@brukerradet.example",
    )
    world.do(
        author,
        share_with_guest,
        at=world.ago(2),
        initiative=need,
        stakeholder=guest,
        parts=["need", "state"],
        last_date=world.today + timedelta(days=30),
        may_comment=True,
    )
