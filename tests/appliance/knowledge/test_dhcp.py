"""What a DHCP client is."""

import pytest

from appliance.knowledge.dhcp import clients

WINDOWS_10 = (1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252)
WINDOWS_7 = (1, 15, 3, 6, 44, 46, 47, 31, 33, 121, 249, 43)
ANDROID = (1, 3, 6, 15, 26, 28, 51, 58, 59, 43)


def told(parameters, vendor_class=""):
    return [(hint.os, hint.kind.value) for hint in clients().hints(parameters, vendor_class)]


@pytest.mark.parametrize(
    ("parameters", "system"),
    [
        (WINDOWS_10, "Windows 10 1803+ / 11 / Server 2019+"),
        (WINDOWS_7, "Windows 7 / Vista / Server 2008 (R2)"),
    ],
)
def test_generations_of_windows_ask_for_different_things(parameters, system):
    """And all call themselves the same, which makes them computers."""
    assert told(parameters, "MSFT 5.0") == [(system, "unknown"), ("Windows 2000+", "workstation")]


def test_order_matters():
    """The same options asked in another order are another client."""
    assert told(tuple(reversed(WINDOWS_10))) == []


def test_a_list_of_windows_from_something_else_is_not_windows():
    """The row names the vendor class that goes with it."""
    assert told(WINDOWS_10, "udhcp 1.36.1") == [("Linux", "iot")]


def test_android_says_its_exact_version():
    """In option 60."""
    assert told(ANDROID, "android-dhcp-9") == [("Android 7-10", "phone"), ("Android 9", "unknown")]
    assert told((), "android-dhcp-8.1.0") == [("Android 8.1.0", "unknown")]
    assert told((), "android-dhcp-") == [("Android", "unknown")]
    assert told((), "android-dhcp-<b>") == [("Android", "unknown")]


def test_a_printer_is_told_with_its_maker():
    """Also by what it calls itself alone."""
    (brother,) = clients().hints((6, 3, 1, 15, 66, 67, 13, 12, 44), "")
    assert (brother.kind, brother.maker) == ("printer", "Brother")
    (jetdirect,) = clients().hints((), "Hewlett-Packard JetDirect")
    assert (jetdirect.maker, jetdirect.source_key) == ("HP", "dhcp")


def test_a_client_that_says_nothing_tells_nothing():
    """No options, no class."""
    assert told(()) == []
