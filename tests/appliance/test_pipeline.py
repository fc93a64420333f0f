"""All stages joined: the same alerts for any cutting, one fence, and going on after a restart."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.decisions import Known, Standing
from appliance.detectors import ALL, NewDevice, PortScan
from appliance.facts import DeviceAppeared, DhcpAsked, Tick
from appliance.lists.index import Lists
from appliance.model import Alert, AlertState, Device, Finding, Frame, Level, Mac
from appliance.pipeline import SILENCE, Pipeline, Setting
from appliance.sensor.capture_file import CaptureFile
from appliance.sensor.columns import Block
from tests.kit import headers, wire
from tests.kit.capture import block
from tests.kit.check import listed
from tests.kit.examples import usually

CAPTURES = Path(__file__).parents[1] / "captures"
FILES = sorted(CAPTURES.glob("*/*.pcap"))
SCAN = CAPTURES / "port_scan/nmap_half_open.pcap"
SCANNER = Mac("34:e6:ad:10:00:66")
LISTED = CAPTURES / "known_bad/listed_name.pcap"
BAD = listed("bad.vigie-test.example")


def cut(file: Path, cuts: list[int]) -> Iterator[Block]:
    """Give the packets of *file* in blocks that end at *cuts*."""
    for whole in CaptureFile(file):
        count = len(whole.offsets)
        ends = sorted({0, count, *(at % (count + 1) for at in cuts)})
        for low, high in pairwise(ends):
            yield replace(
                whole,
                offsets=whole.offsets[low:high],
                captured=whole.captured[low:high],
                lengths=whole.lengths[low:high],
                times=whole.times[low:high],
                now=float(whole.times[high - 1]),
            )


def heard(pipeline: Pipeline, file: Path, cuts: list[int] | None = None) -> list[Alert]:
    """Feed *file* to its end; give the alerts as they stand then."""
    for each in cut(file, cuts or []):
        pipeline.feed(each)
    pipeline.finish()
    return pipeline.triage.take_changed()


def a_pipeline(**setting: object) -> Pipeline:
    """Give a pipeline in which a bug shows."""
    return Pipeline(Setting(**setting), fence=False)  # type: ignore[arg-type] # by name


@settings(max_examples=usually(40))
@given(st.sampled_from(FILES), st.lists(st.integers(0), max_size=12))
def test_any_cutting_of_a_capture_gives_the_same_alerts_and_devices(
    file: Path, cuts: list[int]
) -> None:
    whole, pieces = a_pipeline(lists=BAD), a_pipeline(lists=BAD)
    assert heard(pieces, file, cuts) == heard(whole, file)
    assert pieces.cases.take_changed() == whole.cases.take_changed()
    assert pieces.inventory.devices() == whole.inventory.devices()
    assert pieces.meter.counters == whole.meter.counters
    assert pieces.now == whole.now


class Broken:
    """A detector with a bug in every fact."""

    about = PortScan.about

    def __init__(self, limits: object) -> None:
        self.seen = 0

    def see(self, fact: object, network: object) -> Iterator[None]:
        self.seen += 1
        raise ZeroDivisionError("a bug")
        yield

    def dropped(self) -> int:
        return 0


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a broken detector in the place of one that sees what the others see, too."""
    kinds = tuple(Broken if kind is PortScan else kind for kind in ALL)
    monkeypatch.setattr("appliance.pipeline.ALL", kinds)


@pytest.mark.usefixtures("broken")
def test_a_broken_detector_does_not_blind_the_others() -> None:
    pipeline = Pipeline(Setting(lists=BAD))
    alerts = heard(pipeline, LISTED)
    assert {alert.detector for alert in alerts} >= {"known_bad", "new_device"}
    assert list(pipeline.faults) == ["port_scan"]
    assert "ZeroDivisionError: a bug" in pipeline.faults["port_scan"]


@pytest.mark.usefixtures("broken")
def test_without_the_fence_a_bug_shows() -> None:
    """As in every test of a detector."""
    with pytest.raises(ZeroDivisionError, match="a bug"):
        heard(Pipeline(Setting(), fence=False), LISTED)


