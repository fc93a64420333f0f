"""The map and the list by keyboard alone, and without a script."""

from playwright.sync_api import Browser, Page, expect

from appliance.decisions import Verdict
from appliance.model import Trust
from tests.browser.conftest import sign_in
from tests.kit.people import ATTACKER, PHONE, SENSOR
from tests.kit.site import Site

FOCUS = "document.activeElement.closest('svg.map') && document.activeElement.getAttribute('href')"


def tabbed(page: Page, most: int) -> list[str]:
    """Press Tab from the drawing on; give the links of it that are reached, in order."""
    page.locator(".sheet").focus()
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        href = page.evaluate(FOCUS)
        if not href:
            break
        found.append(href)
    return found


def test_every_device_and_alert_of_the_drawing_is_reached_by_tab_in_reading_order(
    shared: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = shared
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/map")
        reached = tabbed(page, 60)
        shown = page.evaluate(
            "[...document.querySelectorAll('svg.map a')].map((a) => a.getAttribute('href'))"
        )
        assert reached == shown
        devices = {f"/devices/{device.mac}" for device in opened.reader.devices()}
        assert devices <= set(reached)
        assert reached[reached.index(f"/devices/{SENSOR}") + 1] == "/alerts/a-sensor"


def test_enter_opens_what_has_the_focus(shared: tuple[Site, str], chromium: Browser) -> None:
    _, url = shared
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/map")
        first = tabbed(page, 1)[0]
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}{first}")


def test_the_focus_is_seen_on_the_drawing(shared: tuple[Site, str], chromium: Browser) -> None:
    _, url = shared
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/map")
        tabbed(page, 1)
        stroke = "getComputedStyle(document.activeElement.querySelector('.reach')).strokeWidth"
        assert page.evaluate(stroke) == "3px"


def test_names_on_the_drawing_stay_in_their_places(
    shared: tuple[Site, str], chromium: Browser
) -> None:
    """As the browser really writes them."""
    _, url = shared
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/map")
        widths = page.evaluate(
            "[...document.querySelectorAll('.node .name, .node .place')]"
            ".map((text) => text.getComputedTextLength())"
        )
        assert widths
        assert max(widths) <= 150


def test_the_list_is_sorted_and_approved_without_a_script(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/devices")
        heading = page.get_by_role("columnheader", name="Trafic")
        heading.get_by_role("link").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**sort=-traffic")
        expect(heading).to_have_attribute("aria-sort", "descending")
        for mac in (ATTACKER, PHONE):
            page.locator(f"input[value='{mac}']").focus()
            page.keyboard.press("Space")
        page.get_by_role("button", name="Approuver les appareils").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".flash")).to_contain_text("2 appareils")
        assert "sort=-traffic" in page.url
    for mac in (ATTACKER, PHONE):
        device = opened.reader.device(mac)
        assert device is not None
        assert device.trust is Trust.APPROVED


def test_the_search_works_from_any_page_without_a_script(
    shared: tuple[Site, str], chromium: Browser
) -> None:
    _, url = shared
    with chromium.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    ) as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/isolation")
        page.locator("#anywhere").fill("capteur")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=capteur")
        expect(page.get_by_role("link", name="Capteur panoramique").first).to_be_visible()


def test_a_tick_outlasts_what_changes_meanwhile(alone: tuple[Site, str], chromium: Browser) -> None:
    """A region in which somebody has ticked something is left alone."""
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/devices")
        expect(page.locator("#live-word")).to_be_visible(timeout=10_000)
        box = page.locator(f"input[value='{ATTACKER}']")
        box.check()
        page.locator("h1").click()
        with page.expect_response("**/devices"):
            opened.office.decide(author="x", verdict=Verdict.APPROVE, mac=PHONE)
        expect(box).to_be_checked()
