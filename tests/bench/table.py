"""The report's arithmetic and its lines: rates, ratios, and whether goals are reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.bench.contenders import METER, NDPI, NFSTREAM, PIPELINE, SCAPY, SOFTFLOWD
from tests.bench.race import Run

HEADING = f"{'':14}{'by CPU time':>12}{'by the clock':>13}{'CPU s':>9}{'clock s':>9}{'MiB':>7}"
RATIOS = f"{'how many times as fast':28}{'by CPU time':>11}{'by the clock':>13}"
MOST_MEMORY = 200.0
"""MiB that either of ours may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """How many times as many packets a second one should read as the other."""

    ours: str
    theirs: str
    times: float | None = None
    """None: no goal, only shown."""


GOALS = (
    Goal(ours=METER, theirs=SOFTFLOWD, times=0.8),
    Goal(ours=PIPELINE, theirs=NDPI, times=3),
    Goal(ours=PIPELINE, theirs=NFSTREAM, times=10),
    Goal(ours=PIPELINE, theirs=SCAPY, times=100),
    Goal(ours=PIPELINE, theirs="tshark"),
)


def row(name: str, run: Run, packets: int) -> str:
    """Give the line of one contender."""
    return (
        f"{name:14}{packets / run.cpu:>12,.0f}{packets / run.wall:>13,.0f}"
        f"{run.cpu:>9.2f}{run.wall:>9.2f}{run.peak:>7.0f}"
    )


def ratios(runs: Mapping[str, Run]) -> Iterator[str]:
    """Give a line for each pair that was run; goals are judged by CPU time."""
    for goal in GOALS:
        if goal.ours not in runs or goal.theirs not in runs:
            continue
        ours, theirs = runs[goal.ours], runs[goal.theirs]
        by_cpu, by_clock = theirs.cpu / ours.cpu, theirs.wall / ours.wall
        pair = f"{goal.ours} / {goal.theirs}"
        yield f"{pair:28}{by_cpu:>11.2f}{by_clock:>13.2f}{_judged(by_cpu, goal.times)}"


def _judged(ratio: float, times: float | None) -> str:
    if times is None:
        return ""
    return f"   goal {times:g}: {'reached' if ratio >= times else 'missed'}"


def memory(runs: Mapping[str, Run]) -> Iterator[str]:
    """Give a line on the most memory that ours took."""
    peaks = [runs[name].peak for name in (METER, PIPELINE) if name in runs]
    if peaks:
        word = "reached" if max(peaks) < MOST_MEMORY else "missed"
        yield f"most memory of ours: {max(peaks):.0f} MiB   goal below {MOST_MEMORY:.0f}: {word}"


def stages(took: Mapping[str, float]) -> str:
    """Give the line of where the time of a replay goes."""
    each = ", ".join(
        f"{name} {took[name]:.2f} s" for name in ("start", "file", "meter", "decode", "tell")
    )
    share = took["read"] / took["packets"]
    return f"vigie replay by stage: {each}; {took['read']:,} packets ({share:.0%}) are read whole"
