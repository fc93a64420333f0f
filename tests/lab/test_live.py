"""The whole box in a live practice: what is plugged in, called or cut is known within seconds.

Limits are those that people were promised. What was measured is printed (``pytest -s``).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.model import Level
from appliance.panel.verify import Proof
from tests.lab import namespaces, services, wiring
from tests.lab.awaiting import until
from tests.lab.box import PARTS, Box, installed
from tests.lab.cast import BAD_NAME, HOSTS, MAKER, MAKER_NAME, WEB
from tests.lab.pages import Pages
from tests.lab.practice import Practice
from tests.lab.relay import WELL_WIRED, WRONG, Wiring
from tests.lab.scenes import ransomware, work

SHOWN_WITHIN = 5.0
PROVEN_WITHIN = 10.0
MEMORY = 190 * 1024
"""KiB that all parts together may take; the lab's panel has 18 MB more, to move cables."""

pytestmark = pytest.mark.usefixtures("root")


@pytest.fixture
def box(request: pytest.FixtureRequest) -> Iterator[Box]:
    """A box at work in a practice of its own."""
    with (
        Practice() as practice,
        installed(practice, wiring=getattr(request, "param", WELL_WIRED)) as made,
    ):
        yield made


wired_wrong = pytest.mark.parametrize("box", [Wiring(pin=WRONG)], indirect=True, ids=["wrong pin"])


def shown(what: str, since: float, look: Callable[[], Any], seconds: float = SHOWN_WITHIN) -> Any:
    """Give what *look* finds; fail when that is later than *seconds* after *since* (monotonic)."""
    found = until(what, since + seconds - time.monotonic(), look)
    print(f"\n{what}: after {time.monotonic() - since:.2f} s")
    return found


def alerts(pages: Pages, detector: str) -> list[dict[str, Any]]:
    return [alert for alert in pages.get("alerts") if alert["detector"] == detector]


def uplink_is_up(box: Box) -> bool:
    with namespaces.links(box.practice.names["switch"]) as door:
        (link,) = door.get_links(ifname=wiring.port("router"))
        return bool(link["flags"] & 1)  # IFF_UP


@contextmanager
def people_at_work(practice: Practice) -> Iterator[None]:
    """Have the reception call outside all the time, as somebody always does."""
    with practice.running("reception", ["ping", "-q", "-i", "0.5", WEB]):
        yield


def isolate(box: Box) -> tuple[int, float, float]:
    """Isolate by command; give its exit status, when it was started and when the link was down."""
    log = box.practice.folder / "links.log"
    watching = box.practice.start("switch", ["ip", "-ts", "monitor", "link"], log=log.name)
    until("the links are watched", 2, lambda: _has_netlink_socket(watching.pid))
    ordered = time.time()
    done = box.run("isolate", "--why", "essai")
    print(f"\n{done.stdout}{done.stderr}vigie isolate took {time.time() - ordered:.2f} s")
    box.practice.stop(watching)
    down = next(line for line in log.read_text().splitlines() if _goes_down(line))
    return done.returncode, ordered, _time_of(down)


def _goes_down(line: str) -> bool:
    return f" {wiring.port('router')}@" in line and "state DOWN" in line


def _time_of(line: str) -> float:
    """Read ``[2026-01-31T12:00:00.123456]``, in local time."""
    stamp, _, micros = line[1:].partition("]")[0].partition(".")
    return time.mktime(time.strptime(stamp, "%Y-%m-%dT%H:%M:%S")) + int(micros) / 1e6


def _has_netlink_socket(pid: int) -> bool:
    rows = Path(f"/proc/{pid}/net/netlink").read_text().splitlines()[1:]
    return any(row.split()[2] == str(pid) for row in rows)


def test_files_that_are_encrypted_are_a_danger_within_5_seconds(box):
    """From the moment it begins, at fifty files a second."""
    pages, practice = box.sign_in(), box.practice
    files = ransomware.papers(practice, "docx", "jpg", "txt", count=300)
    argv = ransomware.program("encrypt", "in_place", HOSTS["nas"].ip, "SMB3", *files)
    began = time.monotonic()
    with practice.running("surgery", argv):
        shown("encryption on the page", began, lambda: alerts(pages, "ransomware"))
        shown("encryption on the light", began, lambda: box.light() is Level.DANGER)
        names = [it.name for it in services.shared(practice).rglob("piece-*")]
    lost = sum(name.count(".") > 1 for name in names)
    print(f"{lost} of {len(files)} files were lost when the page and the light showed it")
    (alert,) = alerts(pages, "ransomware")
    assert (alert["mac"], alert["severity"]) == (HOSTS["surgery"].mac, "danger")


def test_a_new_device_is_on_the_page_and_the_light_within_5_seconds(box):
    """From the moment its cable is put in."""
    pages = box.sign_in()
    assert box.light() is Level.WELL
    visitor = HOSTS["visitor"]
    began = time.monotonic()
    box.practice.plug("visitor")

    def is_shown() -> bool:
        known = {device["mac"]: device for device in pages.get("devices")}
        return visitor.mac in known and box.light() is Level.LOOK

    shown("a new device on page and light", began, is_shown)
    (alert,) = alerts(pages, "new_device")
    assert (alert["mac"], alert["severity"]) == (visitor.mac, "warning")


