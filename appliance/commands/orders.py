"""Orders to the panel from the command line, and its answer in words."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.panel.report import report
from appliance.panel.status import PanelStatus
from appliance.panel.verify import Proof
from appliance.texts import say

PROOF_WITHIN = 12.0
"""Seconds to wait for a verdict; the panel has one within 10."""


def takes_reason(parser: argparse.ArgumentParser) -> None:
    """Let an order be told its reason."""
    takes_config(parser)
    parser.add_argument("--why", required=True, metavar="TEXT", help="reason, kept in the journal")


def ask(
    options: argparse.Namespace, request: Callable[[PanelClient], PanelStatus]
) -> tuple[Config, PanelClient, PanelStatus]:
    """Put *request* to the panel and give its answer; raises Refused."""
    config = config_of(options)
    client = PanelClient(Path(config.run) / "panel.sock")
    try:
        return config, client, request(client)
    except PanelRefused as refused:
        words = say(config.practice.language, f"panel.error.{refused.key}")
        raise Refused(words, FAILED) from None
    except PanelUnreachable as unreachable:
        raise Refused(unreachable, FAILED) from None


def await_proof(client: PanelClient, status: PanelStatus) -> PanelStatus:
    """Ask until there is a verdict on the cut, or none came in time."""
    deadline = time.monotonic() + PROOF_WITHIN
    while status.proof is Proof.CHECKING and time.monotonic() < deadline:
        time.sleep(0.1)
        status = client.status()
    return status


def tell(language: str, status: PanelStatus) -> None:
    """Print how the uplink and the light are, in words."""
    print(report(status, language))


def exit_status(status: PanelStatus) -> int:
    """Give OK unless a cut was ordered and is not proven."""
    return OK if status.proof in (Proof.NONE, Proof.PROVEN) else FAILED
