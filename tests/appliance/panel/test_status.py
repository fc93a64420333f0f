"""The status: what is sent arrives."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Level
from appliance.panel.journal import Entry
from appliance.panel.question import Question
from appliance.panel.signs import Says
from appliance.panel.status import (
    CountDownShown,
    PanelStatus,
    ProofTestShown,
    Shown,
    from_json,
    to_json,
)
from appliance.panel.tested import Ended, Learnt
from appliance.panel.verify import Proof

times = st.floats(0, 4e9)
words = st.text(max_size=20)
lists = st.lists(words).map(tuple)
results = st.none() | st.builds(
    Ended,
    at=times,
    who=words,
    proof=words,
    cut_seconds=times,
    joined_seconds=st.none() | times,
    signs=lists,
    missing=lists,
)
proof_tests = st.builds(
    ProofTestShown,
    running=st.booleans(),
    last=results,
    switch=results,
    learnt=st.none() | st.builds(Learnt, at=times, cut=words, sources=lists),
    due_at=st.none() | times,
)
statuses = st.builds(
    PanelStatus,
    state=st.sampled_from(["connected", "isolated"]),
    proof=st.sampled_from(Proof),
    since=st.none() | times,
    who=words,
    why=words,
    evidence=st.lists(st.builds(Shown, what=words, says=st.sampled_from(Says), detail=words)).map(
        tuple
    ),
    light=st.sampled_from(Level),
    light_why=words,
    simulated=st.booleans(),
    faults=st.lists(words).map(tuple),
    remarks=st.lists(words).map(tuple),
    log=st.lists(st.builds(Entry, at=times, who=words, what=words, why=words)).map(tuple),
    test=st.none() | proof_tests,
    switch_shut=st.none() | st.booleans(),
    count_down=st.none() | st.builds(CountDownShown, ends_at=times, detector=words, alert=words),
    question=st.none() | st.builds(Question, number=st.integers(0), gateways=lists, at=times),
)


@given(statuses)
def test_what_is_sent_arrives(status: PanelStatus) -> None:
    assert from_json(json.loads(json.dumps(to_json(status)))) == status


@pytest.mark.parametrize("broken", [{}, {"proof": "sure", "light": "well"}])
def test_anything_else_is_no_status(broken: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        from_json(broken)
