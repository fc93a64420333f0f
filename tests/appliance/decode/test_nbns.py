"""NetBIOS names, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import Fact, NameAnswered, NameAsked, NetbiosTold, Record
from tests.kit import wire
from tests.kit.scapy_layers import layer

netbios = layer("netbios")

ALICE, ALICE_IP, ALL_IP = "02:00:00:00:00:0a", "192.0.2.10", "192.0.2.255"
NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=15)
ADDRESSES = st.ip_addresses(v=4).map(str)
WORKSTATION, SERVER = 0x4141, 0x4341  # a byte in halves, as scapy wants it


def read(message: object) -> list[Fact]:
    return Decoder().read(wire.udp(1.0, ALICE, ALICE_IP, ALL_IP, 137, 137, bytes(message)))


def told(message: object) -> NameAnswered:
    fact, *_ = read(message)
    assert isinstance(fact, NameAnswered)
    assert (fact.protocol, fact.mac, fact.src) == ("nbns", ALICE, ALICE_IP)
    return fact


def of_itself(message: object) -> tuple[str, str, tuple[str, ...]]:
    """Give name, group and roles of the sender."""
    _, fact = read(message)
    assert isinstance(fact, NetbiosTold)
    assert (fact.at, fact.mac, fact.src) == (1.0, ALICE, ALICE_IP)
    return fact.name, fact.group, fact.roles


def status(*names: tuple[str | bytes, int, bool]) -> object:
    """A node status of names, what they stand for, and whether a group shares them."""
    own = [
        netbios.NBNSNodeStatusResponseService(
            NETBIOS_NAME=name.ljust(15), SUFFIX=end, NAME_FLAGS=0x84 if shared else 0x04
        )
        for name, end, shared in names
    ]
    answer = netbios.NBNSNodeStatusResponse(
        RR_NAME="*" + "\0" * 14,
        SUFFIX=WORKSTATION,
        NODE_NAME=own,
        RDLENGTH=1 + 18 * len(own) + 52,
    )
    return netbios.NBNSHeader() / answer


@given(NAMES, st.sampled_from(((WORKSTATION, "00"), (SERVER, "20"))))
def test_a_question(name: str, suffix: tuple[int, str]):
    """In lower case, with what it stands for at the end."""
    request = netbios.NBNSQueryRequest(QUESTION_NAME=name, SUFFIX=suffix[0])
    assert read(netbios.NBNSHeader() / request) == [
        NameAsked(
            at=1.0,
            mac=ALICE,
            src=ALICE_IP,
            dst=ALL_IP,
            protocol="nbns",
            name=f"{name.lower()}<{suffix[1]}>",
            type=32,
        )
    ]


@given(NAMES, st.lists(ADDRESSES, min_size=1, max_size=4))
def test_an_answer(name: str, addresses: list[str]):
    """It repeats no question: the name it answers is that of its record."""
    entries = [netbios.NBNS_ADD_ENTRY(NB_ADDRESS=address) for address in addresses]
    answer = netbios.NBNSQueryResponse(RR_NAME=name, SUFFIX=WORKSTATION, ADDR_ENTRY=entries, TTL=9)
    found = told(netbios.NBNSHeader() / answer)
    spelt = f"{name.lower()}<00>"
    assert (found.name, found.type, found.code) == (spelt, 32, 0)
    assert found.records == tuple(Record(spelt, 32, address, 9) for address in addresses)


def test_a_name_that_a_group_shares_is_nobodys():
    """It has no value."""
    entry = netbios.NBNS_ADD_ENTRY(G=1, NB_ADDRESS="192.0.2.7")
    answer = netbios.NBNSQueryResponse(RR_NAME="CABINET", SUFFIX=WORKSTATION, ADDR_ENTRY=[entry])
    (record,) = told(netbios.NBNSHeader() / answer).records
    assert (record.name, record.value) == ("cabinet<00>", "")


@given(NAMES, ADDRESSES)
def test_a_computer_that_registers_its_name(name: str, address: str):
    """Nobody asked: there is no name answered, only what is said."""
    request = netbios.NBNSRegistrationRequest(
        QUESTION_NAME=name, SUFFIX=SERVER, NB_ADDRESS=address, TTL=300
    )
    found = told(netbios.NBNSHeader() / request)
    assert (found.name, found.type) == ("", 0)
    assert found.records == (Record(f"{name.lower()}<20>", 32, address, 300),)


def test_a_node_status_lists_the_names_of_its_sender():
    """Its own have its address as value, a group's none."""
    found = told(status(("ALICE-PC", 0, False), ("CABINET", 0, True), ("ALICE-PC", 0x20, False)))
    assert (found.name, found.type) == ("*<00>", 33)
    assert [(record.name, record.value) for record in found.records] == [
        ("alice-pc<00>", ALICE_IP),
        ("cabinet<00>", ""),
        ("alice-pc<20>", ALICE_IP),
    ]


MASTER = b"\1\2__MSBROWSE__\2"


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        ((), ()),
        ((("CABINET", 0x1E, True),), ()),  # stands for election, as every computer may
        ((("ALICE-PC", 0x20, False),), ("server",)),
        ((("CABINET", 0x1C, True),), ("domain_controller",)),
        (
            (("CABINET", 0x1C, True), ("CABINET", 0x1B, False)),
            ("domain_controller", "domain_master"),
        ),
        ((("CABINET", 0x1D, False), (MASTER, 1, True)), ("master_browser",)),
        ((("CABINET", 0x1C, False), ("CABINET", 0x1B, True), ("ALICE-PC", 0x20, True)), ()),
    ],
)
def test_what_a_computer_is_by_its_names(names: tuple, roles: tuple[str, ...]):
    """By what they stand for, and whether a group shares them."""
    both = (("ALICE-PC", 0, False), ("CABINET", 0, True))
    assert of_itself(status(*both, *names)) == ("alice-pc", "cabinet", roles)


