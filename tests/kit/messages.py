"""Messages without frames around them: what a decoder makes of one, and whether it broke off."""

from collections.abc import Callable, Iterable

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import Fact
from appliance.model import Ip, Mac

ALICE, SERVER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01")
ALICE_IP, SERVER_IP = Ip("192.0.2.10"), Ip("198.51.100.7")
ANY = 50_000
"""A port of a client."""


def envelope(sport: int = ANY, dport: int = ANY) -> Envelope:
    return Envelope(1.0, ALICE, SERVER, ALICE_IP, SERVER_IP, sport, dport)


def told(
    read: Callable[[bytes, Envelope], Iterable[Fact]],
    message: bytes,
    sport: int = ANY,
    dport: int = ANY,
) -> tuple[list[Fact], bool]:
    """Give the facts in *message*, and whether it was malformed; nothing else may be raised."""
    facts: list[Fact] = []
    try:
        for fact in read(message, envelope(sport, dport)):
            facts.append(fact)  # noqa: PERF402 - what came before a malformed spot is kept
    except Malformed:
        return facts, True
    return facts, False
