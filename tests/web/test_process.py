"""The worker gives memory back, and does not outlive its parent."""

import os
import select
import subprocess
import sys
from pathlib import Path

from tests.kit.serving import serving

HASH = """
from concurrent.futures import ThreadPoolExecutor
from web.access import passwords
from web.process import be_thrifty
assert be_thrifty()
with ThreadPoolExecutor(8) as pool:
    for _ in range(3):
        list(pool.map(passwords.hashed, ["trois petits chats gris"] * 8))
    print(open("/proc/self/status").read().partition("VmRSS:")[2].split()[0])
"""


def test_pass_phrases_leave_no_memory_behind() -> None:
    """Eight threads that each kept the 19 MiB of a hash would hold 150 MB."""
    told = [sys.executable, "-c", HASH]
    found = subprocess.run(told, capture_output=True, text=True, check=True)
    assert int(found.stdout) < 80_000


def test_a_worker_ends_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    """Otherwise it would keep the port from the next server."""
    with serving(tmp_path) as server:
        pid = server.process.pid
        (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        ending = os.pidfd_open(int(worker))
        try:
            server.process.kill()
            server.process.wait(10)
            assert _ended(ending)
        finally:
            os.close(ending)


def _ended(pidfd: int) -> bool:
    """Wait for a process to end; tell whether it did (pidfd_open(2): readable then)."""
    return bool(select.select([pidfd], [], [], 10)[0])


def test_the_codec_of_host_names_is_there_before_any_thread() -> None:
    script = (
        "import sys\nfrom web.process import load_early\n"
        "before = 'encodings.idna' in sys.modules\nload_early()\n"
        "print(before, 'encodings.idna' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert told.stdout.split() == [b"False", b"True"]
