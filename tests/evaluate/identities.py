"""The part of the report that says how well devices were identified."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.evaluate.scores import Device, Judged, Mark, judge, totals
from tests.evaluate.truth import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A capture that was replayed."""

    name: str
    row: Mapping[str, str]
    """What the list says of it."""
    devices: Sequence[Device]


def report(heard: Iterable[Heard]) -> Iterator[str]:
    """Give the lines: the total, each device that is judged, what is not judged and why."""
    by_capture = {each.name: list(judge(read(each.row), each.devices)) for each in heard}
    every = [judged for found in by_capture.values() for judged in found]
    marks = tuple(Mark)
    yield f"{'identified':<14}" + "".join(f"{mark.lower():>19}" for mark in marks)
    for field, counts in totals(every).items():
        yield f"{field:<14}" + "".join(f"{counts[mark]:>19}" for mark in marks)
    for name, found in by_capture.items():
        yield from _lines(name, found)


def _lines(name: str, found: Sequence[Judged]) -> Iterator[str]:
    judged = [each for each in found if each.scores]
    for each in judged:
        yield f"device: {name}: {each.who}"
        for score in each.scores:
            said = f"{score.found} ({score.sure})" if score.found else "-"
            yield f"    {score.field:<6}{score.expected:<28} found {said:<44} {score.mark}"
    # Others who are spoken of, and are not heard in the capture, are no loss.
    for each in found if not judged else ():
        yield f"not judged: {name}: {each.unclear}"
