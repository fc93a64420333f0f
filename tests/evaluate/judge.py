"""Comparing what a replay said with what the collection expects of that capture. Pure.

An expectation is free text; three things in it are judged: ``alert:KIND`` where a detector for
that kind exists, ``silent`` (neither warning nor danger) and ``no high-severity alert`` (no
danger). What is marked optional is no miss.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KINDS: Mapping[str, str] = {
    "arp-scan": "host_sweep",
    "arp-spoof": "arp_spoof",
    "beacon": "beacon",
    "brute-force": "brute_force",
    "cryptomining": "mining",
    "dga": "generated_names",
    "dhcp-flood": "flood",
    "dns-tunnel": "dns_tunnel",
    "host-sweep": "host_sweep",
    "icmp-tunnel": "icmp_tunnel",
    "mac-flood": "flood",
    "malware-download": "download",
    "port-scan": "port_scan",
    "ransomware-smb": "ransomware",
    "rogue-dhcp": "rogue_dhcp",
    "tor": "remote_access",
}
"""The collections' kinds of alert, and the detector that must see each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """How one replay went."""

    status: int | None
    """Exit status; None when it had to be stopped."""
    seconds: float
    alerts: tuple[tuple[str, str], ...] = ()
    """Detector and severity of each alert."""
    devices: tuple[Mapping[str, Any], ...] = ()
    """What was said of each device."""
    said: str = ""
    """What it wrote to its error output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be said of one capture."""

    broken: str = ""
    """Why this is neither a reading nor a clear refusal; empty when it is one."""
    refused: bool = False
    found: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    must_be_quiet: bool = False
    false: tuple[str, ...] = ()
    """Alerts where there must be none."""
    without_detector: tuple[str, ...] = ()
    """Kinds expected that no detector is for."""


def judge(expected: str, reply: Reply) -> Verdict:
    """Give the verdict on a capture that *expected* describes."""
    broken = breakage(reply)
    if broken or reply.status:
        return Verdict(broken=broken, refused=not broken)
    kinds = wanted(expected)
    detectors = tuple(dict.fromkeys(KINDS[kind] for kind in kinds if kind in KINDS))
    raised = {detector for detector, _ in reply.alerts}
    grave = forbidden(expected)
    return Verdict(
        found=tuple(it for it in detectors if it in raised),
        missed=tuple(it for it in detectors if it not in raised),
        must_be_quiet=bool(grave),
        false=tuple(f"{it} {severity}" for it, severity in reply.alerts if severity in grave),
        without_detector=tuple(kind for kind in kinds if kind not in KINDS),
    )


def breakage(reply: Reply) -> str:
    """Tell why *reply* is neither status 0 nor status 2 with one clear sentence."""
    if reply.status is None:
        return f"did not end within {reply.seconds:.0f} s"
    if "Traceback" in reply.said:
        return reply.said.strip().splitlines()[-1]
    if reply.status not in {0, 2}:
        return f"ended with status {reply.status}"
    if reply.status and len(reply.said.strip().splitlines()) != 1:
        return "refused, but not in one sentence"
    return ""


def wanted(expected: str) -> tuple[str, ...]:
    """Give the kinds of alert that must be raised."""
    parts = (part for part in re.split(r"[;,]", expected) if "optional" not in part)
    return tuple(kind for part in parts for kind in re.findall(r"alert:([a-z0-9-]+)", part))


def forbidden(expected: str) -> frozenset[str]:
    """Give the severities that must not be raised."""
    if "no high-severity alert" in expected:
        return frozenset({"danger"})
    parts = [part.strip() for part in expected.split(";")]
    quiet = any(re.match(r"silent\b", part) for part in parts) and not wanted(expected)
    return frozenset({"warning", "danger"} if quiet else ())


def totals(verdicts: Iterable[Verdict]) -> Mapping[str, tuple[int, int]]:
    """Give for each detector how often it found and how often it missed what it should see."""
    counts = {detector: [0, 0] for detector in sorted(set(KINDS.values()))}
    for verdict in verdicts:
        for row, detectors in enumerate((verdict.found, verdict.missed)):
            for detector in detectors:
                counts[detector][row] += 1
    return {detector: (found, missed) for detector, (found, missed) in counts.items()}
