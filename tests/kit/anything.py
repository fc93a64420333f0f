"""Facts that hold anything: for what must bear whatever it is told."""

from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from appliance.facts import DhcpAsked, DhcpOffered, Fact
from appliance.model import Device, Ip, Mac

MACS = st.integers(0, 9).map(lambda n: Mac(f"02:00:00:00:00:0{n}"))
IPS = (st.integers(1, 20).map(lambda n: f"192.168.1.{n}") | st.ip_addresses().map(str)).map(Ip)
TIMES = st.floats(0, 4_000_000_000) | st.floats(0, 100)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    Mac: MACS,
    Ip: IPS,
    float: TIMES,
    int: st.integers(0, 65_535),
    Device: st.builds(Device, mac=MACS, gateway=st.booleans()),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Give whatever a field of type *hint* may hold."""
    if get_origin(hint) is tuple:
        return st.lists(anything(get_args(hint)[0]), max_size=3).map(tuple)
    if type(None) in get_args(hint):
        return st.none() | anything(get_args(hint)[0])
    return PLAIN[hint] if hint in PLAIN else st.from_type(hint)


def facts_of(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    values = {name: anything(hint) for name, hint in hints(kind).items()}
    if kind in (DhcpAsked, DhcpOffered):
        values["version"] = st.sampled_from((4, 6))
    return st.builds(kind, **values)


def hints(kind: type[Fact]) -> dict[str, Any]:
    found = get_type_hints(kind)
    return {name: found[name] for name in kind.__struct_fields__}
