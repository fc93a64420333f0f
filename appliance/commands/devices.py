"""``vigie devices``: the devices as a table or for other programs; names and dates from a sheet."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.decisions import Verdict, standing
from appliance.exchange.csv_in import Plan, described, read
from appliance.exchange.csv_out import sheet
from appliance.exchange.cyclonedx import bill
from appliance.exchange.portrait import portray
from appliance.exchange.record import record
from appliance.exchange.sheet import kind_words, plain
from appliance.model import Device
from appliance.store import Office, Reader, StoreTrouble
from appliance.texts import say

AUTHOR = "console"
"""Who decided, on the pages and in the audit."""

LARGEST = 4 * 1024 * 1024
"""Octets of a sheet that are read: four times what a box full of devices exports."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    what = parser.add_mutually_exclusive_group()
    for name, meaning in (
        ("csv", "as a spreadsheet, in the language of the configuration"),
        ("json", "as the API gives them"),
        ("cyclonedx", "as a bill of materials, CycloneDX 1.6"),
    ):
        what.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=meaning)
    what.add_argument(
        "--import", dest="file", type=Path, metavar="FILE", help="take names and dates from a CSV"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what --import would do")
    parser.set_defaults(form="table")


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    try:
        reader = Reader(config.state)
        try:
            if options.file is not None:
                return _import(options.file, config, reader, dry=options.dry_run)
            devices = reader.devices()
        finally:
            reader.close()
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    sys.stdout.buffer.write(_FORMS[options.form](devices, config))
    return OK


def _table(devices: tuple[Device, ...], config: Config) -> bytes:
    lines = []
    for device in devices:
        told = portray(device)
        kind = kind_words(config.practice.language, told.kind)
        seen = (told.seen.maker.value, told.seen.model.value, told.seen.os.value)
        cells = (device.mac, device.name, kind, *seen)
        lines.append("\t".join(plain(cell).replace("\t", " ") for cell in cells) + "\n")
    return "".join(lines).encode()


def _csv(devices: tuple[Device, ...], config: Config) -> bytes:
    return sheet(devices, config.practice.language)


def _json(devices: tuple[Device, ...], config: Config) -> bytes:
    return msgspec.json.encode([record(device) for device in devices]) + b"\n"


def _cyclonedx(devices: tuple[Device, ...], config: Config) -> bytes:
    return json.dumps(bill(devices, time.time(), config.practice.name)).encode() + b"\n"


_FORMS: Mapping[str, Callable[[tuple[Device, ...], Config], bytes]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "cyclonedx": _cyclonedx,
}


def _import(file: Path, config: Config, reader: Reader, *, dry: bool) -> int:
    language = config.practice.language
    known = standing(reader.decisions()).known
    plan = read(_content(file, language), reader.devices(), known, date.today())  # noqa: DTZ011 - the box's own day
    if plan.mistakes:
        raise Refused("\n".join(mistake.told(language) for mistake in plan.mistakes))
    if not plan.changes:
        print(say(language, "devices_command.nothing"))
        return OK
    for change in plan.changes:
        columns = ", ".join(say(language, f"sheet.{column}") for column in change.columns)
        words = {"name": change.called, "mac": change.mac, "columns": columns}
        print(say(language, "devices_command.changed", **words))
    if not dry:
        _decide(config, plan)
    done = "would" if dry else "done"
    print(say(language, f"devices_command.{done}", n=len(plan.changes)))
    return OK


def _decide(config: Config, plan: Plan) -> None:
    office = Office(config.state, time.time)
    try:
        for change in plan.changes:
            office.decide(
                author=AUTHOR,
                verdict=Verdict.DESCRIBE,
                mac=change.mac,
                **described(change.after),
            )
        office.audit(AUTHOR, "import", str(len(plan.changes)))
    finally:
        office.close()


def _content(file: Path, language: str) -> bytes:
    try:
        with file.open("rb") as sheet_file:
            content = sheet_file.read(LARGEST + 1)
    except OSError as error:
        why = error.strerror or str(error)
        words = {"file": file, "why": why}
        raise Refused(say(language, "devices_command.unreadable", **words)) from None
    if len(content) > LARGEST:
        raise Refused(say(language, "devices_command.too_large", file=file))
    return content
