"""What the API sends of light and uplink; see `web.api.shapes`."""

from dataclasses import asdict

from msgspec import Struct

from appliance.model import Level
from appliance.panel.signs import Says
from appliance.panel.status import ProofTestShown
from appliance.panel.verify import Proof
from web.picture import Picture


class Sign(Struct):
    """One sign for or against the cut."""

    what: str
    says: Says
    detail: str


class ProofTest(Struct):
    """The proof test of the cut: whether one runs, how the last one ended."""

    running: bool
    due_at: float | None
    last_at: float | None = None
    last: str = ""
    """test_passed, test_failed, test_not_proven, test_not_joined or test_differs"""
    cut_seconds: float | None = None
    """From the order to the verdict."""
    joined_seconds: float | None = None
    """From joining again to the first sign of life."""


class CountDown(Struct):
    """A count-down, at whose end the box cuts the uplink by itself."""

    ends_at: float
    detector: str
    """The one that saw the danger."""
    alert: str
    """That danger, by its id."""


class Status(Struct):
    """How the practice is: what the light shows, and the uplink."""

    state: str
    """connected, isolated or unknown"""
    level: Level | None = None
    """None when the panel does not answer."""
    proof: Proof | None = None
    since: float | None = None
    who: str = ""
    why: str = ""
    evidence: list[Sign] = []
    simulated: bool = False
    faults: list[str] = []
    remarks: list[str] = []
    """What pins and disk say of the faults, for the technician."""
    test: ProofTest | None = None
    count_down: CountDown | None = None


def status(picture: Picture) -> Status:
    """Give what the panel says."""
    said = picture.status
    if said is None:
        return Status(state=picture.uplink)
    return Status(
        level=said.light,
        state=said.state,
        proof=said.proof,
        since=said.since,
        who=said.who,
        why=said.why,
        evidence=[Sign(what=one.what, says=one.says, detail=one.detail) for one in said.evidence],
        simulated=said.simulated,
        faults=list(said.faults),
        count_down=CountDown(**asdict(said.count_down)) if said.count_down else None,
        remarks=list(said.remarks),
        test=None if said.test is None else _proof_test(said.test),
    )


def _proof_test(shown: ProofTestShown) -> ProofTest:
    last = shown.last
    if last is None:
        return ProofTest(running=shown.running, due_at=shown.due_at)
    return ProofTest(
        running=shown.running,
        due_at=shown.due_at,
        last_at=last.at,
        last=last.what,
        cut_seconds=last.cut_seconds,
        joined_seconds=last.joined_seconds,
    )
