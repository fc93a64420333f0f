"""Every route of the application has an example that the tests of all pages walk, and it opens."""

from pathlib import Path

import pytest

from tests.kit.pages import ENDLESS, ROUTES, visitor, walk
from tests.kit.site import Visitor, site

NOT_HERE = {"/vigie-ca.pem": 404, "/metrics": 401}
"""What opens only with a certificate of the box, or with a token."""


def test_every_route_that_can_be_looked_at_has_an_example(tmp_path: Path) -> None:
    """And none is kept of a route that is gone."""
    with site(tmp_path, filled=False) as opened:
        rules = list(opened.app.url_map.iter_rules())
        addresses = opened.app.url_map.bind("localhost")
    looked_at = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    assert looked_at - ENDLESS == set(ROUTES)
    for endpoint, route in ROUTES.items():
        for path in route.paths:
            assert addresses.match(path.partition("?")[0])[0] == endpoint


@pytest.mark.parametrize("files", [False, True], ids=["pages", "files"])
def test_every_example_opens_for_whoever_it_is_for(tmp_path: Path, *, files: bool) -> None:
    """And no two are called the same, or their pictures would overwrite each other."""
    names = []
    with site(tmp_path, step=0.001) as opened:
        clients: dict[str, Visitor] = {}
        for each in walk(opened, files=files):
            if each.who not in clients:
                clients[each.who] = visitor(opened, each.who)
            answer = clients[each.who].get(each.path)
            assert answer.status_code == NOT_HERE.get(each.path, 200), each
            assert files or answer.mimetype == "text/html", each
            names.append(each.name)
    assert len(set(names)) == len(names) > len(ROUTES) / 3
