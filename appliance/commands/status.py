"""``vigie status``: how the practice is, as the light says it, and how the uplink is."""

import argparse
import json

from appliance.commands import takes_config
from appliance.commands.orders import ask, exit_status, tell
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
    return exit_status(status)
