"""From packets on a card to the signed file of an incident, by a sensor at work."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.config_packets import Packets
from appliance.dossier import bundle
from appliance.dossier.evidence import Sources, keep
from appliance.erasures import What
from appliance.incidents import Incident, Origin
from appliance.model import Mac
from appliance.packets import FIRST, LATER, Caught, caught, place
from appliance.sensing import Sensing
from tests.appliance.sensor.test_pcap_writing import by_scapy
from tests.kit.headers import mac_bytes
from tests.kit.sensing import SCAN, SCANNED, SCANNER, WORK, Sensor

HOUR = 3600.0


class Watched:
    """A sensor that keeps the headers of the last packets, and people at the pages."""

    def __init__(self, folder: Path) -> None:
        self.sensor = Sensor(folder, packets=Packets(keep=True, mib=1, minutes=60))

    def begin(self, packets: Packets) -> None:
        """Have the sensor begin anew, with this setting."""
        one = self.sensor
        one.config = replace(one.config, packets=packets)
        one.sensing = Sensing(one.config, one.card, one.watch, one.own, one.now)

    @property
    def config(self) -> Config:
        return self.sensor.config

    def open(self, origin: Origin = Origin.HAND, subject: str = "") -> Incident:
        """Open an incident, and keep its evidence."""
        with self.sensor.office() as office:
            held = office.open_incident(author="x", origin=origin, subject=subject, why="x")
        self.keep(held)
        return held

    def keep(self, held: Incident) -> Path:
        """Keep the evidence as the pages do."""
        sources = Sources(
            state=self.config.state,
            reader=self.sensor.reader,
            packets=self.config.packets.keep,
        )
        return keep(sources, held, self.sensor.now)

    def wait(self, seconds: float = 1.0) -> None:
        self.sensor.wait(seconds)
        self.sensor.sensing._handing_over.finish()

    def read(self, held: Incident, name: str = FIRST) -> list[bytes]:
        """Give the headers in a file of the evidence."""
        file = place(self.config.state, held.id) / f"{name}.pcap"
        return [data for _, data, _ in by_scapy(file.read_bytes())]

    def told(self, held: Incident) -> Caught:
        found = caught(place(self.config.state, held.id), FIRST)
        assert found is not None
        return found


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    found = Watched(tmp_path)
    yield found
    found.sensor.close()


def involve(data: bytes, mac: Mac) -> bool:
    return mac_bytes(mac) in (data[:6], data[6:12])


def test_within_a_second_the_packets_of_the_machine_concerned_are_on_the_card(
    watched: Watched,
) -> None:
    watched.sensor.hear(SCAN)
    watched.sensor.hear(WORK)
    watched.wait()
    (scan,) = (one for one in watched.sensor.alerts() if one.detector == "port_scan")
    held = watched.open(Origin.ALERT, scan.id)
    assert scan.about == SCANNER
    watched.wait(1)
    found, told = watched.read(held), watched.told(held)
    assert told.packets == len(found) > 100
    assert told.first_at <= scan.first_at
    assert all(any(involve(data, mac) for mac in told.devices) for data in found)
    assert any(involve(data, SCANNED) for data in found)


def test_an_incident_that_names_no_machine_takes_all(watched: Watched) -> None:
    watched.sensor.hear(WORK)
    held = watched.open()
    watched.wait()
    assert watched.told(held).devices == ()
    assert len({data[6:12] for data in watched.read(held)}) > 2


def test_it_is_in_the_signed_file_which_verifies_and_tells_of_it(watched: Watched) -> None:
    watched.sensor.hear(WORK)
    held = watched.open()
    watched.wait()
    watched.keep(held)
    made = bundle.make(watched.config, held, {}, "fr", watched.sensor.now)
    assert bundle.verify(made.content).why == ""
    with zipfile.ZipFile(BytesIO(made.content)) as packed:
        content = packed.read("evidence/packets.pcap")
        chronology = packed.read("chronology.csv").decode("utf-8-sig")
    told = watched.told(held)
    assert len(by_scapy(content)) == told.packets
    assert f"{told.packets} (packets.pcap)" in chronology
    assert (
        "evidence/packets.pcap"
        in zipfile.ZipFile(BytesIO(made.content)).read("MANIFEST.sha256").decode()
    )


def test_ten_minutes_later_what_came_since_is_a_second_file(watched: Watched) -> None:
    watched.sensor.hear(WORK)
    held = watched.open()
    watched.wait()
    last = watched.told(held).last_at
    watched.sensor.hear(SCAN)
    watched.wait(LATER + 1)
    watched.keep(held)
    watched.wait()
    after = caught(place(watched.config.state, held.id), "packets-after")
    assert after is not None
    assert after.first_at > last
    assert any(involve(data, SCANNER) for data in watched.read(held, "packets-after"))


def test_what_is_handed_over_is_written_once(watched: Watched) -> None:
    watched.sensor.hear(WORK)
    held = watched.open()
    watched.wait()
    before = watched.read(held)
    watched.sensor.hear(SCAN)
    watched.wait(120)
    assert watched.read(held) == before


def test_what_is_older_than_the_minutes_set_is_neither_held_nor_handed_over(
    watched: Watched,
) -> None:
    watched.begin(Packets(keep=True, mib=1, minutes=1))
    watched.sensor.hear(SCAN)
    watched.wait(90)
    recent = watched.sensor.sensing.pipeline.meter.recent
    assert recent is not None
    assert len(recent.of()) == 0
    held = watched.open()
    watched.wait()
    assert watched.told(held).packets == 0
    assert watched.read(held) == []


def test_a_sensor_that_is_dead_is_said_to_have_given_nothing(watched: Watched) -> None:
    held = watched.open()
    watched.sensor.now += 300
    watched.keep(held)
    made = bundle.make(watched.config, held, {}, "en", watched.sensor.now)
    with zipfile.ZipFile(BytesIO(made.content)) as packed:
        assert "could not be kept: the watch did not answer" in packed.read("sheets.csv").decode(
            "utf-8-sig"
        )
        assert "evidence/packets.pcap" not in packed.namelist()


def test_a_card_that_does_not_take_it_is_tried_again(watched: Watched) -> None:
    """A folder stands where the file is to be: the sensor goes on, and comes back to it."""
    watched.sensor.hear(WORK)
    held = watched.open()
    in_the_way = place(watched.config.state, held.id) / "packets.pcap.new"
    in_the_way.mkdir()
    watched.wait(5)
    assert caught(place(watched.config.state, held.id), FIRST) is None
    in_the_way.rmdir()
    watched.wait(65)
    assert watched.told(held).packets > 0


def test_with_the_setting_off_nothing_is_held_and_nothing_written(watched: Watched) -> None:
    watched.begin(Packets())
    watched.sensor.hear(WORK)
    held = watched.open()
    watched.wait(5)
    assert watched.sensor.sensing.pipeline.meter.recent is None
    assert list(place(watched.config.state, held.id).glob("packets*")) == []


@pytest.mark.parametrize("what", [What.DEVICES, What.CONVERSATIONS])
def test_what_people_had_deleted_is_not_in_memory_either(watched: Watched, what: What) -> None:
    watched.sensor.hear(SCAN)
    with watched.sensor.office() as office:
        office.erase(what, author="x")
    watched.wait(20)
    recent = watched.sensor.sensing.pipeline.meter.recent
    assert recent is not None
    assert mac_bytes(SCANNER) not in recent._held.tobytes()


def test_the_same_alerts_are_raised_with_and_without_it(watched: Watched, tmp_path: Path) -> None:
    """It looks on, and changes nothing."""
    other = Sensor(tmp_path / "other")
    for one in (other, watched.sensor):
        one.hear(SCAN)
        one.wait(10)
    told = [
        [(each.detector, each.about, each.count) for each in one.alerts()]
        for one in (other, watched.sensor)
    ]
    assert told[0] == told[1] != []
    other.close()
