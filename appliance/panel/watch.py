"""Watching a cut: from the moment the relay was told to open until the uplink is joined again.

Gathers what `verify` weighs: rounds of questions, heartbeats, the relay's own contact. Packets
bear the time of day, so that clock is used beside them; when it is set, watching starts anew.
"""

from dataclasses import replace
from itertools import zip_longest

from appliance.panel.asking import Asking
from appliance.panel.heartbeat import Heartbeat
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

LIVELY = 30.0
"""Seconds for which a frame shows that the line was joined."""


class Watch:
    """What is known of the cut; *now* is the time of day, *steady* a clock that never steps."""

    def __init__(self, cut: Cut = Cut.LAN, learnt: Learnt | None = None) -> None:
        self.asking = Asking()
        self._cut = cut
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
        self.asking.drop()
        self._proven_at = None
        self._next_round = steady + SETTLE
        if known.gateways:  # who asks is to know in time; else the sensor tells of them soon
            self.asking.begin(self._addresses(), self._next_round)
            self._next_round += ROUND_SOON
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
        self.asking.drop()

    def survey(self, steady: float) -> None:
        """Ask one round while the line is joined; `round` and `asked` have it when it is over."""
        self.round = self.asked = None
        self.asking.begin(self._addresses(), steady)

    @property
    def surveyed(self) -> bool:
        """The round that was begun is over."""
        return not self.asking.busy

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
            unheard=self.asking.unheard(steady),
            probing=self.asking.near,
            anchored=self.asking.far,
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

    def _hear_answers(self, now: float, steady: float) -> None:
        """Take in what was answered, and want a new round when that is due."""
        finished, asked = self.asking.poll(steady)
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
        if steady >= self._next_round and not self.asking.busy:  # however slowly the box goes
            checking = self.proof is Proof.CHECKING
            self._next_round = steady + (ROUND_SOON if checking else ROUND_EVERY)
            self.asking.begin(self._addresses(), steady)

    def _addresses(self) -> tuple[str, ...]:
        """Give who is to be asked: of every gateway an address first, then more of each."""
        rows = zip_longest(*(one.ips for one in self._known.gateways))
        return tuple(dict.fromkeys(ip for row in rows for ip in row if ip))

    def _clock_was_set(self, offset: float) -> bool:
        before, self._offset = self._offset, offset
        return before is not None and abs(offset - before) > CLOCK_SET