def test_a_broken_detector_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One fact that it stumbles over does not silence it for good."""
    stumbled = []
    real = NewDevice.see

    def see(self: NewDevice, fact: DeviceAppeared, network: object) -> object:
        if not stumbled:
            stumbled.append(fact)
            raise ZeroDivisionError
        return real(self, fact, network)  # type: ignore[arg-type] # the inventory

    monkeypatch.setattr(NewDevice, "see", see)
    alerts = heard(Pipeline(Setting()), LISTED)
    assert [alert.detector for alert in alerts] == ["new_device"]


def test_after_a_restart_a_trouble_that_goes_on_is_the_same_alert() -> None:
    """And what was known of devices is known again."""
    before = a_pipeline(without=frozenset({"new_device"}))
    (alert,) = heard(before, SCAN)
    after = a_pipeline(without=frozenset({"new_device"}))
    after.restore(before.inventory.devices(), [alert])
    assert after.level() is Level.LOOK
    (again,) = heard(after, SCAN)
    assert (again.id, again.first_at) == (alert.id, alert.first_at)
    assert again.count == 2 * alert.count
    assert [device.mac for device in after.inventory.devices()] == [
        device.mac for device in before.inventory.devices()
    ]


def test_a_device_that_was_known_before_the_restart_is_no_newcomer() -> None:
    pipeline = a_pipeline()
    pipeline.restore([Device(mac=SCANNER)], [])
    about = {alert.about for alert in heard(pipeline, SCAN) if alert.detector == "new_device"}
    assert about
    assert SCANNER not in about


def test_a_case_may_be_worse_than_each_of_its_alerts() -> None:
    """The light follows it, and calms down when people have dealt with one of them."""
    pipeline = a_pipeline()
    for minute, detector in enumerate(("download", "beacon", "port_scan")):
        found = Finding(
            detector=detector, at=60.0 * minute, about=SCANNER, key=(detector, str(minute))
        )
        pipeline.cases.take(pipeline.triage.take(found), pipeline.inventory)
    assert pipeline.triage.level() is Level.LOOK
    assert pipeline.level() is Level.DANGER
    (first, *_) = pipeline.triage.take_changed()
    pipeline.heed(Standing(closed=frozenset({first.id})))
    assert pipeline.level() is Level.LOOK


def test_an_alert_that_people_dealt_with_is_closed() -> None:
    pipeline = a_pipeline(without=frozenset({"new_device"}))
    (alert,) = heard(pipeline, SCAN)
    assert pipeline.level() is Level.LOOK
    pipeline.heed(Standing(closed=frozenset({alert.id})))
    (closed,) = pipeline.triage.take_changed()
    assert closed == replace(alert, state=AlertState.CLOSED)
    assert pipeline.level() is Level.WELL


def test_a_device_that_people_approve_is_no_stranger_any_more() -> None:
    pipeline = a_pipeline(without=frozenset({"port_scan"}))
    strangers = {alert.about for alert in heard(pipeline, SCAN)}
    pipeline.heed(Standing(known={mac: Known(approved=True) for mac in strangers}))
    assert {alert.state for alert in pipeline.triage.take_changed()} == {AlertState.CLOSED}


def test_a_stranger_that_turns_out_to_be_somebody_known_is_none_any_more() -> None:
    """A laptop that goes on by Wi-Fi at once: after a minute it is clear, and the alert ends."""
    said = {"hostname": "PC-7", "vendor_class": "MSFT 5.0", "client_id": "ff" + "11100042" * 4}

    def asks(at: float, mac: Mac) -> DhcpAsked:
        return DhcpAsked(at=at, mac=mac, version=4, message="discover", parameters=(1, 3), **said)

    cable, wireless = Mac("f8:bc:12:00:00:0a"), Mac("f8:bc:12:00:00:0b")
    pipeline = a_pipeline()
    pipeline.heed(Standing(known={cable: Known(approved=True)}))
    for fact in (asks(0, cable), asks(100, cable), asks(105, wireless)):
        pipeline.tell(fact)
    (alert,) = pipeline.triage.take_changed()
    assert (alert.detector, alert.about, alert.state) == ("new_device", wireless, AlertState.OPEN)
    pipeline.tell(asks(165, wireless))
    pipeline._hear([Tick(166)])
    (alert,) = pipeline.triage.take_changed()
    assert alert.state is AlertState.CLOSED
    assert [device.also for device in pipeline.inventory.devices()] == [(wireless,)]


def test_lists_are_taken_between_two_blocks() -> None:
    """From the next packet on."""
    pipeline = a_pipeline(without=frozenset({"new_device"}))
    assert heard(pipeline, LISTED) == []
    pipeline.use_lists(BAD)
    assert {alert.detector for alert in heard(pipeline, LISTED)} == {"known_bad"}
    pipeline.use_lists(Lists())
    pipeline.triage.take_changed()
    assert heard(pipeline, LISTED) == []


def test_the_box_learns_first_and_says_so() -> None:
    (first, *_) = CaptureFile(SCAN)
    pipeline = a_pipeline(learn_until=float(first.times[0]) + 3600)
    assert "new_device" not in {alert.detector for alert in heard(pipeline, SCAN)}
    quiet = a_pipeline(learn_until=float(first.times[0]) + 3600, without=frozenset({"port_scan"}))
    heard(quiet, SCAN)
    assert quiet.level() is Level.LEARNING


def test_a_detector_that_is_not_wanted_does_not_run() -> None:
    pipeline = a_pipeline(without=frozenset({"new_device"}))
    assert "new_device" not in {detector.about.id for detector in pipeline.detectors}
    assert {alert.detector for alert in heard(pipeline, SCAN)} == {"port_scan"}


def test_a_detector_has_the_limits_an_installer_gave_it() -> None:
    """Here it takes more ports than the capture tries."""
    patient = replace(PortScan.about.limits(), ports=500, oddities=500)
    pipeline = a_pipeline(without=frozenset({"new_device"}), limits={"port_scan": patient})
    assert heard(pipeline, SCAN) == []


def test_a_capture_is_followed_by_some_seconds_of_silence() -> None:
    """Some detectors wait before they speak; where the box goes on later, it is left out."""
    ticks: list[float] = []

    class Listening(Pipeline):
        def tell(self, fact: object) -> None:
            if isinstance(fact, Tick):
                ticks.append(fact.at)
            super().tell(fact)  # type: ignore[arg-type] # any fact

    frame = Frame(100.2, headers.ether(b"x" * 50, "02:00:00:00:00:0a"))
    for silence, heard_at in ((SILENCE, [101, 102, 103, 104, 105, 106]), (0, [101])):
        ticks.clear()
        pipeline = Listening(Setting())
        pipeline.feed(block([frame]))
        pipeline.finish(silence)
        assert ticks == heard_at
        assert pipeline.now == heard_at[-1]


def test_what_a_bounded_memory_let_go_is_counted() -> None:
    pipeline = a_pipeline(devices=64)
    frames = [
        wire.arp(100.0, f"02:00:00:00:{number:02x}:0a", f"192.168.1.{number}", wanted="192.168.1.1")
        for number in range(200)
    ]
    assert pipeline.dropped() == {}
    pipeline.feed(block(frames))
    pipeline.finish()
    assert set(pipeline.dropped()) == {"devices"}
    assert len(pipeline.inventory.devices()) == 64
