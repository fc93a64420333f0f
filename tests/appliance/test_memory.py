"""A memory with a maximum."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.memory import Memory


@given(st.lists(st.integers(0, 30), max_size=200), st.integers(1, 10))
def test_it_keeps_what_was_written_last(keys, limit):
    """And counts what had to leave."""
    memory: Memory[int, int] = Memory(limit)
    for key in keys:
        memory.put(key, key)
    newest_first = list(dict.fromkeys(reversed(keys)))
    assert list(memory) == list(reversed(newest_first[:limit]))
    assert len(memory) <= limit
    assert memory.dropped >= len(set(keys)) - limit


def test_what_had_to_leave_is_named():
    """So that whoever keeps a second table can let go of it, too."""
    memory: Memory[str, int] = Memory(1)
    assert memory.put("a", 1) is None
    assert memory.put("b", 2) == "a"


def test_replacing_does_not_make_newer():
    """The order of leaving is that of writing."""
    memory: Memory[str, int] = Memory(2)
    memory.put("a", 1)
    memory.put("b", 1)
    memory.replace("a", 2)
    memory.replace("c", 2)
    assert memory.oldest() == ("a", 2)
    assert "c" not in memory


def test_popping_forgets():
    """Once."""
    memory: Memory[str, int] = Memory(2)
    memory.put("a", 1)
    assert (memory.pop("a"), memory.pop("a"), memory.oldest()) == (1, None, None)
