"""From «Meld inn behov» to the head of sector's answer with the keyboard alone, with and without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page

from samrad.anchoring.models import Request
from samrad.initiatives.models import Initiative
from tests.browser.keys import SKIP, Keys
from tests.browser.region import Region
from tests.ui.pages import WIDE


def report_a_need(keys: Keys, title: str, head: str) -> None:
    """A small need, step by step, until it is sent."""
    keys.press("Meld inn behov")
    keys.write("title", title).write("problem", "Nøkler hentes for hånd.").write("if_nothing", "Tiden går.")
    keys.write("affected", "Ansatte og brukere.").write("field", "Helse")
    keys.write("classification", "Utvikling").press("Neste steg")
    keys.write("benefits-0-title", "Mindre kjøring").write("benefits-0-kind", "Spart")
    keys.write("benefits-0-hours_a_year", "1 200").press("Neste steg")
    keys.write("one_off_kr", "40 000").write("annual_kr", "8 000").press("Neste steg")
    keys.write("need_owner", head).press("Neste steg")
    keys.write("question", "Tilrå at vi kjøper e-lås.").press("Neste steg")
    keys.press("Se over")
    keys.press("Send inn")


def answer_it(region: Region, page: Page, keys: Keys, kind: str, title: str, who: str) -> None:
    """The one who is asked finds the request on My page, and says yes."""
    region.sign_in(page.context, who)
    page.goto(f"{region.url}/overview/")
    asked = region.look(lambda: Request.objects.get(kind=kind, initiative__title=title))
    link = page.locator(f"main a[href='/anchoring/requests/{asked.pk}/answer/']").first  # what waits; then messages
    summary = page.locator("details:not(.menu) > summary")
    if not link.is_visible() and summary.count():
        keys.to(text=summary.inner_text().strip())
        page.keyboard.press("Enter")
    keys.press(link.inner_text().strip())
    keys.tick("answer", "recommended").press("Gi svaret")
    answered = region.look(lambda: Request.objects.get(pk=asked.pk))
    assert answered.answer == "recommended" and answered.answered_by_id == region.person(who).pk


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_need_is_reported_and_recommended_by_keyboard(region: Region, browser: Browser, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script, viewport=WIDE, locale="nb-NO")
    page, author = context.new_page(), "fjelldal-ansatt-helse"
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    keys, title = Keys(page), f"E-lås med tastatur {'med' if script else 'uten'} skript"
    region.sign_in(context, author)
    page.goto(f"{region.url}/overview/")
    report_a_need(keys, title, region.person("fjelldal-leder-helse").name)
    sent = region.look(lambda: Initiative.objects.get(title=title))
    assert page.url.partition("#")[0].endswith(f"/overview/initiatives/{sent.pk}/")
    answer_it(region, page, keys, "expert_group", title, "faggruppe-helse")
    answer_it(region, page, keys, "endorsement", title, "fjelldal-leder-helse")
    assert said == []
    context.close()


def test_the_first_stop_leads_past_the_menu(region: Region, page: Page) -> None:
    region.sign_in(page.context, "leder")
    page.goto(f"{region.url}/overview/")
    keys = Keys(page)
    page.keyboard.press("Tab")
    first = keys.focused()
    assert first["text"] == SKIP and first["ringed"] and first["there"]
    page.keyboard.press("Enter")
    assert keys.focused()["id"] == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")
