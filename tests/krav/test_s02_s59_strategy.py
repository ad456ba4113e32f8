"""S2, S3, S14, S21 and S59: the strategy, what initiatives support of it, and the voice of the elected."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import override

from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.initiatives.actions import link_goals
from samrad.organisation.models import Notification
from samrad.strategy.models import ActionPlan, ActionPoint, ElectedInput, Goal, InputRound, Strategy
from samrad.strategy.queries import running_out
from samrad.strategy.tasks import sweep
from tests.initiatives.form import send
from tests.krav.region import CONSENT, MEDICINE, ORDER, STRANGER, Region, text_of

krav = pytest.mark.krav
AUTHOR = "fossmark-ansatt-organisasjon"
SECRETARIAT = "sekretariat"


def strategy(region: Region) -> Strategy:
    return region.find(lambda: Strategy.objects.get(adopted_date__isnull=False))


def plan(region: Region, year: int | None = None) -> ActionPlan:
    return region.find(lambda: ActionPlan.objects.get(year=year or timezone.localdate().year))


def point(region: Region, title: str, year: int | None = None) -> ActionPoint:
    wanted = year or timezone.localdate().year
    return region.find(lambda: ActionPoint.objects.select_related("plan").get(title=title, plan__year=wanted))


def report(region: Region, key: str, kind: str, year: int | None = None) -> str:
    return region.page(key, f"/overview/strategy/{plan(region, year).pk}/{kind}/")


def matter(page: str) -> str:
    """The page without its frame."""
    return page[page.index("<h1") :]


def to_anchoring(region: Region) -> HttpResponse:
    need = region.need(ORDER)
    return region.client(AUTHOR).post(f"/anchoring/{need.pk}/send/", {"version": need.version})


def say(region: Region, **values: Any) -> None:
    """Fill in step 2 of the draft."""
    send(region.client(AUTHOR), region.need(ORDER).pk, 2, **values)


@krav("S2.AK1", guards=["samrad.initiatives.policy.lacks_goal"])
def test_no_need_is_sent_without_a_goal_or_a_reason(region: Region) -> None:
    lack = "Velg et mål, eller skriv hvorfor det ikke har noe."
    review = f"/initiatives/{region.need(ORDER).pk}/review/"
    say(region, goal="", goals=[])
    refused = to_anchoring(region)
    assert refused.status_code == 409 and lack in text_of(refused)
    assert lack in region.page(AUTHOR, review)
    assert region.status(STRANGER, review) == 404
    say(region, goal="Ingen mål dekker det, men avtalene løper ut.")  # a reason is enough
    assert lack not in region.page(AUTHOR, review)
    say(region, goal="", goals=[f"goal-{point(region, 'Rydde i systemene').goal_id}"])  # and so is a goal
    assert lack not in region.page(AUTHOR, review)
    assert to_anchoring(region).status_code == 302


@krav("S2.AK3", guards=["samrad.initiatives.policy.blocks"])
def test_the_submitter_sees_which_of_the_five_blocks_are_filled(region: Region) -> None:
    blocks = ["Utfordring", "Forarbeid", "Plan", "Gevinstpotensial", "Forankring"]

    def states(key: str, url: str) -> list[str]:
        page = region.page(key, url)
        found = dict(re.findall(r'<strong>(\w+)</strong> <span class="block-state">([^<]+)</span>', page))
        return [found.get(block, "") for block in blocks]

    author, need = region.client(AUTHOR), region.need(ORDER)
    review, story = f"/initiatives/{need.pk}/review/", region.story(ORDER)
    filled, partly, unfilled = "fylt ut", "delvis fylt ut", "ikke fylt ut"
    assert states(AUTHOR, review) == states(AUTHOR, story) == [filled, partly, filled, filled, filled]
    send(author, need.pk, 1, problem="", if_nothing="", affected="")
    say(region, goal="", goals=[], consulted="Verneombudet, 3. mars.")
    assert states(AUTHOR, review) == states(AUTHOR, story) == [unfilled, filled, filled, filled, partly]
    assert "Mangler: Et mål, eller hvorfor ikke" in region.page(AUTHOR, review)
    assert region.status(STRANGER, review) == 404 and region.status(STRANGER, story) == 404


@krav("S3.AK1", guards=["samrad.overview.following.points_without", "samrad.overview.following.readable_rows"])
def test_points_without_initiatives_and_initiatives_without_points(region: Region) -> None:
    employee = "granlia-ansatt-teknisk"
    points, needs = matter(report(region, employee, "points")), matter(report(region, employee, "initiatives"))
    assert "Opplæring i trygg bruk av KI" in points and "Trygg legemiddelhåndtering" not in points
    assert "Ny kartportal" not in points  # dropped
    assert MEDICINE not in needs and CONSENT not in needs  # each supports a point
    pk = region.need(CONSENT).pk
    region.find(lambda: region.need(CONSENT).goal_links.filter(point__isnull=False).delete())
    needs = matter(report(region, employee, "initiatives"))
    assert CONSENT in needs and f"/overview/initiatives/{pk}/" in needs
    assert ORDER not in needs  # a draft is nobody else's business
    assert "Ett sted for foresatte" in matter(report(region, employee, "points"))
    for kind in ("points", "initiatives"):
        url = f"/overview/strategy/{plan(region).pk}/{kind}"
        assert region.client(employee).get(f"{url}.csv").content.decode("utf-8-sig").count("\r\n") >= 2
        assert region.status(STRANGER, f"{url}/") == 404 and region.status(STRANGER, f"{url}.csv") == 404


@krav("S3.AK2", guards=["samrad.overview.following.progress", "samrad.strategy.policy.can_follow_up"])
def test_per_cent_done_in_each_focus_area_and_what_it_means(region: Region) -> None:
    reader, head = "folkevalgt", "skarholt-leder-oppvekst"
    before = report(region, reader, "progress")
    assert "Prosent = ferdige punkter av alle punkter i de vedtatte handlingsplanene." in before
    assert "1 av 2 · 50 %" in before
    one = point(region, "Ett sted for foresatte")
    typed = {"status": "done", "note": "Alle skoler er med.", "version": one.version}
    url = f"/strategy/points/{one.pk}/"
    assert region.client("granlia-leder-helse").post(url, typed).status_code == 403  # not responsible for it
    assert region.client(STRANGER).post(url, typed).status_code == 404
    assert region.client(head).post(url, typed).status_code == 302
    after = report(region, reader, "progress")
    assert "2 av 2 · 100 %" in after and "1 av 2 · 50 %" not in after
    assert "100 %" in region.page(reader, f"/strategy/{strategy(region).pk}/")
    assert region.status(STRANGER, f"/overview/strategy/{plan(region).pk}/progress/") == 404


@krav(
    "S3.AK3",
    guards=[
        "samrad.strategy.actions.planning._carry",
        "samrad.strategy.actions.planning._catch_up",
        "samrad.strategy.policy.can_adopt_plan",
    ],
)
def test_a_new_year_carries_on_what_is_unfinished_and_the_old_plan_stands(region: Region) -> None:
    year = timezone.localdate().year
    old, coming = plan(region), plan(region, year + 1)
    carried = point(region, "Rydde i systemene", year + 1)
    assert carried.came_from_id == point(region, "Rydde i systemene").pk
    assert f"Fra {year}" in region.page("folkevalgt", f"/strategy/plans/{coming.pk}/")
    done = "Roboter for rutinearbeid"
    assert done not in region.page("folkevalgt", f"/strategy/plans/{coming.pk}/")  # finished, so it stays
    # Finished in the old plan while the new is a draft: then it is not carried on after all.
    one = point(region, "Selvbetjent byggesak")
    typed = {"status": "done", "note": "", "version": one.version}
    assert region.client("sundneset-leder-teknisk").post(f"/strategy/points/{one.pk}/", typed).status_code == 302
    adoption = {"adopted_by": "Kommunestyrene", "adopted_date": "15.12.2025", "version": coming.version}
    url = f"/strategy/plans/{coming.pk}/adopt/"
    assert region.client("granlia-ansatt-teknisk").post(url, adoption).status_code == 403
    assert region.client(STRANGER).post(url, adoption).status_code == 404
    assert region.client(SECRETARIAT).post(url, adoption).status_code == 302
    new, before = (region.page("folkevalgt", f"/strategy/plans/{p.pk}/") for p in (coming, old))
    assert "Selvbetjent byggesak" not in new and "Rydde i systemene" in new
    assert f"Ført videre til {year + 1}" in before and done in before and "Selvbetjent byggesak" in before
    # What was said in the old year is still there, and is said no more.
    stale = region.client("fossmark-leder-organisasjon").get(f"/strategy/points/{carried.came_from_id}/")
    assert "Punktet er ført videre i en senere plan." in text_of(stale) and "I gang" in text_of(stale)
    again = region.client(SECRETARIAT).post(url, adoption)
    assert again.status_code == 403  # what is adopted is not adopted again
    after = {"year": year + 2, "carry_from": coming.pk}
    assert region.client(SECRETARIAT).post(f"/strategy/{coming.strategy_id}/plans/add/", after).status_code == 302
    third = region.page(SECRETARIAT, f"/strategy/plans/{plan(region, year + 2).pk}/")
    assert "Rydde i systemene" in third and f"Fra {year + 1}" in third
    row = region.page("folkevalgt", f"/strategy/points/{point(region, 'Rydde i systemene', year + 2).pk}/")
    assert all(f">{y}</a>: I gang" in row for y in (year, year + 1))  # the same point, year by year


@krav("S14.AK1", guards=["samrad.initiatives.policy.lacks_goal", "samrad.overview.following.readable_rows"])
def test_outside_the_plan_needs_a_reason_and_is_reported_with_it(region: Region) -> None:
    reason = "Forskriften gjelder fra nyttår."
    say(region, goals=[], goal="", outside_plan="law", outside_reason="")
    refused = to_anchoring(region)
    assert refused.status_code == 409 and "Skriv hvorfor det er utenom planen." in text_of(refused)
    say(region, goals=[], goal="", outside_plan="law", outside_reason=reason)
    assert to_anchoring(region).status_code == 302
    assert ORDER not in report(region, "granlia-ansatt-teknisk", "outside")  # not sent in yet
    expert, head = "faggruppe-organisasjon", "fossmark-leder-organisasjon"
    assert region.answer(expert, ORDER, "expert_group").status_code == 302
    assert region.answer(head, ORDER, "endorsement").status_code == 302
    assert region.submit(AUTHOR, ORDER).status_code == 302
    page = report(region, SECRETARIAT, "outside")
    assert ORDER in page and "Ny lov eller forskrift" in page and reason in page
    story = region.page("folkevalgt", region.story(ORDER))
    assert "Utenom planen" in story and reason in story
    listed = report(region, "granlia-ansatt-teknisk", "outside")  # sees the title, but does not read it yet
    assert ORDER in listed and reason not in listed
    assert region.status(STRANGER, f"/overview/strategy/{plan(region).pk}/outside/") == 404


@krav("S59.AK1", guards=["samrad.strategy.actions.measuring.warn_of_expiry"])
def test_those_responsible_are_warned_before_a_strategy_runs_out_and_when_it_has(region: Region) -> None:
    one, now = strategy(region), timezone.now()
    warned = {SECRETARIAT, "administrator"}

    def told(kind: str) -> set[str]:
        rows = Notification.objects.filter(kind=f"strategy.{kind}").select_related("person")
        return set(region.find(lambda: [row.person.email.split("@")[0] for row in rows]))

    def ends(days: int) -> None:
        last = timezone.localdate() + timedelta(days=days)
        region.find(lambda: Strategy.objects.filter(pk=one.pk).update(valid_to=last))

    def looked_at() -> list[int]:
        on = timezone.localdate()
        return region.find(lambda: [found.pk for found in running_out(one.owner_id, on=on)])

    url = f"/strategy/{one.pk}/"
    sweep(now)
    assert told("before") == set() and "går ut om" not in region.page("folkevalgt", url)  # two years left
    ends(100)
    assert looked_at() == [one.pk]
    sweep(now)
    assert looked_at() == []  # it is told of
    sweep(now + timedelta(days=1))  # twice is once
    assert told("before") == warned and told("expired") == set()
    assert region.find(lambda: Notification.objects.filter(kind="strategy.before").count()) == len(warned)
    assert "Denne strategien går ut om 100 dager" in region.page("folkevalgt", url)
    ends(-1)
    assert looked_at() == [one.pk]
    sweep(now)
    assert told("expired") == warned and looked_at() == []  # and not looked at each hour for all time
    assert "Denne strategien har gått ut" in region.page("folkevalgt", "/strategy/")
    assert region.status(STRANGER, url) == 404


@krav("S21.AK4", guards=["samrad.strategy.policy.can_give_input", "samrad.strategy.policy.can_answer_input"])
def test_the_elected_are_heard_each_year_and_get_an_answer_that_all_can_read(region: Region) -> None:
    year, today = timezone.localdate().year, timezone.localdate()
    one, secretariat, elected = strategy(region), region.client(SECRETARIAT), region.client("folkevalgt")
    assert f"Innspill {year}" in region.page("folkevalgt", f"/strategy/{one.pk}/")
    ask = f"/strategy/{one.pk}/input/add/"
    days = {"opens_on": f"{today:%d.%m.%Y}", "closes_on": f"{today + timedelta(days=30):%d.%m.%Y}"}
    typed = {"year": year + 1, "question": "Hva er viktigst?", **days}
    assert elected.post(ask, typed).status_code == 403
    assert "allerede spurt" in text_of(secretariat.post(ask, {**typed, "year": year}))  # once a year
    assert secretariat.post(ask, typed).status_code == 302
    asked = region.find(lambda: InputRound.objects.get(year=year + 1))
    url, text = f"/strategy/input/{asked.pk}/", "Skolene må komme først."
    assert (
        region.client("granlia-ansatt-teknisk").post(url, {"text": text}).status_code == 403
    )  # an employee is not elected
    assert region.client(STRANGER).post(url, {"text": text}).status_code == 404
    assert elected.post(url, {"text": text}).status_code == 302
    said = region.find(lambda: ElectedInput.objects.get(round=asked))
    answering = f"/strategy/input/answers/{said.pk}/"
    answer = {"outcome": "not_taken_in", "answer": "Helse er først i planen kommunestyrene vedtok."}
    assert elected.post(answering, answer).status_code == 403
    assert "Skriv hvorfor" in text_of(secretariat.post(answering, {**answer, "answer": ""}))
    assert secretariat.post(answering, answer).status_code == 302
    read = region.page("granlia-ansatt-teknisk", url)
    assert text in read and "Ikke tatt inn" in read and answer["answer"] in read
    record = {"said_by_name": "Formannskapet", "text": "Enig.", "source": ""}
    assert "Skriv hvor" in text_of(secretariat.post(f"{url}record/", record))  # on someone's behalf, with the source
    assert secretariat.post(f"{url}record/", {**record, "source": "Møte 3. mai"}).status_code == 302
    assert "skrevet ned av" in region.page("folkevalgt", url)
    events = region.find(lambda: list(Event.objects.filter(kind="strategy.InputGiven").values_list("data", flat=True)))
    assert all(set(e) == {"round_id", "input_id", "on_behalf"} for e in events)


@krav("S2.AK1", guards="samrad.initiatives.policy.can_link")
def test_only_goals_that_are_in_force_where_one_works_are_linked(region: Region) -> None:
    need = region.need(ORDER)
    held = region.find(lambda: [link.code for link in need.goal_links.all()])
    coming = region.find(lambda: Goal.objects.filter(area__strategy__adopted_date=None)[0])
    for code in (f"goal-{coming.pk}", "goal-999999", "goal-x", "point-", "noe"):
        with pytest.raises(Refused, match="strategi som gjelder"), override("nb"):
            region.do(AUTHOR, link_goals, initiative_id=need.pk, version=None, codes=[*held, code])
    assert region.find(lambda: [link.code for link in need.goal_links.all()]) == held
    known = region.find(lambda: Goal.objects.filter(area__strategy=strategy(region)).order_by("pk")[0])
    region.do(AUTHOR, link_goals, initiative_id=need.pk, version=None, codes=[f"goal-{known.pk}"])
    assert region.find(lambda: [link.code for link in need.goal_links.all()]) == [f"goal-{known.pk}"]
