"""What the gallery shows: made-up Norwegian content, so it is not translated."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from samrad.core.components import (
    Attendee,
    Bar,
    BenefitLine,
    ConditionLine,
    FileLine,
    FormStep,
    Happening,
    MoneyRow,
    Point,
    Question,
    Requirement,
    Step,
)
from samrad.core.fields import DayField, HoursField, KronerField, VersionedForm
from samrad.core.pictures import Measure, Picture, Row
from samrad.core.roadmap import Moment, Stretch, roadmap
from samrad.core.verdict import Lack, Verdict
from samrad.core.wheel import Wheel, WheelMark, year_wheel

LONG = (
    "Felles løsning for digitalt tilsyn, medisindispensere og varsling i hjemmetjenesten for kommunene i "
    "digitaliseringssamarbeidet, med opplæring av superbrukere"
)


class GalleryForm(VersionedForm):
    """One field of every kind."""

    title = forms.CharField(label="Tittel", help_text="Det du ville kalt tiltaket i en setning.", max_length=120)
    need = forms.CharField(label="Hva er problemet i dag?", widget=forms.Textarea, required=False)
    amount = KronerField(label="Engangskostnad")
    hours = HoursField(label="Egne timer", required=False)
    day = DayField(label="Ønsket start")
    sector = forms.ChoiceField(
        label="Fagområde", choices=[("", "Velg fagområde"), ("h", "Helse og omsorg"), ("o", "Oppvekst")], required=False
    )
    choice = forms.ChoiceField(
        label="Hva slags behov er det?",
        choices=[("run", "Drift"), ("improve", "Forvaltning"), ("new", "Utvikling")],
        widget=forms.RadioSelect,
    )
    affected = forms.MultipleChoiceField(
        label="Hvem berøres?",
        choices=[("c", "Innbyggere"), ("e", "Ansatte"), ("u", "Andre enheter")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    personal = forms.BooleanField(label="Løsningen behandler personopplysninger", required=False)
    attachment = forms.FileField(label="Vedlegg", required=False)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


STEPS = [
    Step("Behov meldt", "done", "Kari Nordmann", date(2026, 10, 12)),
    Step("Faggruppa", "done", "Faggruppe helse", date(2026, 10, 20)),
    Step("Tilråding", "now", "Sektorleder oppvekst", date(2026, 11, 3), "Frist 17. november"),
    Step("Sekretariatet", "next"),
    Step("Rådet", "next", "Møte 9. desember"),
    Step("Kommunedirektøren", "skipped"),
    Step("Vedtak", "next"),
]
EVENTS = [
    Happening(_at(23, 9, 15), "Vedtatt med vilkår", "Kommunedirektøren i Nordvik", kind="decision"),
    Happening(
        _at(12, 10), "Sendt til tilråding", "Kari Nordmann", "Vi ber om svar før rådets møte.", "/core/gallery/", "out"
    ),
    Happening(_at(12, 8, 5), "Faggruppa har uttalt seg", "Ola Hansen", kind="in"),
]
BENEFITS = [
    BenefitLine("Færre bomturer til bruker", "Spart tid", "kommunen", "frigjort tid", hours=1240, owner="Ida Berg",
                status="Planlagt", assumption="dekning i hele kommunen"),
    BenefitLine(LONG, "Unngått kostnad", "innbyggere", "uttak i budsjett", kroner=1250000,
                flags=["Anslag uten kilde", "Uten nullpunkt"]),
]  # fmt: skip


def samples() -> dict[str, Any]:
    """Everything the gallery template draws."""
    return {
        "long": LONG,
        "light_row": [("progress", "green", "same"), ("economy", "amber", "worse"), ("risk", "red", "better")],
        "steps": STEPS,
        "events": EVENTS,
        "day": date(2026, 11, 3),
        "deadline": date(2026, 11, 17),
        "saved_at": _at(24, 8, 42),
        "yes": Verdict.yes(),
        "no": Verdict.no(
            "Du kan ikke sende inn ennå, fordi tre ting mangler.",
            (Lack("Beskriv hva problemet er i dag", "id_need"), Lack("Legg til minst én gevinst", "/core/gallery/")),
        ),
        "no_rights": Verdict.no("Bare sektorlederen som eier behovet, kan gi tilråding."),
        "requirements": [
            Requirement("Tittel", True, field="id_title"),
            Requirement("Hva er problemet i dag, for hvem og hvor ofte?", False, "#id_need", "id_need", 30),
            Requirement("Tilråding fra sektorleder", False),
        ],
        "years": ["2027", "2028", "2029"],
        "money": [
            MoneyRow("Anskaffelse", [850000, 0, None], "Engangskostnad"),
            MoneyRow("Årlig drift", [120000, 240000, 240000]),
            MoneyRow("Egne timer", [310000, 90000, -45000]),
        ],
        "benefits": BENEFITS,
        "conditions": [
            ConditionLine("Avklar personvern før anskaffelse", "Personvernombudet", date(2026, 12, 15), False),
            ConditionLine("Rapporter gevinst hvert tertial", "Ida Berg", None, True),
        ],
        "based_on": [("Saksframlegg 14/26", "/core/gallery/"), ("Versjon 3 av tiltaket", "")],
        "people": [
            Attendee("Kari Nordmann", "Leder", "Nordvik", "present"),
            Attendee("Ola Hansen", "Helse", "Sørvik", "remote", "Vara for Per Ås"),
            Attendee("Ida Berg", "Oppvekst", "Nordvik", "absent"),
            Attendee("Ahmed Ali", "Teknikk", "", ""),
        ],
        "files": [
            FileLine("Saksframlegg.pdf", "/core/gallery/", 351_000, "application/pdf", "Saksframlegg"),
            FileLine("risikovurdering_" + "svært_langt_filnavn_" * 4 + ".xlsx", "", 1_240_000, "spreadsheet", "Vedlegg",
                     "offentleglova § 24"),
        ],
        "old": "Kostnaden er 400 000 kr i 2027. Vi trenger opplæring.",
        "new": "Kostnaden er 450 000 kr i 2027. Vi trenger opplæring av 40 ansatte.",
        "facts": [("Reference", "T-2026-014"), ("Eier", "Nordvik kommune"), ("Forrige møte", "")],
        **_figures(),
    }  # fmt: skip


def _figures() -> dict[str, Any]:
    """The charts, the questions, the steps of a form and the pages."""
    return {
        "bars": [
            Bar("Helse og omsorg", 4_200_000, "4,2 mill. kr", 3_600_000),
            Bar("Oppvekst", 1_900_000, "1,9 mill. kr"),
            Bar("Teknikk og plan", 0, "0 kr"),
        ],
        "road": roadmap(
            "Porteføljen",
            [
                Stretch(
                    "Medisindispensere",
                    date(2026, 1, 12),
                    date(2026, 11, 20),
                    "#vei",
                    date(2026, 9, 30),
                    [Moment(date(2026, 4, 1), "Avtale signert", True), Moment(date(2026, 9, 1), "I bruk i to soner")],
                ),
                Stretch(LONG, date(2026, 5, 4), date(2027, 3, 31), kind="activity"),
                Stretch("Uten datoer", None, None),
            ],
            today=date(2026, 6, 1),
        ),
        "pictures": _pictures(),
        "points": [Point("Medisindispensere", 72, 80), Point(LONG, 35, 62), Point("Byggesak", 88, 30)],
        "wheel": _wheel(),
        "questions": [
            Question("Hvem eier data etter at avtalen går ut?", "Ola Hansen", _at(20, 12), "Kommunen eier alle data.",
                     "Kari Nordmann", _at(21, 8)),
            Question("Er tillitsvalgte med?", "Ida Berg", _at(22, 14)),
        ],
        "form_parts": [
            FormStep("Behovet", "/core/gallery/", visited=True),
            FormStep("Mål og forankring", "/core/gallery/", current=True, lacking=2),
            FormStep("Gevinster", "/core/gallery/", lacking=1),
            FormStep("Se over og send inn", "/core/gallery/"),
        ],
        "sectors": [("h", "Helse"), ("o", "Oppvekst"), ("t", "Teknikk")],
        "page": Paginator(range(240), 20).page(4),
    }  # fmt: skip


def _pictures() -> list[Picture]:
    """Bars of two kinds with a sum and what nobody has measured, circles, and a picture without figures."""
    kroner = [Measure("Tildelt", "kr"), Measure("Målt gevinst i året", "kr", "ikke målt"), Measure("Prosjekter")]
    goals = [Row("Flere bor trygt hjemme", [4_200_000, 900_000, 3]), Row(LONG, [1_900_000, None, 2])]
    placed = [Row("Medisindispensere", [6, 900_000, 4_200_000], "/core/gallery/"), Row(LONG, [20, 300_000, 90_000])]
    axes = [Measure("Risiko, av 25"), Measure("Gevinst i året", "kr"), Measure("Budsjett", "kr")]
    return [
        Picture(
            "a", "Mål og effekt", "Mål", kroner, goals, [6_100_000, 900_000, 5], ["1 prosjekt er unntatt."], drawn=2
        ),
        Picture("b", "Risiko mot gevinst", "Prosjekt", axes, placed, kind="bubbles", x_to=25),
        Picture("c", "Kapasitet", "Kvartal", axes, []),
    ]


def _wheel() -> Wheel:
    """A year with marks in every ring, two close together, one that lasts, and one that is off."""
    marks = [
        WheelMark(date(2027, 1, 31), 2, 1, "Status og gevinster for i fjor", url="#wheel-1"),
        WheelMark(date(2027, 2, 9), 0, 2, "Møte i digitaliseringsrådet", url="#wheel-2"),
        WheelMark(date(2027, 5, 3), 2, 3, "Prioriteringsrunde", last=date(2027, 5, 20), url="#wheel-3"),
        WheelMark(date(2027, 5, 15), 2, 4, "Rapport for første tertial", url="#wheel-4"),
        WheelMark(date(2027, 6, 10), 3, 5, LONG, url="#wheel-5"),
        WheelMark(date(2027, 8, 20), 1, 6, "Innmeldingsfrist", url="#wheel-6"),
        WheelMark(date(2027, 9, 14), 0, 7, "Møte i digitaliseringsrådet, avlyst", url="#wheel-7", muted=True),
    ]
    return year_wheel(
        2027,
        marks,
        caption="Årshjulet for 2027",
        quiet=[("Sommerferie", date(2027, 7, 5), date(2027, 8, 15))],
        today=date(2027, 3, 1),
        legend=[(0, "Møter"), (1, "Frister"), (2, "Rapportering"), (3, "Strategi"), (4, "Ingen møter")],
    )
