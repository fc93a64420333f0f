"""Secrets and trust, which come from files."""

import socket
import socketserver
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from appliance.config_outputs import Syslog
from appliance.outputs.posting import post
from appliance.outputs.syslog import SyslogWay
from appliance.outputs.way import Later, Unusable, said, secret, trust, within
from tests.appliance.outputs.samples import item
from tests.kit.receivers import HERE


def test_a_secret_is_one_line_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("geheim\n")
    assert secret(str(file)) == "geheim"
    assert secret("") == ""


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", b"\xff\xfe"])
def test_a_file_that_holds_no_secret_is_said_without_its_content(
    content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)
    with pytest.raises(Unusable) as caught:
        secret(str(file))
    assert str(file) in str(caught.value)
    assert "two" not in str(caught.value)


def test_certificates_that_are_none_are_said(tmp_path: Path) -> None:
    file = tmp_path / "trust.pem"
    with pytest.raises(Unusable, match="No such file"):
        trust(str(file))
    file.write_text("nothing")
    with pytest.raises(Unusable, match=str(file)):
        trust(str(file))


def test_what_an_error_says_is_one_short_line() -> None:
    assert said(OSError(111, "Connection refused")) == "Connection refused"
    assert said(ValueError("a\nb")) == "a b"
    assert said(TimeoutError()) == "TimeoutError"


@pytest.fixture
def dripping() -> Iterator[int]:
    """A server that says a little again and again, and never comes to the point."""
    over = Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                while not over.wait(0.02):
                    self.request.sendall(b"220-x\r\n")

    with socketserver.ThreadingTCPServer((HERE, 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_address[1]
        over.set()
        server.shutdown()
        thread.join()


def test_whoever_answers_in_drops_is_hung_up_on(dripping: int) -> None:
    """Each drop comes in time, and all of them together too late."""

    def read() -> None:
        plain = socket.create_connection((HERE, dripping), 5)
        with plain, within(0.2, lambda: plain):
            while plain.recv(10):
                pass
            raise ConnectionAbortedError

    began = time.monotonic()
    with pytest.raises(ConnectionError):
        read()
    assert time.monotonic() - began < 4


def test_a_log_server_that_talks_instead_of_hanging_up_holds_nobody_for_long(dripping: int) -> None:
    way = SyslogWay(
        Syslog(host=HERE, port=dripping, security="none"), "box", patience=5, longest=0.2
    )
    began = time.monotonic()
    with suppress(Later):  # by then it may have the message, or not
        way.send(item())
    assert time.monotonic() - began < 4


def test_a_web_server_that_never_ends_its_head_is_given_up(dripping: int) -> None:
    trusted = ssl.create_default_context()
    with pytest.raises(Later):
        post(
            f"http://{HERE}:{dripping}/",
            b"{}",
            {},
            local=True,
            trusted=trusted,
            patience=5,
            longest=0.2,
        )
