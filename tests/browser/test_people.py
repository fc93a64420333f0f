"""Accounts, codes and the tablet, as a browser sees them."""

import re

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from appliance.model import Level
from appliance.store import Role
from tests.browser.conftest import sign_in
from tests.browser.test_pages import CONTRAST, SCREENS, SMALL, SPILLS
from tests.kit.people import STAFF, STAFF_PHRASE, TECHNICIAN
from tests.kit.site import Site
from tests.kit.watcher import Watcher

CUT = re.compile("^isolated")
"""The mark of the tablet's buttons while the uplink is cut."""

WITHIN = 20_000
"""Milliseconds for the tablet to notice; it asks every ten seconds."""

PAGES = ["/users", f"/users/{STAFF}", "/account", "/account/code", "/audit"]
TABLETS = {"lying": (1024, 768), "standing": (800, 1280), "phone": (390, 844)}
LEVELS = (Level.WELL, Level.LOOK, Level.DANGER, Level.BLIND)
TALL = "document.documentElement.scrollHeight > document.documentElement.clientHeight"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_fit_and_can_be_read(
    alone: tuple[Site, str], chromium: Browser, language: str, scheme: str
) -> None:
    opened, url = alone
    opened.office.set_language(TECHNICIAN, language)
    for width, height in SCREENS.values():
        with chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        ) as context:
            page = context.new_page()
            watcher = Watcher.of(page)
            opened.clock.at += 1
            sign_in(page, url)
            for path in PAGES:
                page.goto(url + path)
                assert not page.evaluate(SPILLS), path
                assert page.evaluate(SMALL) == [], path
                assert page.evaluate(CONTRAST) == [], path
            assert watcher.complaints == []


def open_tablet(opened: Site, url: str, page: Page) -> None:
    if opened.office.user("tablette") is None:
        opened.office.add_user("tablette", "", role=Role.KIOSK, language="fr")
    opened.clock.at += 1
    page.goto(f"{url}/kiosk/open/{opened.office.invite('tablette', opened.clock.at + 60)}")
    page.click("button.main")
    page.wait_for_url(f"{url}/kiosk")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", TABLETS)
def test_the_tablet_fits_and_can_be_read(
    alone: tuple[Site, str], chromium: Browser, screen: str, scheme: str
) -> None:
    opened, url = alone
    width, height = TABLETS[screen]
    with chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme
    ) as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        open_tablet(opened, url, page)
        for level in LEVELS:
            opened.panel.light = level
            for path in ("/kiosk", "/kiosk/confirm"):
                page.goto(url + path)
                assert not page.evaluate(SPILLS), path
                assert screen == "phone" or not page.evaluate(TALL), (path, level)
                assert page.evaluate(CONTRAST) == [], path
        assert watcher.complaints == []


def test_a_tablet_gets_no_further_than_its_page(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        open_tablet(opened, url, page)
        page.goto(url)
        assert page.url == f"{url}/kiosk"
        for path in ("/devices", "/alerts", "/account", "/users", "/audit", "/isolation"):
            answer = page.goto(url + path)
            assert answer is not None
            assert answer.status == 403
        assert page.request.get(f"{url}/api/v1/devices").status == 403


def test_the_tablet_is_cut_with_by_holding(alone: tuple[Site, str], chromium: Browser) -> None:
    """What else becomes of the button is in test_hold.py."""
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        open_tablet(opened, url, page)
        page.hover("[data-hold]")
        page.mouse.down()
        expect(page.locator("#act")).to_have_attribute("data-mark", CUT, timeout=WITHIN)
        page.mouse.up()
    assert opened.panel.isolated
    assert opened.panel.log[0].who == "tablette"


def test_the_tablet_asks_whoever_cannot_hold_once_more(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        open_tablet(opened, url, page)
        page.click("#act a.hold-only")
        page.wait_for_url(f"{url}/kiosk/confirm")
        assert not opened.panel.isolated
        page.click("button.cut")
    assert opened.panel.isolated


def test_without_a_script_the_second_step_cuts(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        open_tablet(opened, url, page)
        page.click("#act a.cut")
        page.click("button.cut")
        assert page.url == f"{url}/kiosk"
    assert opened.panel.isolated


def test_the_tablet_follows_and_says_when_the_box_is_gone(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        open_tablet(opened, url, page)
        opened.panel.light = Level.DANGER
        state = page.locator("#state")
        expect(state).to_have_attribute("data-level", "danger", timeout=WITHIN)
        context.set_offline(True)
        expect(page.locator(".kiosk-stale")).to_be_visible(timeout=WITHIN)
        expect(state).to_be_hidden()
        context.set_offline(False)
        expect(state).to_be_visible(timeout=WITHIN)


def test_a_code_is_set_up_and_then_asked_for(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        sign_in(page, url, STAFF, STAFF_PHRASE)
        page.goto(f"{url}/account/code")
        expect(page.locator(".square svg")).to_be_visible()
        secret = page.inner_text(".secret").replace(" ", "")
        page.fill("#code", pyotp.TOTP(secret).at(int(opened.clock())))
        page.fill("#begin-phrase", STAFF_PHRASE)
        page.click("button.main")
        expect(page.locator(".codes li")).to_have_count(10)
        assert watcher.complaints == []
    opened.clock.at += 60
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{url}/login")
        page.fill("#name", STAFF)
        page.fill("#phrase", STAFF_PHRASE)
        page.click("form button.main")
        page.fill("#code", pyotp.TOTP(secret).at(int(opened.clock())))
        page.click("form button.main")
        page.wait_for_url(f"{url}/")


def test_staff_gets_to_no_page_of_the_technician(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    _, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url, STAFF, STAFF_PHRASE)
        page.goto(f"{url}/account")
        expect(page.locator("a[href='/users'], a[href='/audit']")).to_have_count(0)
        for path in ("/users", f"/users/{TECHNICIAN}", "/audit", "/audit/audit.csv"):
            assert page.request.get(url + path).status == 403


def test_a_reader_finds_nothing_to_cut_with(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    password = opened.office.password(STAFF) or ""
    opened.office.add_user("comptable", password, role=Role.READER, language="fr")
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url, "comptable", STAFF_PHRASE)
        for path in ("/", "/isolation", "/incident", "/devices", "/audit"):
            page.goto(url + path)
            expect(page.locator(".cut, .act form, form.cut-form")).to_have_count(0)
        token = page.locator("[name=csrf_token]").first.get_attribute("value") or ""
        answer = page.request.post(f"{url}/isolation/cut", form={"csrf_token": token})
        assert answer.status == 403
    assert not opened.panel.isolated
