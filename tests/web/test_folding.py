"""Lists of alerts with what came after under what came first."""

from appliance.model import Alert
from tests.kit.people import ATTACKER, BOX, NOW, PHONE, alert, devices
from web.folding import Fold, fold
from web.wording import NOBODY, Told, tell

DAY = 86_400.0


def made(number: int, **changes: object) -> Alert:
    """Give an alert that began *number* minutes ago."""
    at = NOW - 60 * number
    return alert(f"a-{number}", **{"first_at": at, "last_at": at, **changes})


def folded(*alerts: Alert) -> list[tuple[str, list[str]]]:
    return [shown(one) for one in fold([(each, told(each)) for each in alerts], devices())]


def told(one: Alert) -> Told:
    return tell("en", one, NOBODY)


def shown(one: Fold) -> tuple[str, list[str]]:
    assert one.words == told(one.alert)
    return one.alert.id, [each.id for each, _ in one.after]


def test_what_came_after_stands_under_the_first_where_the_latest_stood() -> None:
    other = made(2, about=PHONE)
    assert folded(made(1, again=True), other, made(3, again=True), made(9)) == [
        ("a-9", ["a-1", "a-3"]),
        ("a-2", []),
    ]


def test_other_devices_and_first_ones_stand_by_themselves() -> None:
    assert folded(made(1), made(2), made(3, about=BOX, again=True)) == [
        ("a-1", []),
        ("a-2", []),
        ("a-3", []),
    ]


def test_one_whose_first_is_not_in_the_list_stands_by_itself() -> None:
    assert folded(made(1, again=True), made(2, again=True)) == [("a-1", []), ("a-2", [])]


def test_the_first_is_the_latest_that_began_before_and_within_a_day() -> None:
    old = made(5000, last_at=NOW)
    assert folded(old, made(1, again=True)) == [("a-5000", []), ("a-1", [])]
    assert folded(made(1, again=True), made(5), made(9)) == [("a-5", ["a-1"]), ("a-9", [])]
    assert folded(made(1), made(5, again=True)) == [("a-1", []), ("a-5", [])]


def test_the_addresses_of_one_device_are_one_device() -> None:
    joined = next(each for each in devices() if each.also)
    one, other = made(9, about=joined.mac), made(1, about=joined.also[0], again=True)
    assert folded(other, one) == [("a-9", ["a-1"])]


def test_nothing_is_lost() -> None:
    every = [made(number, again=number % 3 > 0, about=ATTACKER) for number in range(30)]
    ids = [id_ for first, after in folded(*every) for id_ in (first, *after)]
    assert sorted(ids) == sorted(each.id for each in every)
