"""The register's fields (forms.md G.8): one table that the form, the page, the import, the export and the history read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.systems.models import System

LINE, TEXT, CHOICE, DATE, NUMBER, MONEY, PERSON, FIELD = (
    "line",
    "text",
    "choice",
    "date",
    "number",
    "money",
    "person",
    "field",
)


@dataclass(frozen=True)
class Item:
    """One field. `terms`: it stands in the contract, which only the owner's employees see. `known`: headers people use."""

    code: str
    group: str
    label: Promise
    kind: str = LINE
    known: str = ""
    help: Any = ""
    choices: Any = ()
    words: dict[str, str] = field(default_factory=dict)  # what people write in a cell for a choice
    terms: bool = False

    def words_of(self, value: Any) -> str:
        """A choice as people read it."""
        return str(dict(self.choices).get(value, value)) if value not in (None, "") else ""


GROUPS: dict[str, Promise] = {
    "about": _("About the system"),
    "people": _("Who is responsible"),
    "vendor": _("Vendor and operation"),
    "terms": _("Contract and cost"),
    "security": _("Privacy and security"),
    "archive": _("Archive"),
    "life": _("Life cycle"),
}
YES_NO = {
    "ja": "yes",
    "nei": "no",
    "yes": "yes",
    "no": "no",
    "x": "yes",
    "j": "yes",
    "n": "no",
    "true": "yes",
    "false": "no",
}

SCALE = {str(n): str(n) for n in range(1, 5)}

