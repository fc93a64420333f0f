"""When the port may be left for another: what is shut for a cut is opened first."""

from appliance.switch.agent import Unanswered
from appliance.switch.bridge import UP
from appliance.switch.channel import LET_GO, LONGEST
from tests.appliance.switch.test_channel import Played


def free(played: Played) -> bool:
    return played.channel.free(played.now)


def test_a_port_is_left_for_another_only_when_it_is_open_again() -> None:
    played = Played()
    assert free(played)
    played.order(False)
    assert free(played)
    played.order(True)
    assert not free(played)
    played.switch.lazy = True
    played.order(False)
    assert not free(played)
    played.switch.lazy = False
    played.run(LONGEST)
    assert (played.switch.admin, free(played)) == (UP, True)


def test_a_switch_that_is_gone_holds_nobody_up_for_long() -> None:
    """It may have been replaced during the cut; the new one has another address."""
    played = Played(shut=True)
    played.switch.trouble = Unanswered("gone")
    played.run(2 * LET_GO)
    assert not free(played)
    played.order(False)
    played.run(LET_GO)
    assert not free(played)
    played.run(1.0)
    assert free(played)


def test_a_switch_that_never_answered_holds_nobody_up() -> None:
    played = Played(shut=False, trouble=Unanswered("no such address"))
    played.order(True)
    assert not free(played)
    played.order(False)
    assert free(played)
