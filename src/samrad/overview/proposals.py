"""What the set-up guide proposes: fields with KOSTRA functions, sectors, names of bodies, size classes. All can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrad.governance.actions import Limit


@dataclass(frozen=True)
class ProposedField:
    """A professional field that most municipalities know, with its KOSTRA functions; `usual` ones are ticked at first."""

    code: str
    bokmal: str
    nynorsk: str
    kostra: tuple[str, ...]
    usual: bool = True

    def name(self, language: str) -> str:
        """What it is called in the organisation's language."""
        return self.nynorsk if language == "nn" else self.bokmal


# KOSTRA functions as Statistics Norway names them; whoever sets up can change them.
FIELDS = (
    ProposedField(
        "helse", "Helse og mestring", "Helse og meistring", ("232", "233", "234", "241", "253", "254", "256", "261")
    ),
    ProposedField(
        "oppvekst", "Oppvekst", "Oppvekst", ("201", "202", "211", "213", "215", "222", "231", "244", "251", "252")
    ),
    ProposedField(
        "teknisk",
        "Plan og teknisk",
        "Plan og teknisk",
        ("301", "302", "303", "315", "332", "335", "338", "339", "340", "345", "350", "353", "354", "355"),
    ),
    ProposedField(
        "organisasjon",
        "Organisasjon og digitalisering",
        "Organisasjon og digitalisering",
        ("100", "120", "130", "180"),
    ),
    ProposedField(
        "velferd",
        "Velferd og inkludering",
        "Velferd og inkludering",
        ("242", "243", "265", "273", "275", "276", "281"),
        usual=False,
    ),
    ProposedField(
        "kultur",
        "Kultur og idrett",
        "Kultur og idrett",
        ("365", "370", "373", "375", "377", "380", "381", "383", "385", "386"),
        usual=False,
    ),
    ProposedField(
        "naring", "Næring, landbruk og natur", "Næring, landbruk og natur", ("325", "329", "360"), usual=False
    ),
)
SECTORS = {
    "nb": ("Helse og mestring", "Oppvekst", "Plan og teknisk", "Organisasjon"),
    "nn": ("Helse og meistring", "Oppvekst", "Plan og teknisk", "Organisasjon"),
}
BODIES = {
    "nb": {
        "council": "Digitaliseringsrådet",
        "secretariat": "Sekretariatet",
        "chief_executive": "Kommunedirektørens ledergruppe",
    },
    "nn": {
        "council": "Digitaliseringsrådet",
        "secretariat": "Sekretariatet",
        "chief_executive": "Leiargruppa til kommunedirektøren",
    },
}
PORTFOLIO = "Digitaliseringsporteføljen"
REQUIREMENTS = ("benefits", "costs", "responsible")
SIZES = (
    Limit(code="small", below_kr=Decimal(100_000), below_hours=80),
    Limit(code="medium", below_kr=Decimal(1_000_000)),
    Limit(code="large"),
)
