"""Keeps the evidence of the incident that is open: when it opens, and every few minutes after.

And forgets what people wrote when its time is over.
"""

import logging
import time
from collections.abc import Callable

from appliance.dossier.evidence import Sources, keep
from appliance.incidents import Incident
from appliance.store import StoreTrouble
from web.box import Box
from web.picture import look, or_none

EVERY = 300.0
"""Seconds between two looks; traffic is kept in the database for weeks, and alerts for longer."""

log = logging.getLogger(__name__)


def keep_now(box: Box, incident: Incident) -> str:
    """Keep the evidence of *incident*; give why that failed, or nothing."""
    status = look(box.panel).status
    config = box.config
    sources = Sources(
        state=config.state,
        reader=box.reader,
        status=status,
        latch=config.latch,
        packets=config.packets.keep,
    )
    try:
        keep(sources, incident, box.now())
    except (OSError, StoreTrouble) as trouble:
        log.warning("The evidence of incident %s was not kept: %s", incident.id, trouble)
        return getattr(trouble, "strerror", None) or str(trouble)
    return ""


def go_on(box: Box, wait: Callable[[float], None] = time.sleep, rounds: int | None = None) -> None:
    """Keep the evidence of the incident that is open, again and again; for ever without *rounds*.

    A closed one had its evidence kept when it was closed.
    """
    while rounds is None or rounds > 0:
        wait(EVERY)
        rounds = rounds if rounds is None else rounds - 1
        try:
            box.office.tidy(box.config.keep)
        except StoreTrouble as trouble:
            log.warning("What people wrote was not tidied: %s", trouble)
        incident = or_none(box.reader.open_incident)
        if incident is not None:
            keep_now(box, incident)
