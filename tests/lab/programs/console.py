"""A device's console by Telnet: negotiates options (RFC 854, 857, 858), says who it is, hangs up.

``python -m tests.lab.programs.console``
"""

import socketserver

_IAC, _DO, _WILL = 0xFF, 0xFD, 0xFB
_ECHO, _GO_AHEAD, _TERMINAL = 1, 3, 24


class Console(socketserver.StreamRequestHandler):
    """One visit."""

    def handle(self) -> None:
        options = ((_WILL, _ECHO), (_WILL, _GO_AHEAD), (_DO, _TERMINAL))
        self.wfile.write(bytes(byte for option in options for byte in (_IAC, *option)))
        self.wfile.write(b"\r\nNetwork printer\r\nlogin: ")
        self.rfile.read1(64)


if __name__ == "__main__":
    socketserver.TCPServer.allow_reuse_address = True
    socketserver.TCPServer(("", 23), Console).serve_forever()
