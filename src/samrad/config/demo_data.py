"""The invented region and its 36 initiatives. Figures are plausible estimates, not anyone's accounts."""

from __future__ import annotations

from typing import NamedTuple

REGION = ("fjelldalsregionen", "Fjelldalsregionen")
MUNICIPALITIES = [
    ("fjelldal", "Fjelldal kommune", 28000, "nb"),
    ("granlia", "Granlia kommune", 14500, "nb"),
    ("skarholt", "Skarholt kommune", 9800, "nb"),
    ("sundneset", "Sundneset kommune", 6200, "nb"),
    ("bekkjarvoll", "Bekkjarvoll kommune", 4100, "nn"),
    ("fossmark", "Fossmark kommune", 2500, "nn"),
]
SECTORS = [
    ("helse", "Helse og mestring", ["234", "241", "253", "254"]),
    ("oppvekst", "Oppvekst", ["201", "202", "215", "244"]),
    ("teknisk", "Plan og teknisk", ["302", "338", "340", "345"]),
    ("organisasjon", "Organisasjon og digitalisering", ["100", "120"]),
]
FIRST = ["Anne", "Bjørn", "Camilla", "Dag", "Eli", "Frode", "Grete", "Håkon", "Ingrid", "Jon", "Kari", "Lars", "Marit",
         "Nils", "Oddny", "Per", "Randi", "Stein", "Turid", "Vidar", "Åse", "Øystein", "Ragnhild", "Sindre", "Tone"]
LAST = ["Bakkevoll", "Dalsbø", "Engeseth", "Fossheim", "Grønlid", "Haugstad", "Indrebakk", "Kvamseth", "Lundebø",
        "Myrvang", "Nesbakk", "Oppedalen", "Rønnevik", "Sagmo", "Tveitan", "Ulvestad", "Vikmo", "Årdalsbakk"]


class Tiltak(NamedTuple):
    """One initiative of the demo: kroner once and a year, benefit in kroner or hours a year, and how far it has come."""

    title: str
    sector: str
    problem: str
    once: int
    yearly: int
    benefit: str
    kind: str
    kroner: int | None
    hours: int | None
    owner: str
    stage: str


