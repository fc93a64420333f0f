"""The panel's journal, as an incident keeps it.

On an installed box only root reads the panel's own files, sealed line by line; the pages have what
the panel says of it, the latest entries, and keep those of before beside them.
"""

from dataclasses import replace
from pathlib import Path

from appliance.dossier import folder
from appliance.panel.control import JOURNAL
from appliance.panel.journal import DamagedJournal, Entry, opened
from appliance.panel.status import PanelStatus

MOST = 2_000
"""Entries kept of what the panel says: as many as its own two files hold."""

SAID = "panel.json"
OLDER = JOURNAL.replace(".", "-older.")


def keep(here: Path, latch: Path, status: PanelStatus | None) -> bool:
    """Keep in *here* the journal in *latch*, and what *status* says of it; tell whether anything.

    Raises OSError when the card does not take it.
    """
    copied = False
    for name in (JOURNAL, OLDER):
        try:
            content = (latch / name).read_bytes()
        except OSError:
            continue
        folder.write(here / name, content)
        copied = True
    if status is not None:
        before: PanelStatus | None = folder.load(here / SAID, PanelStatus)
        every = dict.fromkeys((*status.log, *(before.log if before else ())))
        folder.save(here / SAID, replace(status, log=tuple(every)[:MOST]))
    return copied or status is not None


def load(here: Path) -> tuple[Entry, ...]:
    """Give what is kept of it in *here*, oldest first."""
    found: list[Entry] = []
    for name in (OLDER, JOURNAL):
        try:
            lines = (here / name).read_text("utf-8").splitlines()
            found += [entry for entry, _ in opened(lines)]
        except (OSError, UnicodeDecodeError, DamagedJournal):
            continue
    status: PanelStatus | None = folder.load(here / SAID, PanelStatus)
    said = tuple(reversed(status.log)) if status else ()
    return tuple(sorted(dict.fromkeys((*found, *said)), key=lambda entry: entry.at))
