"""A recording played as if it had just happened."""

from itertools import islice

import pytest

from appliance.sensor.meter import Meter
from appliance.sensor.recording import PAUSE, Recording, nothing
from appliance.sensor.source import CaptureError
from tests.kit.capture import pcap
from tests.kit.talk import datagram, deltas


class Clock:
    """Stands still until somebody pauses."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def now(self) -> float:
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def recording(tmp_path, clock):
    path = tmp_path / "day.pcap"
    path.write_bytes(pcap([datagram(100.0), datagram(250.5), datagram(160.25)]))
    return Recording(path, clock.now, clock.pause)


def test_a_recording_ends_now(recording, clock):
    """Its latest packet has just passed, the others as long before it as they did."""
    (block,) = islice(recording, 1)
    assert (clock.at - block.times).tolist() == [150.5, 0.0, 90.25]
    assert block.now == clock.at - 90.25


def test_then_only_time_passes(recording, clock):
    """A block without packets after each pause, for ever."""
    began = clock.at
    _, *silence = islice(recording, 6)
    assert [block.now - began for block in silence] == pytest.approx(
        [PAUSE * n for n in range(1, 6)]
    )
    assert all(len(block.offsets) == len(block.times) == 0 for block in silence)


def test_the_seconds_of_silence_go_by_for_the_meter(recording):
    """As they would behind a quiet card."""
    meter, heard = Meter(), []
    for block in islice(recording, 20):
        heard += meter.feed(block)
    assert sum(delta.packets_out for delta in deltas(heard)) == 3


def test_it_says_that_nothing_is_watched(recording):
    """Its name is the file's, and no cable is missing."""
    assert (recording.source, recording.note, recording.why) == (
        "day.pcap",
        "health.replaying",
        "",
    )
    assert recording.dropped == 0


def test_a_recording_without_packets_is_silence(tmp_path, clock):
    path = tmp_path / "none.pcap"
    path.write_bytes(pcap([]))
    (block,) = islice(Recording(path, clock.now, clock.pause), 1)
    assert (len(block.offsets), block.now) == (0, clock.at)


def test_a_recording_that_is_none_is_refused(tmp_path, clock):
    path = tmp_path / "text.pcap"
    path.write_text("dear diary")
    with pytest.raises(CaptureError, match="is no capture"):
        next(iter(Recording(path, clock.now, clock.pause)))


def test_nothing_is_a_block_that_can_be_fed():
    assert Meter().feed(nothing(5.0)) == []
