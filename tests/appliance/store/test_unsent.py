"""The outputs' share of a deletion."""

from contextlib import closing

import pytest

from appliance.erasures import Erasure, What
from appliance.store.outbox import Item, Outbox
from appliance.store.tally import erased, told
from tests.appliance.store.samples import ALICE, NOON


def item(which, alert="", **how):
    return Item(
        **{
            "id": f"m{which}",
            "way": "mail",
            "who": "marie",
            "kind": "alert",
            "alert": alert,
            "severity": 2,
            "created": NOON,
            "due": NOON,
            "content": {"text": f"Claire {which}"},
        }
        | how
    )


@pytest.fixture
def outbox(tmp_path):
    with closing(Outbox(tmp_path, lambda: NOON)) as opened:
        opened.put([item(1, "a1"), item(2, "a2"), item(3, kind="digest")])
        yield opened


def asked(what, number=1, at=NOON, **how):
    return Erasure(id=number, at=at, who="marie", what=what, **how)


def test_messages_about_a_device_go_and_those_about_several(outbox, tmp_path):
    """Which devices a daily message names is not written beside it."""
    outbox.erase([asked(What.DEVICE, macs=(ALICE,), alerts=("a1",))])
    assert [each["id"] for each in told(tmp_path, ["a1", "a2"])] == ["m2"]
    assert outbox.next("mail").id == "m2"
    assert b"Claire 1" not in (tmp_path / "outbox.db").read_bytes()
    assert b"Claire 3" not in (tmp_path / "outbox.db").read_bytes()


def test_a_message_that_names_no_device_stays_and_is_not_made_again(outbox, tmp_path):
    """That the line is cut is told once, whatever is deleted meanwhile."""
    outbox.put([item(5, kind="isolated_proven", created=NOON)])
    outbox.erase([asked(What.DEVICE, macs=(ALICE,), alerts=("a1", "a2"))])
    assert outbox.next("mail").id == "m5"


def gathered(number, *alerts):
    """Give a message about several alerts, and those that it stands for."""
    parts = [
        item(f"{number}{alert}", alert, created=NOON - number, waits=False, content={})
        for alert in alerts
    ]
    return [item(number, alerts[0], kind="gathered", created=NOON - number), *parts]


def test_a_message_about_several_alerts_goes_with_any_of_them(outbox, tmp_path):
    """What it had not yet said of the others can be made again; what it said, cannot."""
    outbox.put([*gathered(5, "a5", "a6"), *gathered(7, "a7", "a8")])
    assert [each["id"] for each in told(tmp_path, ["a6"])] == ["m5", "m5a6"]
    for _ in range(4):  # the three of before, and the first about several
        outbox.delivered(outbox.next("mail"), NOON)
    outbox.erase([asked(What.DEVICE, macs=(ALICE,), alerts=("a6", "a8"))])
    assert b"Claire 5" not in (tmp_path / "outbox.db").read_bytes()
    assert b"Claire 7" not in (tmp_path / "outbox.db").read_bytes()
    assert [each["id"] for each in told(tmp_path, ["a5", "a6", "a7", "a8"])] == ["m5a5"]


def test_what_was_sent_is_emptied_and_not_sent_again(outbox, tmp_path):
    """Its id stays until its time is over."""
    outbox.delivered(item(1, number=1), NOON)
    outbox.erase([asked(What.MESSAGES)])
    outbox.put([item(1, "a1")])
    (sent, waits) = told(tmp_path, ["a1", "a2"])
    assert (sent["content"], sent["who"]) == ("{}", "")
    assert waits["content"] == '{"text": "Claire 2"}'
    assert outbox.next("mail").id == "m2"


def test_all_go_with_the_alerts_but_what_came_after(outbox, tmp_path):
    outbox.put([item(4, "a4", created=NOON + 10)])
    outbox.erase([asked(What.ALERTS)])
    assert [each["id"] for each in told(tmp_path, ["a1", "a2", "a4"])] == ["m4"]


def test_each_is_done_once_and_noted(outbox, tmp_path):
    """Also those in which the outputs have no share."""
    assert erased(tmp_path) == 0
    outbox.erase([asked(What.SESSIONS, 1), asked(What.TRAFFIC, 2)])
    assert erased(tmp_path) == 2
    outbox.erase([asked(What.ALERTS, 1)])
    assert len(told(tmp_path, ["a1", "a2"])) == 2


def test_without_an_outbox_nothing_is_due(tmp_path):
    assert erased(tmp_path) is None
    assert told(tmp_path, ["a1"]) == []
