"""A box as install.sh leaves it, in a machine that is booted for the test."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kit.booted import SOURCE, Machine, booted, debian, wheelhouse
from tests.kit.vigie import ROOT

PARTS = ("vigie-panel", "vigie-probe", "vigie-sensor", "vigie-web")
WAITING = ("vigie-outputs", "vigie-switch")
"""The parts that by this configuration have no work."""

CONFIG = """
[practice]
language = "en"
[capture]
card = "capture0"
[panel]
pins = "simulated"
management_card = "lan0"
[web]
listen = "0.0.0.0:443"
"""

_SPEAK = """
import socket, threading
one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
for _ in range(3000):
    one.sendto(b"hello", ("10.9.9.255", 9))
    threading.Event().wait(0.2)
"""

_FETCH = """
import ssl, sys, urllib.error, urllib.request
anyone = ssl._create_unverified_context()
try:
    with urllib.request.urlopen(sys.argv[1], timeout=5, context=anyone) as answer:
        print(answer.status)
except urllib.error.HTTPError as error:
    print(error.code)
except OSError:
    print(0)
"""


@contextmanager
def bare(suite: str, packages: Path | None = None) -> Iterator[Machine]:
    """Boot a machine that has what an installer brings along, and a configuration."""
    shared = {
        ROOT / "install.sh": f"{SOURCE}/install.sh",
        ROOT / "systemd": f"{SOURCE}/systemd",
        packages or wheelhouse(suite): f"{SOURCE}/wheelhouse",
    }
    with booted(debian(suite), shared) as machine:
        machine.sh(f"mkdir -p /etc/vigie && cat >/etc/vigie/vigie.toml <<'END'{CONFIG}END")
        yield machine


def install(
    machine: Machine, *words: str, source: str = SOURCE, patience: int = 180
) -> subprocess.CompletedProcess[str]:
    """Run install.sh in *machine*, as it came to *source*."""
    quick = ("env", "VIGIE_SETTLE=3", f"VIGIE_PATIENCE={patience}")
    return machine.run(*quick, f"{source}/install.sh", *words, timeout=600)


@contextmanager
def speaking(machine: Machine) -> Iterator[None]:
    """Have something to be heard on the mirror port until the block ends."""
    pid = str(machine.container.pid)
    speaker = subprocess.Popen(["nsenter", "--target", pid, "-n", "python3", "-c", _SPEAK])
    try:
        yield
    finally:
        speaker.kill()
        speaker.wait()


def status(machine: Machine) -> dict[str, Any]:
    """Give what the panel says; nothing while it does not answer."""
    said = machine.run("vigie", "status", "--json").stdout
    answer: dict[str, Any] = json.loads(said) if said else {}
    return answer


def fetched(machine: Machine, url: str) -> int:
    """Fetch *url* from another machine on the local network; give the status, 0 for none."""
    return int(machine.outside("python3", "-c", _FETCH, url).stdout)


_SET = """
import json, sys
from pathlib import Path
from appliance import settings
settings.save(Path("/var/lib/vigie-settings", settings.FILE), json.loads(sys.argv[1]))
"""


def set_on_pages(machine: Machine, **tables: object) -> None:
    """Have *tables* be what is set on the pages, and nothing else: written as they write it."""
    own = ("setpriv", "--reuid=vigie-web", "--regid=vigie", "--clear-groups")
    done = machine.run(*own, "/opt/vigie/current/bin/python", "-c", _SET, json.dumps(tables))
    assert done.returncode == 0, done.stderr


def asked_as(machine: Machine, user: str, expression: str) -> str:
    """Give what *expression* of the panel's client comes to, asked by *user* of the group."""
    script = (
        "from pathlib import Path\n"
        "from appliance.model import Level\n"
        "from appliance.panel.client import PanelClient, PanelRefused\n"
        "from appliance.panel.heartbeat import Heartbeat\n"
        "panel = PanelClient(Path('/run/vigie/panel.sock'))\n"
        "beat = Heartbeat(level=Level.WELL)\n"
        f"try:\n    print({expression})\nexcept PanelRefused as refused:\n    print(refused.key)\n"
    )
    done = machine.run(
        *("setpriv", f"--reuid={user}", "--regid=vigie", "--clear-groups"),
        *("/opt/vigie/current/bin/python", "-c", script),
    )
    return done.stdout.strip() or done.stderr.strip()
