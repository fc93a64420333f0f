"""The panel without its socket: carries out orders, watches the cut, shows the light.

Holds the rule that matters: the latch is on disk before the relay moves. Only when the disk
refuses does the relay cut all the same, because isolating is never refused, and the fault is
said; joining the uplink again is refused instead.
"""

import logging
from pathlib import Path

from appliance.model import Level
from appliance.panel import latch_file
from appliance.panel.clocks import Clocks
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.hold import Hold, look
from appliance.panel.journal import BOX, BUTTON
from appliance.panel.latch import Effect, Kind, Latch, Order, Outcome, obey
from appliance.panel.light import OFF, colour, light, signal
from appliance.panel.notes import Notes
from appliance.panel.pins import PinError, Pins
from appliance.panel.prooftest import ProofTest, spelled
from appliance.panel.request import Wanted
from appliance.panel.signs import OTHER_EXITS, Contact
from appliance.panel.status import PanelStatus, Shown
from appliance.panel.verify import Proof

LATCH = "latch.json"
JOURNAL = "panel-journal.jsonl"

CONTACT_TIME = 0.1
"""Seconds that the relay has to follow before its contact is taken at its word."""

AGAIN = 1.0
"""Seconds between two attempts at what failed: the pin, the disk."""

BUZZ = 60.0
"""Seconds for which the buzzer sounds for an alert that is new: long enough to be heard, short
enough to be kept. It sounds for each one once, also when the box cannot see in between."""

FAULTS = (
    "relay_failed",
    "contact_stuck",
    "latch_damaged",
    "latch_unsaved",
    "pins_failed",
    "pins_missing",
    "button_stuck",
    "journal_unsaved",
    "journal_damaged",
    "test_failed",
    "test_overdue",
)
"""Every fault there is, the worst first; each is a key of ``[panel.fault]``."""

_log = logging.getLogger(__name__)


