"""Somebody tries passwords, by hydra and smbclient; or a program has an outdated one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lab import services
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

NAME, PASSWORD = "admin", "Printemps2025"
_PAGES = 8080
_WRONG = tuple(f"essai{number}" for number in range(24))
_SSHD = """
HostKey {folder}/ssh_host
AuthorizedKeysFile {folder}/ssh_user.pub
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PermitRootLogin yes
"""


def ssh_by_hydra(practice: Practice) -> None:
    """Four tasks at once, some tries in each conversation, without success."""
    with _sshd(practice, "nas"):
        practice.plug("attacker")
        _hydra(practice, "attacker", "nas", "ssh", "-t", "4", words=_WRONG)
        practice.unplug("attacker")


def ssh_and_then_a_session(practice: Practice) -> None:
    """After the tries somebody is in, and fetches a file."""
    with _sshd(practice, "nas"):
        practice.plug("attacker")
        _hydra(practice, "attacker", "nas", "ssh", "-t", "4", words=_WRONG)
        practice.later(60)
        _ssh(practice, "attacker", "head -c 30000 /dev/zero")
        practice.unplug("attacker")


def ftp_guessed(practice: Practice) -> None:
    """The last word of the list is the password."""
    with guarded(practice, "nas"):
        practice.plug("attacker")
        _hydra(practice, "attacker", "nas", "ftp", "-t", "4", words=(*_WRONG, PASSWORD))
        practice.unplug("attacker")


def page_guessed(practice: Practice) -> None:
    """A device's page that asks for a password; the last word is the right one."""
    with guarded(practice, "printer"):
        practice.plug("attacker")
        how = ("-t", "4", "-s", str(_PAGES))
        words = (*_WRONG, PASSWORD)
        _hydra(practice, "attacker", "printer", "http-get", *how, words=words)
        practice.unplug("attacker")


def share_guessed(practice: Practice) -> None:
    """A workstation here tries the file server with one name, and gets in."""
    _let_in(practice)
    for word in (*_WRONG, PASSWORD):
        _look(practice, "surgery", word)


def accounts_sprayed(practice: Practice) -> None:
    """One password for everybody."""
    names = practice.folder / "names"
    names.write_text("anne\nluc\npaul\nsophie\ncompta\naccueil\n")
    with guarded(practice, "nas"):
        practice.plug("attacker")
        argv = ["hydra", "-I", "-t", "2", "-L", str(names), "-p", "Bienvenue1"]
        practice.run("attacker", [*argv, f"ftp://{practice.hosts['nas'].ip}"], timeout=60)
        practice.unplug("attacker")


def ordinary_work(practice: Practice) -> None:
    """A password mistyped once on the file server and on a page; a session by SSH."""
    _let_in(practice)
    for word in ("Pritemps2025", PASSWORD):
        _look(practice, "reception", word)
    with guarded(practice, "printer"):
        for word in ("Pritemps2025", PASSWORD):
            _fetch(practice, "reception", "-u", f"{NAME}:{word}")
    with _sshd(practice, "nas"):
        _ssh(practice, "imaging", "head -c 30000 /dev/zero")
        for _ in range(8):
            _ssh(practice, "imaging", "true")
    work.browse(practice, "reception", work.SITES[0])


def outdated_password(practice: Practice) -> None:
    """A scanner files to a share every three minutes, a monitor looks each minute: both wrong."""
    _let_in(practice)
    with guarded(practice, "printer"):
        for number in range(24):
            _fetch(practice, "imaging", "-u", f"{NAME}:ancien")
            if number % 3 == 0:
                _look(practice, "printer", "ancien")
            practice.later(60)


def expired_session(practice: Practice) -> None:
    """A page left open asks again and again, and is told each time to log on."""
    with guarded(practice, "nas"):
        for _ in range(40):
            url = f"http://{practice.hosts['nas'].ip}:{_PAGES}/etat"
            practice.run("surgery", ["curl", "-sS", "-o", "/dev/null", "-b", "s=1", url])
            practice.later(3)


@contextmanager
def guarded(practice: Practice, who: str) -> Iterator[None]:
    """Have *who* serve files and pages behind `NAME` and `PASSWORD`."""
    argv = (sys.executable, "-m", "tests.lab.programs.guarded", NAME, PASSWORD, "21", str(_PAGES))
    with practice.running(who, argv):
        practice.await_ports(who, 21, _PAGES)
        yield


@contextmanager
def _sshd(practice: Practice, who: str) -> Iterator[None]:
    for key in ("ssh_host", "ssh_user"):
        argv = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(practice.folder / key)]
        practice.run(who, argv, check=True)
    Path("/run/sshd").mkdir(exist_ok=True)
    file = practice.folder / "sshd.conf"
    file.write_text(_SSHD.format(folder=practice.folder))
    with practice.running(who, ("/usr/sbin/sshd", "-D", "-e", "-f", str(file))):
        practice.await_ports(who, 22)
        yield


def _ssh(practice: Practice, who: str, order: str) -> None:
    key, known = practice.folder / "ssh_user", practice.folder / "ssh_known"
    options = ("StrictHostKeyChecking=no", f"UserKnownHostsFile={known}", "IdentitiesOnly=yes")
    argv = [
        "ssh",
        "-F",
        "none",
        "-i",
        str(key),
        *(part for each in options for part in ("-o", each)),
    ]
    practice.run(who, [*argv, f"root@{practice.hosts['nas'].ip}", order], check=True)


def _hydra(
    practice: Practice, who: str, whom: str, service: str, *how: str, words: tuple[str, ...]
) -> None:
    file = practice.folder / "words"
    file.write_text("".join(f"{word}\n" for word in words))
    # -I: an earlier run left unfinished is no reason to wait.
    argv = ["hydra", "-I", "-l", NAME, "-P", str(file), *how, practice.hosts[whom].ip, service]
    practice.run(who, argv, timeout=120)


def _let_in(practice: Practice) -> None:
    """Give the file server an account."""
    conf = practice.folder / "samba-nas/smb.conf"
    services.add_account(conf, PASSWORD)


def _look(practice: Practice, who: str, word: str) -> None:
    share = f"//{practice.hosts['nas'].ip}/donnees"
    practice.run(who, ["smbclient", "-U", f"root%{word}", share, "-c", "ls"])


def _fetch(practice: Practice, who: str, *how: str) -> None:
    url = f"http://{practice.hosts['printer'].ip}:{_PAGES}/"
    practice.run(who, ["curl", "-sS", "-o", "/dev/null", *how, url])


SCENES = {
    "ssh_by_hydra": Scene(play=ssh_by_hydra),
    "ssh_and_then_a_session": Scene(play=ssh_and_then_a_session, snaplen=160),
    "ftp_guessed": Scene(play=ftp_guessed),
    "page_guessed": Scene(play=page_guessed),
    "share_guessed": Scene(play=share_guessed),
    "accounts_sprayed": Scene(play=accounts_sprayed),
    "ordinary_work": Scene(play=ordinary_work, snaplen=700),
    "lookalike_outdated_password": Scene(play=outdated_password),
    "lookalike_expired_session": Scene(play=expired_session),
}
