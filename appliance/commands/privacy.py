"""``vigie privacy``: all of a device for whoever asks, papers to print, deletions.

What is on the page at ``/privacy``, for when nobody can reach it.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.erasures import What
from appliance.exchange.sheet import plain
from appliance.model import Mac
from appliance.press.setting import PaperError
from appliance.privacy import export, papers
from appliance.privacy.deleting import delete, delete_incident
from appliance.privacy.papers import Known, Paper
from appliance.store import Office, Reader, StoreTrouble
from appliance.texts import LANGUAGES, say

AUTHOR = "console"
"""Who did it, in the audit."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "what",
        choices=list(_DOES),
        help="export HARDWARE-ADDRESS… --out FILE.zip; notice or note --out FILE.pdf;"
        " delete KIND or HARDWARE-ADDRESS… --yes; delete-incident ID --yes",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="devices, a kind, or an incident")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file to write")
    parser.add_argument("--yes", action="store_true", help="delete: it does not come back")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the file")


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = options.lang or config.practice.language
    try:
        return _DOES[options.what](options, config, language)
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None


def _export(options: argparse.Namespace, config: Config, language: str) -> int:
    reader = Reader(config.state)
    try:
        devices = export.chosen(reader, _macs(options, reader, language))
        subject = export.Subject(
            state=config.state,
            reader=reader,
            devices=devices,
            language=language,
            practice=config.practice.name,
            now=time.time(),
        )
        _write(options, language, export.pieces(subject))
    finally:
        reader.close()
    _note(config, f"privacy {' '.join(one.mac for one in devices)}")
    return OK


def _paper(options: argparse.Namespace, config: Config, language: str) -> int:
    reader, office = Reader(config.state), Office(config.state, time.time)
    try:
        known = Known(
            config=config,
            particulars=reader.particulars(),
            accounts=len(office.users()),
            language=language,
            now=time.time(),
        )
    finally:
        reader.close()
        office.close()
    try:
        content = papers.pdf(Paper(options.what), known)
    except PaperError as error:
        raise Refused(_say(language, "failed", why=error), FAILED) from None
    return _write(options, language, [content])


def _delete(options: argparse.Namespace, config: Config, language: str) -> int:
    kinds = [each.value for each in What if each is not What.DEVICE]
    if not options.names:
        raise Refused(_say(language, "no_what", among=", ".join(kinds)))
    macs: tuple[Mac, ...] = ()
    what = What.DEVICE
    if options.names[0] in kinds:
        what = What(options.names[0])
    else:
        reader = Reader(config.state)
        try:
            found = export.chosen(reader, _macs(options, reader, language))
        finally:
            reader.close()
        macs = tuple(mac for one in found for mac in (one.mac, *one.also))
    _sure(options, language)
    office = Office(config.state, time.time)
    try:
        delete(config, office, what, author=AUTHOR, macs=macs)
    finally:
        office.close()
    print(say(language, "privacy.asked"))
    return OK


def _delete_incident(options: argparse.Namespace, config: Config, language: str) -> int:
    _sure(options, language)
    identifier = options.names[0] if options.names else ""
    office = Office(config.state, time.time)
    try:
        if not delete_incident(config, office, identifier, author=AUTHOR):
            raise Refused(_say(language, "no_such_incident", id=plain(identifier)))
    except OSError as error:
        raise Refused(error, FAILED) from None
    finally:
        office.close()
    print(say(language, "privacy.gone"))
    return OK


def _sure(options: argparse.Namespace, language: str) -> None:
    if not options.yes:
        raise Refused(_say(language, "sure"))


def _macs(options: argparse.Namespace, reader: Reader, language: str) -> tuple[Mac, ...]:
    """Give the addresses asked for, all of which are known."""
    macs = tuple(Mac(each.lower()) for each in options.names)
    if not macs:
        raise Refused(_say(language, "no_macs"))
    known = {mac for one in reader.devices() for mac in (one.mac, *one.also)}
    for mac in macs:
        if mac not in known:
            raise Refused(_say(language, "no_device", mac=plain(mac)))
    return macs


def _write(options: argparse.Namespace, language: str, pieces: Iterable[bytes]) -> int:
    if options.out is None:
        raise Refused(_say(language, "no_file"))
    try:
        with options.out.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(_say(language, "not_written", file=options.out, why=why), FAILED) from None
    print(_say(language, "written", file=options.out))
    return OK


def _note(config: Config, detail: str) -> None:
    office = Office(config.state, time.time)
    try:
        office.audit(AUTHOR, "export", detail)
    finally:
        office.close()


def _say(language: str, key: str, **words: object) -> str:
    return say(language, f"privacy_command.{key}", **words)


_DOES: Mapping[str, Callable[[argparse.Namespace, Config, str], int]] = {
    "export": _export,
    Paper.NOTICE.value: _paper,
    Paper.NOTE.value: _paper,
    "delete": _delete,
    "delete-incident": _delete_incident,
}
