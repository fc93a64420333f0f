"""The parts really start and work within their limits: Debian 13, booted, installed offline.

One machine for the whole file: it is the same box that is looked at (``make unit-test``, with
``test_lasting.py``). Debian 12 is in ``test_install.py`` (``make install-test``).
"""

from subprocess import CompletedProcess

import pytest

from tests.kit.booted import Machine
from tests.kit.installed import (
    PARTS,
    WAITING,
    asked_as,
    fetched,
    status,
)
from tests.kit.vigie import ROOT
from tests.lab.awaiting import until

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

SYSTEMD = ROOT / "systemd"

_TYPED = "/var/lib/vigie-settings/secrets/mail-0"

NET_RAW = 1 << 13
"""CAP_NET_RAW (capabilities(7)) in the mask that /proc shows."""


def test_every_part_runs_and_nothing_of_the_system_failed(box: Machine) -> None:
    assert box.is_active("vigie.target", "vigie-lists.timer", *PARTS, *WAITING)
    assert box.sh("systemctl --failed --no-legend --plain") == ""
    assert {box.show(part, "NRestarts") for part in (*PARTS, *WAITING)} == {"0"}


def test_systemd_itself_has_nothing_to_complain_of_in_the_units(box: Machine) -> None:
    files = {file.name.replace("@", "@vigie-web") for file in SYSTEMD.glob("vigie*.*[etr]")}
    done = box.run("systemd-analyze", "verify", *sorted(files))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_panel_hears_the_sensors_heartbeat_and_says_how_the_practice_is(box: Machine) -> None:
    said = until("the light is not blind", 120, lambda: _seeing(box))
    assert (said["state"], said["light"]) == ("connected", "learning")


def _seeing(box: Machine) -> dict[str, str] | None:
    said = status(box)
    return said if said.get("light") != "blind" else None


def test_the_pages_answer_the_local_network_and_nobody_else(box: Machine) -> None:
    """The kernel drops the rest before the server sees it (IPAddressAllow)."""
    assert fetched(box, "https://192.168.77.2/login") == 200
    assert fetched(box, "https://203.0.113.2/login") == 0


@pytest.mark.parametrize(
    ("part", "capabilities"),
    [*zip((*PARTS, *WAITING), (0, NET_RAW, NET_RAW, 0, 0, 0), strict=True)],
)
def test_a_part_has_the_rights_of_its_job_and_no_others(
    box: Machine, part: str, capabilities: int
) -> None:
    pid = box.show(part, "MainPID")
    found = dict(line.split(":\t", 1) for line in box.sh(f"cat /proc/{pid}/status").splitlines())
    assert box.sh(f"stat -c %U /proc/{pid}") == part
    assert int(found["CapEff"], 16) == int(found["CapBnd"], 16) == capabilities
    assert (found["NoNewPrivs"], found["Seccomp"]) == ("1", "2")
    for place in ("/etc", "/opt/vigie/current", "/usr"):
        assert box.run("nsenter", "-t", pid, "-m", "touch", f"{place}/mine").returncode != 0


def test_only_the_sensor_listens_and_only_what_asks_for_the_panel_asks_on_cables(
    box: Machine,
) -> None:
    sockets = box.sh("awk 'NR > 1 {print $8}' /proc/net/packet").split()
    users = [box.sh(f"id -u {part}") for part in ("vigie-probe", "vigie-sensor")]
    assert sorted(sockets) == sorted(users)


def test_the_panel_has_no_network_at_all(box: Machine) -> None:
    pid = box.show("vigie-panel", "MainPID")
    assert box.sh(f"readlink /proc/{pid}/ns/net") != box.sh("readlink /proc/1/ns/net")
    cards = box.sh(f"nsenter -t {pid} -n ip -o link show").splitlines()
    assert len(cards) == 1
    assert "LOOPBACK" in cards[0]


def test_only_what_asks_on_the_network_tells_who_answered_there(box: Machine) -> None:
    told = "__import__('appliance.panel.question').panel.question.Told(near=True, far=True)"
    assert asked_as(box, "vigie-probe", f"panel.probe({told}).state") == "connected"
    assert asked_as(box, "vigie-probe", "panel.isolate()") == "only_announce"
    for user in ("vigie-sensor", "vigie-web", "vigie-outputs", "vigie-switch"):
        assert asked_as(box, user, f"panel.probe({told})") == "only_the_box"


