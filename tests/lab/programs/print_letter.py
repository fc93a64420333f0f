"""Prints a letter of no meaning: ``python -m tests.lab.programs.print_letter ADDRESS``.

Asks a printer for its model by PJL on the raw port and sends it a page, then asks for its state
by IPP (RFC 8011, Get-Printer-Attributes), as a driver does.
"""

import socket
import struct
import sys
from http.client import HTTPConnection

_PJL = b"\x1b%-12345X@PJL\r\n@PJL INFO ID\r\n"
_PAGE = b"@PJL ENTER LANGUAGE=PCL\r\n" + b"Une lettre sans importance.\r\n" * 20 + b"\x1b%-12345X"


def main(address: str) -> None:
    with socket.create_connection((address, 9100), timeout=5) as door:
        door.sendall(_PJL)
        door.recv(512)
        door.sendall(_PAGE)
    connection = HTTPConnection(address, 631, timeout=5)
    headers = {"Content-Type": "application/ipp", "User-Agent": "Windows-IPP/1.0"}
    connection.request("POST", "/ipp/print", _question(address), headers)
    connection.getresponse().read()
    connection.close()


def _question(address: str) -> bytes:
    attributes = (
        (0x47, "attributes-charset", "utf-8"),
        (0x48, "attributes-natural-language", "en"),
        (0x45, "printer-uri", f"ipp://{address}/ipp/print"),
    )
    body = struct.pack("!BBHI", 2, 0, 0x000B, 1) + b"\x01"
    for tag, name, value in attributes:
        body += struct.pack("!BH", tag, len(name)) + name.encode()
        body += struct.pack("!H", len(value)) + value.encode()
    return body + b"\x03"


if __name__ == "__main__":
    main(*sys.argv[1:])
