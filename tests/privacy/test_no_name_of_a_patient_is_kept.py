"""The promise: whatever passes on the network, the box keeps no name of a patient, nowhere.

Traffic full of made-up names goes through the real sensor in a process of its own; then every file
it wrote is searched (databases with their write-ahead logs while it still runs, day files), what
it logged, all that the pages, the API and ``vigie replay`` say of it, and the memory of the
processes. A machine's name is kept, and must be found by the same search.
"""

import gc
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from http.cookiejar import CookieJar
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules
from shutil import copytree
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener
from zipfile import ZipFile

import numpy as np
import pytest
from msgspec import Struct
from msgspec.structs import astuple

from appliance import decode
from appliance.config_packets import Packets
from appliance.decode.envelope import Envelope
from appliance.facts import (
    DicomAssociated,
    Fact,
    Hl7Heard,
    HttpAsked,
    NtlmHeard,
    RdpAsked,
    ShareOpened,
)
from appliance.model import Ip, Mac
from appliance.store import Office, Reader, Role
from tests.kit.capture import pcap
from tests.kit.reading import gather
from tests.kit.sensing import Sensor
from tests.kit.serving import Server, serving
from tests.kit.vigie import config_in, started, vigie
from tests.lab.awaiting import until
from tests.privacy.content import MACHINE, messages
from tests.privacy.conversations import DESK, DESK_IP, SERVER, SERVER_IP, frames
from tests.privacy.patients import PLACES, names
from tests.privacy.traces import family, found, in_files, in_memory
from web.access.passwords import hashed

WITHIN = 60.0
PERSON, PHRASE = "technicien", "une phrase de passe assez longue"
PAGES = 300
"""Pages that are looked at, at most."""


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The traffic, as a file."""
    file = tmp_path_factory.mktemp("capture") / "morning.pcap"
    file.write_bytes(pcap(frames()))
    return file


class Box:
    """A box that has heard the traffic, and what could be looked at while it did."""

    def __init__(self, folder: Path, capture: Path) -> None:
        self.folder = folder
        config = config_in(folder, home={"learning_days": 0}, packets={"keep": True})
        with closing(Reader(folder / "state")) as reader:
            expected = len(frames())
            with started("sensor", "--config", config, "--recording", capture) as sensor:
                until(
                    "all is heard",
                    WITHIN,
                    lambda: (health := reader.health()) and health.packets == expected,
                )
                until("the devices are saved", WITHIN, reader.devices)
                assert vigie("incident", "open", "--why", "x", "--config", config).returncode == 0
                until("packets are kept", WITHIN, lambda: list(folder.rglob("packets.json")))
                self.while_running = in_files(folder)
                sensor.terminate()
                self.logged = "".join(sensor.communicate(timeout=30))
            self.status = sensor.returncode
        self.afterwards = in_files(folder)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory, capture: Path) -> Box:
    """One box for all that looks at what it left."""
    return Box(tmp_path_factory.mktemp("box"), capture)


def test_the_traffic_holds_every_name(capture: Path) -> None:
    """And the search finds each one there; else the rest would prove nothing."""
    hits = found("the capture", capture.read_bytes())
    places = set(names().values())
    assert {place for place in places if any(f"in {place}:" in hit for hit in hits)} == places
    assert len(places) == len(PLACES)


def test_no_name_is_in_any_file_that_the_sensor_writes(box: Box) -> None:
    """While it runs, write-ahead logs and all, and after it has ended in good order."""
    assert (box.while_running[0], box.afterwards[0]) == (set(), set())
    assert "vigie.db-wal" in box.while_running[1]
    assert any(file.startswith("flows-") for file in box.afterwards[1])
    assert any(MACHINE.encode() in file.read_bytes() for file in box.folder.rglob("vigie.db*"))


def test_no_name_is_in_the_evidence_of_an_incident_or_in_its_file(box: Box, tmp_path: Path) -> None:
    """Which goes to other people."""
    folder = Path(copytree(box.folder, tmp_path / "box"))
    config = config_in(folder)
    assert vigie("incident", "open", "--why", "x", "--config", config).returncode == 0
    with closing(Reader(folder / "state")) as reader:
        (incident,) = reader.incidents()
    file = folder / "incident.zip"
    done = vigie("incident", "export", incident.id, file, "--config", config)
    assert done.returncode == 0, done.stderr
    with ZipFile(file) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    assert {hit for name, content in inside.items() for hit in found(name, content)} == set()
    assert any(MACHINE.encode() in content for content in inside.values())
    assert len(inside["evidence/packets.pcap"]) > len(frames()) * 50
    assert in_files(folder)[0] == set()


def test_no_name_is_in_the_logs(box: Box) -> None:
    assert box.status == 0
    assert found("the log", box.logged.encode()) == set()


def test_no_decoder_tells_a_name_whether_or_not_the_sensor_asks_it() -> None:
    """Of each message, what every decoder tells that says the message may be for it."""
    told: list[Fact] = []
    for port, served, message in messages():
        ports = (port, 50_000) if served else (50_000, port)
        ends = (Mac(DESK), Mac(SERVER), Ip(DESK_IP), Ip(SERVER_IP))
        for decoder in _decoders():
            if decoder.begins(message):
                told += gather(decoder.read(message, Envelope(1.0, *ends, *ports)))[0]
    understood = {type(fact) for fact in told}
    assert {DicomAssociated, Hl7Heard, NtlmHeard, ShareOpened, HttpAsked, RdpAsked} <= understood
    assert found("facts", repr(told).encode()) == set()


def _decoders() -> Iterator[Any]:
    """Give the decoders that are told by a message's first bytes."""
    for each in iter_modules(decode.__path__):
        module = import_module(f"appliance.decode.{each.name}")
        if hasattr(module, "begins") and list(signature(module.begins).parameters) == ["payload"]:
            yield module


