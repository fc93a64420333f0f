"""The desk: requests understood, rights checked, watchers told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appliance.config import Automatic
from appliance.model import Level
from appliance.panel.desk import Desk
from appliance.panel.door import Client
from appliance.panel.heartbeat import to_json
from appliance.panel.rights import Rights
from appliance.texts import LANGUAGES, say
from tests.kit.front_panel import Bench, Time, beat

BOX = 0
SENSOR, OUTPUTS = 990, 991
STAFF = 4_000_000


class Doorway:
    """A `Door` without a socket: what is said is put in, what is answered is kept."""

    def __init__(self) -> None:
        self.said: list[tuple[Client, bytes]] = []
        self.answers: dict[int, list[dict[str, Any]]] = {}
        self.left: list[int] = []
        self.clients: list[Client] = []
        self.closed = False

    def wait(self, seconds: float, steady: float) -> list[tuple[Client, bytes]]:
        said, self.said = self.said, []
        return said

    def answer(self, client: Client, line: bytes, steady: float, *, last: bool = False) -> None:
        self.answers.setdefault(id(client), []).append(json.loads(line))
        if last:
            self.left.append(id(client))

    def tell(self, client: Client, line: bytes) -> None:
        self.answers.setdefault(id(client), []).append(json.loads(line))

    def watchers(self) -> list[Client]:
        return [client for client in self.clients if client.watching]

    def close(self) -> None:
        self.closed = True


class Office:
    """A desk, its door, and people of different rights."""

    def __init__(self, folder: Path) -> None:
        self.time = Time()
        automatic = Automatic(detectors=("ransomware",))
        self.bench = Bench(folder, time=self.time, automatic=automatic)
        self.door = Doorway()
        rights = Rights(
            sensors=frozenset({BOX, SENSOR}),
            pages=frozenset({BOX}),
            readers=frozenset({SENSOR}),
            parts=frozenset({SENSOR, OUTPUTS}),
        )
        self.desk = Desk(self.bench.control, self.door, rights, self.time.clocks())  # type: ignore[arg-type] # no socket

    def person(self, uid: int) -> Callable[..., dict[str, Any]]:
        client = Client(socket=None, uid=uid, until=0, heard_at=0)  # type: ignore[arg-type] # none needed
        self.door.clients.append(client)

        def ask(request: bytes | None = None, **fields: object) -> dict[str, Any]:
            line = json.dumps(fields).encode() if request is None else request
            self.door.said.append((client, line))
            self.desk.turn()
            return self.door.answers[id(client)][-1]

        ask.heard = self.door.answers.setdefault(id(client), [])  # type: ignore[attr-defined] # for the tests
        return ask


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_anybody_may_isolate_and_ask(office: Office) -> None:
    staff = office.person(STAFF)
    answer = staff(do="isolate", who="the boss", why="mail")
    assert answer["status"]["state"] == "isolated"
    assert (answer["status"]["who"], answer["status"]["why"]) == ("#4000000", "mail")
    assert staff(do="status")["status"]["state"] == "isolated"


def test_staff_may_not_reconnect(office: Office) -> None:
    staff = office.person(STAFF)
    staff(do="isolate")
    office.time.pass_by(100)
    assert staff(do="reconnect") == {"ok": False, "error": "only_technician"}
    assert office.bench.pins.isolated


def test_the_box_reconnects_for_whom_it_names(office: Office) -> None:
    pages = office.person(BOX)
    pages(do="isolate", who="Dr Martin")
    office.time.pass_by(100)
    answer = pages(do="reconnect", who="Léa, technician")
    assert (answer["status"]["state"], answer["status"]["who"]) == ("connected", "Léa, technician")


def test_anybody_may_silence_the_buzzer(office: Office) -> None:
    loud = to_json(beat(Level.DANGER, shouts=["0" * 16]))
    assert office.person(BOX)(do="heartbeat", **loud)["status"]["buzzing"]
    answer = office.person(STAFF)(do="hush", who="the boss")
    assert not answer["status"]["buzzing"]
    assert answer["status"]["log"][0]["who"] == "#4000000"


def test_only_the_pages_have_colours_shown(office: Office) -> None:
    """They have asked whether it is a technician; the rest of the box has no reason to."""
    for uid in (STAFF, SENSOR, OUTPUTS):
        assert office.person(uid)(do="lamp", part="red") == {"ok": False, "error": "only_pages"}
    pages = office.person(BOX)
    assert pages(do="lamp", part="red")["status"]["lamp"] == "red"
    pages(do="isolate")
    assert pages(do="lamp", part="red") == {"ok": False, "error": "lamp_isolated"}


def test_only_the_box_sends_heartbeats(office: Office) -> None:
    """A forged one would make the light lie."""
    well = to_json(beat(Level.WELL))
    assert office.person(STAFF)(do="heartbeat", **well) == {"ok": False, "error": "only_the_box"}
    assert office.bench.control.status().light is Level.BLIND
    assert office.person(BOX)(do="heartbeat", **well)["status"]["light"] == "well"


def test_nonsense_gets_one_clear_error_and_the_door(office: Office) -> None:
    staff = office.person(STAFF)
    assert staff(b"nonsense") == {"ok": False, "error": "malformed"}
    assert len(office.door.left) == 1


def test_watchers_are_told_of_changes_and_of_nothing_else(office: Office) -> None:
    watcher, other = office.person(STAFF), office.person(STAFF)
    watcher(do="watch")
    for _ in range(10):
        office.time.pass_by(0.05)
        office.desk.turn()
    assert len(watcher.heard) == 1  # type: ignore[attr-defined] # see person
    other(do="isolate")
    office.time.pass_by(0.05)
    office.desk.turn()
    states = [told["status"]["state"] for told in watcher.heard]  # type: ignore[attr-defined] # see person
    assert states == ["connected", "isolated"]
    assert len(other.heard) == 1  # type: ignore[attr-defined] # see person


def test_watchers_are_told_of_what_a_request_changed(office: Office) -> None:
    """The answer to whoever asked must not use the news up."""
    watcher, box = office.person(STAFF), office.person(BOX)
    watcher(do="watch")
    box(do="heartbeat", **to_json(beat(Level.LOOK)))
    office.time.pass_by(1.0)
    office.desk.turn()
    lights = [told["status"]["light"] for told in watcher.heard]  # type: ignore[attr-defined] # see person
    assert lights[-1] == "look"


def test_a_request_does_not_make_the_panel_turn_more_often(office: Office) -> None:
    """A flood of questions does not speed up the button or the light."""
    office.desk.turn()
    before = office.bench.control._button._hold.looked_at
    for _ in range(100):
        office.person(STAFF)(do="status")
    assert office.bench.control._button._hold.looked_at == before


def test_closing_leaves_the_relay_as_it_is(office: Office) -> None:
    office.person(STAFF)(do="isolate")
    office.desk.close()
    assert office.door.closed
    assert office.bench.pins.isolated


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["only_the_box", "malformed"])
def test_every_error_has_words(language: str, key: str) -> None:
    assert say(language, f"panel.error.{key}")


def test_the_sensor_announces_and_can_do_nothing_else_about_the_line(office: Office) -> None:
    sensor = office.person(SENSOR)
    answer = sensor(do="announce", detector="ransomware", alert="0" * 16)
    assert answer["status"]["count_down"]["detector"] == "ransomware"
    for order, refused in (
        ("isolate", "only_announce"),
        ("stop", "only_people"),
        ("reconnect", "only_technician"),
        ("prooftest", "only_technician"),
    ):
        assert sensor(do=order) == {"ok": False, "error": refused}
    assert not office.bench.pins.isolated
    assert sensor(do="status")["status"]["count_down"]


@pytest.mark.parametrize("uid", [STAFF, OUTPUTS])
def test_nobody_else_announces(office: Office, uid: int) -> None:
    asked = office.person(uid)(do="announce", detector="ransomware", alert="0" * 16)
    assert asked == {"ok": False, "error": "only_the_box"}


def test_anybody_stops_a_count_down_and_is_named(office: Office) -> None:
    office.person(SENSOR)(do="announce", detector="ransomware", alert="0" * 16)
    assert office.person(OUTPUTS)(do="stop")["error"] == "only_people"
    answer = office.person(STAFF)(do="stop", who="the boss")
    assert answer["status"]["count_down"] is None
    assert answer["status"]["log"][0]["who"] == "#4000000"
    assert office.person(BOX)(do="stop", who="Dr Martin")["error"] == "nothing_to_stop"


def test_a_stop_in_the_same_turn_as_the_end_wins(office: Office) -> None:
    office.person(SENSOR)(do="announce", detector="ransomware", alert="0" * 16)
    office.time.pass_by(60)
    assert office.person(STAFF)(do="stop")["ok"]
    assert not office.bench.pins.isolated
