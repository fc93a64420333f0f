"""Writes down who did what; an audit that cannot be written stops nobody.

Where systemd keeps what the pages say, each entry's number and hash are said as well: its journal
belongs to another user, so that an audit whose end was cut off no longer fits it.
"""

import logging
import os
import sys

from appliance.store import StoreTrouble
from web.box import here

log = logging.getLogger(__name__)


def note(who: str, what: str, detail: str = "") -> None:
    """Write down that *who* did *what*."""
    try:
        entry = here().office.audit(who, what, detail)
    except StoreTrouble as trouble:
        log.warning("The audit could not be written: %s", trouble)
        return
    if "JOURNAL_STREAM" in os.environ:  # systemd sets it; see its page on the environment
        sys.stderr.write(f"audit {entry.id} {entry.hash}\n")
