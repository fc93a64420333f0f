"""The lab itself: what it promises to its scenes, and that it leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.config import Panel
from tests.lab import namespaces
from tests.lab.awaiting import TooLateError, until
from tests.lab.cast import BAD_NAME, GATEWAY
from tests.lab.machines import NEEDS_ROOT, ROOT, NotRootError
from tests.lab.practice import Practice
from tests.lab.relay import FEEDBACK, WELL_WIRED, WRONG, Cable, LabPins, Wiring
from tests.lab.tape import recording
from tests.lab.wiring import port

PING = ("ping", "-c", "1", "-W", "1")


def left_behind(practice: Practice) -> list[str]:
    """Name what is still there of a practice that is over."""
    namespaces_left = [n for n in practice.names.values() if (namespaces.RUN / n).exists()]
    folders = [practice.folder, *(namespaces.ETC / name for name in practice.names.values())]
    return namespaces_left + [str(folder) for folder in folders if folder.exists()]


def children() -> set[str]:
    """Give the processes that descend from this one directly, zombies too."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (entry / "stat").exists():
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found.add(entry.name)
    return found


def test_without_root_the_lab_says_so_in_a_sentence(monkeypatch):
    """And makes nothing."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NotRootError, match=NEEDS_ROOT), Practice():
        pytest.fail("the lab opened")


@pytest.mark.usefixtures("root")
class TestAnOpenPractice:
    """What works inside."""

    def test_every_machine_has_its_address_and_its_hardware_address(self, practice):
        for host in practice.hosts.values():
            said = practice.run(host.name, ["ip", "-oneline", "address", "show", "eth0"]).stdout
            assert (f" {host.ip}/24 " in said) == (host.plugged or not host.dhcp)
            link = practice.run(host.name, ["ip", "-oneline", "link", "show", "eth0"]).stdout
            assert f"link/ether {host.mac} " in link

    def test_names_resolve_and_pages_come_over_tls_that_clients_verify(self, practice):
        page = practice.run(
            "reception",
            ["curl", "-sS", "--cacert", f"{practice.folder}/ca.pem", f"https://{BAD_NAME}/"],
        )
        assert (page.returncode, page.stderr) == (0, "")
        assert "no meaning" in page.stdout

    def test_the_mirror_shows_each_frame_of_others_once_and_nothing_is_sent_on_it(
        self, practice, tmp_path
    ):
        file = tmp_path / "mirror.pcap"
        with recording(practice, file):
            practice.run("reception", [*PING, practice.hosts["nas"].ip], check=True)
            practice.run("panoramic", ["ping", "-c", "1", practice.hosts["box"].ip], check=True)
        said = practice.run(
            "box", ["tcpdump", "-nnr", str(file), "icmp and host 192.168.50.10"], check=True
        ).stdout
        assert [line.split("ICMP ")[1].split(",")[0] for line in said.splitlines()] == [
            "echo request",
            "echo reply",
        ]
        statistics = practice.run("box", ["ip", "-s", "-s", "link", "show", "mirror"]).stdout
        sent = statistics.splitlines()[statistics.splitlines().index(_tx_line(statistics)) + 1]
        assert sent.split()[0] == "0"

    def test_a_program_that_takes_too_long_is_ended(self, practice):
        with pytest.raises(subprocess.TimeoutExpired):
            practice.run("nas", ["tail", "-f", "/dev/null"], timeout=0.2)
        nas = namespaces.number(practice.names["nas"])
        until(
            "it is gone",
            2,
            lambda: all(
                b"tail" not in Path(f"/proc/{pid}/cmdline").read_bytes()
                for pid in namespaces.processes({nas})
            ),
        )

    def test_what_is_awaited_in_vain_is_named(self, practice):
        with pytest.raises(TooLateError, match=r"nas listens on tcp \(1,\)"):
            practice.await_ports("nas", 1, seconds=0.1)

    def test_a_machine_that_is_plugged_in_gets_an_address(self, practice):
        practice.plug("visitor")
        assert practice.run("visitor", [*PING, GATEWAY]).returncode == 0
        practice.unplug("visitor")
        assert practice.run("visitor", [*PING, GATEWAY]).returncode != 0

    def test_the_relay_opens_and_joins_the_uplink(self, practice):
        relay = pins(practice, WELL_WIRED)
        relay.drive(isolated=True)
        assert practice.run("reception", [*PING, GATEWAY]).returncode != 0
        assert practice.run("reception", [*PING, practice.hosts["nas"].ip]).returncode == 0
        relay.drive(isolated=False)
        assert practice.run("reception", [*PING, GATEWAY]).returncode == 0
        relay.close()

    @pytest.mark.parametrize(
        "wiring", [Wiring(pin=WRONG), Wiring(coil=False), Wiring(welded=True)], ids=str
    )
    def test_a_relay_that_does_not_pull_leaves_the_uplink_as_it_is(self, practice, wiring):
        relay = pins(practice, wiring)
        relay.drive(isolated=True)
        assert practice.run("reception", [*PING, GATEWAY]).returncode == 0
        relay.close()

    def test_the_feedback_contact_goes_with_the_armature_and_not_with_the_order(self, practice):
        """A welded contact holds it; a wire that is off, or on ground, always says the same."""
        said = {}
        for wiring in (
            Wiring(contacts=1),
            Wiring(contacts=1, welded=True),
            Wiring(contacts=1, torn=True),
            Wiring(contacts=1, shorted=True),
        ):
            relay = pins(practice, wiring)
            before = relay.opened()
            relay.drive(isolated=True)
            said[wiring] = (before, relay.opened())
            relay.drive(isolated=False)
            relay.close()
        assert list(said.values()) == [(False, True), (False, False), (False, False), (True, True)]


def pins(practice: Practice, wiring: Wiring) -> LabPins:
    """Give the panel's pins, with a relay in the cable between switch and router."""
    settings = Panel(feedback=FEEDBACK if wiring.contacts else None)
    cable = Cable(practice.names["switch"], port("router"))
    return LabPins(settings, isolated=False, cable=cable, wiring=wiring)


