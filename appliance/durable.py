"""Small files that are whole or not at all, and on the medium when a call returns.

Written beside their place, flushed, renamed, and the folder flushed too: after a power cut there is
the old file or the new one (rename(2), fsync(2)).
"""

import os
from collections.abc import Callable
from pathlib import Path


def write(
    path: Path, content: bytes, *, mode: int = 0o666, settle: Callable[[Path], None] | None = None
) -> None:
    """Have *path* hold *content*; raises OSError, and the old file is still there then.

    *settle* is called with the new file before it takes its place.
    """
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if settle is not None:
        settle(beside)
    beside.replace(path)
    flush(path.parent)


def flush(folder: Path) -> None:
    """Have what was made, renamed and removed in *folder* on the medium."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
