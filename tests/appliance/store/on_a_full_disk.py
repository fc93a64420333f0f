"""A program that fills the small disk it is given, and looks how the store gets along.

python -m tests.appliance.store.on_a_full_disk DIRECTORY
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.store import Office, Reader, StoreTrouble, Trouble, Watch
from tests.appliance.store.samples import NOON, Clock, alert, delta, device, place

LARGE = {"target": "x" * 100_000}
"""Words too large for what a full disk has left anywhere."""


@contextmanager
def filled(junk: Path) -> Iterator[None]:
    """Have no octet left on the disk."""
    with junk.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            yield
    junk.unlink()


def main() -> None:
    directory = Path(sys.argv[1])
    clock = Clock()
    with (
        closing(Watch(directory, Keep(), clock)) as watch,
        closing(Office(directory, clock)) as office,
        closing(Reader(directory)) as reader,
    ):
        watch.save_alerts([alert(1)])
        check(watch.faults == (), "nothing is wrong at first")

        with filled(directory / "junk"):
            for number in range(2, 22):
                check(watch.save_alerts([alert(number, words=LARGE)]), "the ballast makes room")
            check(watch.faults == ("health.disk_full",), "and the light says so")
            check(not (directory / "ballast").exists(), "the ballast is gone")
            office.decide(author="marie", verdict=Verdict.CLOSE, alert=alert(1).id)
            office.audit("marie", "isolate")
            watch.count_traffic([delta(NOON)], place)
            watch.flush(NOON + 64)
            check(reader.flows(since=0) == (), "conversations leave the room to alerts")

            with filled(directory / "more"):
                check(not watch.save_alerts([alert(30, words=LARGE)]), "nothing fits any more")
                watch.save_devices([device()])
                watch.flush(NOON + 130)
                check(watch.faults == ("health.disk_full",), "and it is still said")
                check(len(reader.alerts()) == 21, "what was written can still be read")
                try:
                    office.audit("marie", "look", "x" * 100_000)
                except StoreTrouble as trouble:
                    check(trouble.what is Trouble.FULL, "people are told why")
                else:
                    check(False, "an entry that does not fit is refused")

        watch.flush(NOON + 190)
        check(watch.faults == (), "it heals by itself")
        check((directory / "ballast").stat().st_size > 0, "the ballast is aboard again")
        check(len(reader.alerts()) == 22, "no alert was lost")
        check(len(reader.devices()) == 1, "no device was lost")
        check(len(reader.flows(since=0)) == 1, "the conversation waited")
        check(office.verify_audit().entries == 1, "the audit is whole")
    with closing(sqlite3.connect(directory / "vigie.db")) as db:
        check(db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the file is sound")
    check(os.statvfs(directory).f_bavail > 0, "this was a disk of its own")
    sys.stdout.write("well\n")


def check(held: bool, what: str) -> None:
    if not held:
        sys.exit(f"not so: {what}")


if __name__ == "__main__":
    main()
