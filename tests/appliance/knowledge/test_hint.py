"""What a row says of a device, and how much that weighs."""

import pytest

from appliance.knowledge.hint import HIGH, LOW, MEDIUM, Hint, Source, hint, tells, weigh
from appliance.knowledge.kinds import Kind


@pytest.mark.parametrize(
    ("confidence", "basis", "weight"),
    [
        ("high", "found", 60),
        ("medium", "judged", 35),
        ("low", "found", 15),
        ("high", "memory", 35),
        ("medium", "memory", 15),
        ("low", "memory", 15),
    ],
)
def test_what_was_not_read_again_weighs_a_step_less(confidence, basis, weight):
    """The rule that all tables share."""
    assert weigh({"confidence": confidence, "basis": basis}) == weight


def test_the_weights_add_up_as_their_reasons_say():
    """One certain sign decides; two medium ones outweigh it; two weak ones outweigh neither."""
    assert HIGH > 50
    assert HIGH > MEDIUM
    assert MEDIUM + MEDIUM > HIGH
    assert LOW + LOW < MEDIUM


def test_a_row_becomes_a_hint_with_what_it_has():
    """Columns that a table does not have say nothing."""
    row = {"kind": "nas", "maker": "Synology", "confidence": "high", "basis": "found"}
    assert hint(row, Source.NAME) == Hint(
        kind=Kind.NAS, maker="Synology", weight=60, source_key=Source.NAME
    )


def test_a_row_that_says_nothing_is_no_hint():
    """An unknown kind alone is silence."""
    assert hint({"kind": "unknown", "confidence": "high", "basis": "found"}, Source.PORT) is None
    assert not tells(Hint(weight=60, source_key=Source.PORT))
