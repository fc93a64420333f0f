"""``make screenshots``: every page in both languages and themes, on a phone and a desk.

Then the box in each of the states of `tests.browser.states`.

    python -m tests.browser.screenshots [--papers] [--only PATTERN]

They go into ``build/screenshots/``; every text that does not fit is printed, and then the exit
status is 1. With ``--papers`` the six pictures of README and LISEZMOI are made anew instead.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import exp
from pathlib import Path

from msgspec.structs import replace
from playwright.sync_api import Browser, Page, sync_playwright

from appliance.addresses import Home
from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import Level
from appliance.store import Watch
from appliance.texts import LANGUAGES
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.states import STATES, State, opened_in
from tests.browser.tour import LOOKS, Look, Tour
from tests.kit import incident
from tests.kit.pages import Visit
from tests.kit.panel import FakePanel
from tests.kit.people import (
    BOX,
    HOUR,
    IMAGING,
    NAS,
    NOW,
    RECEPTION,
    SENSOR,
    SERVER,
    TECHNICIAN,
    fill,
    flows,
    settle_in,
)
from tests.kit.site import Site, served, site

ROOT = Path(__file__).parent.parent.parent
EVERYTHING, PAPERS = ROOT / "build/screenshots", ROOT / "docs/pictures"
SPILLS = (Path(__file__).parent / "spills.js").read_text("utf-8")
MOST = 120_000
"""Octets of a picture in the papers."""

PICTURES = (
    ("overview", "/", Level.WELL),
    ("wizard", "/wizard", Level.WELL),
    ("device", f"/devices/{IMAGING}", Level.WELL),
    ("map", "/map", Level.WELL),
    ("case", "/cases/c-story", Level.DANGER),
    ("incident", "/incident/20260921-1", Level.DANGER),
)
"""What the papers show: name, page, light."""

Wanted = Callable[[Visit, Look, State | None], bool]

NAMES = {
    "en": {
        RECEPTION: ("Reception PC", "Reception"),
        IMAGING: ("Imaging workstation", "Room 2"),
        SENSOR: ("Panoramic sensor", "Room 2"),
        NAS: ("Backups", "Server room"),
        BOX: ("Internet box", "Server room"),
        SERVER: ("Server", "Server room"),
    }
}
"""What devices are called, and where they are, where it is not as in the practice of the tests."""


def spills(page: Page) -> list[str]:
    """Give what does not fit on *page*."""
    found: list[str] = page.evaluate(SPILLS)
    return found


def every_page(chromium: Browser, folder: Path, only: str) -> Iterator[str]:
    """Take the pictures whose names *only* is found in; yield what does not fit."""
    folder.mkdir(parents=True, exist_ok=True)

    def wanted(visit: Visit, look: Look, state: State | None) -> bool:
        return re.search(only, _called(visit, look, state)) is not None

    with (
        _new_place() as place,
        site(place, panel=FakePanel(light=Level.DANGER), step=0.001) as opened,
        served(opened) as url,
    ):
        tour = Tour(opened, url, chromium)
        for visit in tour.stops():
            yield from _looked_at(tour, visit, folder, wanted)
        tour.close()
        yield from tour.complaints
    for state in STATES:
        if not any(wanted(visit, look, state) for visit in state.visits for look in LOOKS):
            continue
        with _new_place() as place, opened_in(state, place) as opened, served(opened) as url:
            tour = Tour(opened, url, chromium)
            for visit in state.visits:
                yield from _looked_at(tour, visit, folder, wanted, state)
            tour.close()
            yield from (each for each in tour.complaints if not _meant(each, state))


def _looked_at(
    tour: Tour, visit: Visit, folder: Path, wanted: Wanted, state: State | None = None
) -> Iterator[str]:
    for look in LOOKS:
        if not wanted(visit, look, state):
            continue
        page = tour.show(visit, look)
        if state and state.script:
            page.evaluate(state.script)
        name = _called(visit, look, state)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
        yield from (f"{name}, {visit.who or 'nobody'}: {one}" for one in spills(page))


def _called(visit: Visit, look: Look, state: State | None) -> str:
    return f"{state.name}~{visit.name}-{look}" if state else f"{visit.name}-{look}"


def _meant(complaint: str, state: State) -> bool:
    """Tell whether the browser complains of an answer that *state* is about."""
    return any(f"status of {visit.answers} " in complaint for visit in state.visits)


@contextmanager
def _new_place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vigie-pictures-") as folder:
        yield Path(folder)


def papers(chromium: Browser) -> Iterator[str]:
    """Take the pictures of README and LISEZMOI; yield those that are too large."""
    PAPERS.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for calm in (True, False):
            with (
                _new_place() as place,
                _practice(place, language, calm=calm) as opened,
                served(opened) as url,
            ):
                tour = Tour(opened, url, chromium)
                for name, path, light in PICTURES:
                    if (light is Level.WELL) is calm:
                        opened.panel.light = light
                        yield from _picture(tour, path, PAPERS / f"{name}-{language}.png")
                tour.close()


@contextmanager
def _practice(state: Path, language: str, *, calm: bool) -> Iterator[Site]:
    """Open a practice on a good day, or on the day of the story, named in *language*."""
    fill(state, troubles=() if calm else None)
    _busy_day(state)
    with site(state, filled=False, panel=FakePanel(), step=0.001) as opened:
        settle_in(opened.office)
        for mac, (name, place) in NAMES.get(language, {}).items():
            device = opened.reader.device(mac)
            assert device is not None
            opened.office.decide(
                author=TECHNICIAN,
                verdict=Verdict.DESCRIBE,
                mac=mac,
                name=name,
                role=device.role,
                place=place,
                bought_on=device.bought_on,
            )
        if not calm:
            incident.opened_in(state, opened.office)
        yield opened


def _busy_day(state: Path) -> None:
    """Have the practice speak with the internet as on a working day."""
    watch = Watch(state, Keep(), lambda: NOW)
    (_, like, *_) = flows()
    for ago in range(24 * 4, 0, -1):
        hour = (10 - ago / 4) % 24
        load = 1 + 9 * exp(-(((hour - 10.5) / 2.2) ** 2)) + 8 * exp(-(((hour - 16) / 2) ** 2))
        one = replace(
            like,
            at=NOW - ago * HOUR / 4,
            bytes_in=int(9e5 * load * (1 + ago * 7 % 5 / 4)),
            bytes_out=int(3e5 * load * (1 + ago * 3 % 4 / 3)),
        )
        watch.count_traffic([one], Home().place)
        watch.flush(NOW - ago * HOUR / 4 + HOUR / 8)
    watch.flush(NOW)
    watch.close()


def _picture(tour: Tour, path: str, file: Path) -> Iterator[str]:
    page = tour.show(
        Visit(path=path, who=TECHNICIAN),
        Look(language=file.stem[-2:], size="paper", scheme="light"),
    )
    content = page.screenshot(path=file)
    yield from ([f"{file.name} has {len(content)} octets"] if len(content) >= MOST else [])


def main(arguments: list[str]) -> int:
    """Take them, and print what does not fit."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    parser.add_argument("--papers", action="store_true", help="those of README and LISEZMOI")
    parser.add_argument("--only", default="", help="pictures in whose name this is found")
    options = parser.parse_args(arguments)
    wrong = 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        taken = (
            papers(chromium) if options.papers else every_page(chromium, EVERYTHING, options.only)
        )
        for line in taken:
            print(line, flush=True)
            wrong += 1
        chromium.close()
    print(f"{PAPERS if options.papers else EVERYTHING}: {wrong} do not fit")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
