"""How a machine opens TCP conversations tells a family of systems (from memory, as in p0f.fp).

Windows begins with a time to live of 128. Linux before 2.6.39 (2011) begins with a window of four
segments and a certain row of options. The smallest systems of all, in things for one purpose, offer
a segment size and nothing else.

Some printers and telephones begin as others do, and anybody can set it: never more than a hint.
"""

from appliance.facts import TcpShape
from appliance.inventory.clues.clue import Clue
from appliance.knowledge.hint import LOW, Source
from appliance.knowledge.kinds import Kind

_OF_WINDOWS = 128
_CLUE = Clue(Source.TCP_SHAPE, str(_OF_WINDOWS), LOW, os="Windows")
_OF_LINUX = 64
_OLD_LINUX, _SEGMENTS = "M,S,T,N,W", 4
_OLD = Clue(Source.TCP_SHAPE, "Linux before 2.6.39", LOW, os="Linux")
_SMALLEST = "M"
_TINY = Clue(Source.TCP_SHAPE, _SMALLEST, LOW, kind=Kind.IOT)
_SCANS = frozenset((1024, 2048, 3072, 4096))
"""Windows of programs that look for open ports (nmap's ``tcp_raw``), who say no more either."""


def read(fact: TcpShape) -> tuple[Clue, ...]:
    """Give the clue in a shape that no router has touched."""
    if fact.away:
        return ()
    if fact.ttl == _OF_WINDOWS:
        return (_CLUE,)
    if fact.server:  # it can offer no more than it was offered
        return ()
    if fact.options == _SMALLEST and fact.window not in _SCANS:
        return (_TINY,)
    is_old = fact.options == _OLD_LINUX and fact.window == _SEGMENTS * fact.mss
    return (_OLD,) if is_old and fact.ttl == _OF_LINUX else ()
