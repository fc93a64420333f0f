"""What an entry of the audit is about, in words.

Entries keep codes, which last longer than words do: verdicts, steps, rules, addresses. What
somebody typed, and a code without a word, stays as it is.
"""

from collections.abc import Mapping

from appliance.store import AuditEntry
from appliance.texts import sentences
from web.wording import Names

CODED = frozenset({"decide", "export", "prooftest", "wizard"})
"""What is noted with codes alone."""


def about(language: str, entry: AuditEntry, names: Names) -> str:
    """Give what *entry* is about."""
    if entry.what not in CODED or not entry.detail:
        return entry.detail
    words, codes = sentences(language), entry.detail.split()
    whole = words.get(f"audit_detail.{entry.what}.{'_'.join(codes)}")
    return whole or " · ".join(_word(words, entry.what, code, names) for code in codes)


def _word(words: Mapping[str, str], what: str, code: str, names: Names) -> str:
    keys = (f"audit_detail.{what}.{code}", f"{what}.{code}.name", f"{code}.title")
    return next((words[key] for key in keys if key in words), names.name(code))
