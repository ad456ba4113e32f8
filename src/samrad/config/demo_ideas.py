"""The demo's idea bank: some ideas wait, some have their answer, two belong together and one became a need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samrad.governance.queries import STATEMENTS
from samrad.initiatives.actions import (
    answer_idea,
    comment_idea,
    follow_idea,
    follow_initiative,
    gather_ideas,
    make_need,
    send_idea,
    support_idea,
)
from samrad.initiatives.models import Initiative
from samrad.overview.actions import answer_self_check

if TYPE_CHECKING:
    from samrad.config.demo import World


class Sent(NamedTuple):
    """One idea: who sends it, how many days ago, where it belongs, and who supports it."""

    key: str
    who: str
    days: int
    field: str
    title: str
    text: str
    support: tuple[str, ...] = ()


IDEAS = [
    Sent(
        "samtale",
        "granlia-ansatt-oppvekst",
        12,
        "oppvekst",
        "La foreldrene velge tid til utviklingssamtalen selv",
        "I dag går det lapper fram og tilbake i sekken, og kontaktlæreren bruker en hel dag på å finne tider som passer. "
        "Et enkelt oppsett der foreldrene velger blant ledige tider ville spart oss for mye mas.",
        ("skarholt-ansatt-oppvekst", "fossmark-ansatt-oppvekst", "sundneset-ansatt-oppvekst"),
    ),
    Sent(
        "samtale2",
        "fossmark-ansatt-oppvekst",
        9,
        "oppvekst",
        "Foreldra bør kunne bestille utviklingssamtale på nett",
        "Vi ringjer rundt til alle heimane før kvar runde. Det hadde vore betre om dei kunne velje tid sjølve.",
        ("bekkjarvoll-ansatt-oppvekst",),
    ),
    Sent(
        "nokkel",
        "fjelldal-ansatt-helse",
        18,
        "helse",
        "Vis hvem som har nøkkelen til hver bruker",
        "Vi leter etter nøkler flere ganger i uka. En liste som alle på vakt ser på telefonen, ville spart omveier.",
        ("granlia-ansatt-helse", "skarholt-ansatt-helse"),
    ),
    Sent(
        "brannbok",
        "sundneset-ansatt-teknisk",
        40,
        "teknisk",
        "Én vaktbok for brann og teknisk vakt",
        "De to vaktene skriver i hver sin bok, og det samme hullet i veien blir meldt to ganger.",
        ("granlia-ansatt-teknisk",),
    ),
    Sent(
        "mal",
        "bekkjarvoll-ansatt-organisasjon",
        35,
        "organisasjon",
        "Felles maler for brev på nynorsk",
        "Vi skriv om dei same breva kvar for oss. Eit felles sett ville gjort det lettare å svare på rett mål.",
        ("fossmark-ansatt-organisasjon",),
    ),
    Sent(
        "drone",
        "skarholt-ansatt-teknisk",
        50,
        "teknisk",
        "Lever posten mellom rådhusene med drone",
        "Budbilen kjører halvtomt to ganger om dagen. Kanskje en drone kunne tatt det som haster.",
    ),
    Sent(
        "bord",
        "granlia-arkiv",
        3,
        "",
        "Sett opp en skjerm med ledige møterom",
        "Folk banker på dører for å finne et rom. En skjerm i gangen kunne vist hvilke som er ledige nå.",
    ),
]


def send_ideas(world: World) -> None:
    """Fill the idea bank, each step by the person whose turn it is."""
    sent: dict[str, Any] = {}
    for place, one in enumerate(IDEAS):
        at = world.hour(world.weekday(one.days), place * 61)
        field = world.fields.get(one.field)
        sent[one.key] = world.do(one.who, send_idea, at=at, title=one.title, text=one.text, field=field)
        for who in one.support:
            world.do(who, support_idea, at=at, idea_id=sent[one.key].pk, supported=True)
    _talk(world, sent)
    _answer(world, sent)


def _talk(world: World, sent: dict[str, Any]) -> None:
    asked = world.do(
        "faggruppe-helse",
        comment_idea,
        at=world.ago(10),
        idea_id=sent["nokkel"].pk,
        text="Gjelder det bare hjemmetjenesten, eller leter dere også på omsorgsboligene?",
    )
    world.do(
        "fjelldal-ansatt-helse",
        comment_idea,
        at=world.ago(9),
        idea_id=sent["nokkel"].pk,
        text="Begge deler. Verst er det i helgene, når vi dekker hverandres soner.",
        answers_to_id=asked.pk,
    )
    world.do("granlia-ansatt-helse", follow_idea, at=world.ago(8), idea_id=sent["nokkel"].pk, followed=True)
    followed = world.read(lambda: Initiative.objects.filter(stage__gte=Initiative.Stage.SUBMITTED).first())
    if followed is not None:
        world.do("granlia-ansatt-helse", follow_initiative, at=world.ago(8), initiative_id=followed.pk, followed=True)


def _answer(world: World, sent: dict[str, Any]) -> None:
    world.do(
        "faggruppe-oppvekst",
        gather_ideas,
        at=world.ago(4),
        leading_id=sent["samtale"].pk,
        idea_ids=[sent["samtale2"].pk],
        version=None,
        reason="Takk. Granlia har hatt samme idé, og vi ser på dem samlet.",
    )
    world.do(
        "faggruppe-teknisk",
        make_need,
        at=world.ago(20),
        idea_id=sent["brannbok"].pk,
        version=None,
        reason="Takk, dette har flere kommuner savnet. Faggruppa skriver behovet sammen med deg.",
    )
    for key, who, kind, reason in (
        (
            "mal",
            "faggruppe-organisasjon",
            "exists",
            "Takk. Fjelldal har et sett på begge målformer. Sekretariatet legger det ut til alle denne måneden.",
        ),
        (
            "drone",
            "faggruppe-teknisk",
            "declined",
            "Takk for at du tenker nytt. Det meste av posten går digitalt fra nyttår, så behovet blir borte av seg selv.",
        ),
    ):
        world.do(who, answer_idea, at=world.ago(20), idea_id=sent[key].pk, version=None, kind=kind, reason=reason)


# What a municipality scored low a year ago, and what is left of it now.
JUDGED = {
    "fjelldal": ({"predictable": 2, "benefits": 1, "coordinator": 2}, {"benefits": 2}),
    "fossmark": ({"planned": 1, "development": 2, "members": 2}, {"development": 2, "coordinator": 1}),
}


def judge(world: World) -> None:
    """Two municipalities have judged themselves, last year and this."""
    for slug, years in JUDGED.items():
        for back, low in zip((1, 0), years, strict=True):
            world.do(
                "sekretariat",
                answer_self_check,
                at=world.ago(30),
                municipality=world.towns[slug],
                year=world.today.year - back,
                version=0,
                scores={s.code: low.get(s.code, 3 + (len(s.code) + 1 - back) % 2) for s in STATEMENTS},
                note="",
            )
