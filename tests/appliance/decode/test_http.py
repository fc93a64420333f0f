"""Heads of HTTP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import Fact, HttpAnswered, HttpAsked
from tests.kit import wire

ALICE, ALICE_IP, SERVER_IP = "02:00:00:00:00:0a", "192.0.2.10", "198.51.100.7"
VALUES = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=40)
METHODS = (
    "GET",
    "POST",
    "HEAD",
    "PUT",
    "DELETE",
    "OPTIONS",
    "CONNECT",
    "PATCH",
    "TRACE",
    "PROPFIND",
)


def read(head: bytes, sport: int = 50_000, dport: int = 8080) -> list[Fact]:
    return Decoder().read(wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, sport, dport, head))


@given(st.sampled_from(METHODS), VALUES, VALUES)
def test_a_request(method: str, agent: str, content: str):
    """On any port; the path is nowhere in the fact."""
    head = f"{method} /secret?patient=7 HTTP/1.1\r\nHost: Example.ORG:8080\r\n"
    head += f"User-Agent: {agent}\r\nContent-Type: {content}\r\n\r\n"
    facts = read(head.encode() + b"body")
    assert facts == [
        HttpAsked(
            at=1.0,
            mac=ALICE,
            src=ALICE_IP,
            dst=SERVER_IP,
            dport=8080,
            method=method,
            host="example.org",
            user_agent=agent,
            content_type=content,
        )
    ]
    assert "secret" not in repr(facts)


@given(st.integers(100, 999), VALUES, VALUES, st.sampled_from((" OK", " Très bien", " ", "")))
def test_an_answer(status: int, server: str, content: str, reason: str):
    """Its status, server and content type; the reason is for people."""
    head = f"HTTP/1.1 {status}{reason}\r\nServer: {server}\r\nContent-Type: {content}\r\n\r\n"
    assert read(head.encode(), 80, 50_000) == [
        HttpAnswered(
            at=1.0,
            mac=ALICE,
            src=ALICE_IP,
            dst=SERVER_IP,
            sport=80,
            dport=50_000,
            status=status,
            content_type=content,
            server=server,
        )
    ]


@pytest.mark.parametrize(
    ("field", "host"),
    [
        ("example.org", "example.org"),
        ("example.org.", "example.org"),
        ("EXAMPLE.org:80", "example.org"),
        ("192.0.2.1:8080", "192.0.2.1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
    ],
)
def test_a_host_without_port_and_brackets(field: str, host: str):
    """One spelling each."""
    (fact,) = read(f"GET / HTTP/1.1\r\nHost: {field}\r\n\r\n".encode())
    assert isinstance(fact, HttpAsked)
    assert fact.host == host


@pytest.mark.parametrize(
    "payload",
    [
        b"GET ",
        b"GET /a/path/cut/by/the/segm",
        b"GET / HTTP/2.0\r\n\r\n",
        b"GET / FTP/1.1\r\n\r\n",
        b"get / HTTP/1.1\r\n\r\n",
        b"POSTSCRIPT\r\n\r\n",
        b"HTTP/1.1 20\r\n\r\n",
        b"HTTP/1.1 2000\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
    ],
)
def test_what_only_begins_like_http_is_passed_over(payload: bytes):
    """Nothing is wrong with it."""
    decoder = Decoder()
    assert decoder.read(wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, 1, 2, payload)) == []
    assert decoder.malformed == 0


def test_a_request_without_fields():
    """As HTTP/1.0 has it."""
    (fact,) = read(b"GET / HTTP/1.0\r\n\r\n")
    assert isinstance(fact, HttpAsked)
    assert (fact.host, fact.user_agent) == ("", "")


def test_the_wire_kits_request_is_one():
    """Other tests lean on it."""
    (fact,) = Decoder().read(wire.http_get(1.0, ALICE, ALICE_IP, SERVER_IP, "a.example", agent="x"))
    assert isinstance(fact, HttpAsked)
    assert (fact.method, fact.host, fact.user_agent) == ("GET", "a.example", "x")


@pytest.mark.parametrize(
    ("target", "asks_for"),
    [
        ("/secret/setup.exe", "program"),
        ("/a/App.APK?token=secret", "program"),
        ("http://a.example/x.msi", "program"),
        ("/invoice.hta", "script"),
        ("/secret.ps1#x", "script"),
        ("/page.js", ""),
        ("/info/www.exe.example/", ""),
        ("/search?q=setup.exe", ""),
        ("http://a.exe", ""),
        ("*", ""),
    ],
)
def test_of_a_path_only_whether_it_names_a_program(target: str, asks_for: str):
    """By its ending; the path itself is nowhere in the fact."""
    (fact,) = read(f"GET {target} HTTP/1.1\r\nHost: a.example\r\n\r\n".encode())
    assert isinstance(fact, HttpAsked)
    assert fact.asks_for == asks_for
    assert "secret" not in repr(fact)


@pytest.mark.parametrize(
    ("fields", "before"),
    [("", b""), ("Transfer-Encoding: chunked\r\n", b"1ea0\r\n"), ("", b"1ea0\r\n")],
)
def test_of_a_body_only_what_file_it_begins(fields: str, before: bytes):
    """Also where it is sent in parts, as its head says."""
    head = f"HTTP/1.1 200 OK\r\n{fields}Content-Type: image/png\r\n\r\n".encode()
    body = b"\x7fELF\2\1\1" + bytes(80) + b"secret"
    (fact,) = read(head + before + body, 80, 50_000)
    assert isinstance(fact, HttpAnswered)
    assert fact.body == ("program" if bool(fields) is bool(before) else "")
    assert "secret" not in repr(fact)


def test_a_body_in_the_next_segment_is_not_told():
    (fact,) = read(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", 80, 50_000)
    assert isinstance(fact, HttpAnswered)
    assert fact.body == ""
