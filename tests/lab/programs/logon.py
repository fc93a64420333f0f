"""Begin to log on to a file server as a Windows would: ``logon ADDRESS VERSION MACHINE``.

*VERSION* is what NTLM shows, ``6.1.7601``. A real conversation of SMB2 with a real server, up to
its challenge; then the caller thinks better of it, so that no password is needed.
"""

import socket
import sys
from struct import pack

from tests.kit.logons import negotiate, offered

_NEGOTIATE, _SESSION_SETUP = 0, 1
_DIALECTS = {6: (0x0202, 0x0210), 10: (0x0202, 0x0210, 0x0300, 0x0302)}
"""By major version of Windows ([MS-SMB2] section 2.2.3)."""
_BUFFER = 88
"""Where a session setup's token begins."""


def main(server: str, version: str, machine: str) -> None:
    major, minor, build = map(int, version.split("."))
    token = bytes(offered(negotiate((major, minor, build), machine.encode(), b"CABINET")))
    with socket.create_connection((server, 445), timeout=5) as door:
        for number, (command, body) in enumerate(
            ((_NEGOTIATE, _negotiated(_DIALECTS[major])), (_SESSION_SETUP, _set_up(token)))
        ):
            message = _head(command, number) + body
            door.sendall(pack("!I", len(message)) + message)
            if not door.recv(65_536):
                raise SystemExit("the server hung up")


def _head(command: int, number: int) -> bytes:
    """[MS-SMB2] section 2.2.1.2."""
    head = pack("<4sHHIHHIIQIIQ", b"\xfeSMB", 64, 1, 0, command, 31, 0, 0, number, 0xFEFF, 0, 0)
    return head + bytes(16)


def _negotiated(dialects: tuple[int, ...]) -> bytes:
    head = pack("<HHHHI16sQ", 36, len(dialects), 1, 0, 0, b"of no machine!!!", 0)
    return head + pack(f"<{len(dialects)}H", *dialects)


def _set_up(token: bytes) -> bytes:
    return pack("<HBBIIHHQ", 25, 0, 1, 0, 0, _BUFFER, len(token), 0) + token


if __name__ == "__main__":
    main(*sys.argv[1:])
