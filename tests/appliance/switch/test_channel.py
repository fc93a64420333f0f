"""What is done at the switch: whatever it says and whenever, the port goes where the latch is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.switch.agent import Refused, Unanswered
from appliance.switch.bridge import DOWN, UP, NoPort, Port
from appliance.switch.channel import AGAIN, CALM, GUARD, LONGEST, LONGEST_CUT, LOOK, WATCH, Channel
from tests.kit.examples import usually

NUMBER, OTHER = 49, 5
BOX, GATEWAY = "02:00:00:00:00:05", "02:00:00:00:00:01"


@dataclass
class Made:
    """A switch that does as the test says."""

    admin: int = UP
    trouble: Exception | None = None
    lazy: bool = False
    where: dict[str, int] = field(default_factory=lambda: {BOX: OTHER, GATEWAY: NUMBER})
    number: int = NUMBER
    blind: Exception | None = None
    """It does not tell who is where."""
    written: list[bool] = field(default_factory=list)
    looks: int = 0

    def find(self, uplink: str) -> int:
        self.fail()
        return self.number

    def port(self, number: int) -> Port:
        self.fail()
        self.looks += 1
        return Port(number=number, name="te1", admin=self.admin, oper=self.admin)

    def set(self, number: int, *, up: bool) -> None:
        self.fail()
        assert number == self.number
        self.written.append(up)
        if not self.lazy:
            self.admin = UP if up else DOWN

    def behind(self, macs: tuple[str, ...]) -> Mapping[str, int]:
        self.fail()
        if self.blind:
            raise self.blind
        return {mac: number for mac, number in self.where.items() if mac in macs}

    def fail(self) -> None:
        if self.trouble:
            raise self.trouble


class Here:
    def own(self) -> str:
        return BOX

    def gateway(self) -> str:
        return GATEWAY


class Played:
    """A channel, a switch and a clock."""

    def __init__(self, *, shut: bool | None = None, **how: object) -> None:
        self.switch = Made(**how)  # type: ignore[arg-type] # a test's
        self.channel = Channel(self.switch, "te1", Here())
        self.now = 100.0
        if shut is not None:
            self.order(shut)

    def order(self, shut: bool) -> None:
        self.channel.order(shut, self.now)
        self.channel.turn(self.now)

    def run(self, seconds: float) -> None:
        end = self.now + seconds
        while self.channel.due <= end:
            self.now = max(self.now, self.channel.due)
            self.channel.turn(self.now)
        self.now = end

    def said(self) -> tuple[str, tuple[str, ...]]:
        return self.channel.said.what, self.channel.said.remarks


def test_nothing_is_done_before_the_latch_is_known() -> None:
    played = Played()
    played.channel.turn(1e9)
    assert played.switch.looks == 0


def test_an_order_shuts_the_port_at_once_and_reads_it_back() -> None:
    played = Played(shut=True)
    assert played.switch.written == [False]
    assert played.said() == ("shut", ())
    assert "admin down" in played.channel.said.detail


def test_the_end_of_a_cut_opens_it_again() -> None:
    played = Played(shut=True)
    played.order(False)
    assert played.switch.admin == UP
    assert played.said() == ("open", ())


def test_at_the_start_an_open_port_is_opened_once_which_shows_that_writing_is_allowed() -> None:
    played = Played(shut=False)
    played.run(LOOK * 5)
    assert played.switch.written == [True]
    assert Played(shut=False, trouble=Refused("noAccess")).said()[0] == "refused"


def test_at_the_start_a_port_that_was_left_shut_is_opened() -> None:
    assert Played(shut=False, admin=DOWN).switch.admin == UP


def test_a_port_that_somebody_opens_during_the_cut_is_shut_again_and_that_stays_said() -> None:
    played = Played(shut=True)
    played.switch.admin = UP
    played.run(WATCH)
    assert played.switch.admin == DOWN
    assert played.said() == ("shut", ("turned_up",))
    played.run(WATCH * 10)
    assert played.said() == ("shut", ("turned_up",))
    played.order(False)
    assert played.said() == ("open", ())


def test_a_port_that_somebody_shuts_is_left_to_them_and_said() -> None:
    """The box does not fight a technician at the switch; the latch has ordered no cut."""
    played = Played(shut=False)
    played.switch.admin = DOWN
    played.run(LOOK * 3)
    assert played.switch.written == [True]
    assert played.said() == ("shut", ("shut_by_hand",))
    played.switch.admin = UP
    played.run(LOOK)
    assert played.said() == ("open", ())


def test_a_switch_that_takes_orders_and_does_nothing_is_told_as_open() -> None:
    played = Played(shut=True, lazy=True)
    played.run(60)
    assert played.said() == ("open", ())
    assert len(played.switch.written) > 60 / LONGEST_CUT


def test_one_unanswered_question_is_not_yet_said() -> None:
    played = Played(shut=True, trouble=Unanswered())
    assert played.said()[0] == "asking"
    played.run(AGAIN)
    assert CALM == 2
    assert played.said()[0] == "unanswered"


def test_a_switch_that_comes_back_is_shut_within_seconds_during_a_cut() -> None:
    played = Played(shut=True, trouble=Unanswered())
    played.run(3600)
    played.switch.trouble = None
    played.run(LONGEST_CUT)
    assert played.switch.admin == DOWN


def test_a_switch_that_stays_silent_is_asked_ever_more_rarely() -> None:
    played = Played(shut=False, trouble=Unanswered())
    dues = []
    for _ in range(10):
        dues.append(played.channel.due - played.now)
        played.run(played.channel.due - played.now)
    assert dues[0] == AGAIN
    assert dues == sorted(dues)
    assert dues[-1] == LONGEST


def test_a_switch_that_was_restarted_is_asked_anew_which_number_its_port_has() -> None:
    played = Played(shut=False)
    played.switch.trouble = Unanswered()
    played.run(LOOK)
    played.switch.trouble, played.switch.number = None, NUMBER + 1
    played.run(LONGEST)
    played.order(True)
    assert played.switch.admin == DOWN


def test_a_port_that_the_switch_does_not_know_is_said() -> None:
    assert Played(shut=True, trouble=NoPort("te9")).said()[0] == "unknown_port"


def test_the_port_of_the_box_itself_is_never_shut() -> None:
    played = Played(where={BOX: NUMBER}, shut=True)
    played.run(3600)
    assert played.switch.written == []
    assert played.said()[0] == "own_port"


def test_a_box_that_was_behind_the_port_is_remembered_when_the_switch_forgets_it() -> None:
    played = Played(where={BOX: NUMBER}, shut=False)
    played.switch.where.clear()
    played.run(GUARD)
    played.order(True)
    assert played.switch.admin == UP
    played.switch.where[BOX] = OTHER
    played.order(False)
    played.run(GUARD * 2)
    played.order(True)
    assert played.switch.admin == DOWN


def test_a_switch_that_does_not_tell_who_is_where_is_shut_all_the_same() -> None:
    for blind in (Refused("noAccess"), Unanswered()):
        assert Played(shut=True, blind=blind).switch.admin == DOWN
    assert Played(shut=True, where={}).said() == ("shut", ())


def test_a_gateway_behind_another_port_is_said_and_hinders_nothing() -> None:
    played = Played(where={BOX: OTHER, GATEWAY: OTHER}, shut=False)
    assert played.said() == ("open", ("elsewhere",))
    played.order(True)
    assert played.said() == ("shut", ("elsewhere",))


def test_a_gateway_that_a_shut_port_hides_is_not_taken_for_moved() -> None:
    played = Played(shut=False)
    played.order(True)
    played.switch.where = {BOX: OTHER, GATEWAY: OTHER}
    played.run(GUARD * 2)
    assert played.said() == ("shut", ())


STEPS = st.one_of(
    st.tuples(st.just("order"), st.booleans()),
    st.tuples(
        st.just("trouble"), st.sampled_from([None, Unanswered(), Refused("no"), NoPort("x")])
    ),
    st.tuples(st.just("by_hand"), st.sampled_from([UP, DOWN])),
    st.tuples(st.just("time"), st.sampled_from([0.2, 3.0, 40.0, 700.0])),
    st.tuples(st.just("restart"), st.none()),
)


@settings(max_examples=usually(300), deadline=None)
@given(st.lists(STEPS, max_size=30), st.booleans())
def test_whatever_happened_the_port_is_where_the_latch_is_once_the_switch_answers(
    steps: list[tuple[str, object]], last: bool
) -> None:
    """And while a cut is ordered nothing ever opens it but somebody's hand."""
    played = Played(shut=False)
    shut = False
    for what, value in steps:
        before = len(played.switch.written)
        if what == "order":
            shut = bool(value)
            played.order(shut)
        elif what == "trouble":
            played.switch.trouble = value  # type: ignore[assignment] # a test's
        elif what == "by_hand":
            played.switch.admin = int(value)  # type: ignore[call-overload] # a test's
        elif what == "time":
            played.run(float(value))  # type: ignore[arg-type] # a test's
        else:
            played.channel = Channel(played.switch, "te1", Here())
            played.order(shut)
        assert set(played.switch.written[before:]) <= {not shut}
    played.switch.trouble = None
    played.order(not last)
    played.order(last)
    played.run(LONGEST)
    assert played.switch.admin == (DOWN if last else UP)
    assert played.channel.said.what == ("shut" if last else "open")
