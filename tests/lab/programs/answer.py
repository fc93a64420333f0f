"""Answers questions for names that go to everybody, by LLMNR, NetBIOS and mDNS.

    python -m tests.lab.programs.answer ADDRESS NAME=ADDRESS…

ADDRESS is the machine's own. A NAME that is asked is answered with the address behind it; the
NAME ``*`` stands for all there are, which is what Responder does. Only questions for addresses of
version 4 are answered, alone to who asked, in Responder's form: by LLMNR with the question
repeated, by the others with none, to live for 30 seconds, 2 minutes and 3 days.
"""

import selectors
import socket
import struct
import sys

_MDNS, _LLMNR, _NBNS = ("224.0.0.251", 5353), ("224.0.0.252", 5355), ("", 137)
_HEAD = struct.Struct("!6H")
_A, _NB = 1, 32
_INTERNET = 1


def main(own: str, *known: str) -> None:
    names = dict(each.split("=") for each in known)
    doors = selectors.DefaultSelector()
    for group, port in (_MDNS, _LLMNR, _NBNS):
        doors.register(_door(own, group, port), selectors.EVENT_READ, port)
    while True:
        for key, _ in doors.select():
            message, asker = key.fileobj.recvfrom(2048)
            if answer := _answer(message, key.data, names):
                key.fileobj.sendto(answer, asker)


def _door(own: str, group: str, port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("", port))
    if group:
        member = socket.inet_aton(group) + socket.inet_aton(own)
        door.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    return door


def _answer(message: bytes, port: int, names: dict[str, str]) -> bytes:
    number, flags, questions, *_ = _HEAD.unpack_from(message)
    end = message.index(b"\0", _HEAD.size) + 1
    name, question = message[_HEAD.size : end], message[_HEAD.size : end + 4]
    kind, _ = struct.unpack_from("!HH", message, end)
    asked = _NB if port == _NBNS[1] else _A
    spelt = _netbios(name) if port == _NBNS[1] else name[1 : 1 + name[0]].decode().lower()
    address = names.get(spelt) or names.get("*")
    if (
        flags != (0x0110 if port == _NBNS[1] else 0)
        or questions != 1
        or kind != asked
        or not address
    ):
        return b""
    content = socket.inet_aton(address)
    if port == _LLMNR[1]:
        return _message((number, 0x8000, 1), question, _record(name, _A, 30, content))
    if port == _MDNS[1]:
        return _message((0, 0x8400, 0), b"", _record(name, _A, 120, content))
    return _message((number, 0x8500, 0), b"", _record(name, _NB, 300_000, b"\0\0" + content))


def _message(head: tuple[int, int, int], question: bytes, record: bytes) -> bytes:
    return _HEAD.pack(*head, 1, 0, 0) + question + record


def _record(name: bytes, kind: int, life: int, content: bytes) -> bytes:
    return name + struct.pack("!HHIH", kind, _INTERNET, life, len(content)) + content


def _netbios(name: bytes) -> str:
    letters = [letter - ord("A") for letter in name[1:33]]
    pairs = zip(letters[::2], letters[1::2], strict=True)
    return bytes(high << 4 | low for high, low in pairs)[:15].decode().rstrip().lower()


if __name__ == "__main__":
    main(*sys.argv[1:])
