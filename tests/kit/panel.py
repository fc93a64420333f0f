"""A panel to play with: it stands for the panel's process and keeps to its rules in short."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from appliance.model import Level
from appliance.panel.client import PanelRefused, PanelUnreachable
from appliance.panel.journal import AUTOMATIC, Entry
from appliance.panel.lamp import Holds, Part, against
from appliance.panel.signs import Says
from appliance.panel.status import CountDownShown, PanelStatus, ProofTestShown, Shown
from appliance.panel.verify import Proof
from tests.kit.people import NOW


@dataclass(slots=True)
class FakePanel:
    """The panel as the pages know it: a latch, a log, and a light to set."""

    light: Level = Level.WELL
    light_why: str = ""
    proof: Proof = Proof.PROVEN
    """What a cut comes to."""
    gone: bool = False
    """The panel does not answer."""
    refuses: str = ""
    """Reconnecting is refused for this reason."""
    turns_away: str = ""
    """So is cutting: the pages may not, as the panel is set up."""
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    log: list[Entry] = field(default_factory=list)
    isolated: bool = False
    buzzing: bool = False
    count_down: CountDownShown | None = None
    other_exit: bool = False
    """Only another way out speaks against the cut."""
    switch: tuple[Shown, ...] = ()
    """What a switch says of its port while the line is cut."""
    lamp: str = ""
    """What is tried of it; it does not end by itself."""
    test: ProofTestShown | None = field(default_factory=lambda: ProofTestShown(due_at=NOW + 9e5))

    def isolate(self, who: str = "", why: str = "") -> PanelStatus:
        self._answer()
        if self.turns_away:
            raise PanelRefused(self.turns_away)
        self.isolated, self.count_down = True, None
        return self._note("isolated", who, why)

    def reconnect(self, who: str = "", why: str = "") -> PanelStatus:
        self._answer()
        if self.refuses:
            raise PanelRefused(self.refuses)
        self.isolated = False
        return self._note("reconnected", who, why)

    def hush(self, who: str = "") -> PanelStatus:
        self._answer()
        if not self.buzzing:
            return self.status()
        self.buzzing = False
        return self._note("hushed", who, "")

    def announce(self, detector: str, alert: str) -> PanelStatus:
        self._answer()
        self.count_down = CountDownShown(ends_at=NOW + 42, detector=detector, alert=alert)
        return self._note("announced", AUTOMATIC, detector)

    def stop(self, who: str = "") -> PanelStatus:
        self._answer()
        if self.count_down is None:
            raise PanelRefused("nothing_to_stop")
        why, self.count_down = self.count_down.detector, None
        return self._note("stopped", who, why)

    def prooftest(
        self, who: str = "", *, learn: bool = False, confirmed: bool = False
    ) -> PanelStatus:
        self._answer()
        if self.refuses or not confirmed:
            raise PanelRefused(self.refuses or "test_hours")
        self.test = ProofTestShown(running=True)
        return self._note("test_begun", who, "learn" if learn else "")

    def try_lamp(self, part: Part) -> PanelStatus:
        self._answer()
        if against(Holds(level=self._shown())):
            raise PanelRefused(against(Holds(level=self._shown())))
        self.lamp = part
        return self.status()

    def status(self) -> PanelStatus:
        self._answer()
        last = self.log[0] if self.log else None
        return PanelStatus(
            state="isolated" if self.isolated else "connected",
            proof=self.proof if self.isolated else Proof.NONE,
            since=last.at if last else None,
            who=last.who if last else "",
            why=last.why if last else "",
            evidence=(*_signs(self.proof, self.other_exit), *self.switch) if self.isolated else (),
            light=self._shown(),
            light_why=self.light_why,
            simulated=False,
            faults=self.faults,
            remarks=self.remarks,
            log=tuple(self.log),
            buzzing=self.buzzing,
            test=self.test,
            count_down=self.count_down,
            lamp=self.lamp,
        )

    def _shown(self) -> Level:
        if not self.isolated:
            return self.light if self.count_down is None else Level.COUNTING
        proven = self.proof is Proof.PROVEN
        return Level.ISOLATED if proven else Level.ISOLATED_UNPROVEN

    def _answer(self) -> None:
        if self.gone:
            raise PanelUnreachable("The panel cannot be reached: it is not running.")

    def _note(self, what: str, who: str, why: str) -> PanelStatus:
        self.log.insert(0, Entry(at=NOW, who=who, what=what, why=why))
        return self.status()


def _signs(proof: Proof, other_exit: bool) -> Iterator[Shown]:
    yield Shown(what="relay_driven", says=Says.YES)
    yield Shown(what="contact_unfitted", says=Says.UNKNOWN)
    if other_exit:
        yield Shown(what="exit_seen", says=Says.NO, detail="34:e6:ad:10:00:66")
    if proof is Proof.PROVEN or other_exit:
        yield Shown(what="gateway_silent", says=Says.YES, detail="192.168.1.1 ↮ 192.168.1.40")
    else:
        yield Shown(what="gateway_answers", says=Says.NO, detail="192.168.1.1")
