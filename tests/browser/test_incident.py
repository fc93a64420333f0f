"""An incident's page for somebody in fright: on any screen, by day and night, without a script."""

import pytest
from playwright.sync_api import Browser

from appliance.incidents import STEPS, Origin
from tests.browser.conftest import sign_in
from tests.browser.test_pages import CONTRAST, SCREENS, SMALL, SPILLS
from tests.kit.people import STAFF, STAFF_PHRASE, TECHNICIAN
from tests.kit.site import Site
from tests.kit.story import tell_story
from tests.kit.watcher import Watcher


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_fits_and_can_be_read(
    alone: tuple[Site, str], chromium: Browser, language: str, scheme: str
) -> None:
    opened, url = alone
    tell_story(opened.state)
    held = opened.office.open_incident(author="accueil", origin=Origin.CASE, subject="c-story")
    one = f"{url}/incident/{held.id}"
    for screen, (width, height) in SCREENS.items():
        with chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        ) as context:
            page = context.new_page()
            watcher = Watcher.of(page)
            sign_in(page, url)
            opened.office.set_language(TECHNICIAN, language)
            steps = [f"{one}?step={step}" for step in STEPS]
            for path in (*steps, f"{one}/answers", f"{url}/incident/contacts", url):
                page.goto(path)
                assert not page.evaluate(SPILLS), (path, screen)
                assert page.evaluate(SMALL) == [], (path, screen)
                assert page.evaluate(CONTRAST) == [], (path, screen)
            assert watcher.complaints == []


def test_a_receptionist_goes_through_the_first_minutes_without_a_script(
    alone: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = alone
    tell_story(opened.state)
    with chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    ) as context:
        page = context.new_page()
        sign_in(page, url, STAFF, STAFF_PHRASE)
        page.goto(f"{url}/cases/c-story")
        page.get_by_role("link", name="Ouvrir un incident").click()
        page.get_by_role("button", name="Commencer").click()
        # Files are being encrypted: the cable comes before the cut, which does not stop that.
        assert "Débranchez le câble" in page.locator("h1").inner_text()
        page.get_by_role("button", name="C'est fait").first.click()
        page.get_by_role("button", name="Couper maintenant").click()
        assert opened.panel.isolated
        page.goto(f"{url}/incident")
        for title in ("N'éteignez rien", "Ne payez pas", "Prenez des"):
            assert title in page.locator("h1").inner_text()
            page.get_by_role("button", name="C'est fait").first.click()
        assert page.locator("h1").inner_text() == "Appelez"
