"""Pages that keep themselves up to date, and what works without a mouse or a script."""

import pytest
from playwright.sync_api import APIResponse, Browser, Route, expect

from appliance.config import Keep
from appliance.model import Level
from appliance.panel.verify import Proof
from appliance.store import Watch
from tests.browser.conftest import sign_in
from tests.kit import people
from tests.kit.people import STAFF, STAFF_PHRASE
from tests.kit.site import Site
from tests.kit.story import tell_story
from tests.kit.watcher import Watcher
from tests.lab.awaiting import until

STREAM, ONE_WORD = "text/event-stream", "retry: 3600000\n\n"
"""A stream that says when to come back, and then nothing."""

WITHIN = 10_000
"""Milliseconds a change may take to show; it takes about two seconds."""


def test_a_new_alert_and_the_light_appear_without_a_reload(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        sign_in(page, url)
        page.evaluate("window.stays = true")
        expect(page.locator("#live-word")).to_be_visible(timeout=WITHIN)
        opened.panel.light = Level.DANGER
        watch = Watch(opened.state, Keep(), opened.clock)
        watch.save_alerts([people.alert("a-new", detector="known_bad", words=_WORDS)])
        watch.close()
        expect(page.locator("#state")).to_have_attribute("data-level", "danger", timeout=WITHIN)
        found = page.get_by_text("Un appareil contacte un site dangereux connu")
        expect(found.first).to_be_visible(timeout=WITHIN)
        assert page.title().startswith("Danger")
        assert page.evaluate("window.stays")
    assert watcher.complaints == []


_WORDS = {"host": "evil.example", "list": "attack-callbacks"}


def test_a_case_takes_the_place_of_its_alerts_without_a_reload(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        sign_in(page, url)
        page.goto(f"{url}/alerts")
        page.evaluate("window.stays = true")
        expect(page.locator("#live-word")).to_be_visible(timeout=WITHIN)
        tell_story(opened.state)
        title = page.get_by_text("Une attaque fait probablement des dégâts")
        expect(title).to_be_visible(timeout=WITHIN)
        alert = page.locator("strong", has_text="Des fichiers partagés sont en train")
        expect(alert).to_be_hidden()
        page.click("details.fold > summary")
        expect(alert).to_be_visible()
        assert page.evaluate("window.stays")
    assert watcher.complaints == []


def test_what_changes_while_an_answer_is_on_its_way_is_not_lost(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    """A slow box answers with how things were; the page asks once more."""
    opened, url = alone
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if "x-live" in route.request.headers and not held:
            held.append((route, route.fetch()))
        else:
            route.continue_()

    def something_changes() -> None:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.clock.run_for(3000)

    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/events*", lambda route: route.fulfill(content_type=STREAM, body=ONE_WORD))
        page.clock.install()
        sign_in(page, url)
        page.clock.pause_at(page.evaluate("new Date(Date.now() + 1000).toISOString()"))
        page.route(f"{url}/", hold)
        with page.expect_request(f"{url}/"):
            something_changes()
        until("the answer is held", 10, lambda: page.evaluate("true") and held)
        opened.panel.light = Level.DANGER
        something_changes()
        (route, before) = held[0]
        with page.expect_response(f"{url}/"):
            route.fulfill(response=before)
        with page.expect_request(f"{url}/"):
            page.clock.run_for(3000)
        expect(page.locator("#state")).to_have_attribute("data-level", "danger", timeout=WITHIN)


def test_what_is_being_typed_is_not_taken_away(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/isolation")
        page.fill("#cut-why", "rançon sur")
        expect(page.locator("#live-word")).to_be_visible(timeout=WITHIN)
        opened.panel.light = Level.DANGER
        expect(page.locator("#state")).to_have_attribute("data-level", "danger", timeout=WITHIN)
        assert page.input_value("#cut-why") == "rançon sur"
        page.keyboard.type(" un écran")
        page.click(".hold-other > summary")
        with page.expect_navigation():
            page.click(".hold-other button")
    assert opened.panel.log[0].why == "rançon sur un écran"


def test_the_proof_of_a_cut_arrives_by_itself(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    opened.panel.proof = Proof.CHECKING
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url, STAFF, STAFF_PHRASE)
        page.click("summary.cut")
        page.click("button.now")
        expect(page.locator("h1")).to_contain_text("vérification en cours")
        expect(page.locator("#live-word")).to_be_visible(timeout=WITHIN)
        opened.panel.proof = Proof.PROVEN
        expect(page.locator("h1")).to_contain_text("c'est vérifié", timeout=WITHIN)


@pytest.mark.parametrize("script", [True, False])
def test_the_uplink_is_cut_with_the_keyboard_alone(
    alone: tuple[Site, str], chromium: Browser, script: bool
) -> None:
    """Without a mouse, and without a script."""
    opened, url = alone
    with chromium.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"{url}/login")
        page.keyboard.type(STAFF)
        page.keyboard.press("Tab")
        page.keyboard.type(STAFF_PHRASE)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}/")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.locator("summary.cut:focus").count():
                break
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("rançon")
        page.keyboard.press("Tab")
        assert page.locator("button.now:focus").count() == 1
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}/isolation")
    assert opened.panel.isolated
    assert opened.panel.log[0].why == "rançon"


def test_focus_can_be_seen(shared: tuple[Site, str], chromium: Browser) -> None:
    _, url = shared
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url)
        for _ in range(12):
            page.keyboard.press("Tab")
            width = page.evaluate(
                "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
            )
            assert width >= 2


