"""A front panel to play with: clocks set by hand, neighbours that answer or not, telling pins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from appliance.config import Automatic as AutomaticSettings
from appliance.config import Panel
from appliance.model import Level
from appliance.panel import latch_file
from appliance.panel.automatic import Automatic
from appliance.panel.clocks import Clocks
from appliance.panel.control import LATCH, Control
from appliance.panel.countdown import Announcement
from appliance.panel.heartbeat import Exit, Gateway, Heartbeat, Offer
from appliance.panel.latch import Kind, Latch, Order
from appliance.panel.pins import PinError, SimulatedPins
from appliance.panel.prooftest import TESTED, ProofTest
from appliance.panel.request import Wanted
from appliance.panel.signs import Asked, Cut
from appliance.panel.verify import Proof
from appliance.panel.watch import Watch
from appliance.probe.neighbour import Heard
from appliance.probe.rounds import Rounds

NOON = 1_800_000_000.0
GATEWAY = "192.168.1.1"
GATEWAY_MAC = "02:00:00:00:00:01"
PC = "192.168.1.20"
PC_MAC = "02:00:00:00:00:14"
ANCHOR = "9.9.9.9 tcp/443"


@dataclass
class Time:
    """Two clocks that only move when told."""

    day: float = NOON
    run: float = 1000.0

    def clocks(self) -> Clocks:
        return Clocks(now=lambda: self.day, steady=lambda: self.run)

    def pass_by(self, seconds: float) -> None:
        self.day += seconds
        self.run += seconds


@dataclass
class Neighbours:
    """The cable as `Medium` and `Network`: who is there answers what is asked."""

    there: dict[str, str] = field(default_factory=lambda: {GATEWAY: GATEWAY_MAC, PC: PC_MAC})
    heard: list[Heard] = field(default_factory=lambda: [Heard(PC, PC_MAC, answers=False)])
    asked: list[str] = field(default_factory=list)
    works: bool = True
    flooded: bool = False
    gateway: str = GATEWAY
    outside: "Internet | None" = None

    @property
    def medium(self) -> "Neighbours":
        return self

    def look(self) -> None: ...

    def close(self) -> None: ...

    def join(self, joined: bool) -> None:
        """Open or close the line between this cable and the gateway."""
        if joined:
            self.there[GATEWAY] = GATEWAY_MAC
        else:
            self.there.pop(GATEWAY, None)
        if self.outside is not None:
            self.outside.joined = joined

    def ask(self, wanted: str) -> bool:
        self.asked.append(wanted)
        if self.works and wanted in self.there:
            self.heard.append(Heard(wanted, self.there[wanted], answers=True))
        return self.works

    def read(self) -> list[Heard]:
        found, self.heard = self.heard, []
        return found

    def lost(self) -> bool:
        return self.flooded


@dataclass
class Internet:
    """Hosts of the internet, as `Asker`: they answer at once, or after a while are silent."""

    joined: bool = True
    busy: bool = False
    rounds: int = 0
    _began: float = 0.0

    def begin(self, now: float) -> None:
        self.busy, self._began = True, now
        self.rounds += 1

    def poll(self, now: float) -> Asked | None:
        if not self.busy or (not self.joined and now < self._began + 1.5):
            return None
        self.busy = False
        return Asked(answered=(ANCHOR,) if self.joined else (), sent=(ANCHOR,))

    def close(self) -> None:
        self.busy = False


class NoNetwork:
    """A box that cannot ask anybody."""

    medium = None
    outside = None
    gateway = ""

    def look(self) -> None: ...

    def close(self) -> None: ...


class TellingPins(SimulatedPins):
    """Pins that look real, note every move, and what the disk said at that moment."""

    simulated = False

    def __init__(self, folder: Path, cable: "Neighbours | None" = None) -> None:
        """*cable*: what the relay opens; the gateway and the internet are behind it."""
        super().__init__()
        self._folder = folder
        self._cable = cable
        self.broken = False
        """The relay's pin refuses."""
        self.deaf = False
        """The button cannot be read."""
        self.follows = False
        """There is a contact, and it goes with the relay."""
        self.refusing = False
        """The disk refuses the latch."""
        self.moves: list[bool] = []
        """Where the relay went, each time it moved."""
        self.disk: list[bool] = []
        """What the kept latch said at each of these moments."""

    def drive(self, isolated: bool) -> None:
        if self.broken:
            raise PinError("the wire is off")
        if isolated != self.isolated:
            self.moves.append(isolated)
            self.disk.append(self._kept(isolated))
        super().drive(isolated)
        if self._cable is not None:
            self._cable.join(not isolated)

    def opened(self) -> bool | None:
        return self.isolated if self.follows else self.contact

    def pressed(self) -> bool:
        if self.deaf:
            raise PinError("the wire is off")
        return super().pressed()

    def _kept(self, isolated: bool) -> bool:
        """Give what the disk says; what may not be asked of it is as it should be."""
        if not self._folder.exists() or (isolated and self.refusing):
            return isolated
        kept = latch_file.load(self._folder / LATCH)
        if self.refusing and kept.test_until is not None:  # a start would end the test as well
            return isolated
        return kept.isolated


