"""``vigie incident``: open one by hand, keep its evidence, write its file, verify a file.

What a person does step by step is on the pages; this is for when they cannot be reached.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.dossier import bundle, seal
from appliance.dossier.evidence import Sources, keep
from appliance.dossier.words import moment
from appliance.exchange.sheet import plain
from appliance.incidents import Incident, Origin
from appliance.panel.client import PanelClient
from appliance.press.setting import PaperError
from appliance.store import Office, Reader, StoreTrouble
from appliance.texts import LANGUAGES, say

AUTHOR = "console"
"""Who did it, in the incident and in the audit."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "what",
        choices=list(_DOES),
        help="open one (--why); list all; export ID FILE.zip; verify FILE.zip",
    )
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="which incident, or file")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the ZIP to write")
    parser.add_argument("--why", default="", metavar="TEXT", help="what was seen")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the file")


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = options.lang or config.practice.language
    try:
        return _DOES[options.what](options, config, language)
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None


def _open(options: argparse.Namespace, config: Config, language: str) -> int:
    if not options.why:
        raise Refused(_say(language, "no_why"))
    office = Office(config.state, time.time)
    try:
        held = office.open_incident(author=AUTHOR, origin=Origin.HAND, why=options.why[:200])
    finally:
        office.close()
    print(_say(language, "opened", id=held.id, folder=_keep(config, held, language)))
    return OK


def _list(options: argparse.Namespace, config: Config, language: str) -> int:
    reader = Reader(config.state)
    try:
        found = reader.incidents()
    finally:
        reader.close()
    if not found:
        print(_say(language, "none"))
    for each in found:
        state = say(language, f"incident_file.{'is_closed' if each.closed else 'open'}")
        print(f"{each.id}\t{moment(language, each.opened_at)}\t{state}\t{plain(each.why)}")
    return OK


def _export(options: argparse.Namespace, config: Config, language: str) -> int:
    if options.file is None:
        raise Refused(_say(language, "no_file"))
    reader = Reader(config.state)
    try:
        held, told = reader.incident(options.id), dict(reader.particulars())
    finally:
        reader.close()
    if held is None:
        raise Refused(_say(language, "nothing_such", id=plain(options.id)))
    if not held.closed:
        _keep(config, held, language)
    try:
        made = bundle.make(config, held, told, language, time.time())
        options.file.write_bytes(made.content)
    except PaperError as error:
        raise Refused(_say(language, "no_typst", why=error), FAILED) from None
    except (OSError, ValueError) as error:
        raise Refused(_not_written(language, options.file, error), FAILED) from None
    print(_say(language, "written", file=options.file, print=made.fingerprint))
    return OK


def _verify(options: argparse.Namespace, config: Config, language: str) -> int:
    path = Path(options.id)
    try:
        if not options.id or path.stat().st_size > bundle.LARGEST:
            raise Refused(_say(language, "no_file"))
        content = path.read_bytes()
    except OSError as error:
        raise Refused(_not_read(path, error)) from None
    verdict = bundle.verify(content)
    if verdict.why:
        what = say(language, f"incident_unsound.{verdict.why}", **_named(verdict))
        print(_say(language, "unsound", what=what))
        return FAILED
    print(_say(language, "sound", n=verdict.files, print=verdict.fingerprint))
    ours = _is_ours(config.state, verdict.fingerprint)
    print(_say(language, "ours" if ours else "not_ours"))
    return OK


def _named(verdict: bundle.Verdict) -> dict[str, str]:
    return {"name": plain(verdict.name)[:200]} if verdict.name else {}


def _is_ours(state: Path, fingerprint: str) -> bool:
    if not (state / seal.KEY).exists():
        return False
    try:
        return seal.fingerprint(seal.public(seal.key_of(state))) == fingerprint
    except (OSError, ValueError):
        return False


def _keep(config: Config, held: Incident, language: str) -> Path:
    """Keep the evidence of *held* as it is now; give its folder."""
    reader = Reader(config.state)
    status = PanelClient(config.run / "panel.sock").status_if_any()
    try:
        sources = Sources(
            state=config.state,
            reader=reader,
            status=status,
            latch=config.latch,
            packets=config.packets.keep,
        )
        return keep(sources, held, time.time())
    except OSError as error:
        raise Refused(_not_written(language, config.state, error), FAILED) from None
    finally:
        reader.close()


def _not_written(language: str, file: Path, error: Exception) -> str:
    why = getattr(error, "strerror", None) or str(error)
    return _say(language, "not_written", file=file, why=why)


def _not_read(path: Path, error: OSError) -> str:
    return f"{path}: {error.strerror or error}"


def _say(language: str, key: str, **words: object) -> str:
    return say(language, f"incident_command.{key}", **words)


_DOES: Mapping[str, Callable[[argparse.Namespace, Config, str], int]] = {
    "open": _open,
    "list": _list,
    "export": _export,
    "verify": _verify,
}
