"""Sessions, and how they end."""

import pytest

from appliance.store import Role
from appliance.store.people import SESSIONS, TOUCH
from tests.appliance.store.samples import NOON


@pytest.fixture
def office(box):
    office = box.office()
    office.add_user("marie", "hash", role=Role.TECHNICIAN, language="fr")
    return office


def last_seen(office):
    return office._writer.read(
        lambda db: db.execute("SELECT last_seen_at FROM sessions").fetchone()["last_seen_at"]
    )


def test_the_token_itself_is_not_on_the_card(office, box):
    """Whoever steals the card cannot sign in with what is on it."""
    token = office.open_session("marie")
    office.close()
    assert all(token.encode() not in path.read_bytes() for path in box.directory.iterdir())


def test_a_session_ends_by_itself(office, box):
    token = office.open_session("marie", lasts=600)
    box.clock.at = NOON + 599
    assert office.session(token).name == "marie"
    box.clock.at = NOON + 600
    assert office.session(token) is None


def test_a_session_not_used_ends_sooner(office, box):
    token = office.open_session("marie", lasts=6000)
    box.clock.at = NOON + 599
    assert office.session(token, idle=600) is not None
    box.clock.at = NOON + 1198
    assert office.session(token, idle=600) is not None
    box.clock.at = NOON + 1798
    assert office.session(token, idle=600) is None


def test_the_use_of_a_session_is_written_once_a_minute(office, box):
    """Each page would otherwise wear the card."""
    token = office.open_session("marie")
    box.clock.at = NOON + TOUCH - 1
    office.session(token)
    assert last_seen(office) == NOON
    box.clock.at = NOON + TOUCH
    office.session(token)
    assert last_seen(office) == NOON + TOUCH


def test_nobody_has_sessions_without_end(office, box):
    """The one not used for longest ends when there are too many."""
    tokens = []
    for _ in range(SESSIONS + 1):
        box.clock.at += 1
        tokens.append(office.open_session("marie"))
    assert [office.session(token) is None for token in tokens] == [True] + [False] * SESSIONS


def test_sessions_that_have_ended_are_swept(office, box):
    office.open_session("marie", lasts=1)
    box.clock.at += 1
    office.open_session("marie")
    assert office.close_sessions_of("marie") == 1


def test_nobody_unknown_gets_a_session(office):
    with pytest.raises(KeyError):
        office.open_session("nobody")


@pytest.mark.parametrize("token", ["", "x", "\ud800", "' OR 1=1 --"])
def test_a_made_up_token_is_nobody(office, token):
    assert office.session(token) is None
