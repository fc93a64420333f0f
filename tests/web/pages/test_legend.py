"""The help page."""

from appliance.model import Level
from appliance.texts import say
from tests.kit.site import Site


def test_every_state_of_the_light_is_explained(opened: Site) -> None:
    text = opened.staff().get("/help").text.replace("&#39;", "'")
    for level in (*Level, "off"):
        assert say("fr", f"help.{level}.means") in text
        assert say("fr", f"panel.level.{level}.light") in text


def test_every_alert_is_explained_on_a_page_that_help_leads_to(opened: Site) -> None:
    assert 'href="/help/alerts"' in opened.staff().get("/help").text
    text = opened.staff().get("/help/alerts").text.replace("&#39;", "'")
    assert 'id="ransomware"' in text
    assert say("fr", "explain.ransomware.often") in text
