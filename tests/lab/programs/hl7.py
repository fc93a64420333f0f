"""Messages of HL7 over TCP: ``hl7 serve PORT`` acknowledges, ``hl7 send ADDRESS PORT`` sends one.

The patient is nobody.
"""

import socket
import sys

_HEAD = r"MSH|^~\&|{}|CABINET|{}|LABO|20251124090000||{}|1|P|2.5.1"
_PATIENT = "PID|1||0||ESSAI^PERSONNE"


def serve(port: int) -> None:
    with socket.create_server(("", port)) as door:
        while True:
            caller, _ = door.accept()
            with caller:
                if caller.recv(65_536):
                    caller.sendall(_wrapped(_HEAD.format("LABO", "LOGICIEL", "ACK"), "MSA|AA|1"))


def send(address: str, port: int) -> None:
    with socket.create_connection((address, port), timeout=5) as door:
        door.sendall(_wrapped(_HEAD.format("LOGICIEL", "LABO", "ADT^A04"), _PATIENT))
        if not door.recv(65_536):
            raise SystemExit("no acknowledgement")


def _wrapped(*segments: str) -> bytes:
    """MLLP, release 1."""
    return b"\x0b" + "".join(f"{segment}\r" for segment in segments).encode() + b"\x1c\r"


if __name__ == "__main__":
    what, *how, last = sys.argv[1:]
    {"serve": serve, "send": send}[what](*how, int(last))
