"""What the panel says of itself: one frozen value, and its JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from appliance.model import Level
from appliance.panel.journal import Entry
from appliance.panel.question import Question
from appliance.panel.signs import Says, Sign
from appliance.panel.tested import Ended, Learnt
from appliance.panel.verify import Proof, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One sign for or against the cut."""

    what: str
    """A key of ``[panel.evidence]``."""
    says: Says
    detail: str = ""
    """Addresses, for the technician; hostile text, escape it when shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofTestShown:
    """The proof test of the cut."""

    running: bool = False
    last: Ended | None = None
    learnt: Learnt | None = None
    """What is known to change when the line is cut."""
    due_at: float | None = None
    """From when on the next one is overdue."""
    switch: Ended | None = None
    """The last one of the switch's port alone, beside a relay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDownShown:
    """The count-down that runs: at its end the box cuts the uplink by itself."""

    ends_at: float
    detector: str
    """The one that saw the danger."""
    alert: str
    """That danger, by its identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelStatus:
    """The state of uplink, light and panel at one moment."""

    state: str
    """``connected`` or ``isolated``: what was ordered."""
    proof: Proof
    """What is known of the cut."""
    since: float | None
    """When *state* began; None when nothing was ever ordered."""
    who: str
    """Who ordered it; hostile text, escape it when shown."""
    why: str
    """Why, in that person's words; hostile text, escape it when shown."""
    evidence: tuple[Shown, ...]
    light: Level
    light_why: str
    """Key of the text that says why; empty when there is nothing to say."""
    simulated: bool
    """There are no pins: no relay moves."""
    faults: tuple[str, ...]
    """Keys of ``[panel.fault]``."""
    log: tuple[Entry, ...]
    """The latest entries of the journal, newest first."""
    buzzing: bool = False
    """The buzzer sounds, where one is fitted."""
    remarks: tuple[str, ...] = ()
    """What the pins and the disk say of the faults, for the technician."""
    test: ProofTestShown | None = None
    """None from a panel that knows no proof test."""
    switch_shut: bool | None = None
    """The port of the switch is to be shut; None where no switch is set up."""
    count_down: CountDownShown | None = None
    """None while nothing is counted down."""
    question: Question | None = None
    """What is to be asked on the network now; None while nothing is wanted."""
    lamp: str = ""
    """What of the lamp is tried, an `appliance.panel.lamp.Part`, and shown instead of *light*."""

    @property
    def told(self) -> str:
        """The key below ``[panel.proof]`` that tells how the cut is."""
        return told(self.proof, (sign.what for sign in self.evidence if sign.says is Says.NO))


def shown(signs: Iterable[Sign]) -> tuple[Shown, ...]:
    """Give *signs* as they are shown."""
    return tuple(Shown(what=sign.what, says=sign.says, detail=sign.detail) for sign in signs)


def to_json(status: PanelStatus) -> dict[str, Any]:
    """Give *status* as it goes over the socket."""
    return asdict(status)


def from_json(given: Mapping[str, Any]) -> PanelStatus:
    """Give the status that came over the socket; raises ValueError, TypeError or KeyError."""
    return PanelStatus(
        **{
            **given,
            "proof": Proof(given["proof"]),
            "light": Level(given["light"]),
            "evidence": tuple(
                Shown(**{**one, "says": Says(one["says"])}) for one in given["evidence"]
            ),
            "faults": tuple(given["faults"]),
            "remarks": tuple(given["remarks"]),
            "log": tuple(Entry(**one) for one in given["log"]),
            "test": given.get("test") and _test(given["test"]),
            "count_down": given.get("count_down") and CountDownShown(**given["count_down"]),
            "question": given.get("question") and _question(given["question"]),
        }
    )


def _test(given: Mapping[str, Any]) -> ProofTestShown:
    learnt = given["learnt"]
    return ProofTestShown(
        **{
            **given,
            "last": _ended(given["last"]),
            "switch": _ended(given.get("switch")),
            "learnt": learnt and Learnt(**{**learnt, "sources": tuple(learnt["sources"])}),
        }
    )


def _question(given: Mapping[str, Any]) -> Question:
    return Question(**{**given, "gateways": tuple(given["gateways"])})


def _ended(given: Mapping[str, Any] | None) -> Ended | None:
    if not given:
        return None
    return Ended(**{**given, "signs": tuple(given["signs"]), "missing": tuple(given["missing"])})
