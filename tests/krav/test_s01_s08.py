"""S1–S8: the introduction and the factors of success."""

import re

import pytest
from django.test import Client

from samrad.cases.models import Task
from samrad.initiatives.models import Initiative
from tests.initiatives.form import send
from tests.krav.region import MAIL, NIGHT, ORDER, STRANGER, Region, text_of

krav = pytest.mark.krav


@krav("S1.AK2", guards="samrad.initiatives.policy.lacks")
def test_no_need_is_sent_without_a_field(region: Region) -> None:
    author, need = region.client("fossmark-ansatt-organisasjon"), region.need(ORDER)
    url = f"/anchoring/{need.pk}/send/"
    send(author, need.pk, 1, field="")
    refused = author.post(url, {"version": region.need(ORDER).version})
    assert refused.status_code == 409 and "Fyll ut «Fagområde»." in text_of(refused)
    assert f'href="/initiatives/{need.pk}/step/1/#id_field"' in text_of(author.get(f"/initiatives/{need.pk}/review/"))
    assert region.status(STRANGER, f"/initiatives/{need.pk}/step/1/") == 404
    send(author, need.pk, 1, field=need.field_id)
    assert author.post(url, {"version": region.need(ORDER).version}).status_code == 302
    assert "Organisasjon og digitalisering" in region.page("fossmark-ansatt-helse", region.story(ORDER))


@krav("S4.AK1", guards="samrad.anchoring.policy.can_submit")
def test_without_the_sector_heads_answer_nothing_is_sent_in_and_the_page_says_why_and_who(region: Region) -> None:
    author, head = "fjelldal-ansatt-organisasjon", region.person("fjelldal-leder-organisasjon")
    url = f"/anchoring/{region.need(MAIL).pk}/submit/"
    page = region.page(author, url)
    assert "Sektorlederen har ikke tilrådd det." in page and head.name in page and "har ikke svart" in page
    assert ">Meld inn</button>" not in page
    assert region.submit(author, MAIL).status_code == 409
    assert region.status(STRANGER, url) == 404 and region.submit(STRANGER, MAIL).status_code == 404
    assert region.answer("fjelldal-leder-organisasjon", MAIL, "endorsement").status_code == 302
    assert ">Meld inn</button>" in region.page(author, url)
    assert region.submit(author, MAIL).status_code == 302


@krav("S4.AK2", guards=["samrad.cases.policy.authority_of", "samrad.cases.policy.can_decide"])
def test_each_decision_shows_the_authority_it_was_taken_under(region: Region) -> None:
    own, delegated = "delegeringsreglementet punkt 4.2", "Myndighet delegert fra kommunestyret, kommuneloven § 13-1"
    form = region.client("granlia-direktor").get(f"/cases/decisions/{region.decisions(NIGHT)['granlia'].pk}/")
    assert delegated in text_of(form)  # what is said where nothing else is, before one decides
    assert region.decide("granlia-direktor", NIGHT, "granlia", authority=own).status_code == 302
    assert region.decide("skarholt-direktor", NIGHT, "skarholt").status_code == 302
    assert region.decide("granlia-direktor", NIGHT, "sundneset", authority=own).status_code == 409
    story = region.page("fossmark-ansatt-helse", region.story(NIGHT))
    assert story.count(own) == 1 and story.count(delegated) == 1
    assert region.status(STRANGER, region.story(NIGHT)) == 404


@krav("S5.AK1", guards=["samrad.initiatives.views.review._way_ahead", "samrad.initiatives.queries.visible_to"])
def test_the_way_and_the_next_meetings_are_seen_before_sending(region: Region) -> None:
    url = f"/initiatives/{region.need(ORDER).pk}/review/"
    page = region.page("fossmark-ansatt-organisasjon", url)
    way = page[page.index("Veien videre") :]
    stops = [
        region.person("faggruppe-organisasjon").name,
        region.person("fossmark-leder-organisasjon").name,
        "Sekretariatet",
        "Digitaliseringsrådet",
        "Fossmark kommune",
    ]
    assert [way.index(stop) for stop in stops] == sorted(way.index(stop) for stop in stops)
    # Of the meetings of the annual cycle only those one can still reach: the first is too soon.
    assert len(re.findall(r"Møte \d+\. \w+ \d+, send inn innen", way)) >= 2
    for key in ("fossmark-ansatt-helse", STRANGER):
        assert region.status(key, url) == 404


