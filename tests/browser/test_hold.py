"""The button that is held to cut: on the overview, the page of isolation, and the tablet."""

import pytest
from playwright.sync_api import Browser, Page, expect

from appliance.model import Level
from appliance.store import Role
from tests.browser.conftest import sign_in
from tests.kit.people import STAFF, STAFF_PHRASE
from tests.kit.site import Site
from tests.kit.watcher import Watcher

BUTTON = "[data-hold]"
WITHIN = 10_000
"""Milliseconds a cut may take to show; holding alone takes two thousand."""
PATHS = ("/", "/isolation")


def at(page: Page, url: str, path: str) -> Watcher:
    """Open *path* as somebody of the staff."""
    watcher = Watcher.of(page)
    sign_in(page, url, STAFF, STAFF_PHRASE)
    page.goto(url + path)
    return watcher


@pytest.mark.parametrize("path", PATHS)
def test_holding_with_the_mouse_cuts(alone: tuple[Site, str], chromium: Browser, path: str) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        watcher = at(page, url, path)
        page.hover(BUTTON)
        page.mouse.down()
        expect(page.locator("h1")).to_contain_text("coupé", timeout=WITHIN)
        page.mouse.up()
        assert page.url == f"{url}/isolation"
    assert opened.panel.isolated
    assert opened.panel.log[0].who == STAFF
    assert watcher.complaints == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("path", PATHS)
def test_holding_a_key_cuts(
    alone: tuple[Site, str], chromium: Browser, path: str, key: str
) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        at(page, url, path)
        page.focus(BUTTON)
        page.keyboard.down(key)
        expect(page.locator("h1")).to_contain_text("coupé", timeout=WITHIN)
        page.keyboard.up(key)
    assert opened.panel.isolated


def test_holding_with_a_finger_cuts(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    with chromium.new_context(has_touch=True, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        at(page, url, "/")
        page.locator(BUTTON).scroll_into_view_if_needed()
        box = page.locator(BUTTON).bounding_box()
        assert box is not None
        wire = context.new_cdp_session(page)
        finger = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        wire.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
        expect(page.locator("h1")).to_contain_text("coupé", timeout=WITHIN)
    assert opened.panel.isolated


@pytest.mark.parametrize("path", PATHS)
def test_released_too_soon_it_cuts_nothing_and_says_how(
    alone: tuple[Site, str], chromium: Browser, path: str
) -> None:
    """By mouse, finger or key, and by what presses with none of them, as screen readers do."""
    opened, url = alone
    with chromium.new_context(has_touch=True) as context:
        page = context.new_page()
        at(page, url, path)
        button, said = page.locator(BUTTON), page.locator(".hold-said")
        for press in (
            button.click,
            button.tap,
            lambda: button.press("Enter"),
            lambda: button.press("Space"),
            lambda: button.dispatch_event("click"),
        ):
            page.evaluate("document.querySelector('.hold-said').textContent = ''")
            press()
            expect(said).to_have_text("Relâché trop tôt\u202f: rien n'est coupé.")
            assert page.locator(".held").count() == 0
        assert page.url == url + path
    assert not opened.panel.isolated


def test_sliding_off_or_escape_lets_go(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        at(page, url, "/")
        for leave in (lambda: page.mouse.move(5, 5), lambda: page.keyboard.press("Escape")):
            page.hover(BUTTON)
            page.mouse.down()
            expect(page.locator(".held")).to_have_count(1)
            leave()
            expect(page.locator(".held")).to_have_count(0)
            page.mouse.up()
        assert page.url == f"{url}/"
    assert not opened.panel.isolated


def test_enter_in_the_field_of_the_reason_cuts_nothing(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    """The reason goes along when the button is held."""
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        at(page, url, "/isolation")
        page.fill("#cut-why", "rançon")
        page.press("#cut-why", "Enter")
        expect(page.locator(".hold-said")).to_be_visible()
        assert not opened.panel.isolated
        page.focus(BUTTON)
        page.keyboard.down("Space")
        expect(page.locator("h1")).to_contain_text("coupé", timeout=WITHIN)
    assert opened.panel.log[0].why == "rançon"


def test_the_ring_fills_meanwhile_in_leaps_where_nothing_is_to_move(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    _, url = alone
    for motion in ("no-preference", "reduce"):
        with chromium.new_context(reduced_motion=motion) as context:  # type: ignore[arg-type] # one of two
            page = context.new_page()
            at(page, url, "/")
            expect(page.locator(".hold-fill")).to_have_css("stroke-dashoffset", "100px")
            page.hover(BUTTON)
            page.mouse.down()
            expect(page.locator(".hold-fill")).not_to_have_css("stroke-dashoffset", "100px")
            timing = page.evaluate(
                "document.getAnimations().map((one) => one.effect.getTiming())"
                ".filter((one) => one.duration === 2000).map((one) => one.easing)"
            )
            assert timing == ["linear" if motion == "no-preference" else "steps(4)"]
            page.mouse.move(5, 5)
            page.mouse.up()


def test_a_page_that_changes_does_not_take_the_button_out_of_the_hand(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        at(page, url, "/")
        expect(page.locator("#live-word")).to_be_visible(timeout=WITHIN)
        page.evaluate("document.querySelector('[data-hold]').classList.add('held')")
        page.evaluate("document.querySelector('[data-hold]').dataset.mine = 'yes'")
        opened.panel.light = Level.DANGER
        expect(page.locator("#state")).to_have_attribute("data-level", "danger", timeout=WITHIN)
        assert page.locator("[data-mine]").count() == 1


def test_the_reader_hears_how_it_works_and_what_else_there_is(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    _, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        at(page, url, "/")
        described = page.locator(BUTTON).get_attribute("aria-describedby")
        expect(page.locator(f"#{described}")).to_contain_text("Maintenez le bouton")
        expect(page.locator("summary.cut .hold-only")).to_be_visible()
        expect(page.locator("summary.cut .hold-plain")).to_be_hidden()


def test_without_a_script_nothing_is_to_be_held(alone: tuple[Site, str], chromium: Browser) -> None:
    _, url = alone
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        at(page, url, "/")
        expect(page.locator(BUTTON)).to_be_hidden()
        expect(page.locator("summary.cut .hold-only")).to_be_hidden()
        expect(page.locator("summary.cut .hold-plain")).to_be_visible()
        page.goto(f"{url}/isolation")
        expect(page.locator(".hold-hint")).to_be_hidden()


def test_who_only_looks_has_no_such_button(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    password = opened.office.password(STAFF) or ""
    opened.office.add_user("comptable", password, role=Role.READER, language="fr")
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url, "comptable", STAFF_PHRASE)
        for path in PATHS:
            page.goto(url + path)
            expect(page.locator(BUTTON)).to_have_count(0)
            assert "hold.js" not in page.content()
