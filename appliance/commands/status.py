"""``vigie status``: how the practice is, as the light says it, how the uplink is, what waits."""

import argparse
import json
from collections.abc import Iterator

from appliance.commands import takes_config
from appliance.commands.orders import ask, exit_status, tell
from appliance.config_place import Place
from appliance.panel.report import moment
from appliance.panel.status import to_json
from appliance.texts import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """Carry it out; the exit status tells whether a cut that was ordered is proven."""
    place, status = ask(options, lambda panel: panel.status())
    if options.json:
        print(json.dumps(to_json(status), ensure_ascii=False))
    else:
        first = say(place.language, f"panel.level.{status.light}.title")
        why = say(place.language, status.light_why) if status.light_why else first
        tell(place.language, status, first, why)
        for line in _waiting(place, isolated=status.state == "isolated"):
            print(line)
    return exit_status(status)


def _waiting(place: Place, *, isolated: bool) -> Iterator[str]:
    """Say what waits to be told, and what could not be."""
    from appliance.store.tally import tally  # noqa: PLC0415 - how the uplink is, is said first
    from appliance.store.trouble import StoreTrouble  # noqa: PLC0415 - too

    try:
        found = tally(place.state)
    except StoreTrouble as trouble:
        yield say(place.language, trouble.what)
        return
    if found.waiting and isolated:
        yield say(place.language, "outputs.wait_isolated", n=found.waiting)
    elif found.waiting:
        at = moment(found.oldest or 0.0)
        yield say(place.language, "outputs.wait", n=found.waiting, at=at)
    for key, count in (("refused", found.refused), ("dropped", found.dropped)):
        if count:
            yield say(place.language, f"outputs.{key}", n=count)
    for way, why in found.troubles.items():
        yield f"  {way}: {why}"
