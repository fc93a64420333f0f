"""Which Windows a version in NTLM messages or a dialect of SMB may be, and whether it is supported.

[MS-NLMP] 2.2.2.10: NTLM messages carry major, minor and build. Releases that came as enablement
packages keep the build of the release they stand on, so one build may cover several years.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from appliance.knowledge.hint import Hint, Source, hint, weigh
from appliance.knowledge.kinds import Kind
from appliance.knowledge.support import Span, Verdict, span
from appliance.knowledge.tables import rows

_Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one version number may be."""

    covers: tuple[str, ...]
    """Products and releases, newest first; empty for what is not Windows (Samba)."""
    says: Hint
    question: str
    """What to ask the technician when it depends, a key of the texts."""
    support: Span | None
    """None for what is not Windows."""
    ordinary: date | None
    """Last day on which any edition in ordinary use got updates that everybody gets: without those
    enrolled or paid for, long-term (LTSC) and embedded editions. None for what is not Windows."""

    def on(self, day: date) -> Verdict | None:
        """Judge its support on *day*; None for what is not Windows."""
        return self.support.on(day) if self.support else None


@dataclass(frozen=True, slots=True)
class Windows:
    """Looks versions up."""

    _versions: Mapping[str, Version] = field(repr=False)
    _generations: Mapping[str, Version] = field(repr=False)
    _dialects: Mapping[str, Hint] = field(repr=False)

    def find(self, version: str) -> Version | None:
        """Give what *version* (``10.0.19041``) may be, from NTLM or as the system's own number."""
        return self._versions.get(version)

    def generation(self, name: str) -> Version | None:
        """Give what a generation may be: ``Windows NT 6.1``, or as DHCP clients are told apart."""
        return self._generations.get(name)

    def smb(self, dialect: str) -> Hint | None:
        """Give the oldest Windows that speaks *dialect* (``NT LM 0.12``, ``2.0.2`` … ``3.1.1``).

        Ask with the highest dialect that a client offers, or that a server chose below it.
        """
        return self._dialects.get(dialect)


@cache
def windows() -> Windows:
    """Load the tables."""
    by_ntlm: dict[str, list[_Row]] = {}
    by_build: dict[str, list[_Row]] = {}
    for row in rows("windows_builds"):
        by_ntlm.setdefault(row["ntlm"], []).append(row)
        by_build.setdefault(row["build"], []).append(row)
    named = {row["ntlm"]: row for row in rows("windows_versions")}
    versions = {
        build: _exactly(releases, named[releases[0]["ntlm"]])
        for build, releases in by_build.items()
    }
    versions |= {ntlm: _version(by_ntlm.get(ntlm, ()), row) for ntlm, row in named.items()}
    dialects = {row["dialect"]: hint(row, Source.SMB_DIALECT) for row in rows("smb_dialects")}
    return Windows(
        versions,
        {row["name"]: _generation(by_ntlm, row) for row in rows("windows_generations")},
        {dialect: says for dialect, says in dialects.items() if says},
    )


def _generation(by_ntlm: Mapping[str, list[_Row]], row: _Row) -> Version:
    """Give the version that is any of those whose number begins as one of *row*'s does."""
    begins = tuple(f"{each}." for each in row["versions"].split())
    covers = [
        each for ntlm, some in by_ntlm.items() if f"{ntlm}.".startswith(begins) for each in some
    ]
    return _version(covers, {**row, "kind": Kind.UNKNOWN, "question": "release"})


def _version(releases: Collection[_Row], row: _Row) -> Version:
    covers = _products(releases)
    return Version(
        covers=covers,
        says=Hint(kind=Kind(row["kind"]), os=row["os"], weight=weigh(row), source_key=Source.NTLM),
        question=row["question"],
        support=span((_day(each["ends"]), _extended(each)) for each in releases)
        if covers
        else None,
        ordinary=_ordinary(releases) if covers else None,
    )


def _ordinary(releases: Collection[_Row]) -> date:
    everyday = [
        each for each in releases if each["family"] != "embedded" and "LTSC" not in each["edition"]
    ]
    return max(_day(each["ends"]) for each in everyday or releases)


def _exactly(releases: list[_Row], row: _Row) -> Version:
    """Give the version of *releases* that show their own build and not that of the base."""
    servers = {each["family"] == "server" for each in releases}
    kind = (
        Kind.UNKNOWN if len(servers) > 1 else Kind.SERVER if True in servers else Kind.WORKSTATION
    )
    os = " / ".join(_products(releases))
    return _version(releases, {**row, "kind": kind, "os": os})


def _products(releases: Iterable[_Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each["product"] for each in releases))


def _extended(release: _Row) -> date | None:
    return _day(release["extended"]) if release["extended"] else None


def _day(written: str) -> date:
    return date.fromisoformat(written)
