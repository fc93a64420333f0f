"""What systemd does for a box that does not do well: watchdogs, and parts that keep failing."""

import pytest

from tests.kit.booted import Machine
from tests.kit.installed import PARTS, WAITING, status
from tests.lab.awaiting import until

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
]


WATCHED = 20
"""Seconds of a watchdog that is shorter than on a box, so that it takes no minutes."""


@pytest.mark.parametrize("part", [*PARTS, *WAITING])
def test_a_part_that_hangs_is_started_again_and_one_that_works_is_not(
    box: Machine, part: str
) -> None:
    folder = f"/run/systemd/system/{part}.service.d"
    words = f"[Service]\\nWatchdogSec={WATCHED}\\n"
    box.sh(f"mkdir -p {folder} && printf '{words}' >{folder}/short.conf")
    box.sh(f"systemctl daemon-reload && systemctl reset-failed {part} && systemctl restart {part}")
    before = box.show(part, "MainPID")
    began = last_sign(box, part)
    until("it lives longer", 600, lambda: last_sign(box, part) > began + WATCHED)
    assert box.show(part, "MainPID") == before
    box.sh(f"kill -STOP {before}")
    until(f"{part} is started again", 600, lambda: box.runs_anew(part, before))


def last_sign(box: Machine, part: str) -> float:
    """Give when systemd last heard that *part* is alive, in seconds."""
    return int(box.show(part, "WatchdogTimestampMonotonic")) / 1e6


def test_pages_whose_worker_hangs_are_started_again(box: Machine) -> None:
    """The parent lives, but no request goes through: that is no sign of life."""
    before = box.show("vigie-web", "MainPID")
    box.sh(f"kill -STOP $(cat /proc/{before}/task/{before}/children)")
    until("the pages are started again", 600, lambda: box.runs_anew("vigie-web", before))


def test_a_part_that_fails_five_times_is_told_and_tried_again(box: Machine) -> None:
    box.sh("systemctl reset-failed vigie-web")
    until("systemd gives up", 600, lambda: _gave_up(box))
    said = until("the light says so", 120, lambda: _told(box))
    assert said["light"] in {"look", "danger"}
    until("it runs again", 300, lambda: box.is_active("vigie-web"))


def _gave_up(box: Machine) -> bool:
    box.run("systemctl", "kill", "--signal=KILL", "--kill-whom=main", "vigie-web")
    return box.run("test", "-e", "/run/vigie/failing/vigie-web.service").returncode == 0


def _told(box: Machine) -> dict[str, str] | None:
    said = status(box)
    return said if said.get("light_why") == "health.part_failing" else None
