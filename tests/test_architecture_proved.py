"""Every check of tests/test_architecture.py finds what it is there to find, and lets the rest be."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections, models
from django.http import HttpResponse
from django.test.utils import isolate_apps
from django.urls import include, path
from django.views import View

from tests.architecture import code, pages, tables
from tests.architecture.house import Source

Check = Callable[[Source], list[str]]

GOOD_ACTION = '''
def decide_item(*, item: Item, by: Actor, at: datetime) -> None:
    """Decide."""
    _store(item, by=by, at=at)

def _store(item, *, by, at):
    record(Decided(item_id=item.pk), by=by, at=at, house=item)
'''
THROUGH_A_MODULE = "from samrad.cases import actions\n" + GOOD_ACTION.replace("record(", "actions.go(")
THROUGH_A_NAME = "from samrad.cases.actions.b import go\n" + GOOD_ACTION.replace("record(", "go(")
BIG = "\n" * 401
LONG = "def f():\n" + "    x = 1\n" * 61

FAULTY: list[tuple[Check, str, str]] = [
    (code.front_door_faults, "cases/queries.py", "from samrad.council.models import Meeting"),
    (code.front_door_faults, "council/views.py", "from samrad.cases.views import case_page"),
    (code.front_door_faults, "council/views.py", "from samrad.cases import forms"),
    (code.front_door_faults, "council/views.py", "import samrad.cases.tasks"),
    (code.front_door_faults, "council/views.py", "from samrad.organisation.context import frame"),
    (code.front_door_faults, "core/money.py", "from samrad.config import settings"),
    (code.front_door_faults, "core/money.py", "def f():\n    from samrad.organisation.models import Entity"),
    (code.action_faults, "cases/actions.py", GOOD_ACTION.replace("(*, item: Item,", "(item: Item, *,")),
    (
        code.action_faults,
        "cases/actions.py",
        GOOD_ACTION.replace("by: Actor, ", "").replace("by=by, at=at)\n\n", "at=at)\n\n"),
    ),
    (code.action_faults, "cases/actions.py", GOOD_ACTION.replace('    """Decide."""\n', "")),
    (code.action_faults, "cases/actions/items.py", GOOD_ACTION.replace("record(", "print(")),
    (code.day_faults, "cases/views.py", "x = timezone.now().date()"),
    (code.day_faults, "cases/queries.py", "x = RawSQL('current_date', [])"),
    (code.request_faults, "cases/policy.py", "def can_see(request): ..."),
    (code.request_faults, "cases/forms.py", "from django.http import HttpRequest\nx: HttpRequest"),
    (code.write_faults, "cases/views.py", "Case.objects.filter(pk=1).update(state='x')"),
    (code.write_faults, "cases/queries.py", "case.delete()"),
    (code.write_faults, "cases/queries.py", "Case.objects.bulk_create([])"),
    (code.write_faults, "cases/queries.py", "Case.objects.using('x').bulk_update(rows, ['a'])"),
    (code.write_faults, "cases/views.py", "Case.objects.get_or_create(pk=1)"),
    (code.clock_faults, "cases/actions.py", "from django.utils import timezone\nx = timezone.now()"),
    (code.clock_faults, "cases/models.py", "at = models.DateTimeField(default=timezone.now)"),
    (code.clock_faults, "cases/policy.py", "x = datetime.datetime.now()"),
    (code.clock_faults, "cases/policy.py", "x = date.today()"),
    (code.clock_faults, "cases/queries.py", "x = timezone.localdate()"),
    (code.size_faults, "cases/views.py", BIG),
    (code.size_faults, "cases/views.py", LONG),
    (code.name_faults, "cases/utils.py", ""),
    (code.name_faults, "cases/services/mail.py", ""),
    (code.silence_faults, "cases/views.py", "x = 1  # noqa"),
    (code.silence_faults, "cases/views.py", "x = 1  # noqa: E501"),
    (code.silence_faults, "cases/views.py", "x = 1  # type: ignore"),
    (code.template_name_faults, "cases/views.py", "render(request, 'council/meeting.html', {})"),
    (pages.borrow_faults, "cases/templates/cases/a.html", '{% extends "council/base.html" %}'),
    (pages.borrow_faults, "cases/templates/cases/a.html", "{% include 'overview/x.html#row' with a=1 %}"),
    (pages.borrow_faults, "cases/templates/cases/a.html", '{% extends "base.html" %}'),
    (pages.place_faults, "cases/templates/council/a.html", ""),
    (pages.inline_faults, "cases/templates/cases/a.html", '<p class="a"\n style="color:red">'),
    (pages.inline_faults, "cases/templates/cases/a.html", '<button onclick="go()">'),
    (pages.inline_faults, "cases/templates/cases/a.html", '<p {% if a > b %}style="x"{% endif %} STYLE="y">'),
    (pages.inline_faults, "cases/templates/cases/a.html", "<script>alert(1)</script>"),
    (pages.inline_faults, "cases/templates/cases/a.html", "<style>p {}</style>"),
    (pages.inline_faults, "cases/templates/cases/a.html", '<a href="javascript:go()">'),
    (pages.template_size_faults, "cases/templates/cases/a.html", "\n" * 151),
]

FAULTLESS: list[tuple[Check, str, str]] = [
    (code.front_door_faults, "council/views.py", "from samrad.cases import queries, models"),
    (code.front_door_faults, "council/papers/__init__.py", "from samrad.documents.rendering import pdf"),
    (code.front_door_faults, "council/views.py", "from samrad.council.forms import X"),
    (code.front_door_faults, "config/wiring.py", "from samrad.council.tasks import x"),
    (code.action_faults, "cases/actions.py", GOOD_ACTION),
    (code.action_faults, "cases/actions.py", THROUGH_A_MODULE),
    (code.action_faults, "cases/actions/a.py", THROUGH_A_NAME),
    (code.request_faults, "cases/views.py", "def page(request): ..."),
    (code.write_faults, "cases/actions/items.py", "Case.objects.update(a=1)"),
    (code.write_faults, "cases/views.py", "context.update({'a': 1})\ncache.delete('key')\nForm.create(1)"),
    (code.clock_faults, "cases/views.py", "x = timezone.now()"),
    (code.clock_faults, "cases/queries.py", "x = timezone.localdate(at)"),
    (code.silence_faults, "cases/views.py", "x = 1  # noqa: E501 - a long address\ny = 2  # type: ignore[a]"),
    (pages.borrow_faults, "cases/templates/cases/a.html", '{% extends "core/base.html" %}{% include row %}'),
    (pages.place_faults, "core/templates/404.html", ""),
    (
        pages.inline_faults,
        "cases/templates/cases/a.html",
        '{# style="" #}<script src="{% static "a.js" %}" defer></script>'
        '<p data-on="x">style="a" onclick="b"</p>'
        '<script type="application/json">{}</script>',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("check", "name", "text"), FAULTY)
def test_a_planted_fault_is_found(check: Check, name: str, text: str) -> None:
    assert check(Source(name, text))


@pytest.mark.parametrize(("check", "name", "text"), FAULTLESS)
def test_what_is_right_passes(check: Check, name: str, text: str) -> None:
    assert check(Source(name, text)) == []


def test_a_lint_rule_ignored_without_a_reason_is_found() -> None:
    wrong = '[tool.ruff.lint]\nselect = ["E", "F"]\nignore = [\n    "E501",\n    "D100",  # told by name\n]\n'
    assert code.pyproject_faults(wrong) == ['line 4: "E501", without a reason']
    files = '[tool.ruff.lint.per-file-ignores]\n"tests/*" = ["S101"]\n[tool.other]\nignore = ["X1"]\n'
    assert len(code.pyproject_faults(files)) == 1
    assert code.pyproject_faults('[tool.ruff.lint]\n# long addresses\nignore = ["E501"]\n') == []


class Elsewhere(View):
    def get(self, request: object) -> HttpResponse:
        return HttpResponse()


def test_an_address_in_another_room_is_found() -> None:
    patterns = [path("cases/", include(([path("<int:pk>/", Elsewhere.as_view())], "council")))]
    [(address, space, module)] = list(pages.urls(patterns))
    assert pages.url_faults(address, space, module) == [
        "/cases/<int:pk>/ has the namespace council",
        f"/cases/<int:pk>/ is answered by {__name__}",
    ]
    assert pages.url_faults("cases/1/", "cases", "samrad.cases.views") == []


@isolate_apps("samrad.core")
def test_a_foreign_key_upwards_is_found_also_as_a_string() -> None:
    class Later(models.Model):
        class Meta:
            app_label = "council"

    class Earlier(models.Model):
        later: Any = models.ForeignKey("council.Later", on_delete=models.CASCADE)
        many: Any = models.ManyToManyField(Later, related_name="+")

        class Meta:
            app_label = "cases"

    faults = list(tables.relation_faults([Earlier, Later]))
    assert [fault.split(":")[0] for fault in faults] == ["cases.Earlier.later", "cases.Earlier.many"]


def test_a_migration_that_waits_for_a_later_room_is_found() -> None:
    assert tables.downward_fault("cases", "council", "cases.0002_x")
    assert not tables.downward_fault("council", "cases", "council.0002_x")
    assert not tables.downward_fault("eventlog", "organisation", "eventlog.0001_initial")
    assert not tables.downward_fault("cases", "auth", "cases.0002_x")


def test_a_table_that_nobody_placed_is_found() -> None:
    assert tables.unplaced_tables({"a", "b", "c"}, {"a"}, {"b"}) == ["c"]


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    "blunder",
    [
        'alter table "cases_case" disable row level security',
        'alter table "cases_case" no force row level security',
        'drop policy samrad_app on "cases_case"',
        'alter policy samrad_app on "cases_case" using (true)',
    ],
)
def test_a_table_that_lost_its_guard_is_found(blunder: str) -> None:
    assert tables.unsecured_tables({"cases_case"}) == []
    with connections["owner"].cursor() as cursor:
        cursor.execute(blunder)
    assert tables.unsecured_tables({"cases_case"}) == ["cases_case"]


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_log_that_can_be_changed_is_found() -> None:
    tables.plant_event()
    with connections["owner"].cursor() as cursor:
        cursor.execute('drop trigger samrad_never on "eventlog_event"')
    assert len(tables.change_faults("eventlog_event")) == 2
