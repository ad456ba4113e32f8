"""Going everywhere one can: every link, every address with every known id, every file, and the words in all of it."""

from __future__ import annotations

import html
import re
import zipfile
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from pypdf import PdfReader

_LINK = re.compile(r"""\b(?:href|src)\s*=\s*["']([^"']+)["']""")
_GET_FORM = re.compile(r"<form\b(?![^>]*method=.post).*?</form>", re.S)
_TEXT_INPUT = re.compile(r"""<input\b[^>]*\bname=["'](\w+)["'][^>]*>""")
_ACTION = re.compile(r"""\baction=["']([^"']+)["']""")
_GAP = re.compile(r"[\s\u00a0\u202f\u2009\u200b\u00ad]+")
# The gallery shows samples, with links to itself; of a page one asks in many ways, a few ways are enough.
ELSEWHERE = ("//", "/static/", "/core/gallery/")
MOST, MOST_WAYS = 1500, 3

# Which ids the arguments of an address mean. What is not named here is tried with the ids of all of these.
MEANS = {
    "anchoring": {"pk": "anchoring.Request", "item_id": "anchoring.BacklogItem"},
    "archive": {"pk": "archive.Filing"},
    "archive:setup_change": {"pk": "organisation.Entity"},
    "benefits": {"pk": "initiatives.Initiative"},
    "cases:condition_meet": {"pk": "cases.Condition"},
    "cases:decision_decide": {"pk": "cases.Decision"},
    "cases:case_withdraw": {"pk": "cases.Case"},
    "cases:case_costs": {"pk": "cases.Case"},
    "cases:case_turn": {"pk": "cases.Case"},
    "cases:assignment_detail": {"pk": "cases.Assignment"},
    **{f"cases:{name}": {"pk": "cases.Decision"} for name in ("decision_send_on", "decision_tell", "assignment_give")},
    "overview:decision_basis": {"pk": "cases.Decision"},
    "council": {"pk": "council.Meeting", "item_id": "council.AgendaItem"},
    "documents": {"pk": "documents.File"},
    "overview": {"pk": "initiatives.Initiative"},
    **{f"overview:{name}": {"pk": "council.Meeting"} for name in ("open_meeting", "paper_list")},
    **{f"overview:open_document{end}": {"pk": "council.Meeting"} for end in ("", "_file")},
    **{f"overview:paper_{name}": {"pk": "council.Meeting"} for name in ("detail", "file")},
    **{
        f"portfolio:project_{name}": {"pk": "portfolio.Project"}
        for name in (
            "detail",
            "gate",
            "money",
            "plan",
            "reports",
            "risks",
            "changes",
            "handover",
            "people",
            "stakeholders",
        )
    },
    "portfolio:risk_change": {"pk": "portfolio.Project"},
    **{f"portfolio:stakeholder_{name}": {"pk": "portfolio.Project"} for name in ("change", "remove")},
    "portfolio:request_answer": {"pk": "portfolio.ResourceRequest"},
    "portfolio:resource_change": {"number": "portfolio.Resource"},
    "portfolio:plan_change": {"pk": "portfolio.Project"},
    "portfolio:money_change": {"pk": "portfolio.Project"},
    "portfolio:report_status": {"pk": "portfolio.Project"},
    **{f"portfolio:report_{end}": {"pk": "portfolio.ReportSnapshot"} for end in ("detail", "file", "send", "treat")},
    "portfolio:report_project": {"pk": "portfolio.ReportSnapshot", "initiative_id": "initiatives.Initiative"},
    "portfolio:series_report": {"pk": "portfolio.ReportSeries"},
    "portfolio:measure_detail": {"pk": "portfolio.Measure"},
    "portfolio:measure_change": {"pk": "portfolio.Portfolio", "number": "portfolio.Measure"},
    "portfolio": {"pk": "portfolio.Portfolio"},
    "secretariat": {
        "pk": "cases.Case",
        "review_id": "secretariat.Review",
        "competence_id": "secretariat.Competence",
    },
    "strategy": {"pk": "strategy.Strategy"},
    **{f"strategy:{name}": {"pk": "strategy.FocusArea"} for name in ("area_change", "goal_add")},
    **{f"strategy:{name}": {"pk": "strategy.Goal"} for name in ("goal_change", "indicator_add")},
    **{f"strategy:indicator_{name}": {"pk": "strategy.Indicator"} for name in ("detail", "change")},
    **{f"strategy:plan_{name}": {"pk": "strategy.ActionPlan"} for name in ("detail", "adopt", "file")},
    "strategy:point_add": {"pk": "strategy.ActionPlan"},
    **{f"strategy:point_{name}": {"pk": "strategy.ActionPoint"} for name in ("detail", "change")},
    **{f"strategy:{name}": {"pk": "strategy.InputRound"} for name in ("round_detail", "input_record")},
    "strategy:input_answer": {"pk": "strategy.ElectedInput"},
    "systems": {"pk": "systems.System"},
    **{f"systems:import_{name}": {"pk": "systems.RegisterImport"} for name in ("map", "preview", "result", "file")},
    "initiatives:system_need": {"pk": "systems.System"},
    "governance:cycle_plan": {"pk": "governance.Body"},
    "governance:cycle_date_change": {"pk": "governance.CycleDate"},
    "governance:cycle_meeting_change": {"pk": "governance.PlannedMeeting"},
    "organisation": {"pk": "organisation.PeopleImport"},
}
EVERYWHERE = {
    "initiative_id": "initiatives.Initiative",
    "plan_id": "strategy.ActionPlan",
    "benefit_id": "initiatives.Benefit",
    "idea_id": "initiatives.Idea",
    "card_id": "secretariat.ScoreCard",
    "takeover_id": "initiatives.Takeover",
    "document_id": "council.Publication",
}
WORDS: dict[str, list[Any]] = {
    "suffix": ["pdf", "xlsx", "json", "csv"],
    "step": [1, 2, 3, 4, 5, 6, 7, 8, 9],
    "number": [1],
    "slug": ["region", "annetsamarbeid"],
    "token": ["no-such-link"],
    "year": [2026],
    "code": ["buy", "decision", "bodies"],
    "about": ["council"],
    "document": ["agenda", "minutes"],
    "size": ["small"],
    "gate": ["BP3"],
    "kind": ["progress", "points", "initiatives", "outside", "stop", "merge"],
}
FEW = {  # they hold no need, or lead on to one
    "person_id": "organisation.Person",
    "role_id": "organisation.RoleAssignment",
    "notification_id": "organisation.Notification",
    "unit_id": "organisation.Unit",
    "membership_id": "organisation.Membership",
    "request_id": "organisation.MembershipRequest",
    "entity_id": "organisation.Entity",
    "body_id": "governance.Body",
    "mandate_id": "governance.Mandate",
    "other_id": "governance.Mandate",
    "seat_id": "governance.Seat",
    "coordinator_id": "governance.Coordinator",
    "arena_id": "governance.Arena",
    "rule_id": "governance.Rule",
    "requirement_id": "governance.Requirement",
    "field_id": "governance.Field",
    "stakeholder_id": "anchoring.Stakeholder",
    "guest_pass_id": "anchoring.GuestPass",
    "involvement_id": "anchoring.Involvement",
    "meeting_id": "anchoring.GroupMeeting",
    "comment_id": "initiatives.IdeaComment",
    "point_id": "council.ActionPoint",
}


