"""NTLM messages, against scapy's and by the examples in [MS-NLMP] section 4.2."""

from struct import pack_into

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import ntlm
from appliance.facts import Fact, NtlmHeard
from tests.kit import logons
from tests.kit.reading import CLIENT, gather

CHALLENGE_V1 = """
4e 54 4c 4d 53 53 50 00 02 00 00 00 0c 00 0c 00 38 00 00 00 33 82 02 e2 01 23 45 67 89 ab cd ef
00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 06 00 70 17 00 00 00 0f 53 00 65 00 72 00 76 00
65 00 72 00"""
AUTHENTICATE_V1 = """
4e 54 4c 4d 53 53 50 00 03 00 00 00 18 00 18 00 6c 00 00 00 18 00 18 00 84 00 00 00 0c 00 0c 00
48 00 00 00 08 00 08 00 54 00 00 00 10 00 10 00 5c 00 00 00 10 00 10 00 9c 00 00 00 35 82 80 e2
05 01 28 0a 00 00 00 0f 44 00 6f 00 6d 00 61 00 69 00 6e 00 55 00 73 00 65 00 72 00 43 00 4f 00
4d 00 50 00 55 00 54 00 45 00 52 00 98 de f7 b8 7f 88 aa 5d af e2 df 77 96 88 a1 72 de f1 1c 7d
5c cd ef 13 67 c4 30 11 f3 02 98 a2 ad 35 ec e6 4f 16 33 1c 44 bd be d9 27 84 1f 94 51 88 22 b1
b3 f3 50 c8 95 86 82 ec bb 3e 3c b7"""
CHALLENGE_V2 = """
4e 54 4c 4d 53 53 50 00 02 00 00 00 0c 00 0c 00 38 00 00 00 33 82 8a e2 01 23 45 67 89 ab cd ef
00 00 00 00 00 00 00 00 24 00 24 00 44 00 00 00 06 00 70 17 00 00 00 0f 53 00 65 00 72 00 76 00
65 00 72 00 02 00 0c 00 44 00 6f 00 6d 00 61 00 69 00 6e 00 01 00 0c 00 53 00 65 00 72 00 76 00
65 00 72 00 00 00 00 00"""
AUTHENTICATE_V2 = """
4e 54 4c 4d 53 53 50 00 03 00 00 00 18 00 18 00 6c 00 00 00 54 00 54 00 84 00 00 00 0c 00 0c 00
48 00 00 00 08 00 08 00 54 00 00 00 10 00 10 00 5c 00 00 00 10 00 10 00 d8 00 00 00 35 82 88 e2
05 01 28 0a 00 00 00 0f 44 00 6f 00 6d 00 61 00 69 00 6e 00 55 00 73 00 65 00 72 00 43 00 4f 00
4d 00 50 00 55 00 54 00 45 00 52 00 86 c3 50 97 ac 9c ec 10 25 54 76 4a 57 cc cc 19 aa aa aa aa
aa aa aa aa 68 cd 0a b8 51 e5 1c 96 aa bc 92 7b eb ef 6a 1c 01 01 00 00 00 00 00 00 00 00 00 00
00 00 00 00 aa aa aa aa aa aa aa aa 00 00 00 00 02 00 0c 00 44 00 6f 00 6d 00 61 00 69 00 6e 00
01 00 0c 00 53 00 65 00 72 00 76 00 65 00 72 00 00 00 00 00 00 00 00 00 c5 da d2 54 4f c9 79 90
94 ce 1c e9 0b c9 d0 3e"""

MACHINES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=15)
VERSIONS = st.tuples(st.integers(1, 255), st.integers(0, 255), st.integers(0, 65_535))


def heard(server: bool, version: tuple[int, int, int], machine: str, dns_name="") -> NtlmHeard:
    major, minor, build = version
    return NtlmHeard(
        at=1.0,
        mac=CLIENT.mac,
        src=CLIENT.src,
        dst=CLIENT.dst,
        sport=50_000,
        dport=445,
        protocol="smb",
        server=server,
        major=major,
        minor=minor,
        build=build,
        machine=machine,
        dns_name=dns_name,
    )


def told(message: object, whole: bool = True) -> tuple[list[Fact], bool]:
    return gather(ntlm.read(bytes(message), "smb", CLIENT, whole))


def read(message: object) -> list[Fact]:
    facts, malformed = told(message)
    assert not malformed
    return facts


def machine_in(message: object) -> str:
    (fact,), _ = told(message)
    assert isinstance(fact, NtlmHeard)
    return fact.machine


@pytest.mark.parametrize(
    ("example", "fact"),
    [
        (CHALLENGE_V1, heard(True, (6, 0, 6000), "")),
        (AUTHENTICATE_V1, heard(False, (5, 1, 2600), "computer")),
        (CHALLENGE_V2, heard(True, (6, 0, 6000), "server")),
        (AUTHENTICATE_V2, heard(False, (5, 1, 2600), "computer")),
    ],
)
def test_the_examples_of_the_specification(example: str, fact: NtlmHeard):
    """A server that is Windows Vista, a client that is Windows XP; neither user nor domain."""
    assert read(bytes.fromhex(example)) == [fact]


@given(VERSIONS, MACHINES, MACHINES, st.binary(max_size=100))
def test_what_a_server_says(version: tuple[int, int, int], netbios: str, dns: str, before: bytes):
    """Its two names, wherever the message begins; not its domain's."""
    names = {2: "CABINET", 1: netbios, 4: "cabinet.example", 3: f"{dns}.cabinet.example"}
    message = bytes(logons.answered(logons.challenge(names, version)))
    expected = heard(True, version, netbios.lower(), f"{dns.lower()}.cabinet.example")
    assert read(before + message) == [expected]


