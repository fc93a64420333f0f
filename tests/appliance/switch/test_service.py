"""The process: it follows the panel's latch, through whatever happens to either side."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from appliance.config import Panel
from appliance.panel.status import PanelStatus
from appliance.switch.bridge import DOWN, UP
from appliance.switch.service import serve
from tests.kit.panel_here import Here, panel_here
from tests.kit.snmp_switch import SnmpSwitch, settings, snmp_switch
from tests.lab.awaiting import until

ALONE = Panel(pins="simulated", relay_kind="none")


@contextmanager
def followed(here: Here) -> Iterator[None]:
    """Run the process beside the panel that is *here*."""
    over = threading.Event()
    thread = threading.Thread(target=serve, args=(here.config, over.is_set))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def evidence(status: PanelStatus) -> set[str]:
    return {one.what for one in status.evidence}


def noted(status: PanelStatus) -> set[str]:
    return {one.what for one in status.log}


def cut(here: Here, switch: SnmpSwitch) -> None:
    here.client.isolate(who="alice")
    until("the port is shut", 10, lambda: switch.admin() == DOWN)
    until("that is told", 10, lambda: "switch_shut" in evidence(here.client.status()))


@contextmanager
def practice(folder: Path, **how: object) -> Iterator[tuple[Here, SnmpSwitch]]:
    with snmp_switch(**how) as switch:
        told = settings(switch, folder)
        with panel_here(folder, pace=1.0, panel=ALONE, switch=told) as here:
            yield here, switch


def test_the_port_is_shut_with_the_cut_and_that_is_told(tmp_path: Path) -> None:
    with practice(tmp_path) as (here, switch), followed(here):
        until("it follows", 10, lambda: "SNMPset" in switch.asked)
        assert switch.admin() == UP
        cut(here, switch)
        until("it is noted", 10, lambda: "switch_shut" in noted(here.client.status()))
        assert not here.client.status().simulated


def test_a_process_that_was_killed_brings_the_port_to_what_the_latch_orders(tmp_path: Path) -> None:
    """Whatever was ordered meanwhile, and whatever somebody did to the port."""
    with practice(tmp_path) as (here, switch):
        here.client.isolate()
        until("that is said", 10, lambda: "switch_unheard" in evidence(here.client.status()))
        assert switch.admin() == UP
        with followed(here):
            until("the port is shut", 10, lambda: switch.admin() == DOWN)
        switch.move(up=True)
        with followed(here):
            until("it is shut again", 10, lambda: switch.admin() == DOWN)


def test_a_panel_that_starts_anew_is_followed_again(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        told = settings(switch, tmp_path)
        with panel_here(tmp_path, pace=1.0, panel=ALONE, switch=told) as here, followed(here):
            cut(here, switch)
        latch = tmp_path / "state" / "latch.json"
        assert latch.exists()
        with panel_here(tmp_path, pace=1.0, panel=ALONE, switch=told) as here:
            assert here.client.status().switch_shut is True
            with followed(here):
                until("told", 10, lambda: "switch_shut" in evidence(here.client.status()))
                assert switch.admin() == DOWN


def test_while_the_panel_is_away_the_port_stays_shut(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        told = settings(switch, tmp_path)
        over = threading.Event()
        with panel_here(tmp_path, pace=1.0, panel=ALONE, switch=told) as here:
            thread = threading.Thread(target=serve, args=(here.config, over.is_set))
            thread.start()
            cut(here, switch)
        asked = len(switch.asked)
        until("it looks on", 15, lambda: len(switch.asked) > asked)
        assert switch.admin() == DOWN
        over.set()
        thread.join()


def test_a_port_opened_by_hand_during_the_cut_is_shut_again_and_said(tmp_path: Path) -> None:
    with practice(tmp_path) as (here, switch), followed(here):
        cut(here, switch)
        switch.move(up=True)
        until("it is shut again", 10, lambda: switch.admin() == DOWN)
        until("that is said", 10, lambda: "switch_turned_up" in here.client.status().faults)


def test_a_switch_that_is_deaf_hinders_no_order_and_is_said(tmp_path: Path) -> None:
    with practice(tmp_path, deaf=True) as (here, switch), followed(here):
        assert here.client.isolate().state == "isolated"
        until(
            "that is said",
            20,
            lambda: "switch_unanswered" in evidence(here.client.status()),
        )
        switch.deaf = False
        until("the port is shut", 15, lambda: switch.admin() == DOWN)


def test_a_switch_that_lets_nobody_write_is_said_before_any_cut(tmp_path: Path) -> None:
    with practice(tmp_path, locked=True) as (here, _), followed(here):
        until("that is said", 10, lambda: "switch_refused" in here.client.status().faults)


def test_a_port_that_the_switch_does_not_know_is_said_before_any_cut(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        told = replace(settings(switch, tmp_path), uplink="te9")
        with panel_here(tmp_path, pace=1.0, switch=told) as here, followed(here):
            until("that is said", 10, lambda: "switch_unknown_port" in here.client.status().faults)


def test_a_secret_that_is_missing_is_said_and_read_when_it_comes(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        told = settings(switch, tmp_path)
        word = Path(told.community_file)
        text = word.read_text()
        word.unlink()
        with panel_here(tmp_path, pace=1.0, panel=ALONE, switch=told) as here, followed(here):
            until("that is said", 10, lambda: "switch_unusable" in here.client.status().faults)
            assert str(word) in " ".join(here.client.status().remarks)
            word.write_text(text)
            until("it is asked", 15, lambda: "SNMPset" in switch.asked)
