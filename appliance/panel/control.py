"""The panel without its socket: carries out orders, watches the cut, shows the light.

Holds the rule that matters: the latch is on disk before the relay moves. Only when the disk
refuses does the relay cut all the same, because isolating is never refused, and the fault is
said; joining the uplink again is refused instead.
"""

import logging
from pathlib import Path

from appliance.model import Level
from appliance.panel import feedback, latch_file
from appliance.panel.button import Button
from appliance.panel.clocks import Clocks
from appliance.panel.faults import Faults
from appliance.panel.feedback import Feedback
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.journal import BOX, BUTTON, ON_SITE
from appliance.panel.latch import Effect, Kind, Latch, Order, Outcome, obey
from appliance.panel.lately import Lately
from appliance.panel.light import OFF, WHITE, colour, light, signal
from appliance.panel.notes import Notes
from appliance.panel.pins import AGAIN, PinError, Pins, tried
from appliance.panel.prooftest import ProofTest, spelled
from appliance.panel.request import Wanted
from appliance.panel.second import Second
from appliance.panel.shouting import Shouting
from appliance.panel.signs import OTHER_EXITS, Contact
from appliance.panel.status import PanelStatus, shown
from appliance.panel.verify import Proof

LATCH = "latch.json"
JOURNAL = "panel-journal.jsonl"


_log = logging.getLogger(__name__)


