"""Which part of a host name somebody registered, and whose names carry questions by design.

The public suffix list has some 10,000 entries; here a rule stands for most of them: the last
label, and before one of two letters also a common word, as in ``co.uk`` and ``asso.fr``.
``data/domains.csv`` adds those of France and its neighbours that the rule does not cover, and
providers that give names away. A suffix that is missing makes many owners look like one.
"""

import re
from collections.abc import Mapping
from functools import cache

from appliance.knowledge.hosts import hosts
from appliance.knowledge.tables import rows

_COMMON = frozenset(
    (
        *("ac", "asso", "co", "com", "edu", "gob", "gouv", "gov", "gv", "info", "mil"),
        *("net", "nhs", "nom", "or", "org", "sch", "school", "tm", "web"),
    )
)
"""Words before a country's two letters that mean a kind of owner."""
_LABELS = 3
"""Labels at a name's end that may matter: suffixes have at most two, and one is registered."""
_TOP = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]{1,59}").fullmatch
"""Top-level domains hold no digits (RFC 3696 section 2), but for those of other scripts."""


def registered(name: str) -> str:
    """Give the registered domain that *name* (lower case) is or is below; empty when none is.

    Names of one label, and those whose last one can be no top-level domain, have none.
    """
    labels = name.rsplit(".", _LABELS)[-_LABELS:]
    if not _TOP(labels[-1]):
        return ""
    in_country = len(labels) > 1 and len(labels[-1]) == 2  # noqa: PLR2004 - as ISO 3166 has them
    parts = 1
    if (in_country and labels[-2] in _COMMON) or ".".join(labels[-2:]) in _suffixes():
        parts = min(2, len(labels))
    return ".".join(labels[-1 - parts :]) if len(labels) > parts else ""


def carries_questions(name: str, domain: str) -> bool:
    """Tell whether *name*, below *domain*, is of a service that makes such names by design.

    Reputation of files and senders, content networks; and whatever antivirus programs call.
    """
    if _uses().get(domain) is not None:
        return True
    entry = hosts().hygiene.find(name)
    return entry is not None and entry.subject == "antivirus"


@cache
def _uses() -> Mapping[str, str]:
    return {row["domain"]: row["use"] for row in rows("domains") if row["use"] != "suffix"}


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(row["domain"] for row in rows("domains") if row["use"] == "suffix")
