"""The raw socket, on a real network in namespaces."""

import os
import select
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.panel.client import PanelClient
from appliance.panel.heartbeat import Gateway
from appliance.panel.verify import Proof
from appliance.probe.neighbour import Heard
from appliance.probe.wire import READS, Wire
from tests.kit.cable import BOX, GATEWAY_V6, Cable, cable, run
from tests.kit.front_panel import GATEWAY, GATEWAY_MAC, PC, beat
from tests.kit.panel_process import panel, probe

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can build a network and open a raw socket"
)


@pytest.fixture
def lan() -> Iterator[Cable]:
    with cable() as built:
        yield built


@pytest.fixture
def wire(lan: Cable) -> Iterator[Wire]:
    with lan.inside("box"):
        opened = Wire("eth0")
    yield opened
    opened.close()


def hears(wire: Wire) -> list[Heard]:
    """Wait for the next frame that gets through the filter; give what was heard with it."""
    while True:
        ready, _, _ = select.select([wire._socket], [], [], 5)
        assert ready, "nothing was heard"
        if found := wire.read():
            return found


def test_a_machine_that_is_asked_answers(lan: Cable, wire: Wire) -> None:
    """By ARP, and by neighbour discovery."""
    for wanted in (GATEWAY, GATEWAY_V6):
        with lan.inside("box"):
            assert wire.ask(wanted)
        assert [(one.ip, one.answers) for one in hears(wire)] == [(wanted, True)]


def test_a_machine_that_asks_is_heard(lan: Cable, wire: Wire) -> None:
    lan.pc_speaks()
    assert [(one.ip, one.answers) for one in hears(wire)] == [(PC, False)]


def test_the_box_does_not_hear_itself(lan: Cable, wire: Wire) -> None:
    """Else its own questions would be its control."""
    wire.ask("192.168.1.250")
    lan.pc_speaks()
    assert BOX not in {one.ip for one in hears(wire)}


def test_nothing_else_gets_through_the_filter(lan: Cable, wire: Wire) -> None:
    """Whole conversations pass on this card; none of it reaches the panel."""
    for network in ("192.168.1.5", "fd00:1::5"):
        version = 6 if ":" in network else 4
        target = GATEWAY_V6 if version == 6 else GATEWAY
        if version == 6:
            run(f"ip -n {lan.space('box')} address add {network}/64 dev eth0 nodad")
        run(f"ip netns exec {lan.space('box')} ping -{version} -q -c 3 -i 0.01 {target}")
    kinds = set()
    while select.select([wire._socket], [], [], 0)[0]:
        kinds.add(wire._socket.recv(2048)[12:14])
    assert kinds <= {b"\x08\x06", b"\x86\xdd"}
    assert wire.read() == []


def test_a_flood_is_read_in_portions_and_said(lan: Cable, wire: Wire) -> None:
    with lan.inside("pc"), closing(Wire("eth0")) as flooder:
        assert not wire.lost()
        for _ in range(2 * READS):
            flooder.ask("192.168.1.250")
    assert 0 < len(wire.read()) <= READS
    assert wire.lost()


def test_a_card_that_went_away_and_came_back_is_used_again(lan: Cable, wire: Wire) -> None:
    """The plug of an adapter is pulled: the old socket would be deaf for ever."""
    space, switch = lan.space("box"), lan.space("switch")
    run(f"ip -n {switch} link del box")
    with lan.inside("box"):
        assert not wire.ask(GATEWAY)
        assert wire.read() == []
        assert wire.lost()
        wire.refresh()
        assert not wire.ask(GATEWAY)
    run(f"ip -n {switch} link add box type veth peer name eth0 netns {space}")
    run(f"ip -n {switch} link set box master lan up")
    run(f"ip -n {space} address add {BOX}/24 dev eth0")
    run(f"ip -n {space} link set eth0 up")
    with lan.inside("box"):
        wire.refresh()
        assert wire.ask(GATEWAY)
    assert GATEWAY in {one.ip for one in hears(wire)}


def test_without_the_card_there_is_an_error() -> None:
    with pytest.raises(OSError, match="No such device"):
        Wire("nosuchcard0")


def proof(client: PanelClient) -> Proof:
    """Wait for the verdict."""
    return next(told.proof for told in client.watch() if told.proof is not Proof.CHECKING)


def test_a_real_cut_is_proven_and_a_second_cable_is_noticed(lan: Cable, tmp_path: Path) -> None:
    """The relay pulls the gateway's plug; later somebody puts it back by hand."""
    within = ("ip", "netns", "exec", lan.space("box"))
    options = ("--cut", lan.cut_command(), "--join", lan.cut_command("up"))
    with panel(tmp_path, *options) as running, probe(tmp_path, "eth0", within):
        lan.pc_speaks()
        running.client.heartbeat(beat())
        running.client.isolate(who="alice")
        assert proof(running.client) is Proof.PROVEN
        lan.plug("gateway", "up")
        changes = (told.proof for told in running.client.watch())
        assert next(one for one in changes if one is not Proof.PROVEN) is Proof.NOT_PROVEN


@pytest.mark.parametrize("plugged", [True, False])
def test_a_relay_wired_wrong_is_not_proven(lan: Cable, tmp_path: Path, plugged: bool) -> None:
    """Nothing is cut; or no other machine is there that could show that the box hears anything."""
    within = ("ip", "netns", "exec", lan.space("box"))
    with panel(tmp_path) as running, probe(tmp_path, "eth0", within):
        if plugged:
            lan.pc_speaks()
        else:
            lan.plug("pc", "down")
            lan.plug("gateway", "down")
        known = Gateway(mac=GATEWAY_MAC, ips=(GATEWAY,), at=0.0)
        running.client.heartbeat(beat(gateway_at=None, others=[known]))
        running.client.isolate(who="alice")
        said: set[str] = set()
        for told in running.client.watch():
            assert told.proof is not Proof.PROVEN
            said |= {sign.what for sign in told.evidence}
            if said & {"gateway_imitated", "nobody_answers", "gateway_silent"}:
                break
        # Who answers has another hardware address than the sensor says: somebody in its place.
        assert ("gateway_imitated" if plugged else "nobody_answers") in said
