"""The command ``vigie``: finds the command's own file in ``commands/`` and runs it.

Only that file is imported: isolating must be quick, and must work when other parts do not.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from appliance.commands import OK, UNUSABLE, Refused

COMMANDS = {
    "run": "start the whole box: panel, sensor, pages, outputs",
    "sensor": "watch the network",
    "panel": "drive light, relay, button and buzzer",
    "probe": "ask on the network whether the uplink is really cut",
    "web": "serve the pages",
    "outputs": "tell people by mail and other ways",
    "switch": "shut the uplink port of a managed switch with the cut",
    "isolate": "cut the uplink, and prove it",
    "reconnect": "join the uplink again",
    "stopcount": "stop the count-down to an automatic cut",
    "prooftest": "cut, see that it shows, join again",
    "status": "say how the practice is",
    "replay": "say what the box would have said of captures",
    "devices": "list the devices, or import names, places and dates",
    "incident": "open an incident, write its file, verify one",
    "privacy": "give all of a device, print papers, delete",
    "report": "say how a month was, or write it as a PDF",
    "labels": "write the labels for box and cables as a PDF",
    "lists": "keep lists of known bad names and addresses",
    "user": "list who may sign in; add, change, give a new pass-phrase, remove",
    "audit": "tell whether the audit of what people did is whole",
    "selftest": "show every detector its sign, and write a page to sign",
    "check": "judge the configuration",
    "backup": "write all that makes this box into one file",
    "restore": "make this box from a backup",
    "update": "put a newer version in use, or go back",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``vigie`` with *arguments*; give its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, TextIOWrapper):  # a sign the terminal lacks is no reason to fall over
        sys.stdout.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(
        prog="vigie",
        description="Watches a dental practice's network, and cuts its uplink on command.",
        epilog="\n".join(f"  {name:<10} {what}" for name, what in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of those below")
    name = parser.parse_args(words[:1]).command
    command = import_module(f"appliance.commands.{name}")
    own = argparse.ArgumentParser(prog=f"vigie {name}", description=COMMANDS[name])
    command.arguments(own)
    try:
        status = int(command.run(own.parse_intermixed_args(words[1:])))
        sys.stdout.flush()  # here, where a reader that has gone is no trouble
    except Refused as refused:
        print(f"vigie: {refused}", file=sys.stderr)
        return refused.status
    except KeyboardInterrupt:
        return UNUSABLE
    except BrokenPipeError:  # whoever read our output has gone, as in `vigie replay … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status
