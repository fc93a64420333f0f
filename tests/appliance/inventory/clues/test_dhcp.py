"""What a DHCP client calls itself and asks for."""

from appliance.facts import DhcpAsked
from appliance.inventory.clues.dhcp import read
from tests.kit.made import made, says, votes

WINDOWS_10 = (1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252)


def test_a_host_name_is_a_name_and_may_tell_a_kind():
    """The name that its owner gave it weighs most."""
    first, *others = read(made(DhcpAsked, hostname="ACCUEIL-1"))
    assert (first.name, first.weight) == ("ACCUEIL-1", 80)
    assert votes(others) == {"workstation"}


def test_what_is_asked_for_tells_the_system():
    """The list is one clue, what the client calls itself another."""
    clues = list(read(made(DhcpAsked, parameters=WINDOWS_10, vendor_class="MSFT 5.0")))
    assert votes(clues, "os") == {"Windows 10 1803+ / 11 / Server 2019+", "Windows 2000+"}
    assert says(clues) == [
        ("dhcp_parameters", "1,3,6,15,31,33,43,44,46,47,119,121,249,252"),
        ("dhcp", "MSFT 5.0"),
    ]


def test_what_no_table_knows_is_shown_without_a_vote():
    """A person may know it."""
    clues = list(
        read(made(DhcpAsked, parameters=(1, 99), vendor_class="DIOS 3", user_class="laser"))
    )
    assert says(clues) == [("dhcp", "DIOS 3"), ("dhcp_parameters", "1,99"), ("dhcp", "laser")]
    assert votes(clues) == votes(clues, "os") == set()


def test_a_client_that_says_nothing_gives_nothing():
    """No empty evidence."""
    assert list(read(made(DhcpAsked))) == []


def test_an_enterprise_number_tells_the_maker():
    """37459 is Yealink's, who makes telephones (IANA)."""
    clues = list(read(made(DhcpAsked, enterprise=37459)))
    assert votes(clues) == {"phone"}
    assert votes(clues, "maker") == {"Yealink"}
    assert says(clues) == [("dhcp", "enterprise 37459")]


def test_microsofts_number_tells_the_system_and_no_maker():
    """Its client brings it on machines of any make."""
    clues = list(read(made(DhcpAsked, enterprise=311)))
    assert votes(clues, "os") == {"Windows"}
    assert votes(clues, "maker") == set()
