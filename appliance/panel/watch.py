"""Watching a cut: from the moment the relay was told to open until the uplink is joined again.

Gathers what `verify` weighs: rounds of questions, heartbeats, the relay's own contact. Packets
bear the time of day, so that clock is used beside them; when it is set, watching starts anew.
"""

from dataclasses import replace

from appliance.panel.heartbeat import Gateway, Heartbeat
from appliance.panel.management import Network
from appliance.panel.probe import Probe
from appliance.panel.verify import SETTLE, Contact, Proof, Seen, Sign, signs, verdict

ROUND_EVERY = 4.0
"""Seconds from the beginning of one round of questions to the next."""

HEARTBEAT_FRESH = 5.0
"""Seconds for which a heartbeat tells what the sensor sees."""

CLOCK_SET = 0.5
"""Seconds by which the time of day may drift between two looks before it was *set*."""

LOOK_EVERY = 10.0
"""Seconds between two looks at the network of the box itself: it comes up after the panel."""

QUESTIONS = 8
"""Most gateway addresses asked in one round."""


class Watch:
    """What is known of the cut; *now* is the time of day, *steady* a clock that never steps."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._probe = Probe(network.medium) if network.medium else None
        self._next_look = 0.0
        self._gateways: tuple[Gateway, ...] = ()
        self._seen: Seen | None = None
        self._proven_at: float | None = None
        self._next_round = 0.0
        self._offset: float | None = None
        self.proof = Proof.NONE
        self.signs: tuple[Sign, ...] = ()

    def start(self, now: float, steady: float) -> None:
        """Begin to watch: the relay was just told to open the uplink."""
        self._seen = Seen(cut_at=now, gateways=self._gateways, before=self._gateways)
        self._proven_at = None
        self._next_round = steady + SETTLE
        self.proof = Proof.CHECKING
        self.signs = ()

    def stop(self) -> None:
        """Watch no more: the uplink was joined again."""
        self._seen = None
        self.proof = Proof.NONE
        self.signs = ()

    def close(self) -> None:
        """Ask nobody any more."""
        self._network.close()

    def hear(self, beat: Heartbeat, now: float) -> None:
        """Take in a heartbeat; one that names no gateway leaves those known before."""
        self._gateways = beat.gateways or self._gateways
        if self._seen is not None:
            self._seen = replace(self._seen, heartbeat=beat, heard_at=now, gateways=self._gateways)

    def turn(self, relay: str, contact: Contact, now: float, steady: float) -> None:
        """Ask what is due and weigh anew; *relay* is one of the ``relay_`` signs."""
        if self._clock_was_set(now - steady) and self._seen is not None:
            self.start(now, steady)
        self._look(steady)
        self._ask(now, steady)
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
            heartbeat=heartbeat,
        )
        self.signs = signs(seen, now)
        ago = None if self._proven_at is None else now - self._proven_at
        self.proof = verdict(self.signs, now - seen.cut_at, ago)
        self._remember_proof(now)

    def _remember_proof(self, now: float) -> None:
        if self.proof is not Proof.PROVEN:
            self._proven_at = None
        elif verdict(self.signs, 0.0, None) is Proof.PROVEN:  # on today's signs, not on grace
            self._proven_at = now

    def _look(self, steady: float) -> None:
        if steady < self._next_look:
            return
        self._next_look = steady + LOOK_EVERY
        self._network.look()
        if self._probe is None and self._network.medium is not None:
            self._probe = Probe(self._network.medium)

    def _ask(self, now: float, steady: float) -> None:
        if self._probe is None:
            return
        finished = self._probe.poll(steady)
        if self._seen is None:
            return
        if finished is not None:
            self._seen = replace(self._seen, round=finished, round_at=now)
            if finished.answered:
                self._seen = replace(self._seen, answered_at=now, answered=finished.answered)
        if steady >= self._next_round:
            self._next_round = steady + ROUND_EVERY
            self._probe.begin(self._addresses(), steady)
            self._probe.poll(steady)

    def _addresses(self) -> tuple[str, ...]:
        known = dict.fromkeys((self._network.gateway, *(one.ip for one in self._gateways)))
        return tuple(ip for ip in known if ip)[:QUESTIONS]

    def _clock_was_set(self, offset: float) -> bool:
        before, self._offset = self._offset, offset
        return before is not None and abs(offset - before) > CLOCK_SET
