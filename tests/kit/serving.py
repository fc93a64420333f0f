"""The pages as they are really served: ``python -m web`` in a process of its own."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

ROOT = Path(__file__).parent.parent.parent

CONFIG = """
[web]
listen = "{address}"
[paths]
state = "{folder}/state"
run = "{folder}/run"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    url: str
    printed: list[str]

    def get(self, path: str) -> tuple[int, str]:
        """Fetch *path*; give status and text."""
        try:
            with urllib.request.build_opener().open(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def free_port(host: str) -> int:
    """Give a port that nobody listens on."""
    with create_server((host, 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, host: str = "127.0.0.1", lines: int = 3) -> Iterator[Server]:
    """Serve on *host*; ready when the box has printed its *lines* and answers."""
    address = f"{host}:{free_port(host)}"
    config = folder / "vigie.toml"
    config.write_text(CONFIG.format(address=address, folder=folder), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "web", "--config", str(config)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    printed = [process.stdout.readline().strip() for _ in range(lines)]
    url = next(line.partition("/setup")[0] for line in printed if line.startswith("http"))
    try:
        yield Server(process=process, url=url, printed=printed)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
