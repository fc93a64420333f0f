"""The panel as a process: it keeps its word through kills, floods and damage."""

import json
import os
import pwd
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from appliance.panel.client import PanelRefused, PanelUnreachable
from appliance.panel.control import JOURNAL, LATCH
from appliance.panel.latch import Latch
from appliance.panel.latch_file import save
from appliance.panel.pins import PinError, SimulatedPins
from appliance.panel.service import serve
from tests.kit.front_panel import Time, beat
from tests.kit.panel_process import Running, config_in, panel
from tests.lab.awaiting import until


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with panel(tmp_path) as found:
        yield found


def flood(path: Path, data: bytes) -> socket.socket:
    """Connect and send as much of *data* as goes; what goes wrong is the flooder's trouble."""
    flooder = socket.socket(socket.AF_UNIX)
    with suppress(OSError):
        flooder.connect(str(path))
        flooder.setblocking(False)
        flooder.send(data)
    return flooder


def test_an_order_writes_the_disk_then_moves_the_relay(running: Running) -> None:
    running.client.isolate(who="alice")
    assert running.moves() == ["0 0", "1 1"]


def test_isolation_survives_kill_9_without_an_edge(tmp_path: Path) -> None:
    """Killed and started three times: the relay stays, and says isolated from the first moment."""
    with panel(tmp_path) as running:
        running.client.isolate(who="alice", why="ransom note")
        running.kill()
    for _ in range(3):
        with panel(tmp_path) as running:
            status = running.client.status()
            assert (status.state, status.who, status.why) == ("isolated", "alice", "ransom note")
            running.kill()
    assert running.moves() == ["0 0", "1 1"]


def test_kill_9_while_connected_moves_nothing(tmp_path: Path) -> None:
    for _ in range(3):
        with panel(tmp_path) as running:
            assert running.client.status().state == "connected"
            running.kill()
    assert running.moves() == ["0 0"]


def in_a_test(running: Running) -> None:
    """Begin a proof test, and wait until it has cut the line."""
    running.client.prooftest(confirmed=True)
    until("the test has cut the line", 10, lambda: running.moves()[-1] == "1 1")


def test_kill_9_in_a_proof_test_joins_the_line_at_the_next_start(tmp_path: Path) -> None:
    """The disk knew before the relay moved, both times; another kill changes nothing."""
    with panel(tmp_path) as running:
        in_a_test(running)
        running.kill()
    assert running.moves() == ["0 0", "1 1"]
    for _ in range(2):
        with panel(tmp_path) as running:
            assert running.client.status().state == "connected"
            running.kill()
    assert running.moves() == ["0 0", "1 1", "0 0"]


def test_kill_9_after_somebody_isolated_in_a_proof_test_keeps_the_line_cut(tmp_path: Path) -> None:
    with panel(tmp_path) as running:
        in_a_test(running)
        running.client.isolate(who="alice")
        running.kill()
    for _ in range(2):
        with panel(tmp_path) as running:
            status = running.client.status()
            assert (status.state, status.who) == ("isolated", "alice")
            running.kill()
    assert running.moves() == ["0 0", "1 1"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_clean_end_leaves_the_relay_and_takes_the_socket_away(
    tmp_path: Path, number: signal.Signals
) -> None:
    with panel(tmp_path) as running:
        running.client.isolate()
        running.process.send_signal(number)
        assert running.process.wait(10) == 0
    assert running.moves() == ["0 0", "1 1"]
    assert not running.path.exists()


@pytest.mark.parametrize("damage", [b"", b"\0" * 200, b'{"version": 9}'])
def test_a_damaged_latch_is_isolated_in_doubt_also_after_another_kill(
    tmp_path: Path, damage: bytes
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "latch.json").write_bytes(damage)
    for _ in range(2):
        with panel(tmp_path) as running:
            status = running.client.status()
            assert (status.state, status.faults) == ("isolated", ("latch_damaged",))
            running.kill()
    (aside,) = (tmp_path / "state").glob("latch-damaged-*.json")
    assert aside.read_bytes() == damage
    assert running.moves() == ["1 1"]


def test_a_second_panel_does_not_start(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    assert serve(config_in(running.folder), SimulatedPins()) == 1
    assert "another panel is running here" in caplog.text
    assert running.client.status().state == "connected"


def test_pins_that_cannot_be_used_are_one_sentence_and_the_panel_runs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Busy(SimulatedPins):
        def drive(self, isolated: bool) -> None:
            raise PinError("[panel] relay = 17 cannot be used: GPIO busy")

    turns = iter([False] * 3 + [True])
    assert serve(config_in(tmp_path), Busy(), until=lambda: next(turns)) == 0
    assert "Fault relay_failed: [panel] relay = 17 cannot be used: GPIO busy" in caplog.text


def test_it_can_be_ended_from_outside(tmp_path: Path) -> None:
    """For who runs it inside another program."""
    pins = SimulatedPins()
    assert serve(config_in(tmp_path), pins, until=lambda: pins.isolated is not None) == 0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"do":"status"}\n' * 10_000, id="ten thousand questions"),
        pytest.param(b'{"do":"isolate"}\n' * 10_000, id="ten thousand orders"),
        pytest.param(b"nonsense\n" * 10_000, id="ten thousand lines of nonsense"),
        pytest.param(b"x" * 1_000_000, id="a line without end"),
        pytest.param(b'{"do":', id="half open"),
        pytest.param(b'{"do":"watch"}\n', id="watching without reading"),
    ],
)
def test_a_crowd_of_forty_does_not_keep_an_order_out(running: Running, data: bytes) -> None:
    crowd = [flood(running.path, data) for _ in range(40)]
    assert running.client.isolate(who="alice").state == "isolated"
    assert running.moves()[-1] == "1 1"
    for one in crowd:
        one.close()
    assert running.client.status().state == "isolated"