class Control:
    """Latch, pins, journal and watch, and what keeps them in step."""

    def __init__(
        self, latch: Latch, folder: Path, pins: Pins, test: ProofTest, clocks: Clocks
    ) -> None:
        """Take over *pins* and drive their relay to *latch*; *folder* keeps latch and journal."""
        self.latch = latch
        self._latch_path = folder / LATCH
        self._notes = Notes(folder / JOURNAL, clocks)
        self._pins = pins
        self._test = test
        self.second = Second()
        """What is known of the switch's port; none, unless it is set."""
        self._watch = test.watch
        self._now = clocks.now
        self._steady = clocks.steady
        self._heartbeat: Heartbeat | None = None
        self._heard_at = 0.0
        self._button = Button(self._steady())
        self._lately = Lately()
        self._feedback = Feedback()
        self._again_at = 0.0
        self._faults = Faults(pins.faults)
        self._other_exit = False
        self._level, self._level_since = self._light()[0], self._steady()
        self._shouting = Shouting()
        self._drive()
        self._faults.set("journal_damaged", self._notes.damaged)
        if latch.isolated:
            self._watch.start(self._now(), self._steady())
        self._note("started_isolated" if latch.isolated else "started", BOX)

    def let_the_button_reconnect(self) -> None:
        """Allow the sequence on the button to join the uplink again."""
        self._button.reconnects = True

    def order(self, order: Order) -> str:
        """Carry out *order*; give the key of the reason when it is refused, else nothing."""
        timed = self._lately.timed(order, self._button.calm_since, self._steady())
        outcome = obey(self.latch, timed)
        if Effect.SAVE in outcome.effects:
            error = latch_file.tried(self._latch_path, outcome.latch)
            if error is not None and order.kind in (Kind.RECONNECT, Kind.TEST):
                _log.warning("The latch cannot be written: %s.", error)
                outcome = Outcome(latch=self.latch, what="refused_unsaved", refused="unsaved")
            else:
                self._faults.set("latch_unsaved", error is not None, error)
        changed = outcome.latch.isolated != self.latch.isolated
        taken_over = outcome.latch.test_until != self.latch.test_until
        self.latch = outcome.latch
        if Effect.DRIVE in outcome.effects:
            self._drive()
        self._remember(order, changed)
        if changed:
            self._feedback = Feedback()
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
        absent = "test_no_switch" if wanted.switch and not self.second.fitted else ""
        refused = absent if technician else "only_technician"
        refused = refused or self._test.begin(
            wanted, self.latch, self._now(), self._steady(), danger=danger
        )
        self._note("test_refused" if refused else "test_begun", wanted.who, wanted.why)
        return refused

    def hear(self, beat: Heartbeat) -> None:
        """Take in the sensor's heartbeat."""
        self._heartbeat, self._heard_at = beat, self._steady()
        self._shouting.hear(beat.shouts, self._heard_at)
        self._watch.hear(beat, self._now())

    def hush(self, who: str) -> None:
        """Silence the buzzer until there is something new; *who* has heard it."""
        if self._buzzing():
            self._shouting.hush(self._steady())
            self._note("hushed", who)

    def turn(self) -> None:
        """Do what is due; to be called some twenty times a second."""
        now, steady = self._now(), self._steady()
        outcomes = [tried(act, steady) for act in (self._press, self._feel, self._show)]
        failed = [error for error in outcomes if error is not None]
        self._faults.set("pins_failed", bool(failed), failed[0] if failed else None)
        self._tend()
        self._repair(steady)
        before = self._watch.proof
        contact = Contact.RESTING if self._rests() else self._feedback.contact
        self._watch.turn(self._relay(), contact, now, steady)
        proof = self._watch.proof
        if proof is not before and proof is not Proof.CHECKING:
            self._note(str(proof), BOX, always=before is Proof.CHECKING)
        self._note_exits()
        self._go_on_testing(now, steady)
        self.second.follow(self.latch, tested=self._test.of_the_switch, steady=steady)
        for what, words in self.second.news():
            self._note(what, BOX, words)
            if what == "switch_shut" and self.second.alone:
                # Until then the router rightly answered.
                self._watch.again(now, steady)

    def status(self) -> PanelStatus:
        """Tell how things are."""
        level, why = self._light()
        return PanelStatus(
            state="isolated" if self.latch.isolated else "connected",
            proof=self._watch.proof,
            since=self.latch.since,
            who=self.latch.who,
            why=self.latch.why,
            evidence=shown(self._watch.signs) + self.second.evidence(self._steady()),
            light=level,
            light_why=why,
            simulated=self._pins.simulated and not self.second.alone,
            buzzing=self._buzzing(),
            faults=self._all_faults(),
            remarks=self._faults.remarks() + self.second.remarks(self._steady()),
            log=self._notes.last(),
            test=self._test.shown(),
            switch_shut=self.second.shut,
        )

    def close(self) -> None:
        """Put out the light; the relay stays where it is, but that a proof test is over."""
        if self.latch.test_until is not None:  # the next start may be long in coming
            self.order(Order(kind=Kind.END_TEST, at=self._now(), who=BOX))
        try:
            self._pins.close()
        except PinError as error:
            _log.warning("The panel ends, and its pins fail: %s.", error)
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

    def _remember(self, order: Order, changed: bool) -> None:
        """Keep when *order* came, which was carried out or refused."""
        steady, isolated = self._steady(), self.latch.isolated
        self._lately.remember(order, steady, joined=changed and not isolated)
        # No hold of before a cut, be it by a proof test, counts towards joining the line again.
        if isolated and (changed or (order.kind is Kind.ISOLATE and order.who != BUTTON)):
            self._button.calm_since = steady

    def _press(self, steady: float) -> None:
        """Look at the button."""
        ordered = self._button.look(self._pins.pressed(), self.latch.isolated, steady)
        self._faults.set("button_stuck", self._button.stuck())
        if ordered is Kind.ISOLATE:
            self.order(Order(kind=ordered, at=self._now(), who=BUTTON))
        elif ordered is Kind.RECONNECT:
            self.order(Order(kind=ordered, at=self._now(), who=ON_SITE, on_site=True))

    def _feel(self, steady: float) -> None:
        """Look at the feedback contacts."""
        self._feedback = feedback.look(
            self._feedback,
            self._pins.opened(),
            self._pins.contradicts(),
            self.latch.isolated and not self._rests(),
            steady,
        )
        self._faults.set("contact_stuck", self._feedback.contact is Contact.STUCK)
        self._faults.set("contact_torn", self._feedback.torn)

    def _show(self, steady: float) -> None:
        level, _ = self._light()
        if level is not self._level:
            self._level, self._level_since = level, steady
        shown, elapsed = signal(level), steady - self._level_since
        lit = WHITE if self._button.answers() else colour(shown, elapsed)
        self._pins.show(lit, buzz=lit != OFF and self._buzzing())

    def _buzzing(self) -> bool:
        return signal(self._light()[0]).buzzes and self._shouting.sounds(self._steady())

    def _repair(self, steady: float) -> None:
        """Try once a second what failed: a relay that does not follow, a latch not on disk."""
        if steady < self._again_at:
            return
        self._again_at = steady + AGAIN
        if self._faults.any_of("relay_failed", "relay_partial", "contact_stuck"):
            self._drive()
        if "latch_unsaved" in self._faults:
            error = latch_file.tried(self._latch_path, self.latch)
            self._faults.set("latch_unsaved", error is not None, error)

    def _drive(self) -> None:
        try:
            self._pins.drive(self.latch.isolated and not self._rests())
        except PinError as error:
            self._faults.set("relay_failed", not error.partly, error)
            self._faults.set("relay_partial", error.partly, error)
        else:
            self._faults.set("relay_failed", False)
            self._faults.set("relay_partial", False)

    def _tend(self) -> None:
        try:
            self._pins.tend()
        except PinError as error:
            self._faults.set("relay_failed", True, error)

    def _note(self, what: str, who: str, why: str = "", *, always: bool = False) -> None:
        try:
            self._notes.note(what, who, why, always=always)
        except OSError as error:
            self._faults.set("journal_unsaved", True, error)
        else:
            self._faults.set("journal_unsaved", False)

    def _light(self) -> tuple[Level, str]:
        silence = self._steady() - self._heard_at
        proof, faults = self._watch.proof, self._all_faults()
        level, why = light(self.latch, proof, self._heartbeat, silence, faults)
        if self.latch.test_until is not None:
            why = "panel.why.test"
        elif self._other_exit and level is Level.ISOLATED_UNPROVEN:
            why = "panel.proof.other_exit.title"
        return level, why

    def _rests(self) -> bool:
        """Tell whether the line is cut, but not by the relay: the switch's port is tested."""
        return self.latch.test_until is not None and self._test.of_the_switch

    def _relay(self) -> str:
        if self.second.alone or self._rests():
            return "relay_none" if self.second.alone else "relay_resting"
        if self._faults.any_of("relay_failed", "relay_partial"):
            return "relay_failed"
        return "relay_simulated" if self._pins.simulated else "relay_driven"

    def _all_faults(self) -> tuple[str, ...]:
        found = self.second.faults(self._steady())
        if self.latch.doubt:
            found.add("latch_damaged")
        if not self._pins.simulated or self.second.alone:
            found |= self._test.faults(self._now())
        return self._faults.all(found)
