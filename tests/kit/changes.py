"""Programs that run ``vigie`` and are told of each change it is about to make to the disk.

As tests/kit/switched.py, in a box. What only looks is no change, nor is the end of each thing in a
folder that is removed: so each change has the same number every time.
"""

from tests.kit.switched import CHANGES

_WATCHED = """
import os, sys
changes, seen = set({changes!r}), 0
def is_change(event, given):
    if event == "open":
        return isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
    if event == "subprocess.Popen":
        return not {{"is-active", "show"}} & set(map(str, given[1]))
    if event == "sqlite3.connect":
        return "mode=ro" not in str(given[0])
    if event == "os.remove":
        return given[1] == -1
    return event in changes - {{"os.rmdir"}}
def hook(event, given):
    global seen
    if is_change(event, given):
        seen += 1
        what = " ".join(map(str, given[1])) if "Popen" in event else given[0]
        before(seen, event, str(what))
{before}
from appliance.cli import main
sys.addaudithook(hook)
status = main(sys.argv[1:])
print("changes", seen)
sys.exit(status)
"""


def watched(before: str, *words: str) -> tuple[str, ...]:
    """Give the program that runs ``vigie`` with *words* and its ``before``, defined in *before*."""
    text = _WATCHED.format(changes=sorted(CHANGES), before=before)
    return ("/opt/vigie/current/bin/python", "-c", text, *words)
