"""Logs on to a file server as Windows 10 does.

``python -m tests.lab.programs.log_on ADDRESS NAME``

smbclient cannot say that it is Windows, so this speaks the first messages of SMB2 itself: the
dialects, then NTLM with the version of Windows and the machine's NAME. It logs on as nobody; the
server is a real one, and whether it agrees does not matter.
"""

import socket
import struct
import sys
from typing import Any

from tests.kit import logons
from tests.kit.scapy_layers import layer

two, netbios = layer("smb2"), layer("netbios")
_NEGOTIATE, _SESSION_SETUP = 0, 1
_NONE = 0xFFFF
"""The process id of Windows' own messages."""


def main(address: str, name: str) -> None:
    with socket.create_connection((address, 445), timeout=5) as door:
        _ask(door, _offer(), _NEGOTIATE, 0, 0)
        hello = two.SMB2_Session_Setup_Request(SecurityBlob=logons.offered(logons.negotiate()))
        answer = _ask(door, hello, _SESSION_SETUP, 1, 0)
        (session,) = struct.unpack_from("<Q", answer, 4 + 40)
        proof = logons.answered(logons.authenticate(name, user="", domain=""))
        _ask(door, two.SMB2_Session_Setup_Request(SecurityBlob=proof), _SESSION_SETUP, 2, session)


def _offer() -> Any:
    """Offer what Windows 10 does; SMB 3.1.1 must say how its hello is made sure of."""
    sure = two.SMB2_Preauth_Integrity_Capabilities(HashAlgorithms=[1], Salt=bytes(32))
    return two.SMB2_Negotiate_Protocol_Request(
        Dialects=[0x0202, 0x0210, 0x0300, 0x0302, 0x0311],
        NegotiateContexts=[two.SMB2_Negotiate_Context(ContextType=1) / sure],
    )


def _ask(door: socket.socket, body: Any, command: int, number: int, session: int) -> bytes:
    """Send a message; give the answer, with its four octets of length."""
    head = two.SMB2_Header(
        Command=command, MID=number, PID=_NONE, SessionId=session, CreditRequest=1
    )
    door.sendall(bytes(netbios.NBTSession() / (bytes(head) + bytes(body))))
    answer = door.recv(4096)
    if answer[4:8] != b"\xfeSMB":
        raise SystemExit(f"no answer in SMB2: {answer[:80]!r}")
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
