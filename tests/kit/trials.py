"""A practice on the bench in which the cut is tested: relay, gateway, internet and sensor agree."""

from pathlib import Path

from appliance.panel.signs import Cut
from appliance.panel.status import ProofTestShown
from appliance.panel.tested import Ended
from tests.kit.front_panel import Bench, Exit, Internet, Neighbours, beat, gateway


def bench_in(folder: Path, *, cut: Cut = Cut.LAN, wired: bool = True) -> Bench:
    (folder / "state").mkdir()
    return Bench(folder / "state", network=Neighbours(outside=Internet()), cut=cut, wired=wired)


def shown(bench: Bench) -> ProofTestShown:
    found = bench.control.status().test
    assert found is not None
    return found


def lively(bench: Bench) -> None:
    """Let the sensor say what it would: frames of the gateway while the line is joined."""
    now, joined = bench.time.day, not bench.pins.isolated
    at = now if joined else bench.control.status().since or now
    bench.beating = beat(
        gateway_at=at - 0.2,
        asks_at=now - 0.2,
        exits=[Exit(mac=gateway(0.0).mac, at=float(int(at) - 1))],
        calls_out_at=now - 0.2,
    )


def over(bench: Bench, most: float = 60.0) -> float:
    """Let time pass until the test is over; give the seconds for which the line was cut."""
    cut = 0.0
    for _ in range(round(most * 5)):
        lively(bench)
        bench.run(0.2)
        cut += 0.2 * bool(bench.pins.isolated)
        if not shown(bench).running:
            return cut
    raise AssertionError("no end")


def ended(bench: Bench) -> Ended:
    over(bench)
    last = shown(bench).last
    assert last is not None
    return last
