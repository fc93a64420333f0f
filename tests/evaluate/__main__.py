"""Replays a folder of captures and says what was found, missed, raised in vain, and identified.

    python -m tests.evaluate [FOLDER]

FOLDER (or VIGIE_CORPUS, or ``../shared/corpus`` where it exists) holds lists such as ``dev.csv``
with the columns ``file``, ``category``, ``truth``, ``expected`` and ``victim_or_subject_ip``, and
the captures of ``dev.csv`` under ``dev/``. It ends with status 1 only where a replay neither read a
capture nor refused it clearly: how much is found is for people to judge.

What a device truly is stands in prose: `tests.evaluate.truth` reads it, and what it does not
understand for certain is listed as not judged.
"""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from appliance.addresses import PRIVATE
from tests.evaluate import identities
from tests.evaluate.identities import Heard
from tests.evaluate.judge import Raised, Reply, Verdict, judge, totals

ROOT = Path(__file__).parent.parent.parent
NEIGHBOURS = 24
"""Bits of the network that a subject with a public address is in."""
LONGEST = 300.0
"""Seconds that one replay may take."""

Case = tuple[Path, Mapping[str, str]]
"""A capture, and its row of the list."""


def main(arguments: list[str]) -> int:
    """Evaluate the folder that is named, and print what came of it."""
    named = arguments[0] if arguments else os.environ.get("VIGIE_CORPUS")
    folder = Path(named) if named else ROOT.parent / "shared/corpus"
    if not folder.is_dir():
        print(f"There is no folder of captures at {folder}; name one in VIGIE_CORPUS.")
        return 0
    found = list(cases(folder))
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        replies = list(
            workers.map(lambda case: replay(case[0], home(case[1]["victim_or_subject_ip"])), found)
        )
    verdicts = [
        judge(row["expected"], row["victim_or_subject_ip"], reply)
        for (_, row), reply in zip(found, replies, strict=True)
    ]
    for line in report(folder, found, replies, verdicts):
        print(line)
    print()
    for line in identities.report(_heard(folder, found, replies)):
        print(line)
    return int(any(verdict.broken for verdict in verdicts))


def cases(folder: Path) -> Iterator[Case]:
    """Give each capture of *folder*, and what is known of it."""
    for table in sorted(folder.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield folder / table.stem / row["file"], row


def home(subject: str) -> tuple[str, ...]:
    """Give the networks of the practice, as its technician sets them: where *subject* is, too.

    Nothing where it has a private address, as then the usual networks hold it.
    """
    try:
        inside = ip_network(f"{subject}/{NEIGHBOURS}", strict=False)
    except ValueError:
        return ()
    if any(inside.version == each.version and inside.overlaps(each) for each in PRIVATE):
        return ()
    return (*map(str, PRIVATE), str(inside))


def replay(capture: Path, networks: Sequence[str] = ()) -> Reply:
    """Replay *capture* as anybody would who has these *networks*; none: the usual ones."""
    started = time.monotonic()
    command = [sys.executable, "-m", "appliance", "replay", str(capture)]
    for each in networks:
        command += ["--home", each]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return Reply(status=None, seconds=LONGEST)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    devices = tuple(event for event in events if event["event_type"] == "device")
    return Reply(
        status=done.returncode,
        seconds=time.monotonic() - started,
        alerts=tuple(_raised(events, devices)),
        devices=devices,
        said=done.stderr,
    )


def _raised(
    events: Sequence[Mapping[str, Any]], devices: Sequence[Mapping[str, Any]]
) -> Iterator[Raised]:
    """Give the alerts among *events*, with the addresses of the device that each is about."""
    held = {device["mac"]: frozenset(device["ips"]) for device in devices}
    for event in events:
        if event["event_type"] == "alert":
            named = frozenset(filter(None, (event.get("src_ip"), event.get("dest_ip"))))
            hosts = named | held.get(event.get("mac", ""), frozenset())
            yield Raised(event["detector"], event["severity"], hosts)


def _heard(folder: Path, found: Sequence[Case], replies: Sequence[Reply]) -> Iterator[Heard]:
    """Give what was heard of devices in each capture that was read to its end."""
    for (capture, row), reply in zip(found, replies, strict=True):
        if reply.status == 0:
            yield Heard(name=str(capture.relative_to(folder)), row=row, devices=reply.devices)


def report(
    folder: Path, found: list[Case], replies: list[Reply], verdicts: list[Verdict]
) -> Iterator[str]:
    """Give the lines of the report."""
    yield f"{'category':<20}{'told':>6}{'untold':>8}"
    counts = totals((row["category"], it) for (_, row), it in zip(found, verdicts, strict=True))
    for category, (told, untold) in counts.items():
        yield f"{category:<20}{told:>6}{untold:>8}"
    told, untold = (sum(column) for column in zip((0, 0), *counts.values(), strict=True))
    share = told / max(1, told + untold)
    yield f"{'all attacks':<20}{told:>6}{untold:>8}   {share:.1%} name the right host"
    quiet = [verdict for verdict in verdicts if verdict.must_be_quiet]
    noisy = sum(bool(verdict.false) for verdict in quiet)
    yield f"\n{len(quiet) - noisy} of {len(quiet)} captures that must stay quiet did."
    yield f"{sum(verdict.refused for verdict in verdicts)} captures were refused in one sentence."
    yield f"{sum(bool(verdict.broken) for verdict in verdicts)} replays broke."
    total = sum(reply.seconds for reply in replies)
    yield f"{len(found)} captures, {total:.0f} s of replays, the longest {_longest(replies):.1f} s."
    for (capture, row), reply, verdict in zip(found, replies, verdicts, strict=True):
        name = capture.relative_to(folder)
        for miss in verdict.missed:
            extent = f"{row['packets']} packets in {float(row['seconds'] or 0):.0f} s"
            yield f"missed: {name} ({extent}): {miss.kinds}: {miss.why}"
        if verdict.false:
            yield f"in vain: {name}: {', '.join(sorted(set(verdict.false)))}"
        if verdict.refused:
            yield f"refused: {name}: {reply.said.strip()}"
        if verdict.broken:
            yield f"BROKEN: {name}: {verdict.broken}"


def _longest(replies: list[Reply]) -> float:
    return max((reply.seconds for reply in replies), default=0.0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
