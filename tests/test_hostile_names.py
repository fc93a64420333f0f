"""Whatever machines call themselves is shown as text: on pages, in files, papers, logs and mail.

The names come as packets, through decoders, inventory and store, as they do from a switch.
"""

import csv
import io
import logging
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import product
from pathlib import Path
from unicodedata import category
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from appliance.exchange.sheet import SEPARATORS
from appliance.incidents import Origin
from appliance.model import Alert, Device, Frame
from appliance.outputs.message import Kind, Message
from appliance.outputs.words import Wording, called
from appliance.texts import LANGUAGES
from tests.kit import people, wire
from tests.kit.associations import IMAGES, RELEASE, accepted, requested
from tests.kit.capture import pcap
from tests.kit.pages import START, visitor, walk
from tests.kit.people import NOW, TECHNICIAN
from tests.kit.sensing import EIGHT, Sensor
from tests.kit.site import Site, site

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egnp.exe\u2066",
    "\x1b[31mred\x1b]0;title\x07",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+1)",
    "-2+3",
    "\U0001f9b7\U0001f600" * 8,
    "n" * 255,
    "a\r\nBcc: all@example.org",
    "tab\there\0end",
    "{{ 7*7 }}",
    "\u200bzero\ufeff",
)
STEERS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of what does not print and may turn, hide or colour what is beside it."""

SET = str.maketrans("", "", "\f\u200b")
"""What setting a paper adds: new sheets, and where a long word may be broken."""


def frames() -> Iterator[Frame]:
    """Give what a practice of hostile machines says."""
    for number, name in enumerate(HOSTILE):
        at, mac = EIGHT + number, f"02:00:00:00:66:{number:02x}"
        ip = f"192.168.50.{number + 20}"
        short = name.encode()[:63].decode("utf-8", "ignore")
        yield wire.arp(at, mac, ip)
        yield wire.dhcp_asked(at, mac, "request", hostname=name, vendor_class=name, requested=ip)
        label = short.replace(".", "")
        told = [(f"{label}.local", wire.A, ip)]
        yield wire.dns_answered(at, mac, ip, "224.0.0.251", "", told, port=5353)
        yield wire.http_get(at, mac, ip, "192.168.50.10", short, agent=name)
        server = f"HTTP/1.1 200 OK\r\nServer: {name}\r\n\r\n".encode()
        yield wire.tcp(at, mac, ip, "192.168.50.10", 80, 50_001, server)
        plain = name.encode()[:16].decode("ascii", "ignore")
        asks = requested([IMAGES], calling=plain, called=plain)
        yield wire.tcp(at, mac, ip, "192.168.50.10", 50_002, 104, _called(asks, name))
        agrees = accepted([0], calling=plain, called=plain)
        yield wire.tcp(at, mac, ip, "192.168.50.10", 104, 50_003, _called(agrees, name))


def _called(message: bytes, name: str) -> bytes:
    """Give *message* from a program called *name*, as far as there is room."""
    room = len(RELEASE)
    return message.replace(RELEASE.encode(), name.encode()[:room].ljust(room, b"."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the sensor made of it."""

    state: Path
    logged: str
    devices: tuple[Device, ...]
    alerts: tuple[Alert, ...]


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """Have a sensor hear them all, and the practice beside them."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.pcap").write_bytes(pcap(list(frames())))
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    logging.getLogger().addHandler(handler)
    try:
        sensor = Sensor(folder, now=NOW - 60)
        sensor.hear(folder / "hostile.pcap")
        sensor.wait(10)
        devices, alerts = sensor.reader.devices(), sensor.alerts()
        sensor.close()
    finally:
        logging.getLogger().removeHandler(handler)
    state = folder / "state"
    people.fill(state)
    return Heard(state=state, logged=out.getvalue(), devices=devices, alerts=alerts)


@pytest.fixture(scope="module")
def opened(heard: Heard) -> Iterator[Site]:
    """The pages over it."""
    with site(heard.state, filled=False, step=0.001) as made:
        people.settle_in(made.office)
        yield made


def mistakes(text: str) -> list[str]:
    """Give what in *text* would do something, or turn or hide what is beside it."""
    found = [f"steers: {char!r}" for char in text if category(char) in STEERS - {"Cc"}]
    found += [f"controls: {char!r}" for char in text if category(char) == "Cc" and char != "\n"]
    return found


def test_the_names_came_through(heard: Heard) -> None:
    """As text, by each of the ways; else the rest would prove nothing."""
    hostile = [one for one in heard.devices if one.mac.startswith("02:00:00:00:66:")]
    assert len(hostile) == len(HOSTILE)
    assert all(one.names for one in hostile)
    sources = {each.source for one in hostile for each in one.evidence if "<script>" in each.says}
    assert sources >= {"dhcp", "mdns", "http"}
    assert {alert.about for alert in heard.alerts} & {one.mac for one in hostile}


def test_on_no_page_are_they_more_than_text(opened: Site, heard: Heard) -> None:
    every = list(walk(opened))
    paths = [(each.path, each.who) for each in every]
    for one in heard.devices:
        paths += [(f"/devices/{one.mac}{more}", TECHNICIAN) for more in ("", "/label")]
        paths += [(f"/map?device={one.mac}", TECHNICIAN)]
        paths += [(f"/search?q={quote(name)}", TECHNICIAN) for name in one.names]
    paths += [(f"/alerts/{one.id}", TECHNICIAN) for one in heard.alerts]
    paths += [("/devices?q=script", TECHNICIAN)]
    clients = {who: visitor(opened, who) for _, who in paths}
    shown = ""
    for path, who in paths:
        answer = clients[who].get(path)
        if path != START:  # leads on
            assert answer.status_code == 200, path
        assert mistakes(answer.text) == [], path
        for tag in ("<script>alert", "<img src=x", "[31mred\x1b"):
            assert tag not in answer.text, path
        assert "{{ 49 }}" not in answer.text
        shown += unescape(answer.text) if path.startswith("/devices/02:00:00:00:66") else ""
    assert all(name in shown for one in heard.devices for name in one.names)


def test_in_no_file_do_they_begin_a_formula_or_steer_a_program(opened: Site) -> None:
    opened.office.audit("=cmd|x", "sign_in", "\x1b[31m\u202e@SUM(1)")
    who = opened.technician()
    for language, path in product(LANGUAGES, ("/devices/export.csv", "/audit/audit.csv")):
        opened.office.set_language(TECHNICIAN, language)
        text = who.get(path).data.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text, ""), delimiter=SEPARATORS[language]))
        assert len(table) > 1
        for cell in (cell for row in table for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
            assert mistakes(cell) == [], cell
    for path in ("/devices/export.json", "/devices/export.cdx.json"):
        assert mistakes("".join(_strings(who.get(path).json))) == [], path
    assert mistakes(who.get("/audit/audit.json").text) == []  # which gives verbatim what was noted
    for name in ("devices", "alerts", "cases", "flows", "health", "status"):
        answer = who.get(f"/api/v1/{name}")
        assert mistakes("".join(_strings(answer.json))) == []
        assert b"\x1b" not in answer.data


def _strings(value: object) -> Iterator[str]:
    """Yield every string in *value*."""
    match value:
        case str():
            yield value
        case dict():
            yield from value
            for each in value.values():
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)


def test_on_paper_they_are_text(opened: Site, heard: Heard, tmp_path: Path) -> None:
    """In the file for the authorities above all, which names devices."""
    hostile = [one.id for one in heard.alerts if one.about.startswith("02:00:00:00:66:")]
    held = opened.office.open_incident(
        author=TECHNICIAN, origin=Origin.ALERT, subject=hostile[0], why=HOSTILE[0]
    )
    who = opened.technician()
    bundle = ZipFile(io.BytesIO(who.get(f"/incident/{held.id}/file.zip").data))
    papers = {name: bundle.read(name) for name in bundle.namelist()}
    papers["labels.pdf"] = who.get("/labels.pdf").data
    printed = ""
    for name, content in papers.items():
        if name.endswith(".pdf"):
            (tmp_path / "paper.pdf").write_bytes(content)
            done = subprocess.run(
                ["pdftotext", "-layout", tmp_path / "paper.pdf", "-"],
                capture_output=True,
                text=True,
                check=True,
            )
            assert mistakes(done.stdout.translate(SET)) == [], name
            assert not re.search(rb"/(JavaScript|Launch|EmbeddedFile)\b", content), name
            printed += done.stdout
        elif name.endswith((".txt", ".csv", ".json", ".md")):
            assert not {"\x1b", "\u202e", "\0"} & set(content.decode()), name
    assert "script" in printed


def test_in_no_log_do_they_colour_or_begin_a_line(heard: Heard) -> None:
    assert mistakes(heard.logged) == []


def test_in_no_letter_do_they_add_a_header_or_hide_a_word(heard: Heard) -> None:
    names = called(heard.devices)
    for alert, language in product(heard.alerts, LANGUAGES):
        wording = Wording(language=language, practice=HOSTILE[2], details=True, devices=names)
        message = Message(kind=Kind.ALERT, way="mail", who="marie", alerts=(alert.id,))
        subject, body = wording.letter(message, [alert])
        assert mistakes(subject) == mistakes(body) == []
        assert "\n" not in subject
        data = wording.data(alert)
        assert mistakes("".join(_strings(data))) == []
