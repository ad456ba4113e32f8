"""KommIT's benefits workbook filled in: a small one with the same sheets and places, or the real template."""

import io
from datetime import date
from typing import Any

import openpyxl

FILLED: dict[str, dict[str, Any]] = {
    "Forside": {
        "B4": "Digitalt innbyggerkontor", "B6": "Innbyggerne skal få svar uten å ringe.", "B8": "Nei",
        "B10": date(2027, 2, 1), "B11": date(2028, 6, 30), "B13": 1_250_000, "B16": "Tjenesteeier Test",
        "B17": "Pia Port", "B18": "Ukjent Leder",
    },
    "KONSEPT - Interessentliste": {
        "A4": "Berørte interessenter", "A5": "Innbyggertorget", "B5": "Intervjue", "C5": "Tidlig med",
        "A6": "Fagforeninger", "B6": "Holde informert", "A7": "Pensjonistrådet", "B7": "Kanskje",
    },
    "KONSEPT - Interessentanalyse": {
        "B5": "Færre telefoner", "C5": 3, "D5": -1, "E5": "Opplæring i mars", "C6": 2, "D6": 0, "C7": 4, "D7": 1,
    },
    "KONSEPT - Endringsanalyse": {
        "C4": "Gevinst", "A5": "Henvendelser", "B5": "Svar på nett", "C5": "Mindre porto", "E5": "At folk bruker det",
        "C6": "Færre telefoner", "C7": "Bedre omdømme", "C8": "Mindre papir",
    },
    "KONSEPT - Gevinstanalyse": {
        "D6": "2028", "C7": "Direkte (økonomiske - NOK)", "D7": 100_000, "E7": 200_000, "F7": 300_000, "G7": 300_001,
        "C8": "Indirekte (frigjort tid - årsverk)", "E8": 0.5, "F8": "1,5", "G8": 2,
        "C9": "Kvalitative (f.eks. omdømme)", "H9": 4, "C10": "Direkte (økonomiske - NOK)", "D10": 50_000, "E10": "vet ikke",
        "B26": "Lisenser og innføring", "C26": 400_000, "D26": 40_000, "E26": 40_000, "F26": 40_000, "G26": 40_000,
        "H26": 0.04, "B32": "Verdt det", "B44": "Mer tid til de som må komme innom",
    },
    "PLANLEGGE - Gevinstreal.plan": {
        "B5": "Si opp frankeringsmaskinen", "C5": date(2028, 3, 1), "D5": "Budsjettkutt", "E5": "Porto i året",
        "F5": date(2029, 1, 1), "G5": "Pia Port", "E7": "Telefoner i uka", "F7": "høsten 2029", "G7": "Ingen Kjent",
    },
    "PLANLEGGE - Oppfølgingsplan": {
        "C5": "kr", "D5": 400_000, "E5": 100_000, "F5": "Regnskapet", "C6": "antall", "D6": 80, "E6": 100,
    },
    "REALISERE - Resultatoppfølging": {},
}  # fmt: skip


def filled_in(template: bytes | None = None, **changes: dict[str, Any]) -> bytes:
    """The workbook filled in, in the real template where it is given; `changes` are cells by the sheet's first word."""
    book = openpyxl.load_workbook(io.BytesIO(template)) if template else openpyxl.Workbook()
    if not template:
        book.remove(book.active)
    for name, cells in FILLED.items():
        sheet = book[name] if template else book.create_sheet(name)
        for place, value in (cells | changes.get(name.split()[-1], {})).items():
            if not template or not place.endswith("4") or name == "Forside" or place == "B44":
                sheet[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
