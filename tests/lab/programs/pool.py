"""A pool that gives work over stratum, as far as a miner needs; or one line said to somebody.

``python -m tests.lab.programs.pool serve PORT`` or ``… say ADDRESS PORT METHOD``.
"""

import json
import socket
import sys
from socketserver import StreamRequestHandler, ThreadingTCPServer

_DIFFICULTY = 1000
"""So much that nothing is found while this runs."""


class Pool(StreamRequestHandler):
    """Answers each line."""

    def handle(self) -> None:
        while line := self.rfile.readline(4096):
            asked = json.loads(line)
            method = asked.get("method")
            if method == "mining.subscribe":
                self._say(
                    id=asked["id"], result=[[["mining.notify", "1"]], "08000002", 4], error=None
                )
            else:
                self._say(id=asked["id"], result=True, error=None)
            if method == "mining.authorize":
                self._say(id=None, method="mining.set_difficulty", params=[_DIFFICULTY])
                self._say(id=None, method="mining.notify", params=_job())

    def _say(self, **what: object) -> None:
        self.wfile.write(json.dumps(what).encode() + b"\n")


def _job() -> list[object]:
    """Give a piece of work: id, previous block, halves of the coinbase, branches, version, …"""
    return ["1", "0" * 64, "01" * 40, "02" * 40, [], "20000000", "1d00ffff", "5b8d80ff", True]


def say(address: str, port: int, method: str) -> None:
    with socket.create_connection((address, port), timeout=5) as door:
        params = {"user": "essai", "pass": "x"} if method == "login" else {}
        line = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        door.sendall(json.dumps(line).encode() + b"\n")
        door.recv(4096)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        with ThreadingTCPServer(("", int(sys.argv[2])), Pool) as server:
            server.daemon_threads = True
            server.serve_forever()
    else:
        say(sys.argv[2], int(sys.argv[3]), sys.argv[4])
