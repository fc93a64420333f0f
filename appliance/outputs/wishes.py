"""What a technician asks on the pages of the lists, done by the part that fetches them.

The pages neither build the index nor reach the internet: they ask (`appliance.errands`), one thing
after the other.
"""

import time
import zipfile
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from pathlib import Path

from appliance import errands
from appliance.config import Config
from appliance.errands import ListsAsked, Outcome
from appliance.lists import changes
from appliance.lists.changes import Refusal
from appliance.lists.entry import ListError, entry
from appliance.lists.guard import Guard
from appliance.lists.held import Held
from appliance.lists.shelf import NAME, Shelf, opened
from appliance.outputs.feeds import refresh
from appliance.outputs.fetch import Fetcher

IN_A_ROW = 20
"""Wishes carried out in one go: people click, and systemd does not see what is asked meanwhile."""

WHY = 300
"""Signs of a reason that are handed back."""

Done = tuple[str, Mapping[str, str]]
"""The key, in ``[lists_page.done]``, of the sentence that says what was done; and its words."""


def carry_out(
    config: Config, fetcher: Fetcher, now: Callable[[], float] = time.time
) -> Outcome | None:
    """Do what is asked and was not done yet; give what became of the last. Raises OSError."""
    last = None
    for _ in range(IN_A_ROW):
        asked, told = errands.lists_asked(config), errands.outcome(config, "lists")
        if asked is None or (told is not None and told.asked == asked.id):
            break
        last = _one(config, asked, fetcher, now())
        errands.tell(config, "lists", last)
    return last


def _one(config: Config, asked: ListsAsked, fetcher: Fetcher, now: float) -> Outcome:
    def became(state: errands.State, key: str, words: Mapping[str, str]) -> Outcome:
        return Outcome(at=now, state=state, key=key, words=dict(words), asked=asked.id)

    wish = _Wish(config, asked, fetcher, now)
    try:
        with opened(config.state / "lists", Guard(map(ip_network, config.home.networks))) as shelf:
            key, words = _DOES[asked.what](wish, shelf)
            if left_out := shelf.save():
                return became("done", "no_room", {"n": str(left_out)})
    except Refusal as refusal:
        return became("refused", refusal.key, refusal.words)
    except (ListError, ValueError) as mistake:
        return became("refused", "unusable", {"why": str(mistake)[:WHY]})
    except OSError as error:
        return became("refused", "not_kept", {"why": error.strerror or str(error)})
    return became("done", key, words)


class _Wish:
    """One thing that is asked, and what doing it takes."""

    def __init__(self, config: Config, asked: ListsAsked, fetcher: Fetcher, now: float) -> None:
        self.config = config
        self.asked = asked
        self.fetcher = fetcher
        self.now = now

    def turn_on(self, shelf: Shelf) -> Done:
        """Turn a feed on, and fetch it at once."""
        offer = changes.turn_on(shelf, self.asked.name)
        (came,) = refresh(shelf, [offer], self.fetcher, self.now)
        return "turned_on" if came.held else "on_not_come", {"name": offer.name}

    def turn_off(self, shelf: Shelf) -> Done:
        changes.turn_off(shelf, self.asked.name)
        return "turned_off", {"name": self.asked.name}

    def note(self, shelf: Shelf) -> Done:
        new = entry(self.asked.entry, self.asked.why)
        changes.note(shelf, new, self.now)
        return "now_noted", {"entry": new.text}

    def forget(self, shelf: Shelf) -> Done:
        changes.forget(shelf, self.asked.entry, self.now)
        return "forgotten", {"entry": self.asked.entry}

    def remove(self, shelf: Shelf) -> Done:
        changes.remove(shelf, self.asked.name)
        return "removed", {"name": self.asked.name}

    def take(self, shelf: Shelf) -> Done:
        """Take the file that was sent: a bundle is a ZIP file, all else is a list."""
        with errands.sent(self.config, errands.LIST) as there:
            file = Path(f"/proc/self/fd/{there.fileno()}")
            try:
                if zipfile.is_zipfile(file):
                    held = changes.take_bundle(shelf, file, self.now)
                else:
                    held = [changes.add(shelf, file, self.name, self.now)]
            except ListError as mistake:
                why = str(mistake).removeprefix(f"{file}: ").removeprefix(f"{file.stem}: ")
                raise ListError(why) from None
        return "taken", _counted(held)

    @property
    def name(self) -> str:
        """The name for the list that was sent."""
        name = Path(self.asked.name).stem
        if not NAME.fullmatch(name):
            raise Refusal("bad_name", name=name[:60])
        return name


def _counted(held: list[Held]) -> Mapping[str, str]:
    return {
        "names": ", ".join(each.name for each in held)[:WHY],
        "n": str(sum(each.entries for each in held)),
        "left": str(sum(sum(each.left.values()) for each in held)),
    }


_DOES: Mapping[str, Callable[[_Wish, Shelf], Done]] = {
    "turn-on": _Wish.turn_on,
    "turn-off": _Wish.turn_off,
    "note": _Wish.note,
    "forget": _Wish.forget,
    "remove": _Wish.remove,
    "take": _Wish.take,
}
