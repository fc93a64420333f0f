"""The store on a disk without an octet left."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCRIPT = (
    'mount -t tmpfs -o size=24m none "$1" && exec "$2" -m tests.appliance.store.on_a_full_disk "$1"'
)


def test_alerts_and_decisions_are_saved_on_a_full_disk(tmp_path):
    """The ballast makes room, what still does not fit waits, and all heals when there is room.

    The disk is a small one in memory, in a mount namespace of its own; ordinary users need user
    namespaces for that.
    """
    apart = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
    done = subprocess.run(
        [*apart, "sh", "-c", SCRIPT, "sh", tmp_path, sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("well\n", 0), done.stderr
