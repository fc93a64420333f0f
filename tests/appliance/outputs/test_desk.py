"""The desk: what changed is planned, put down and carried out, on a clock that is set by hand."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from appliance.config import Automatic, Config, Keep
from appliance.config_outputs import Mail, Outputs, Person
from appliance.decisions import Verdict
from appliance.model import Alert, AlertState, Case, Severity
from appliance.outputs.desk import Desk
from appliance.outputs.gathering import GATHER
from appliance.outputs.message import Kind
from appliance.outputs.way import Later, Plain
from appliance.panel.client import PanelRefused
from appliance.panel.verify import Proof
from appliance.store import Office, StoreTrouble, Trouble, Watch
from appliance.store.outbox import Item
from appliance.store.tally import tally
from appliance.trying import Asked, ask
from tests.appliance.outputs.telling import NOON, PC, SENSOR, alert
from tests.kit.panel_here import Here, panel_here
from tests.lab.awaiting import until


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> float:
        return self.at


@dataclass
class Silent(Plain):
    """A way that takes all, or nothing."""

    local: bool = False
    open: bool = True
    got: list[Item] = field(default_factory=list)

    def send(self, item: Item) -> None:
        if not self.open:
            raise Later("closed")
        self.got.append(item)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    outputs = Outputs(
        mail={"office": Mail()},
        person={"marie": Person(mail="m@example.org", warning=("office",), danger=("office",))},
    )
    config = Config(state=tmp_path / "state", run=tmp_path / "run", outputs=outputs)
    made = Desk(config, {"office": Silent()}, Clock())
    yield made
    made.close()


def found(desk: Desk, *alerts: Alert) -> None:
    watch = Watch(desk.config.state, Keep(), lambda: NOON)
    watch.save_alerts(alerts)
    watch.close()


def work(desk: Desk) -> list[Item]:
    """Have everything done that there is to do now; give all that was sent so far."""
    desk.turn()
    for courier in desk.couriers:
        while courier.turn() == 0.0:
            pass
    way = desk.ways["office"]
    assert isinstance(way, Silent)
    return way.got


def test_nothing_from_before_the_first_start_is_told_but_a_danger_that_goes_on(desk: Desk) -> None:
    found(desk, alert(1, first_at=NOON - 60), alert(2, Severity.DANGER, first_at=NOON - 60))
    assert [item.alert for item in work(desk)] == [alert(2).id]


def test_hours_of_isolation_end_with_all_of_them_told_in_order(desk: Desk) -> None:
    """Nothing is tried meanwhile, so nothing has to wait long afterwards."""
    work(desk)
    desk.conditions.isolated = True
    for hour in range(6):
        desk.now.at = NOON + hour * 3600  # type: ignore[attr-defined] # the clock above
        found(desk, alert(hour, first_at=desk.now(), last_at=desk.now()))
        desk.plan()
        assert desk.couriers[0].turn() > 0
    assert tally(desk.config.state).waiting == 6
    assert [item.alert for item in work(desk)] == [alert(hour).id for hour in range(6)]


def test_what_follows_in_a_case_comes_as_one_message_and_is_not_told_again(desk: Desk) -> None:
    """Nor after a restart: what each stands for is in the outbox."""
    work(desk)
    every = [alert(number, first_at=NOON + number) for number in range(1, 5)]
    found(desk, every[0])
    assert len(work(desk)) == 1
    story = Case(
        id="c",
        about=SENSOR,
        also=(),
        severity=Severity.WARNING,
        first_at=NOON,
        last_at=NOON + 4,
        alerts=tuple(one.id for one in every),
        stages=(),
        state=AlertState.OPEN,
    )
    watch = Watch(desk.config.state, Keep(), lambda: NOON)
    watch.save_alerts(every, [story])
    watch.close()
    desk.now.at = NOON + GATHER - 1  # type: ignore[attr-defined] # the clock above
    assert len(work(desk)) == 1
    for _ in range(3):
        desk.now.at += GATHER  # type: ignore[attr-defined] # the clock above
        desk.plan()
        assert [item.kind for item in work(desk)] == ["alert", "gathered"]
    assert tally(desk.config.state).waiting == 0


def test_somebody_new_is_told_from_then_on(desk: Desk) -> None:
    work(desk)
    found(desk, alert(1, first_at=NOON + 5))
    assert len(work(desk)) == 1
    desk.now.at = NOON + 100  # type: ignore[attr-defined] # the clock above
    paul = replace(desk.config.outputs.person["marie"], mail="p@example.org")
    people = {**desk.config.outputs.person, "paul": paul}
    desk.config = replace(desk.config, outputs=replace(desk.config.outputs, person=people))
    work(desk)
    found(desk, alert(2, first_at=NOON + 200))
    assert [(item.who, item.alert) for item in work(desk)[1:]] == [
        ("marie", alert(2).id),
        ("paul", alert(2).id),
    ]


def test_a_decision_of_a_person_keeps_the_next_one_from_being_called(desk: Desk) -> None:
    marie = desk.config.outputs.person["marie"]
    people = {"marie": replace(marie, then="paul"), "paul": replace(marie, warning=())}
    desk.config = replace(desk.config, outputs=replace(desk.config.outputs, person=people))
    work(desk)
    found(desk, alert(1, first_at=NOON), alert(2, first_at=NOON, about=PC))
    assert len(work(desk)) == 2
    office = Office(desk.config.state, lambda: NOON + 60)
    office.decide(author="camille", verdict=Verdict.APPROVE, mac=PC)
    office.close()
    desk.now.at = NOON + 16 * 60  # type: ignore[attr-defined] # the clock above
    assert [(item.who, item.kind, item.alert) for item in work(desk)[2:]] == [
        ("paul", "unheeded", alert(1).id)
    ]


def test_a_card_that_is_full_repeats_nothing_when_it_has_room_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent and could not be marked is not sent again by the same process."""
    work(desk)
    found(desk, alert(1, first_at=NOON))
    full = StoreTrouble(Trouble.FULL, OSError("full"))

    def fail(*_: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(desk.outbox, "delivered", fail)
        with pytest.raises(StoreTrouble):
            work(desk)
    assert len(work(desk)) == 1
    assert tally(desk.config.state).waiting == 0


def test_a_test_message_that_the_pages_ask_for_is_sent_once(desk: Desk) -> None:
    """Also to whoever begins again in between; somebody who is not in the settings gets none."""
    ask(desk.config, Asked(at=NOON, people=("marie", "nobody")))
    assert [(item.kind, item.who) for item in work(desk)] == [("test", "marie")]
    again = Desk(desk.config, desk.ways, desk.now)
    again.turn()
    again.close()
    assert len(work(desk)) == 1
    ask(desk.config, Asked(at=NOON - 3600, people=("marie",)))
    assert len(work(desk)) == 1, "nobody waits for it any more"


def joins(here: Here) -> bool:
    """Try to join the line again: for some seconds after a cut it is refused."""
    with suppress(PanelRefused):
        here.client.reconnect(why="x")
    return here.client.status().state == "connected"


@pytest.mark.parametrize("wired_wrong", [False, True])
def test_where_a_cut_may_not_hold_people_far_away_are_told_at_once(
    desk: Desk, tmp_path: Path, wired_wrong: bool
) -> None:
    """Where it is proven, what they are told waits until the line is joined."""
    work(desk)
    with panel_here(tmp_path, wired_wrong=wired_wrong) as here:
        here.client.isolate()
        until("a verdict", 30, lambda: here.client.status().proof is not Proof.CHECKING)
        told = [item.kind for item in work(desk)]
        assert told == ([Kind.NOT_PROVEN] if wired_wrong else [])
        assert tally(desk.config.state).waiting == (0 if wired_wrong else 1)
        until("the line may be joined again", 30, lambda: joins(here))
        assert [item.kind for item in work(desk)][-1] == Kind.RECONNECTED
        assert len(work(desk)) == 2


def test_a_database_that_cannot_be_read_keeps_nobody_from_being_told_of_a_count_down(
    desk: Desk, tmp_path: Path
) -> None:
    """It is told without what was seen: at its end the line is cut, read or not."""
    work(desk)
    (desk.config.state / "vigie.db").write_bytes(b"no database" * 1000)
    automatic = Automatic(detectors=("ransomware",), seconds=600)
    desk.now.at = time.time()  # type: ignore[attr-defined] # the clock above
    with panel_here(tmp_path, pace=1.0, automatic=automatic) as here:
        here.client.announce("ransomware", "00112233445566aa")
        assert [item.kind for item in work(desk)] == ["count_down"]
        assert not desk.turn(), "what went wrong is said all the same"
        assert len(work(desk)) == 1


def monthly(month: str, language: str) -> tuple[str, ...]:
    return (f"Rapport {month}", f"Rien de grave ({language}).", "À lire au cabinet.")


@pytest.mark.parametrize("told", [True, False])
def test_the_report_of_a_month_goes_out_where_there_is_one(desk: Desk, told: bool) -> None:
    person = Person(mail="d@example.org", report=("office",), language="fr", digest_at="00:00")
    desk.config = replace(
        desk.config, outputs=replace(desk.config.outputs, person={"dentist": person})
    )
    if told:
        desk.monthly = monthly
    for _ in range(40):  # days: the first of a month is among them
        desk.now.at += 86_400  # type: ignore[attr-defined] # the clock above
        desk.turn()
    (item,) = filter(None, [desk.outbox.next("office")]) if told else (None,)
    if item is None:
        assert desk.outbox.next("office") is None
        return
    assert item.kind == "report"
    assert item.content["to"] == "d@example.org"
    assert item.content["subject"].startswith("Rapport 20")
    assert item.content["body"].startswith("Rien de grave (fr).\n\nÀ lire au cabinet.\n\nVigie")