def patterns(found: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, list[str]]]:
    """The name and the arguments of every address."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}", list(pattern.pattern.regex.groupindex)


def _ids(label: str) -> list[int]:
    return list(apps.get_model(label)._default_manager.values_list("pk", flat=True).order_by("pk"))


def _values(name: str, argument: str) -> list[Any]:
    if argument in WORDS:
        return WORDS[argument]
    if argument in FEW:
        return _ids(FEW[argument])[:2]
    space = name.split(":")[0]
    label = MEANS.get(name, {}).get(argument) or MEANS.get(space, {}).get(argument) or EVERYWHERE.get(argument)
    if label:
        return _ids(label)
    labels = {label for means in MEANS.values() for label in means.values()}
    return sorted({pk for label in labels for pk in _ids(label)})[:60]


def known_addresses() -> list[str]:
    """Every address of the product, with every id there is; asked where everything may be seen."""
    found = []
    for name, arguments in patterns(get_resolver().url_patterns):
        ways: list[dict[str, Any]] = [{}]
        for argument in arguments:
            ways = [{**way, argument: value} for way in ways for value in _values(name, argument)]
        for way in ways:
            try:
                found.append(reverse(name, kwargs=way))
            except NoReverseMatch:
                continue
    return found


def _alike(path: str) -> str:
    """What counts as one page asked in several ways: a year, or a person of whom it tells no more than of another."""
    try:
        found = resolve(path)
    except Resolver404:
        return path
    told = {k: v for k, v in found.kwargs.items() if k not in FEW and k != "year"}
    return f"{found.view_name} {told}"


def _pdf(content: bytes) -> str:
    reader = PdfReader(BytesIO(content))
    told = [str(value) for value in (reader.metadata or {}).values()]
    told += [page.extract_text() for page in reader.pages]
    for name, attached in reader.attachments.items():
        told += [name, *(part.decode(errors="replace") for part in attached)]
    raw = reader.xmp_metadata
    return "\n".join(told) + (raw.rdf_root.toxml() if raw is not None else "") + content.decode("latin-1")


def _package(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return "\n".join(f"{name}\n{package.read(name).decode(errors='replace')}" for name in package.namelist())


def words_of(answer: Any) -> str:
    """Everything an answer says: its headers, and its content whatever the kind; without spaces, in small letters."""
    content = answer.content
    if content.startswith(b"%PDF"):
        body = _pdf(content)
    elif content.startswith(b"PK"):
        body = _package(content)
    else:
        body = content.decode(errors="replace")
    headers = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.headers.items())
    return squeezed(f"{headers}\n{body}")


def squeezed(text: str) -> str:
    """Without what typesetting puts between letters and digits."""
    return _GAP.sub("", html.unescape(text)).lower()


@dataclass
class Seen:
    """What one person came across: address -> its words."""

    pages: dict[str, str] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)  # of these, the addresses that let one in
    forms: dict[str, str] = field(default_factory=dict)  # address of a search -> the name of its text field

    def holding(self, markers: dict[str, str]) -> list[str]:
        """Which markers stand where."""
        return [f"{place} in {url}" for place, word in markers.items() for url in self.where(word)]

    def where(self, word: str) -> list[str]:
        """The addresses that hold a word."""
        return [url for url, words in self.pages.items() if word.lower() in words]


def crawl(client: Client, addresses: Iterable[str], known: Collection[str] = ()) -> Seen:
    """Follow every link from the start pages, and try every known address besides.

    `known`: what need not be opened anew.
    """
    seen, waiting = Seen(), deque(["/", "/overview/", *addresses])
    asked: set[str] = set()
    ways: Counter[str] = Counter()
    while waiting:
        assert len(asked) < MOST, "not everywhere has been tried"
        url = urldefrag(waiting.popleft()).url
        path = url.partition("?")[0]
        if (
            url in asked
            or url in known
            or not url.startswith("/")
            or url.startswith(ELSEWHERE)
            or ways[_alike(path)] >= MOST_WAYS
        ):
            continue
        asked.add(url)
        ways[_alike(path)] += 1
        answer = client.get(url)
        assert answer.status_code < 500, url
        seen.pages[url] = words_of(answer)
        if answer.status_code == 200:
            seen.opened.add(url)
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"])
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            waiting.extend(urljoin(url, html.unescape(link)) for link in _LINK.findall(page))
            for form in _GET_FORM.findall(page):
                inputs = [i for i in _TEXT_INPUT.finditer(form) if re.search(r"""type=["']search""", i[0])]
                if inputs:
                    to = _ACTION.search(form.partition(">")[0])
                    seen.forms[urljoin(path, to[1]) if to else path] = inputs[0][1]
    return seen