def _tx_line(statistics: str) -> str:
    return next(line for line in statistics.splitlines() if "TX:" in line)


@pytest.mark.usefixtures("root")
class TestTheEnd:
    """Nothing stays."""

    def test_nothing_is_left_after_an_ordinary_end(self):
        before = children()
        with Practice() as practice:
            practice.start("nas", ["sh", "-c", "setsid tail -f /dev/null & exec tail -f /dev/null"])
        assert left_behind(practice) == []
        assert children() == before

    def test_nothing_is_left_after_an_exception(self):
        practice = Practice()
        with pytest.raises(ZeroDivisionError), practice:
            raise ZeroDivisionError
        assert left_behind(practice) == []

    def test_nothing_is_left_when_building_fails(self, monkeypatch):
        """Half a practice is taken down like a whole one."""
        practice = Practice()
        monkeypatch.setattr("tests.lab.services.await_ready", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError), practice:
            pytest.fail("the lab opened")
        assert left_behind(practice) == []

    def test_nothing_is_left_after_a_request_to_end(self):
        """SIGTERM, as systemd and continuous integration send it."""
        code = (
            "from tests.lab.practice import Practice\n"
            "with Practice() as practice:\n"
            "    print(practice.names['nas'], practice.folder, flush=True)\n"
            "    practice.run('nas', ['tail', '-f', '/dev/null'], timeout=60)\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as program:
            namespace, folder = program.stdout.readline().split()
            program.send_signal(signal.SIGTERM)
            assert program.wait(timeout=20) == 128 + signal.SIGTERM
        assert not (namespaces.RUN / namespace).exists()
        assert not Path(folder).exists()

    def test_two_practices_may_be_open_at_once(self):
        with Practice() as one, Practice() as other:
            assert not set(one.names.values()) & set(other.names.values())
            for practice in (one, other):
                assert practice.run("surgery", [*PING, GATEWAY]).returncode == 0
