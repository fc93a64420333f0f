"""Writes down who did what; an audit that cannot be written stops nobody."""

import logging

from appliance.store import StoreTrouble
from web.box import here

log = logging.getLogger(__name__)


def note(who: str, what: str, detail: str = "") -> None:
    """Write down that *who* did *what*."""
    try:
        here().office.audit(who, what, detail)
    except StoreTrouble as trouble:
        log.warning("The audit could not be written: %s", trouble)
