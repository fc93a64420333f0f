"""What browsers say of themselves, in a few names."""

import pytest

from web.agent import told

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (WINDOWS + "AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        (WINDOWS + "Gecko/20100101 Firefox/131.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPad"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome, Linux"),
        ("curl/8.0", "curl"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_browser_and_system_are_named_and_nothing_else(agent: str, words: str) -> None:
    assert told(agent) == words