def test_equipment_that_calls_outside_is_told_within_5_seconds(box):
    """The panoramic's role lets it talk inside only."""
    pages = box.sign_in()
    began = time.monotonic()
    work.call(box.practice, "panoramic", f"http://{MAKER_NAME}/")
    (alert,) = shown("off_limits", began, lambda: alerts(pages, "off_limits"))
    assert alert["mac"] == HOSTS["panoramic"].mac
    assert MAKER_NAME in alert["body"]
    shown("its light", began, lambda: box.light() is Level.LOOK)


def test_a_listed_name_is_told_as_danger_within_5_seconds(box):
    """Whether or not the call got through."""
    pages = box.sign_in()
    began = time.monotonic()
    work.call(box.practice, "reception", f"https://{BAD_NAME}/")
    (alert,) = shown("known_bad", began, lambda: alerts(pages, "known_bad"))
    assert (alert["mac"], alert["severity"]) == (HOSTS["reception"].mac, "danger")
    shown("its light", began, lambda: box.light() is Level.DANGER)


def test_of_a_morning_of_work_only_the_one_forbidden_call_is_told(box):
    """It comes last and takes longest to be judged: what came before has been judged then."""
    pages = box.sign_in()
    work.morning(box.practice)
    assert box.light() is Level.WELL
    began = time.monotonic()
    work.ask(box.practice, "panoramic", "time", MAKER)
    shown("off_limits, no name known", began, lambda: pages.get("alerts"))
    assert [alert["detector"] for alert in pages.get("alerts")] == ["off_limits"]


def test_isolating_opens_the_link_at_once_and_is_proven_within_10_seconds(box):
    """Proven by what is seen on the wire, not by the order."""
    pages = box.sign_in()
    with people_at_work(box.practice):
        until("the gateway is known", 10, lambda: _gateways(pages) == {HOSTS["router"].mac})
        assert box.status().state == "connected"
        began = time.monotonic()
        returned, ordered, down = isolate(box)
        obeyed = box.status().since
        print(
            f"link down {(down - ordered) * 1000:.0f} ms after the command was started, "
            f"{(down - obeyed) * 1000:.0f} ms after the panel heard it"
        )
        assert ordered < obeyed < down < ordered + 1
        status = shown(
            "isolated, proven",
            began,
            lambda: found if (found := box.status()).proof is Proof.PROVEN else None,
            PROVEN_WITHIN,
        )
    assert returned == 0
    assert (status.state, status.light) == ("isolated", Level.ISOLATED)
    assert not uplink_is_up(box)


def _gateways(pages: Pages) -> set[str]:
    return {device["mac"] for device in pages.get("devices") if device["gateway"]}


@wired_wrong
def test_a_relay_wired_wrong_is_never_called_proven(box):
    """The coil moves, the link stays, and the box says so within 10 seconds."""
    with people_at_work(box.practice):
        began = time.monotonic()
        said = box.run("isolate", "--why", "essai")
        print(f"\n{said.stdout}verdict after {time.monotonic() - began:.2f} s")
        assert time.monotonic() - began < PROVEN_WITHIN + 2
        status = box.status()
    assert uplink_is_up(box)
    assert said.returncode != 0
    assert (status.state, status.proof) == ("isolated", Proof.NOT_PROVEN)
    assert status.light is Level.ISOLATED_UNPROVEN


def test_reconnecting_joins_the_link_again(box):
    """A technician does it on purpose; the practice then works as before."""
    box.run("isolate", "--why", "essai")
    assert not uplink_is_up(box)
    until(
        "it may be reconnected", 10, lambda: box.run("reconnect", "--why", "fini").returncode == 0
    )
    assert uplink_is_up(box)
    until("pages come again", 5, lambda: _fetches(box.practice))


def _fetches(practice: Practice) -> bool:
    return practice.run("surgery", ["curl", "-sm1", "http://www.meteo.example/"]).returncode == 0


def test_no_part_that_is_killed_takes_an_alert_or_the_isolation_with_it(box):
    """kill -9 of panel, sensor and pages, one after the other, each started again."""
    pages = box.sign_in()
    work.call(box.practice, "reception", f"https://{BAD_NAME}/")
    found = until("known_bad", SHOWN_WITHIN, lambda: alerts(pages, "known_bad"))
    before = {alert["id"] for alert in found}
    box.run("isolate", "--why", "essai")
    assert not uplink_is_up(box)
    with people_at_work(box.practice):
        for part in PARTS:
            box.kill(part)
            assert not uplink_is_up(box)
            box.start(part)
            until(f"{part} is back", 15, box.status)
            assert box.status().state == "isolated"
            box.practice.await_ports("box", 8080)
            assert not uplink_is_up(box)
            seen = until("the pages are back", 15, lambda: _ids(box))
            assert before <= seen
        until("proven again", 20, lambda: box.status().proof is Proof.PROVEN)


def _ids(box: Box) -> set[str]:
    try:
        return {alert["id"] for alert in box.sign_in().get("alerts")}
    except OSError:
        return set()


def test_all_parts_together_stay_small(box):
    """At rest, the pages opened once."""
    box.sign_in().page("/")
    found = box.resident()
    print(f"\nKiB of memory: {found}, together {sum(found.values())}")
    assert set(found) == set(PARTS)
    assert sum(found.values()) < MEMORY
