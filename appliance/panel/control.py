"""The panel without its socket: carries out orders, watches the cut, shows the light.

Holds the rule that matters: the latch is on disk before the relay moves. Only when the disk
refuses does the relay cut all the same, because isolating is never refused, and the fault is
said; joining the uplink again is refused instead.
"""

import logging
from pathlib import Path

from appliance.config import Automatic as Settings
from appliance.model import Level
from appliance.panel import feedback
from appliance.panel.automatic import Automatic
from appliance.panel.button import Button
from appliance.panel.clocks import Clocks
from appliance.panel.countdown import Announcement, Event
from appliance.panel.faults import Faults
from appliance.panel.feedback import Feedback
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, ON_SITE
from appliance.panel.lamp import Holds, Lamp, Part
from appliance.panel.latch import Effect, Kind, Latch, Order, Outcome, obey
from appliance.panel.lately import Lately
from appliance.panel.light import light
from appliance.panel.line import Line
from appliance.panel.notes import Notes
from appliance.panel.pins import PinError, Pins, tried
from appliance.panel.prooftest import ProofTest, spelled
from appliance.panel.request import Wanted
from appliance.panel.second import Second
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
        self._notes = Notes(folder / JOURNAL, clocks)
        self._pins = pins
        self._test = test
        self.second = Second()  # no switch, unless it is set
        self._watch, self.asking = test.watch, test.watch.asking
        self._now = clocks.now
        self._steady = clocks.steady
        self._heartbeat: Heartbeat | None = None
        self._heard_at = 0.0
        self._button = Button(self._steady())
        self._automatic = Automatic(folder, clocks, Settings())
        self._lately = Lately()
        self._feedback = Feedback()
        self._faults = Faults(pins.faults)
        self._line = Line(pins, folder / LATCH, self._faults)
        self._other_exit = False
        self._lamp = Lamp(self._light()[0], self._steady())
        self._line.drive(self.latch)
        self._faults.set("journal_damaged", self._notes.damaged)
        if latch.isolated:
            self._watch.start(self._now(), self._steady())
        self._note("started_isolated" if latch.isolated else "started", BOX)

    def let_the_button_reconnect(self) -> None:
        """Allow the sequence on the button to join the uplink again."""
        self._button.reconnects = True

    def let_it_cut(self, automatic: Automatic) -> None:
        """Allow count-downs that cut by themselves, as *automatic* says."""
        self._automatic = automatic
        if automatic.broken_off(self._notes.last()):
            self._note("count_down_broken_off", BOX, always=True)

    def order(self, order: Order) -> str:
        """Carry out *order*; give the key of the reason when it is refused, else nothing."""
        timed = self._lately.timed(order, self._button.calm_since, self._steady())
        outcome = obey(self.latch, timed)
        if Effect.SAVE in outcome.effects:
            error = self._line.save(outcome.latch)
            if error is not None and order.kind in (Kind.RECONNECT, Kind.TEST):
                _log.warning("The latch cannot be written: %s.", error)
                outcome = Outcome(latch=self.latch, what="refused_unsaved", refused="unsaved")
            else:
                self._faults.set("latch_unsaved", error is not None, error)
        changed = outcome.latch.isolated != self.latch.isolated
        taken_over = outcome.latch.test_until != self.latch.test_until
        self.latch = outcome.latch
        if Effect.DRIVE in outcome.effects:
            self._line.drive(self.latch, rests=self._test.rests_relay(self.latch))
        self._remember(order, changed)
        if self.latch.isolated:
            self._automatic.happens(Event.CUT)
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
        refused = "" if technician else "only_technician"
        refused = refused or self.second.refuses(tested=wanted.switch)
        refused = refused or ("test_counting" if self._automatic.counting else "")
        now, steady, danger = self._now(), self._steady(), self._danger()
        refused = refused or self._test.begin(wanted, self.latch, now, steady, danger=danger)
        self._note("test_refused" if refused else "test_begun", wanted.who, wanted.why)
        return refused

    def announce(self, announced: Announcement) -> str:
        """Begin the count-down to a cut; give the key of the reason when it is refused."""
        found = self._automatic.happens(
            Event.ANNOUNCE, announced, isolated=self.latch.isolated, tested=self._tested()
        )
        self._note(found.what, AUTOMATIC, announced.detector, always=not found.refused)
        return found.refused

    def stop(self, who: str) -> str:
        """Stop the count-down; give the key of the reason when there is none."""
        why = self._automatic.why
        found = self._automatic.happens(Event.STOP)
        if not found.refused:
            self._lamp.shouting.hush(self._steady())  # who stops it has heard it
            self._note(found.what, who, why, always=True)
        return found.refused

    def try_lamp(self, part: Part) -> str:
        """Show one colour, or sound the buzzer; give the key of the reason when it is refused."""
        return self._lamp.begin(part, self._holds(), self._steady())

    def hear(self, beat: Heartbeat) -> None:
        """Take in the sensor's heartbeat."""
        if news := beat.clock_news(self._heartbeat):
            self._note(news, BOX, always=True)
        self._heartbeat, self._heard_at = beat, self._steady()
        self._lamp.shouting.hear(beat.shouts, self._heard_at)
        self._watch.hear(beat, self._now())

    def hush(self, who: str) -> None:
        """Silence the buzzer until there is something new; *who* has heard it."""
        if self._lamp.buzzes(self._light()[0], self._steady()):
            self._lamp.shouting.hush(self._steady())
            self._note("hushed", who)

    def turn(self) -> None:
        """Do what is due; to be called some twenty times a second."""
        now, steady = self._now(), self._steady()
        acts = (self._press, self._feel, self._show)
        failed = [error for act in acts if (error := tried(act, steady)) is not None]
        self._faults.set("pins_failed", bool(failed), failed[0] if failed else None)
        self._count_down(now)
        rests = self._test.rests_relay(self.latch)
        self._line.tend(self.latch, steady, rests=rests)
        before = self._watch.proof
        relay = "relay_none" if self.second.alone else self._line.relay(rests=rests)
        contact = Contact.RESTING if rests else self._feedback.contact
        self._watch.turn(relay, contact, now, steady)
        proof = self._watch.proof
        if proof is not before and proof is not Proof.CHECKING:
            self._note(str(proof), BOX, always=before is Proof.CHECKING)
        self._note_exits()
        self._go_on_testing(now, steady)
        for what, words in self.second.turn(self.latch, self._test.of_the_switch, steady):
            self._note(what, BOX, words)
            if what == "switch_shut" and self.second.alone:
                self._watch.again(now, steady)  # until then the router rightly answered

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
            buzzing=self._lamp.buzzes(level, self._steady()),
            faults=self._all_faults(),
            remarks=self._faults.remarks() + self.second.remarks(self._steady()),
            log=self._notes.last(),
            test=self._test.shown(),
            count_down=self._automatic.shown(),
            switch_shut=self.second.shut,
            question=self.asking.question,
            lamp=self._lamp.tried(self._holds(), self._steady()) or "",
        )

    def close(self) -> None:
        """Put out the light; the relay stays where it is, but that a proof test is over."""
        if self.latch.test_until is not None:  # the next start may be long in coming
            self.order(Order(kind=Kind.END_TEST, at=self._now(), who=BOX))
        try:
            self._pins.close()
        except PinError as error:
            _log.warning("The panel ends, and its pins fail: %s.", error)

    def _note_exits(self) -> None:
        others = [sign for sign in self._watch.signs if sign.what in OTHER_EXITS]
        if others and not self._other_exit:
            self._note("other_exit", BOX, others[0].detail, always=True)
        self._other_exit = bool(others)

    def _go_on_testing(self, now: float, steady: float) -> None:
        if (order := self._test.turn(self.latch, now, steady)) is not None:
            self._test.ordered(order, self.order(order), steady)
        if (result := self._test.take_result(now)) is not None:
            self._note(result.what, BOX, spelled(result), always=True)

    def _count_down(self, now: float) -> None:
        """Cut when a count-down is over; whoever stopped it until now was in time."""
        self._lamp.shouting.count(self._automatic.counting)
        if not self._automatic.is_over():
            return
        why = self._automatic.why
        if self._automatic.happens(Event.OVER).effect is not None:
            self.order(Order(kind=Kind.ISOLATE, at=now, who=AUTOMATIC, why=why))

    def _remember(self, order: Order, changed: bool) -> None:
        """Keep when *order* came, which was carried out or refused."""
        steady, isolated = self._steady(), self.latch.isolated
        self._lately.remember(order, steady, joined=changed and not isolated)
        # No hold of before a cut, be it by a proof test, counts towards joining the line again.
        if isolated and (changed or (order.kind is Kind.ISOLATE and order.who != BUTTON)):
            self._button.calm_since = steady

    def _press(self, steady: float) -> None:
        """Look at the button."""
        pressed = self._pins.pressed()
        if self._button.stops(pressed, self._automatic.counting, steady):
            self.stop(BUTTON)
        ordered = self._button.look(pressed, self.latch.isolated, steady)
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
            self.latch.isolated and not self._test.rests_relay(self.latch),
            steady,
        )
        self._faults.set("contact_stuck", self._feedback.contact is Contact.STUCK)
        self._faults.set("contact_torn", self._feedback.contact is Contact.TORN)

    def _show(self, steady: float) -> None:
        lit, buzz = self._lamp.look(self._holds(), steady, answers=self._button.answers())
        self._pins.show(lit, buzz)

    def _note(self, what: str, who: str, why: str = "", *, always: bool = False) -> None:
        try:
            self._notes.note(what, who, why, always=always)
        except OSError as error:
            self._faults.set("journal_unsaved", True, error)
        else:
            self._faults.set("journal_unsaved", False)

    def _light(self) -> tuple[Level, str]:
        silence, faults = self._steady() - self._heard_at, self._all_faults()
        known = (self.latch, self._watch.proof, self._heartbeat, silence, faults)
        return light(*known, counting=self._automatic.counting, other_exit=self._other_exit)

    def _holds(self) -> Holds:
        return Holds(level=self._light()[0], danger=self._danger(), tested=self._tested())

    def _danger(self) -> bool:
        return self._heartbeat is not None and self._heartbeat.level is Level.DANGER

    def _tested(self) -> bool:
        return self._test.shown().running or self.latch.test_until is not None

    def _all_faults(self) -> tuple[str, ...]:
        found = self.second.faults(self._steady())
        if self.latch.doubt:
            found.add("latch_damaged")
        if not self._pins.simulated or self.second.alone:
            found |= self._test.faults(self._now())
        return self._faults.all(found)
