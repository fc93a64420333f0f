"""A small file of the panel: whole or not at all, and on the medium when the call returns.

Written beside its place, flushed, renamed, and the folder flushed too, so that after a power cut
there is the old file or the new one. The panel has this of its own (see `appliance.durable`): an
order to it loads nothing from elsewhere.
"""

import os
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Have *path* hold *content*; raises OSError."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
