r"""Printers that are spoken to without HTTP: raw printing (port 9100) and LPD (RFC 1179).

On the raw port a printer says its model when it is asked with PJL's ``@PJL INFO ID`` (HP, Printer
Job Language Technical Reference Manual, "INFO Command"). What goes to the printer is never read:
jobs hold documents, their names and who printed them. The names of LPD's queues are not kept.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.reader import text
from appliance.decode.software import heard, product
from appliance.facts import Fact

LPD_PORT = 515
RAW_PORTS = range(9100, 9103)
"""A print server has one for each printer behind it, up to three."""

_PJL = b"@PJL "
_ID = re.compile(rb'@PJL INFO ID ?\r?\n"?([^"\r\n\f]{1,100})"?\r?\n').match
_COMMAND = re.compile(rb"[\1-\5][^\0-\x20\x7f]{1,255}(?: [^\n]{0,255})?\n").match
"""Section 5: a number, a queue, for some commands a list, and a line end."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* may begin as a printer's answer or a command of LPD does."""
    return payload.startswith(_PJL) or _COMMAND(payload) is not None


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact that a printer, or who prints, speaks one of them."""
    if envelope.sport in RAW_PORTS and message.startswith(_PJL):
        found = _ID(message)
        says = product(text(found[1].strip())) if found else ""
        yield heard(envelope, "pjl", server=True, says=says)
    elif envelope.dport == LPD_PORT and _COMMAND(message):
        yield heard(envelope, "lpd", server=False)
