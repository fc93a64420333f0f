"""``vigie labels``: writes the labels for box and cables, and the legend of the light, as a PDF."""

import argparse
from datetime import datetime
from pathlib import Path

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.press import labels
from appliance.press.setting import PaperError
from appliance.store import Reader, StoreTrouble
from appliance.texts import LANGUAGES, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("file", type=Path, metavar="FILE.pdf", help="the PDF to write")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the labels")
    parser.add_argument(
        "--technician",
        metavar="TEXT",
        help="name and number to print; else what the practice wrote down, or a line for a pen",
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = options.lang or config.practice.language
    caller = options.technician
    if caller is None:
        caller = _written_down(config.state)
    today = datetime.now().astimezone().date()
    try:
        content = labels.pdf(language, caller, config.practice.name, today)
        options.file.write_bytes(content)
    except PaperError as error:
        raise Refused(say(language, "labels.failed", why=error), FAILED) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(
            say(language, "labels.not_written", file=options.file, why=why), FAILED
        ) from None
    print(say(language, "labels.written", file=options.file))
    return OK


def _written_down(state: Path) -> str:
    """Give whom the practice calls; nothing where there is no store yet."""
    try:
        reader = Reader(state)
        try:
            return dict(reader.particulars()).get("technician", "")
        finally:
            reader.close()
    except StoreTrouble:
        return ""
