"""What proof tests of the cut found, and what they learnt: kept with its date.

A practice differs from the next: the mirror port may not cover the router, the box may have no
way to the internet of its own. What never changed here is not waited for, and what changed when
it was learnt must change again. The file is no secret and no order: when it is damaged or missing,
nothing was learnt, and the days until a test is due begin anew.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from appliance.panel import whole

SOURCES = ("probe", "capture", "internet")
"""The sources of signs that can be learnt, as `signs.Source` names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Which sources told of the cut: each was lively before it, and then said that it holds."""

    at: float
    cut: str
    """Where the line is cut, as it was configured then."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a proof test ended."""

    at: float
    who: str
    proof: str
    """The verdict on the cut, a `verify.Proof`."""
    cut_seconds: float
    """From the order to cut to the verdict."""
    joined_seconds: float | None
    """From the order to join to the first sign of life; None when there was none."""
    signs: tuple[str, ...] = ()
    """What was observed while cut: keys of ``[panel.evidence]``."""
    missing: tuple[str, ...] = ()
    """Sources that had told of a cut when that was learnt, and did not now."""

    @property
    def what(self) -> str:
        """How it ended, a key of ``[panel.log]``."""
        if self.proof != "proven":
            return f"test_{self.proof}"
        if self.joined_seconds is None:
            return "test_not_joined"
        return "test_differs" if self.missing else "test_passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that is kept."""

    since: float
    """When the box began to count the days to the first test."""
    last: Ended | None = None
    switch: Ended | None = None
    """The last one of the port of a switch alone, beside a relay."""
    learnt: Learnt | None = None


def save(path: Path, record: Record) -> None:
    """Keep *record* in *path*, whole or not at all; raises OSError."""
    whole.write(path, (json.dumps(asdict(record), indent=1) + "\n").encode())


def load(path: Path, cut: str, now: float) -> Record:
    """Give what is kept; what was learnt of another place than *cut* does not count."""
    try:
        kept = json.loads(path.read_bytes())
        learnt = kept["learnt"] and _learnt(kept["learnt"])
        return Record(
            since=float(kept["since"]),
            last=kept["last"] and _tested(kept["last"]),
            switch=_tested(kept["switch"]) if kept.get("switch") else None,
            learnt=learnt if learnt and learnt.cut == cut else None,
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Record(since=now)


def _learnt(kept: dict[str, Any]) -> Learnt:
    sources = tuple(name for name in SOURCES if name in kept["sources"])
    return Learnt(at=float(kept["at"]), cut=str(kept["cut"]), sources=sources)


def _tested(kept: dict[str, Any]) -> Ended:
    joined = kept["joined_seconds"]
    return Ended(
        at=float(kept["at"]),
        who=str(kept["who"]),
        proof=str(kept["proof"]),
        cut_seconds=float(kept["cut_seconds"]),
        joined_seconds=None if joined is None else float(joined),
        signs=tuple(str(one) for one in kept["signs"]),
        missing=tuple(name for name in SOURCES if name in kept["missing"]),
    )
