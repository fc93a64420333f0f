"""The first look at the overview, as Lighthouse would take it on a slow telephone.

    python -m tests.bench.first_look

Chromium with an empty cache and a processor four times slower asks a server on this machine. The
goals: less than 120 kB come over the wire, and what is largest is painted within a second.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.tour import LOOKS, Tour
from tests.kit.pages import Visit
from tests.kit.panel import FakePanel
from tests.kit.people import TECHNICIAN
from tests.kit.site import Site, served, site

LARGEST = 120_000
"""Octets on the wire, headers included, of the first look."""
LATEST = 1000.0
"""Milliseconds to the largest paint."""
SLOWER = 4
"""How many times the processor is slowed down, as Lighthouse does for telephones."""
LOADS = ("Document", "Stylesheet", "Script")
ROUNDS = 5

PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
    const last = list.getEntries().at(-1);
    done({ at: last.startTime, what: last.element ? last.element.tagName : "" });
}).observe({ type: "largest-contentful-paint", buffered: true }))"""
SHIFTED = """() => new Promise((done) => { let sum = 0; new PerformanceObserver((list) => {
    for (const one of list.getEntries()) sum += one.value;
}).observe({ type: "layout-shift", buffered: true }); setTimeout(() => done(sum), 100); })"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """What one look came to."""

    octets: int
    kinds: Mapping[str, int]
    """Octets by kind of what was loaded."""
    painted: float
    """Milliseconds to the largest paint."""
    shifted: float
    """How much the page moved while it loaded (cumulative layout shift)."""


def first_look(chromium: Browser, opened: Site, url: str) -> FirstLook:
    """Look at the overview as a technician with a telephone that was never here."""
    tour = Tour(opened, url, chromium)
    page = tour.page(TECHNICIAN, LOOKS[0].language)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    asked: dict[str, str] = {}
    kinds: Counter[str] = Counter()

    def begun(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event.get("type", "Other")

    def ended(event: dict[str, Any]) -> None:
        kinds[asked.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", begun)
    wire.on("Network.loadingFinished", ended)
    tour.show(Visit(path="/", who=TECHNICIAN), LOOKS[0])
    painted, shifted = page.evaluate(PAINTED), page.evaluate(SHIFTED)
    tour.close()
    return FirstLook(
        octets=sum(kinds.values()), kinds=kinds, painted=painted["at"], shifted=shifted
    )


def main() -> int:
    """Look some times, and print it."""
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory(prefix="vigie-look-") as state,
        site(Path(state), panel=FakePanel(), step=0.001) as opened,
        served(opened) as url,
    ):
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        looks = [first_look(chromium, opened, url) for _ in range(ROUNDS)]
        chromium.close()
    last, painted = looks[-1], median(one.painted for one in looks)
    said = ", ".join(
        f"{kind.lower()} {octets / 1000:.1f} kB" for kind, octets in last.kinds.items()
    )
    weighs = "reached" if last.octets < LARGEST else "missed"
    in_time = "reached" if painted < LATEST else "missed"
    print(f"first look: {last.octets / 1000:.1f} kB ({said}); goal {LARGEST / 1000:g} kB: {weighs}")
    print(
        f"largest paint: {painted:.0f} ms at the median of {ROUNDS}, processor {SLOWER} times "
        f"slower; goal {LATEST:g} ms: {in_time}; layout shift {last.shifted:.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
