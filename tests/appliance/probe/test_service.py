"""The process: it asks what a real panel wants asked, through whatever happens to either."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.panel.client import PanelClient
from appliance.panel.status import PanelStatus
from appliance.panel.verify import Proof
from appliance.probe import service
from tests.kit.front_panel import GATEWAY, GATEWAY_MAC, PC, PC_MAC, Neighbours
from tests.kit.panel_process import Running, config_in, panel
from tests.lab.awaiting import until


@contextmanager
def asking(running: Running, cable: Neighbours) -> Iterator[None]:
    """Run what asks for a panel, on a cable that is played."""
    over = threading.Event()
    given = (config_in(running.folder), cable, time.monotonic, over.is_set)
    thread = threading.Thread(target=service.serve, args=given)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def evidence(status: PanelStatus) -> set[str]:
    return {one.what for one in status.evidence}


def proof(client: PanelClient) -> Proof:
    return client.status().proof


def test_a_cut_is_proven_by_what_it_tells_and_doubted_when_the_gateway_is_back(
    tmp_path: Path,
) -> None:
    cable = Neighbours(there={PC: PC_MAC})
    with panel(tmp_path) as running, asking(running, cable):
        running.client.isolate()
        until("proven", 10, lambda: proof(running.client) is Proof.PROVEN)
        assert "gateway_silent" in evidence(running.client.status())
        cable.there[GATEWAY] = GATEWAY_MAC
        until("doubted", 10, lambda: proof(running.client) is Proof.NOT_PROVEN)


def test_while_the_line_is_joined_nobody_is_asked_and_afterwards_nobody_either(
    tmp_path: Path,
) -> None:
    cable = Neighbours(there={PC: PC_MAC})
    with panel(tmp_path) as running, asking(running, cable):
        until("it listens", 10, lambda: not cable.heard)
        assert cable.asked == []
        running.client.isolate()
        until("it asks", 10, lambda: cable.asked)
        running.minute()
        running.client.reconnect()
        until("nothing is wanted", 10, lambda: running.client.status().question is None)


def test_a_cut_that_stands_is_proven_by_who_starts_later(tmp_path: Path) -> None:
    """Also when it was killed in the middle of a round."""
    with panel(tmp_path) as running:
        running.client.isolate()
        assert running.client.status().state == "isolated"
        for _ in range(2):
            with asking(running, Neighbours(there={PC: PC_MAC})):
                until("proven", 15, lambda: proof(running.client) is Proof.PROVEN)


def test_a_panel_that_starts_anew_is_followed_again(tmp_path: Path) -> None:
    cable = Neighbours(there={PC: PC_MAC})
    with panel(tmp_path) as running, asking(running, cable):
        running.client.isolate()
        until("proven", 10, lambda: proof(running.client) is Proof.PROVEN)
        running.kill()
        with panel(tmp_path) as again:
            until("proven", 15, lambda: proof(again.client) is Proof.PROVEN)
