"""Every address of the product: what it is, and for a page whom it is shown to and where such a page is found.

A new URL pattern without a line here fails the test of every page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from samrad.anchoring.models import GroupMeeting, GuestPass, Request
from samrad.anchoring.queries import guest_path
from samrad.archive.models import Filing
from samrad.cases.models import Assignment, Case, Decision
from samrad.council.models import ActionPoint as MeetingPoint
from samrad.council.models import AgendaItem, Meeting, PaperSet, Publication
from samrad.documents.models import File, WordTemplate
from samrad.governance.models import (
    Arena,
    Body,
    Coordinator,
    CycleDate,
    CycleSubscription,
    Mandate,
    PlannedMeeting,
    Requirement,
    Rule,
    Seat,
)
from samrad.governance.queries.cycle import address_of
from samrad.initiatives.models import (
    Benefit,
    Idea,
    Initiative,
    Takeover,
)
from samrad.organisation.models import Entity, Membership, PeopleImport, Person, Unit
from samrad.portfolio.models import (
    GateCondition,
    ImportBatch,
    Measure,
    Portfolio,
    Project,
    ReportSnapshot,
    ResourceRequest,
    RowImport,
    Stakeholder,
)
from samrad.secretariat.models import Competence, PaperVersion, Review, Round, RoundRow, ScoreCard
from samrad.strategy.models import (
    ActionPlan,
    ActionPoint,
    ElectedInput,
    FocusArea,
    Goal,
    Indicator,
    InputRound,
    Strategy,
)
from samrad.systems.models import RegisterImport, System
from tests.browser.region import Region

MEDICINE = "Elektronisk medisindispenser i hjemmetjenesten"


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


def _benefit(title: str) -> Callable[[], tuple[int, int]]:
    def found() -> tuple[int, int]:
        benefit = Benefit.objects.get(initiative__title=title, removed_at__isnull=True)
        return benefit.initiative_id, benefit.pk

    return found


def _idea(title: str) -> Callable[[], int]:
    return lambda: Idea.objects.get(title=title).pk


def _person(key: str) -> Callable[[], int]:
    return lambda: Person.objects.get(email=f"{key}@demo.example").pk


def _round() -> int:
    return Round.objects.order_by("pk")[0].pk


def _round_row() -> tuple[int, int]:
    return _round(), RoundRow.objects.filter(line__case__round=_round()).order_by("pk")[0].pk


def _case(title: str) -> Callable[[], int]:
    return lambda: Case.objects.get(initiative__title=title, kind="submission").pk


def _request(**facts: Any) -> Callable[[], int]:
    return lambda: Request.objects.filter(**facts).order_by("pk")[0].pk


def _review(**facts: Any) -> Callable[[], int]:
    return lambda: Review.objects.filter(**facts).order_by("pk")[0].pk


def _competence() -> int:
    return Competence.objects.order_by("pk")[0].pk


def _coming() -> int:
    return Meeting.objects.filter(starts_at__gt=timezone.now()).order_by("starts_at")[0].pk


def _council() -> int:
    return Body.objects.get(kind="council", owner__slug=HOUSE).pk


def _held() -> int:
    return Meeting.objects.filter(state="approved", notice_paper__isnull=False).order_by("-pk")[0].pk


def _published(kind: str) -> tuple[int, int]:
    return _held(), Publication.objects.filter(meeting=_held(), kind=kind, ended_at=None)[0].pk


def _made_papers() -> int:
    return PaperSet.objects.get(state="done").meeting_id


def _held_item() -> tuple[int, int]:
    return _held(), AgendaItem.objects.filter(meeting=_held(), treated_at__isnull=False)[0].pk


def _feed() -> str:
    return str(resolve(address_of(CycleSubscription.objects.order_by("pk")[0])).kwargs["token"])


def _score_card() -> int:
    return ScoreCard.objects.get(scoring__closed_at=None, assessor__email="leder@demo.example").pk


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


def _stakeholder() -> tuple[int, int]:
    """Someone a project concerns, with the project."""
    made = Stakeholder.objects.order_by("pk")[0]
    return made.project_id, made.pk


def _reported() -> tuple[int, int]:
    """A frozen report, and the first project that stands in it."""
    made = ReportSnapshot.objects.order_by("pk")[0]
    return made.pk, made.data["projects"][0]["initiative_id"]


def _unit() -> int:
    return Unit.objects.filter(owner__slug="fjelldal").order_by("pk")[0].pk


def _membership() -> int:
    return Membership.objects.filter(member__slug="granlia")[0].pk


def _people_import(**facts: Any) -> Callable[[], int]:
    return lambda: PeopleImport.objects.filter(**facts).order_by("-pk")[0].pk


NOT_ADOPTED = {"adopted_date": None}


def _body() -> int:
    return Body.objects.get(kind="council").pk


def _versions() -> tuple[int, int]:
    new, old = Mandate.objects.filter(body__kind="council").order_by("-version")[:2]
    return new.pk, old.pk


def _guest_link() -> str:
    path = guest_path(GuestPass.objects.order_by("pk")[0])
    return str(resolve(path).kwargs["token"])


def _group() -> int:
    return Body.objects.get(kind="expert_group").pk


def _group_meeting() -> tuple[int, int]:
    return _group(), GroupMeeting.objects.order_by("pk")[0].pk


FIRST, FIRST_AUTHOR = "Elektronisk medisindispenser i hjemmetjenesten", "fjelldal-ansatt-helse"
HOUSE = "fjelldalsregionen"
DIFFERING = "Digital trygghetsalarm og responssenter"
EXEMPT = "Pasientvarsling på sykehjemmet"
DRAFT = "Orden i eget hus: færre systemer"
DRAFTS = "fossmark-ansatt-organisasjon"
SUBMITTED = "KI-støttet arkivering"
PREPARED = "Sensorer i vann og avløp"
SCORABLE = "Tale til tekst i journalnotat"
READY = "Robot for arbeidsavtaler og e-signering"
RETURNED = "Flyt for nyansatte og dem som slutter"
OURS = {"name": "Digitaliseringsporteføljen"}
TAKEN_IN = {"imported_at__isnull": False}
HELD_AGAINST = {"compared_with__isnull": False}
WAITING = {"imported_at__isnull": True}
STEPS = tuple(range(1, 10))


def _reviewed() -> tuple[int, int]:
    return _file(Portfolio, **OURS)(), _file(Project, initiative__title=MEDICINE)()


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
    "governance:body_list": [Example("administrator"), Example("bekkjarvoll-ansatt-teknisk")],
    "governance:body_add": [Example("administrator")],
    "governance:body_detail": [Example("administrator", _body), Example("folkevalgt", _body)],
    "governance:mandate_new": [Example("administrator", _body)],
    "governance:mandate_detail": [Example("administrator", _file(Mandate, body__kind="secretariat"))],
    "governance:mandate_withdraw": [Example("administrator", _file(Mandate, valid_from__gt=timezone.localdate()))],
    "governance:mandate_compare": [Example("leder", _versions)],
    "governance:seat_list": [Example("administrator", _body), Example("granlia-leder-helse", _body)],
    "governance:seat_give": [Example("administrator", _body)],
    "governance:seat_detail": [
        Example("sekretariat", _file(Seat, position="member", valid_to__isnull=False)),
        Example("leder", _file(Seat, position="chair")),
    ],
    "governance:seat_change": [Example("administrator", _file(Seat, position="member"))],
    "governance:coordinator_list": [Example("administrator"), Example("folkevalgt")],
    "governance:coordinator_add": [Example("administrator")],
    "governance:coordinator_change": [Example("administrator", _file(Coordinator))],
    "governance:arena_list": [Example("sekretariat")],
    "governance:arena_add": [Example("sekretariat")],
    "governance:arena_detail": [Example("faggruppe-oppvekst", _file(Arena, field__code="oppvekst"))],
    "governance:arena_change": [Example("sekretariat", _file(Arena))],
    "governance:rule_front": [Example("administrator"), Example("folkevalgt")],
    "governance:rule_add": [Example("administrator")],
    "governance:rule_standard": [
        Example("administrator", lambda: "idea-answer-days"),
        Example("administrator", lambda: "chair"),
    ],
    "governance:rule_detail": [Example("administrator", _file(Rule, kind="limit"))],
    "governance:rule_change": [Example("administrator", _file(Rule, kind="limit"))],
    "governance:requirement_add": [Example("administrator")],
    "governance:requirement_end": [Example("administrator", _file(Requirement, code="benefits"))],
    "governance:size_list": [Example("administrator")],
    "governance:policy_list": [Example("administrator")],
    "governance:policy_new": [Example("administrator")],
    "governance:criteria_list": [Example("administrator")],
    "governance:criteria_new": [Example("administrator")],
    "governance:guideline_read": [Example("")],
    "initiatives:own_answer": [Example(DRAFTS, _initiative(DRAFT))],
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
    "overview:where_list": [Example("fjelldal-ansatt-helse")],
    "overview:where_detail": [
        Example("fjelldal-ansatt-helse", lambda: "idea"),
        Example("bekkjarvoll-ansatt-teknisk", lambda: "case"),
    ],
    "overview:self_check_list": [Example("sekretariat")],
    "overview:self_check_answer": [
        Example("sekretariat", lambda: (Entity.objects.get(slug="granlia").pk, timezone.localdate().year))
    ],
    "overview:two_models": [Example("folkevalgt")],
    "overview:insight": [Example("sekretariat"), Example("folkevalgt")],
    "overview:owner_list": [Example("sekretariat")],
    "overview:owner_name": [Example("sekretariat", _initiative(DIFFERING))],
    "initiatives:idea_list": [Example("fjelldal-ansatt-helse"), Example("folkevalgt", query="?q=finnes+ikke")],
    "initiatives:idea_start": [Example("fjelldal-ansatt-helse")],
    "initiatives:idea_detail": [
        Example("faggruppe-helse", _idea("Vis hvem som har nøkkelen til hver bruker")),
        Example("granlia-ansatt-oppvekst", _idea("La foreldrene velge tid til utviklingssamtalen selv")),
        Example("sundneset-ansatt-teknisk", _idea("Én vaktbok for brann og teknisk vakt")),
    ],
    "initiatives:idea_answer": [Example("faggruppe-helse", _idea("Vis hvem som har nøkkelen til hver bruker"))],
    "initiatives:idea_gather": [Example("sekretariat", _idea("Vis hvem som har nøkkelen til hver bruker"))],
    "organisation:notice_choose": [Example("fjelldal-ansatt-helse")],
    "overview:open_portfolio": [Example("", lambda: HOUSE)],
    "overview:open_initiative": [Example("", lambda: (HOUSE, _initiative(DIFFERING)()))],
    "overview:open_meeting_list": [
        Example("", lambda: HOUSE),
        Example("", lambda: HOUSE, "?q=medisindispenser"),
        Example("", lambda: HOUSE, "?q=finnes+ikke"),
    ],
    "overview:open_meeting": [Example("", lambda: (HOUSE, _held()))],
    "overview:open_document": [Example("", lambda: (HOUSE, *_published("minutes")))],
    "overview:paper_list": [Example("folkevalgt", _held), Example("granlia-leder-helse", _coming)],
    "overview:paper_detail": [Example("folkevalgt", lambda: _published("paper"))],
    "overview:from_others": [Example("stranger"), Example("leder")],
    "overview:reusable_initiative": [Example("stranger", _initiative(DIFFERING))],
    "governance:cycle_year": [
        Example("folkevalgt", lambda: timezone.localdate().year + 1),
        Example("sekretariat", lambda: timezone.localdate().year),
        Example("fjelldal-ansatt-helse", lambda: timezone.localdate().year + 3),
    ],
    "governance:cycle_follow": [Example("folkevalgt"), Example("stranger")],
    "governance:cycle_plan_choose": [Example("sekretariat")],
    "governance:cycle_plan": [Example("sekretariat", lambda: (_council(), timezone.localdate().year + 2))],
    "governance:cycle_date_put": [Example("sekretariat")],
    "governance:cycle_date_change": [
        Example("sekretariat", _file(CycleDate, code="elected")),
        Example("folkevalgt", _file(CycleDate, code="elected")),
    ],
    "governance:cycle_meeting_change": [
        Example("sekretariat", _file(PlannedMeeting, meeting=None)),
        Example("sekretariat", _file(PlannedMeeting, meeting__state="approved")),
    ],
    "initiatives:reuse_mark": [Example("fjelldal-leder-helse", _initiative(DIFFERING))],
    "initiatives:initiative_list": [Example("folkevalgt"), Example("sekretariat", query="?q=finnes+ikke")],
    "initiatives:draft_start": [Example("fjelldal-ansatt-helse")],
    "initiatives:draft_step": [Example(DRAFTS, lambda n=n: (_initiative(DRAFT)(), n)) for n in STEPS],
    "initiatives:draft_review": [Example(DRAFTS, _initiative(DRAFT))],
    "initiatives:draft_files": [Example(DRAFTS, _initiative(DRAFT))],
    "initiatives:draft_authors": [Example(DRAFTS, _initiative(DRAFT))],
    "initiatives:operational": [Example(DRAFTS, _initiative(DRAFT))],
    "initiatives:request_take_in": [Example("saksbehandler")],
    "initiatives:takeover_answer": [Example("granlia-leder-teknisk", _file(Takeover, asked__owner__slug="granlia"))],
    "initiatives:needs_import": [Example("sekretariat")],
    "initiatives:rules_detail": [Example("administrator"), Example("folkevalgt")],
    "initiatives:service_desk_set": [Example("administrator")],
    "initiatives:rates_adopt": [Example("administrator")],
    "initiatives:form_scope_adopt": [Example("administrator", lambda: "small")],
    "initiatives:screening_adopt": [Example("administrator")],
    "initiatives:alike_list": [
        Example(DRAFTS, _initiative(DRAFT)),
        Example(DRAFTS, _initiative(DRAFT), "?title=medisindispensarar"),
    ],
    "initiatives:system_links": [Example(DRAFTS, _initiative(DRAFT))],
    "initiatives:exemption_set": [Example(DRAFTS, _initiative(DRAFT))],
    "anchoring:request_answer": [
        Example("skarholt-leder-teknisk", _request(kind="endorsement", answer="", initiative__owner__slug="skarholt")),
        Example("fjelldal-leder-helse", _request(kind="endorsement", initiative__title=DIFFERING)),
    ],
    "anchoring:hearing_choose": [Example(DRAFTS, _initiative(DRAFT)), Example(FIRST_AUTHOR, _initiative(FIRST))],
    "anchoring:need_escalate": [Example("fjelldal-ansatt-organisasjon", _initiative(SUBMITTED))],
    "anchoring:involvement_list": [Example(DRAFTS, _initiative(DRAFT)), Example(FIRST_AUTHOR, _initiative(FIRST))],
    "anchoring:share_list": [Example(DRAFTS, _initiative(DRAFT)), Example(FIRST_AUTHOR, _initiative(FIRST))],
    "anchoring:guest_page": [Example("", _guest_link)],
    "anchoring:stakeholder_list": [Example(FIRST_AUTHOR), Example("stranger")],
    "anchoring:group_list": [Example("administrator"), Example("stranger")],
    "anchoring:group_detail": [Example("faggruppe-helse", _group), Example("granlia-ansatt-helse", _group)],
    "anchoring:meeting_note": [Example("faggruppe-helse", _group_meeting)],
    "organisation:stand_in_choose": [Example("fjelldal-leder-helse"), Example(FIRST_AUTHOR)],
    "organisation:stand_in_for": [Example("administrator", _person("fjelldal-leder-helse"))],
    "anchoring:answer_record": [Example("sekretariat", _request(kind="endorsement", answer="", withdrawn_at=None))],
    "anchoring:request_send": [Example(DRAFTS, _initiative(DRAFT))],
    "anchoring:submission_send": [Example("sundneset-ansatt-organisasjon", _initiative(RETURNED))],
    "anchoring:submission_receipt": [Example("fjelldal-ansatt-organisasjon", _initiative(SUBMITTED))],
    "cases:case_withdraw": [Example("fjelldal-ansatt-organisasjon", _case(SUBMITTED))],
    "cases:decision_decide": [
        Example("granlia-direktor", _decision(outcome="", municipality__slug="granlia")),
        Example("fjelldal-direktor", _decision(case__initiative__title=DIFFERING, municipality__slug="fjelldal")),
    ],
    "cases:decision_send_on": [Example("granlia-direktor", _decision(outcome="", municipality__slug="granlia"))],
    "cases:assignment_give": [
        Example("fjelldal-direktor", _decision(case__initiative__title=DIFFERING, municipality__slug="fjelldal"))
    ],
    "cases:assignment_detail": [Example("fjelldal-leder-helse", _file(Assignment))],
    "cases:case_costs": [Example("sekretariat", _case(DIFFERING)), Example("sekretariat", _case(READY))],
    "cases:case_turn": [
        Example("sekretariat", lambda: (_case(PREPARED)(), "stop")),
        Example("sekretariat", lambda: (_case(PREPARED)(), "merge")),
    ],
    "overview:decision_basis": [
        Example("fjelldal-direktor", _decision(case__initiative__title=DIFFERING, municipality__slug="fjelldal"))
    ],
    "secretariat:case_list": [Example("saksbehandler")],
    "secretariat:review_ask": [Example("saksbehandler", _case(PREPARED)), Example("sekretariat", _case(READY))],
    "secretariat:review_answer": [
        Example("granlia-ansatt-organisasjon", _review(answered_at__isnull=True)),
        Example("saksbehandler", _review(answered_at__isnull=False)),
    ],
    "secretariat:exchange_list": [Example("saksbehandler", _initiative(PREPARED))],
    "secretariat:competence_list": [Example("saksbehandler"), Example("stranger")],
    "secretariat:competence_add": [Example("saksbehandler")],
    "secretariat:competence_change": [Example("saksbehandler", _competence)],
    "secretariat:case_prepare": [
        Example("saksbehandler", _case(SUBMITTED)),
        Example("saksbehandler", _case(PREPARED)),
        Example("sekretariat", _case(READY)),
    ],
    "secretariat:case_route": [Example("sekretariat", _case(PREPARED)), Example("saksbehandler", _case(PREPARED))],
    "secretariat:scoring": [
        Example("saksbehandler", _case(READY)),
        Example("saksbehandler", _case(PREPARED)),
        Example("sekretariat", _case(SCORABLE)),
    ],
    "secretariat:score_give": [Example("leder", _score_card)],
    "secretariat:order": [Example("leder"), Example("granlia-ansatt-helse")],
    "secretariat:order_place": [Example("leder", _case(EXEMPT)), Example("sekretariat", _case(READY))],
    "secretariat:round_list": [Example("sekretariat"), Example("granlia-ansatt-helse")],
    "secretariat:round_open": [Example("sekretariat")],
    "secretariat:round_detail": [Example("sekretariat", _round), Example("granlia-ansatt-helse", _round)],
    "secretariat:row_propose": [Example("sekretariat", _round_row)],
    "secretariat:ledger": [Example("sekretariat")],
    "secretariat:ledger_year": [Example("sekretariat", lambda: timezone.localdate().year)],
    "secretariat:paper_detail": [Example("leder", _case(READY)), Example("sekretariat", _case(EXEMPT))],
    "secretariat:paper_edit": [Example("sekretariat", _case(READY)), Example("sekretariat", _case(EXEMPT))],
    "secretariat:section_rebuild": [Example("sekretariat", lambda: (_case(READY)(), "need"))],
    "documents:template_list": [Example("administrator")],
    "council:papers_detail": [Example("sekretariat", _held)],
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
    "council:publish_list": [Example("sekretariat", _held)],
    "council:publish_detail": [Example("sekretariat", lambda: (_held(), "minutes"))],
    "council:turnout_detail": [Example("leder", lambda: (_council(),))],
    "council:point_detail": [Example("sekretariat", lambda: MeetingPoint.objects.order_by("pk")[0].pk)],
    "systems:system_list": [
        Example("fjelldal-ansatt-organisasjon"),
        Example("folkevalgt"),
        Example("sekretariat", query="?q=finnes+ikke"),
    ],
    "systems:contract_list": [Example("fjelldal-ansatt-helse")],
    "systems:system_detail": [
        Example("fjelldal-ansatt-organisasjon", _file(System, name="Medi-Tid")),
        Example("skarholt-ansatt-helse", _file(System, name="Medi-Tid")),
        Example("sekretariat", _file(System, name="Fjellpasient")),
    ],
    "systems:fit_picture": [Example("fjelldal-ansatt-helse")],
    "systems:assessment_list": [Example("fjelldal-ansatt-helse")],
    "systems:duplicate_list": [Example("fjelldal-ansatt-helse")],
    "systems:system_add": [Example("sekretariat")],
    "systems:system_change": [Example("fjelldal-ansatt-organisasjon", _file(System, name="Medi-Tid"))],
    "systems:system_retire": [Example("fjelldal-ansatt-organisasjon", _file(System, name="Medi-Tid"))],
    "systems:import_upload": [Example("fjelldal-ansatt-organisasjon")],
    "systems:import_map": [Example("fjelldal-ansatt-organisasjon", _file(RegisterImport, **WAITING))],
    "systems:import_preview": [Example("fjelldal-ansatt-organisasjon", _file(RegisterImport, **WAITING))],
    "systems:import_result": [Example("fjelldal-ansatt-organisasjon", _file(RegisterImport, **TAKEN_IN))],
    "benefits:plan_detail": [
        Example("fjelldal-leder-helse", _initiative(MEDICINE)),
        Example("skarholt-ansatt-helse", _initiative("Ruteplan for hjemmetjenesten")),
    ],
    "benefits:benefit_plan": [Example("skarholt-ansatt-helse", _benefit("Ruteplan for hjemmetjenesten"))],
    "portfolio:portfolio_list": [Example("portefolje")],
    "portfolio:portfolio_add": [Example("portefolje")],
    "portfolio:portfolio_detail": [
        Example("portefolje", _file(Portfolio, **OURS)),
        Example("folkevalgt", _file(Portfolio, **OURS)),
        Example("portefolje", _file(Portfolio, name="Store prosjekter")),
    ],
    "portfolio:project_list": [
        Example("portefolje", _file(Portfolio, **OURS)),
        Example("folkevalgt", _file(Portfolio, **OURS), "?light=grey&col=budget"),
    ],
    "portfolio:portfolio_balance": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:ranking_list": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:ranking_change": [Example("portefolje", _file(Portfolio, "0", **OURS))],
    "portfolio:review_list": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:review_answer": [Example("granlia-direktor", _reviewed)],
    "portfolio:shown_list": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:measure_list": [
        Example("portefolje", _file(Portfolio, **OURS)),
        Example("folkevalgt", _file(Portfolio, **OURS)),
    ],
    "portfolio:measure_change": [Example("granlia-direktor", _file(Portfolio, "0", **OURS))],
    "portfolio:measure_detail": [
        Example("portefolje", _file(Measure, state="proposed")),
        Example("folkevalgt", _file(Measure, state="under_way")),
    ],
    "portfolio:header_change": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:date_choose": [Example("portefolje", _file(Portfolio, name="Digitaliseringsporteføljen"))],
    "portfolio:project_detail": [
        Example("fjelldal-ansatt-organisasjon", _file(Project, initiative__title="Felles brukeradministrasjon")),
        Example("portefolje", _file(Project, source_id="A-2")),
    ],
    "portfolio:project_gate": [
        Example("skarholt-ansatt-helse", _file(Project, initiative__title="Ruteplan for hjemmetjenesten")),
        Example("folkevalgt", _file(Project, initiative__title=MEDICINE)),
    ],
    "portfolio:checklist_list": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:checklist_change": [Example("portefolje", _file(Portfolio, "BP3", **OURS))],
    "portfolio:project_money": [Example("folkevalgt", _file(Project, initiative__title=MEDICINE))],
    "portfolio:money_change": [Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE))],
    "portfolio:project_plan": [
        Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE)),
        Example("folkevalgt", _file(Project, initiative__title="Ruteplan for hjemmetjenesten")),
    ],
    "portfolio:plan_change": [Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE))],
    "portfolio:portfolio_roadmap": [Example("folkevalgt", _file(Portfolio, **OURS))],
    "portfolio:programme_list": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:programme_change": [Example("portefolje", _file(Portfolio, "0", **OURS))],
    "portfolio:activity_list": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:activity_change": [Example("portefolje", _file(Portfolio, "0", **OURS))],
    "portfolio:project_reports": [Example("folkevalgt", _file(Project, initiative__title=MEDICINE))],
    "portfolio:series_list": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:series_change": [Example("portefolje", _file(Portfolio, "0", **OURS))],
    "portfolio:project_changes": [
        Example("fjelldal-ansatt-organisasjon", _file(Project, initiative__title="Felles brukeradministrasjon")),
        Example("folkevalgt", _file(Project, initiative__title=MEDICINE)),
    ],
    "portfolio:project_risks": [Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE))],
    "portfolio:my_people": [Example("fjelldal-leder-organisasjon")],
    "portfolio:resource_change": [Example("fjelldal-leder-organisasjon", lambda: 0)],
    "portfolio:request_answer": [Example("fjelldal-leder-organisasjon", _file(ResourceRequest, state="asked"))],
    "portfolio:project_people": [Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE))],
    "portfolio:lesson_list": [Example("folkevalgt")],
    "portfolio:project_lessons": [Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE))],
    "portfolio:lesson_change": [Example("fjelldal-ansatt-helse", _file(Project, "0", initiative__title=MEDICINE))],
    "portfolio:gate_condition_meet": [Example("fjelldal-leder-helse", _file(GateCondition))],
    "portfolio:effort_report": [Example("granlia-direktor", _file(Portfolio, **OURS))],
    "portfolio:effort_change": [Example("fjelldal-ansatt-organisasjon", _file(Portfolio, **OURS))],
    "portfolio:effort_import": [Example("fjelldal-ansatt-organisasjon", _file(Portfolio, **OURS))],
    "portfolio:portfolio_capacity": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:project_handover": [Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE))],
    "portfolio:risk_change": [Example("fjelldal-ansatt-helse", _file(Project, "0", initiative__title=MEDICINE))],
    "portfolio:own_risk_change": [Example("portefolje", _file(Portfolio, "0", **OURS))],
    "portfolio:portfolio_risks": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:tolerance_change": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:report_status": [
        Example("skarholt-ansatt-helse", _file(Project, initiative__title="Ruteplan for hjemmetjenesten"))
    ],
    "portfolio:report_take": [Example("portefolje", _file(Portfolio, **OURS))],
    "portfolio:report_detail": [Example("portefolje", _file(ReportSnapshot))],
    "portfolio:report_project": [Example("portefolje", _reported)],
    "portfolio:report_treat": [Example("portefolje", _file(ReportSnapshot, treatment__isnull=False))],
    "portfolio:rows_upload": [Example("portefolje", _file(Portfolio, name="Store prosjekter"))],
    "portfolio:rows_map": [Example("portefolje", _file(RowImport, kind="milestones", **WAITING))],
    "portfolio:rows_preview": [
        Example("portefolje", _file(RowImport, kind="milestones", **WAITING)),
        Example("portefolje", _file(RowImport, kind="kommit", **WAITING)),
    ],
    "portfolio:rows_result": [Example("portefolje", _file(RowImport, **TAKEN_IN))],
    "portfolio:project_stakeholders": [
        Example("fjelldal-ansatt-helse", _file(Project, initiative__title=MEDICINE)),
        Example("portefolje", _file(Project, stakeholders__isnull=False)),
    ],
    "portfolio:stakeholder_change": [
        Example("fjelldal-ansatt-helse", _file(Project, "0", initiative__title=MEDICINE)),
        Example("portefolje", _stakeholder),
    ],
    "portfolio:import_upload": [Example("portefolje", _file(Portfolio, name="Store prosjekter"))],
    "portfolio:import_map": [Example("portefolje", _file(ImportBatch, **WAITING))],
    "portfolio:import_preview": [Example("portefolje", _file(ImportBatch, **WAITING))],
    "portfolio:import_result": [
        Example("portefolje", _file(ImportBatch, **TAKEN_IN)),
        Example("portefolje", _file(ImportBatch, **HELD_AGAINST)),
    ],
    "strategy:strategy_list": [Example("folkevalgt"), Example("sekretariat")],
    "strategy:strategy_add": [Example("sekretariat")],
    "strategy:strategy_detail": [
        Example("folkevalgt", _file(Strategy)),
        Example("granlia-direktor", _file(Strategy, **NOT_ADOPTED)),
    ],
    "strategy:strategy_change": [Example("granlia-direktor", _file(Strategy, **NOT_ADOPTED))],
    "strategy:strategy_adopt": [Example("granlia-direktor", _file(Strategy, **NOT_ADOPTED))],
    "strategy:area_add": [Example("granlia-direktor", _file(Strategy, **NOT_ADOPTED))],
    "strategy:area_change": [Example("granlia-direktor", _file(FocusArea, strategy__adopted_date=None))],
    "strategy:goal_add": [Example("granlia-direktor", _file(FocusArea, strategy__adopted_date=None))],
    "strategy:goal_change": [Example("granlia-direktor", _file(Goal, area__strategy__adopted_date=None))],
    "strategy:indicator_add": [Example("granlia-direktor", _file(Goal, area__strategy__adopted_date=None))],
    "strategy:indicator_change": [
        Example("granlia-direktor", _file(Indicator, goal__area__strategy__adopted_date=None))
    ],
    "strategy:plan_add": [Example("sekretariat", _file(Strategy))],
    "strategy:plan_detail": [
        Example("folkevalgt", _file(ActionPlan, adopted_date__isnull=False)),
        Example("sekretariat", _file(ActionPlan, adopted_date=None)),
    ],
    "strategy:plan_adopt": [Example("sekretariat", _file(ActionPlan, adopted_date=None))],
    "strategy:point_add": [Example("sekretariat", _file(ActionPlan, adopted_date=None))],
    "strategy:point_detail": [Example("fossmark-leder-organisasjon", _file(ActionPoint, title="Rydde i systemene"))],
    "strategy:point_change": [Example("sekretariat", _file(ActionPoint, plan__adopted_date=None))],
    "strategy:indicator_detail": [Example("portefolje", _file(Indicator))],
    "strategy:round_add": [Example("sekretariat", _file(Strategy))],
    "strategy:round_detail": [Example("folkevalgt", _file(InputRound)), Example("sekretariat", _file(InputRound))],
    "strategy:input_record": [Example("sekretariat", _file(InputRound))],
    "strategy:input_answer": [Example("sekretariat", _file(ElectedInput, outcome=""))],
    "overview:strategy_report": [
        Example("folkevalgt", lambda kind=kind: (_file(ActionPlan)(), kind))
        for kind in ("progress", "points", "initiatives", "outside")
    ],
    "archive:filing_list": [Example("fjelldal-arkiv")],
    "archive:filing_detail": [Example("fjelldal-arkiv", _file(Filing, owner__slug="fjelldal"))],
    "archive:setup_change": [Example("arkiv", lambda: Entity.objects.get(slug=HOUSE).pk)],
}
FILES: dict[str, Example] = {
    "council:minutes_file": Example("sekretariat", _held),
    "overview:open_meeting_feed": Example("", lambda: HOUSE),
    "overview:open_meeting_calendar": Example("", lambda: HOUSE),
    "overview:open_document_file": Example("", lambda: (HOUSE, *_published("agenda"))),
    "overview:paper_file": Example("folkevalgt", lambda: _published("paper")),
    "council:notice_file": Example("sekretariat", _held),
    "council:package_file": Example("sekretariat", _held),
    "council:extract_file": Example("sekretariat", _held_item),
    "secretariat:paper_version_pdf": Example("leder", _sent_paper),
    "council:minutes_word": Example("sekretariat", _held),
    "council:notice_word": Example("sekretariat", _held),
    "council:papers_pdf": Example("sekretariat", _made_papers),
    "council:papers_zip": Example("sekretariat", _made_papers),
    "secretariat:paper_version_word": Example("leder", _sent_paper),
    "secretariat:paper_word": Example("sekretariat", _case(READY)),
    "documents:standard_file": Example("administrator"),
    "documents:template_file": Example("administrator", _file(WordTemplate)),
    "documents:template_sample": Example("administrator", _file(WordTemplate)),
    "council:calendar_file": Example("sekretariat", _held),
    "secretariat:paper_pdf": Example("sekretariat", _case(READY)),
    "secretariat:round_pdf": Example("leder", _round),
    "secretariat:round_xlsx": Example("leder", _round),
    "secretariat:round_csv": Example("leder", _round),
    "systems:system_export": Example("fjelldal-ansatt-organisasjon", lambda: "xlsx"),
    "systems:import_file": Example("fjelldal-ansatt-organisasjon", _file(RegisterImport, **TAKEN_IN)),
    "portfolio:import_file": Example("portefolje", _file(ImportBatch, "xlsx", **TAKEN_IN)),
    "portfolio:rows_file": Example("portefolje", _file(RowImport, "xlsx", **TAKEN_IN)),
    "portfolio:portfolio_regvil": Example("portefolje", _file(Portfolio, "json", **OURS)),
    "portfolio:import_changes": Example("portefolje", _file(ImportBatch, "xlsx", **HELD_AGAINST)),
    "portfolio:portfolio_export": Example("portefolje", _file(Portfolio, "xlsx", **OURS)),
    "secretariat:order_sheet": Example("leder"),
    "portfolio:balance_sheet": Example("portefolje", _file(Portfolio, **OURS)),
    "portfolio:lesson_file": Example("folkevalgt", lambda: "xlsx"),
    "portfolio:effort_download": Example("granlia-direktor", _file(Portfolio, **OURS)),
    "portfolio:project_sheet": Example("portefolje", _file(Portfolio, **OURS)),
    "portfolio:report_file": Example("portefolje", _file(ReportSnapshot, "pdf")),
    "archive:filing_file": Example("fjelldal-arkiv", _file(Filing, owner__slug="fjelldal")),
    "documents:file_download": Example(DRAFTS, _file(File, kind="attachment")),
    "governance:cycle_file": Example("folkevalgt", lambda: timezone.localdate().year + 1),
    "governance:cycle_feed": Example("", _feed),
    "core:health": Example(""),
    "strategy:plan_file": Example("sekretariat", _file(ActionPlan)),
    "overview:strategy_report_file": Example("sekretariat", lambda: (_file(ActionPlan)(), "points")),
}
# Straight to the one there is, or to another page.
MOVES_ON = {
    "front",
    "governance:cycle_now",
    "initiatives:initiative_detail",
    "overview:open_house_list",
    "overview:open_meeting_houses",
    "archive:setup_list",
    "overview:guide_front",
    "cases:condition_meet",
}
# A part of a page, fetched while one writes.
PARTS = {"initiatives:idea_alike"}
POSTED_TO = {
    "portfolio:stakeholder_remove",
    "initiatives:author_remove",
    "initiatives:operational_take_back",
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
    "governance:seat_end",
    "governance:criterion_confirm",
    "governance:coordinator_end",
    "governance:rule_end",
    "governance:mandate_second",
    "governance:two_adopt",
    "documents:file_remove",
    "documents:file_restore",
    "documents:template_end",
    "secretariat:section_write",
    "secretariat:aside_settle",
    "council:item_approve",
    "anchoring:answer_contest",
    "anchoring:involvement_strike",
    "anchoring:share_end",
    "anchoring:stakeholder_remove",
    "anchoring:step_switch",
    "anchoring:backlog_add",
    "anchoring:backlog_rank",
    "anchoring:backlog_close",
    "anchoring:backlog_start",
    "anchoring:member_add",
    "anchoring:member_end",
    "anchoring:meeting_call",
    "organisation:stand_in_end",
    "secretariat:scoring_start",
    "secretariat:assessor_name",
    "secretariat:score_withdraw",
    "secretariat:order_restore",
    "secretariat:round_make",
    "secretariat:round_finish",
    "secretariat:round_cancel",
    "secretariat:flags_change",
    "council:round_treat",
    "council:list_save",
    "council:list_defer",
    "secretariat:case_check",
    "secretariat:case_assign",
    "secretariat:review_withdraw",
    "secretariat:competence_remove",
    "secretariat:assessment_write",
    "secretariat:note_add",
    "secretariat:case_redirect",
    "secretariat:paper_make",
    "council:agenda_set",
    "council:notice_send",
    "council:access_consider",
    "council:publication_withdraw",
    "council:attendance_record",
    "council:item_treat",
    "council:impartiality_declare",
    "council:meeting_close",
    "portfolio:report_send",
    "portfolio:ranking_settle",
    "portfolio:series_report",
    "portfolio:view_save",
    "portfolio:lesson_remove",
    "initiatives:initiative_copy",
    "initiatives:system_need",
    "archive:filing_retry",
    "archive:failed_retry",
    "secretariat:line_send",
    "initiatives:initiative_follow",
    "initiatives:idea_answer_undo",
    "initiatives:idea_place",
    "initiatives:idea_comment",
    "initiatives:comment_remove",
    "initiatives:idea_support",
    "initiatives:idea_follow",
    "initiatives:idea_withdraw",
    "secretariat:mandate_decide",
    "cases:decision_tell",
    "council:item_move",
    "council:item_vote",
    "council:statement_record",
    "council:information_add",
    "council:urgent_take",
    "council:item_plan",
    "council:item_agree",
    "council:text_save",
    "council:away_record",
    "council:substitute_call",
    "council:approval_choose",
    "council:elsewhere_say",
    "council:minutes_attach",
    "council:point_give",
    "council:correction_add",
    "strategy:strategy_renew",
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
