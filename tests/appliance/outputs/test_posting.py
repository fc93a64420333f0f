"""Posting, to a real server."""

import ssl

import pytest

from appliance.outputs.posting import post
from appliance.outputs.way import Later, Refused
from tests.kit.receivers import HERE, Hook, hook


def send(to: Hook, *, local: bool = True) -> None:
    trusted = ssl.create_default_context()
    post(f"http://{HERE}:{to.port}/a?b=c", b"{}", {}, local=local, trusted=trusted, patience=5)


def test_what_is_posted_arrives_whole() -> None:
    with hook() as program:
        send(program)
    (got,) = program.got
    assert (got.path, got.body, got.headers["Content-Type"]) == (
        "/a?b=c",
        b"{}",
        "application/json",
    )


@pytest.mark.parametrize(
    ("status", "what"),
    [(400, Refused), (413, Refused), (301, Later), (401, Later), (429, Later), (503, Later)],
)
def test_what_the_server_answers_decides_whether_it_is_tried_again(
    status: int, what: type[Exception]
) -> None:
    """And a redirect is not followed."""
    with hook() as program:
        program.status = status
        with pytest.raises(what, match=str(status)):
            send(program)


def test_an_address_on_the_own_network_is_reached_only_when_it_is_meant() -> None:
    """A name on the internet that leads here is somebody's trick."""
    with hook() as program, pytest.raises(Later, match="not on the internet"):
        send(program, local=False)
    assert program.got == []


def test_nobody_who_listens_is_a_reason_to_try_again() -> None:
    with hook() as program:
        pass
    with pytest.raises(Later, match="refused"):
        send(program)
