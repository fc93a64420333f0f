"""The real panel drives real lines of the kernel, in a small virtual machine.

Levels are those that the kernel has, never the panel's word. One machine and one story for the
whole file, as starting Python in an emulated machine takes seconds: a practice is cut by the
button, the panel is killed and comes back, a technician joins the line, and somebody orders a cut
of which the contact says that it did not happen.
"""

import json
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from appliance.panel.hold import HOLD
from appliance.panel.journal import BUTTON
from appliance.panel.latch import Latch
from appliance.panel.latch_file import decode
from appliance.texts import say
from tests.kit.simulated_pins import Machine, running
from tests.kit.vigie import COMMAND
from tests.lab.awaiting import until

pytestmark = [pytest.mark.timeout(900)]

RELAY, RED, GREEN, BLUE, BUTTON_PIN, CONTACT = 17, 22, 23, 24, 27, 5

VIGIE = shlex.join(COMMAND)
MODULES = (
    *("appliance.cli", "appliance.commands.panel", "appliance.commands.isolate"),
    *("appliance.commands.reconnect", "appliance.panel.report", "appliance.panel.gpio"),
    "gpiozero.pins.lgpio",
)
"""What the commands import."""

FOLDER = "/run/box"
CONFIG = f"""
[paths]
state = "{FOLDER}/state"
run = "{FOLDER}"
[practice]
language = "en"
[panel]
pins = "real"
feedback = {CONTACT}
"""

STATUS = f"""
import socket
door = socket.socket(socket.AF_UNIX)
door.connect("{FOLDER}/panel.sock")
door.sendall(b'{{"do": "status"}}\\n')
print(door.makefile().readline())
"""


@dataclass
class Box:
    """The panel in the machine; all that the file is about happens to this one."""

    machine: Machine
    panel: int = 0
    noted: list[str] = field(default_factory=list)
    """What the panel did to lines, disk and door until it was up."""

    def switch_on(self) -> None:
        """Start the panel, and wait until people can talk to it."""
        self.panel = self.machine.start(f"{VIGIE} panel --config {FOLDER}/vigie.toml")
        door = f"[ -S {FOLDER}/panel.sock ]"
        waits = f"until {door}; do [ -e /proc/{self.panel}/exe ] || break; sleep 0.2; done"
        self.machine.sh(f"{waits}; {door} || {{ cat /run/program.log; false; }}")
        self.noted = self.machine.noted()

    def kill(self) -> None:
        """End it as a crash does; its door stays behind, and nobody answers there."""
        self.machine.sh(f"kill -9 {self.panel}; wait {self.panel}; rm {FOLDER}/panel.sock")

    def vigie(self, *words: str) -> tuple[int, str]:
        """Run a command of the box."""
        return self.machine.run(f"{VIGIE} {' '.join(words)} --config {FOLDER}/vigie.toml")

    def latch(self) -> Latch:
        """Give what the file says."""
        return decode(self.machine.sh(f"cat {FOLDER}/state/latch.json").encode())

    def proof(self) -> str:
        """Give what the panel says of the cut."""
        said = self.machine.sh(f"{sys.executable} -I -S -c {shlex.quote(STATUS)}")
        return str(json.loads(said)["status"]["proof"])

    def shows(self, *pins: int) -> bool:
        """Tell whether the light comes to show these colours, and no other meanwhile."""
        seen: set[int] = set()

        def look() -> bool:
            seen.update(self.machine.lit(RED, GREEN, BLUE))
            return seen >= set(pins)

        until("the light shows that", 120, look)
        return seen == set(pins)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with running(tmp_path_factory.mktemp("machine"), *MODULES) as machine:
        machine.sh("export LG_WD=/run")  # as the unit says
        machine.sh(f"mkdir {FOLDER}; echo {shlex.quote(CONFIG)} >{FOLDER}/vigie.toml")
        box = Box(machine)
        box.switch_on()
        yield box


def moves(noted: list[str]) -> list[str]:
    """Give what the relay's line was made to be."""
    return [it for it in noted if it.startswith(f"{RELAY}=")]


def was_kept_first(noted: list[str], move: str) -> bool:
    """Tell whether a file and its folder were on the disk before the relay got that order."""
    before = [it for it in noted[: noted.index(move)] if it in ("fsync", *moves(noted))]
    return before[-2:] == ["fsync", "fsync"]


def test_a_panel_that_has_nothing_to_cut_leaves_the_relay_at_rest(box: Box) -> None:
    assert set(moves(box.noted)) == {"17=0"}
    assert box.noted.index("17=0") < box.noted.index("bind")
    assert box.machine.level(RELAY) == 0


def test_the_light_is_amber_while_no_sensor_reports(box: Box) -> None:
    assert box.shows(RED, GREEN)


def test_two_seconds_on_the_button_cut_and_that_is_kept_before_the_relay_moves(box: Box) -> None:
    box.machine.noted()
    began = box.machine.now()
    box.machine.pull(BUTTON_PIN, up=False)
    box.machine.wait_for(RELAY, 1)
    assert box.machine.now() - began >= HOLD
    box.machine.pull(BUTTON_PIN, up=True)
    assert was_kept_first(box.machine.noted(), "17=1")
    latch = box.latch()
    assert (latch.isolated, latch.who) == (True, BUTTON)


def test_the_light_is_blue_and_red_by_turns_while_the_cut_is_not_proven(box: Box) -> None:
    assert box.shows(BLUE, RED)


def test_a_panel_that_is_killed_leaves_the_relay_to_its_resistor_and_the_latch_as_it_was(
    box: Box,
) -> None:
    """The kernel lets go of the line: see docs/decisions/what-holds-the-relay.md."""
    box.kill()
    assert box.machine.level(RELAY) == 0
    box.machine.pull(RELAY, up=True)
    assert box.machine.level(RELAY) == 1
    box.machine.pull(RELAY, up=False)
    assert box.latch().isolated


def test_a_panel_that_comes_back_drives_the_relay_before_it_lets_anybody_in(box: Box) -> None:
    box.switch_on()
    assert set(moves(box.noted)) == {"17=1"}
    assert box.noted.index("17=1") < box.noted.index("bind")
    assert box.machine.level(RELAY) == 1


def test_a_technician_joins_the_line_again(box: Box) -> None:
    box.machine.noted()
    until("the cut may be ended", 120, lambda: box.vigie("reconnect", "--why", "test")[0] == 0)
    assert box.machine.level(RELAY) == 0
    assert was_kept_first(box.machine.noted(), "17=0")
    assert not box.latch().isolated


def test_a_cut_that_the_contact_does_not_follow_has_failed(box: Box) -> None:
    status, said = box.vigie("isolate", "--why", "test")
    assert (status, said.splitlines()[0]) == (1, say("en", "panel.proof.failed.title"))
    assert box.machine.level(RELAY) == 1
    assert was_kept_first(box.machine.noted(), "17=1")
    assert (box.latch().isolated, box.latch().why) == (True, "test")
    assert box.proof() == "failed"


def test_a_contact_that_follows_in_the_end_no_longer_speaks_against_the_cut(box: Box) -> None:
    box.machine.pull(CONTACT, up=False)
    until("there is a verdict", 60, lambda: box.proof() == "not_proven")
