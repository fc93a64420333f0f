"""``vigie selftest``: show every detector its sign, and write the page that the installer signs."""

import argparse
import time
from pathlib import Path

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.selftest.box import look
from appliance.selftest.page import head, html, passed, row, tail
from appliance.selftest.samples import Result, examine
from appliance.sensing import configured
from appliance.texts import LANGUAGES, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "--lang", choices=LANGUAGES, help="language of the page; else that of the practice"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write a page to sign, as HTML")


def run(options: argparse.Namespace) -> int:
    """Carry it out; the exit status tells whether every detector that is on saw its sign."""
    config = config_of(options)
    language = options.lang or config.practice.language
    box, lists = look(config, options.config, time.time())
    print("\n".join(head(box, language)), flush=True)
    results: list[Result] = []
    for result in examine(configured(config, lists)):
        results.append(result)
        print(row(result, language), flush=True)
    print("\n".join(tail(box, results, language)))
    if options.out:
        _write(options.out, html(box, results, language), language)
    return OK if passed(results) else FAILED


def _write(file: Path, page: str, language: str) -> None:
    try:
        file.write_text(page, "utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(say(language, "selftest.not_written", file=file, why=why), FAILED) from None
    print("\n" + say(language, "selftest.written", file=file))
