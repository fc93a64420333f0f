"""A machine says that it runs a system nobody mends any more."""

from dataclasses import replace

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.old_system import Limits, OldSystem
from appliance.facts import AddressClaim, DhcpAsked, HttpAsked, NtlmHeard
from appliance.knowledge.dhcp import clients
from appliance.knowledge.tables import rows
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow, inventory

PC = Mac("f8:bc:12:10:00:40")
ROUTER = Mac("34:49:5b:10:00:01")
VISITOR = Mac("3e:5b:1c:10:00:60")
AT = 1_795_600_000.0
"""25 November 2026."""
IN_2024 = 1_717_200_000.0
IN_2027 = 1_830_000_000.0
WINDOWS_7 = (1, 15, 3, 6, 44, 46, 47, 31, 33, 121, 249, 43)
WINDOWS_10 = (1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252)
SEVEN = "Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0"
NEW = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


def logs_on(version: str, at: float = AT, mac: Mac = PC, **more) -> NtlmHeard:
    major, minor, build = map(int, version.split("."))
    said = {"src": Ip("192.168.1.9"), "protocol": "smb", "server": False} | more
    return NtlmHeard(
        at=at,
        mac=mac,
        dst=Ip("192.168.1.5"),
        sport=50_000,
        dport=445,
        major=major,
        minor=minor,
        build=build,
        machine="accueil",
        **said,
    )


def asks(vendor_class: str, parameters=(), mac: Mac = PC) -> DhcpAsked:
    return DhcpAsked(
        at=AT,
        mac=mac,
        version=4,
        message="request",
        vendor_class=vendor_class,
        parameters=parameters,
    )


def browses(agent: str, host: str, at: float = AT, mac: Mac = PC, src: str = "192.168.1.9"):
    return HttpAsked(
        at=at,
        mac=mac,
        src=Ip(src),
        dst=Ip("93.184.216.34"),
        dport=80,
        method="get",
        host=host,
        user_agent=agent,
        content_type="",
    )


def browses_three(agent: str, **more):
    return [browses(agent, f"{name}.example", **more) for name in ("a", "b", "c")]


def found(*told, network=None, **limits):
    """Give what is said of whom."""
    detector = OldSystem(Limits(**limits))
    return [
        (alert.about, alert.words["system"], alert.words["since"])
        for alert in alerts(detector, *told, network=network)
    ]


SEVEN_FOUND = [(PC, "Windows 7 / Server 2008 R2", "2020-01-14")]


def test_a_windows_that_nobody_mends_is_found_when_it_logs_on():
    """By all three numbers, with the day on which its ordinary updates ended."""
    assert found(logs_on("6.1.7601")) == SEVEN_FOUND


def test_a_server_is_found_by_its_challenge_in_any_protocol():
    """Its own system writes that."""
    assert found(logs_on("6.1.7601", server=True, protocol="http")) == SEVEN_FOUND


@pytest.mark.parametrize("version", ["6.1.0", "6.8.35", "0.0.0", "10.0.99999"])
def test_samba_and_other_systems_than_windows_are_left_alone(version):
    """Linux says the number of its kernel; what no table has is not guessed."""
    assert found(logs_on(version)) == []


def test_a_client_outside_file_sharing_proves_nothing():
    """There, libraries speak that carry a number of their own."""
    assert found(logs_on("6.1.7601", protocol="http")) == []


def test_a_windows_10_is_asked_about_once_ordinary_updates_are_over():
    """Only extended ones still mend it, and the network does not show them."""
    assert found(logs_on("10.0.19041")) == [(PC, "Windows 10 2004-22H2", "2025-10-14")]


def test_a_windows_10_was_fine_before():
    """Though the same number covers a release of 2020 that was over already: time is data."""
    assert found(logs_on("10.0.19041", at=IN_2024)) == []


def test_nobody_is_asked_where_the_technician_does_not_want_it():
    """What is over for certain is still told."""
    assert found(logs_on("10.0.19041"), ask_when_it_depends=0) == []
    assert found(logs_on("6.1.7601"), ask_when_it_depends=0) == SEVEN_FOUND


@pytest.mark.parametrize("version", ["10.0.26100", "10.0.17763", "10.0.14393", "10.0.20348"])
def test_a_number_that_covers_something_still_mended_is_no_finding(version):
    """Every Windows 11 up to date shows one that an older release also had."""
    assert found(logs_on(version)) == []


def test_a_device_is_told_once_for_each_verdict():
    """However often it logs on; and again on the day on which it is over for certain."""
    assert [alert.count for alert in told(*(logs_on("6.1.7601", AT + n) for n in range(9)))] == [1]
    assert [alert.count for alert in told(*(logs_on("6.3.9600", at) for at in (IN_2024, AT)))] == [
        2
    ]


def told(*facts):
    return alerts(OldSystem(Limits()), *facts)