def beat(
    level: Level = Level.WELL,
    *,
    gateway_at: float | None = NOON - 1,
    asks_at: float | None = None,
    seeing: bool = True,
    others: Iterable[Gateway] = (),
    shouts: Iterable[str] = (),
    exits: Iterable[Exit] = (),
    offers: Iterable[Offer] = (),
    calls_out_at: float | None = None,
) -> Heartbeat:
    """Give a heartbeat of a sensor that last saw the gateway at *gateway_at*."""
    seen = () if gateway_at is None else (gateway(gateway_at),)
    return Heartbeat(
        level=level,
        seeing=seeing,
        gateways=(*seen, *others),
        lan_asks_at=asks_at,
        shouts=tuple(shouts),
        exits=tuple(exits),
        offers=tuple(offers),
        calls_out_at=calls_out_at,
    )


def gateway(at: float, mac: str = GATEWAY_MAC, ip: str = GATEWAY) -> Gateway:
    """Give a gateway that was last heard *at*."""
    return Gateway(mac=mac, ips=(ip,) if ip else (), at=at)


@dataclass
class Bench:
    """A `Control` on the bench, with all that it is connected to."""

    folder: Path
    time: Time = field(default_factory=Time)
    network: Neighbours | NoNetwork = field(default_factory=Neighbours)
    beating: Heartbeat | None = field(default_factory=beat)
    """Sent once a second of `run`."""
    reconnect_by_button: bool = False
    cut: Cut = Cut.LAN
    busy: bool = False
    """People are at work."""
    wired: bool = False
    """The relay really opens the line to the gateway."""
    automatic: AutomaticSettings = field(default_factory=AutomaticSettings)
    asks: bool = True
    """What asks on the network for the panel runs."""

    def __post_init__(self) -> None:
        cable = self.network if self.wired and isinstance(self.network, Neighbours) else None
        self.pins = TellingPins(self.folder, cable)
        self.control = self._start()

    def restart(self) -> None:
        """Start another control, as after a kill, on the same pins and disk."""
        self.control = self._start()

    def _start(self) -> Control:
        latch = latch_file.take_up(self.folder / LATCH, self.time.day)
        self.rounds = Rounds(self.network)
        watch = Watch(self.cut)
        settings = Panel(cut=str(self.cut))
        test = ProofTest(watch, self.folder / TESTED, settings, self.time.day, lambda _: self.busy)
        control = Control(latch, self.folder, self.pins, test, self.time.clocks())
        if self.reconnect_by_button:
            control.let_the_button_reconnect()
        control.let_it_cut(Automatic(self.folder, self.time.clocks(), self.automatic))
        return control

    def isolate(self, who: str = "alice") -> str:
        return self.control.order(Order(kind=Kind.ISOLATE, at=self.time.day, who=who))

    def reconnect(self, who: str = "tech", *, technician: bool = True) -> str:
        return self.control.order(
            Order(kind=Kind.RECONNECT, at=self.time.day, who=who, technician=technician)
        )

    def announce(self, detector: str = "ransomware", alert: str = "0" * 16) -> str:
        """Have the sensor announce a cut."""
        return self.control.announce(Announcement(detector=detector, alert=alert))

    def test(self, *, technician: bool = True, **more: bool) -> str:
        """Ask for a proof test."""
        return self.control.test(Wanted(who="tech", **more), technician=technician)

    def run(self, seconds: float) -> Proof:
        """Let time pass, twenty turns and one heartbeat a second; give the proof at its end."""
        for turn in range(round(seconds * 20)):
            if turn % 20 == 0 and self.beating is not None:
                self.control.hear(self.beating)
            self.time.pass_by(0.05)
            self.turn()
        return self.control.status().proof

    def turn(self) -> None:
        """Have one turn of the control, and one of what asks for it on the network."""
        self._ask()
        self.control.turn()
        self._ask()

    def _ask(self) -> None:
        if self.asks:
            steady = self.time.run
            self.rounds.want(self.control.asking.question, steady)
            for told in (*self.rounds.turn(steady), self.rounds.told()):
                self.control.asking.hear(told, steady)

    def signs(self) -> set[str]:
        return {sign.what for sign in self.control.status().evidence}


def isolated(**more: object) -> Latch:
    """Give a latch that holds the uplink open."""
    return Latch(isolated=True, since=NOON, who="alice", **more)  # type: ignore[arg-type] # a test's
