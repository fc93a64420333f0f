"""One decoder by itself, without the frames around its messages."""

from collections.abc import Iterable

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import Fact
from appliance.model import Frame, Ip, Mac
from tests.fuzz.fuzzer import judge

ALICE, ALICE_IP = Mac("02:00:00:00:00:0a"), Ip("192.0.2.10")
BOB, BOB_IP = Mac("02:00:00:00:00:0b"), Ip("192.0.2.11")


def envelope(sport: int = 50_000, dport: int = 50_000) -> Envelope:
    """What a message from Alice to Bob came in."""
    return Envelope(1.0, ALICE, BOB, ALICE_IP, BOB_IP, sport, dport)


def told(facts: Iterable[Fact]) -> tuple[list[Fact], bool]:
    """Give what a decoder tells, kept to the promises of facts, and whether it is malformed."""
    found: list[Fact] = []
    try:
        for fact in facts:
            judge(fact, Frame(1.0, b""))
            found.append(fact)
    except Malformed:
        return found, True
    return found, False
