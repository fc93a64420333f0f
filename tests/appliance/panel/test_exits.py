"""Other ways out: traffic from outside after the cut, offers to be a router, and their limits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.exits import HELD, exits, outside
from appliance.panel.heartbeat import Exit, Offer
from appliance.panel.signs import CONTRADICTED, Cut, Seen
from appliance.panel.verify import Proof, signs, verdict
from tests.kit.front_panel import GATEWAY, GATEWAY_MAC, NOON, beat, gateway

OTHER, OTHER_IP = "02:00:00:00:00:99", "192.168.1.99"
BEFORE = Exit(mac=OTHER, at=NOON - 60)


def seen(since: float = 20.0, **more: object) -> Seen:
    """Give what is seen *since* seconds after a cut, with a gateway that was used before it."""
    usual = Seen(
        cut_at=NOON,
        heartbeat=beat(calls_out_at=NOON + since - 3),
        heard_at=NOON + since,
        gateways=(gateway(NOON - 1),),
        before=(gateway(NOON - 1),),
        exits=(Exit(mac=GATEWAY_MAC, at=NOON - 1),),
        exits_before=(Exit(mac=GATEWAY_MAC, at=NOON - 1),),
    )
    return replace(usual, **more)  # type: ignore[arg-type] # a test's shorthand


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "exits_none"),
        ({"heartbeat": None}, "exits_unknown"),
        ({"heartbeat": beat(seeing=False)}, "exits_unknown"),
        ({"exits": (Exit(mac=OTHER, at=NOON + 9),)}, "exit_seen"),
        ({"exits": (Exit(mac=OTHER, at=NOON + 9),), "heartbeat": None}, "exit_seen"),
        ({"exits": (Exit(mac=OTHER, at=NOON + 0.4),)}, "exits_none"),
        ({"exits": (Exit(mac=GATEWAY_MAC, at=NOON + 9),)}, "exit_seen"),
        ({"exits": (Exit(mac=GATEWAY_MAC, at=NOON + 9),), "cut": Cut.WAN}, "exits_none"),
        ({"exits": (BEFORE,), "exits_before": (BEFORE,)}, "exits_none"),
        ({"exits": (BEFORE,), "exits_before": (BEFORE,), "heartbeat": None}, "exit_watched"),
        ({"exits": (BEFORE,), "exits_before": (BEFORE,), "heard_at": NOON + 3}, "exit_watched"),
        ({"offers": (Offer(mac=OTHER, ip=OTHER_IP, at=NOON + 9),)}, "exit_offered"),
        ({"offers": (Offer(mac=OTHER, ip=GATEWAY, at=NOON + 9),)}, "exits_none"),
        ({"offers": (Offer(mac=GATEWAY_MAC, ip="fe80::1", at=NOON + 9),)}, "exits_none"),
        ({"offers": (Offer(mac=OTHER, ip=OTHER_IP, at=NOON - 9),)}, "exits_none"),
        ({"offers": (Offer(mac=OTHER, ip=OTHER_IP, at=NOON + 9),),
          "offers_before": (Offer(mac=OTHER, ip=OTHER_IP, at=NOON - 9e4),)}, "exits_none"),
    ],
)  # fmt: skip
def test_what_is_known_of_other_ways_out(changed: dict[str, object], expected: str) -> None:
    """Beyond the router its own frames are no other way; who names the gateway offers none."""
    found = exits(seen(**changed), NOON + 20)
    assert found.what == expected
    assert bool(found.detail) is (expected in ("exit_seen", "exit_watched", "exit_offered"))


def test_a_way_out_speaks_against_the_cut_for_ten_minutes() -> None:
    what = seen(exits=(Exit(mac=OTHER, at=NOON + 9),))
    assert exits(what, NOON + 9 + HELD - 1).what == "exit_seen"
    assert exits(what, NOON + 9 + HELD + 1).what != "exit_seen"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "outside_unseen"),
        ({"exits": (Exit(mac=GATEWAY_MAC, at=NOON + 9),)}, "outside_seen"),
        ({"exits": (Exit(mac=OTHER, at=NOON + 9),)}, "outside_seen"),
        ({"exits": (Exit(mac=OTHER, at=NOON + 9),), "heartbeat": None}, "outside_seen"),
        ({"heartbeat": None}, "sensor_silent"),
        ({"heartbeat": beat(seeing=False)}, "sensor_blind"),
        ({"heartbeat": beat()}, "nobody_calls"),
        ({"heartbeat": beat(calls_out_at=NOON + 0.3)}, "nobody_calls"),
        ({"heard_at": NOON + 7.4}, "outside_waiting"),
        ({"heard_at": NOON + 7.6}, "outside_unseen"),
    ],
)
def test_what_the_capture_says_of_a_cut_beyond_the_router(
    changed: dict[str, object], expected: str
) -> None:
    assert outside(seen(**changed), NOON + 20).what == expected


def test_one_frame_from_outside_outweighs_silence_for_half_a_minute() -> None:
    what = seen(80.0, exits=(Exit(mac=GATEWAY_MAC, at=NOON + 40),))
    assert outside(what, NOON + 40 + CONTRADICTED - 1).what == "outside_seen"
    assert outside(what, NOON + 40 + CONTRADICTED + 1).what == "outside_unseen"


moments = st.floats(NOON - 50, NOON + 50)
ways = st.lists(
    st.builds(Exit, mac=st.sampled_from([GATEWAY_MAC, OTHER]), at=moments), max_size=3
).map(tuple)


@given(ways, st.sampled_from(Cut), st.floats(NOON + 1, NOON + 60), st.booleans())
def test_traffic_from_outside_after_the_cut_is_never_a_proven_cut(
    found: tuple[Exit, ...], cut: Cut, now: float, seeing: bool
) -> None:
    """Whoever brings it in, and whatever else is seen; made-up frames only cast doubt."""
    what = seen(
        now - NOON,
        cut=cut,
        exits=found,
        internet_before=True,
        heartbeat=beat(seeing=seeing, calls_out_at=now - 3, asks_at=now - 3),
    )
    fresh = [one for one in found if one.at > NOON + 0.5 and now - one.at < CONTRADICTED]
    if fresh:
        assert verdict(signs(what, now), 20.0, 0.0, cut) is Proof.NOT_PROVEN
