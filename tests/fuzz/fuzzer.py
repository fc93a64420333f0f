"""Throws mutants of ordinary frames at the decoder, and judges what comes out.

Deterministic: the same seed makes the same inputs in the same order. A mutant is made of a seed
frame by a few small strokes; as the decoder remembers hellos, one decoder is fed them all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from statistics import median
from time import perf_counter

from msgspec.structs import astuple

from appliance.decode import Decoder
from appliance.decode.dns import MOST
from appliance.decode.reader import LONGEST_TEXT
from appliance.facts import Fact, Record
from appliance.model import Frame, Link
from tests.fuzz.seeds import SEEDS

SLOW = 0.050
"""Seconds; no input may take longer."""
LONGEST_INPUT = 70_000
AWKWARD = (0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFE, 0xFF)


class Finding(Exception):  # noqa: N818 - found, not erred
    """An input that the decoder must not answer like this; holds it in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run saw."""

    inputs: int
    facts: int
    malformed: int
    slowest: float
    """Seconds."""
    slowest_input: Frame


def mutants(random: Random) -> Iterator[Frame]:
    """Give frames without end."""
    while True:
        seed = random.choice(SEEDS)
        data = bytearray(seed.data)
        for _ in range(random.choice((0, 1, 1, 2, 3, 8))):
            random.choice(STROKES)(random, data)
        link = random.choice(list(Link)) if random.random() < 0.02 else seed.link
        yield Frame(1.0, bytes(data[:LONGEST_INPUT]), link)


def _awkward_byte(random: Random, data: bytearray) -> None:
    if data:
        data[random.randrange(len(data))] = random.choice(AWKWARD)


def _any_byte(random: Random, data: bytearray) -> None:
    if data:
        data[random.randrange(len(data))] = random.randrange(256)


def _cut(random: Random, data: bytearray) -> None:
    del data[random.randrange(len(data) + 1) :]


def _drop(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data) + 1)
    del data[at : at + random.randrange(1, 9)]


def _insert(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data) + 1)
    data[at:at] = random.randbytes(random.randrange(1, 9))


def _repeat(random: Random, data: bytearray) -> None:
    at = random.randrange(len(data) + 1)
    part = data[at : at + random.randrange(1, 40)]
    data[at:at] = part * random.choice((1, 2, 20, 1500))


def _splice(random: Random, data: bytearray) -> None:
    other = random.choice(SEEDS).data
    at = random.randrange(len(data) + 1)
    data[at:] = other[random.randrange(len(other)) :]


STROKES: tuple[Callable[[Random, bytearray], None], ...] = (
    _awkward_byte,
    _awkward_byte,
    _any_byte,
    _cut,
    _drop,
    _insert,
    _repeat,
    _splice,
)


def run(seed: int, goes_on: Callable[[int], bool]) -> Report:
    """Feed mutants for as long as *goes_on*, told the number so far, says; raises `Finding`."""
    decoder = Decoder()
    inputs = facts = 0
    slowest, slowest_input = 0.0, SEEDS[0]
    for frame in mutants(Random(seed)):  # noqa: S311 - the same every time is what we want
        if not goes_on(inputs):
            break
        inputs += 1
        began = perf_counter()
        try:
            found = decoder.read(frame)
        except Exception as error:
            raise Finding(f"raised {error!r} on {frame.link.name} {frame.data.hex()}") from error
        took = perf_counter() - began
        if took > slowest:
            slowest, slowest_input = took, frame
        facts += len(found)
        for fact in found:
            judge(fact, frame)
    return Report(
        inputs=inputs,
        facts=facts,
        malformed=decoder.malformed,
        slowest=slowest,
        slowest_input=slowest_input,
    )


def judge(fact: Fact, frame: Frame) -> None:
    """Hold *fact* against the promises of `appliance.facts`."""
    values = list(astuple(fact))
    hash(fact)
    while values:
        value = values.pop()
        if isinstance(value, Record):
            values += astuple(value)
        if isinstance(value, tuple):
            if len(value) > (MOST if value and isinstance(value[0], Record) else LONGEST_TEXT):
                raise Finding(f"{len(value)} of them in {fact} from {frame.data.hex()}")
            values += value
        if isinstance(value, str) and not (value.isprintable() and len(value) <= LONGEST_TEXT):
            raise Finding(f"text {value!r} from {frame.data.hex()}")


def time_again(frame: Frame) -> float:
    """Give the seconds that *frame* takes, the middle one of three fresh tries."""
    took = []
    for _ in range(3):
        decoder = Decoder()
        began = perf_counter()
        decoder.read(frame)
        took.append(perf_counter() - began)
    return median(took)