def test_a_dhcp_client_that_asks_as_windows_7_does_is_found():
    """In its order; Vista asked alike."""
    assert found(asks("MSFT 5.0", WINDOWS_7)) == [
        (PC, "Windows 7 / Vista / Server 2008 (R2)", "2020-01-14")
    ]


def test_a_dhcp_client_that_asks_as_others_do_is_left_alone():
    """A later Windows, the same list under another name, and another list."""
    assert found(asks("MSFT 5.0", WINDOWS_10)) == []
    assert found(asks("dhcpcd-9", WINDOWS_7)) == []
    assert found(asks("MSFT 5.0", WINDOWS_7[:5])) == []


def test_a_list_that_is_not_certain_is_no_exact_sign():
    """Windows 2000 is told from its list with less certainty."""
    assert found(asks("MSFT 5.0", (1, 15, 3, 6, 44, 46, 47, 31, 33, 43))) == []


def test_an_android_is_judged_by_the_version_in_its_name():
    """It says so itself."""
    assert found(asks("android-dhcp-10")) == [(PC, "Android 10", "2023-03-06")]
    assert found(asks("android-dhcp-16"), asks("android-dhcp-"), asks("android-dhcp-x")) == []


def test_the_telephone_of_a_visitor_is_none_of_our_business():
    """A made-up address that nobody approved; a telephone of the practice is."""
    assert found(asks("android-dhcp-10", mac=VISITOR)) == []
    ours = inventory(standing=Standing(known={VISITOR: Known(approved=True)}))
    assert found(asks("android-dhcp-10", mac=VISITOR), network=ours) != []


def test_a_browser_on_an_old_windows_is_found_once_it_told_several_hosts():
    assert found(*browses_three(SEVEN)[:2]) == []
    assert found(*browses_three(SEVEN)) == SEVEN_FOUND


def test_a_program_that_carries_an_old_name_calls_only_its_own_server():
    """As often as it likes."""
    assert found(*(browses(SEVEN, "own.example", AT + n) for n in range(50))) == []


def test_an_old_name_counts_for_nothing_beside_a_newer_one():
    """The system itself cannot be both, and newer is what no program makes up."""
    assert found(browses(NEW, "a.example"), *browses_three(SEVEN)) == []
    assert found(logs_on("10.0.26100"), *browses_three(SEVEN)) == []


@pytest.mark.parametrize("agent", [NEW, "", "curl/8.5", "Windows NT", "Microsoft-CryptoAPI/10.0"])
def test_frozen_and_other_names_of_browsers_say_nothing(agent):
    """Windows 10 and 11 say the same."""
    assert found(*browses_three(agent)) == []


def test_the_part_that_checks_certificates_counts_at_once():
    """It is Windows itself."""
    assert found(browses("Microsoft-CryptoAPI/6.1", "crl.example")) == SEVEN_FOUND


def test_traffic_of_others_that_passes_through_says_nothing_of_who_passes_it_on():
    """An outside sender, and an inside one that is another device."""
    assert found(logs_on("6.1.7601", mac=ROUTER, src=Ip("93.184.216.34"))) == []
    claim = AddressClaim(at=AT, mac=PC, sender=PC, ip=Ip("192.168.1.9"), to=ROUTER, answer=False)
    assert found(claim, logs_on("6.1.7601", mac=ROUTER)) == []


def test_a_gateway_says_nothing_of_itself():
    """It may be a proxy that repeats what browsers say."""
    through = flow(AT, PC, "192.168.1.9", "93.184.216.34", 443, peer_mac=ROUTER)
    own = logs_on("6.1.7601", mac=ROUTER, src=Ip("192.168.1.1"))
    assert found(through, own) == []


def test_a_printer_that_logs_on_as_windows_is_left_alone():
    """Its maker took the number of the Windows of that time; people or the box know it."""
    printer = inventory(standing=Standing(known={PC: Known(role="printer")}))
    assert found(logs_on("5.1.2600"), network=printer) == []
    station = inventory(standing=Standing(known={PC: Known(role="panoramic")}))
    assert found(logs_on("5.1.2600"), network=station) == [(PC, "Windows XP", "2014-04-08")]


def test_a_device_known_as_another_system_only_borrows_the_number():
    """A program on a Mac."""

    class Mac26:
        """What is known of a Mac."""

        def __init__(self, network) -> None:
            self._network = network

        def __getattr__(self, name):
            return getattr(self._network, name)

        def device(self, mac):
            return replace(self._network.device(mac), os="macOS 26")

    assert found(logs_on("6.1.7600"), network=Mac26(inventory())) == []


def test_every_generation_that_dhcp_tells_apart_is_known_or_newer():
    """The two tables name it alike."""
    generations = {row["name"] for row in rows("windows_generations")}
    named = {
        hint.os
        for row in rows("dhcp_fingerprints")
        for hint in clients().hints(
            tuple(int(each) for each in row["options"].split(",") if each), row["vendor_class"]
        )
        if hint.os.startswith("Windows") and hint.weight >= 60
    }
    assert named - generations == {"Windows 10 1803+ / 11 / Server 2019+"}
