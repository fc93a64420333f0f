"""Logons in lines of text, after the examples of their RFCs."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import dialogues, logon
from appliance.facts import LogonAsked, LogonJudged, PasswordSeen
from tests.kit.messages import ALICE, ALICE_IP, ANY, SERVER_IP, told

PLAIN = b64encode(b"\0anne\0secret")
NAMES = st.text("qxzjQXZJ", min_size=5, max_size=20).map(str.encode)


def client(line: bytes, port: int) -> list[tuple[object, ...]]:
    facts, malformed = told(dialogues.read, line, ANY, port)
    assert not malformed
    return [
        ("asks", fact.protocol, fact.account, fact.proof)
        if isinstance(fact, LogonAsked)
        else ("seen", fact.protocol)
        for fact in facts
        if isinstance(fact, LogonAsked | PasswordSeen)
    ]


def server(line: bytes, port: int) -> list[bool]:
    facts, malformed = told(dialogues.read, line, port, ANY)
    assert not malformed
    return [fact.succeeded for fact in facts if isinstance(fact, LogonJudged)]


@pytest.mark.parametrize(("port", "protocol"), [(21, "ftp"), (2121, "ftp"), (110, "pop3")])
def test_a_name_and_then_a_password(port: int, protocol: str):
    """RFC 959 section 4.1.1, RFC 1939 section 7."""
    assert client(b"USER anne\r\n", port) == [("asks", protocol, logon.mark(b"anne"), False)]
    assert client(b"pass secret\r\n", port) == [("asks", protocol, "", True), ("seen", protocol)]
    assert client(b"PASS \r\n", port) == client(b"PASS\r\n", port) == []


def test_a_password_for_everybody_is_asked_as_nobody():
    assert client(b"USER anonymous\r\n", 21) == [("asks", "ftp", "anonymous", False)]


@pytest.mark.parametrize(
    "line", [b"a001 LOGIN anne secret\r\n", b'A1 login "anne" "se \\" cret"\r\n']
)
def test_a_mailbox_is_opened_in_one_line(line: bytes):
    """RFC 9051 section 6.2.3."""
    assert client(line, 143) == [("asks", "imap", logon.mark(b"anne"), True), ("seen", "imap")]


@pytest.mark.parametrize(
    ("port", "protocol", "before"),
    [
        (25, "smtp", b"AUTH PLAIN "),
        (587, "smtp", b"auth plain "),
        (587, "smtp", b""),
        (143, "imap", b"a2 AUTHENTICATE PLAIN "),
        (110, "pop3", b"AUTH PLAIN "),
        (110, "pop3", b""),
    ],
)
def test_name_and_password_in_base64(port: int, protocol: str, before: bytes):
    """RFC 4616; in the same line or in the next."""
    expected = [("asks", protocol, logon.mark(b"anne"), True), ("seen", protocol)]
    assert client(before + PLAIN + b"\r\n", port) == expected


def test_a_server_that_asks_for_the_password_will_be_told():
    """AUTH LOGIN: the fact is the client's."""
    facts, _ = told(dialogues.read, b"334 UGFzc3dvcmQ6\r\n", 25, ANY)
    asked, seen = facts
    assert isinstance(asked, LogonAsked)
    assert isinstance(seen, PasswordSeen)
    assert (seen.src, seen.dst, seen.dport) == (SERVER_IP, ALICE_IP, 25)
    assert seen.mac != ALICE
    assert told(dialogues.read, b"334 VXNlcm5hbWU6\r\n", 25, ANY)[0] == []


def test_a_digest_is_no_password_in_clear():
    """RFC 1939 section 7, APOP."""
    line = b"APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n"
    assert client(line, 110) == [("asks", "pop3", logon.mark(b"mrose"), True)]


@pytest.mark.parametrize(
    ("port", "line", "verdicts"),
    [
        (21, b"230 Login successful.\r\n", [True]),
        (21, b"230-Welcome\r\n230 In\r\n", [True]),
        (21, b"530 Login incorrect.\r\n", [False]),
        (21, b"331 Please specify the password.\r\n", []),
        (25, b"235 2.7.0 Authentication successful\r\n", [True]),
        (587, b"535 5.7.8 Authentication credentials invalid\r\n", [False]),
        (110, b"-ERR [AUTH] Invalid login\r\n", [False]),
        (110, b"+OK maildrop locked and ready\r\n", [True]),
        (143, b"a001 OK LOGIN completed\r\n", [True]),
        (143, b"a001 NO [AUTHENTICATIONFAILED] no\r\n", [False]),
        (143, b"* OK ready\r\n", []),
        (23, b"\r\nLogin incorrect\r\nlogin: ", [False]),
        (23, b"% Bad passwords\r\n", [False]),
        (23, b"Last login: Mon\r\n", []),
        (80, b"230 x\r\n", []),
    ],
)
def test_verdicts_of_each_server(port: int, line: bytes, verdicts: list[bool]):
    assert server(line, port) == verdicts


def test_other_lines_are_not_read():
    for line in (
        b"EHLO pc\r\n",
        b"RETR a.jpg\r\n",
        b"STARTTLS\r\n",
        b"\x16\3\1",
        b"GET / HTTP/1.1",
    ):
        for port in (21, 23, 25, 110, 143):
            assert client(line, port) == []
            assert not dialogues.begins(line)


@given(NAMES, NAMES, st.sampled_from(sorted(dialogues.PORTS)))
def test_neither_name_nor_password_is_in_any_fact(name: bytes, secret: bytes, port: int):
    plain = b64encode(b"\0" + name + b"\0" + secret)
    for line in (
        *(b"USER " + name, b"PASS " + secret, b"a LOGIN " + name + b" " + secret),
        *(b"AUTH PLAIN " + plain, plain, b"a AUTHENTICATE PLAIN " + plain),
    ):
        facts, _ = told(dialogues.read, line + b"\r\n", ANY, port)
        said = repr(facts).encode()
        assert name not in said
        assert secret not in said
        assert plain not in said


@given(st.binary(min_size=1, max_size=100), st.sampled_from(sorted(dialogues.PORTS)), st.booleans())
def test_no_bytes_make_it_raise(payload: bytes, port: int, served: bool):
    dialogues.begins(payload)
    for line in (payload, b"AUTH PLAIN " + payload, b"a LOGIN " + payload, b"334 " + payload):
        assert not told(dialogues.read, line, *((port, ANY) if served else (ANY, port)))[1]


@given(st.text("AZaz09+/", min_size=4, max_size=40))
def test_words_that_could_be_base64_are_none(word: str):
    """PASS and its like have letters enough."""
    dialogues.begins(word.encode())
    assert not told(dialogues.read, word.encode(), ANY, 110)[1]
