"""Somebody answers in everybody's name; or for himself, or for others with their addresses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab.awaiting import until
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_NAMES = ("compta", "serveur-ancien", "wpad")
_ANSWER = (sys.executable, "-m", "tests.lab.programs.answer")

_NMBD = """
[global]
netbios name = {name}
workgroup = CABINET
interfaces = eth0
bind interfaces only = yes
{more}
private dir = {folder}
lock directory = {folder}
state directory = {folder}
cache directory = {folder}
pid directory = {folder}
log file = {folder}/log
"""


def poisoner_answers_everybody(practice: Practice) -> None:
    """Two workstations look for servers that are no more; a strange machine is all of them."""
    practice.plug("attacker")
    own = practice.hosts["attacker"].ip
    with _answering(practice, "attacker", f"*={own}"):
        for who in ("reception", "surgery"):
            _look_for(practice, who, *_NAMES)
    practice.unplug("attacker")


def poisoner_answers_a_proxy(practice: Practice) -> None:
    """A browser looks for its proxy; nothing else is asked."""
    practice.plug("attacker")
    own = practice.hosts["attacker"].ip
    with _answering(practice, "attacker", f"*={own}"):
        _look_for(practice, "reception", "wpad")
    practice.unplug("attacker")


def poisoner_sends_elsewhere(practice: Practice) -> None:
    """The answers name a third address: that of the machine that collects the passwords."""
    practice.plug("attacker")
    with _answering(practice, "attacker", "*=192.168.50.67"):
        _look_for(practice, "surgery", "compta", "serveur-ancien")
    practice.unplug("attacker")


def ordinary_names(practice: Practice) -> None:
    """Everybody answers for himself; who is not there is not answered for."""
    names = {who: practice.hosts[who] for who in ("nas", "imaging", "printer")}
    with (
        _answering(practice, "nas", f"nas={names['nas'].ip}"),
        _answering(practice, "imaging", f"radio-pc={names['imaging'].ip}"),
        _answering(practice, "printer", f"brn008077100050={names['printer'].ip}"),
    ):
        for who in ("reception", "surgery"):
            asked = [host.hostname.lower() for host in names.values()]
            _look_for(practice, who, *asked, *_NAMES)


def netbios_name_server(practice: Practice) -> None:
    """Samba's name server answers broadcasts for machines that registered with it: nmbd."""
    nas = practice.hosts["nas"].ip
    server = ("wins support = yes", "wins proxy = yes", "netbios aliases = ARCHIVES")
    with (
        _nmbd(practice, "nas", "NAS", *server),
        _nmbd(practice, "imaging", "RADIO-PC", f"wins server = {nas}"),
        _nmbd(practice, "surgery", "SALLE-1", f"wins server = {nas}"),
    ):
        for name in ("NAS", "ARCHIVES", "RADIO-PC", "SALLE-1", "COMPTA"):
            if name != "COMPTA":
                until(f"{name} is registered", 20, lambda name=name: _find(practice, name, nas))
            _find(practice, name)


def sleep_proxy(practice: Practice) -> None:
    """A television answers by mDNS for computers that sleep, with their addresses."""
    asleep = {f"mac-{who}": f"192.168.50.{70 + n}" for n, who in enumerate(("paul", "anne", "luc"))}
    known = [f"{name}={ip}" for name, ip in asleep.items()]
    with _answering(practice, "panoramic", f"salon={practice.hosts['panoramic'].ip}", *known):
        _look_for(practice, "reception", "salon", *asleep)


def _find(practice: Practice, name: str, server: str = "") -> bool:
    """Look for a NetBIOS name, at its *server* or by asking everybody; tell whether it is found."""
    how = ["-U", server, "--recursion"] if server else ["-B", "192.168.50.255"]
    return practice.run("reception", ["nmblookup", *how, name], timeout=20).returncode == 0


@contextmanager
def _answering(practice: Practice, who: str, *names: str) -> Iterator[None]:
    own = practice.hosts[who].ip
    with practice.running(who, (*_ANSWER, own, *names)):
        practice.await_ports(who, 137, 5353, 5355, kind="udp")
        yield


@contextmanager
def _nmbd(practice: Practice, who: str, name: str, *more: str) -> Iterator[None]:
    folder = practice.folder / f"nmbd-{who}"
    folder.mkdir()
    file = folder / "smb.conf"
    file.write_text(_NMBD.format(name=name, folder=folder, more="\n".join(more)))
    argv = ("nmbd", "--foreground", "--no-process-group", f"--configfile={file}")
    with practice.running(who, argv):
        practice.await_ports(who, 137, kind="udp")
        yield


def _look_for(practice: Practice, who: str, *names: str) -> None:
    work.ask(practice, who, "neighbours", practice.hosts[who].ip, *names)


SCENES = {
    "poisoner_answers_everybody": Scene(play=poisoner_answers_everybody),
    "poisoner_answers_a_proxy": Scene(play=poisoner_answers_a_proxy),
    "poisoner_sends_elsewhere": Scene(play=poisoner_sends_elsewhere),
    "ordinary_names": Scene(play=ordinary_names),
    "lookalike_netbios_name_server": Scene(play=netbios_name_server),
    "lookalike_sleep_proxy": Scene(play=sleep_proxy),
}
