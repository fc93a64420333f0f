"""One way's courier: again and again, ever more seldom, and nobody waits for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from appliance.model import Level
from appliance.outputs.courier import FIRST_WAIT, IDLE, LONGEST_WAIT, Conditions, Courier
from appliance.outputs.way import Later, Refused, State
from appliance.store.outbox import Item, Outbox
from appliance.store.tally import tally
from tests.appliance.outputs.samples import item
from tests.appliance.outputs.telling import NOON
from tests.lab.awaiting import until


@dataclass
class Moody:
    """A way that does as it is told."""

    local: bool = False
    fails: type[Exception] | None = None
    got: list[str] = field(default_factory=list)
    shown: list[State] = field(default_factory=list)
    closed: bool = False

    def send(self, item: Item) -> None:
        if self.fails:
            raise self.fails("no")
        self.got.append(item.id)

    def show(self, state: State) -> None:
        if self.fails:
            raise self.fails("no")
        self.shown.append(state)

    def close(self) -> None:
        self.closed = True


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def courier(tmp_path: Path) -> Iterator[Courier]:
    clock = Clock()
    outbox = Outbox(tmp_path, clock)
    yield Courier(
        name="way",
        way=Moody(),
        outbox=outbox,
        conditions=Conditions(),
        now=clock,
    )
    outbox.close()


def moody(courier: Courier) -> Moody:
    assert isinstance(courier.way, Moody)
    return courier.way


def test_what_waits_is_sent_and_then_there_is_nothing_to_do(courier: Courier) -> None:
    courier.outbox.put([item(1), item(2)])
    assert [courier.turn(), courier.turn(), courier.turn()] == [0.0, 0.0, IDLE]
    assert moody(courier).got == [item(1).id, item(2).id]


def test_attempts_grow_rarer_up_to_a_quarter_of_an_hour(courier: Courier) -> None:
    """Always by the same steps: 5, 10, 20 …"""
    courier.outbox.put([item(1)])
    moody(courier).fails = Later
    waits = []
    for _ in range(12):
        assert courier.turn() == 0.0
        head = courier.outbox.next("way")
        assert head
        waits.append(head.due - courier.now())
        assert courier.turn() == min(waits[-1], IDLE)
        courier.now.at = head.due  # type: ignore[attr-defined] # the clock above
    assert waits == [min(LONGEST_WAIT, FIRST_WAIT * 2**n) for n in range(12)]


def test_what_is_refused_makes_room_for_the_next(courier: Courier) -> None:
    courier.outbox.put([item(1), item(2)])
    moody(courier).fails = Refused
    courier.turn()
    moody(courier).fails = None
    courier.turn()
    assert moody(courier).got == [item(2).id]


def test_nothing_is_tried_while_isolated_but_on_the_own_network(courier: Courier) -> None:
    courier.outbox.put([item(1)])
    courier.conditions.isolated = True
    assert courier.turn() == IDLE
    assert moody(courier).got == []
    moody(courier).local = True
    courier.turn()
    assert moody(courier).got == [item(1).id]


def test_the_state_is_shown_at_every_turn(courier: Courier) -> None:
    """Whether that is news is for the way to say; that it cannot is no reason not to send."""
    state = State(level=Level.WELL, danger=False)
    courier.conditions.state = state
    courier.turn()
    assert moody(courier).shown == [state]


def test_a_thread_works_when_called_and_hangs_up_at_the_end(
    courier: Courier, tmp_path: Path
) -> None:
    thread = courier.thread()
    thread.start()
    courier.outbox.put([item(1)])
    courier.bell.set()
    until("it is sent", 5, lambda: moody(courier).got)
    until("it is noted", 5, lambda: tally(tmp_path).waiting == 0)
    courier.conditions.over = True
    courier.bell.set()
    thread.join(5)
    assert moody(courier).closed


def test_a_clock_that_was_put_back_keeps_nothing_waiting(courier: Courier) -> None:
    courier.outbox.put([item(1)])
    courier.now.at = NOON - 86_400  # type: ignore[attr-defined] # the clock above
    courier.turn()
    assert moody(courier).got == [item(1).id]
