"""The incident file on paper: an `Account` set by typst as PDF/A, in a process that then ends."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from appliance.dossier.account import Account
from appliance.texts import say, sentences

WITHIN = 60.0
"""Seconds for the paper to be set; a Raspberry Pi takes one or two."""

MOST = 300
"""Lines of the chronology, and indicators, on paper; all of them are in the ZIP's other files."""


ROOT = Path(__file__).parents[2]
"""Where our packages are, for the process that sets the paper."""


class PaperError(Exception):
    """The paper could not be set; says why in a line."""


def pdf(account: Account) -> bytes:
    """Give *account* as a PDF; raises PaperError."""
    source = resources.files(__package__).joinpath("paper.typ").read_bytes()
    return put_on_paper(source, {"account": account, "words": _words(account)})


def put_on_paper(source: bytes, values: Mapping[str, object]) -> bytes:
    """Give what *source* makes of *values*, files of JSON by their names; raises PaperError."""
    with TemporaryDirectory(prefix="vigie-paper-") as folder:
        here = Path(folder)
        (here / "paper.typ").write_bytes(source)
        for name, value in values.items():
            (here / f"{name}.json").write_bytes(msgspec.json.encode(value))
        command = [sys.executable, "-m", "appliance.dossier.typeset", folder]
        try:
            done = subprocess.run(  # noqa: S603 - our own module, and a folder we made
                command, cwd=ROOT, capture_output=True, text=True, timeout=WITHIN, check=False
            )
            if done.returncode:
                raise PaperError(_last_line(done.stderr))
            return (here / "paper.pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PaperError(str(error)) from error


def _words(account: Account) -> dict[str, object]:
    """Give the words of the paper that are not the account's."""
    language = account.language
    found: dict[str, object] = {
        key.removeprefix("incident_file."): text
        for key, text in sentences(language).items()
        if key.startswith("incident_file.")
    }
    blanks = {"id": account.id, "practice": account.practice or "Vigie"}
    more = len(account.chronology) - MOST
    return found | {
        "subtitle": say(language, "incident_file.subtitle", **blanks),
        "made": say(language, "incident_file.made", at=account.made, version=account.version),
        "law": say(language, "incident_file.law", day=account.law),
        "devices_none": say(language, "incident_fact.systems_none"),
        "indicators_none": say(language, "incident_fact.indicators_none"),
        "date": tuple(datetime.fromtimestamp(account.made_at, UTC).timetuple())[:6],
        "most": MOST,
        "chronology_more": say(language, "incident_file.more", n=more) if more > 0 else "",
    }


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:300] if lines else "?"
