"""Having a paper set: a source of ours and values beside it, in a folder that then goes.

All that a paper prints comes from its values as plain text: nothing from there is read as markup.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

WITHIN = 60.0
"""Seconds for a paper to be set; a Raspberry Pi takes one or two."""

ROOT = Path(__file__).parents[2]
"""Where our packages are, for the process that sets the paper."""


class PaperError(Exception):
    """The paper could not be set; says why in a line."""


def pdf(source: bytes, values: Mapping[str, object]) -> bytes:
    """Give *source* as a PDF; each of *values* lies beside it as NAME.json. Raises PaperError."""
    with TemporaryDirectory(prefix="vigie-paper-") as folder:
        here = Path(folder)
        (here / "paper.typ").write_bytes(source)
        for name, value in values.items():
            (here / f"{name}.json").write_bytes(msgspec.json.encode(value))
        command = [sys.executable, "-m", "appliance.press.typeset", folder]
        try:
            done = subprocess.run(  # noqa: S603 - our own module, and a folder we made
                command, cwd=ROOT, capture_output=True, text=True, timeout=WITHIN, check=False
            )
            if done.returncode:
                raise PaperError(_last_line(done.stderr))
            return (here / "paper.pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PaperError(str(error)) from error


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:300] if lines else "?"