class Control:
    """Latch, pins, journal and watch, and what keeps them in step."""

    def __init__(
        self, latch: Latch, folder: Path, pins: Pins, test: ProofTest, clocks: Clocks
    ) -> None:
        """Take over *pins*, whose relay is where *latch* is; *folder* keeps latch and journal."""
        self.latch = latch
        self._latch_path = folder / LATCH
        self._notes = Notes(folder / JOURNAL, clocks)
        self._pins = pins
        self._test = test
        self._watch = test.watch
        self._now = clocks.now
        self._steady = clocks.steady
        self._heartbeat: Heartbeat | None = None
        self._heard_at = 0.0
        self._hold = Hold()
        self._contact = Contact.UNFITTED
        self._off_since: float | None = None
        self._again_at = 0.0
        self._faults = set(pins.faults)
        self._other_exit = False
        self._level, self._level_since = self._light()[0], self._steady()
        self._shouts: frozenset[str] = frozenset()
        self._buzz_until = 0.0
        self._fault("journal_damaged", self._notes.damaged)
        if latch.isolated:
            self._watch.start(self._now(), self._steady())
        self._note("started_isolated" if latch.isolated else "started", BOX)

    def order(self, order: Order) -> str:
        """Carry out *order*; give the key of the reason when it is refused, else nothing."""
        outcome = obey(self.latch, order)
        if Effect.SAVE in outcome.effects:
            saved = self._save(outcome.latch)
            if not saved and order.kind in (Kind.RECONNECT, Kind.TEST):
                outcome = Outcome(latch=self.latch, what="refused_unsaved", refused="unsaved")
            else:
                self._fault("latch_unsaved", not saved)
        changed = outcome.latch.isolated != self.latch.isolated
        taken_over = outcome.latch.test_until != self.latch.test_until
        self.latch = outcome.latch
        if Effect.DRIVE in outcome.effects:
            self._drive()
        if changed:
            self._off_since = None
            if self.latch.isolated:
                known = order.kind is Kind.TEST and self._test.internet_before
                self._watch.start(self._now(), self._steady(), internet_before=known)
            else:
                self._watch.stop()
        self._note(outcome.what, order.who, order.why, always=changed or taken_over)
        return outcome.refused

    def test(self, wanted: Wanted, *, technician: bool) -> str:
        """Begin a proof test; give the key of the reason when it is refused, else nothing."""
        danger = self._heartbeat is not None and self._heartbeat.level is Level.DANGER
        refused = "" if technician else "only_technician"
        refused = refused or self._test.begin(
            wanted, self.latch, self._now(), self._steady(), danger=danger
        )
        self._note("test_refused" if refused else "test_begun", wanted.who, wanted.why)
        return refused

    def hear(self, beat: Heartbeat) -> None:
        """Take in the sensor's heartbeat."""
        self._heartbeat, self._heard_at = beat, self._steady()
        shouts = frozenset(beat.shouts)
        if shouts - self._shouts:
            self._buzz_until = self._heard_at + BUZZ
        self._shouts = shouts
        self._watch.hear(beat, self._now())

    def hush(self, who: str) -> None:
        """Silence the buzzer until there is something new; *who* has heard it."""
        if self._buzzing():
            self._buzz_until = self._steady()
            self._note("hushed", who)

    def turn(self) -> None:
        """Do what is due; to be called some twenty times a second."""
        now, steady = self._now(), self._steady()
        try:
            self._look(steady)
            self._show(steady)
            self._fault("pins_failed", False)
        except PinError as error:
            self._fault("pins_failed", True, error)
        self._repair(steady)
        before = self._watch.proof
        self._watch.turn(self._relay(), self._contact, now, steady)
        proof = self._watch.proof
        if proof is not before and proof is not Proof.CHECKING:
            self._note(str(proof), BOX, always=before is Proof.CHECKING)
        self._note_exits()
        self._go_on_testing(now, steady)

    def status(self) -> PanelStatus:
        """Tell how things are."""
        level, why = self._light()
        return PanelStatus(
            state="isolated" if self.latch.isolated else "connected",
            proof=self._watch.proof,
            since=self.latch.since,
            who=self.latch.who,
            why=self.latch.why,
            evidence=tuple(
                Shown(what=sign.what, says=sign.says, detail=sign.detail)
                for sign in self._watch.signs
            ),
            light=level,
            light_why=why,
            simulated=self._pins.simulated,
            buzzing=self._buzzing(),
            faults=self._all_faults(),
            log=self._notes.last(),
            test=self._test.shown(),
        )

    def close(self) -> None:
        """Put out the light; the relay stays where it is, but that a proof test is over."""
        if self.latch.test_until is not None:  # the next start may be long in coming
            self.order(Order(kind=Kind.END_TEST, at=self._now(), who=BOX))
        self._pins.close()
        self._watch.close()

    def _note_exits(self) -> None:
        others = [sign for sign in self._watch.signs if sign.what in OTHER_EXITS]
        if others and not self._other_exit:
            self._note("other_exit", BOX, others[0].detail, always=True)
        self._other_exit = bool(others)

    def _go_on_testing(self, now: float, steady: float) -> None:
        order = self._test.turn(self.latch, now, steady)
        if order is not None:
            self._test.ordered(order, self.order(order), steady)
        result = self._test.take_result(now)
        if result is not None:
            self._note(result.what, BOX, spelled(result), always=True)

    def _look(self, steady: float) -> None:
        """Look at the button and at the feedback contact."""
        self._hold, orders = look(self._hold, self._pins.pressed(), steady)
        self._fault("button_stuck", self._hold.stuck())
        if orders:
            self.order(Order(kind=Kind.ISOLATE, at=self._now(), who=BUTTON))
        opened = self._pins.opened()
        if opened is None or opened == self.latch.isolated:
            self._off_since = None
            self._contact = Contact.UNFITTED if opened is None else Contact.MOVED
        else:
            self._off_since = steady if self._off_since is None else self._off_since
            late = steady - self._off_since > CONTACT_TIME
            self._contact = Contact.STUCK if late else Contact.WAITING
        self._fault("contact_stuck", self._contact is Contact.STUCK)

    def _show(self, steady: float) -> None:
        level, _ = self._light()
        if level is not self._level:
            self._level, self._level_since = level, steady
        shown, elapsed = signal(level), steady - self._level_since
        lit = colour(shown, elapsed)
        self._pins.show(lit, buzz=lit != OFF and self._buzzing())

    def _buzzing(self) -> bool:
        return signal(self._light()[0]).buzzes and self._steady() < self._buzz_until

    def _repair(self, steady: float) -> None:
        """Try once a second what failed: a relay that does not follow, a latch not on disk."""
        if steady < self._again_at:
            return
        self._again_at = steady + AGAIN
        if {"relay_failed", "contact_stuck"} & self._faults:
            self._drive()
        if "latch_unsaved" in self._faults:
            self._fault("latch_unsaved", not self._save(self.latch))

    def _drive(self) -> None:
        try:
            self._pins.drive(self.latch.isolated)
        except PinError as error:
            self._fault("relay_failed", True, error)
        else:
            self._fault("relay_failed", False)

    def _save(self, latch: Latch) -> bool:
        try:
            latch_file.save(self._latch_path, latch)
        except OSError as error:
            _log.warning("The latch cannot be written: %s.", error)
            return False
        return True

    def _note(self, what: str, who: str, why: str = "", *, always: bool = False) -> None:
        try:
            self._notes.note(what, who, why, always=always)
        except OSError as error:
            self._fault("journal_unsaved", True, error)
        else:
            self._fault("journal_unsaved", False)

    def _light(self) -> tuple[Level, str]:
        silence = self._steady() - self._heard_at
        proof, faults = self._watch.proof, self._all_faults()
        level, why = light(self.latch, proof, self._heartbeat, silence, faults)
        if self.latch.test_until is not None:
            why = "panel.why.test"
        elif self._other_exit and level is Level.ISOLATED_UNPROVEN:
            why = "panel.proof.other_exit.title"
        return level, why

    def _relay(self) -> str:
        if "relay_failed" in self._faults:
            return "relay_failed"
        return "relay_simulated" if self._pins.simulated else "relay_driven"

    def _all_faults(self) -> tuple[str, ...]:
        found = set(self._faults)
        if self.latch.doubt:
            found.add("latch_damaged")
        if not self._pins.simulated:
            found |= self._test.faults(self._now())
        return tuple(fault for fault in FAULTS if fault in found)

    def _fault(self, fault: str, there: bool, error: Exception | None = None) -> None:
        """Remember whether *fault* is there; say it once when it comes."""
        if there and fault not in self._faults:
            _log.warning("Fault %s%s", fault, f": {error}" if error else ".")
            self._faults.add(fault)
        elif not there:
            self._faults.discard(fault)
