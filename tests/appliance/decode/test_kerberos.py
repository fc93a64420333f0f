"""Kerberos, against scapy's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.asn1 import asn1

from appliance.decode import Decoder, kerberos, logon
from appliance.facts import KerberosAnswered, KerberosAsked, LogonAsked, LogonJudged
from tests.kit import wire
from tests.kit.alone import ALICE, ALICE_IP, BOB, BOB_IP, envelope, told
from tests.kit.scapy_layers import layer

scapy = layer("kerberos")

AES, RC4 = 18, 23
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789.-", min_size=1, max_size=60)
CIPHERS = st.lists(st.integers(-2000, 2000), max_size=10)


def name(*parts: str) -> Any:
    spelt = [asn1.ASN1_GENERAL_STRING(part) for part in parts]
    return scapy.PrincipalName(nameType=asn1.ASN1_INTEGER(1), nameString=spelt)


def realm() -> Any:
    return asn1.ASN1_GENERAL_STRING("CABINET.LAN")


def encrypted(cipher: int, size: int = 40) -> Any:
    return scapy.EncryptedData(etype=cipher, kvno=2, cipher=b"x" * size)


def ticket(service: Any, cipher: int, size: int = 40) -> Any:
    return scapy.KRB_Ticket(realm=realm(), sname=service, encPart=encrypted(cipher, size))


def body(service: Any, ciphers: list[int], client: Any = None) -> Any:
    return scapy.KRB_KDC_REQ_BODY(
        kdcOptions="forwardable",
        cname=client,
        realm=realm(),
        sname=service,
        etype=[asn1.ASN1_INTEGER(cipher) for cipher in ciphers],
        nonce=7,
    )


def logs_on(who: str = "anne", *, proof: bool = True, ciphers: Any = (AES, RC4)) -> bytes:
    proven = scapy.PADATA(padataType=2, padataValue=encrypted(AES))
    wishes = scapy.PADATA(padataType=128, padataValue=scapy.PA_PAC_REQUEST())
    asks = body(name("krbtgt", "CABINET.LAN"), list(ciphers), name(who))
    padata = [wishes, proven] if proof else [wishes]
    return bytes(scapy.Kerberos(root=scapy.KRB_AS_REQ(padata=padata, reqBody=asks)))


def wants_ticket(
    *service: str, ciphers: Any = (AES, RC4), under: int = AES, size: int = 40
) -> bytes:
    granting = ticket(name("krbtgt", "CABINET.LAN"), under, size)
    hands_in = scapy.KRB_AP_REQ(ticket=granting, authenticator=encrypted(AES))
    padata = [scapy.PADATA(padataType=1, padataValue=hands_in)]
    asks = body(name(*service), list(ciphers))
    return bytes(scapy.Kerberos(root=scapy.KRB_TGS_REQ(padata=padata, reqBody=asks)))


def answers(kind: Any, service: Any, cipher: int, who: str = "anne", size: int = 40) -> bytes:
    reply = kind(
        crealm=realm(),
        cname=name(who),
        ticket=ticket(service, cipher, size),
        encPart=encrypted(AES, size),
    )
    return bytes(scapy.Kerberos(root=reply))


def fails(code: int) -> bytes:
    error = scapy.KRB_ERROR(errorCode=code, realm=realm(), sname=name("krbtgt"))
    return bytes(scapy.Kerberos(root=error))


def in_tcp(message: bytes) -> bytes:
    return bytes(scapy.KerberosTCPHeader(len=len(message))) + message


def read(message: bytes, sport: int = 50_000, dport: int = 88) -> tuple[list, bool]:
    return told(kerberos.read(message, envelope(sport, dport)))


@given(NAMES, st.booleans(), CIPHERS)
def test_a_logon_is_told_by_a_mark_of_the_account(who, proof, ciphers):
    facts, malformed = read(logs_on(who, proof=proof, ciphers=ciphers))
    assert not malformed
    assert facts == [
        KerberosAsked(
            at=1.0,
            mac=ALICE,
            src=ALICE_IP,
            dst=BOB_IP,
            sport=50_000,
            dport=88,
            kind="logon",
            mark=logon.mark(who.encode()),
            proof=proof,
            ciphers=tuple(ciphers),
        ),
        LogonAsked(
            at=1.0,
            mac=ALICE,
            src=ALICE_IP,
            dst=BOB_IP,
            sport=50_000,
            dport=88,
            protocol="kerberos",
            account=logon.mark(who.encode()),
            proof=proof,
        ),
    ]


@given(NAMES, NAMES, CIPHERS, st.sampled_from((17, AES, RC4)))
def test_a_request_for_a_ticket_tells_how_the_one_handed_in_is_encrypted(
    service, host, ciphers, under
):
    facts, malformed = read(wants_ticket(service, host, ciphers=ciphers, under=under))
    assert not malformed
    (fact,) = facts
    assert isinstance(fact, KerberosAsked)
    assert (fact.kind, fact.proof) == ("ticket", True)
    assert fact.mark == logon.mark(f"{service}/{host}".encode())
    assert fact.ciphers == tuple(ciphers)
    assert fact.under == under


@given(NAMES, NAMES, st.sampled_from((17, AES, RC4)))
def test_a_ticket_tells_its_service_and_how_it_is_encrypted(service, host, cipher):
    message = answers(scapy.KRB_TGS_REP, name(service, host), cipher)
    facts, malformed = read(message, 88, 50_000)
    assert not malformed
    (fact,) = facts
    assert isinstance(fact, KerberosAnswered)
    assert (fact.kind, fact.cipher) == ("ticket", cipher)
    assert fact.mark == logon.mark(f"{service}/{host}".encode())


def test_who_is_let_in_has_the_mark_that_was_asked_for():
    facts, _ = read(answers(scapy.KRB_AS_REP, name("krbtgt", "X"), AES, "anne"), 88, 50_000)
    answer, verdict = facts
    assert isinstance(answer, KerberosAnswered)
    assert isinstance(verdict, LogonJudged)
    assert (answer.kind, answer.mark, answer.cipher) == ("logon", logon.mark(b"anne"), AES)
    assert verdict.succeeded


@pytest.mark.parametrize("code", [6, 18, 24])
def test_errors_that_refuse_a_logon_are_told_as_such(code):
    facts, malformed = read(fails(code), 88, 50_000)
    assert not malformed
    assert [type(fact) for fact in facts] == [KerberosAnswered, LogonJudged]
    assert facts[0].code == code
    assert not facts[1].succeeded


@pytest.mark.parametrize("code", [7, 13, 25])
def test_other_errors_refuse_nobody(code):
    """25 only asks for a proof, as it does each time somebody logs on."""
    facts, _ = read(fails(code), 88, 50_000)
    assert [type(fact) for fact in facts] == [KerberosAnswered]


def test_a_long_request_by_tcp_is_put_together():
    stream, decoder, facts = in_tcp(wants_ticket("cifs", "nas", size=3000)), Decoder(), []
    for at in range(0, len(stream), 1400):
        part = stream[at : at + 1400]
        frame = wire.tcp(1.0, ALICE, ALICE_IP, BOB_IP, 50_000, 88, part, seq=1 + at)
        facts += decoder.read(frame)
    (fact,) = [fact for fact in facts if isinstance(fact, KerberosAsked)]
    assert fact.mark == logon.mark(b"cifs/nas")
    assert fact.under == AES
    assert not decoder.malformed


def test_of_a_long_answer_by_tcp_the_first_segment_is_enough():
    stream = in_tcp(answers(scapy.KRB_TGS_REP, name("cifs", "nas"), RC4, size=3000))
    frame = wire.tcp(1.0, BOB, BOB_IP, ALICE_IP, 88, 50_000, stream[:1400])
    (fact,) = Decoder().read(frame)
    assert isinstance(fact, KerberosAnswered)
    assert fact.cipher == RC4


def test_by_udp_it_is_told_by_its_port():
    frame = wire.udp(1.0, ALICE, ALICE_IP, BOB_IP, 50_000, 88, logs_on())
    assert [type(fact) for fact in Decoder().read(frame)] == [KerberosAsked, LogonAsked]


def test_a_message_by_tcp_is_told_from_others_by_its_two_lengths():
    message = in_tcp(logs_on())
    assert kerberos.begins(message)
    assert not kerberos.begins(message[:4] + b"\x30" + message[5:])
    assert not kerberos.begins(b"\0\0\0\x20" + message[4:])


@given(st.data())
def test_no_part_of_a_message_raises_more_than_malformed(data):
    whole = data.draw(
        st.sampled_from((logs_on(), wants_ticket("cifs", "nas"), fails(24)))
        | st.just(answers(scapy.KRB_TGS_REP, name("cifs", "nas"), AES))
    )
    part = whole[: data.draw(st.integers(0, len(whole)))]
    read(part)
    kerberos.begins(in_tcp(part))


@given(st.binary(max_size=200), st.sampled_from((b"", b"\x6a", b"\x6c", b"\x6d\x81", b"\x7e")))
def test_no_bytes_raise_more_than_malformed(noise, head):
    read(head + noise)
    kerberos.begins(bytes(4) + head + noise)


@given(st.text("qxzjQXZJ", min_size=5), st.text("qxzjQXZJ", min_size=5))
def test_no_name_is_in_any_fact(who, service):
    said = repr([read(logs_on(who)), read(wants_ticket(service, who))])
    assert who not in said
    assert service not in said
    assert "CABINET" not in said


def test_what_stands_before_a_malformed_spot_is_told():
    spoilt = logs_on().replace(b"krbtgt", b"\xff\xff\xff\xff\xff\xff")
    spoilt = spoilt[:-20] + b"\x05" * 20
    facts, malformed = read(spoilt)
    assert malformed
    assert facts[0].proof
