"""The lists on the internet that may be turned on."""

from appliance.lists.formats import READERS
from appliance.lists.offers import offers
from appliance.lists.shelf import NAME
from appliance.texts import LANGUAGES, say


def test_every_offer_can_be_fetched_read_and_judged_by_people():
    for name, offer in offers().items():
        assert NAME.fullmatch(name)
        assert offer.url.startswith("https://")
        assert offer.form in READERS
        assert 1 <= offer.days <= 366
        assert offer.terms
        assert all(say(language, f"lists_page.offer.{name}") for language in LANGUAGES)
        assert offer.source