ITEMS: tuple[Item, ...] = (
    Item("name", "about", _("Name"), known="navn|namn|name|system|systemnavn|systemnamn|applikasjon|fagsystem|løsning|program|hva heter systemet"),
    Item("description", "about", _("What is it used for?"), TEXT, "beskrivelse|skildring|bruksområde|formål|føremål|brukes til|description|hva brukes det til|omtale", _("So that others see whether it can do what they need.")),
    Item("field", "about", _("Professional field"), FIELD, "fagområde|område|sektor|fag|tjenesteområde|tenesteområde|kommunalområde"),
    Item("kostra_function", "about", _("KOSTRA function"), known="kostra|kostrafunksjon|kostra funksjon|funksjon"),
    Item("service", "about", _("Service"), known="tjeneste|teneste|service|tjenester|virksomhet|verksemd|enhet|eining|avdeling"),
    Item("users", "about", _("Number of users"), NUMBER, "antall brukere|tal på brukarar|brukere|brukarar|users|lisenser|antall lisenser"),
    Item("system_owner", "people", _("System owner"), PERSON, "systemeier|systemeigar|eier|eigar|owner|system owner|hvem eier systemet"),
    Item("administrator", "people", _("System administrator"), PERSON, "systemansvarlig|systemansvarleg|systemforvalter|forvalter|administrator|ansvarlig|ansvarleg|kontaktperson"),
    Item("super_users", "people", _("Super users"), known="superbrukere|superbrukarar|superbruker|super users", help=_("Units or roles. Names only where they are needed.")),
    Item("vendor", "vendor", _("Vendor"), known="leverandør|vendor|supplier|levert av|leverandørnavn"),
    Item("vendor_number", "vendor", _("Vendor's organisation number"), known="org nr|orgnr|organisasjonsnummer|leverandør org nr"),
    Item("hosting", "vendor", _("How it is run"), CHOICE, "driftsform|drift|hosting|plattform|saas", choices=System.Hosting.choices,
         words={"saas": "saas", "sky": "saas", "skytjeneste": "saas", "cloud": "saas", "lokal": "local", "lokalt": "local", "egen server": "local", "on-prem": "local", "region": "region", "regional": "region", "felles": "region"}),
    Item("processor", "vendor", _("Does the vendor process personal data for us?"), CHOICE, "databehandler|databehandlar|databehandleravtale|databehandlaravtale|dba", choices=System.Processor.choices,
         words={"nei": "no", "no": "no", "ja": "agreed", "ja, med avtale": "agreed", "yes": "agreed", "inngått": "agreed", "mangler": "missing", "mangler avtale": "missing", "ja, mangler avtale": "missing"}),
    Item("processor_date", "vendor", _("Date of the processing agreement"), DATE, "dato databehandleravtale|databehandleravtale dato|dba dato"),
    Item("national", "vendor", _("A national shared solution"), CHOICE, "nasjonal fellesløsning|nasjonal|fellesløsning", choices=System.YesNo.choices, words=YES_NO),
    Item("start_date", "terms", _("Contract from"), DATE, "kontraktstart|avtalestart|startdato|kontrakt fra|avtale fra|start|kontrakt start", terms=True),
    Item("end_date", "terms", _("Contract runs out"), DATE, "kontraktutløp|avtaleutløp|utløp|utløpsdato|utløper|kontrakt til|avtale til|sluttdato|slutt|kontrakt slutt|avtalen går ut|utgår", terms=True),
    Item("notice_months", "terms", _("Notice in months"), NUMBER, "oppsigelse|oppsigelsestid|oppsigelsestid mnd|oppseiing", terms=True),
    Item("options", "terms", _("Options to extend"), known="opsjon|opsjoner|option|opsjonar", terms=True),
    Item("procurement", "terms", _("Procurement reference"), known="anskaffelse|anskaffelsesreferanse|anskaffingsreferanse|doffin|innkjøpssak|saksnummer", terms=True),
    Item("one_off_kr", "terms", _("One-off cost"), MONEY, "engangskostnad|investering|etablering|etableringskostnad|eingongskostnad", terms=True),
    Item("annual_kr", "terms", _("Annual cost"), MONEY, "årlig kostnad|årleg kostnad|årskostnad|pris|kostnad|årlig pris|kostnad pr år|lisenskostnad|annual cost", terms=True),
    Item("price_unit", "terms", _("What the price is for"), known="prisenhet|priseining|enhet for pris", help=_("For example: per user, per resident, fixed."), terms=True),
    Item("personal_data", "security", _("Personal data"), CHOICE, "personopplysninger|personopplysningar|persondata|gdpr", choices=System.Personal.choices,
         words={"nei": "none", "ingen": "none", "no": "none", "ja": "ordinary", "vanlige": "ordinary", "alminnelige": "ordinary", "særlige kategorier": "special", "særlige": "special", "sensitive": "special", "sensitivt": "special"}),
    Item("processing_record", "security", _("Id in the record of processing"), known="behandlingsprotokoll|protokoll id|behandlingsprotokoll id|behandlings id"),
    Item("dpia_date", "security", _("Data protection impact assessed"), DATE, "dpia|dpia dato|personvernkonsekvensvurdering"),
    Item("dpia_next_date", "security", _("Next data protection assessment"), DATE, "neste dpia|dpia neste|neste personvernkonsekvensvurdering"),
    Item("risk_date", "security", _("Risk assessed"), DATE, "ros|ros dato|risikovurdering|ros analyse"),
    Item("risk_next_date", "security", _("Next risk assessment"), DATE, "neste ros|neste risikovurdering|ros neste"),
    Item("sign_in", "security", _("How one signs in"), CHOICE, "tilgang|tilgangsmetode|innlogging|pålogging|sso|mfa", choices=System.SignIn.choices,
         words={"sso": "sso", "mfa": "mfa", "sso/mfa": "sso_mfa", "sso og mfa": "sso_mfa", "sso + mfa": "sso_mfa", "passord": "password", "brukernavn og passord": "password"}),
    Item("criticality", "security", _("Criticality"), CHOICE, "kritikalitet|kritisk|viktighet|criticality|prioritet", choices=System.Criticality.choices,
         words={"1": "1", "2": "2", "3": "3", "4": "4", "lav": "1", "låg": "1", "middels": "2", "høy": "3", "høg": "3", "kritisk": "4", "svært høy": "4"}),
    Item("rto_hours", "security", _("Longest time down, hours"), NUMBER, "rto|rto timer|maks nedetid"),
    Item("rpo_hours", "security", _("Longest data loss, hours"), NUMBER, "rpo|rpo timer|maks datatap"),
    Item("integrations", "security", _("Integrations"), TEXT, "integrasjoner|integrasjonar|integrasjon|kobles til|integrations", _("One a line: from, to and how. Example: payroll → accounts, file every night.")),
    Item("archive", "archive", _("Is it worth archiving?"), CHOICE, "arkivverdig|arkivstatus|arkiv|bevaring|bevaring/kassasjon", choices=System.Archive.choices,
         words={"nei": "no", "no": "no", "ja": "keep", "bevares": "keep", "bevaring": "keep", "kassasjon": "discard", "kasseres": "discard"}),
    Item("archive_integrated", "archive", _("Does it send to the archive by itself?"), CHOICE, "arkivintegrasjon|integrert arkiv|sender til arkiv", choices=System.YesNo.choices, words=YES_NO),
    Item("archive_period", "archive", _("Preserved or discarded after"), known="arkivperiode|bevaringstid|kassasjonsfrist|periode"),
    Item("lifecycle", "life", _("Where it is in its life"), CHOICE, "livssyklus|livsløp|status|systemstatus|fase", choices=System.Lifecycle.choices,
         words={"planlagt": "planned", "i bruk": "in_use", "aktiv": "in_use", "drift": "in_use", "i drift": "in_use", "utfases": "phasing_out", "under utfasing": "phasing_out", "fases ut": "phasing_out", "avviklet": "retired", "avvikla": "retired", "utgått": "retired", "ute av bruk": "retired"}),
    Item("lifecycle_date", "life", _("Since or from"), DATE, "i bruk fra|fra dato|livssyklus dato|avviklet dato"),
    Item("functional_fit", "life", _("How well it helps in the work"), CHOICE, "funksjonell egnethet|funksjonell kvalitet|forretningsverdi|nytte i arbeidet|functional fit", choices=System.FunctionalFit.choices, words=SCALE),
    Item("technical_fit", "life", _("How sound it is technically"), CHOICE, "teknisk egnethet|teknisk kvalitet|teknisk tilstand|technical fit", choices=System.TechnicalFit.choices, words=SCALE),
    Item("ai", "life", _("Does it use artificial intelligence?"), CHOICE, "ki|ai|kunstig intelligens|ki i systemet", choices=System.YesNo.choices, words=YES_NO),
    Item("ai_text", "life", _("What the artificial intelligence does"), known="ki beskrivelse|hva gjør ki"),
    Item("accessibility_status", "life", _("Universal design"), CHOICE, "uu|uu status|universell utforming|universell utforming status", choices=System.Accessibility.choices,
         words={"ja": "meets", "oppfylt": "meets", "oppfyller": "meets", "ok": "meets", "delvis": "partly", "delvis oppfylt": "partly", "delvis i samsvar": "partly", "nei": "fails", "ikke oppfylt": "fails", "ikkje oppfylt": "fails", "mangler": "fails", "manglar": "fails", "ikke aktuelt": "exempt", "ikkje aktuelt": "exempt", "unntatt": "exempt"}),
    Item("accessibility", "life", _("Accessibility statement"), known="tilgjengelighetserklæring|tilgjengeerklæring|uu erklæring", help=_("Address of the statement, or where it stands.")),
)  # fmt: skip
WHOLE = ("criticality", "technical_fit", "functional_fit")  # choices kept as whole numbers
BY_CODE = {item.code: item for item in ITEMS}
SYSTEM_CODES = [item.code for item in ITEMS if not item.terms]
TERMS_CODES = [item.code for item in ITEMS if item.terms]


def column(code: str) -> str:
    """The name of the attribute that holds a field."""
    return f"{code}_id" if BY_CODE[code].kind in (PERSON, FIELD) else code
