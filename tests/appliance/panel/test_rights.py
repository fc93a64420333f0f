"""Who may do what."""

import os
import pwd

from appliance.panel.rights import (
    OUTPUTS,
    PAGES,
    PROBE,
    SENSOR,
    SWITCH,
    Rights,
    apart,
    trusted,
    user,
)

NOBODY = pwd.getpwnam("nobody").pw_uid
WATCHER, SPEAKER, TELLER, ASKER = 990, 991, 992, 993
RIGHTS = Rights(
    sensors=frozenset({0, WATCHER}),
    pages=frozenset({0, SPEAKER}),
    probes=frozenset({0, ASKER}),
    readers=frozenset({WATCHER, ASKER}),
    parts=frozenset({WATCHER, TELLER, ASKER}),
)


def test_root_and_the_pages_may_reconnect_and_others_only_when_named() -> None:
    assert RIGHTS.may_reconnect(0)
    assert RIGHTS.may_reconnect(SPEAKER)
    assert not RIGHTS.may_reconnect(NOBODY)
    assert Rights(technicians=("nobody",), pages=frozenset({0})).may_reconnect(NOBODY)


def test_the_sensor_may_not_reconnect() -> None:
    """It reads what strangers send; whoever takes it over must not have the relay as well."""
    assert not RIGHTS.may_reconnect(WATCHER)


def test_in_a_trial_all_parts_are_one_user() -> None:
    assert trusted("nosuchuser") == {0, os.geteuid()}
    assert Rights().pages >= {0, os.geteuid()} <= Rights().sensors


def test_an_installed_part_is_trusted_by_the_name_of_its_user() -> None:
    assert trusted("nobody") == {0, os.geteuid(), NOBODY}
    assert Rights().pages == trusted(PAGES)
    assert Rights().sensors == trusted(SENSOR)
    assert Rights().switches == trusted(SWITCH)
    assert Rights().probes == trusted(PROBE)


def test_only_the_pages_try_the_lamp() -> None:
    assert [RIGHTS.may_try_lamp(uid) for uid in (SPEAKER, WATCHER, NOBODY)] == [True, False, False]


def test_only_the_pages_speak_for_others() -> None:
    """The pages say who signed in; a user of the system is who he is."""
    assert RIGHTS.speaks_for(SPEAKER, "Dr Martin") == "Dr Martin"
    assert RIGHTS.speaks_for(NOBODY, "Dr Martin") == "nobody"
    assert RIGHTS.speaks_for(WATCHER, "Dr Martin") == user(WATCHER)
    assert RIGHTS.speaks_for(0, "") == "root"


def test_nobody_passes_for_the_button() -> None:
    assert RIGHTS.speaks_for(0, "@button") == "button"
    assert RIGHTS.speaks_for(0, "@") == "root"


def test_only_the_sensor_sends_the_heartbeat() -> None:
    """Not even the pages: what they would say of the network is nothing they saw."""
    assert RIGHTS.is_the_sensor(0)
    assert RIGHTS.is_the_sensor(WATCHER)
    assert not RIGHTS.is_the_sensor(SPEAKER)
    assert not Rights(technicians=("nobody",), sensors=frozenset({0})).is_the_sensor(NOBODY)


def test_only_what_shuts_a_switchs_port_says_how_it_is() -> None:
    rights = Rights(switches=frozenset({0, WATCHER}))
    assert rights.is_the_switch(0)
    assert rights.is_the_switch(WATCHER)
    assert not rights.is_the_switch(SPEAKER)
    assert not rights.is_the_switch(NOBODY)


def test_only_what_asks_on_the_network_tells_who_answered_there() -> None:
    assert RIGHTS.is_the_probe(0)
    assert RIGHTS.is_the_probe(ASKER)
    for uid in (WATCHER, SPEAKER, TELLER, NOBODY):
        assert not RIGHTS.is_the_probe(uid)


def test_what_asks_on_the_network_gives_no_order_at_all() -> None:
    """It reads what strangers send, as the sensor does."""
    assert not RIGHTS.may_isolate(ASKER)
    assert not RIGHTS.may_stop(ASKER)
    assert not RIGHTS.may_reconnect(ASKER)
    assert not RIGHTS.is_the_sensor(ASKER)


def test_a_user_without_a_name_is_called_by_the_number() -> None:
    assert user(4_000_000) == "#4000000"


def test_the_sensor_may_announce_a_cut_and_never_cut_at_once() -> None:
    """A cut that it announces is seen coming, and anybody can stop it."""
    assert RIGHTS.is_the_sensor(WATCHER)
    assert not RIGHTS.may_isolate(WATCHER)
    assert not RIGHTS.may_stop(WATCHER)


def test_people_and_the_pages_may_isolate_and_stop() -> None:
    for uid in (0, SPEAKER, NOBODY):
        assert RIGHTS.may_isolate(uid)
        assert RIGHTS.may_stop(uid)


def test_the_outputs_may_isolate_and_stop_nothing() -> None:
    """Strangers answer their calls: a count-down is not to end by one of them."""
    assert RIGHTS.may_isolate(TELLER)
    assert not RIGHTS.may_stop(TELLER)


def test_in_a_trial_no_part_is_held_back() -> None:
    assert apart("nosuchuser", "root", user(os.geteuid())) == frozenset()
    assert apart("nobody") == {NOBODY} - {os.geteuid()}
    assert Rights().readers == apart(SENSOR, PROBE)
    assert Rights().parts == apart(SENSOR, OUTPUTS, SWITCH, PROBE)
