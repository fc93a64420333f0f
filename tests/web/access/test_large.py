"""A request larger than a form goes to the card, of whom it is expected; no other is read."""

import io

import pytest
from flask import request

from tests.kit.site import Site
from tests.web.pages.test_update import CONTENT, send, waiting
from web.access import large
from web.access.large import SPARE, WORK


def test_it_goes_to_the_card_while_it_comes_in(opened: Site) -> None:
    """Under a name of its own, in the folder where it is taken: not into memory, nor /tmp."""
    seen: list[list[str]] = []

    @opened.app.after_request
    def look(answer):
        if request.endpoint == "update.take":
            seen.append(waiting(opened))
        return answer

    send(opened.technician())
    ((work, _),) = seen
    assert work.startswith(WORK[0])
    assert work.endswith(WORK[1])


def test_lines_that_end_where_a_piece_ends_do_not_matter(opened: Site) -> None:
    """What is left of one piece stays in memory beside the next."""
    content = b"\r\n" * 200_000
    assert send(opened.technician(), content).status_code == 303
    assert (opened.state / "asked" / waiting(opened)[0]).read_bytes() == content


@pytest.mark.parametrize("who", ["", "staff"])
def test_of_nobody_else_anything_large_is_taken(opened: Site, who: str) -> None:
    """It is refused by its size alone, before any of it is read."""
    visitor = opened.staff() if who else opened.client()
    assert send(visitor).status_code == 413
    assert waiting(opened) == []


def test_without_the_token_nothing_is_kept(opened: Site) -> None:
    assert send(opened.technician(), token=False).status_code == 403
    assert waiting(opened) == []


def test_no_other_page_takes_anything_large(opened: Site) -> None:
    visitor = opened.technician()
    form = {"file": (io.BytesIO(CONTENT), "a.csv"), "csrf_token": visitor.token()}
    assert visitor.browser.post("/devices/import/look", data=form).status_code == 413


def test_where_there_is_no_room_it_is_refused_before_any_of_it_is_read(
    opened: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The databases must go on being written."""
    monkeypatch.setattr(large, "room", lambda folder: SPARE + len(CONTENT))
    assert send(opened.technician()).status_code == 413
    assert waiting(opened) == []


def test_what_a_kill_left_half_written_is_gone_with_the_next(opened: Site) -> None:
    send(opened.technician())
    (waits,) = waiting(opened)
    folder = opened.state / "asked"
    left = folder / f"{WORK[0]}x{WORK[1]}"
    left.write_bytes(b"half")
    (folder / waits).unlink()
    send(opened.technician())
    assert waiting(opened) == [waits]
