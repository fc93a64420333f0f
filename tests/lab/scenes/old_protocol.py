"""Machines that speak what should have been given up; or only could."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab import services
from tests.lab.cast import WEB
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_OLD_TLS = ("--tlsv1.0", "--ciphers", "DEFAULT@SECLEVEL=0")
_OLD_SMB = ("--option=client min protocol=NT1",)
_TLS_PORT = 8443

_SNMPD = """
agentaddress udp:161
rocommunity {community}
sysDescr Brother NC-8300h
sysName BRN008077100050
"""


def file_sharing_of_1996(practice: Practice) -> None:
    """An imaging station knows only SMB 1, and the file server still lets it."""
    services.start_old_share(practice, "imaging")
    share = f"//{practice.hosts['imaging'].ip}/donnees"
    for who in ("reception", "surgery"):
        argv = ["smbclient", "-N", *_OLD_SMB, "-m", "NT1", share, "-c", "ls"]
        practice.run(who, argv, check=True)


def console_by_telnet(practice: Practice) -> None:
    """The printer is set up over Telnet; curl is the client."""
    program = (sys.executable, "-m", "tests.lab.programs.console")
    printer = practice.hosts["printer"].ip
    with practice.running("printer", program):
        practice.await_ports("printer", 23)
        argv = ["curl", "-sS", "-m", "2", "-o", "/dev/null", f"telnet://{printer}"]
        practice.run("reception", argv)


def printer_with_old_tls(practice: Practice) -> None:
    """A page of a device here that knows TLS 1.0 only."""
    with _old_tls(practice, "printer"):
        _fetch(practice, f"https://{practice.hosts['printer'].ip}:{_TLS_PORT}/", "1.0")


def outside_server_with_old_tls(practice: Practice) -> None:
    """A supplier's server outside knows TLS 1.0 only; it is about who talks to it."""
    with _old_tls(practice, "internet"):
        _fetch(practice, f"https://{WEB}:{_TLS_PORT}/", "1.0")


def printer_asked_with_public(practice: Practice) -> None:
    """A driver asks the printer for its model, with the password that all printers have."""
    with _snmpd(practice, "public"):
        _get(practice, "reception", "public")
        _get(practice, "surgery", "public")


def ordinary_work(practice: Practice) -> None:
    """Today's versions of everything."""
    work.browse(practice, "reception", *work.SITES)
    work.use_share(practice, "surgery")


def old_is_only_offered(practice: Practice) -> None:
    """Clients that could speak the old ones, to servers that choose new ones."""
    share = f"//{practice.hosts['nas'].ip}/donnees"
    argv = ["smbclient", "-N", *_OLD_SMB, share, "-c", "ls"]
    practice.run("reception", argv, check=True)
    _fetch(practice, f"https://{WEB}/", "1.3")


def question_of_a_guesser(practice: Practice) -> None:
    """SNMP with a password of its own; and questions with ``public`` that nobody answers."""
    with _snmpd(practice, "cabinet-2025"):
        _get(practice, "reception", "cabinet-2025")
        _get(practice, "surgery", "public")


@contextmanager
def _old_tls(practice: Practice, who: str) -> Iterator[None]:
    certificate, key = practice.folder / "web.pem", practice.folder / "web.key"
    argv = (
        *("openssl", "s_server", "-tls1", "-www", "-accept", str(_TLS_PORT), "-quiet"),
        *("-cipher", "DEFAULT@SECLEVEL=0", "-cert", str(certificate), "-key", str(key)),
    )
    with practice.running(who, argv):
        practice.await_ports(who, _TLS_PORT)
        yield


def _fetch(practice: Practice, url: str, newest: str) -> None:
    argv = ["curl", "-sSk", "-m", "5", *_OLD_TLS, "--tls-max", newest, "-o", "/dev/null", url]
    practice.run("reception", argv, check=True)


@contextmanager
def _snmpd(practice: Practice, community: str) -> Iterator[None]:
    file = practice.folder / "snmpd.conf"
    file.write_text(_SNMPD.format(community=community))
    argv = ("snmpd", "-f", "-Lo", "-C", "-c", str(file), "-I", "-smux", "-p", f"{file}.pid")
    with practice.running("printer", argv):
        practice.await_ports("printer", 161, kind="udp")
        yield


def _get(practice: Practice, who: str, community: str) -> None:
    printer = practice.hosts["printer"].ip
    argv = ["snmpget", "-v2c", "-c", community, "-t", "1", "-r", "0", printer, "1.3.6.1.2.1.1.1.0"]
    practice.run(who, argv)


SCENES = {
    "file_sharing_of_1996": Scene(play=file_sharing_of_1996),
    "console_by_telnet": Scene(play=console_by_telnet),
    "printer_with_old_tls": Scene(play=printer_with_old_tls),
    "outside_server_with_old_tls": Scene(play=outside_server_with_old_tls),
    "printer_asked_with_public": Scene(play=printer_asked_with_public),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_old_is_only_offered": Scene(play=old_is_only_offered),
    "lookalike_question_of_a_guesser": Scene(play=question_of_a_guesser),
}
