"""Plays each detector a sample of its trouble through the whole pipeline, and tells what was seen.

A sample is a capture of the lab (``data/selftest/<detector>.pcap.gz``) and, where the detector
must know something of that site beforehand, its file (``.toml``, `appliance.site`). Each runs in
a pipeline of its own, with this box's limits and lists: nothing of it reaches the running sensor,
the database, the light or anybody. ``python -m tests.samples`` makes them from the captures.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any

from appliance.detectors import ALL
from appliance.detectors.base import About
from appliance.pipeline import Setting
from appliance.replay import replay
from appliance.sensor.source import CaptureError
from appliance.site import Site, SiteError, read

SAMPLES = Path(str(resources.files("appliance.data") / "selftest"))


class Outcome(StrEnum):
    """What became of a detector's sign; the values are keys of texts (``[selftest]``)."""

    SEEN = "seen"
    MISSED = "missed"
    LIMITED = "limited"
    """Not seen with the limits that are set, seen with those of the delivery."""
    FAILED = "failed"
    """The detector itself failed on it."""
    UNREADABLE = "unreadable"
    """The sample is missing or damaged."""
    OFF = "off"
    """The detector is switched off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A limit that is not as delivered."""

    detector: str
    name: str
    value: Any
    usual: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of the sign of one detector."""

    detector: str
    outcome: Outcome
    limits: tuple[Changed, ...] = ()
    """With ``LIMITED``, those of this detector that were changed."""


def examine(setting: Setting, samples: Path = SAMPLES) -> Iterator[Result]:
    """Play all *samples* to a box set as *setting* says, in the order of the detectors."""
    for detector in ALL:
        yield _examine(detector.about, setting, samples)


def changed(limits: Any, detector: str) -> tuple[Changed, ...]:
    """Give which *limits* of *detector* are not as delivered."""
    return tuple(
        Changed(detector=detector, name=one.name, value=value, usual=one.default)
        for one in fields(limits)
        if (value := getattr(limits, one.name)) != one.default
    )


def _examine(about: About, setting: Setting, samples: Path) -> Result:
    if about.id in setting.without:
        return Result(detector=about.id, outcome=Outcome.OFF)
    outcome = _play(about.id, setting, samples)
    limits = setting.limits.get(about.id)
    if outcome is Outcome.MISSED and limits and (others := changed(limits, about.id)):
        usual = {name: each for name, each in setting.limits.items() if name != about.id}
        if _play(about.id, replace(setting, limits=usual), samples) is Outcome.SEEN:
            return Result(detector=about.id, outcome=Outcome.LIMITED, limits=others)
    return Result(detector=about.id, outcome=outcome)


def _play(detector: str, setting: Setting, samples: Path) -> Outcome:
    try:
        site = _site(samples / f"{detector}.toml", setting)
        played = replay(samples / f"{detector}.pcap.gz", site, setting=setting)
    except (CaptureError, SiteError):
        return Outcome.UNREADABLE
    if detector in played.summary["faults"]:
        return Outcome.FAILED
    told = any(alert.detector == detector for alert in played.alerts)
    return Outcome.SEEN if told else Outcome.MISSED


def _site(known: Path, setting: Setting) -> Site:
    """Give the lab's practice, with the lists in use unless the sample brings entries of its own.

    Raises SiteError.
    """
    if not known.exists():
        return Site(lists=setting.lists)
    site = read(known)
    brings_its_own = "bad" in tomllib.loads(known.read_text("utf-8"))
    return site if brings_its_own else replace(site, lists=setting.lists)
