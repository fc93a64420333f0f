"""Tickets that are asked for to try passwords on them at home: Kerberos gives them to everybody.

A ticket is encrypted with the password of the service that it is for, and where an account need
not prove itself, the answer to its logon with the account's own. Whoever collects them finds weak
passwords without one further question.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from appliance.detectors.windows import Distinct
from appliance.facts import KerberosAnswered, KerberosAsked
from appliance.memory import Memory
from appliance.model import Ip

_RC4: Final = 23
"""Tried some hundred times faster than AES (RFC 4757; hashcat's own figures)."""
_AES: Final = frozenset((17, 18, 19, 20))
"""RFC 3962, RFC 8009."""
_COUNTED: Final = 64
"""Services, or accounts, counted of one client."""


class Haul(StrEnum):
    """What somebody collects."""

    WEAK = "weak"
    """Tickets that are encrypted the old way, where the new one is there."""
    MANY = "many"
    """Tickets for more services than a practice has, however encrypted."""
    UNPROVEN = "unproven"
    """Answers to logons that proved nothing."""


class Most(NamedTuple):
    """From how many of each on it is a haul."""

    asked: int
    """Services for which RC4 is liked better than AES."""
    given: int
    """Services whose tickets are given in RC4."""
    any: int
    """Services whose tickets are given."""
    accounts: int
    """Accounts let in without a proof."""


_HAULS: Final = {
    "asked": Haul.WEAK,
    "given": Haul.WEAK,
    "any": Haul.MANY,
    "accounts": Haul.UNPROVEN,
}


class Tickets:
    """Who collects tickets: by client and domain controller."""

    def __init__(self, most: Most, *, seconds: float, pairs: int) -> None:
        self._most = most._asdict()
        self._met: Distinct[tuple[Ip, Ip, str], str] = Distinct(
            seconds=seconds, keys=len(_HAULS) * pairs, values=_COUNTED
        )
        self._unproven: Memory[tuple[Ip, Ip, int, int], bool] = Memory(pairs)
        """Conversations in which somebody last asked to log on without a proof."""
        self._modern: Memory[Ip, bool] = Memory(pairs)
        """Domain controllers that were seen to encrypt with AES."""

    @property
    def dropped(self) -> int:
        """Clients and conversations that had to leave early."""
        return self._met.dropped + self._unproven.dropped + self._modern.dropped

    def ask(self, asked: KerberosAsked) -> Haul | None:
        """Tell what the client of *asked* collects, if this is one too many."""
        if asked.kind == "logon":
            key = (asked.src, asked.dst, asked.sport, asked.dport)
            if asked.proof:
                self._unproven.pop(key)
            else:
                self._unproven.put(key, True)
        elif asked.under in _AES and _likes_rc4(asked.ciphers):
            return self._add(("asked",), asked.src, asked.dst, asked)
        return None

    def answer(self, answered: KerberosAnswered) -> Haul | None:
        """Tell what the client that is *answered* collects, if this is one too many."""
        client, controller = answered.dst, answered.src
        if answered.kind == "logon":
            key = (client, controller, answered.dport, answered.sport)
            if self._unproven.pop(key):
                return self._add(("accounts",), client, controller, answered)
        elif answered.kind == "ticket":
            if answered.cipher in _AES:
                self._modern.put(controller, True)
            elif answered.cipher == _RC4 and controller in self._modern:
                return self._add(("given", "any"), client, controller, answered)
            return self._add(("any",), client, controller, answered)
        return None

    def _add(
        self,
        counts: tuple[str, ...],
        client: Ip,
        controller: Ip,
        fact: KerberosAsked | KerberosAnswered,
    ) -> Haul | None:
        """Count the service or account of *fact*; the first count that is too high tells."""
        found: Haul | None = None
        for what in counts if fact.mark else ():
            count, new = self._met.add((client, controller, what), fact.mark, fact.at)
            if new and count >= self._most[what]:
                found = found or _HAULS[what]
        return found


def _likes_rc4(ciphers: tuple[int, ...]) -> bool:
    """Tell whether RC4 is liked better than AES; no system does that by itself any more."""
    return _RC4 in ciphers and not _AES.intersection(ciphers[: ciphers.index(_RC4)])
