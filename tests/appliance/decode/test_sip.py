"""SIP, by the examples of RFC 3261 section 24."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appliance.decode.reader import LONGEST_TEXT
from appliance.decode.sip import PORT, begins, read
from appliance.facts import BannerHeard
from tests.kit.messages import ALICE, ALICE_IP, SERVER_IP, told

REGISTER = """REGISTER sip:registrar.biloxi.example SIP/2.0
Via: SIP/2.0/UDP bobspc.biloxi.example:5060;branch=z9hG4bKnashds7
Max-Forwards: 70
To: Bob <sip:bob@biloxi.example>
From: Bob <sip:bob@biloxi.example>;tag=456248
Call-ID: 843817637684230@998sdasdh09
CSeq: 1826 REGISTER
Contact: <sip:bob@192.0.2.4>
{field}
Content-Length: 0

"""
INVITE = REGISTER.replace("REGISTER sip:", "INVITE sip:alice@")
OK = REGISTER.replace("REGISTER sip:registrar.biloxi.example SIP/2.0", "SIP/2.0 200 OK")
DENIED = OK.replace("200 OK", "401 Unauthorized")


def encoded(text: str, field: str) -> bytes:
    return text.replace("{field}", field).replace("\n", "\r\n").encode()


def heard(message: bytes) -> BannerHeard:
    assert begins(message)
    (fact,), broken = told(read, message, PORT, PORT)
    assert isinstance(fact, BannerHeard)
    assert not broken
    assert (fact.mac, fact.src, fact.dst, fact.protocol) == (ALICE, ALICE_IP, SERVER_IP, "sip")
    return fact


@pytest.mark.parametrize(
    ("text", "field", "server"),
    [
        (REGISTER, "User-Agent: Yealink SIP-T46S 66.85.0.5", False),
        (INVITE, "user-agent:Yealink SIP-T46S 66.85.0.5 ", False),
        (OK, "Server: Yealink SIP-T46S 66.85.0.5", True),
        (OK, "User-Agent: Yealink SIP-T46S 66.85.0.5", True),
        (DENIED, "Server: Yealink SIP-T46S 66.85.0.5", True),
    ],
)
def test_a_telephone_says_what_it_is(text: str, field: str, server: bool):
    """Its product, and whether it answers; nobody's name or number."""
    fact = heard(encoded(text, field))
    assert (fact.says, fact.server) == ("Yealink SIP-T46S 66.85.0.5", server)
    assert "bob" not in repr(fact).lower()


def test_who_does_not_say_what_it_is_still_speaks_it():
    """As the standard's own examples."""
    assert heard(encoded(REGISTER, "X: y")).says == ""


@given(st.text(st.characters(categories=("Lu", "Ll")), min_size=4, max_size=12))
def test_no_name_of_a_person_is_kept(person: str):
    """Of a call, nor of an owner in the product's comment."""
    field = f"User-Agent: Phone/1.2 ({person}'s) Kit/3"
    text = INVITE.replace("Bob", person).replace("bob", person)
    assume(person.casefold() not in "bannerheard protocol server says phone kit")
    fact = heard(encoded(text, field))
    assert fact.says == "Phone/1.2 Kit/3"
    assert person not in repr(fact)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\r\n\r\n",
        b"REGISTER sip:a HTTP/1.1\r\n\r\n",
        b"BYE sip:a SIP/2.0\r\n\r\n",
        b"INVITE sip:cut",
        b"SIP/3.0 200 OK\r\n\r\n",
    ],
)
def test_other_things_on_its_port_are_passed_over(message: bytes):
    """Keep-alives, other methods, heads that are cut in their first line."""
    assert told(read, message, PORT, PORT) == ([], False)


def test_a_product_is_bounded_and_spelt_harmlessly():
    """As all text from the wire."""
    says = heard(encoded(REGISTER, "User-Agent: <b>\0" + "x y " * 300)).says
    assert says.startswith(r"<b>\000x")
    assert len(says) <= LONGEST_TEXT


@given(st.sampled_from((REGISTER, OK)), st.integers(0, 400), st.binary(max_size=200))
def test_no_bytes_make_it_raise(text: str, size: int, tail: bytes):
    """Cut anywhere, and going on with anything."""
    message = encoded(text, "User-Agent: Phone/1.2")[:size] + tail
    begins(message)
    told(read, message, PORT, PORT)