@krav("S5.AK3", guards=["samrad.overview.insight.middle", "samrad.initiatives.queries.visible_to"])
def test_the_dashboard_says_how_long_each_step_takes_and_what_has_waited_longest(region: Region) -> None:
    url = "/overview/insight/"
    found = region.client("sekretariat").get(url).context["found"]
    assert found.oldest and found.oldest.days == max(step.oldest.days for step in found.steps if step.oldest)
    done = [step for step in found.steps if step.done]
    assert done and all(step.median_days is not None for step in done)
    rows = region.find(lambda: list(Task.objects.filter(kind="endorse", closed_at__isnull=False)))
    days = sorted((row.closed_at - row.opened_at).days for row in rows if row.closed_at)
    [step] = [step for step in found.steps if step.kind == "endorse"]
    assert days[(len(days) - 1) // 2] <= step.median_days <= days[len(days) // 2]
    page = region.page("sekretariat", url)
    assert "Median antall dager" in page and found.oldest.title in page
    assert f'href="{url}"' in region.page("sekretariat", "/overview/steering-line/")
    assert found.oldest.title not in region.page(STRANGER, url)
    # A draft that waits for someone counts only for those who may read it.
    drafts = Task.objects.filter(closed_at__isnull=True, initiative__stage__lt=Initiative.Stage.SUBMITTED)
    hidden = region.find(lambda: set(drafts.values_list("initiative_id", flat=True)))
    other = region.client("bekkjarvoll-ansatt-teknisk").get(url).context["found"]
    assert hidden and not hidden & {step.oldest.initiative_id for step in other.steps if step.oldest}


@krav("S6.AK1", guards=["samrad.overview.steering.steering_map", "samrad.core.rowsecurity"])
def test_any_employee_finds_whom_to_talk_to_in_two_clicks(region: Region) -> None:
    start = region.page("bekkjarvoll-ansatt-teknisk", "/overview/")
    line = "/overview/steering-line/"
    assert f'href="{line}"' in start  # the first click
    page = region.page("bekkjarvoll-ansatt-teknisk", line)
    for key in ("faggruppe-teknisk", "bekkjarvoll-leder-teknisk", "sekretariat", "leder", "granlia-direktor"):
        assert region.person(key).name in page and f'href="mailto:{key}@demo.example"' in page  # the second
    outside = region.page(STRANGER, line)
    assert "@demo.example" not in outside and region.person("granlia-direktor").name not in outside
    assert Client().get(line).status_code == 302


@krav("S6.AK3", guards=["samrad.cases.actions.telling.tell_decided", "samrad.cases.policy.can_decide"])
def test_everyone_affected_hears_what_was_decided_by_whom_and_what_comes_next(region: Region) -> None:
    told = "Granlia kommune: Avslått"
    values = {"outcome": "rejected", "text": "Vi har nattevakt nok."}
    assert region.decide("skarholt-direktor", NIGHT, "granlia", **values).status_code == 409
    assert told not in region.page("fossmark-ansatt-helse", "/organisation/notifications/")
    assert region.decide("granlia-direktor", NIGHT, "granlia", **values).status_code == 302
    nb, nn = "Det skjer ikke mer i denne kommunen", "Det skjer ikkje meir i denne kommunen"
    affected = {"fossmark-ansatt-helse": nn, "fossmark-leder-helse": nn, "sekretariat": nb, "sundneset-direktor": nb}
    for key, coming in affected.items():
        page = region.page(key, "/organisation/notifications/")
        assert told in page and "Vi har nattevakt nok." in page, key
        assert region.person("granlia-direktor").name in page
        assert coming in page
    for key in ("granlia-ansatt-oppvekst", STRANGER):
        assert told not in region.page(key, "/organisation/notifications/")
