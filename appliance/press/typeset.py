"""``python -m appliance.press.typeset FOLDER``: sets FOLDER/paper.typ as FOLDER/paper.pdf.

In a process of its own: typst takes 100 MB for a moment, which a process that ends gives back.
"""

import sys
from pathlib import Path
from typing import Literal

import typst

STANDARD: Literal["a-2b"] = "a-2b"
"""PDF/A-2b (ISO 19005-2): whatever is needed to show it is inside, for the archives of years."""


def typeset(folder: Path) -> None:
    """Set the paper; fonts are those inside typst, the same on every box."""
    typst.compile(
        str(folder / "paper.typ"),
        output=str(folder / "paper.pdf"),
        root=str(folder),
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
    )


if __name__ == "__main__":
    typeset(Path(sys.argv[1]))
