"""Whether a pass-phrase is somebody's, asked from the network."""

from tests.kit.people import TECHNICIAN, TECHNICIAN_PHRASE
from tests.kit.site import Site
from web.access import checking
from web.access.attempts import FREE
from web.access.checking import Checked, check


def asked(opened: Site, name: str, phrase: str, address: str = "192.168.1.66") -> Checked:
    with opened.app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        return check(name, phrase)


def test_the_right_pass_phrase_is_right(opened: Site) -> None:
    assert asked(opened, TECHNICIAN, TECHNICIAN_PHRASE) == Checked(right=True)
    assert asked(opened, TECHNICIAN, "wrong wrong wrong") == Checked(right=False)
    assert asked(opened, "nobody", TECHNICIAN_PHRASE) == Checked(right=False)


def test_who_tries_too_often_waits_even_with_the_right_one(opened: Site) -> None:
    for _ in range(FREE):
        asked(opened, TECHNICIAN, "wrong wrong wrong")
    found = asked(opened, TECHNICIAN, TECHNICIAN_PHRASE)
    assert not found.right
    assert found.wait > 0
    assert asked(opened, TECHNICIAN, TECHNICIAN_PHRASE, address="192.168.1.20").right
    opened.clock.at += found.wait
    assert asked(opened, TECHNICIAN, TECHNICIAN_PHRASE).right


def test_a_wrong_pass_phrase_is_written_down_and_the_phrase_is_not(opened: Site) -> None:
    asked(opened, "x\r\nroot signed in", "secret secret")
    (entry,) = opened.reader.audit_entries(limit=1)
    assert (entry.what, entry.detail) == ("wrong_password", "192.168.1.66")
    assert "secret" not in repr(entry)


def test_the_set_up_code_cannot_be_guessed_quickly(opened: Site) -> None:
    with opened.app.test_request_context(environ_base={"REMOTE_ADDR": "192.168.1.66"}):
        waits = [checking.check_code() for _ in range(FREE + 1)]
    assert waits[:FREE] == [0] * FREE
    assert waits[FREE] > 0
