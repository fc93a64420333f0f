"""What waits to be told to people, in sentences for the pages."""

from collections.abc import Iterator

from appliance.store.tally import Tally, tally
from appliance.texts import say
from web.box import here
from web.format import moment, number
from web.picture import or_none
from web.speech import language, picture

FLYING = 60.0
"""Seconds that a message may take on its way without a word about it."""


def messages() -> list[str]:
    """Say to whoever asks for this page what waits, and what could not be told."""
    box, isolated = here(), picture().uplink == "isolated"
    found = or_none(lambda: tally(box.config.state))
    return list(sentences(language(), found, box.now(), isolated=isolated))


def sentences(tongue: str, found: Tally | None, now: float, *, isolated: bool) -> Iterator[str]:
    """Say what waits, and what could not be told; nothing where all is told.

    *found* is None when the queue cannot be read now.
    """
    if found is None:
        return
    if found.waiting and isolated:
        yield say(tongue, "outputs.wait_isolated", n=number(tongue, found.waiting))
    elif found.waiting and found.oldest is not None and now - found.oldest > FLYING:
        at, count = moment(tongue, found.oldest, now), number(tongue, found.waiting)
        yield say(tongue, "outputs.wait", n=count, at=at)
    for key, count_of in (("refused", found.refused), ("dropped", found.dropped)):
        if count_of:
            yield say(tongue, f"outputs.{key}", n=number(tongue, count_of))
