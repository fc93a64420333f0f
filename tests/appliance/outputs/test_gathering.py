"""Alerts of one case are told together, and nothing is lost by it."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.config_outputs import Mail, Outputs, Person, Syslog
from appliance.model import Alert, AlertState, Case, Severity
from appliance.outputs.gathering import GATHER, gathered, parts
from appliance.outputs.message import Kind, Message
from appliance.outputs.plan import Known, names, plan
from tests.appliance.outputs.telling import NOON, PC, alert

WARNING, DANGER = Severity.WARNING, Severity.DANGER
ALL = ("office",)
MARIE = Person(mail="m@example.org", notice=ALL, warning=ALL, danger=ALL)
OUT = Outputs(mail={"office": Mail()}, person={"marie": MARIE})


def case(*alerts: Alert) -> Case:
    return Case(
        id="c",
        about=PC,
        also=(),
        severity=DANGER,
        first_at=NOON,
        last_at=NOON,
        alerts=tuple(one.id for one in alerts),
        stages=(),
        state=AlertState.OPEN,
    )


class Telling:
    """Plans again and again, and remembers what was told as the outbox does."""

    def __init__(self, out: Outputs = OUT) -> None:
        self.out = out
        self.made: dict[str, float] = {}

    def at(self, seconds: float, *alerts: Alert, cased: bool = True) -> list[Message]:
        now = NOON + seconds
        known = Known(
            alerts=alerts,
            cases=(case(*alerts),) if cased else (),
            since=dict.fromkeys(names(self.out), 0.0),
            made=self.made,
        )
        found = list(plan(self.out, known, now))
        for one in found:
            self.made |= {each.id: now for each in (one, *parts(one))}
        return found


def said(messages: list[Message]) -> list[tuple[Kind, int]]:
    return [(one.kind, len(one.alerts)) for one in messages]


def test_the_first_goes_out_at_once_and_the_rest_together_ten_minutes_later() -> None:
    telling, every = Telling(), [alert(n) for n in range(4)]
    assert said(telling.at(0, every[0])) == [(Kind.ALERT, 1)]
    assert telling.at(60, *every[:3]) == []
    assert telling.at(GATHER - 1, *every) == []
    (last,) = telling.at(GATHER, *every)
    assert last.kind is Kind.GATHERED
    assert last.alerts == tuple(one.id for one in every[1:])
    assert telling.at(GATHER + 1, *every) == telling.at(9 * GATHER, *every) == []


def test_one_alone_that_waited_comes_as_it_always_did() -> None:
    telling = Telling()
    telling.at(0, alert(0))
    telling.at(1, alert(0), alert(1))
    assert said(telling.at(GATHER, alert(0), alert(1))) == [(Kind.ALERT, 1)]


def test_what_is_worse_than_what_was_told_goes_out_at_once_and_takes_the_rest_along() -> None:
    telling = Telling()
    telling.at(0, alert(0))
    telling.at(1, alert(0), alert(1))
    (told,) = telling.at(2, alert(0), alert(1), alert(2, DANGER))
    assert (told.severity, told.each) == (DANGER, (DANGER, WARNING))
    assert told.alerts == (alert(2).id, alert(1).id)
    assert telling.at(3, alert(0), alert(1), alert(2, DANGER), alert(3, DANGER)) == []


def test_an_alert_that_becomes_a_danger_is_told_at_once() -> None:
    telling = Telling()
    telling.at(0, alert(0))
    assert said(telling.at(5, alert(0, DANGER))) == [(Kind.ALERT, 1)]


def test_alerts_of_no_case_are_told_one_by_one() -> None:
    found = Telling().at(0, alert(0), alert(1), cased=False)
    assert said(found) == [(Kind.ALERT, 1)] * 2


def test_programs_get_each_alert() -> None:
    telling = Telling(Outputs(syslog={"log": Syslog(host="192.0.2.1")}))
    assert said(telling.at(0, alert(0), alert(1))) == [(Kind.ALERT, 1)] * 2
    assert said(telling.at(1, alert(0), alert(1), alert(2))) == [(Kind.ALERT, 1)]


def test_each_person_and_way_waits_for_itself() -> None:
    messages = [
        Message(kind=Kind.ALERT, way=way, who=who, alerts=(alert(1).id,), severity=WARNING)
        for way, who in (("office", "marie"), ("phone", "marie"), ("office", "paul"))
    ]
    first = Message(
        kind=Kind.ALERT, way="office", who="marie", alerts=(alert(0).id,), severity=WARNING
    )
    left = list(gathered(messages, [case(alert(0), alert(1))], {first.id: NOON}, NOON + 1))
    assert left == messages[1:]


@given(
    st.lists(
        st.tuples(st.integers(0, 2 * int(GATHER)), st.sampled_from(Severity)),
        min_size=1,
        max_size=12,
    )
)
def test_every_alert_is_told_once_and_within_ten_minutes(steps: list[tuple[int, Severity]]) -> None:
    telling, told = Telling(), dict[str, float]()
    begins = {alert(n).id: at for n, (at, _) in enumerate(steps)}
    for second in sorted({*begins.values(), *range(0, 4 * int(GATHER), 30)}):
        there = [alert(n, how) for n, (at, how) in enumerate(steps) if at <= second]
        for message in telling.at(second, *there):
            for id_ in message.alerts:
                assert id_ not in told
                told[id_] = second
    assert told.keys() == begins.keys()
    assert all(told[id_] - at <= GATHER + 30 for id_, at in begins.items())
