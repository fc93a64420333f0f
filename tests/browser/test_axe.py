"""What axe-core finds on every page: nothing, by day and night, on a phone and a desk."""

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.tour import LOOKS, Look, Tour
from tests.kit.panel import FakePanel
from tests.kit.site import served, site

VENDOR = Path(__file__).parent / "vendor"
AXE = (VENDOR / "axe.min.js").read_text("utf-8")
VIOLATIONS = """() => axe.run(document, { resultTypes: ["violations"] }).then((found) =>
    found.violations.flatMap((one) => one.nodes.map((node) =>
        `${one.id}: ${node.html.slice(0, 150)} ${node.failureSummary}`)))"""


def found_on(page: Page) -> list[str]:
    """Give what axe-core finds on *page*."""
    page.evaluate(AXE)
    found: list[Any] = page.evaluate(VIOLATIONS)
    return [str(one) for one in found]


def walked(
    state: Path, chromium: Browser, looks: Iterable[tuple[Look, ...]], *, every: bool
) -> list[str]:
    """Give what is found, each page looked at as the next of *looks* say.

    Without *every*, on the first page of each route.
    """
    found = []
    with site(state, panel=FakePanel(), step=0.001) as opened, served(opened) as url:
        tour = Tour(opened, url, chromium)
        stops = (visit for visit in tour.stops() if every or visit.first)
        for visit, several in zip(stops, looks, strict=False):
            for look in several:
                page = tour.show(visit, look)
                found += [f"{visit.path} {visit.who} {look} {one}" for one in found_on(page)]
        tour.close()
    return found + tour.complaints


def test_nothing_is_found_on_any_page(tmp_path: Path, chromium: Browser) -> None:
    """One of each route is looked at in one way, and the ways take turns."""
    assert walked(tmp_path, chromium, cycle((look,) for look in LOOKS), every=False) == []


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_nothing_is_found_on_any_page_in_any_way(tmp_path: Path, chromium: Browser) -> None:
    assert walked(tmp_path, chromium, cycle((LOOKS,)), every=True) == []


def test_a_violation_is_found(chromium: Browser) -> None:
    """Else the rest would prove nothing."""
    page = chromium.new_page()
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><input><img src=x></main>")
    assert {one.partition(":")[0] for one in found_on(page)} >= {"label", "image-alt"}
    page.close()


def test_vendored_files_have_the_hashes_written_beside_them() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$",
        (VENDOR / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    found.pop("README.md")
    assert dict(rows) == found
