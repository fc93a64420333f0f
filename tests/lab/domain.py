"""A domain of the practice, kept by a real controller: Samba as Active Directory.

It is made anew for each recording, in the practice's own folder. Programs of its members are MIT
Kerberos, Samba's clients and impacket.
"""

from pathlib import Path

from tests.lab.practice import Practice
from tests.lab.services import PROGRAMS
from tests.lab.wiring import CARD

REALM, DOMAIN, PASSWORD = "CABINET.LAN", "CABINET", "Printemps-2025"
DEBIANS_PYTHON = "/usr/bin/python3"
"""Samba's library and impacket are Debian packages, and only its own Python finds them."""

_CONTROLLER_PORTS = (88, 135, 389, 445)
_START = """
mkdir -p /run/samba && mount -t tmpfs none /run/samba &&
exec samba --foreground --no-process-group --configfile={settings}
"""
"""Its parts meet at a place that cannot be set; each machine has mounts of its own."""
_KRB5 = """
[libdefaults]
default_realm = {realm}
dns_lookup_kdc = false
dns_lookup_realm = false
rdns = false
dns_canonicalize_hostname = false
udp_preference_limit = 1
[realms]
{realm} = {{
  kdc = {ip}
}}
"""


class Domain:
    """A domain whose controller is one machine of the practice."""

    def __init__(self, practice: Practice, controller: str) -> None:
        """Set it up, and wait until its controller answers."""
        self.practice = practice
        self.ip = practice.hosts[controller].ip
        self.name = practice.hosts[controller].hostname
        self._folder = practice.folder / "domain"
        self._folder.mkdir()
        settings = self._folder / "etc/smb.conf"
        self._provision(controller)
        self._share(settings)
        practice.run(
            controller,
            [DEBIANS_PYTHON, str(PROGRAMS / "accounts.py"), str(settings), PASSWORD],
            timeout=30,
            check=True,
        )
        practice.start(controller, ["sh", "-c", _START.format(settings=settings)])
        practice.await_ports(controller, *_CONTROLLER_PORTS, seconds=30)
        self.kerberos = self._folder / "krb5.conf"
        self.kerberos.write_text(_KRB5.format(realm=REALM, ip=self.ip))

    def administrator(self) -> str:
        """Name the controller, and who may do anything there, as impacket spells it."""
        return f"{DOMAIN}/Administrator:{PASSWORD}@{self.ip}"

    def attack(self, who: str, example: str, *about: str) -> None:
        """Have *who* run one of impacket's programs, which Debian ships as examples."""
        file = f"/usr/share/doc/python3-impacket/examples/{example}.py"
        there = ("env", f"--chdir={self.practice.folder}")
        self.practice.run(who, [*there, DEBIANS_PYTHON, file, *about], timeout=60)

    def log_on(self, who: str, account: str, *services: str) -> None:
        """Log on as *account* at a machine, and take tickets for *services*."""
        cache = self._folder / f"{who}-{account}.tickets"
        environment = ["env", f"KRB5_CONFIG={self.kerberos}", f"KRB5CCNAME={cache}"]
        word = self._folder / "word"
        word.write_text(f"{PASSWORD}\n")
        order = f"kinit {account}@{REALM} < {word}"
        self.practice.run(who, [*environment, "sh", "-c", order], check=True)
        if services:
            self.practice.run(who, [*environment, "kvno", *services], check=True)

    def _provision(self, controller: str) -> None:
        options = {
            "interfaces": f"lo {CARD}",
            "bind interfaces only": "yes",
            "ntp signd socket directory": self._folder / "signd",
            "log file": self._folder / "log",
            "server services": "s3fs, rpc, nbt, ldap, cldap, kdc, drepl, winbindd",
        }
        argv = [
            *("samba-tool", "domain", "provision", f"--realm={REALM}", f"--domain={DOMAIN}"),
            *(f"--adminpass={PASSWORD}", "--server-role=dc", "--dns-backend=NONE"),
            *(f"--host-name={self.name}", f"--host-ip={self.ip}", f"--targetdir={self._folder}"),
            *(f"--option={name} = {value}" for name, value in options.items()),
        ]
        self.practice.run(controller, argv, timeout=60, check=True)

    def _share(self, settings: Path) -> None:
        """Have it share its disk, for administrators only, and encrypt nothing, as Windows does."""
        disk = self._folder / "disk"
        disk.mkdir()
        (disk / "Windows").mkdir()
        text = settings.read_text()
        own, others = text.partition("[homes]")[0], text[text.index("[sysvol]") :]
        own += "server max protocol = SMB2_10\n"  # impacket encrypts all of SMB 3 with Samba
        settings.write_text(f"{own}[C$]\npath = {disk}\nread only = no\n\n{others}")
