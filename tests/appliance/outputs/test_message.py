"""Names of messages."""

from appliance.model import Severity
from appliance.outputs.message import Kind, Line, Message


def test_what_is_the_same_has_the_same_id_and_nothing_else_has() -> None:
    first = Message(kind=Kind.ALERT, way="mail", who="marie", alerts=("a",))
    others = (
        Message(kind=Kind.UNHEEDED, way="mail", who="marie", alerts=("a",)),
        Message(kind=Kind.ALERT, way="phone", who="marie", alerts=("a",)),
        Message(kind=Kind.ALERT, way="mail", who="paul", alerts=("a",)),
        Message(kind=Kind.ALERT, way="mail", who="marie", alerts=("b",)),
        Message(kind=Kind.ALERT, way="mail", who="marie", alerts=("a",), severity=Severity.DANGER),
    )
    assert first.id == Message(kind=Kind.ALERT, way="mail", who="marie", alerts=("a",)).id
    assert len({first.id, *(one.id for one in others)}) == 6


def test_a_digest_is_that_of_its_day_whatever_is_in_it() -> None:
    one = Message(kind=Kind.DIGEST, way="mail", who="marie", alerts=("a",), day="2026-11-25")
    other = Message(kind=Kind.DIGEST, way="mail", who="marie", alerts=("b",), day="2026-11-25")
    assert one.id == other.id


def test_each_count_down_has_messages_of_its_own_whenever_it_is_said_to_end() -> None:
    def told(begun: str, at: float) -> str:
        return Message(kind=Kind.COUNT_DOWN, way="mail", day=begun, line=Line(at=at)).id

    assert told("1.000", 61.0) == told("1.000", 62.0)
    assert told("1.000", 61.0) != told("9.000", 61.0)
