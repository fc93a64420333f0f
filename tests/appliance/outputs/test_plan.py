"""Who is told of what, and when."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from appliance.config_outputs import Mail, Outputs, Person, Syslog
from appliance.decisions import Decision, Verdict
from appliance.durations import DAY
from appliance.model import Alert, AlertState, Severity
from appliance.outputs.message import Kind, Message
from appliance.outputs.plan import Known, heeded, names, plan
from tests.appliance.outputs.telling import NOON, PC, SENSOR, alert

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3600.0
ALL = ("notice", "warning", "danger")

MARIE = Person(
    mail="marie@example.org",
    danger=("mail", "phone"),
    warning=("mail",),
    digest=("mail",),
    digest_at="18:00",
    quiet="19:00-07:30",
)
PAUL = Person(mail="paul@example.org", danger=("phone",))
WAYS = {"mail": {"mail": Mail(), "phone": Mail()}}


def outputs(**people: Person) -> Outputs:
    return Outputs(person=people, mail=WAYS["mail"])


def told(
    out: Outputs, *alerts: Alert, at: float = NOON, since: float = 0.0, **known: object
) -> list[Message]:
    everybody = dict.fromkeys(names(out), since)
    return list(plan(out, Known(alerts=alerts, since=everybody, **known), at, PARIS))  # type: ignore[arg-type] # by name


def short(messages: list[Message]) -> list[tuple[str, str, str]]:
    return [(one.who, one.way, one.kind) for one in messages]


def test_each_severity_goes_by_the_ways_that_the_person_named() -> None:
    def ways(severity: Severity) -> list[str]:
        return [one.way for one in told(outputs(marie=MARIE), alert(severity=severity))]

    assert ways(Severity.DANGER) == ["mail", "phone"]
    assert ways(Severity.WARNING) == ["mail"]
    assert ways(Severity.NOTICE) == []


def test_a_program_is_told_everything_from_its_severity_on() -> None:
    out = Outputs(syslog={"log": Syslog(host="log", least="warning")})
    three = [alert(n, Severity[name.upper()]) for n, name in enumerate(ALL)]
    assert [one.severity.name for one in told(out, *three)] == ["WARNING", "DANGER"]


def test_what_was_told_is_not_told_again_until_it_is_worse() -> None:
    out = outputs(marie=MARIE)
    (first,) = told(out, alert())
    assert told(out, alert(count=9), made={first.id: NOON}) == []
    worse = told(out, alert(severity=Severity.DANGER), made={first.id: NOON})
    assert [one.way for one in worse] == ["mail", "phone"]


def test_in_quiet_hours_only_a_danger_is_told_and_the_rest_when_they_are_over() -> None:
    out, night = outputs(marie=MARIE), NOON + 9 * HOUR
    late = alert(first_at=night, last_at=night)
    assert told(out, late, at=night) == []
    assert told(out, replace(late, severity=Severity.DANGER), at=night) != []
    assert told(out, late, at=NOON + 19.4 * HOUR) == []
    assert short(told(out, late, at=NOON + 19.6 * HOUR)) == [("marie", "mail", Kind.ALERT)]


def test_what_was_settled_in_the_night_is_not_told_in_the_morning() -> None:
    late = alert(first_at=NOON + 9 * HOUR, state=AlertState.CLOSED)
    assert told(outputs(marie=MARIE), late, at=NOON + 21 * HOUR) == []


def test_the_next_person_is_told_when_nobody_decides_anything() -> None:
    out = outputs(marie=replace(MARIE, then="paul"), paul=PAUL)
    first = told(out, alert())
    made = {one.id: NOON for one in first}
    assert told(out, alert(), at=NOON + 14 * 60, made=made) == []
    later = told(out, alert(), at=NOON + 15 * 60, made=made)
    assert short(later) == [("paul", "phone", Kind.UNHEEDED)]
    assert told(out, alert(), at=NOON + HOUR, made=made, heeded=frozenset({alert().id})) == []


def test_the_chain_goes_on_and_ends_where_it_began() -> None:
    """Each is told once, also where the last names the first."""
    people = {
        name: Person(danger=("phone",), then=then, after_minutes=10)
        for name, then in (("a", "b"), ("b", "c"), ("c", "a"))
    }
    people["b"] = replace(people["b"], danger=())
    people["c"] = replace(people["c"], danger=(), warning=("phone",))
    out, trouble = outputs(**people), alert(severity=Severity.DANGER)
    made: dict[str, float] = {}
    seen = []
    for minute in range(0, 300, 5):
        for one in told(out, trouble, at=NOON + minute * 60, made=made):
            made[one.id] = NOON + minute * 60
            seen.append((minute, one.who, one.kind))
    assert seen == [(0, "a", Kind.ALERT)]
    people["b"] = replace(people["b"], danger=("mail",))
    out = outputs(**people)
    for minute in range(300, 400, 5):
        for one in told(out, trouble, at=NOON + minute * 60, made=made):
            made[one.id] = NOON + minute * 60
            seen.append((minute, one.who, one.kind))
    assert ("b", Kind.UNHEEDED) in [each[1:] for each in seen]
    assert len(seen) == len(set(seen))


def test_a_notice_calls_nobody_else() -> None:
    marie = replace(MARIE, notice=("mail",), then="paul")
    out, little = outputs(marie=marie, paul=PAUL), alert(severity=Severity.NOTICE)
    made = {one.id: NOON for one in told(out, little)}
    assert told(out, little, at=NOON + HOUR, made=made) == []


def test_a_digest_comes_once_a_day_with_what_was_not_told() -> None:
    out = outputs(marie=MARIE)
    two = (alert(1, Severity.NOTICE), alert(2, Severity.NOTICE))
    assert told(out, *two, at=NOON + 5 * HOUR) == []
    (digest,) = told(out, *two, at=NOON + 6 * HOUR)
    assert (digest.kind, digest.day, digest.alerts) == (
        Kind.DIGEST,
        "2026-11-25",
        (alert(1).id, alert(2).id),
    )
    assert told(out, two[0], at=NOON + 7 * HOUR, made={digest.id: NOON}) == []
    assert told(out, at=NOON + 6 * HOUR) == []


def test_a_digest_that_was_missed_for_long_is_left_out() -> None:
    assert told(outputs(marie=MARIE), alert(1, Severity.NOTICE), at=NOON + 19 * HOUR) == []


def test_whoever_is_new_is_told_of_what_begins_and_of_dangers_that_go_on() -> None:
    out = outputs(marie=MARIE)
    old = {"first_at": NOON - DAY, "last_at": NOON + 1}
    assert told(out, alert(1, **old), since=NOON) == []
    assert told(out, alert(1, Severity.DANGER, **old), since=NOON) != []
    over = {"first_at": NOON - DAY, "last_at": NOON - 1}
    assert told(out, alert(1, Severity.DANGER, **over), since=NOON) == []


def test_a_decision_about_the_device_counts_when_it_came_after_the_alert() -> None:
    def decided(at: float, **more: object) -> Decision:
        given = {"verdict": Verdict.APPROVE, "mac": PC, **more}
        return Decision(id=1, at=at, author="camille", **given)  # type: ignore[arg-type] # by name

    trouble, mains = alert(about=SENSOR), {PC: SENSOR}
    assert heeded([trouble], [decided(NOON + 1)], mains) == {trouble.id}
    assert heeded([trouble], [decided(NOON - 1)], mains) == frozenset()
    assert heeded([trouble], [decided(NOON + 1)], {}) == frozenset()
    closed = decided(NOON + 1, verdict=Verdict.CLOSE, alert=trouble.id)
    assert heeded([trouble], [closed], {}) == {trouble.id}
    seen, other = decided(NOON + 1, verdict=Verdict.SEEN, alert=trouble.id), alert(2, about=PC)
    assert heeded([trouble, other], [seen], mains) == {trouble.id}
    danger = alert(1, Severity.DANGER, about=SENSOR)
    assert heeded([danger], [seen], mains) == frozenset()


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(Severity), st.floats(-DAY, 2 * DAY)),
        max_size=12,
    ),
    st.floats(0, 3 * DAY),
)
def test_the_same_is_never_planned_twice(
    made_up: list[tuple[int, Severity, float]], step: float
) -> None:
    """Whatever the hours: what was given once is not given again."""
    out = outputs(marie=replace(MARIE, then="paul"), paul=PAUL)
    found = [
        alert(n, severity, first_at=NOON + at, last_at=NOON + at) for n, severity, at in made_up
    ]
    made: dict[str, float] = {}
    for at in (NOON, NOON + step, NOON + step):
        for message in told(out, *found, at=at, made=dict(made)):
            assert message.id not in made
            made[message.id] = at
    assert told(out, *found, at=NOON + step, made=made) == []


DENTIST = Person(mail="d@example.org", report=("mail",), digest_at="08:00")


def reports(at: str, since: float = 0.0, **known: object) -> list[tuple[str, str]]:
    now = datetime.fromisoformat(at).replace(tzinfo=PARIS).timestamp()
    told_now = told(outputs(dentist=DENTIST), at=now, since=since, **known)
    return [(one.kind, one.day) for one in told_now]


def test_the_report_of_a_month_is_told_on_the_first_of_the_next() -> None:
    assert reports("2026-11-01T07:59") == []
    assert reports("2026-11-01T08:00") == [(Kind.REPORT, "2026-10")]
    assert reports("2027-01-01T09:00") == [(Kind.REPORT, "2026-12")]


def test_a_box_that_was_off_on_the_first_tells_of_the_report_later_but_not_too_late() -> None:
    assert reports("2026-11-09T12:00") == [(Kind.REPORT, "2026-10")]
    assert reports("2026-11-20T12:00") == []


def test_a_report_is_told_once_and_only_to_whoever_was_there_on_the_first() -> None:
    message = Message(kind=Kind.REPORT, way="mail", who="dentist", day="2026-10")
    assert reports("2026-11-01T09:00", made={message.id: 1.0}) == []
    added = datetime(2026, 11, 1, 8, 30, tzinfo=PARIS).timestamp()
    assert reports("2026-11-01T09:00", since=added) == []


def test_nobody_gets_a_report_who_did_not_ask_for_it() -> None:
    now = datetime(2026, 11, 1, 20, tzinfo=PARIS).timestamp()
    assert told(outputs(marie=MARIE), at=now) == []
