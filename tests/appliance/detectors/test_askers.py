"""Who asked for a name first."""

from appliance.detectors.askers import Askers
from appliance.facts import NameAnswered, NameAsked
from appliance.model import Ip, Mac

PC, SERVER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:05")


def ask(at: float, mac: Mac, name: str = "www.example"):
    said = {"protocol": "dns", "name": name, "type": 1}
    return NameAsked(at=at, mac=mac, src=Ip("192.168.1.9"), dst=Ip("192.168.1.1"), **said)


def answer(at: float, name: str = "www.example"):
    said = {"protocol": "dns", "name": name, "type": 1, "code": 0, "records": ()}
    return NameAnswered(at=at, mac=SERVER, src=Ip("192.168.1.1"), dst=Ip("192.168.1.9"), **said)


def test_a_server_that_passes_a_question_on_did_not_ask_it():
    askers = Askers(16)
    assert [askers.asked(ask(0, PC)), askers.asked(ask(0.1, SERVER))] == [PC, PC]
    assert askers.whom(answer(0.3)) == PC


def test_a_question_of_a_minute_later_is_its_own():
    askers = Askers(16)
    assert [askers.asked(ask(0, PC)), askers.asked(ask(60, SERVER))] == [PC, SERVER]


def test_an_answer_to_nobody_heard_is_nobodys():
    """Or to somebody who asked long ago."""
    askers = Askers(16)
    askers.asked(ask(0, PC))
    assert askers.whom(answer(0, "other.example")) is None
    assert askers.whom(answer(60)) is None


def test_only_so_many_names_are_remembered():
    """The one asked for longest ago leaves."""
    askers = Askers(2)
    for name in ("a.example", "b.example", "c.example"):
        askers.asked(ask(0, PC, name))
    assert [askers.whom(answer(0, f"{one}.example")) for one in "abc"] == [None, PC, PC]
