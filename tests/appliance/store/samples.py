"""Values to store, the same for every test, and strategies for any others."""

from hypothesis import strategies as st

from appliance.addresses import Home
from appliance.decisions import Decision, Verdict
from appliance.facts import FlowDelta
from appliance.model import (
    Alert,
    AlertState,
    Case,
    Contact,
    Device,
    Evidence,
    Health,
    Ip,
    Mac,
    Severity,
    Table,
    Trust,
)
from appliance.stages import Stage

ALICE = Mac("02:00:00:00:00:0a")
BOB = Mac("02:00:00:00:00:0b")
GATEWAY = Mac("02:00:00:00:00:01")
NOON = 1_767_268_800.0
"""2026-01-01 12:00:00 UTC."""

place = Home().place


class Clock:
    """A clock that is set by hand."""

    def __init__(self, at: float = NOON) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


def alert(number: int = 1, **how) -> Alert:
    return Alert(
        **{
            "id": f"{number:016x}",
            "key": ("port_scan", str(number)),
            "detector": "port_scan",
            "severity": Severity.WARNING,
            "about": ALICE,
            "first_at": NOON,
            "last_at": NOON + number,
            "count": 1,
            "state": AlertState.OPEN,
            "words": {"target": "nas"},
            "attack": ("T1046",),
            "src_ip": Ip("192.168.1.10"),
        }
        | how
    )


def case(number: int = 1, **how) -> Case:
    return Case(
        **{
            "id": f"ca5e{number:012x}",
            "about": ALICE,
            "also": (BOB,),
            "severity": Severity.DANGER,
            "first_at": NOON,
            "last_at": NOON + number,
            "alerts": (alert(1).id, alert(2).id),
            "stages": (Stage.ENTRY, Stage.LOOKING),
            "state": AlertState.OPEN,
        }
        | how
    )


def device(mac: Mac = ALICE, **how) -> Device:
    return Device(
        **{
            "mac": mac,
            "addresses": (Ip("192.168.1.10"), Ip("fe80::a")),
            "names": ("poste-accueil",),
            "first_at": NOON,
            "last_at": NOON,
            "evidence": (
                Evidence(source="oui", says="Dell", weight=20, first_at=NOON, last_at=NOON),
            ),
            "trust": Trust.LEARNT,
        }
        | how
    )


def numbered_mac(number: int) -> Mac:
    text = f"02{number:010x}"
    return Mac(":".join(text[at : at + 2] for at in range(0, 12, 2)))


def delta(at: float = NOON, **how) -> FlowDelta:
    """What Alice and a host of the internet said in one second: 10 octets out, 100 in."""
    said = {
        "at": at,
        "mac": ALICE,
        "peer_mac": GATEWAY,
        "src": Ip("192.168.1.10"),
        "dst": Ip("203.0.113.5"),
        "sport": 50_000,
        "dport": 443,
        "proto": 6,
        "vlan": 0,
        "packets_out": 1,
        "packets_in": 2,
        "bytes_out": 10,
        "bytes_in": 100,
        "payload_out": 0,
        "payload_in": 0,
        "flags_out": 0,
        "flags_in": 0,
        "first_at": at,
        "opened": False,
    }
    return FlowDelta(**said | how)


times = st.floats(min_value=0, max_value=4e9)
numbers = st.integers(min_value=0, max_value=2**63 - 1)
words = st.text(st.characters(), max_size=20)
"""Any characters at all, halves of surrogate pairs among them."""
clean = st.text(max_size=20)
macs = st.integers(min_value=0, max_value=2**40 - 1).map(numbered_mac)
ips = st.ip_addresses().map(lambda ip: Ip(str(ip)))
tuples = st.lists(words, max_size=4).map(tuple)

evidence = st.builds(
    Evidence,
    source=words,
    says=words,
    weight=st.integers(1, 100),
    first_at=times,
    last_at=times,
    kind=clean,
    maker=clean,
    model=words,
    os=clean,
)
contacts = st.builds(
    Contact,
    table=st.sampled_from(Table),
    host=clean,
    first_at=times,
    last_at=times,
    octets_in=numbers,
    loaded_at=times,
)
devices = st.builds(
    Device,
    mac=macs,
    addresses=st.lists(ips, max_size=4).map(tuple),
    names=tuples,
    maker=clean,
    randomised=st.booleans(),
    gateway=st.booleans(),
    first_at=times,
    last_at=times,
    evidence=st.lists(evidence, max_size=3).map(tuple),
    trust=st.sampled_from(Trust),
    given_name=clean,
    role=clean,
    place=clean,
    socket=clean,
    kind=clean,
    model=clean,
    os=clean,
    given_kind=clean,
    bought_on=clean,
    contacts=st.lists(contacts, max_size=3).map(tuple),
    also=st.lists(macs, max_size=3).map(tuple),
)
alerts = st.builds(
    Alert,
    id=numbers.map(lambda number: f"{number:016x}"),
    key=tuples,
    detector=clean,
    severity=st.sampled_from(Severity),
    about=macs,
    first_at=times,
    last_at=times,
    count=numbers,
    state=st.sampled_from(AlertState),
    words=st.dictionaries(words, words, max_size=3),
    attack=tuples,
    peers=tuples,
    again=st.booleans(),
    at_night=st.booleans(),
    timed=st.booleans(),
    src_ip=st.none() | ips,
    dest_ip=st.none() | ips,
)
cases = st.builds(
    Case,
    id=numbers.map(lambda number: f"{number:016x}"),
    about=macs,
    also=st.lists(macs, max_size=3).map(tuple),
    severity=st.sampled_from(Severity),
    first_at=times,
    last_at=times,
    alerts=tuples,
    stages=st.lists(st.sampled_from(Stage), max_size=4).map(tuple),
    state=st.sampled_from(AlertState),
)
decisions = st.builds(
    Decision,
    id=st.just(0),
    at=times,
    author=clean,
    verdict=st.sampled_from(Verdict),
    mac=macs,
    detector=clean,
    alert=clean,
    reason=clean,
    until=st.none() | times,
    name=clean,
    role=clean,
    place=clean,
    socket=clean,
    hosts=tuples,
    kind=clean,
    bought_on=clean,
    other=clean,
    peer=clean,
)
healths = st.builds(
    Health,
    at=times,
    seeing=st.booleans(),
    why=words,
    source=words,
    learning=st.booleans(),
    packets=numbers,
    octets=numbers,
    dropped_by_kernel=numbers,
    dropped_by_us=st.dictionaries(words, numbers, max_size=3),
    malformed=numbers,
    duplicates=numbers,
    fragments=numbers,
    frames_read=numbers,
    conversations=numbers,
    unicast_of_others=st.booleans(),
    both_directions=st.booleans(),
    internet_side=st.booleans(),
    faults=tuples,
)