def test_nonsense_gets_one_error_line(running: Running) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(running.path))
        caller.sendall(b"nonsense\nmore\n")
        answer = caller.makefile("rb").readline()
    assert json.loads(answer) == {"ok": False, "error": "malformed"}


def test_an_order_is_carried_out_when_the_disk_is_gone(running: Running) -> None:
    """The state cannot be written any more: the uplink is cut, and the page says what is wrong."""
    (running.folder / "state").rename(running.folder / "away")
    (running.folder / "state").write_text("not a folder", "utf-8")
    status = running.client.isolate()
    assert status.state == "isolated"
    assert "latch_unsaved" in status.faults


@pytest.mark.parametrize("allowed", [True, False])
def test_the_button_reconnects_only_where_the_configuration_says_so(
    tmp_path: Path, allowed: bool
) -> None:
    """A minute after the start: three holds of two seconds and a half, two seconds apart."""
    time, pins, config = Time(), SimulatedPins(), config_in(tmp_path)
    config = replace(config, panel=replace(config.panel, reconnect_by_button=allowed))
    config.state.mkdir()
    save(config.state / LATCH, Latch(isolated=True))
    begun = time.run

    def over() -> bool:
        time.pass_by(0.05)
        into = time.run - begun - 61
        pins.button = 0 <= into < 13.5 and into % 4.5 >= 2
        return into > 16

    assert serve(config, pins, time.clocks(), over) == 0
    assert pins.isolated is not allowed


@contextmanager
def nobody(*, groups: bool = False) -> Iterator[None]:
    """Be the user nobody for a while; with *groups*, still in root's group."""
    user, before = pwd.getpwnam("nobody"), os.getgroups()
    if not groups:
        os.setgroups([])
        os.setegid(user.pw_gid)
    os.seteuid(user.pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(before)


@pytest.fixture
def open_house() -> Iterator[Running]:
    """A panel in a folder that everybody may enter."""
    with TemporaryDirectory(prefix="vigie-panel-") as folder:
        Path(folder).chmod(0o755)
        with panel(Path(folder)) as running:
            yield running


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
class TestPeers:
    """Who asks is what the kernel says, not what he says."""

    def test_who_is_not_in_the_group_does_not_get_in(self, open_house: Running) -> None:
        with nobody(), pytest.raises(PanelUnreachable, match="Permission denied"):
            open_house.client.isolate()

    def test_the_group_gets_in(self, open_house: Running) -> None:
        with nobody(groups=True):
            assert open_house.client.status().state == "connected"

    def test_who_gets_in_may_isolate_and_not_reconnect(self, open_house: Running) -> None:
        open_house.path.chmod(0o666)
        with nobody():
            status = open_house.client.isolate(who="the boss")
            assert (status.state, status.who) == ("isolated", "nobody")
            with pytest.raises(PanelRefused) as refusal:
                open_house.client.reconnect(who="root")
        assert refusal.value.key == "only_technician"

    def test_who_gets_in_may_not_send_the_heartbeat(self, open_house: Running) -> None:
        open_house.path.chmod(0o666)
        with nobody(), pytest.raises(PanelRefused) as refusal:
            open_house.client.heartbeat(beat())
        assert refusal.value.key == "only_the_box"


def test_the_latch_is_where_only_the_panel_may_write(tmp_path: Path) -> None:
    """On a box that is a directory of its own; otherwise it is beside the databases."""
    usual = config_in(tmp_path)
    assert serve(replace(usual, latch=tmp_path / "own"), SimulatedPins(), until=lambda: True) == 0
    assert (tmp_path / "own" / JOURNAL).exists()
    assert not usual.state.exists()