def test_the_first_key_leads_past_the_menu(shared: tuple[Site, str], chromium: Browser) -> None:
    _, url = shared
    with chromium.new_context() as context:
        page = context.new_page()
        sign_in(page, url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_nothing_moves_for_who_wants_no_motion(shared: tuple[Site, str], chromium: Browser) -> None:
    _, url = shared
    with chromium.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/help")
        assert page.evaluate("document.getAnimations().length") == 0


def test_a_count_down_appears_counts_by_itself_and_is_stopped(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    with chromium.new_context() as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        sign_in(page, url)
        expect(page.locator("#live-word")).to_be_visible(timeout=WITHIN)
        expect(page.locator(".count-down")).to_have_count(0)
        opened.panel.announce("ransomware", "a-spoof")
        expect(page.locator(".left")).to_have_text("41", timeout=WITHIN)  # it began at 42
        page.click("#count-down-stop")
        expect(page.locator(".count-down")).to_have_count(0)
        expect(page.locator(".flash")).to_contain_text("Compte à rebours arrêté")
    assert opened.panel.count_down is None
    assert watcher.complaints == []


def test_a_count_down_is_stopped_without_a_script(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    opened.panel.announce("ransomware", "a-spoof")
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, url)
        expect(page.locator(".left")).to_have_text("42")
        page.click("#count-down-stop")
        expect(page.locator(".flash")).to_contain_text("Compte à rebours arrêté")
    assert opened.panel.count_down is None


@pytest.mark.parametrize("path", ["/", "/devices"])
def test_a_box_that_is_gone_does_not_look_calm(
    alone: tuple[Site, str], chromium: Browser, path: str
) -> None:
    """What it said last is taken away, what to do is said, and it comes back by itself.

    A stream that breaks without a word, as when the power fails, is noticed by its silence.
    """
    _, url = alone
    with chromium.new_context() as context:
        context.route(
            "**/events?*", lambda route: route.fulfill(content_type=STREAM, body=ONE_WORD)
        )
        page = context.new_page()
        page.clock.install()
        sign_in(page, url)
        page.goto(url + path)
        gone, state = page.locator(".gone"), page.locator("#state")
        expect(gone).to_be_hidden()
        context.set_offline(True)
        for _ in range(12):
            page.clock.fast_forward(2_500)
            page.wait_for_load_state("networkidle")
        expect(gone).to_be_visible(timeout=WITHIN)
        expect(gone).to_contain_text("Regardez le voyant")
        expect(state).to_be_hidden()
        context.set_offline(False)
        page.clock.fast_forward(10_000)
        expect(state).to_be_visible(timeout=WITHIN)
        expect(gone).to_be_hidden()
