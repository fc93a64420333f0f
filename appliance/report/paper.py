"""The report of a month on paper: one A4 page for the dentist, the details on those that follow."""

import re
from datetime import UTC, datetime
from importlib import resources

import msgspec

from appliance.press import setting
from appliance.report.words import Told
from appliance.texts import say

UNBROKEN = re.compile(r"\S{20}")
"""What fits a narrow column; a longer word may be broken after it."""

BREAK = "\u200b"
"""Zero width space: a line may end here."""

WORDS = ("how", "figures", "to_do", "nothing_to_do", "details", "page")
"""Words of the paper that are not the report's."""


def pdf(told: Told) -> bytes:
    """Give *told* as a PDF; raises `appliance.press.setting.PaperError`."""
    source = resources.files(__package__).joinpath("paper.typ").read_bytes()
    words: dict[str, object] = {key: say(told.language, f"report.{key}") for key in WORDS}
    words["date"] = tuple(datetime.fromtimestamp(told.made_at, UTC).timetuple())[:6]
    return setting.pdf(source, {"report": _breakable(msgspec.to_builtins(told)), "words": words})


def _breakable(value: object) -> object:
    """Give *value* with places to break in words too long for a column."""
    match value:
        case str():
            return UNBROKEN.sub(lambda found: found[0] + BREAK, value)
        case list():
            return [_breakable(each) for each in value]
        case dict():
            return {key: _breakable(each) for key, each in value.items()}
        case _:
            return value
