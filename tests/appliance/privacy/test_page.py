"""The page in a file for whoever asks for their data."""

from dataclasses import dataclass
from html import escape

from appliance.model import Device, Ip, Mac
from appliance.privacy.page import page
from appliance.texts import LANGUAGES, say

ONE = Device(
    mac=Mac("02:00:00:00:00:0a"), names=("<b>",), addresses=(Ip("192.168.1.20"),), last_at=9.0
)
NOTHING = {"alerts": [], "decisions": []}


@dataclass(frozen=True)
class Asked:
    language: str
    devices: tuple[Device, ...] = (ONE,)
    practice: str = ""
    now: float = 1_790_000_000.0


def test_each_file_is_named_with_how_many_rows_it_has() -> None:
    for language in LANGUAGES:
        told = page(Asked(language), NOTHING, {"devices": 1, "conversations": 42}, 7)
        assert "devices.json" in told
        assert "conversations.csv" in told
        assert say(language, "privacy_export.rows", n=42) in told
        assert escape(say(language, "privacy_export.more", n=7)) in told


def test_names_of_devices_are_no_markup() -> None:
    told = page(Asked("en"), NOTHING, {}, 0)
    assert "&lt;b&gt;" in told
    assert "<b>" not in told
    assert say("en", "privacy_export.none") in told


def test_it_loads_nothing_from_anywhere() -> None:
    told = page(Asked("fr"), NOTHING, {}, 0)
    assert not any(each in told for each in ("src=", "href=", "url(", "<script", "<link"))
