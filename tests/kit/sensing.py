"""A sensor at work on a capture: its own disk, a clock set by hand, and a source that can fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from appliance.config import Automatic, Config, Home, Keep, Practice
from appliance.config_packets import Packets
from appliance.model import Alert, Health, Level, Mac
from appliance.panel.status import PanelStatus
from appliance.sensing import Sensing
from appliance.sensor.capture_file import CaptureFile
from appliance.sensor.recording import nothing
from appliance.store import Office, Reader, Watch
from tests.kit.panel_here import Here
from tests.kit.vigie import ROOT

CAPTURES = ROOT / "tests/captures"
SCAN = CAPTURES / "port_scan/nmap_half_open.pcap"
SCANNER, SCANNED = Mac("34:e6:ad:10:00:66"), Mac("00:11:32:10:00:10")
WORK = CAPTURES / "port_scan/ordinary_work.pcap"
LISTED = CAPTURES / "known_bad/listed_name.pcap"
LISTED_NAME = "bad.vigie-test.example"
EIGHT = 1_763_971_200.0
"""Eight in the morning, when the captures begin."""


@dataclass
class Card:
    """Where packets come from; it loses some, or falls silent, when told to."""

    source: str = "eth0"
    note: str = ""
    why: str = ""
    dropped: int = 0


@dataclass
class Sensor:
    """A sensor and its surroundings."""

    folder: Path
    card: Card = field(default_factory=Card)
    learning_days: float = 0.0
    own: frozenset[Mac] = frozenset()
    now: float = EIGHT
    hours: tuple[str, ...] = ()
    automatic: Automatic = field(default_factory=Automatic)
    packets: Packets = field(default_factory=Packets)
    clock_unset: float = 0.0

    def __post_init__(self) -> None:
        self.config = Config(
            state=self.folder / "state",
            run=self.folder / "run",
            practice=Practice(hours=self.hours),
            automatic=self.automatic,
            packets=self.packets,
            home=Home(networks=("192.168.50.0/24",), learning_days=self.learning_days),
        )
        self.watch = Watch(self.config.state, Keep(), lambda: self.now)
        self.reader = Reader(self.config.state)
        self.sensing = Sensing(
            self.config, self.card, self.watch, self.own, self.now, lambda: self.clock_unset
        )

    def hear(self, capture: Path) -> None:
        """Feed *capture*, as if it began now."""
        for block in CaptureFile(capture):
            shift = self.now - EIGHT
            self.sensing.feed(replace(block, times=block.times + shift, now=block.now + shift))
            self.now = max(self.now, block.now + shift)

    def wait(self, seconds: float = 1.0) -> None:
        """Let time pass in silence, a second at a time, with the chores that are due."""
        until = self.now + seconds
        while self.now < until:
            self.now = min(self.now + 1, until)
            self.sensing.feed(nothing(self.now))
            self.sensing.chores(self.now)

    def alerts(self) -> tuple[Alert, ...]:
        """Give the alerts on the disk."""
        return self.reader.alerts()

    def health(self) -> Health:
        """Give the health on the disk."""
        health = self.reader.health()
        assert health is not None
        return health

    @contextmanager
    def office(self) -> Iterator[Office]:
        """Have somebody at the pages."""
        opened = Office(self.config.state, lambda: self.now)
        try:
            yield opened
        finally:
            opened.close()

    def restart(self) -> "Sensor":
        """Give another sensor on the same disk, as after a kill: nothing more was saved."""
        self.reader.close()
        self.watch._writer.close()
        return Sensor(
            self.folder,
            self.card,
            self.learning_days,
            self.own,
            self.now,
            self.hours,
            self.automatic,
            self.packets,
            self.clock_unset,
        )

    def close(self) -> None:
        """Stop, in good order."""
        self.watch.close()
        self.reader.close()


def spoke(alerts: tuple[Alert, ...]) -> set[str]:
    """Give which detectors raised *alerts*."""
    return {alert.detector for alert in alerts}


def level(here: Here) -> tuple[Level, str]:
    """Give what the light shows, and why."""
    status: PanelStatus = here.client.status()
    return status.light, status.light_why


def put(sensor: Sensor, content: bytes, name: str = "ours.csv") -> Path:
    """Add a list by hand; give its file."""
    folder = sensor.config.state / "lists"
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    return file
