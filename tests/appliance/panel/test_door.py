"""The door: nobody can hold it shut."""

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.panel.door import CLIENTS, FIRST_WORD, IDLE, Door
from appliance.panel.request import LONGEST


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "panel.sock"


@pytest.fixture
def door(path: Path) -> Iterator[Door]:
    opened = Door(path)
    yield opened
    opened.close()


class Caller:
    """Somebody at the door."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(5)
        self.socket.connect(str(path))

    def say(self, words: bytes) -> None:
        self.socket.sendall(words)

    def hears(self) -> bytes:
        return self.socket.recv(LONGEST)

    def is_out(self) -> bool:
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True


@pytest.fixture
def call(path: Path, door: Door) -> Iterator[object]:
    callers: list[Caller] = []

    def one() -> Caller:
        callers.append(Caller(path))
        door.wait(0, 0)
        return callers[-1]

    yield one
    for caller in callers:
        caller.socket.close()


def lines(door: Door, steady: float = 0.0) -> list[bytes]:
    return [line for _, line in door.wait(0, steady)]


def test_a_line_is_heard_and_answered(door: Door, call: type[Caller]) -> None:
    caller = call()
    caller.say(b"hello\n")
    ((client, line),) = door.wait(5, 0)
    assert (line, client.uid) == (b"hello", os.geteuid())
    door.answer(client, b"there\n", 0)
    assert caller.hears() == b"there\n"


def test_owner_and_group_may_open_it_and_nobody_else(door: Door, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


def test_a_socket_that_was_left_behind_is_replaced(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as old:
        old.bind(str(path))
    door = Door(path)
    Caller(path).socket.close()
    door.close()
    assert not path.exists()


def test_each_has_one_line_a_turn(door: Door, call: type[Caller]) -> None:
    """Ten thousand lines of one do not delay the one line of another."""
    flooder, other = call(), call()
    flooder.socket.setblocking(False)
    flooder.socket.send(b"status\n" * 10_000)
    other.say(b"isolate\n")
    assert sorted(lines(door)) == [b"isolate", b"status"]
    assert lines(door) == [b"status"]


def test_lines_that_are_waiting_are_not_waited_for(door: Door, call: type[Caller]) -> None:
    """With a second line in hand it does not sleep for an hour."""
    call().say(b"one\ntwo\n")
    assert [line for _, line in door.wait(3600, 0)] == [b"one"]
    assert [line for _, line in door.wait(3600, 0)] == [b"two"]


def test_a_line_in_pieces_is_put_together(door: Door, call: type[Caller]) -> None:
    caller = call()
    caller.say(b"iso")
    assert lines(door) == []
    caller.say(b"late\nsta")
    assert lines(door) == [b"isolate"]


def test_a_line_without_end_is_cut_off(door: Door, call: type[Caller]) -> None:
    caller = call()
    caller.say(b"x" * (LONGEST + 1))
    found = [*lines(door), *lines(door)]
    assert len(found) == 1
    assert len(found[0]) > LONGEST


def test_who_has_gone_is_forgotten(door: Door, call: type[Caller]) -> None:
    caller = call()
    caller.socket.close()
    assert lines(door) == []
    assert door._clients == []


def test_who_says_nothing_is_dropped(door: Door, call: type[Caller]) -> None:
    """A half-open connection, and one that never ends its line."""
    silent, slow = call(), call()
    slow.say(b"iso")
    lines(door, FIRST_WORD - 0.1)
    assert len(door._clients) == 2
    lines(door, FIRST_WORD)
    assert silent.is_out()
    assert slow.is_out()


def test_who_has_spoken_may_be_silent_longer_and_a_watcher_for_ever(
    door: Door, call: type[Caller]
) -> None:
    caller, watcher = call(), call()
    for one in (caller, watcher):
        one.say(b"x\n")
        ((client, _),) = door.wait(5, 0)
        client.watching = one is watcher
        door.answer(client, b"y\n", 0)
    lines(door, IDLE)
    assert [client.watching for client in door._clients] == [True]


def test_a_new_caller_takes_the_place_of_the_one_silent_for_longest(
    door: Door, path: Path, call: type[Caller]
) -> None:
    crowd = [call() for _ in range(CLIENTS)]
    crowd[0].say(b"x\n")
    ((client, _),) = door.wait(5, 1)
    door.answer(client, b"y\n", 1)
    new = call()
    assert crowd[1].is_out()
    new.say(b"isolate\n")
    assert lines(door) == [b"isolate"]
    assert len(door._clients) == CLIENTS


def test_who_does_not_read_is_not_read_from_and_in_the_end_dropped(
    door: Door, call: type[Caller]
) -> None:
    caller = call()
    caller.say(b"x\n" * 10)
    ((client, _),) = door.wait(5, 0)
    door.answer(client, b"y" * 400_000, 0)
    assert client.outgoing
    assert lines(door) == []
    for _ in range(10):
        door.answer(client, b"y" * 100_000, 0)
    assert door._clients == []


def test_who_reads_late_gets_everything(door: Door, call: type[Caller]) -> None:
    caller = call()
    caller.say(b"x\nx\n")
    ((client, _),) = door.wait(5, 0)
    door.answer(client, b"y" * 400_000 + b"\n", 0)
    got, heard = 0, []
    while got < 400_001:
        heard += lines(door)
        got += len(caller.socket.recv(65_536))
    assert heard + lines(door) == [b"x"]


def test_the_last_answer_is_heard_before_the_door_closes(door: Door, call: type[Caller]) -> None:
    caller = call()
    caller.say(b"nonsense\nmore nonsense\n")
    ((client, _),) = door.wait(5, 0)
    door.answer(client, b"no\n", 0, last=True)
    assert caller.hears() == b"no\n"
    assert caller.is_out()
    assert lines(door) == []


def test_answering_who_has_gone_is_no_trouble(door: Door, call: type[Caller]) -> None:
    caller = call()
    caller.say(b"x\n")
    ((client, _),) = door.wait(5, 0)
    caller.socket.close()
    door.answer(client, b"y\n", 0)
    door.tell(client, b"y\n")
    assert door._clients == []


def test_telling_a_watcher_does_not_keep_it_in_its_place(door: Door, call: type[Caller]) -> None:
    """In a crowd, who comes with an order is let in before who only watches."""
    watcher, *others = [call() for _ in range(CLIENTS)]
    watcher.say(b"watch\n")
    ((client, _),) = door.wait(5, 0)
    door.answer(client, b"y\n", 0)
    for other in others:
        other.say(b"x\n")
    for asking, _ in door.wait(5, 1):
        door.answer(asking, b"y\n", 1)
    door.tell(client, b"y\n")
    call()
    assert client not in door._clients
