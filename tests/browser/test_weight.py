"""How much the first look at the box weighs: octets only, since times are another machine's."""

from playwright.sync_api import Browser

from appliance.texts import LANGUAGES
from tests.bench.first_look import LARGEST, LOADS, first_look
from tests.browser.screenshots import MOST, PAPERS, PICTURES
from tests.kit.site import Site


def test_the_overview_comes_in_little(shared: tuple[Site, str], chromium: Browser) -> None:
    """With nothing kept from before: page, styles, drawings and script."""
    opened, url = shared
    found = first_look(chromium, opened, url)
    assert 10_000 < found.octets < LARGEST
    assert {kind for kind in LOADS if found.kinds.get(kind)} == set(LOADS)


def test_the_pictures_of_the_papers_are_small() -> None:
    """`make screenshots ARGS=--papers` makes them; six in each language."""
    sizes = {file.name: file.stat().st_size for file in PAPERS.iterdir()}
    assert set(sizes) == {f"{name}-{tongue}.png" for name, *_ in PICTURES for tongue in LANGUAGES}
    assert max(sizes.values()) < MOST
