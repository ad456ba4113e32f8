"""S2, S21, S32, S33 and S35: who is heard, the chief executive, expert groups, a leader's tasks, and guests."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samrad.anchoring.models import BacklogItem, GuestPass, Request, Stakeholder
from samrad.anchoring.tasks import sweep
from samrad.core.acting import acting_for
from samrad.eventlog.models import Event
from samrad.governance.models import Body
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields
from samrad.organisation.models import Notification
from tests.initiatives.form import send
from tests.krav.region import MAIL, ORDER, STRANGER, Region, text_of

krav = pytest.mark.krav
AUTHOR, HEAD, CHIEF = "fjelldal-ansatt-organisasjon", "fjelldal-leder-organisasjon", "fjelldal-direktor"
PAGES, TYPED = 2, 1  # what a head of sector's answer may take


@krav(
    "S2.AK2",
    guards="samrad.anchoring.queries.hearing.to_be_heard",
)
def test_every_affected_unit_is_listed_with_its_answer(region: Region) -> None:
    author, need = "fossmark-ansatt-organisasjon", region.need(ORDER)
    towns = [region.world.towns[t].pk for t in ("fossmark", "granlia")]
    send(region.client(author), need.pk, 1, participant_ids=towns)
    school = region.world.units["fossmark", "oppvekst"]
    url = f"/anchoring/{need.pk}/send/"
    page = region.page(author, url)
    assert "Oppvekst, Fossmark kommune" in page and "Disse blir hørt samtidig, fordi de deltar: Granlia kommune" in page
    typed = {"version": region.need(ORDER).version, "affected": [school.pk], "shown": "on"}
    for other in ("fossmark-ansatt-helse", STRANGER):
        assert region.client(other).post(url, typed).status_code == 404
    assert region.client(author).post(url, typed).status_code == 302
    assert region.answer("faggruppe-organisasjon", ORDER, "expert_group").status_code == 302
    hearing = f"/anchoring/{need.pk}/hearing/"
    assert region.page(author, hearing).count("Ikke svart") == 2
    asked = region.find(lambda: {r.unit_id: r.pk for r in Request.objects.filter(initiative=need, kind="hearing")})
    answer = f"/anchoring/requests/{asked[school.pk]}/answer/"
    head = region.client("fossmark-leder-oppvekst")
    assert "Stemmer dette bildet av utfordringen hos dere?" in text_of(head.get(answer))
    remark = {"version": 1, "answer": "with_remark", "text": "Hos oss gjelder det også barnehagene."}
    assert region.client(STRANGER).post(answer, remark).status_code == 404
    assert head.post(answer, remark).status_code == 302
    listed = region.page(author, hearing)
    for said in ("Oppvekst, Fossmark kommune", "Har merknader", "barnehagene", "Ikke svart"):
        assert said in listed, said
    assert "Granlia kommune" in listed and region.status(STRANGER, hearing) == 404
    # The author cannot send it in before the other is heard, and cannot choose for others afterwards.
    assert region.answer("fossmark-leder-organisasjon", ORDER, "endorsement").status_code == 302
    assert region.submit(author, ORDER).status_code == 409
    assert region.client("fossmark-leder-oppvekst").post(hearing, {"version": 1, "shown": "on"}).status_code == 409


@krav(
    "S21.AK2",
    guards="samrad.anchoring.policy.answer_lacks",
)
def test_a_no_stops_it_with_a_reason_the_group_reads_and_the_chief_executive_can_look_again(region: Region) -> None:
    need = region.need(MAIL)
    no = {"answer": "not_recommended", "text": ""}
    assert region.answer(HEAD, MAIL, "endorsement", **no).status_code == 409  # not without a reason
    assert region.answer(HEAD, MAIL, "endorsement", "not_recommended", "Vi har ikke råd nå.").status_code == 302
    assert region.case(MAIL).state == "stopped" and region.submit(AUTHOR, MAIL).status_code == 409
    assert "Vi har ikke råd nå." in region.page("faggruppe-organisasjon", region.story(MAIL))
    url = f"/anchoring/{need.pk}/escalate/"
    assert f'href="{url}"' in region.page(AUTHOR, region.story(MAIL))
    why = {"version": region.need(MAIL).version, "reason": "Staten betaler halvparten."}
    for other in ("fjelldal-ansatt-helse", STRANGER):
        assert region.client(other).post(url, why).status_code == 404
    assert region.client(AUTHOR).post(url, {**why, "reason": ""}).status_code == 422
    assert region.client(AUTHOR).post(url, why).status_code == 302
    asked = region.asked(MAIL, "escalation")
    page = region.page(CHIEF, f"/anchoring/requests/{asked.pk}/answer/")
    assert "Vi har ikke råd nå." in page and "Staten betaler halvparten." in page
    assert region.answer(HEAD, MAIL, "escalation").status_code == 409  # it is not the head's to answer
    assert region.answer(CHIEF, MAIL, "escalation", "with_remark", "Ta det av fondet.").status_code == 302
    # The head's no stays on the record beside the yes, and follows the case.
    story = region.page(AUTHOR, region.story(MAIL))
    assert "Ikke alle er enige." in story and "Vi har ikke råd nå." in story and "Ta det av fondet." in story
    assert region.submit(AUTHOR, MAIL).status_code == 302
    assert region.client(AUTHOR).post(url, {**why, "version": region.need(MAIL).version}).status_code == 409


@krav("S21.AK5", guards="samrad.anchoring.policy.can_take_silence_for_yes")
def test_silence_is_reminded_of_then_taken_to_the_chief_executive_and_never_a_yes(region: Region) -> None:
    asked = region.asked(MAIL, "endorsement")
    late = timezone.now() + (asked.due_date - timezone.localdate()) + timedelta(days=9)
    for moment in (late - timedelta(days=9), late, late + timedelta(days=40)):
        sweep(moment)
    case = region.case(MAIL)
    assert case.state == "awaiting_endorsement"  # never a yes by itself
    kinds = region.find(lambda: set(Notification.objects.filter(initiative_id=case.initiative_id).values_list("kind")))
    assert {("anchoring.reminded",), ("anchoring.passed",), ("anchoring.escalated",)} <= kinds
    assert "Svar som kommunedirektør" in region.page(CHIEF, "/overview/")
    assert "Svar som kommunedirektør" not in region.page("granlia-direktor", "/overview/")
    assert region.answer(CHIEF, MAIL, "escalation").status_code == 302
    assert region.case(MAIL).state == "endorsed"
    assert region.client(HEAD).get(f"/anchoring/requests/{asked.pk}/answer/").status_code == 200
    gone = {"version": asked.version, "answer": "recommended", "text": ""}
    assert region.client(HEAD).post(f"/anchoring/requests/{asked.pk}/answer/", gone).status_code == 409


def _group(region: Region) -> Body:
    return region.find(lambda: Body.objects.get(kind="expert_group"))


def _order(page: str) -> list[str]:
    return re.findall(r'<li class="card" id="need-\d+">\s*<h3>(.*?)</h3>', page)


@krav("S32.AK1", guards=["samrad.anchoring.policy.can_lead_group", "samrad.anchoring.queries.groups.ranked"])
def test_an_expert_group_ranks_its_own_needs_by_buttons(region: Region) -> None:
    group = _group(region)
    url, lead, member = f"/anchoring/groups/{group.pk}/", "faggruppe-helse", "granlia-ansatt-helse"
    before = _order(region.page(lead, url))
    assert len(before) == 3
    ids = region.find(lambda: dict(BacklogItem.objects.values_list("title", "pk")))

    def move(key: str, title: str, place: int) -> int:
        seen = region.find(lambda: group.rankings.order_by("-pk").values_list("pk", flat=True)[0])
        typed = {"item": ids[title], "place": place, "seen": seen}
        return int(region.client(key).post(f"{url}rank/", typed).status_code)

    assert move(member, before[2], 1) == 403 and move(STRANGER, before[2], 1) == 404
    assert _order(region.page(lead, url)) == before
    assert move(lead, before[2], 1) == 302
    assert _order(region.page(lead, url)) == [before[2], before[0], before[1]]
    page = region.page(member, url)  # its members read the order, who set it and when
    assert f"Sist rangert av {region.person(lead).name}" in page and ">Opp<" not in page
    stale = {"item": ids[before[0]], "place": 1, "seen": 0}
    again = region.client(lead).post(f"{url}rank/", stale, follow=True)
    assert "Noen har rangert siden du åpnet siden." in text_of(again)
    for other in ("fossmark-ansatt-teknisk", STRANGER):
        assert region.status(other, url) == 404


@krav("S32.AK2", guards=["samrad.anchoring.queries.groups._on_their_way", "samrad.anchoring.policy.can_see_group"])
def test_the_head_sees_where_all_the_fields_initiatives_stand(region: Region) -> None:
    url = f"/anchoring/groups/{_group(region).pk}/"
    page = region.page("faggruppe-helse", url)
    field = region.world.fields["helse"]
    rows = region.find(
        lambda: list(Initiative.objects.filter(field=field, stage__gt=0).values_list("title", "reference"))
    )
    assert len(rows) >= 3
    for title, reference in rows:
        assert title in page and reference in page, title
    assert "Ligger hos" in page
    for other in ("fossmark-ansatt-teknisk", STRANGER):
        assert region.status(other, url) == 404


@krav("S33.AK1", guards="samrad.anchoring.policy.can_read_request")
def test_a_head_of_sector_answers_from_the_mail_on_two_pages_with_one_typed_field(region: Region) -> None:
    head = region.person(HEAD)
    told = region.find(lambda: Notification.objects.filter(person=head, kind="anchoring.asked").latest("pk"))
    nobody = Client().get(told.path)
    assert nobody.status_code == 302 and told.path in nobody.headers["Location"]  # forwarded, it opens nothing
    assert region.status("fjelldal-ansatt-helse", told.path) == 404 and region.status(STRANGER, told.path) == 404
    client = region.client(HEAD)
    pages = [client.get(told.path)]
    typed = {"text"} & set(re.findall(r'<(?:textarea|input type="text")[^>]*name="(\w+)"', text_of(pages[0])))
    assert "Kort sagt" in text_of(pages[0])
    version = region.asked(MAIL, "endorsement").version
    done = client.post(told.path, {"version": version, "answer": "with_remark", "text": "Start i høst."}, follow=True)
    pages.append(done)
    assert "Svaret ditt er lagret" in text_of(done) and region.case(MAIL).state == "endorsed"
    print(f"S33.AK1: a head of sector's answer took {len(pages)} pages and {len(typed)} typed field")
    assert len(pages) <= PAGES and len(typed) <= TYPED
    mine = region.page(HEAD, "/overview/")
    assert told.path not in re.sub(r"<aside.*?</aside>", "", mine, flags=re.S)


@krav("S35.AK1", guards="samrad.anchoring.policy.can_share")
def test_a_guest_sees_only_what_is_shared_until_the_day_it_ends(region: Region) -> None:
    need, client = region.need(MAIL), region.client(AUTHOR)
    who = {"name": "Ola Nabo", "kind": "municipality", "organisation": "Nabokommunen", "note": "Vil bygge det samme."}
    assert client.post("/anchoring/stakeholders/", who).status_code == 302
    assert "Vil bygge det samme." in region.page(AUTHOR, "/anchoring/stakeholders/")
    guest = region.find(lambda: Stakeholder.objects.get(name="Ola Nabo"))
    url, last = f"/anchoring/{need.pk}/share/", timezone.localdate() + timedelta(days=20)
    typed = {"stakeholder": guest.pk, "parts": ["need"], "last_date": last.strftime("%d.%m.%Y"), "may_comment": "on"}
    for other in ("fjelldal-ansatt-helse", STRANGER):
        assert region.client(other).post(url, typed).status_code == 404
    assert client.post(url, typed).status_code == 302
    link = re.search(r'value="[^"]*(/anchoring/guest/[^"]+)"', region.page(AUTHOR, url))
    assert link is not None
    opened = Client().get(link[1])
    page = text_of(opened)
    # The address is told to no other site, and the browser says where the comment comes from: without it, it is refused.
    assert opened.headers["Referrer-Policy"] == "same-origin" and opened.headers["Cache-Control"].count("no-store") == 1
    strict = Client(enforce_csrf_checks=True)
    form = {
        "csrfmiddlewaretoken": re.findall(
            r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(link[1]).content.decode()
        )[-1]
    }
    assert strict.post(link[1], {**form, "text": "Uten opphav."}, headers={"origin": "null"}).status_code == 403
    assert (
        strict.post(link[1], {**form, "text": "Fra siden."}, headers={"origin": "http://testserver"}).status_code == 302
    )
    assert need.answers["problem"] in page and "200 000" not in page and "Gevinst 1" not in page
    assert Client().get(link[1][:-3] + "xx/").status_code in (404, 410)
    assert Client().post(link[1], {"text": "Vi vil være med."}).status_code == 302
    assert "Vi vil være med." in region.page(AUTHOR, url) and "Åpnet 2 ganger" in region.page(AUTHOR, url)
    # What is exempt later is gone from the page at once.
    by = region.actor(AUTHOR)
    with acting_for(by.entities):
        exempt_fields(
            by=by,
            at=timezone.now(),
            house=need,
            initiative_id=need.pk,
            field_group="need",
            legal_basis="Offentleglova § 13",
            involved=True,
        )
    assert need.answers["problem"] not in text_of(Client().get(link[1]))
    given = region.find(lambda: GuestPass.objects.latest("pk"))
    assert client.post(f"{url}{given.pk}/end/").status_code == 302
    gone = Client().get(link[1])
    assert gone.status_code == 410 and need.title not in text_of(gone)
    # Who is taken out of the register opens nothing more, and the need's log says that the link ended.
    assert client.post(url, typed | {"parts": ["state"]}).status_code == 302
    second = region.find(lambda: GuestPass.objects.latest("pk"))
    assert client.post(f"/anchoring/stakeholders/{guest.pk}/remove/").status_code == 302
    ended = region.find(
        lambda: list(Event.objects.filter(kind="anchoring.GuestLinkEnded").values_list("data", flat=True))
    )
    assert [data["guest_pass_id"] for data in ended] == [given.pk, second.pk]
    assert region.find(lambda: GuestPass.objects.get(pk=second.pk).revoked_at) is not None
