"""Who may do what."""

import os
import pwd

from appliance.panel.rights import Rights, user

NOBODY = pwd.getpwnam("nobody").pw_uid
RIGHTS = Rights(box=frozenset({0, 990}))


def test_root_and_the_box_may_reconnect_and_others_only_when_named() -> None:
    assert RIGHTS.may_reconnect(0)
    assert RIGHTS.may_reconnect(990)
    assert not RIGHTS.may_reconnect(NOBODY)
    assert Rights(technicians=("nobody",), box=frozenset({0})).may_reconnect(NOBODY)


def test_the_box_is_whoever_runs_it() -> None:
    assert Rights().box == {0, os.geteuid()}


def test_only_the_box_speaks_for_others() -> None:
    """The pages say who signed in; a user of the system is who he is."""
    assert RIGHTS.speaks_for(990, "Dr Martin") == "Dr Martin"
    assert RIGHTS.speaks_for(NOBODY, "Dr Martin") == "nobody"
    assert RIGHTS.speaks_for(0, "") == "root"


def test_nobody_passes_for_the_button() -> None:
    assert RIGHTS.speaks_for(0, "@button") == "button"
    assert RIGHTS.speaks_for(0, "@") == "root"


def test_only_the_box_sends_the_heartbeat() -> None:
    assert RIGHTS.is_the_box(990)
    assert not Rights(technicians=("nobody",), box=frozenset({0})).is_the_box(NOBODY)


def test_a_user_without_a_name_is_called_by_the_number() -> None:
    assert user(4_000_000) == "#4000000"
