"""Every view gets the parts that the application was made with."""

from tests.kit.site import Site
from web.box import here


def test_a_view_gets_the_parts_of_its_own_application(opened: Site) -> None:
    with opened.app.app_context():
        assert here().reader is opened.reader
        assert here().now() == opened.clock.at