@given(VERSIONS, MACHINES, st.booleans())
def test_what_a_client_says_last(version: tuple[int, int, int], machine: str, unicode: bool):
    """Its version and its machine's name, in UTF-16 or not."""
    message = logons.answered(logons.authenticate(machine, version, unicode=unicode))
    assert read(message) == [heard(False, version, machine.lower())]


@given(VERSIONS, MACHINES)
def test_what_a_client_says_first(version: tuple[int, int, int], machine: str):
    """Its machine's name only where a flag says that it is there."""
    assert read(logons.offered(logons.negotiate(version))) == [heard(False, version, "")]
    named = logons.offered(logons.negotiate(version, machine.encode(), b"CABINET"))
    assert read(named) == [heard(False, version, machine.lower())]


def test_a_version_counts_only_where_a_flag_says_it_is_there():
    message = bytearray(bytes(logons.negotiate(machine=b"ALICE-PC")))
    message[12:16] = (0xFDFFFFFF).to_bytes(4, "little")
    assert read(message) == [heard(False, (0, 0, 0), "alice-pc")]


def test_other_bytes_in_its_place_are_no_version():
    """The revision is not 15, or the message ends before."""
    message = bytearray(bytes(logons.negotiate()))
    message[39] = 0x41
    assert read(message) == [heard(False, (0, 0, 0), "")]
    assert read(message[:16]) == [heard(False, (0, 0, 0), "")]


def test_a_version_of_zeros_is_none():
    assert read(logons.negotiate((0, 0, 0))) == [heard(False, (0, 0, 0), "")]


@given(st.text("qxzjQXZJ", min_size=4), st.text("qxzjQXZJ", min_size=4), st.binary(min_size=64))
def test_no_user_domain_or_response_is_in_any_fact(user: str, domain: str, response: bytes):
    message = logons.authenticate("ALICE-PC", user=user, domain=domain, response=response[:64])
    assert read(message) == [heard(False, logons.WINDOWS_10, "alice-pc")]


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_machine_field_that_points_elsewhere_reveals_nothing(size: int, start: int):
    """Wherever it points to, it never gives what another field or the head holds."""
    somebody = "qxzjqxzj"
    message = bytearray(
        bytes(logons.authenticate("ALICE", user=somebody, domain=somebody, response=b"qxzj" * 16))
    )
    pack_into("<H2xI", message, 44, size, start)
    assert not set("qxzj") & set(machine_in(message))


@given(st.integers(0, 200), st.integers(0, 300))
def test_a_target_info_that_points_to_the_challenge_reveals_nothing(size: int, start: int):
    message = bytearray(bytes(logons.challenge({1: "SRV"}, secret=b"\1\0\4\0q\0x\0")))
    pack_into("<H2xI", message, 40, size, start)
    assert not set("qx") & set(machine_in(message))


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("ALICE PC", r"alice\032pc"),
        ("<b>\n", r"<b>\010"),
        ("CABINET-É", "cabinet-é"),
        ("a\u202eb", r"a\226\128\174b"),
        ("alice.local.", "alice.local"),
        ("A" * 1000, "a" * 255),
        ("É" * 1000, "é" * 255),
        ("\0", ""),
    ],
)
def test_names_are_spelt_once_and_harmlessly(name: str, spelt: str):
    """As all names are, and cut."""
    assert read(logons.authenticate(name)) == [heard(False, logons.WINDOWS_10, spelt)]


def test_a_name_cut_by_the_end_is_left_out():
    """What came before is told; whether it is a fault the carrier knows."""
    message = bytes(logons.authenticate("ALICE-PC"))[:-1]
    expected = [heard(False, logons.WINDOWS_10, "")]
    assert told(message, whole=False) == (expected, False)
    assert told(message) == (expected, True)


def test_names_of_a_torn_list_are_left_out():
    """It is not what it claims to be; the version is told."""
    message = bytearray(bytes(logons.challenge({1: "SRV", 3: "srv.example"})))
    message[message.index(b"\3\0\x16\0") + 2] = 0xFF
    assert told(message) == ([heard(True, logons.WINDOWS_10, "")], True)


def test_a_thousand_names_are_bounded():
    """Sixteen are looked at."""
    many = logons.ntlm.NTLM_CHALLENGE(
        VARIANT=logons.VARIANT,
        NegotiateFlags=logons.UNICODE | logons.TARGET_INFO,
        TargetInfo=[logons.ntlm.AV_PAIR(AvId=2, Value="X")] * 100
        + [logons.ntlm.AV_PAIR(AvId=1, Value="SRV")],
    )
    assert machine_in(many) == ""


@pytest.mark.parametrize("kind", [0, 4, 0x01000000])
def test_other_kinds_of_message_are_malformed(kind: int):
    assert told(b"NTLMSSP\0" + kind.to_bytes(4, "little") + bytes(60)) == ([], True)


def test_a_signature_far_away_is_not_looked_for():
    message = bytes(logons.negotiate())
    assert read(bytes(4000) + message) != []
    assert read(bytes(4090) + message) == []
    assert read(b"NTLMSSP") == []


@given(st.sampled_from((CHALLENGE_V2, AUTHENTICATE_V2)), st.data())
def test_no_cut_or_changed_message_makes_it_raise(example: str, data: st.DataObject):
    """Anything but Malformed; and names stay bounded."""
    message = bytearray(bytes.fromhex(example))
    places = st.dictionaries(st.integers(8, len(message) - 1), st.integers(0, 255), max_size=8)
    for at, byte in data.draw(places).items():
        message[at] = byte
    facts, _ = told(message[: data.draw(st.integers(0, len(message)))])
    for fact in facts:
        assert isinstance(fact, NtlmHeard)
        assert len(fact.machine) <= 255
        assert fact.machine.isprintable()
