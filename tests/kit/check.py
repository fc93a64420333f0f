"""One helper to test detectors with: facts or frames in, alerts out, through the real stages."""

from collections.abc import Iterable

from appliance.addresses import Home
from appliance.decisions import Standing
from appliance.decode import Decoder
from appliance.detectors.base import Detector
from appliance.facts import Fact, FlowDelta
from appliance.hours import Hours, read
from appliance.inventory.inventory import Inventory
from appliance.knowledge.makers import makers
from appliance.lists.index import Lists, index
from appliance.lists.own import parse
from appliance.model import Alert, Frame, Ip, Mac
from appliance.roles import roles
from appliance.triage import Triage

NEVER_OPEN = read(["mon 00:00-00:01"], "UTC")
"""The hours of a practice in which nobody is but for two hours in a week."""


def inventory(
    *,
    lists: Lists | None = None,
    standing: Standing | None = None,
    learn_until: float = 0.0,
    remote_tools: Iterable[str] = (),
) -> Inventory:
    """Give an inventory that has seen nothing yet."""
    made = Inventory(
        home=Home(),
        find_maker=makers().find,
        roles=roles(),
        lists=lists or Lists(),
        remote_tools=frozenset(remote_tools),
        own=frozenset(),
        learn_until=learn_until,
        devices=64,
    )
    made.heed(standing or Standing())
    return made


def listed(*lines: str) -> Lists:
    """Give the lists that hold what *lines* name."""
    return Lists(index([("test", list(parse(lines, "test")))]))


def alerts(
    detector: Detector,
    *told: Fact | Frame,
    network: Inventory | None = None,
    hours: Hours | None = None,
) -> list[Alert]:
    """Tell *detector* all of *told* in order, and give the alerts that come of it."""
    network = network or inventory()
    decoder, triage = Decoder(), Triage([detector.about], hours)
    for item in told:
        for fact in decoder.read(item) if isinstance(item, Frame) else (item,):
            for news in (fact, *network.learn(fact)):
                if type(news) in detector.about.sees:
                    for finding in detector.see(news, network):
                        triage.take(finding)
    return triage.take_changed()


def flow(
    at: float,
    mac: str,
    src: str,
    dst: str,
    dport: int,
    *,
    peer_mac: str = "02:00:00:00:00:01",
    proto: int = 6,
    sport: int = 50_000,
    back: bool = True,
    payload: bool = True,
    flags_out: int = 0x1A,
    flags_in: int = 0x1A,
    opened: bool = True,
) -> FlowDelta:
    """Give what one conversation did in a second; *back*: the other side answers."""
    octets = 500 if payload else 60
    return FlowDelta(
        at=at,
        mac=Mac(mac),
        peer_mac=Mac(peer_mac),
        src=Ip(src),
        dst=Ip(dst),
        sport=sport,
        dport=dport,
        proto=proto,
        vlan=0,
        packets_out=3,
        packets_in=3 if back else 0,
        bytes_out=octets,
        bytes_in=octets if back else 0,
        payload_out=400 if payload else 0,
        payload_in=400 if payload and back else 0,
        flags_out=flags_out if proto == 6 else 0,
        flags_in=flags_in if proto == 6 and back else 0,
        first_at=at,
        opened=opened,
    )


def names(found: Iterable[Alert]) -> list[tuple[str, str]]:
    """Give which detector spoke of whom."""
    return [(alert.detector, alert.about) for alert in found]