def test_only_the_sensors_heartbeat_is_believed(box: Machine) -> None:
    assert asked_as(box, "vigie-sensor", "panel.heartbeat(beat).state") == "connected"
    assert asked_as(box, "vigie-web", "panel.heartbeat(beat)") == "only_the_box"
    assert asked_as(box, "vigie-outputs", "panel.heartbeat(beat)") == "only_the_box"


def test_only_what_shuts_a_switchs_port_says_how_it_is(box: Machine) -> None:
    said = "__import__('appliance.panel.second').panel.second.Said(shut=False, what='open')"
    assert asked_as(box, "vigie-switch", f"panel.switch({said}).state") == "connected"
    for user in ("vigie-sensor", "vigie-web", "vigie-outputs"):
        assert asked_as(box, user, f"panel.switch({said})") == "only_the_box"


def test_only_the_pages_speak_for_others_and_join_the_uplink_again(box: Machine) -> None:
    assert asked_as(box, "vigie-outputs", "panel.isolate(who='Dr Martin').who") == "vigie-outputs"
    for user in ("vigie-sensor", "vigie-outputs", "vigie-switch", "vigie-probe"):
        assert _joins(box, user) == "only_technician"
    until("the cut may be ended", 120, lambda: _joins(box, "vigie-web") == "Dr Martin")


def _joins(box: Machine, user: str) -> str:
    return asked_as(box, user, "panel.reconnect(who='Dr Martin').log[0].who")


def test_nobody_but_the_panel_can_touch_its_latch_or_take_its_socket(box: Machine) -> None:
    for user in ("vigie-sensor", "vigie-web", "vigie-outputs", "vigie-switch", "vigie-probe"):
        own = ("setpriv", f"--reuid={user}", "--regid=vigie", "--clear-groups")
        for words in (
            ("rm", "-f", "/run/vigie/panel.sock"),
            ("mv", "/var/lib/vigie-panel", "/var/lib/vigie/mine"),
            ("ls", "/var/lib/vigie-panel"),
        ):
            assert box.run(*own, *words).returncode != 0


def test_lists_are_renewed_by_a_unit_of_their_own(box: Machine) -> None:
    """None is turned on here; that is no failure."""
    box.sh("systemctl start vigie-lists.service")
    assert box.show("vigie-lists.service", "Result") == "success"


def test_the_night_backs_the_box_up_and_it_is_made_from_that_again(box: Machine) -> None:
    """Each with the rights of its unit alone; keys are again those of the part that has them."""
    box.sh("systemctl start vigie-backup.service")  # nobody chose a pass-phrase: no failure
    phrase = box.sh("vigie backup --new-phrase").split()[-1]
    box.sh("systemctl start vigie-backup.service")
    assert box.show("vigie-backup.service", "Result") == "success"
    (file,) = box.sh("ls /var/lib/vigie-backup/*.vigie").split()
    key = box.sh("stat -c '%U %a %i' /var/lib/vigie/tls/ca.key").split()
    box.sh(f"echo {phrase} | vigie restore {file}")
    until("all runs", 300, lambda: box.is_active(*PARTS))
    again = box.sh("stat -c '%U %a %i' /var/lib/vigie/tls/ca.key").split()
    assert again[:2] == key[:2] == ["vigie-web", "600"]
    assert again[2] != key[2]
    assert box.sh("stat -c '%G %a' /etc/vigie/vigie.toml") == "vigie 640"


def test_what_a_power_cut_left_of_a_restore_is_finished_before_any_part_starts(
    box: Machine,
) -> None:
    phrase = box.sh("vigie backup --new-phrase").split()[-1]
    box.sh("systemctl start vigie-backup.service")
    file = box.sh("ls /var/lib/vigie-backup/*.vigie").split()[-1]
    half = (
        "import sys; from pathlib import Path; from appliance.backup import restoring;"
        "from appliance.config_file import load; at = Path('/etc/vigie/vigie.toml');"
        "config = load(at); restoring.judge(config, at, open(sys.argv[1], 'rb'), sys.argv[2]);"
        "restoring.commit(config, at)"
    )
    box.sh(f'/opt/vigie/current/bin/python -c "{half}" {file} {phrase}')
    box.sh("systemctl stop vigie.target vigie-web vigie-sensor vigie-outputs")
    before = box.sh("stat -c %i /var/lib/vigie/tls/ca.key")
    box.sh("systemctl start vigie.target")
    until("all runs", 300, lambda: box.is_active(*PARTS))
    assert box.show("vigie-restore.service", "Result") == "success"
    assert box.sh("stat -c %i /var/lib/vigie/tls/ca.key") != before
    assert box.sh("stat -c '%U %a' /var/lib/vigie/tls/ca.key") == "vigie-web 600"
    assert box.run("ls", "/var/lib/vigie/restoring").returncode != 0


