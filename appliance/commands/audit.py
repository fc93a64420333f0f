"""``vigie audit``: whether the audit is whole, and goes through what was noted elsewhere.

What was noted is NUMBER:HASH, as the pages, an incident's file and the system's journal say it.
"""

import argparse
import re

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.store import Head, Reader, StoreTrouble
from appliance.texts import say

NOTED = re.compile(r"(\d{1,18}):([0-9a-fA-F]{16,64})")

LISTED = 20
"""Broken lines that are named."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("what", choices=["verify"], help="check it from end to end")
    parser.add_argument(
        "noted", nargs="*", metavar="NUMBER:HASH", help="a line that was noted elsewhere"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out; 1 when something is wrong with it."""
    config = config_of(options)
    language = config.practice.language
    heads = [_head(noted, language) for noted in options.noted]
    reader = Reader(config.state)
    try:
        whole = _verify(reader, language)
        held = [_compare(reader, head, language) for head in heads]
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    finally:
        reader.close()
    return OK if whole and all(held) else FAILED


def _verify(reader: Reader, language: str) -> bool:
    check, last = reader.audit_check(), reader.audit_head()
    if check.whole:
        blanks = {"n": check.entries, "last": last.id, "hash": last.hash}
        print(say(language, "audit_check.whole", **blanks))
    else:
        broken = ", ".join(map(str, check.breaks[:LISTED]))
        print(say(language, "audit_check.broken", list=broken))
    return check.whole


def _compare(reader: Reader, head: Head, language: str) -> bool:
    holds = reader.audit_holds(head)
    key = "forgotten" if holds is None else "holds" if holds else "differs"
    print(say(language, f"audit_check.{key}", n=head.id))
    return holds is not False


def _head(noted: str, language: str) -> Head:
    found = NOTED.fullmatch(noted)
    if found is None:
        raise Refused(say(language, "audit_check.unreadable"))
    return Head(id=int(found[1]), hash=found[2].lower())
