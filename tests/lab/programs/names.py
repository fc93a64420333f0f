"""Ask a server for many names, one after the other: ``names SERVER TYPE:NAME…``.

TYPE is the number of a type of record. An answer is awaited, whatever it says.
"""

import socket
import sys
from contextlib import suppress

from tests.kit.wire import dns_question

_PATIENCE = 0.5
_LONGEST = 4096


def main(server: str, *questions: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.settimeout(_PATIENCE)
        for question in questions:
            kind, _, name = question.partition(":")
            door.sendto(dns_question(name, int(kind)), (server, 53))
            with suppress(TimeoutError):
                door.recvfrom(_LONGEST)


if __name__ == "__main__":
    main(*sys.argv[1:])
