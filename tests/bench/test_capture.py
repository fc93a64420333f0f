"""The bench's capture, made small."""

from collections import Counter
from pathlib import Path

import pytest

from appliance.decode import Decoder
from appliance.model import Frame
from appliance.sensor.capture_file import CaptureFile
from appliance.sensor.meter import Meter
from tests.bench.capture import make
from tests.bench.meter import read

PACKETS, CONVERSATIONS = 20_000, 1000


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fiftieth of the real one."""
    file = tmp_path_factory.mktemp("bench") / "small.pcap"
    make(file, PACKETS, CONVERSATIONS)
    return file


def test_it_holds_as_many_packets_and_conversations_as_asked(capture: Path):
    """Some conversations are between the same ends, so there are a few less."""
    meter = Meter()
    for block in CaptureFile(capture):
        meter.feed(block)
    counters = meter.counters
    assert counters.packets == PACKETS
    assert CONVERSATIONS * 0.97 < counters.opened <= CONVERSATIONS
    assert (counters.malformed, counters.fragments, counters.duplicates) == (0, 0, 0)


def test_what_is_worth_reading_in_it_can_be_read(capture: Path):
    """Hellos, requests and names are real ones, of every kind."""
    meter, decoder = Meter(), Decoder()
    heard = [item for block in CaptureFile(capture) for item in meter.feed(block)]
    facts = [fact for item in heard if isinstance(item, Frame) for fact in decoder.read(item)]
    kinds = Counter(type(fact).__name__ for fact in facts)
    assert decoder.malformed == 0
    assert set(kinds) == {
        "AddressAsked",
        "AddressClaim",
        "HttpAnswered",
        "HttpAsked",
        "NameAnswered",
        "NameAsked",
        "TcpShape",
        "TlsHello",
        "TlsServed",
    }
    assert min(kinds.values()) > 20


def test_it_is_the_same_every_time(capture: Path, tmp_path: Path):
    """So that figures of different days can be compared."""
    again = tmp_path / "again.pcap"
    make(again, PACKETS, CONVERSATIONS)
    assert again.read_bytes() == capture.read_bytes()
    assert sorted(tmp_path.iterdir()) == [again]


def test_the_meter_alone_reads_all_of_it(capture: Path):
    """And gives frames, deltas and ticks."""
    said = read(capture)
    assert said["packets"] == PACKETS
    assert said["heard"] > CONVERSATIONS
