"""Whether somebody still mends the system of a device: a range, where its release is not known.

A version of Windows comes from what the device says of itself when it signs in (NTLM); others are
known by their name and number. A system that shows no number is not judged.
"""

import re
from dataclasses import dataclass
from datetime import date

from appliance.knowledge.hint import Source
from appliance.knowledge.support import Verdict
from appliance.knowledge.systems import systems
from appliance.knowledge.windows import Version, windows
from appliance.model import Device
from appliance.texts import say
from appliance.texts.spelling import day

UNKNOWN = "unknown"
"""No version was seen. The others are those of `Verdict`."""

_VERSION = re.compile(r"(?<![\d.])\d+\.\d+\.\d+(?![\d.])")
_NUMBERED = re.compile(r"(macOS|iOS|iPadOS|Android|Debian|Ubuntu) (\d+(?:\.\d+)*)")
_FOREVER = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What can honestly be said of a system's support."""

    verdict: str
    covers: tuple[str, ...] = ()
    """The releases that it may be, newest first."""
    sure: date | None = None
    """Last day for the first of them to end; None where the table gives no days."""
    at_most: date | None = None
    question: str = ""
    """What to ask when it depends: a key of the texts."""

    def sentence(self, language: str) -> str:
        """Say what it means, with days where they are known."""
        dated = self.sure is not None and self.at_most is not None and self.at_most < _FOREVER
        key = f"support_means.{self.verdict}{'_on' if dated else ''}"
        words = {
            "sure": day(language, self.sure or _FOREVER),
            "at_most": day(language, self.at_most or _FOREVER),
        }
        return say(language, key, **words)


def support(device: Device, system: str, today: date) -> Support | None:
    """Judge *system*, what *device* is believed to run; None when nothing is believed."""
    version = _windows(device)
    if version is not None and (verdict := version.on(today)) is not None:
        return Support(
            verdict=verdict.value,
            covers=version.covers,
            sure=version.support.sure if version.support else None,
            at_most=version.support.at_most if version.support else None,
            question=version.question if verdict is Verdict.DEPENDS else "",
        )
    if not system:
        return None
    if found := _NUMBERED.fullmatch(system):
        judged = systems().on(today, found[1].lower(), found[2])
        if judged is not None:
            return Support(verdict=judged.value)
    return Support(verdict=UNKNOWN)


def _windows(device: Device) -> Version | None:
    """Give what the version last heard in signing in may be; a system is upgraded now and then."""
    heard = sorted(
        (each for each in device.evidence if each.source == Source.NTLM),
        key=lambda each: -each.last_at,
    )
    for each in heard:
        for number in _VERSION.findall(each.says):
            if found := windows().find(number):
                return found
    return None
