"""Searching everything, from every page."""

from urllib.parse import quote

from tests.kit.site import Site


def test_the_field_stands_on_every_page(opened: Site) -> None:
    staff = opened.staff()
    for path in ("/", "/devices", "/alerts", "/isolation", "/map", "/help", "/account"):
        assert 'action="/search"' in staff.get(path).text


def test_all_that_is_found_is_shown(opened: Site) -> None:
    text = opened.staff().get("/search?q=192.168.1.66").text
    assert "/devices/02:00:00:00:00:66" in text
    assert "/alerts/a-spoof" in text
    outside = opened.staff().get("/search?q=ameli").text
    assert "services-ps.ameli.fr" in outside
    assert "PC de l&#39;accueil" in outside


def test_nothing_found_nothing_asked_and_too_little_asked_are_said(opened: Site) -> None:
    staff = opened.staff()
    assert "Rien trouvé pour" in staff.get("/search?q=nothing+like+it").text
    assert "Tapez un nom" in staff.get("/search").text
    assert "au moins deux signes" in staff.get("/search?q=a").text


def test_many_devices_lead_on_to_the_list(opened: Site) -> None:
    text = opened.staff().get("/search?q=192.168").text
    assert "/devices?q=192.168" in text
    assert "1 autre appareil" in text


def test_a_hostile_search_stays_text(opened: Site) -> None:
    text = opened.staff().get("/search?q=" + quote('"><script>x</script>')).text
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


def test_a_card_that_fails_is_said(opened: Site) -> None:
    staff = opened.staff()
    opened.break_card()
    assert staff.get("/search?q=nas").status_code in (200, 503)


def test_strangers_find_nothing(opened: Site) -> None:
    assert opened.client().get("/search?q=nas").status_code == 303
