"""The proof test of the cut, in words."""

from tests.kit.site import Site
from web.proving import proof_test


def test_what_the_panel_knows_is_put_into_words(opened: Site) -> None:
    with opened.app.app_context():
        found = proof_test("en", opened.panel.status())
    assert found is not None
    assert found.last == "The cut has never been tested."


def test_without_a_panel_there_is_nothing_to_say(opened: Site) -> None:
    with opened.app.app_context():
        assert proof_test("en", None) is None
