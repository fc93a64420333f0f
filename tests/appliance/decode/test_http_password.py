"""Passwords in requests of HTTP, after the examples of RFC 7617 and RFC 7616."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import http_password, logon
from appliance.facts import Fact, LogonAsked, PasswordSeen
from tests.kit import logons
from tests.kit.messages import ANY, told

ALADDIN = "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
DIGEST = (
    'Authorization: Digest username="Mufasa", realm="http-auth@example.org", uri="/dir", '
    'algorithm=MD5, nonce="7ypf", response="8ca523f5e9506fed4657c9700eebdbec"'
)
NAMES = st.text("qxzjQXZJ", min_size=5, max_size=20)


def read(*fields: str, method: str = "GET", body: str = "") -> list[Fact]:
    head = "\r\n".join((f"{method} /x HTTP/1.1", "Host: Box.local:8080", *fields, "", body))
    facts, malformed = told(http_password.read, head.encode(), ANY, 8080)
    assert not malformed
    return facts


def form(body: str) -> bool:
    facts = read("Content-Type: application/x-www-form-urlencoded", method="POST", body=body)
    return any(isinstance(fact, PasswordSeen) for fact in facts)


def test_basic_is_a_password_in_clear_and_names_an_account():
    """RFC 7617 section 2."""
    asked, seen = read(ALADDIN)
    assert isinstance(asked, LogonAsked)
    assert isinstance(seen, PasswordSeen)
    assert (asked.account, asked.protocol) == (logon.mark(b"aladdin"), "http")
    assert (seen.host, seen.protocol) == ("box.local", "http")


@pytest.mark.parametrize("name", ["a:", "anonymous:x", "ftp:x"])
def test_an_empty_password_and_nobodys_are_none(name: str):
    facts = read(f"Authorization: Basic {b64encode(name.encode()).decode()}")
    assert [type(fact) for fact in facts] == [LogonAsked]


def test_digest_and_ntlm_ask_without_showing_a_password():
    proof = b64encode(bytes(logons.authenticate("PC", user="Mufasa"))).decode()
    for field in (DIGEST, f"Authorization: NTLM {proof}", f"authorization: Negotiate {proof}"):
        (fact,) = read(field)
        assert isinstance(fact, LogonAsked)
        assert fact.account == logon.mark(b"mufasa")


@pytest.mark.parametrize(
    "field",
    [
        "Authorization: Bearer abc",
        "Authorization: NTLM " + b64encode(bytes(logons.negotiate())).decode(),
        "X-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Authorization: Basic ====",
        "Authorization: Basic QWxhZGRpbg==",
    ],
)
def test_tokens_first_messages_and_other_fields_are_no_logons(field: str):
    assert read(field) == []


@pytest.mark.parametrize(
    "body",
    [
        "user=anne&password=secret",
        "login=a&motdepasse=x",
        "mdp=x",
        "a=1&user_pass=x",
        "login_password=x&b=",
        "user%5Bpassword%5D=x",
        "Passwd=%20x",
        '{"user": "anne", "password": "secret"}',
        '{"pwd":"x"}',
    ],
)
def test_a_form_with_a_password(body: str):
    """Of a page or of a program, in French or in English."""
    assert form(body)


@pytest.mark.parametrize(
    "body",
    [
        "user=anne&password=",
        "user=anne&password=&x=1",
        "q=password",
        "compass=1&passport=2&bypass=3",
        "passenger=anne",
        "password=5f4dcc3b5aa765d61d8327deb882cf99",
        "password=5f4dcc3b5aa765d61d8327deb882cf99&user=x",
        '{"password": ""}',
        "",
    ],
)
def test_other_forms_and_hashes_are_none(body: str):
    assert not form(body)


def test_the_form_of_a_get_is_not_looked_at():
    assert read(body="password=x") == []


def test_what_may_hold_one_is_told_quickly():
    assert http_password.is_in(b"POST / HTTP/1.1\r\n\r\n")
    assert http_password.is_in(f"GET / HTTP/1.1\r\n{ALADDIN}\r\n\r\n".encode())
    assert not http_password.is_in(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")


@given(NAMES, NAMES)
def test_neither_name_nor_password_is_in_any_fact(name: str, secret: str):
    both = b64encode(f"{name}:{secret}".encode()).decode()
    body = f"user={name}&password={secret}"
    said = repr(read(f"Authorization: Basic {both}", method="POST", body=body))
    assert name not in said
    assert secret not in said
    assert both not in said


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(payload: bytes):
    for start in (
        *(b"POST / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nAuthorization: Basic "),
        *(b"GET / HTTP/1.1\r\nAuthorization: Digest ", b"GET / HTTP/1.1\r\nAuthorization: NTLM "),
    ):
        assert not told(http_password.read, start + payload + b"\r\n\r\n")[1]
