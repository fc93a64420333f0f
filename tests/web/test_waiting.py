"""What the pages say of messages that wait."""

from collections.abc import Callable

import pytest

from appliance.store.outbox import Item, Outbox
from appliance.store.tally import Tally
from appliance.texts import say
from tests.kit.people import NOW
from tests.kit.site import Site
from web.format import moment
from web.waiting import FLYING, sentences


def said(found: Tally | None, *, isolated: bool = False) -> list[str]:
    return list(sentences("fr", found, NOW, isolated=isolated))


def test_where_all_is_told_nothing_is_said() -> None:
    assert said(Tally()) == said(None) == []
    assert said(Tally(waiting=2, oldest=NOW - FLYING)) == []


def test_what_waits_says_how_much_and_since_when() -> None:
    (line,) = said(Tally(waiting=1200, oldest=NOW - 3600))
    at = moment("fr", NOW - 3600, NOW)
    assert line == say("fr", "outputs.wait", n="1\u202f200", at=at)


def test_what_could_not_be_told_is_counted() -> None:
    assert said(Tally(refused=1, dropped=2)) == [
        say("fr", "outputs.refused", n=1),
        say("fr", "outputs.dropped", n=2),
    ]


@pytest.mark.parametrize("path", ["/", "/isolation"])
def test_while_isolated_the_pages_say_what_waits(
    path: str, opened: Site, queued: Callable[[int], None]
) -> None:
    queued(3)
    opened.panel.isolate()
    assert say("fr", "outputs.wait_isolated", n=3) in opened.staff().get(path).text.replace(
        "&#39;", "'"
    )


@pytest.mark.parametrize("path", ["/", "/isolation"])
def test_a_queue_that_cannot_be_read_hides_no_page(path: str, opened: Site) -> None:
    (opened.state / "outbox.db").write_bytes(b"garbage" * 1000)
    assert opened.staff().get(path).status_code == 200


@pytest.fixture
def queued(opened: Site) -> Callable[[int], None]:
    def put(count: int) -> None:
        outbox = Outbox(opened.state, opened.clock)
        common = {"way": "office", "who": "", "kind": "alert", "alert": "a", "severity": 2}
        outbox.put(
            Item(id=str(number), created=NOW, due=NOW, **common)  # type: ignore[arg-type] # by name
            for number in range(count)
        )
        outbox.close()

    return put
