"""How much the first look at the box weighs: octets only, since times are another machine's."""

from playwright.sync_api import Browser

from tests.bench.first_look import LARGEST, LOADS, first_look
from tests.kit.site import Site


def test_the_overview_comes_in_little(shared: tuple[Site, str], chromium: Browser) -> None:
    """With nothing kept from before: page, styles, drawings and script."""
    opened, url = shared
    found = first_look(chromium, opened, url)
    assert 10_000 < found.octets < LARGEST
    assert {kind for kind in LOADS if found.kinds.get(kind)} == set(LOADS)
