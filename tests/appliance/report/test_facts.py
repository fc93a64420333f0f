"""What a report is made of."""

import pytest

from appliance.report.facts import Machine, Watch


@pytest.mark.parametrize(
    ("watch", "share", "unseen"),
    [
        (Watch(), None, 0.0),
        (Watch(wanted=9.0), None, 0.0),
        (Watch(wanted=10.0, elapsed=10.0, saw=5.0), 0.5, 5.0),
        (Watch(wanted=10.0, elapsed=10.0, saw=10.2), 1.0, 0.0),
    ],
)
def test_a_share_is_of_the_time_that_was_measured(
    watch: Watch, share: float | None, unseen: float
) -> None:
    """And never more than all of it."""
    assert watch.share == share
    assert watch.unseen == unseen


def test_a_machine_that_nobody_mends_comes_before_one_that_is_old() -> None:
    ended = Machine(name="a", kind="server", ended=True)
    unseen = Machine(name="b", kind="server", computer=True)
    due = Machine(name="c", kind="server", due="due")
    well = Machine(name="d", kind="server", computer=True, updated=True)
    assert sorted((well, due, unseen, ended), key=lambda each: -each.needs) == [
        ended,
        unseen,
        due,
        well,
    ]
