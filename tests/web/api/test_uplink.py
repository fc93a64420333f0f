"""From what the panel says to what the API sends."""

from tests.kit.panel import FakePanel
from web.api import uplink
from web.picture import look


def test_a_silent_panel_has_an_unknown_state() -> None:
    shaped = uplink.status(look(FakePanel(gone=True)))
    assert (shaped.state, shaped.level) == ("unknown", None)


def test_a_count_down_is_told_with_its_end() -> None:
    panel = FakePanel()
    panel.announce("ransomware", "a-1")
    shaped = uplink.status(look(panel))
    assert shaped.count_down is not None
    assert (shaped.count_down.detector, shaped.count_down.alert) == ("ransomware", "a-1")
    assert shaped.count_down.ends_at > 0