@pytest.mark.parametrize(
    ("suffix", "shared", "found"),
    [
        (0x4141, 0, ("cabinet", "", ())),
        (0x4141, 1, ("", "cabinet", ())),
        (0x4341, 0, ("cabinet", "", ("server",))),
        (0x424D, 1, ("", "cabinet", ("domain_controller",))),
        (0x424C, 0, ("", "cabinet", ("domain_master",))),
        (0x424E, 0, ("", "cabinet", ("master_browser",))),
        (0x424F, 1, ("", "cabinet", ())),
    ],
)
def test_a_registration_says_what_its_sender_is(suffix: int, shared: int, found: tuple):
    """One name at a time."""
    request = netbios.NBNSRegistrationRequest(
        QUESTION_NAME="CABINET", SUFFIX=suffix, G=shared, NB_ADDRESS=ALICE_IP
    )
    assert of_itself(netbios.NBNSHeader() / request) == found


def test_an_answer_to_a_question_says_nothing_of_its_sender():
    """It may speak for another, as a name server does."""
    entry = netbios.NBNS_ADD_ENTRY(NB_ADDRESS=ALICE_IP)
    answer = netbios.NBNSQueryResponse(RR_NAME="A", SUFFIX=SERVER, ADDR_ENTRY=[entry])
    assert len(read(netbios.NBNSHeader() / answer)) == 1


def test_who_is_logged_on_is_not_kept():
    """Names that end in <03> may be a person's."""
    found = read(status(("ALICE-PC", 0, False), ("DR-BOB", 3, False)))
    assert "bob" not in repr(found).lower()
    request = netbios.NBNSQueryRequest(QUESTION_NAME="DR-BOB", SUFFIX=0x4144)
    assert "bob" not in repr(read(netbios.NBNSHeader() / request)).lower()


def encoded(name: bytes) -> bytes:
    return bytes(part + 65 for byte in name for part in (byte >> 4, byte & 15))


def question(name: bytes) -> bytes:
    return b"\0\1\1\x10\0\1" + bytes(6) + b"\x20" + name + b"\0\0\x20\0\1"


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        (b"\1\2__MSBROWSE__\2\1", r"\001\002__msbrowse__\002<01>"),
        (b"ALICE PC       \0", r"alice\032pc<00>"),
        (b"<SCRIPT>\n      \xff", r"<script>\010<ff>"),
        ("CABINET-É".encode().ljust(15) + b"\0", "cabinet-é<00>"),
        (b"\0" * 15 + b"\x20", "<20>"),
    ],
)
def test_odd_names_are_spelt_harmlessly(name: bytes, spelt: str):
    """As DNS names are; filling is left out."""
    (fact,) = read(question(encoded(name)))
    assert isinstance(fact, NameAsked)
    assert fact.name == spelt


@pytest.mark.parametrize(
    "name", [b"Q" * 32, b"a" * 32, b"\xff" * 32, encoded(b"SHORT") + b"\0" * 22]
)
def test_what_is_no_such_name_is_malformed(name: bytes):
    """Letters that are no halves of bytes, or too few of them."""
    decoder = Decoder()
    message = question(name)
    assert decoder.read(wire.udp(1.0, ALICE, ALICE_IP, ALL_IP, 137, 137, message)) == []
    assert decoder.malformed == 1


def test_a_name_of_another_length_is_malformed():
    """A plain DNS name on this port, or none at all."""
    for name in (b"\5alice\0", b"\0"):
        decoder = Decoder()
        message = b"\0\1\1\x10\0\1" + bytes(6) + name + b"\0\x20\0\1"
        assert decoder.read(wire.udp(1.0, ALICE, ALICE_IP, ALL_IP, 137, 137, message)) == []
        assert decoder.malformed == 1


def test_what_came_before_a_malformed_spot_is_told():
    """And the message is counted."""
    entry = netbios.NBNS_ADD_ENTRY(NB_ADDRESS="192.0.2.7")
    answer = netbios.NBNSQueryResponse(RR_NAME="A", SUFFIX=WORKSTATION, ADDR_ENTRY=[entry, entry])
    broken = bytes(netbios.NBNSHeader() / answer)[:-3]
    broken = broken[:54] + (9).to_bytes(2) + broken[56:]
    decoder = Decoder()
    (fact,) = decoder.read(wire.udp(1.0, ALICE, ALICE_IP, ALL_IP, 137, 137, broken))
    assert isinstance(fact, NameAnswered)
    assert [record.value for record in fact.records] == ["192.0.2.7"]
    assert decoder.malformed == 1


def test_a_thousand_addresses_are_bounded():
    """The first 25 are told."""
    entries = [netbios.NBNS_ADD_ENTRY(NB_ADDRESS="192.0.2.7")] * 1000
    answer = netbios.NBNSQueryResponse(RR_NAME="A", SUFFIX=WORKSTATION, ADDR_ENTRY=entries)
    assert len(told(netbios.NBNSHeader() / answer).records) == 25


@pytest.mark.parametrize("flags", [0xA900, 0x3000, 0x3800, 0xB800])
def test_other_operations_are_passed_over(flags: int):
    """Releases, waits, and answers of a name server to a registration."""
    decoder = Decoder()
    message = b"\0\1" + flags.to_bytes(2) + bytes(8)
    assert decoder.read(wire.udp(1.0, ALICE, ALICE_IP, ALL_IP, 137, 137, message)) == []
    assert decoder.read(wire.udp(1.0, ALICE, ALICE_IP, ALL_IP, 137, 137, bytes(9))) == []
    assert decoder.malformed == 1
