"""Machines whose system nobody mends any more; or that only borrow an old one's name."""

import sys
from dataclasses import replace

from tests.lab import services
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_WINDOWS_7 = (
    "subnet-mask, domain-name, routers, domain-name-servers, netbios-name-servers, "
    "netbios-node-type, netbios-scope, router-discovery, static-routes, classless-routes, "
    "windows-routes, vendor-encapsulated-options"
)
_WINDOWS_10 = (
    "subnet-mask, routers, domain-name-servers, domain-name, router-discovery, static-routes, "
    "vendor-encapsulated-options, netbios-name-servers, netbios-node-type, netbios-scope, "
    "domain-search, classless-routes, windows-routes, proxy-script"
)
_ANDROID = "subnet-mask, routers, domain-name-servers, domain-name, interface-mtu, dhcp-lease-time"
_SEVEN = "Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0"
_NEW = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
_BORROWED = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)"
_PAGES = ("www.meteo.example", "www.journal.example", "www.fournisseur.example")


def windows_7_asks_for_an_address(practice: Practice) -> None:
    """A laptop asks the DHCP server as Windows 7 does."""
    _join(practice, "laptop", "MSFT 5.0", _WINDOWS_7)


def windows_7_browses(practice: Practice) -> None:
    """A browser says what it runs on, to whoever is asked in clear."""
    _browse(practice, "imaging", _SEVEN, *_PAGES)


def windows_7_checks_a_certificate(practice: Practice) -> None:
    """The system itself fetches a list of revoked certificates."""
    _browse(practice, "imaging", "Microsoft-CryptoAPI/6.1", _PAGES[0])


def windows_7_opens_a_share(practice: Practice) -> None:
    """The imaging station logs on to the file server."""
    _log_on(practice, "imaging", "6.1.7601")


def windows_10_opens_a_share(practice: Practice) -> None:
    """One of those that only extended updates still mend."""
    _log_on(practice, "reception", "10.0.19041")


def tablet_of_2019(practice: Practice) -> None:
    """A tablet of the practice tells the DHCP server its version of Android."""
    _join(practice, "laptop", "android-dhcp-10", _ANDROID)


def ordinary_work(practice: Practice) -> None:
    """A machine up to date asks, browses and logs on; its number also covers an older release."""
    _join(practice, "laptop", "MSFT 5.0", _WINDOWS_10)
    _browse(practice, "laptop", _NEW, *_PAGES)
    _browse(practice, "laptop", "Microsoft-CryptoAPI/10.0", _PAGES[0])
    _log_on(practice, "laptop", "10.0.26100")


def linux_uses_the_share(practice: Practice) -> None:
    """Samba on both sides, which names itself 6.1.0."""
    work.use_share(practice, "surgery")


def program_with_a_borrowed_name(practice: Practice) -> None:
    """A program calls its own server under the name of a browser on Windows XP, all day long."""
    for _ in range(5):
        _browse(practice, "reception", _BORROWED, _PAGES[2])
        practice.later(600)
    _browse(practice, "reception", _NEW, *_PAGES)
    _browse(practice, "reception", _BORROWED, *_PAGES)


def telephone_of_a_visitor(practice: Practice) -> None:
    """An old telephone with a made-up hardware address: not the practice's business."""
    _join(practice, "visitor", "android-dhcp-10", _ANDROID)


def _join(practice: Practice, who: str, vendor_class: str, parameters: str) -> None:
    host = replace(practice.hosts[who], vendor_class=vendor_class, parameters=parameters)
    practice.set_port(who, up=True)
    services.take_addresses(practice, [host])


def _browse(practice: Practice, who: str, agent: str, *pages: str) -> None:
    for page in pages:
        url = f"http://{page}/"
        argv = ["curl", "-sS", "-m", "5", "-A", agent, "-o", "/dev/null", url]
        practice.run(who, argv, check=True)


def _log_on(practice: Practice, who: str, version: str) -> None:
    program = [sys.executable, "-m", "tests.lab.programs.logon"]
    server, machine = practice.hosts["nas"].ip, practice.hosts[who].hostname.upper()
    practice.run(who, [*program, server, version, machine], check=True)


SCENES = {
    "windows_7_asks_for_an_address": Scene(play=windows_7_asks_for_an_address),
    "windows_7_browses": Scene(play=windows_7_browses),
    "windows_7_checks_a_certificate": Scene(play=windows_7_checks_a_certificate),
    "windows_7_opens_a_share": Scene(play=windows_7_opens_a_share),
    "windows_10_opens_a_share": Scene(play=windows_10_opens_a_share),
    "tablet_of_2019": Scene(play=tablet_of_2019),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_linux_uses_the_share": Scene(play=linux_uses_the_share),
    "lookalike_program_with_a_borrowed_name": Scene(play=program_with_a_borrowed_name),
    "lookalike_telephone_of_a_visitor": Scene(play=telephone_of_a_visitor),
}
