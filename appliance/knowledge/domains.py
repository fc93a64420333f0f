"""Which part of a host name somebody registered, and whose names carry questions by design.

The public suffix list (publicsuffix.org, in the package publicsuffixlist) says below which names
people register theirs, those that providers give away included.
"""

import re
from collections.abc import Mapping
from functools import cache

from publicsuffixlist import PublicSuffixList

from appliance.knowledge.hosts import hosts
from appliance.knowledge.tables import rows

_TOP = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]{1,59}").fullmatch
"""Top-level domains hold no digits (RFC 3696 section 2), but for those of other scripts."""


def registered(name: str) -> str:
    """Give the registered domain that *name* (lower case) is or is below; empty when none is.

    Names of one label, and those whose last one can be no top-level domain, have none.
    """
    if not _TOP(name.rpartition(".")[2]):
        return ""
    return _suffixes().privatesuffix(name, keep_case=True) or ""


def is_suffix(name: str) -> bool:
    """Tell whether others register their names below *name*, as below ``co.uk``."""
    return _suffixes().is_public(name)


def carries_questions(name: str, domain: str) -> bool:
    """Tell whether *name*, below *domain*, is of a service that makes such names by design.

    Reputation of files and senders, content networks; and whatever antivirus programs call.
    """
    if domain in _uses() or domain.partition(".")[2] in _uses():  # some give their names away
        return True
    entry = hosts().hygiene.find(name)
    return entry is not None and entry.subject == "antivirus"


@cache
def _uses() -> Mapping[str, str]:
    return {row["domain"]: row["use"] for row in rows("domains")}


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
