"""In a practice of real programs, each machine is recognised by its own traffic within a minute.

A machine is plugged in, says what such machines say, and works a little; the box knew none of them.
What must be found of it is one row of the table; an empty field is not known from traffic alone.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest

from appliance.knowledge.kinds import Kind
from tests.lab.awaiting import TooLateError, until
from tests.lab.box import installed
from tests.lab.cast import SPEAKERS
from tests.lab.pages import Pages
from tests.lab.speaking import SpeakingPractice

KNOWN_WITHIN = 60.0
"""Seconds of normal work."""
ROUNDS = 3
"""How often everybody works: real machines say the same things again and again."""

pytestmark = pytest.mark.usefixtures("root")


class Expected(NamedTuple):
    """What must be found, by the beginning of each name."""

    kind: Kind
    maker: str = ""
    os: str = ""


MACHINES = {
    "router": Expected(Kind.INTERNET_BOX),
    "nas": Expected(Kind.NAS, "Synology"),
    "panoramic": Expected(Kind.PANORAMIC),
    "archive": Expected(Kind.SERVER),
    "imaging": Expected(Kind.ACQUISITION_PC),
    "reception": Expected(Kind.WORKSTATION, "", "Windows 10"),
    "printer": Expected(Kind.PRINTER, "Brother"),
    "telephone": Expected(Kind.PHONE, "", "Android"),
}


@dataclass(slots=True)
class Morning:
    """What the box has to say after a morning's work."""

    pages: Pages
    until: float
    """When all must be known (monotonic)."""

    def device(self, name: str) -> dict[str, Any]:
        """Give what the box says of a machine now."""
        mac = SPEAKERS[name].mac
        return next((it for it in self.pages.get("devices") if it["mac"] == mac), {})


@pytest.fixture(scope="module")
def morning(root: None) -> Iterator[Morning]:
    """A box in that practice, which has worked."""
    with SpeakingPractice() as practice, installed(practice) as box:
        pages = box.sign_in()
        began = time.monotonic()
        practice.announce()
        practice.lease("reception", "telephone", anew=True)
        for _ in range(ROUNDS):
            practice.work()
        yield Morning(pages, began + KNOWN_WITHIN)


def is_recognised(said: dict[str, Any], expected: Expected) -> bool:
    return (
        said.get("kind") == expected.kind
        and said["maker"].startswith(expected.maker)
        and said["os"].startswith(expected.os)
    )


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_is_recognised_by_its_own_traffic_within_a_minute(morning, name):
    """One row of the table; the box says what it found instead."""
    expected = MACHINES[name]
    # The comparison below tells more than that it took too long.
    with suppress(TooLateError):
        until(
            f"{name} is recognised",
            max(0.0, morning.until - time.monotonic()),
            lambda: is_recognised(morning.device(name), expected),
        )
    said = morning.device(name)
    assert said, f"{name} was never heard"
    found = Expected(said["kind"], said["maker"], said["os"])
    why = [f"{it['source']}: {it['says']} ({it['weight']})" for it in said["evidence"]]
    assert is_recognised(said, expected), f"{name}: wanted {expected}, found {found} by {why}"
