"""Somebody goes through the alerts of a month, with and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import AlertState, Severity
from appliance.store import Watch
from tests.browser.conftest import sign_in
from tests.kit import people
from tests.kit.people import HOUR, NOW
from tests.kit.site import Site
from tests.kit.story import tell_story


def fill(opened: Site) -> None:
    """Have five devices more call where they have no business."""
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts(
        [
            people.alert(
                f"b-{number}",
                key=("off_limits", str(number)),
                detector="off_limits",
                severity=Severity.WARNING,
                about=f"06:00:00:00:00:0{number}",
                first_at=NOW - number * HOUR,
                last_at=NOW - number * HOUR,
                words={"host": "updates.example"},
                peers=("updates.example",),
            )
            for number in range(5)
        ]
    )
    watch.close()


def filtered(page: Page, url: str) -> None:
    page.goto(f"{url}/alerts")
    page.select_option("#severity", "warning")
    page.select_option("#detector", "off_limits")
    page.click("form.filter button")
    page.wait_for_url(re.compile(r"detector=off_limits"))
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator(".alerts .tickable")).to_have_count(6)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_three_of_those_that_a_filter_leaves_are_called_normal_with_a_reason(
    alone: tuple[Site, str], chromium: Browser, scripts: bool
) -> None:
    opened, url = alone
    fill(opened)
    context = chromium.new_context(java_script_enabled=scripts, locale="fr")
    page = context.new_page()
    sign_in(page, url)
    filtered(page, url)
    for number in (0, 2, 3):
        page.check(f"#tick-b-{number}")
    page.fill("#pick-reason", "Mises à jour du fabricant")
    page.select_option("#pick-days", "30")
    page.get_by_role("button", name="Normal ici").click()
    expect(page.get_by_role("status").first).to_contain_text("normal ici pour 3 alertes")
    assert page.url.endswith("/alerts?severity=warning&detector=off_limits")
    expect(page.locator(".alerts .tickable")).to_have_count(3)
    said = [one for one in opened.reader.decisions() if one.verdict is Verdict.NORMAL][-3:]
    assert {(one.reason, one.peer) for one in said} == {
        ("Mises à jour du fabricant", "updates.example")
    }
    page.get_by_role("link", name=re.compile("Normales ici")).click()
    expect(page.locator(".alerts .tickable")).to_have_count(3)
    context.close()


def test_a_reason_is_asked_for_before_anything_is_sent_but_not_for_having_looked(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    page = chromium.new_page(locale="fr")
    sign_in(page, url)
    page.goto(f"{url}/alerts")
    page.check("#tick-a-phone")
    page.get_by_role("button", name="Classer").click()
    assert page.evaluate("document.activeElement.id") == "pick-reason"
    assert page.url == f"{url}/alerts"
    page.get_by_role("button", name="Marquer comme vues").click()
    expect(page.get_by_role("status").first).to_contain_text("vous avez vu 1 alerte")
    alert = opened.reader.alert("a-phone")
    assert alert is not None
    assert alert.state is AlertState.OPEN
    page.close()


def test_all_are_ticked_and_unticked_by_keyboard_and_what_is_folded_shows(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    tell_story(opened.state)
    page = chromium.new_page(locale="fr")
    sign_in(page, url)
    page.goto(f"{url}/alerts")
    every = page.locator(".tick input")
    expect(every).to_have_count(7)
    link = page.locator("[data-tick-all]")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tick input:checked:visible")).to_have_count(7)
    expect(page.locator("[data-ticked]")).to_have_text("7 alertes cochées")
    expect(link).to_have_text("Tout décocher")
    page.keyboard.press("Enter")
    expect(page.locator(".tick input:checked")).to_have_count(0)
    expect(page.locator("[data-ticked]")).to_contain_text("Cochez des alertes")
    every.nth(1).focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-ticked]")).to_have_text("1 alerte cochée")
    every.nth(4).click(modifiers=["Shift"])
    expect(page.locator("[data-ticked]")).to_have_text("4 alertes cochées")
    assert page.url == f"{url}/alerts"
    page.close()


def test_without_scripts_all_are_ticked_by_the_link(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    _, url = alone
    context = chromium.new_context(java_script_enabled=False, locale="fr")
    page = context.new_page()
    sign_in(page, url)
    page.goto(f"{url}/alerts")
    page.get_by_role("link", name="Tout cocher").click()
    expect(page.locator(".tick input:checked")).to_have_count(3)
    page.get_by_role("link", name="Tout décocher").click()
    expect(page.locator(".tick input:checked")).to_have_count(0)
    context.close()


def test_staff_have_the_worst_in_sight_and_the_filters_folded(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    """On a telephone, too: whoever reads only the first alert need not scroll."""
    opened, url = alone
    tell_story(opened.state)
    page = chromium.new_page(locale="fr", viewport={"width": 390, "height": 844})
    sign_in(page, url, people.STAFF, people.STAFF_PHRASE)
    page.goto(f"{url}/alerts")
    expect(page.locator(".tick")).to_have_count(0)
    expect(page.locator("#severity")).to_be_hidden()
    worst = page.get_by_text("Une attaque fait probablement des dégâts")
    expect(worst).to_be_in_viewport()
    page.locator(".sifter > summary").click()
    expect(page.locator("#severity")).to_be_visible()
    page.close()