TILTAK = [
    Tiltak("Elektronisk medisindispenser i hjemmetjenesten", "helse", "Hjemmetjenesten kjører ut bare for å gi medisin.", 350000, 420000, "Færre besøk bare for medisin", "saved_time", None, 2400, "fjelldal", "project"),
    Tiltak("Digitalt tilsyn om natta", "helse", "Fysisk tilsyn vekker beboerne.", 900000, 650000, "Færre ekstravakter om natta", "avoided_cost", 780000, None, "granlia", "project"),
    Tiltak("Digital trygghetsalarm og responssenter", "helse", "Analoge alarmer gir mange unødige utrykninger.", 1200000, 1100000, "Færre unødige utrykninger", "saved_time", None, 1800, "fjelldal", "differing"),
    Tiltak("E-lås i hjemmetjenesten", "helse", "Ansatte kjører omveger for å hente nøkler.", 600000, 180000, "Kortere kjøreruter", "saved_time", None, 1500, "granlia", "project"),
    Tiltak("Ruteplan for hjemmetjenesten", "helse", "Rutene settes opp for hånd hver morgen.", 300000, 240000, "Mindre kjøretid", "saved_time", None, 1100, "skarholt", "project_unreported"),
    Tiltak("Pasientvarsling på sykehjemmet", "helse", "Det gamle signalanlegget gir falske alarmer.", 4500000, 400000, "Færre falske alarmer og fall", "quality", None, None, "fjelldal", "agenda_exempt"),
    Tiltak("Digital hjemmeoppfølging ved kols", "helse", "Pasienter legges inn på nytt fordi de er utrygge hjemme.", 700000, 900000, "Færre innleggelser", "quality", None, None, "granlia", "agenda"),
    Tiltak("Pasientens legemiddelliste", "helse", "Pasienten har flere lister som ikke stemmer.", 500000, 150000, "Færre feil i medisinlista", "quality", None, None, "skarholt", "ready"),
    Tiltak("Tale til tekst i journalnotat", "helse", "Dokumentasjon tar tid fra pasientene.", 250000, 600000, "Kortere tid per notat", "saved_time", None, 1900, "fjelldal", "preparation"),
    Tiltak("Digitalt vaktrom for små kommuner", "helse", "Små kommuner mangler kompetanse om natta.", 3000000, 1200000, "Felles nattberedskap", "avoided_cost", 1400000, None, "fossmark", "at_chief"),
    Tiltak("Barnevernets fagsystem og innbyggerportal", "oppvekst", "Gammelt system, og meldinger på papir.", 1500000, 700000, "Kortere tid per undersøkelse", "saved_time", None, 900, "fjelldal", "project"),
    Tiltak("Nytt journalsystem for helse og omsorg", "helse", "Avtalen går ut, og systemet virker ikke på mobil.", 8000000, 3200000, "Unngått lisens for to gamle systemer", "avoided_cost", 900000, None, "granlia", "at_chief"),
    Tiltak("Felles barnehagesystem med app for foreldre", "oppvekst", "SMS og papir gir ingen felles oversikt.", 200000, 160000, "Færre telefoner til barnehagen", "saved_time", None, 600, "sundneset", "project"),
    Tiltak("SFO-innmelding og faktura på nett", "oppvekst", "Lister føres for hånd, og fakturaer blir feil.", 120000, 90000, "Færre rettinger hver måned", "saved_time", None, 250, "skarholt", "project"),
    Tiltak("Digitalt samtykke i skole og barnehage", "oppvekst", "Samtykker på papir kommer bort.", 90000, 60000, "Færre skjema på papir", "saved_time", None, 400, "bekkjarvoll", "submitted"),
    Tiltak("Felles brukeradministrasjon", "organisasjon", "Folk beholder tilganger etter at de har sluttet.", 450000, 200000, "Mindre tid per nyansatt", "saved_time", None, 700, "fjelldal", "project_red"),
    Tiltak("Rammer for KI i skolen", "oppvekst", "Elever og lærere bruker KI uten felles rammer.", 300000, 350000, "Tryggere bruk", "quality", None, None, "granlia", "expert_group"),
    Tiltak("eByggeSak med kart og arkiv", "teknisk", "Mange søknader har feil og må sendes tilbake.", 900000, 450000, "Færre timer per sak", "saved_time", None, 1300, "fjelldal", "project"),
    Tiltak("Bare digitalt mottak fra profesjonelle", "teknisk", "E-post og PDF må behandles for hånd.", 100000, 30000, "Mindre arbeid i arkivet", "saved_time", None, 350, "skarholt", "awaiting"),
    Tiltak("Digital veileder for byggesaker", "teknisk", "Førstelinja får de samme spørsmålene hver dag.", 400000, 300000, "Færre telefoner", "saved_time", None, 500, "sundneset", "rejected"),
    Tiltak("Digital tilsynsjournal for brann og feiing", "teknisk", "Sjekklister på papir.", 250000, 120000, "Flere tilsyn per dag", "saved_time", None, 450, "bekkjarvoll", "agenda"),
    Tiltak("Sensorer i vann og avløp", "teknisk", "Lekkasjer oppdages sent.", 2200000, 350000, "Mindre lekkasje", "avoided_cost", 500000, None, "fjelldal", "preparation"),
    Tiltak("Fjernavlesing av vannmålere", "teknisk", "Målere leses av for hånd.", 3800000, 300000, "Færre besøk og riktigere faktura", "saved_time", None, 800, "granlia", "not_endorsed"),
    Tiltak("KI-støttet arkivering", "organisasjon", "Arkivet henger etter.", 350000, 250000, "Flere dokumenter per time", "saved_time", None, 900, "fjelldal", "submitted"),
    Tiltak("Robot for arbeidsavtaler og e-signering", "organisasjon", "De samme stegene gjøres for hånd hver gang.", 180000, 120000, "Spart tid i personalavdelingen", "saved_time", None, 600, "granlia", "ready"),
    Tiltak("Robot for etterkontroll av bilag", "organisasjon", "Kontrollene er mange og like.", 300000, 180000, "Færre feil og spart tid", "saved_time", None, 700, "skarholt", "expert_group"),
    Tiltak("Digital signering i hele kommunen", "organisasjon", "Vi skriver ut, signerer og skanner.", 80000, 90000, "Kortere tid til signert avtale", "saved_time", None, 300, "fossmark", "project"),
    Tiltak("SvarUt for alle fagsystem", "organisasjon", "Brev går på papir.", 200000, 60000, "Spart porto", "avoided_cost", 240000, None, "fjelldal", "awaiting"),
    Tiltak("Felles lønns- og personalsystem", "organisasjon", "Fem systemer og fem avtaler.", 5500000, 2100000, "Bedre pris i felles avtale", "avoided_cost", 1100000, None, "granlia", "preparation"),
    Tiltak("Flyt for nyansatte og dem som slutter", "organisasjon", "Tilganger glemmes.", 220000, 80000, "Kortere tid til nyansatte er i gang", "saved_time", None, 550, "sundneset", "returned"),
    Tiltak("Ny nettside og innbyggerportal", "organisasjon", "Folk finner ikke fram, og sida har UU-feil.", 900000, 250000, "Færre telefoner til servicetorget", "saved_time", None, 1000, "fjelldal", "agenda"),
    Tiltak("Telefonassistent i servicetorget", "organisasjon", "Servicetorget svarer på det samme hele dagen.", 200000, 280000, "Flere får svar med en gang", "quality", None, None, "granlia", "withdrawn"),
    Tiltak("Datalager og styringsdashbord", "organisasjon", "Tertialrapporten settes sammen for hånd.", 1100000, 400000, "Færre dager per rapport", "saved_time", None, 650, "fjelldal", "submitted"),
    Tiltak("Styring av Microsoft 365 og Copilot", "organisasjon", "Deling skjer uten kontroll, og mange ønsker KI.", 350000, 900000, "Spart tid for saksbehandlere", "saved_time", None, 1200, "skarholt", "draft"),
    Tiltak("Sonedeling, MFA og tilknytning til SOC", "organisasjon", "Løsepengevirus er en reell fare.", 1500000, 800000, "Lavere risiko", "quality", None, None, "fjelldal", "project"),
    Tiltak("Orden i eget hus: færre systemer", "organisasjon", "Vi har 140 systemer, og avtaler som har gått ut.", 150000, 0, "Avsluttede avtaler", "avoided_cost", 300000, None, "fossmark", "draft"),
]
