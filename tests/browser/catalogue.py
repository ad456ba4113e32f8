"""Every address of the product: what it is, and for a page whom it is shown to and where such a page is found.

A new URL pattern without a line here fails the test of every page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from samrad.anchoring.models import Request
from samrad.archive.models import Filing
from samrad.cases.models import Case, Decision
from samrad.council.models import Meeting
from samrad.documents.models import File
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity, Membership, PeopleImport, Person, Unit
from samrad.portfolio.models import ImportBatch, Portfolio, Project, ReportSnapshot
from samrad.secretariat.models import PaperVersion
from tests.browser.region import Region


@dataclass(frozen=True)
class Example:
    """One page of a kind: who opens it, and where."""

    who: str
    arguments: Callable[[], Any] = lambda: ()
    query: str = ""
    by_link: bool = False  # the one-time link that someone new gets

    def address(self, region: Region, name: str) -> str:
        """Where the page is."""
        found = region.link if self.by_link else region.look(self.arguments)
        arguments = found if isinstance(found, tuple) else (found,)
        return reverse(name, args=arguments) + self.query


def _initiative(title: str) -> Callable[[], int]:
    return lambda: Initiative.objects.get(title=title).pk


def _person(key: str) -> Callable[[], int]:
    return lambda: Person.objects.get(email=f"{key}@demo.example").pk


def _case(title: str) -> Callable[[], int]:
    return lambda: Case.objects.get(initiative__title=title).pk


def _request(**facts: Any) -> Callable[[], int]:
    return lambda: Request.objects.filter(**facts).order_by("pk")[0].pk


def _coming() -> int:
    return Meeting.objects.filter(starts_at__gt=timezone.now()).order_by("starts_at")[0].pk


def _held() -> int:
    return Meeting.objects.filter(state="approved", notice_paper__isnull=False).order_by("-pk")[0].pk


def _sent_paper() -> tuple[int, int]:
    version = PaperVersion.objects.filter(case__initiative__title=DIFFERING).order_by("pk")[0]
    return version.case_id, version.number


def _decision(**facts: Any) -> Callable[[], int]:
    return lambda: Decision.objects.filter(**facts).order_by("pk")[0].pk


def _file(model: Any, suffix: str = "", **facts: Any) -> Callable[[], Any]:
    def found() -> Any:
        pk = model.objects.filter(**facts).order_by("pk")[0].pk
        return (pk, suffix) if suffix else pk

    return found


def _unit() -> int:
    return Unit.objects.filter(owner__slug="fjelldal").order_by("pk")[0].pk


def _membership() -> int:
    return Membership.objects.filter(member__slug="granlia")[0].pk


def _people_import(**facts: Any) -> Callable[[], int]:
    return lambda: PeopleImport.objects.filter(**facts).order_by("-pk")[0].pk


HOUSE = "fjelldalsregionen"
DIFFERING = "Digital trygghetsalarm og responssenter"
EXEMPT = "Pasientvarsling på sykehjemmet"
DRAFT = "Orden i eget hus: færre systemer"
DRAFTS = "fossmark-ansatt-organisasjon"
SUBMITTED = "KI-støttet arkivering"
PREPARED = "Sensorer i vann og avløp"
READY = "Robot for arbeidsavtaler og e-signering"
RETURNED = "Flyt for nyansatte og dem som slutter"
OURS = {"name": "Digitaliseringsporteføljen"}
TAKEN_IN = {"imported_at__isnull": False}
WAITING = {"imported_at__isnull": True}
STEPS = (1, 2, 4, 5, 6, 9)

PAGES: dict[str, list[Example]] = {
    "core:gallery": [Example("")],
    "core:accessibility": [Example("")],
    "core:privacy": [Example("")],
    "organisation:sign_in": [Example("")],
    "organisation:demo_people": [Example("")],
    "organisation:person_choose": [Example("leder")],
    "organisation:notification_list": [Example("fjelldal-ansatt-helse")],
    "organisation:role_matrix": [Example("folkevalgt")],
    "organisation:link_open": [Example("", by_link=True)],
    "organisation:link_ask": [Example("")],
    "organisation:password_change": [Example("folkevalgt")],
    "organisation:admin_front": [Example("administrator")],
    "organisation:unit_list": [Example("administrator")],
    "organisation:unit_detail": [Example("administrator", _unit)],
    "organisation:unit_retire": [Example("administrator", _unit)],
    "organisation:member_list": [Example("administrator")],
    "organisation:member_add": [Example("administrator", lambda: HOUSE)],
    "organisation:member_leave": [Example("administrator", _membership)],
    "organisation:people_upload": [Example("administrator")],
    "organisation:people_columns": [Example("administrator", _people_import(imported_at__isnull=True))],
    "organisation:people_preview": [Example("administrator", _people_import(imported_at__isnull=True))],
    "organisation:people_result": [Example("administrator", _people_import(imported_at__isnull=False))],
    "organisation:log_list": [Example("administrator"), Example("administrator", query="?q=kari&first=01.01.2026")],
    "organisation:person_list": [Example("administrator")],
    "organisation:person_add": [Example("administrator")],
    "organisation:person_detail": [Example("administrator", _person("saksbehandler"))],
    "organisation:person_change": [Example("administrator", _person("saksbehandler"))],
    "overview:waiting_list": [Example("sekretariat"), Example("bekkjarvoll-ansatt-teknisk")],
    "overview:guide_house": [Example("administrator", lambda: HOUSE)],
    "overview:guide_step": [
        Example("administrator", lambda code=code: (HOUSE, code))
        for code in ("members", "sectors", "fields", "groups", "bodies", "seats", "rules")
    ],
    "overview:guide_about": [Example("administrator", lambda: (HOUSE, "leaders", "fjelldal"))],
    "overview:my_page": [Example("granlia-direktor"), Example("sekretariat"), Example("bekkjarvoll-ansatt-teknisk")],
    "overview:initiative_story": [
        Example("granlia-direktor", _initiative(DIFFERING)),
        Example("folkevalgt", _initiative(EXEMPT)),
        Example("sekretariat", _initiative(EXEMPT)),
        Example(DRAFTS, _initiative(DRAFT)),
    ],
    "overview:steering_line": [Example("leder")],
    "overview:open_portfolio": [Example("", lambda: HOUSE)],
    "overview:open_initiative": [Example("", lambda: (HOUSE, _initiative(DIFFERING)()))],
    "overview:from_others": [Example("stranger"), Example("leder")],
    "overview:reusable_initiative": [Example("stranger", _initiative(DIFFERING))],
    "initiatives:reuse_mark": [Example("fjelldal-leder-helse", _initiative(DIFFERING))],
    "initiatives:initiative_list": [Example("folkevalgt"), Example("sekretariat", query="?q=finnes+ikke")],
    "initiatives:draft_start": [Example("fjelldal-ansatt-helse")],
    "initiatives:draft_step": [Example(DRAFTS, lambda n=n: (_initiative(DRAFT)(), n)) for n in STEPS],
    "initiatives:draft_review": [Example(DRAFTS, _initiative(DRAFT))],
    "initiatives:draft_files": [Example(DRAFTS, _initiative(DRAFT))],
    "initiatives:exemption_set": [Example(DRAFTS, _initiative(DRAFT))],
    "anchoring:request_answer": [
        Example("skarholt-leder-teknisk", _request(kind="endorsement", answer="", initiative__owner__slug="skarholt")),
        Example("fjelldal-leder-helse", _request(kind="endorsement", initiative__title=DIFFERING)),
    ],
    "anchoring:answer_record": [Example("sekretariat", _request(kind="endorsement", answer="", withdrawn_at=None))],
    "anchoring:request_send": [Example(DRAFTS, _initiative(DRAFT))],
    "anchoring:submission_send": [Example("sundneset-ansatt-organisasjon", _initiative(RETURNED))],
    "anchoring:submission_receipt": [Example("fjelldal-ansatt-organisasjon", _initiative(SUBMITTED))],
    "cases:case_withdraw": [Example("fjelldal-ansatt-organisasjon", _case(SUBMITTED))],
    "cases:decision_decide": [
        Example("granlia-direktor", _decision(outcome="", municipality__slug="granlia")),
        Example("fjelldal-direktor", _decision(case__initiative__title=DIFFERING, municipality__slug="fjelldal")),
    ],
    "secretariat:case_list": [Example("saksbehandler")],
    "secretariat:case_prepare": [
        Example("saksbehandler", _case(SUBMITTED)),
        Example("saksbehandler", _case(PREPARED)),
        Example("sekretariat", _case(READY)),
    ],
    "secretariat:paper_detail": [Example("leder", _case(READY)), Example("sekretariat", _case(EXEMPT))],
    "secretariat:paper_version": [Example("leder", _sent_paper)],
    "council:meeting_list": [Example("sekretariat"), Example("granlia-leder-helse")],
    "council:meeting_detail": [
        Example("sekretariat", _coming),
        Example("sekretariat", _coming, "?mode=hold"),
        Example("sekretariat", _held, "?mode=minutes"),
        Example("granlia-leder-helse", _coming),
    ],
    "council:meeting_move": [Example("sekretariat", _coming)],
    "council:meeting_cancel": [Example("sekretariat", _coming)],
    "council:minutes_detail": [Example("sekretariat", _held)],
    "portfolio:portfolio_list": [Example("portefolje")],
    "portfolio:portfolio_detail": [
        Example("portefolje", _file(Portfolio, **OURS)),
        Example("folkevalgt", _file(Portfolio, **OURS)),
        Example("portefolje", _file(Portfolio, name="Store prosjekter")),
    ],
    "portfolio:project_detail": [
        Example("fjelldal-ansatt-organisasjon", _file(Project, initiative__title="Felles brukeradministrasjon")),
        Example("portefolje", _file(Project, source_id="A-2")),
    ],
    "portfolio:report_status": [
        Example("skarholt-ansatt-helse", _file(Project, initiative__title="Ruteplan for hjemmetjenesten"))
    ],
    "portfolio:report_detail": [Example("portefolje", _file(ReportSnapshot))],
    "portfolio:import_upload": [Example("portefolje", _file(Portfolio, name="Store prosjekter"))],
    "portfolio:import_map": [Example("portefolje", _file(ImportBatch, **WAITING))],
    "portfolio:import_preview": [Example("portefolje", _file(ImportBatch, **WAITING))],
    "portfolio:import_result": [Example("portefolje", _file(ImportBatch, **TAKEN_IN))],
    "archive:filing_list": [Example("fjelldal-arkiv")],
    "archive:filing_detail": [Example("fjelldal-arkiv", _file(Filing, owner__slug="fjelldal"))],
    "archive:setup_change": [Example("arkiv", lambda: Entity.objects.get(slug=HOUSE).pk)],
}
FILES: dict[str, Example] = {
    "council:minutes_file": Example("sekretariat", _held),
    "council:notice_file": Example("sekretariat", _held),
    "secretariat:paper_version_pdf": Example("leder", _sent_paper),
    "council:calendar_file": Example("sekretariat", _held),
    "secretariat:paper_pdf": Example("sekretariat", _case(READY)),
    "portfolio:import_file": Example("portefolje", _file(ImportBatch, "xlsx", **TAKEN_IN)),
    "portfolio:report_file": Example("portefolje", _file(ReportSnapshot, "pdf")),
    "archive:filing_file": Example("fjelldal-arkiv", _file(Filing, owner__slug="fjelldal")),
    "documents:file_download": Example(DRAFTS, _file(File, kind="attachment")),
    "core:health": Example(""),
}
# Straight to the one there is, or to another page.
MOVES_ON = {
    "front",
    "initiatives:initiative_detail",
    "overview:open_house_list",
    "archive:setup_list",
    "overview:guide_front",
    "cases:condition_meet",
}
POSTED_TO = {
    "organisation:sign_out",
    "organisation:language_choose",
    "organisation:notification_read_all",
    "organisation:notification_open",
    "organisation:unit_head",
    "organisation:unit_keep",
    "organisation:member_undo",
    "organisation:request_answer",
    "organisation:request_withdraw",
    "overview:guide_links",
    "organisation:person_end",
    "organisation:person_return",
    "organisation:link_make",
    "organisation:role_give",
    "organisation:role_end",
    "documents:file_remove",
    "documents:file_restore",
    "anchoring:answer_contest",
    "secretariat:case_check",
    "secretariat:assessment_write",
    "secretariat:note_add",
    "secretariat:case_redirect",
    "secretariat:paper_make",
    "council:agenda_set",
    "council:notice_send",
    "council:attendance_record",
    "council:item_treat",
    "council:impartiality_declare",
    "council:meeting_close",
    "portfolio:report_take",
    "archive:filing_retry",
    "archive:failed_retry",
    "secretariat:line_send",
    "secretariat:mandate_decide",
    "council:item_move",
    "council:item_vote",
    "council:statement_record",
}


def every_name() -> set[str]:
    """The name of every URL pattern there is."""

    def names(patterns: list[URLPattern | URLResolver], space: str) -> set[str]:
        found: set[str] = set()
        for one in patterns:
            if isinstance(one, URLResolver):
                found |= names(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
            else:
                found.add(f"{space}{one.name}")
        return found

    return names(get_resolver().url_patterns, "")
