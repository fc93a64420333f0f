"""All that speaks for what one device is."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.inventory.evidence import OF_ONE_SOURCE, PIECES, STALE, Reasons
from tests.kit.made import clue

CLUES = st.builds(
    clue,
    source=st.sampled_from([f"source {number}" for number in range(9)]),
    says=st.sampled_from([f"says {number}" for number in range(12)]),
    weight=st.integers(1, 100),
    kind=st.sampled_from(["", "printer", "nas"]),
)


def test_a_clue_seen_again_keeps_its_first_time():
    """And moves its last."""
    reasons = Reasons()
    assert reasons.add(clue(says="Planmeca"), 1)
    assert not reasons.add(clue(says="Planmeca"), 9)
    (evidence,) = reasons.evidence()
    assert (evidence.first_at, evidence.last_at) == (1, 9)


def test_one_thing_seen_may_speak_for_several():
    """A name with two known words in it."""
    reasons = Reasons()
    reasons.add(clue(says="srv-romexis", kind="server"), 1)
    reasons.add(clue(says="srv-romexis", kind="acquisition_pc"), 1)
    assert len(reasons.evidence()) == 2


def test_of_too_much_the_lightest_leaves():
    """A device that says a hundred things is still known by the best of them."""
    reasons = Reasons()
    for number in range(100):
        reasons.add(clue(f"source {number // 5}", str(number), weight=number % 20 + 1), number)
    kept = reasons.evidence()
    assert len(kept) == PIECES
    assert min(piece.weight for piece in kept) > 9


def test_a_chatty_source_has_its_share_and_no_more():
    """It cannot push others out."""
    reasons = Reasons()
    reasons.add(clue("dhcp", "light", weight=1), 0)
    for number in range(100):
        reasons.add(clue("http", str(number), weight=60), number)
    assert len(reasons.evidence()) == OF_ONE_SOURCE + 1


def test_something_new_all_the_time_changes_nothing():
    """The card would never be at rest; what is heavier is always taken in."""
    reasons = Reasons()
    changes = [reasons.add(clue("http", str(number % 20)), number) for number in range(1000)]
    assert sum(changes) == OF_ONE_SOURCE
    assert reasons.add(clue("http", "heavier", weight=60), 1001)


def test_what_was_not_seen_for_long_makes_room():
    """A browser is renewed every month."""
    reasons = Reasons()
    for number in range(OF_ONE_SOURCE):
        reasons.add(clue("http", str(number)), number)
    assert reasons.add(clue("http", "new"), STALE + 1)
    assert "0" not in {piece.says for piece in reasons.evidence()}


def test_what_the_device_is_follows_its_evidence():
    """And is not worked out again while that stays."""
    reasons = Reasons()
    assert reasons.identity().kind.value == ""
    reasons.add(clue("mdns", "_ipp._tcp", weight=60, kind="printer"), 1)
    first = reasons.identity()
    reasons.add(clue("mdns", "_ipp._tcp", weight=60, kind="printer"), 2)
    assert reasons.identity() is first
    assert first.kind.value == "printer"
    reasons.add(clue("snmp", "x", weight=100, kind="nas"), 3)
    assert reasons.identity().kind.value == "nas"


@given(st.lists(CLUES, max_size=150))
def test_evidence_has_a_maximum_and_goes_on_after_a_restart(clues):
    """Nothing lost, nothing twice."""
    reasons = Reasons()
    for at, each in enumerate(clues):
        reasons.add(each, at)
    kept = reasons.evidence()
    assert len(kept) <= PIECES
    assert all(sum(it.source == one.source for it in kept) <= OF_ONE_SOURCE for one in kept)
    again = Reasons.of(kept)
    assert again.evidence() == kept
    assert again.identity() == reasons.identity()
    for at, each in enumerate(clues):
        assert again.add(each, 1000 + at) is reasons.add(each, 1000 + at)
    assert again.evidence() == reasons.evidence()
