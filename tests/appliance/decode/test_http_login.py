"""NTLM in the heads of HTTP."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import http_login
from appliance.facts import Fact, NtlmHeard
from tests.kit import logons
from tests.kit.reading import CLIENT, gather

BARE = b64encode(bytes(logons.authenticate("ALICE-PC"))).decode()
WRAPPED = b64encode(bytes(logons.offered(logons.authenticate("ALICE-PC")))).decode()
ASKED = b64encode(bytes(logons.challenge({1: "SRV", 3: "srv.cabinet.example"}))).decode()


def read(*fields: str, start: str = "GET /secret HTTP/1.1", rest: str = "") -> list[Fact]:
    head = "\r\n".join((start, "Host: srv.example", *fields, "", rest))
    return list(http_login.read(head.encode(), CLIENT))


@pytest.mark.parametrize(
    "field",
    [
        f"Authorization: NTLM {BARE}",
        f"authorization:ntlm {BARE}",
        f"Authorization: Negotiate {WRAPPED}",
        f"Proxy-Authorization: Negotiate  {WRAPPED} ",
    ],
)
def test_what_a_client_says(field: str):
    """Bare or wrapped, to the server or on the way to it."""
    (fact,) = read(field)
    assert isinstance(fact, NtlmHeard)
    assert (fact.protocol, fact.server, fact.machine) == ("http", False, "alice-pc")
    assert (fact.major, fact.minor, fact.build) == logons.WINDOWS_10


@pytest.mark.parametrize("name", ["WWW-Authenticate", "Proxy-Authenticate"])
def test_what_a_server_says(name: str):
    """Beside other ways to log on, in one field or in several."""
    start = "HTTP/1.1 401 Unauthorized"
    for fields in (
        (f"{name}: Negotiate, NTLM {ASKED}",),
        (f"{name}: Basic realm=x", f"{name}: Negotiate", f"{name}: NTLM {ASKED}"),
    ):
        (fact,) = read(*fields, start=start)
        assert isinstance(fact, NtlmHeard)
        assert (fact.server, fact.machine, fact.dns_name) == (True, "srv", "srv.cabinet.example")


@pytest.mark.parametrize(
    "field",
    [
        "Authorization: Basic bnRsbTpudGxt",
        "Authorization: Negotiate YIIGhgYGKwYBBQUCoIIGejCCBnY=",
        "WWW-Authenticate: NTLM",
        "Authorization: NTLM " + BARE[:9],
        f"X-Authorization: NTLM {BARE}",
        f"X: NTLM {BARE}",
    ],
)
def test_other_ways_to_log_on_tell_nothing(field: str):
    """Passwords, tickets, offers without a message, other fields."""
    assert read(field) == []


def test_a_body_is_not_read():
    """What looks like a field there is content."""
    assert read(rest=f"\r\nAuthorization: NTLM {BARE}\r\n") == []


def test_a_value_cut_short_is_read_as_far_as_it_goes():
    """A field alone, as another reader of heads may have cut it."""
    facts, malformed = gather(http_login.read_field(f"NTLM {BARE[:240]}".encode(), CLIENT))
    (fact,) = facts
    assert isinstance(fact, NtlmHeard)
    assert (fact.build, fact.machine, malformed) == (19041, "", True)


@given(st.text("AZaz09+/", min_size=9, max_size=40), st.text("=", max_size=4))
def test_whole_groups_of_base64_are_read(letters: str, end: str):
    """Whatever is at their end."""
    gather(http_login.read_field(f"NTLM TlRMTVNTUAAB{letters}{end}".encode(), CLIENT))


def test_a_thousand_fields_are_bounded():
    """Eight are looked at."""
    short = b64encode(bytes(logons.negotiate())).decode()
    assert len(read(*[f"Authorization: NTLM {short}"] * 50)) == 8


@given(st.binary(max_size=300))
def test_no_value_makes_it_raise(value: bytes):
    """Anything but Malformed."""
    gather(http_login.read_field(value, CLIENT))
    gather(http_login.read_field(b"NTLM " + b64encode(value), CLIENT))
    gather(http_login.read(b"GET / HTTP/1.1\r\nAuthorization: NTLM " + value, CLIENT))
