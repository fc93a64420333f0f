"""Orders to the panel from the command line, and its answer in words.

The order goes out first; what its answer needs (texts in two languages) is loaded afterwards.
"""

import argparse
import time
from collections.abc import Callable

from appliance.commands import FAILED, OK, Refused, takes_config
from appliance.config_place import Place, place_of
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.panel.status import PanelStatus
from appliance.panel.verify import Proof

PROOF_WITHIN = 12.0
"""Seconds to wait for a verdict; the panel has one within 10."""

LOOK_EVERY = 0.1
"""Seconds between two questions whether there is one."""


def takes_reason(parser: argparse.ArgumentParser) -> None:
    """Let an order be told its reason."""
    takes_config(parser)
    parser.add_argument("--why", required=True, metavar="TEXT", help="reason, kept in the journal")


def ask(
    options: argparse.Namespace, request: Callable[[PanelClient], PanelStatus]
) -> tuple[Place, PanelStatus]:
    """Put *request* to the panel of the box meant; give its place and the answer; raises Refused.

    *request* may ask more than once, as `proven` does.
    """
    place = place_of(options.config)
    try:
        return place, request(PanelClient(place.run / "panel.sock"))
    except PanelRefused as refused:
        from appliance.texts import say  # noqa: PLC0415 - the order goes out first

        words = say(place.language, f"panel.error.{refused.key}")
        raise Refused(words, FAILED) from None
    except PanelUnreachable as unreachable:
        raise Refused(unreachable, FAILED) from None


def proven(client: PanelClient, status: PanelStatus) -> PanelStatus:
    """Ask until there is a verdict on the cut, or none came in time."""
    deadline = time.monotonic() + PROOF_WITHIN
    while status.proof is Proof.CHECKING and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY)
        status = client.status()
    return status


def tell(language: str, status: PanelStatus, *before: str) -> None:
    """Print the lines *before*, and how the uplink and the light are; no line twice."""
    from appliance.panel.report import report  # noqa: PLC0415 - the order goes out first

    print("\n".join(dict.fromkeys([*before, *report(status, language).splitlines()])))


def exit_status(status: PanelStatus) -> int:
    """Give OK unless a cut was ordered and is not proven."""
    return OK if status.proof in (Proof.NONE, Proof.PROVEN) else FAILED
