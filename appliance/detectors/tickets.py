"""Tickets that are asked for to try passwords on them at home: Kerberos gives them to everybody.

A ticket is encrypted with the password of the service that it is for, and where an account need
not prove itself, the answer to its logon with the account's own. Whoever collects them finds weak
passwords without one further question.
"""

from enum import StrEnum
from typing import Final

from appliance.detectors.windows import Distinct
from appliance.facts import KerberosAnswered, KerberosAsked
from appliance.memory import Memory
from appliance.model import Ip

_RC4: Final = 23
"""Tried some hundred times faster than AES (RFC 4757; hashcat's own figures)."""
_AES: Final = frozenset((17, 18, 19, 20))
"""RFC 3962, RFC 8009."""
_MOST: Final = 64
"""Services, or accounts, counted of one client."""


class Haul(StrEnum):
    """What somebody collects."""

    WEAK = "weak"
    """Tickets that are encrypted the old way, where the new one is there."""
    MANY = "many"
    """Tickets for more services than a practice has, however encrypted."""
    UNPROVEN = "unproven"
    """Answers to logons that proved nothing."""


class Tickets:
    """Who collects tickets: by client and domain controller."""

    def __init__(
        self, *, weak: int, given: int, many: int, accounts: int, seconds: float, pairs: int
    ) -> None:
        self._most = {"asked": weak, "given": given, "all": many, "accounts": accounts}
        self._met: Distinct[tuple[Ip, Ip, str], str] = Distinct(
            seconds=seconds, keys=4 * pairs, values=_MOST
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
        """Tell what the client of *asked* collects, if that is one ticket too many."""
        if asked.kind == "logon":
            key = (asked.src, asked.dst, asked.sport, asked.dport)
            if asked.proof:
                self._unproven.pop(key)
            else:
                self._unproven.put(key, True)
            return None
        if asked.under in _AES and _likes_rc4(asked.ciphers):
            return self._add(asked.src, asked.dst, "asked", asked.mark, asked.at, Haul.WEAK)
        return None

    def answer(self, answered: KerberosAnswered) -> Haul | None:
        """Tell what the client that is *answered* collects, if that is one too many."""
        client, controller = answered.dst, answered.src
        mark, at = answered.mark, answered.at
        if answered.kind == "logon":
            key = (client, controller, answered.dport, answered.sport)
            if self._unproven.pop(key):
                return self._add(client, controller, "accounts", mark, at, Haul.UNPROVEN)
        elif answered.kind == "ticket":
            if answered.cipher in _AES:
                self._modern.put(controller, True)
            elif answered.cipher == _RC4 and controller in self._modern:
                haul = self._add(client, controller, "given", mark, at, Haul.WEAK)
                if haul:
                    return haul
            return self._add(client, controller, "all", mark, at, Haul.MANY)
        return None

    def count(self, client: Ip, controller: Ip, at: float) -> int:
        """Count the services or accounts of the largest haul."""
        return max(self._met.count((client, controller, what), at) for what in self._most)

    def _add(
        self, client: Ip, controller: Ip, what: str, mark: str, at: float, haul: Haul
    ) -> Haul | None:
        if not mark:
            return None
        count, new = self._met.add((client, controller, what), mark, at)
        return haul if new and count >= self._most[what] else None


def _likes_rc4(ciphers: tuple[int, ...]) -> bool:
    """Tell whether RC4 is liked better than AES; no system does that by itself any more."""
    return _RC4 in ciphers and not _AES.intersection(ciphers[: ciphers.index(_RC4)])