def test_no_name_is_in_what_a_replay_says(capture: Path) -> None:
    said = vigie("replay", capture, "--learn", "0")
    assert MACHINE in said.stdout
    assert found("the replay", (said.stdout + said.stderr).encode()) == set()


def test_no_name_is_in_a_page_the_api_or_the_memory_that_serves_them(box: Box) -> None:
    """Every page that a link leads to (and every table to take home), every answer of the API."""
    with closing(Office(box.folder / "state", lambda: 1.0)) as office:
        office.add_user(PERSON, hashed(PHRASE), role=Role.TECHNICIAN, language="fr")
    with serving(box.folder, lines=2) as server:
        visitor = _signed_in(server)
        read = dict(_crawled(visitor, server.url))
        hits = {hit for path, body in read.items() for hit in found(path, body)}
        assert hits == set()
        assert any(MACHINE.encode() in body for body in read.values())
        assert {"/", "/devices", "/alerts", "/api/v1/devices", "/api/v1/flows"} <= set(read)
        for pid in family(server.process.pid):
            hits, size = in_memory(pid)
            assert hits == set()
            assert size > 1_000_000


def test_no_name_is_in_anything_the_sensor_still_knows(tmp_path: Path, capture: Path) -> None:
    """All texts and octets that can be reached from it, once the packets have been let go.

    Its raw memory is not searched: the ring, and what was freed last, hold the last packets.
    """
    sensor = Sensor(tmp_path, packets=Packets(keep=True))
    sensor.hear(capture)
    sensor.wait(2)
    gc.collect()
    known = list(_reached(sensor.sensing))
    recent = sensor.sensing.pipeline.meter.recent
    assert recent is not None
    assert any(each is recent._held for each in known)
    assert any(MACHINE in str(each) for each in known)
    assert {hit for each in known for hit in found("the sensor", _octets(each))} == set()
    sensor.close()


def _signed_in(server: Server) -> OpenerDirector:
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    with visitor.open(f"{server.url}/login", timeout=10) as answer:
        (token,) = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
    form = {"name": PERSON, "phrase": PHRASE, "csrf_token": token}
    visitor.open(f"{server.url}/login", urlencode(form).encode(), timeout=30).close()
    return visitor


def _crawled(visitor: OpenerDirector, url: str) -> Iterator[tuple[str, bytes]]:
    """Read all that links lead to, and all questions of the API that need no more than asking."""
    api = ("status", "devices", "alerts", "flows?since=0", "health", "openapi.json")
    ahead = ["/", *(f"/api/v1/{each}" for each in api)]
    seen = set(ahead)
    while ahead and len(seen) < PAGES:
        path = ahead.pop(0)
        body, is_page = _fetched(visitor, url + path)
        yield path.partition("?")[0], body
        for link in re.findall(r'href="([^"#]+)', body.decode()) if is_page else ():
            target = urlsplit(urljoin(url + path, link.replace("&amp;", "&")))
            here = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc == urlsplit(url).netloc and here not in seen:
                seen.add(here)
                ahead.append(here)


def _fetched(visitor: OpenerDirector, url: str) -> tuple[bytes, bool]:
    """Give what is there, and whether it is a page; a refusal is read as well."""
    try:
        with visitor.open(url, timeout=20) as answer:
            return answer.read(), answer.headers.get_content_type() == "text/html"
    except HTTPError as refused:
        with refused:
            return refused.read(), False


def _reached(start: object) -> Iterator[object]:
    """Give every text, octets and array that can be reached from *start*; no code, no modules."""
    ahead, seen = [start], {id(start)}
    while ahead:
        thing = ahead.pop()
        if isinstance(thing, str | bytes | bytearray | memoryview | np.ndarray):
            yield thing
        # The collector does not look into facts (`appliance.facts`).
        inside = astuple(thing) if isinstance(thing, Struct) else gc.get_referents(thing)
        for next_ in inside:
            # Else the walk goes through imports to this test, which knows the names itself.
            is_code = isinstance(next_, type(sys) | type) or hasattr(next_, "__code__")
            if id(next_) not in seen and not is_code:
                seen.add(id(next_))
                ahead.append(next_)


def _octets(thing: object) -> bytes:
    return thing.encode("utf-8", "replace") if isinstance(thing, str) else bytes(thing)  # type: ignore[call-overload] # a text, or something with a buffer
