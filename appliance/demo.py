"""The recorded practice day: what is known of that practice, and a box made ready to play it."""

import json
import shutil
import time
from importlib import resources
from pathlib import Path

from appliance import site
from appliance.config import Config
from appliance.decisions import Verdict
from appliance.store import Office

RECORDING = Path(str(resources.files("appliance.data") / "practice-day.pcap.gz"))
"""Some minutes of a practice's network, recorded in the lab (``tests/lab/record.py``)."""
KNOWN = RECORDING.with_name("practice-day.toml")
"""The devices that the technician of that practice has approved."""

AUTHOR = "demo"


def prepare(config: Config) -> Path:
    """Make a box ready that knows the recorded practice; give its configuration's file.

    It has directories of its own, emptied each time, so that nothing of it gets into a real one.
    """
    state = config.state.absolute() / "demo"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    office = Office(state, time.time)
    try:
        _approve(office)
    finally:
        office.close()
    file = state / "vigie.toml"
    # Strings of JSON are strings of TOML.
    file.write_text(
        f"[paths]\nstate = {_quoted(state)}\nrun = {_quoted(state / 'run')}\n"
        f"[practice]\nname = {_quoted(config.practice.name)}\n"
        f"language = {_quoted(config.practice.language)}\n"
        f"[web]\nlisten = {_quoted(config.web.listen)}\n"
        f"names = [{', '.join(map(_quoted, config.web.names))}]\n"
        '[home]\nlearning_days = 0\n[panel]\npins = "simulated"\n',
        "utf-8",
    )
    return file


def _approve(office: Office) -> None:
    standing = site.read(KNOWN).standing
    for mac, known in standing.known.items() if standing else ():
        office.decide(author=AUTHOR, verdict=Verdict.APPROVE, mac=mac)
        office.decide(
            author=AUTHOR,
            verdict=Verdict.DESCRIBE,
            mac=mac,
            name=known.name,
            role=known.role,
            place=known.place,
            hosts=known.hosts,
        )


def _quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)
