"""Every kind of fact that says something has its readers, and none makes anything raise."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from appliance import facts
from appliance.inventory.clues import families
from appliance.inventory.clues.clue import LONGEST, LONGEST_VOTE, Clue
from appliance.knowledge.hint import Source
from appliance.knowledge.kinds import Kind
from appliance.texts import LANGUAGES, sentences
from tests.kit.anything import facts_of

SPEAKING = tuple(families())
any_fact = st.one_of([facts_of(kind) for kind in SPEAKING])


def clues_of(fact: facts.Fact) -> list[Clue]:
    return [clue for family in families()[type(fact)] for clue in family.read(fact)]


def test_only_facts_are_registered():
    """Of the closed union."""
    assert set(SPEAKING) < set(get_args(facts.Fact))


@given(any_fact)
def test_whatever_a_fact_holds_its_clues_are_well_formed(fact):
    """Short, with a weight, of a known source and for a known kind."""
    for clue in clues_of(fact):
        assert clue.source in set(Source)
        assert clue.kind in {"", *Kind} - {"unknown"}
        assert 1 <= clue.weight <= 100
        assert len(clue.says) <= LONGEST
        assert max(len(clue.maker), len(clue.model)) <= LONGEST_VOTE


@given(any_fact)
def test_the_same_fact_gives_the_same_clues(fact):
    """To any two readers that begin anew."""
    assert clues_of(fact) == clues_of(fact)


def test_every_source_has_its_words_in_both_languages():
    """The page says where a reason was seen."""
    for language in LANGUAGES:
        assert {f"source.{source}" for source in Source} <= set(sentences(language))
