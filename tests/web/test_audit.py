"""Who did what is written down, and a card that gives up stops nobody."""

from tests.kit.site import Site
from web.audit import note


def test_who_did_what_is_written_down(opened: Site) -> None:
    with opened.app.app_context():
        note("camille", "decide", "approve 02:00:00:00:00:0c")
    (entry,) = opened.reader.audit_entries(limit=1)
    assert (entry.who, entry.what) == ("camille", "decide")
    assert opened.office.verify_audit().whole


def test_an_audit_that_cannot_be_written_stops_nobody(opened: Site, caplog) -> None:
    opened.break_card()
    with opened.app.app_context():
        note("camille", "isolate")
    assert "The audit could not be written" in caplog.text
