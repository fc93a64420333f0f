"""Parts without work under systemd: they weigh next to nothing, and begin when there is some."""

import pytest

from tests.kit.booted import Machine
from tests.kit.installed import (
    WAITING,
    set_on_pages,
    status,
)
from tests.lab.awaiting import until

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

_KEPT = "/etc/vigie/secrets/one"


@pytest.mark.parametrize("part", WAITING)
def test_a_part_without_work_weighs_next_to_nothing_and_ends_in_order(
    box: Machine, part: str
) -> None:
    pid = box.show(part, "MainPID")
    assert waits(box, part)
    pss = box.sh(f"awk '/^Pss:/ {{print $2}}' /proc/{pid}/smaps_rollup")
    assert int(pss) < 10 * 1024
    box.sh(f"systemctl stop {part}")
    assert (box.show(part, "Result"), box.show(part, "ExecMainStatus")) == ("success", "0")
    box.sh(f"systemctl start {part}")
    until("it waits again", 300, lambda: waits(box, part))


def waits(box: Machine, part: str) -> bool:
    pid = box.show(part, "MainPID")
    return "appliance.waiting" in box.run("cat", f"/proc/{pid}/cmdline").stdout


def test_somebody_to_tell_is_set_on_the_pages_and_the_same_process_begins(box: Machine) -> None:
    pid = box.show("vigie-outputs", "MainPID")
    server = {"host": "192.168.77.250", "security": "none", "local": True}
    set_on_pages(box, outputs={"syslog": {"server": server}})
    until("it begins", 300, lambda: not waits(box, "vigie-outputs"))
    threads = f"ls /proc/{pid}/task | wc -l"
    until("it works", 300, lambda: int(box.sh(threads)) > 1)
    set_on_pages(box)
    until("it waits again", 300, lambda: waits(box, "vigie-outputs"))
    assert box.show("vigie-outputs", "MainPID") == pid
    assert box.show("vigie-outputs", "NRestarts") == "0"
    assert box.is_active("vigie-outputs")


def test_what_shuts_a_switchs_port_asks_it_within_its_limits(box: Machine) -> None:
    """Nobody is at that address: the question leaves, by the card it is meant for, in vain.

    The installer's are the files, all else is set on the pages.
    """
    box.sh(
        "install -d -m 755 /etc/vigie/secrets && printf 'une longue phrase' >/etc/vigie/secrets/one"
        " && chown vigie-switch /etc/vigie/secrets/one && chmod 400 /etc/vigie/secrets/one"
        " && cp /etc/vigie/vigie.toml /root/before && printf '[switch]\n"
        'auth_file = "/etc/vigie/secrets/one"\nprivacy_file = "/etc/vigie/secrets/one"\n\''
        " >>/etc/vigie/vigie.toml && systemctl reset-failed 'vigie-*'"
        " && systemctl restart vigie-switch"
    )
    pid = box.show("vigie-switch", "MainPID")
    set_on_pages(box, switch={"address": "192.168.77.250", "uplink": "1", "user": "vigie"})
    until("that is told", 300, lambda: "switch_unanswered" in status(box).get("faults", ()))
    assert box.show("vigie-switch", "MainPID") == pid
    assert box.sh(f"stat -c %U /proc/{pid}") == "vigie-switch"
    assert box.run("setpriv", "--reuid=vigie-web", "--clear-groups", "cat", _KEPT).returncode != 0
    set_on_pages(box)
    until("it waits again", 300, lambda: waits(box, "vigie-switch"))
    assert box.show("vigie-switch", "NRestarts") == "0"
    box.sh("cp /root/before /etc/vigie/vigie.toml && systemctl restart vigie-switch")
