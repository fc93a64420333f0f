"""Watching a cut: from the moment the relay was told to open until the uplink is joined again.

Gathers what `verify` weighs: rounds of questions, heartbeats, the relay's own contact. Packets
bear the time of day, so that clock is used beside them; when it is set, watching starts anew.
"""

from dataclasses import replace

from appliance.panel.heartbeat import Heartbeat
from appliance.panel.management import Network
from appliance.panel.probe import Probe
from appliance.panel.signs import SETTLE, Asked, Contact, Cut, Round, Seen, Sign, Source
from appliance.panel.tested import Learnt
from appliance.panel.verify import Proof, signs, verdict

ROUND_EVERY = 4.0
ROUND_SOON = 2.0
"""Seconds from one round of questions to the next; the shorter while there is no verdict."""

HEARTBEAT_FRESH = 5.0
"""Seconds for which a heartbeat tells what the sensor sees."""

CLOCK_SET = 0.5
"""Seconds by which the time of day may drift between two looks before it was *set*."""

LOOK_EVERY = 10.0
"""Seconds between two looks at the network of the box itself: it comes up after the panel."""

LIVELY = 30.0
"""Seconds for which a frame shows that the line was joined."""

QUESTIONS = 8
"""Most gateway addresses asked in one round."""


class Watch:
    """What is known of the cut; *now* is the time of day, *steady* a clock that never steps."""

    def __init__(self, network: Network, cut: Cut = Cut.LAN, learnt: Learnt | None = None) -> None:
        self._network = network
        self._cut = cut
        self._probe = Probe(network.medium) if network.medium else None
        self._next_look = 0.0
        self._known = Seen(cut_at=0.0)
        """What the sensor last named: it goes on while the line is joined."""
        self._seen: Seen | None = None
        self._proven_at: float | None = None
        self._next_round = 0.0
        self._offset: float | None = None
        self.learnt = learnt
        """What is known to change here."""
        self.proof = Proof.NONE
        self.signs: tuple[Sign, ...] = ()
        self.round: Round | None = None
        self.asked: Asked | None = None
        """The latest rounds since `start` or `survey`."""

    def start(self, now: float, steady: float, *, internet_before: bool = False) -> None:
        """Begin to watch: the relay was just told to open the uplink.

        *internet_before*: hosts of the internet were heard to answer just before.
        """
        known = self._known
        self._seen = replace(
            known,
            cut_at=now,
            cut=self._cut,
            learnt=self.learnt,
            internet_before=internet_before,
            before=known.gateways,
            exits_before=known.exits,
            offers_before=known.offers,
        )
        self._drop()
        self._proven_at = None
        self._next_round = steady + SETTLE
        self.round = self.asked = None
        self.proof = Proof.CHECKING
        self.signs = ()

    def again(self, now: float, steady: float) -> None:
        """Begin anew in a cut that goes on: only now did what cuts the line say that it has."""
        if self._seen is not None:
            self.start(now, steady, internet_before=self._seen.internet_before)

    def stop(self) -> None:
        """Watch no more: the uplink was joined again."""
        self._seen = None
        self.proof = Proof.NONE
        self.signs = ()
        self._drop()

    def survey(self, steady: float) -> None:
        """Ask one round while the line is joined; `round` and `asked` have it when it is over."""
        self.round = self.asked = None
        self._drop()
        self._begin(steady)

    @property
    def surveyed(self) -> bool:
        """The round that was begun is over."""
        outside = self._network.outside
        return not (self._probe and self._probe.busy) and not (outside and outside.busy)

    def lively(self, now: float, since: float | None = None) -> frozenset[str]:
        """Give the sources that show the line joined, by the last survey and by frames *since*."""
        after = now - LIVELY if since is None else since
        found: set[str] = set()
        if self._cut is not Cut.WAN and self.round and self.round.answered:
            found.add(Source.PROBE)
        if self.asked and self.asked.answered:
            found.add(Source.INTERNET)
        frames = self._known.exits if self._cut is Cut.WAN else self._known.gateways
        if any(one.at > after for one in frames):
            found.add(Source.CAPTURE)
        return frozenset(found)

    def close(self) -> None:
        """Ask nobody any more."""
        self._network.close()

    def hear(self, beat: Heartbeat, now: float) -> None:
        """Take in a heartbeat; one that names no gateway leaves those known before."""
        known = self._known
        named = {
            "gateways": beat.gateways or known.gateways,
            "exits": beat.exits or known.exits,
            "offers": beat.offers or known.offers,
        }
        self._known = replace(known, **named)  # type: ignore[arg-type] # each of its own kind
        if self._seen is not None:
            self._seen = replace(self._seen, heartbeat=beat, heard_at=now, **named)  # type: ignore[arg-type] # the same

    def turn(self, relay: str, contact: Contact, now: float, steady: float) -> None:
        """Ask what is due and weigh anew; *relay* is one of the ``relay_`` signs."""
        if self._clock_was_set(now - steady):
            self.again(now, steady)
        self._look(steady)
        self._hear_answers(now, steady)
        seen = self._seen
        if seen is None:
            return
        stale = now - seen.heard_at > HEARTBEAT_FRESH
        heartbeat = None if stale else seen.heartbeat
        self._seen = seen = replace(
            seen,
            relay=relay,
            contact=contact,
            probing=self._probe is not None,
            anchored=self._network.outside is not None,
            heartbeat=heartbeat,
        )
        self.signs = signs(seen, now)
        ago = None if self._proven_at is None else now - self._proven_at
        self.proof = verdict(self.signs, now - seen.cut_at, ago, seen.cut, seen.learnt)
        self._remember_proof(now)

    def _remember_proof(self, now: float) -> None:
        if self.proof is not Proof.PROVEN:
            self._proven_at = None
        elif verdict(self.signs, 0.0, None, self._cut) is Proof.PROVEN:  # on today's signs alone
            self._proven_at = now

    def _look(self, steady: float) -> None:
        if steady < self._next_look:
            return
        self._next_look = steady + LOOK_EVERY
        self._network.look()
        if self._probe is None and self._network.medium is not None:
            self._probe = Probe(self._network.medium)

    def _hear_answers(self, now: float, steady: float) -> None:
        """Take in what was answered, and ask anew when that is due."""
        outside = self._network.outside
        finished = self._probe.poll(steady) if self._probe else None
        asked = outside.poll(steady) if outside else None
        self.round, self.asked = finished or self.round, asked or self.asked
        if self._seen is None:
            return
        if finished is not None:
            self._seen = replace(self._seen, round=finished, round_at=now)
            if finished.answered:
                self._seen = replace(self._seen, answered_at=now, answered=finished.answered)
        if asked is not None:
            self._seen = replace(self._seen, anchors=asked, anchors_at=now)
            if asked.answered:
                self._seen = replace(self._seen, internet_at=now, internet=asked.answered)
        if steady >= self._next_round:
            checking = self.proof is Proof.CHECKING
            self._next_round = steady + (ROUND_SOON if checking else ROUND_EVERY)
            self._begin(steady)

    def _begin(self, steady: float) -> None:
        """Begin new rounds; one that is under way is waited for, however slowly the box goes."""
        outside = self._network.outside
        if outside is not None and not outside.busy:
            outside.begin(steady)
        if self._probe is not None and not self._probe.busy:
            self._probe.begin(self._addresses(), steady)
            self._probe.poll(steady)

    def _drop(self) -> None:
        """End rounds under way: they began before what now counts."""
        if self._probe is not None:
            self._probe.busy = False
        if self._network.outside is not None:
            self._network.outside.close()

    def _addresses(self) -> tuple[str, ...]:
        gateways = self._known.gateways
        known = dict.fromkeys((self._network.gateway, *(one.ip for one in gateways)))
        return tuple(ip for ip in known if ip)[:QUESTIONS]

    def _clock_was_set(self, offset: float) -> bool:
        before, self._offset = self._offset, offset
        return before is not None and abs(offset - before) > CLOCK_SET
