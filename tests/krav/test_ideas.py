"""S22, S34 and S70: the idea bank, from two fields to a need with the same words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from samrad.governance.models import Rule
from samrad.initiatives.models import Idea, IdeaAnswer, Initiative
from samrad.initiatives.tasks import sweep
from samrad.organisation.tasks import mail_sweep
from tests.krav.region import STRANGER, Region, text_of

krav = pytest.mark.krav
BANK = "/initiatives/ideas/"
TITLE = "La foreldrene velge tid til samtalen selv"
TEXT = "I dag går lapper fram og tilbake i sekken. Vi ville spart en dag i halvåret."


def send(region: Region, key: str, title: str = TITLE, **values: Any) -> Idea:
    """Send an idea through the page, as it stands when it is opened: what is guessed there is sent along."""
    page = region.page(key, f"{BANK}new/")
    guessed = re.search(r'<option value="(\d*)" selected>', page)
    typed = {"title": title, "text": TEXT, "field": guessed[1] if guessed else "", "wants_to_write": "on", **values}
    answer = region.client(key).post(f"{BANK}new/", typed)
    assert answer.status_code == 302, text_of(answer)
    return region.find(lambda: Idea.objects.select_related("field").get(title=title))


def answer(region: Region, key: str, idea: Idea, **values: Any) -> Any:
    fresh = region.find(lambda: Idea.objects.get(pk=idea.pk))
    return region.client(key).post(f"{BANK}{idea.pk}/answer/", {"version": fresh.version, **values})


@krav("S22.AK1", guards=["samrad.initiatives.notifications.tell_idea_sent", "samrad.core.rowsecurity"])
def test_anyone_leaves_an_idea_and_it_comes_to_the_right_expert_group(region: Region) -> None:
    # An elected representative is outside the submission policy, and can report no need.
    assert region.client("folkevalgt").post("/initiatives/start/").status_code == 403
    health = region.find(lambda: str(region.world.fields["helse"].pk))
    send(region, "folkevalgt", "Ett nummer å ringe for pårørende", field=health)
    for key, told in (("faggruppe-helse", True), ("faggruppe-oppvekst", False), (STRANGER, False)):
        page = region.page(key, "/organisation/notifications/")
        assert ("Ett nummer å ringe for pårørende" in page) is told, key
    waits = region.page("faggruppe-helse", "/overview/")
    assert "Svar på ideen" in waits and "Ett nummer å ringe for pårørende" in waits
    # An employee's own field is chosen beforehand: two fields are typed, and that is all.
    page = region.page("granlia-ansatt-oppvekst", f"{BANK}new/")
    form = page[page.index('id="id_title"') - 400 : page.index("Send ideen")]
    typed = len(re.findall(r'<textarea|<input type="text"', form))
    print(f"S22.AK1: {typed} fields typed, 1 page")
    assert typed == 2
    idea = send(region, "granlia-ansatt-oppvekst")
    assert idea.field is not None and idea.field.code == "oppvekst"
    assert TITLE in region.page("faggruppe-oppvekst", "/organisation/notifications/")
    # Who does not know is helped by the secretariat.
    lost = send(region, "granlia-arkiv", "Skjerm med ledige møterom", field="")
    assert "Skjerm med ledige møterom" in region.page("sekretariat", "/overview/")
    assert region.status(STRANGER, f"{BANK}{lost.pk}/") == 404
    assert "Skjerm med ledige" not in region.page(STRANGER, BANK)


@krav(
    "S34.AK1",
    guards=["samrad.initiatives.notifications.tell_idea_answered", "samrad.initiatives.policy.can_answer_idea"],
)
def test_every_idea_gets_an_answer_with_a_reason_and_its_author_is_told(region: Region) -> None:
    author = "granlia-ansatt-oppvekst"
    idea = send(region, author)
    page = region.page(author, f"{BANK}{idea.pk}/")
    assert "faggruppa Oppvekst" in page and region.person("faggruppe-oppvekst").name in page and "Frist" in page
    said = {"kind": "declined", "reason": "Vi venter på det nasjonale systemet til våren."}
    for key in ("faggruppe-helse", "skarholt-ansatt-oppvekst"):
        assert answer(region, key, idea, **said).status_code == 403, key
    assert answer(region, STRANGER, idea, **said).status_code == 404
    lacking = answer(region, "faggruppe-oppvekst", idea, kind="declined", reason="  ")
    assert "Skriv hvorfor" in text_of(lacking)
    assert answer(region, "faggruppe-oppvekst", idea, **said).status_code == 302
    for where in ("/organisation/notifications/", f"{BANK}{idea.pk}/"):
        page = region.page(author, where)
        assert said["reason"] in page and "Tas ikke videre" in page and region.person("faggruppe-oppvekst").name in page
    mail_sweep(0)
    [sent] = [m for m in mail.outbox if m.to == [f"{author}@demo.example"] and TITLE in m.subject]
    assert said["reason"] in sent.body and "fordi du har sendt ideen" in sent.body
    assert "/organisation/notifications/choices/" in sent.body
    # It can be taken back, and then waits again.
    assert region.client("faggruppe-oppvekst").post(f"{BANK}{idea.pk}/answer/undo/", {"version": 2}).status_code == 302
    assert "Venter på svar" in region.page(author, f"{BANK}{idea.pk}/")


@krav("S34.AK1", guards="samrad.initiatives.notifications.tell_answer_due")
def test_whoever_owes_an_answer_is_reminded_once_and_the_secretariat_hears_when_it_is_late(region: Region) -> None:
    idea = send(region, "granlia-ansatt-oppvekst")

    def at(days: int) -> Any:
        return timezone.now() + (idea.due_date - timezone.localdate()) + timezone.timedelta(days=days)

    def told(key: str, words: str) -> int:
        return region.page(key, "/organisation/notifications/").count(f"{words}: {TITLE}\n") or region.page(
            key, "/organisation/notifications/"
        ).count(f"<h2>{words}: {TITLE}")

    sweep(at(-10))
    assert told("faggruppe-oppvekst", "Påminnelse, svar på ideen") == 0
    for _twice in range(2):
        sweep(at(-3))
    assert told("faggruppe-oppvekst", "Påminnelse, svar på ideen") == 1
    assert told("sekretariat", "Ideen har ventet for lenge") == 0
    for _twice in range(2):
        sweep(at(2))
    assert told("faggruppe-oppvekst", "Ideen har ventet for lenge") == 1
    assert told("sekretariat", "Ideen har ventet for lenge") == 1


@krav("S34.AK1", guards="samrad.initiatives.policy.can_answer_idea")
def test_ideas_that_belong_together_are_gathered_and_those_who_sent_them_told(region: Region) -> None:
    first = send(region, "granlia-ansatt-oppvekst")
    second = send(region, "skarholt-ansatt-oppvekst", "Foreldrene bør bestille samtale på nett")
    # What is like it is shown while the second is written.
    alike = region.page("skarholt-ansatt-oppvekst", f"{BANK}alike/?title=foreldrene+velger+samtale")
    assert TITLE in alike and TITLE not in region.page(STRANGER, f"{BANK}alike/?title=foreldrene+velger+samtale")
    # Word forms and endings are no hindrance; and one is asked to gather only what one may gather.
    found = region.page("skarholt-ansatt-oppvekst", f"{BANK}alike/?title=medisindispensarar")
    assert "Elektronisk medisindispenser i hjemmetjenesten" in found
    health = send(region, "granlia-ansatt-helse", "Et skap for nettbrettene")
    assert first.reference in region.page("faggruppe-oppvekst", f"{BANK}{second.pk}/answer/")
    assert health.reference not in region.page("faggruppe-oppvekst", f"{BANK}{second.pk}/answer/")
    assert health.reference in region.page("sekretariat", f"{BANK}{second.pk}/answer/")
    url = f"{BANK}{first.pk}/gather/"
    said = {"version": first.version, "ideas": [second.pk], "reason": "Samme idé fra to kommuner."}
    assert region.client("faggruppe-helse").post(url, said).status_code == 403
    assert region.client("faggruppe-oppvekst").post(url, said).status_code == 302
    page = region.page("skarholt-ansatt-oppvekst", f"{BANK}{second.pk}/")
    assert TITLE in page and "Samme idé fra to kommuner." in page
    assert "Samme idé fra to kommuner." in region.page("skarholt-ansatt-oppvekst", "/organisation/notifications/")
    assert "Foreldrene bør bestille samtale på nett" in region.page("granlia-ansatt-oppvekst", f"{BANK}{first.pk}/")
    # When the leading idea is answered, those gathered under it hear it too.
    done = {"kind": "exists", "reason": "Systemet Kontakt gjør dette alt."}
    assert answer(region, "faggruppe-oppvekst", first, **done).status_code == 302
    assert done["reason"] in region.page("skarholt-ansatt-oppvekst", "/organisation/notifications/")


@krav("S34.AK2", guards="samrad.core.rowsecurity")
def test_any_employee_sees_the_portfolio(region: Region) -> None:
    url = f"/portfolio/{region.portfolio().pk}/"
    for key in ("bekkjarvoll-ansatt-teknisk", "fossmark-ansatt-helse", "granlia-arkiv"):
        assert 'href="/portfolio/"' in region.page(key, "/overview/")
        assert "Elektronisk medisindispenser i hjemmetjenesten" in region.page(key, url), key
    assert region.status(STRANGER, url) == 404


@krav("S70.AK1", guards="samrad.initiatives.policy.can_make_need")
def test_an_idea_becomes_a_draft_with_nothing_typed_again(region: Region) -> None:
    author, lead = "granlia-ansatt-oppvekst", "faggruppe-oppvekst"
    idea = send(region, author)
    said = {"kind": "need", "reason": "Takk. Vi skriver behovet sammen."}
    assert answer(region, "skarholt-ansatt-oppvekst", idea, **said).status_code == 403
    made = answer(region, lead, idea, **said)
    need = region.find(lambda: Initiative.objects.select_related("field", "owner").get(ideas=idea))
    assert made.status_code == 302 and made.headers["Location"] == f"/initiatives/{need.pk}/step/1/"
    assert (need.title, need.answers["problem"]) == (TITLE, TEXT)
    assert need.owner.slug == "granlia" and need.field is not None and need.field.code == "oppvekst"
    for key in (author, lead):  # both write it: the author wanted to take part
        step = region.page(key, f"/initiatives/{need.pk}/step/1/")
        assert TITLE in step and TEXT in step, key
    print("S70.AK1: 0 fields typed again")
    for key in ("granlia-ansatt-helse", STRANGER):
        assert region.status(key, f"/initiatives/{need.pk}/step/1/") == 404, key
    # The idea shows what it led to, and the need where it began.
    assert need.reference in region.page("granlia-ansatt-helse", f"{BANK}{idea.pk}/")
    assert idea.reference in region.page(author, f"/overview/initiatives/{need.pk}/")
    # One who does not want to write is left in peace.
    quiet = send(region, author, "Et skap for nettbrettene", wants_to_write="")
    assert answer(region, lead, quiet, **said).status_code == 302
    other = region.find(lambda: Initiative.objects.get(ideas=quiet))
    assert region.status(author, f"/initiatives/{other.pk}/step/1/") == 404
    kinds = region.find(lambda: list(IdeaAnswer.objects.filter(idea=quiet).values_list("kind", flat=True)))
    assert kinds == ["need"]


@krav("S34.AK1", guards="samrad.governance.policy.rule_lacks")
def test_the_deadline_for_an_answer_is_a_rule_with_a_first_day(region: Region) -> None:
    url, today = "/governance/rules/standard/idea-answer-days/", timezone.localdate()
    assert "Innen 21 dager har du et svar" in region.page("granlia-ansatt-oppvekst", f"{BANK}new/")
    said = {
        "version": "0",
        "owner": str(region.world.region.pk),
        "name": "Svarfrist",
        "valid_from": f"{today:%d.%m.%Y}",
    }
    assert region.client("granlia-ansatt-oppvekst").post(url, {**said, "amount": "7"}).status_code == 403
    for wrong in ("0", "2,5", "400", ""):
        refused = region.client("administrator").post(url, {**said, "amount": wrong})
        assert refused.status_code == 400 and "Skriv et helt antall dager" in text_of(refused), wrong
    before = send(region, "granlia-ansatt-oppvekst")
    assert region.client("administrator").post(url, {**said, "amount": "7"}).status_code == 302
    assert "Innen 7 dager har du et svar" in region.page("granlia-ansatt-oppvekst", f"{BANK}new/")
    after = send(region, "granlia-ansatt-oppvekst", "Felles kalender for møterommene")
    assert before.due_date - today >= timedelta(days=21)
    assert timedelta(days=7) <= after.due_date - today <= timedelta(days=9)  # never a weekend
    rule = region.find(lambda: Rule.objects.get(code="idea-answer-days"))
    refused = region.client("administrator").post(f"/governance/rules/{rule.pk}/end/")
    assert refused.status_code == 403
    assert "En idé har alltid en frist" in region.page("administrator", f"/governance/rules/{rule.pk}/")
    assert region.status(STRANGER, f"/governance/rules/{rule.pk}/") == 404


@krav("S22.AK1", guards=["samrad.initiatives.queries.ideas_alike"])
def test_ideas_are_found_whatever_the_form_of_their_words(region: Region) -> None:
    title = "Elektroniske nøkkelbokser til hjemmetjenesten"
    health = region.find(lambda: str(region.world.fields["helse"].pk))
    idea = send(region, "granlia-ansatt-helse", title, text="Vi bruker en time om dagen på å hente dem.", field=health)
    for asked in ("nøkkelboks", "nykkelboksar i heimetenesta", "elektronisk nøkelboks", "hjemmetjeneste nøkkel"):
        assert title in region.page("skarholt-ansatt-helse", f"{BANK}alike/?title={asked}"), asked
        assert title not in region.page(STRANGER, f"{BANK}alike/?title={asked}"), asked
    assert title not in region.page("skarholt-ansatt-helse", f"{BANK}alike/?title=svømmehall")
    # What is withdrawn is gone from what others find.
    assert region.client("granlia-ansatt-helse").post(f"{BANK}{idea.pk}/withdraw/").status_code == 302
    assert title not in region.page("skarholt-ansatt-helse", f"{BANK}alike/?title=nøkkelboks")
