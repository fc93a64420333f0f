"""The recorded practice day: what is known of that practice, and a box made ready to play it."""

import shutil
import time
from dataclasses import replace
from importlib import resources
from pathlib import Path

from appliance import site
from appliance.config import Config
from appliance.model import Verdict
from appliance.store import Office

RECORDING = Path(str(resources.files("appliance.data") / "practice-day.pcap.gz"))
"""Some minutes of a practice's network, recorded in the lab (``tests/lab/record.py``)."""
KNOWN = RECORDING.with_name("practice-day.toml")
"""The devices that the technician of that practice has approved."""

AUTHOR = "demo"


def prepare(config: Config) -> tuple[Config, Path]:
    """Make a box ready that knows the recorded practice; give its configuration, and the file.

    It has directories of its own, emptied each time, so that nothing of it gets into a real one.
    """
    state = config.state / "demo"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    made = replace(
        config,
        state=state,
        run=state / "run",
        home=replace(config.home, learning_days=0.0),
        panel=replace(config.panel, pins="simulated"),
    )
    office = Office(state, time.time)
    try:
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
    finally:
        office.close()
    file = state / "vigie.toml"
    file.write_text(
        f'[paths]\nstate = "{made.state.absolute()}"\nrun = "{made.run.absolute()}"\n'
        f'[practice]\nlanguage = "{made.practice.language}"\n'
        f'[web]\nlisten = "{made.web.listen}"\n'
        '[home]\nlearning_days = 0\n[panel]\npins = "simulated"\n'
    )
    return made, file
