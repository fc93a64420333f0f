"""Gives orders, or obeys, where the real programs are for Windows or nobody's to carry along.

``orders obey HOST PORT cmd|powershell`` calls HOST and says, byte for byte, what a shell of Windows
does that was tied to a socket: a replay, no shell. ``orders send PORT FILE [loader]`` sends the
program FILE to whoever calls, unasked, behind its length, as Metasploit's handler does, and then
gives two orders; with ``loader`` its first bytes are code, and its length goes ahead alone.
``orders load HOST PORT`` is whoever calls: it takes a program in and answers orders, running
nothing. ``orders update PORT FILE`` and ``orders ask HOST PORT`` are a server of updates and its
client, which says what it has before it is sent the same.
"""

import socket
import sys
from pathlib import Path
from time import sleep

_CMD = (
    b"Microsoft Windows [version 10.0.19045.3803]\r\n",
    b"(c) Microsoft Corporation. Tous droits r\x82serv\x82s.\r\n\r\nC:\\Windows\\system32>",
)
_POWERSHELL = (b"PS C:\\Users\\accueil> ",)
_ANSWERS = {
    "cmd": b"autorite nt\\syst\x8ame\r\n\r\nC:\\Windows\\system32>",
    "powershell": b"accueil\\accueil\r\nPS C:\\Users\\accueil> ",
}
_LOADER = bytes.fromhex("4d5a4152554889e54883ec20e8000000005b")
"""Code in the place of a program's old head: push r10, push rbp, …, call to the next line."""
_PAUSE = 1.2
"""Seconds of thought: more than those in which the box counts."""
_LONGEST = 4096


def obey(host: str, port: str, kind: str) -> None:
    with socket.create_connection((host, int(port)), timeout=20) as door:
        for part in _CMD if kind == "cmd" else _POWERSHELL:
            door.sendall(part)
            sleep(0.05)
        while order := door.recv(_LONGEST):
            if kind == "cmd":
                door.sendall(order.rstrip(b"\n") + b"\r\n")
                sleep(0.05)
            door.sendall(_ANSWERS[kind])


def send(port: str, file: str, *how: str) -> None:
    program = Path(file).read_bytes()
    length = len(program).to_bytes(4, "little")
    with _called(port) as door:
        if how:
            door.sendall(length)
            sleep(0.05)
            door.sendall(_LOADER + program[len(_LOADER) :])
        else:
            door.sendall(length + program)
        for order in (b"\0\0\0\x20 who are you", b"\0\0\0\x20 what is here"):
            sleep(_PAUSE)
            door.sendall(order)
            door.recv(_LONGEST)


def load(host: str, port: str) -> None:
    with socket.create_connection((host, int(port)), timeout=20) as door:
        _take_in(door)
        while order := door.recv(_LONGEST):
            door.sendall(b"\0\0\0\x40" + order)


def update(port: str, file: str) -> None:
    program = Path(file).read_bytes()
    with _called(port) as door:
        door.recv(_LONGEST)
        door.sendall(len(program).to_bytes(4, "little") + program)
        sleep(_PAUSE)
        door.recv(_LONGEST)
        sleep(_PAUSE)
        door.sendall(b"bye")


def ask(host: str, port: str) -> None:
    with socket.create_connection((host, int(port)), timeout=20) as door:
        door.sendall(b"version 11.2.0")
        _take_in(door)
        sleep(_PAUSE)
        door.sendall(b"installed 11.2.1")
        door.recv(_LONGEST)


def _called(port: str) -> socket.socket:
    with socket.create_server(("", int(port))) as server:
        return server.accept()[0]


def _take_in(door: socket.socket) -> None:
    with door.makefile("rb", buffering=0) as file:
        left = int.from_bytes(file.read(4) or b"", "little")
        while left:
            left -= len(file.read(left) or b"\0" * left)


if __name__ == "__main__":
    ways = {"obey": obey, "send": send, "load": load, "update": update, "ask": ask}
    ways[sys.argv[1]](*sys.argv[2:])
