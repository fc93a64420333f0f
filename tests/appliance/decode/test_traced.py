"""The one fact of a trace."""

from appliance.decode.traced import traced
from appliance.facts import ExploitTraced
from tests.kit.reading import CLIENT


def test_a_trace_is_told_with_who_sent_it_to_whom():
    assert traced(CLIENT, "log4shell") == ExploitTraced(
        at=1.0,
        mac=CLIENT.mac,
        src=CLIENT.src,
        dst=CLIENT.dst,
        sport=50_000,
        dport=445,
        trace="log4shell",
    )
    assert traced(CLIENT, "ms17_010", answer=True).answer
