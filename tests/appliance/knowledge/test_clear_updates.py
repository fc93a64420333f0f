"""Hosts from which programs come in clear by design."""

from appliance.knowledge.clear_updates import sends_programs


def test_owners_that_send_programs_in_clear_are_known():
    for name in (
        "au.download.windowsupdate.com",
        "ardownload.adobe.com",
        "r3---sn.gvt1.com",
        "security.debian.org",
        "ftp.hp.com",
    ):
        assert sends_programs(name)


def test_a_stranger_is_none_of_them():
    for name in ("drop.example", "windowsupdate.com.evil.example", "hp.com.example"):
        assert not sends_programs(name)
