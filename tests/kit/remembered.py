"""How much a thing remembers: what every memory's maximum is held against."""

import gc
from collections import deque
from types import FunctionType, ModuleType

CONTAINERS = (dict, list, set, frozenset, tuple, deque)


def largest(thing: object) -> tuple[int, str]:
    """Give the length of the longest container that *thing* leads to, and what it looks like.

    Code, modules and classes are left out: what they lead to was there before. What they share
    with *thing*, such as tables of knowledge, counts as well.
    """
    seen: set[int] = set()
    todo: list[object] = [thing]
    most, where = 0, ""
    while todo:
        each = todo.pop()
        if id(each) in seen or isinstance(each, type | FunctionType | ModuleType):
            continue
        seen.add(id(each))
        if isinstance(each, CONTAINERS) and len(each) > most:
            most, where = len(each), f"{type(each).__name__} of {len(each)}: {str(each)[:200]}"
        todo += gc.get_referents(each)
    return most, where
