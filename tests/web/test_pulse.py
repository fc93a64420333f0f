"""The pages' sign of life."""

import socket
from pathlib import Path

import pytest

from tests.kit.answering import answered
from tests.kit.serving import serving
from web.address import Listen, listen
from web.pulse import EVERY, FIRST, SOON, report, round_trip


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_request_goes_through_the_whole_server(tmp_path: Path, host: str) -> None:
    """Also where only HTTPS is spoken, and though the watch of this box never ran."""
    with serving(tmp_path, host=host, lines=4 if host == "0.0.0.0" else 3) as server:
        port = int(server.url.rpartition(":")[2])
        assert round_trip(listen(f"{host}:{port}"))
    assert not round_trip(listen(f"{host}:{port}"))


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 500 Oh\r\n\r\n", b"220 smtp\r\n"])
def test_what_answers_otherwise_is_not_well(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        place = Listen(host="127.0.0.1", port=listening.getsockname()[1])
        with answered(listening, answer):
            assert not round_trip(place)


def test_systemd_hears_that_the_pages_are_ready_and_then_that_they_still_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path) as server, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        place = listen(server.url.rpartition("/")[2])
        waited: list[float] = []

        def pause(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 3:
                server.process.terminate()
                server.process.wait(10)
            if len(waited) == 4:
                raise TimeoutError

        with pytest.raises(TimeoutError):
            report(place, pause)
        systemd.setblocking(False)
        assert [systemd.recv(64), systemd.recv(64)] == [b"READY=1", b"WATCHDOG=1"]
        with pytest.raises(BlockingIOError):
            systemd.recv(64)
        assert waited == [FIRST, EVERY, EVERY, EVERY]
    assert SOON < EVERY
