"""The page to sign, on paper."""

import re

import pytest
from playwright.sync_api import Browser

from appliance.selftest.page import html
from appliance.texts import LANGUAGES
from tests.appliance.selftest.test_page import ALL_SEEN, BOX, NOT_ALL

SPILLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("results", [ALL_SEEN, NOT_ALL], ids=["seen", "not seen"])
def test_the_page_prints_on_two_sheets_and_fits_a_telephone(chromium: Browser, language, results):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_content(html(BOX, results, language))
    assert not page.evaluate(SPILLS)
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) <= 2
    page.close()
