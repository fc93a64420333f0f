"""How well a device is looked after, as far as the network shows: its system, updates, protection.

The worst that is known counts. What nobody expects of a device is not held against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from appliance.knowledge.support import Verdict
from appliance.system import UNKNOWN, Support
from appliance.upkeep import Care

WORST_FIRST = ("ended", "no_updates", "no_antivirus", "depends", "unknown", "fine", "")
"""All that `Hygiene.what` may be: keys of the texts; empty where there is nothing to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hygiene:
    """The worst that is known of how a device is looked after."""

    what: str = ""

    @property
    def rank(self) -> int:
        """Its place among `WORST_FIRST`."""
        return WORST_FIRST.index(self.what)

    @property
    def due(self) -> bool:
        """Tell whether somebody should see to it."""
        return self.what in ("ended", "no_updates", "no_antivirus")


def hygiene(support: Support | None, cared: Iterable[Care], now: float) -> Hygiene:
    """Judge a device by its system's *support* and the *cared* that was seen of it at *now*."""
    seen = list(cared)
    found = {_of_support(support), *(_of_care(each, now) for each in seen)}
    return Hygiene(what=next((what for what in WORST_FIRST if what in found), ""))


def _of_support(support: Support | None) -> str:
    match support.verdict if support else "":
        case Verdict.ENDED:
            return "ended"
        case Verdict.DEPENDS:
            return "depends"
        case Verdict.SUPPORTED:
            return "fine"
        case verdict if verdict == UNKNOWN:
            return "unknown"
        case _:
            return ""


def _of_care(care: Care, now: float) -> str:
    if care.subject == "antivirus":
        return "fine" if care.product else "no_antivirus"
    if care.subject == "system":
        return "no_updates" if care.quiet(now) else "fine"
    return ""
