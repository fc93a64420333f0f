"""Fetching over HTTPS, from a server on this machine."""

import itertools
import socket

import pytest

from appliance.outputs.fetch import Fetched, Fetcher, Unreachable
from tests.kit.feed_server import feed_server


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "localhost")
    with feed_server(tmp_path) as serves:
        yield serves


def fetcher(server, *, largest: int = 1000) -> Fetcher:
    return Fetcher(largest=largest, trusted=server.trusted, seconds=20)


def test_a_file_is_fetched_with_the_server_s_word_for_its_state(server):
    assert fetcher(server).fetch(server.url) == Fetched(b"bad.example\n", '"1"', "")
    assert server.asked[0]["User-Agent"] == "vigie"


def test_what_has_not_changed_is_not_fetched_again(server):
    assert fetcher(server).fetch(server.url, etag='"1"', modified="yesterday") is None
    assert server.asked[0]["If-Modified-Since"] == "yesterday"
    assert fetcher(server).fetch(server.url, etag='"0"') is not None


def test_a_server_that_proves_nothing_is_not_believed(server):
    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
        Fetcher(largest=1000).fetch(server.url)
    assert server.asked == []


@pytest.mark.parametrize("url", ["http://localhost/", "file:///etc/passwd", "ftp://x/", ""])
def test_only_https_is_fetched(server, url):
    with pytest.raises(Unreachable, match="only https"):
        fetcher(server).fetch(url)


@pytest.mark.parametrize("target", ["http://localhost/x", "file:///etc/passwd", "ftp://x/"])
def test_a_redirect_to_anything_else_is_not_followed(server, target):
    server.status, server.location = 302, target
    with pytest.raises(Unreachable, match=r"not https|answers 302"):
        fetcher(server).fetch(server.url)


def test_a_redirect_that_never_ends_is_given_up(server):
    server.status, server.location = 302, server.url
    with pytest.raises(Unreachable, match="302"):
        fetcher(server).fetch(server.url)


def test_a_file_larger_than_allowed_is_given_up(server):
    server.content = bytes(200_000)
    with pytest.raises(Unreachable, match="larger than"):
        fetcher(server, largest=100_000).fetch(server.url)


def test_a_file_that_takes_too_long_is_given_up(server):
    """By a clock that runs faster than the server sends."""
    clock = itertools.count(0.0, 100.0)
    server.content = bytes(500)
    hasty = Fetcher(largest=1000, trusted=server.trusted, now=clock.__next__, seconds=50)
    with pytest.raises(Unreachable, match="within 50 s"):
        hasty.fetch(server.url)


def test_half_a_file_is_none(server):
    """The server hangs up before all it promised has come."""
    server.content, server.cut_at = bytes(1000), 500
    with pytest.raises(Unreachable):
        fetcher(server, largest=10_000).fetch(server.url)


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_a_refusal_is_told_with_its_number(server, status):
    server.status = status
    with pytest.raises(Unreachable, match=str(status)):
        fetcher(server).fetch(server.url)


def test_a_server_that_is_not_there_is_told(server):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match="refused"):
        fetcher(server).fetch(f"https://localhost:{port}/")


def test_an_address_that_makes_no_sense_is_told(server):
    with pytest.raises(Unreachable):
        fetcher(server).fetch("https://local host:port/")
