"""Judging how the front panel is wired: what no single setting can tell.

Pins 0 and 1 belong to the memory in which a board on top tells what it is (Raspberry Pi, HAT
specification, ID_SD and ID_SC): the Pi reads it while it starts, and so would move what is on them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from appliance.config import Panel

RESERVED = (0, 1)
"""GPIO numbers that are never ours."""


def wrong_wiring(panel: Panel) -> Iterator[str]:
    """Give a sentence, without its end, for each mistake in *panel*."""
    yield from _pins(panel)
    yield from _relays(panel)
    if panel.feedback_opposite is not None and panel.feedback is None:
        yield (
            "feedback_opposite is the second of two contacts; a single one is to be feedback,"
            " closing when the uplink is open"
        )
    if panel.reconnect_by_button and panel.button is None:
        yield "reconnect_by_button needs a button"


def _pins(panel: Panel) -> Iterator[str]:
    used: dict[int, str] = {}
    for name, pin in wired(panel):
        if pin in RESERVED:
            yield (
                f"{name} cannot be GPIO {pin}: 0 and 1 belong to the memory of boards on top,"
                " which the Raspberry Pi reads while it starts"
            )
        elif pin in used and used[pin] == name:
            yield f"{name} has GPIO {pin} twice"
        elif pin in used:
            yield f"{used[pin]} and {name} cannot both be GPIO {pin}"
        used.setdefault(pin, name)


def _relays(panel: Panel) -> Iterator[str]:
    if panel.relay_kind in {"plain", "none"}:
        if panel.relay_reset is not None:
            yield f"relay_reset is of bistable relays; relay_kind is {panel.relay_kind}"
        if panel.more_resets:
            yield f"more_resets are of bistable relays; relay_kind is {panel.relay_kind}"
        if panel.relay_kind == "none":
            yield from _without_relay(panel)
        return
    if panel.relay_reset is None:
        yield (
            f'relay_kind = "{panel.relay_kind}" needs relay_reset: what joins the uplink again is'
            " on a pin of its own"
        )
    if len(panel.more_resets) != len(panel.more_relays):
        yield (
            f"more_relays has {_pins_of(panel.more_relays)} and more_resets"
            f" {_pins_of(panel.more_resets)}: a bistable relay needs one of each"
        )
    if panel.energised_means == "connected":
        yield (
            "energised_means is of plain relays: of a bistable one, relay cuts and relay_reset"
            " joins again"
        )


def _without_relay(panel: Panel) -> Iterator[str]:
    if panel.more_relays:
        yield "more_relays are driven with a first one; relay_kind is none"
    if panel.feedback is not None:
        yield "feedback is a contact of a relay; relay_kind is none"


def wired(panel: Panel) -> Iterable[tuple[str, int]]:
    """Give the name of each setting that is a pin, with that pin; of a list, one after another."""
    for part in fields(panel):
        absent = part.name == "relay" and panel.relay_kind == "none"
        if part.metadata.get("holds") == "pin" and not absent:
            found = getattr(panel, part.name)
            for pin in found if isinstance(found, tuple) else (found,):
                if pin is not None:
                    yield part.name, pin


def _pins_of(pins: tuple[int, ...]) -> str:
    return f"{len(pins)} pin{'' if len(pins) == 1 else 's'}"