def test_what_was_typed_to_tell_people_is_read_by_the_outputs_alone(box: Machine) -> None:
    """Beside the pages, which write it: a new file takes the group of its directory."""
    write = "from web.telling import *; from pathlib import Path; "
    write += f"write_secrets(Form(password='geheim'), {{MAIL: Path('{_TYPED}')}})"
    shell = f'umask 007; exec /opt/vigie/current/bin/python -c "{write}"'
    assert _as(box, "vigie-web", "sh", "-c", shell).returncode == 0
    assert box.sh(f"stat -c '%U %G %a' {_TYPED}") == "vigie-web vigie-outputs 640"
    read = {part: _as(box, part, "cat", _TYPED).stdout for part in ("vigie-outputs", *PARTS)}
    assert [part for part, found in read.items() if found] == ["vigie-outputs", "vigie-web"]
    box.sh(f"rm {_TYPED}")


def _as(box: Machine, part: str, *words: str) -> CompletedProcess[str]:
    """Run a program with user and groups of the process of *part*."""
    status = box.sh(f"cat /proc/{box.show(part, 'MainPID')}/status").splitlines()
    found = dict(line.split(":\t", 1) for line in status)
    user, group = found["Uid"].split()[0], found["Gid"].split()[0]
    groups = ",".join(found["Groups"].split())
    more = f"--groups={groups}" if groups else "--clear-groups"
    return box.run("setpriv", f"--reuid={user}", f"--regid={group}", more, *words)


@pytest.mark.parametrize("part", [*PARTS, *WAITING])
def test_a_part_that_is_killed_runs_again(box: Machine, part: str) -> None:
    before = box.show(part, "MainPID")
    box.sh(f"kill -9 {before}")
    until(f"{part} runs", 300, lambda: box.runs_anew(part, before))


def test_all_daemons_together_need_no_more_than_200_mb_when_nothing_happens(box: Machine) -> None:
    groups = "/sys/fs/cgroup/system.slice/vigie-*.service/cgroup.procs"
    kib = "awk '/^Pss:/ {n += $2} END {print n}' /proc/$p/smaps_rollup"
    shares = box.sh(f"for p in $(cat {groups}); do {kib}; done").split()
    assert sum(map(int, shares)) < 200 * 1024


def test_what_asks_for_the_panel_asks_hosts_of_the_internet_within_its_limits(
    box: Machine,
) -> None:
    """By every way it has; of these a ping is answered from the other end of the cable."""
    more = 'cut = "wan"\\nanchors = ["203.0.113.1"]'
    box.sh(
        "cp /etc/vigie/vigie.toml /root/before"
        f" && sed -i 's/^management_card.*/&\\n{more}/' /etc/vigie/vigie.toml"
        " && systemctl reset-failed vigie-panel vigie-probe"
        " && systemctl restart vigie-panel vigie-probe"
    )
    said = box.run("vigie", "isolate", "--why", "essai").stdout
    assert status(box)["state"] == "isolated", said
    until(f"an answer is told: {said}", 120, lambda: "203.0.113.1 icmp" in _answered(box))
    pid = box.show("vigie-probe", "MainPID")
    inside = ("nsenter", "-t", pid, "-n", "ss", "-Hltun")
    assert f"pid={pid}," not in box.run(*inside, "-p").stdout
    box.sh("rm /var/lib/vigie-panel/latch.json; cp /root/before /etc/vigie/vigie.toml")
    box.sh("systemctl reset-failed vigie-panel vigie-probe")
    box.sh("systemctl restart vigie-panel vigie-probe")


def _answered(box: Machine) -> str:
    return " ".join(
        sign["detail"]
        for sign in status(box).get("evidence", ())
        if sign["what"] == "internet_answers"
    )


def test_the_sensor_may_announce_a_cut_and_never_cut_or_stop(box: Machine) -> None:
    """Automatic isolation is off on this box: the answer is that of the rule, not of the right."""
    announces = "panel.announce('ransomware', '0' * 16)"
    assert asked_as(box, "vigie-sensor", announces) == "announce_unnamed"
    assert asked_as(box, "vigie-outputs", announces) == "only_the_box"
    assert asked_as(box, "vigie-sensor", "panel.isolate()") == "only_announce"
    for user in ("vigie-sensor", "vigie-outputs", "vigie-switch", "vigie-probe"):
        assert asked_as(box, user, "panel.stop()") == "only_people"
