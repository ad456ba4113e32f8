"""The one table of roles and what each may do. The matrix page and the manual are made from it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLES: dict[str, Promise] = {
    "employee": _("Employee"),
    "expert_group_lead": _("Head of expert group"),
    "sector_head": _("Head of sector"),
    "secretariat_lead": _("Head of the secretariat"),
    "secretariat_member": _("Member of the secretariat"),
    "coordinator": _("Coordinator"),
    "council_chair": _("Council chair"),
    "council_deputy": _("Deputy chair"),
    "council_member": _("Council member"),
    "substitute": _("Substitute"),
    "observer": _("Observer"),
    "chief_executive": _("Municipal chief executive"),
    "cfo": _("Chief financial officer"),
    "elected_rep": _("Elected representative"),
    "political_secretariat": _("Political secretariat"),
    "records_manager": _("Records manager"),
    "portfolio_manager": _("Portfolio manager"),
    "project_owner": _("Project owner"),
    "project_manager": _("Project manager"),
    "benefit_owner": _("Benefit owner"),
    "system_manager": _("System manager"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
    "it_staff": _("IT staff"),
    "it_manager": _("ICT manager"),
}

SECRETARIAT = frozenset({"secretariat_lead", "secretariat_member", "coordinator"})
COUNCIL = frozenset({"council_chair", "council_deputy", "council_member", "substitute"})
# Who sees exempt fields from submission on: those who prepare, treat, decide, file and audit.
INSIDERS = SECRETARIAT | COUNCIL | {"chief_executive", "cfo", "records_manager", "portfolio_manager", "auditor"}
# The secretariat and the council see so much only in the house that treats the case; the rest also where they take part.
TREATING = SECRETARIAT | COUNCIL
# They look on from outside: holding such a role for an entity, one is no employee of it.
OUTSIDERS = frozenset({"elected_rep", "observer", "auditor"})
STAFF = frozenset(ROLES) - OUTSIDERS
# Roles in which something waits for an answer, so that somebody can stand in.
WITH_STAND_IN = frozenset({"sector_head", "chief_executive", "expert_group_lead", "secretariat_lead"})

# action -> (what a user would call it, the roles that may). Being author, asked or responsible comes on top, in policies.
PERMISSIONS: dict[str, tuple[Promise, frozenset[str]]] = {
    "strategy.manage": (
        _("Write strategies and action plans"),
        SECRETARIAT | {"administrator", "chief_executive"},
    ),
    "strategy.measure": (_("Record how the indicators stand"), SECRETARIAT | {"portfolio_manager", "administrator"}),
    "strategy.give_input": (_("Give input on the strategy"), frozenset({"elected_rep"})),
    "strategy.answer_input": (_("Answer the input of the elected"), SECRETARIAT | {"chief_executive", "administrator"}),
    "documents.keep_templates": (
        _("Keep the Word templates"),
        frozenset({"administrator", "secretariat_lead", "records_manager"}),
    ),
    "initiatives.start_draft": (_("Report needs"), STAFF),
    "initiatives.take_in_request": (_("Make a mail or a ticket into a draft"), SECRETARIAT | {"it_staff"}),
    "initiatives.import_needs": (_("Bring in needs from another form tool"), SECRETARIAT | {"administrator"}),
    "initiatives.set_exemption": (
        _("Exempt fields from public access"),
        SECRETARIAT | {"records_manager"},
    ),
    "initiatives.mark_reusable": (_("Mark as something others can reuse"), SECRETARIAT),
    "initiatives.name_owner": (
        _("Name a new owner of an initiative"),
        SECRETARIAT | {"sector_head", "administrator"},
    ),
    "initiatives.answer_idea": (_("Answer and gather ideas"), SECRETARIAT | {"expert_group_lead"}),
    "governance.plan_cycle": (_("Lay out the annual cycle"), SECRETARIAT | {"administrator"}),
    "anchoring.state_opinion": (
        _("State what the expert group means"),
        frozenset({"expert_group_lead"}),
    ),
    "anchoring.endorse": (_("Recommend as head of sector"), frozenset({"sector_head"})),
    "anchoring.record_on_behalf": (
        _("Record an answer on someone's behalf"),
        SECRETARIAT,
    ),
    "secretariat.check_completeness": (_("Check completeness"), SECRETARIAT),
    "secretariat.return_case": (_("Return with what is missing"), SECRETARIAT),
    "secretariat.assess": (_("Write the secretariat's assessment"), SECRETARIAT),
    "secretariat.send_to_line": (_("Send a case to the head of sector to be decided"), SECRETARIAT),
    "secretariat.decide": (_("Decide within the secretariat's mandate"), frozenset({"secretariat_lead"})),
    "secretariat.make_paper": (_("Make case papers"), SECRETARIAT),
    "secretariat.keep_competence": (_("Keep the register of who can help with what"), SECRETARIAT),
    "secretariat.place_in_order": (
        _("Set down that the body places a case elsewhere in the order"),
        frozenset({"secretariat_lead", "council_chair", "council_deputy"}),
    ),
    "secretariat.run_round": (_("Open a prioritisation round and make its list"), SECRETARIAT),
    "secretariat.see_ledger": (_("See what is left of the secretariat's frame"), INSIDERS),
    "council.plan_meeting": (
        _("Plan a meeting"),
        SECRETARIAT | {"council_chair", "council_deputy"},
    ),
    "council.set_agenda": (_("Put a case on the agenda"), SECRETARIAT),
    "council.send_notice": (
        _("Send the notice of meeting"),
        SECRETARIAT | {"council_chair", "council_deputy"},
    ),
    "council.take_urgent": (
        _("Take in an urgent case"),
        frozenset({"council_chair", "council_deputy"}),
    ),
    "council.keep_minutes": (_("Keep the minutes"), SECRETARIAT),
    "council.approve_minutes": (
        _("Approve minutes"),
        frozenset({"council_chair", "council_deputy"}),
    ),
    "council.publish": (
        _("Publish and withdraw the documents of a meeting"),
        SECRETARIAT | {"records_manager", "political_secretariat"},
    ),
    "cases.decide": (_("Decide for the municipality"), frozenset({"chief_executive"})),
    "cases.record_result": (
        _("Record what a political body decided"),
        frozenset({"chief_executive", "records_manager", "political_secretariat"}),
    ),
    "cases.plan_costs": (_("Say how a common cost is shared, and when it may start"), SECRETARIAT),
    "cases.merge": (_("Merge a case with another"), SECRETARIAT),
    "cases.stop": (
        _("Stop, pause and take up a case again"),
        frozenset({"secretariat_lead", "chief_executive"}),
    ),
    "cases.decide_in_line": (_("Decide in one's own sector"), frozenset({"sector_head"})),
    "archive.see_filings": (
        _("See what is to be filed"),
        frozenset({"records_manager", "secretariat_lead"}),
    ),
    "archive.register_by_hand": (
        _("Enter the case number by hand"),
        frozenset({"records_manager"}),
    ),
    "archive.set_up": (
        _("Set up how papers are filed"),
        frozenset({"records_manager", "administrator"}),
    ),
    "archive.retry": (_("Try filing again"), frozenset({"records_manager"})),
    "systems.manage": (_("Keep the system register"), SECRETARIAT | {"system_manager", "administrator"}),
    "portfolio.manage": (_("Manage the portfolio"), frozenset({"portfolio_manager"})),
    "portfolio.import_projects": (
        _("Import projects"),
        frozenset({"portfolio_manager"}),
    ),
    "portfolio.take_report": (
        _("Make portfolio reports"),
        frozenset({"portfolio_manager", "secretariat_lead"}),
    ),
    "portfolio.keep_effort": (_("Write down what ICT spends its time on"), frozenset({"it_manager"})),
    "portfolio.see_effort": (
        _("See what ICT spends its time on"),
        INSIDERS | {"it_manager", "it_staff", "sector_head", "project_owner", "administrator"},
    ),
    "portfolio.see": (_("See the portfolio"), frozenset(ROLES)),
    "organisation.administer": (
        _("Set up organisations, people and roles"),
        frozenset({"administrator"}),
    ),
    "governance.confirm_criteria": (
        _("Confirm the criteria for those who sit in a body"),
        frozenset({"administrator", "secretariat_lead", "council_chair"}),
    ),
    "governance.keep_arenas": (
        _("Keep the arenas and note their meetings"),
        SECRETARIAT | {"administrator", "expert_group_lead"},
    ),
    "overview.answer_self_check": (_("Answer the self-evaluation"), SECRETARIAT | {"administrator"}),
    "overview.see_matrix": (_("See who may do what"), frozenset(ROLES)),
}


def roles_for(action: str) -> frozenset[str]:
    """The roles that may do `action`."""
    return PERMISSIONS[action][1]
