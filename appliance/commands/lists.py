"""``vigie lists``: which names and addresses count as known bad, and where the lists come from.

The sensor takes up what changes within a few seconds.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

from appliance import durable
from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.lists import bundle, changes, own
from appliance.lists.changes import Refusal
from appliance.lists.entry import ListError
from appliance.lists.guard import Guard
from appliance.lists.held import Held, read_state
from appliance.lists.offers import offers
from appliance.lists.shelf import Shelf, opened
from appliance.outputs.feeds import Outcome, refresh
from appliance.outputs.fetch import Fetcher
from appliance.outputs.wishes import carry_out
from appliance.texts import say


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done."""

    config: Config
    given: str
    """A file or a name, as the order needs."""

    @property
    def folder(self) -> Path:
        """Give where the lists are."""
        return self.config.state / "lists"

    def say(self, key: str, **words: object) -> str:
        """Give the text *key* of this command."""
        return say(self.config.practice.language, f"lists.{key}", **words)

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        """Have the lists to oneself; what was changed in the block is in use after it."""
        home = map(ip_network, self.config.home.networks)
        with opened(self.folder, Guard(home)) as shelf:
            yield shelf
            if left_out := shelf.save():
                print(self.say("no_room", n=left_out))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "what",
        choices=list(_DOES),
        help="add FILE, import BUNDLE, trust KEYFILE, remove NAME; list those held; "
        "offer feeds on the internet; turn-on NAME, turn-off NAME, refresh those that are on; "
        "do what was asked on the pages",
    )
    parser.add_argument(
        "given", nargs="?", default="", metavar="FILE|NAME", help="as the order says"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    order = Order(config_of(options), options.given)
    does, needs = _DOES[options.what]
    if needs and not order.given:
        raise Refused(order.say("missing", what=needs))
    try:
        return does(order)
    except Refusal as refusal:
        raise Refused(order.say(refusal.key, **refusal.words)) from None
    except ListError as error:
        raise Refused(error) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(order.say("not_kept", folder=order.folder, why=why), FAILED) from None


def _add(order: Order) -> int:
    file = Path(order.given)
    with order.shelf() as shelf:
        _tell(order, changes.add(shelf, file, file.stem, time.time()), file.name)
    return OK


def _import(order: Order) -> int:
    with order.shelf() as shelf:
        for held in changes.take_bundle(shelf, Path(order.given), time.time()):
            _tell(order, held, held.name)
    return OK


def _asked(order: Order) -> int:
    carry_out(order.config, Fetcher(largest=own.LARGEST))
    return OK


def _trust(order: Order) -> int:
    key = bundle.key_in(Path(order.given))
    with order.shelf() as shelf:
        durable.write(order.folder / bundle.KEY, bundle.spelt(key))
        shelf.seen(0)
    print(order.say("trusted", print=bundle.fingerprint(key)))
    return OK


def _remove(order: Order) -> int:
    with order.shelf() as shelf:
        changes.remove(shelf, order.given)
    print(order.say("gone", name=order.given))
    return OK


def _list(order: Order) -> int:
    held = read_state(order.folder).lists
    for each in held:
        words = {
            "name": each.name,
            "n": each.entries,
            "day": datetime.fromtimestamp(each.taken_at, UTC).date(),
            "source": each.source or order.say("by_hand"),
        }
        if each.trouble:
            print(order.say("line_kept", **words, why=order.say(f"kept.{each.trouble}")))
        else:
            print(order.say("line", **words))
    if not held:
        print(order.say("none"))
    return OK


def _offer(order: Order) -> int:
    on = read_state(order.folder).on
    for offer in offers().values():
        print(
            order.say(
                "offer_line" if offer.clear else "offer_unclear",
                name=offer.name,
                state=order.say("on" if offer.name in on else "off"),
                title=say(order.config.practice.language, f"lists_page.offer.{offer.name}"),
                url=offer.url,
                terms=offer.terms,
                source=offer.source,
            )
        )
    return OK


def _turn_on(order: Order) -> int:
    with order.shelf() as shelf:
        offer = changes.turn_on(shelf, order.given)
    print(order.say("turned_on", name=offer.name, terms=offer.terms))
    return OK


def _turn_off(order: Order) -> int:
    with order.shelf() as shelf:
        changes.turn_off(shelf, order.given)
    print(order.say("turned_off", name=order.given))
    return OK


def _refresh(order: Order) -> int:
    status = OK
    with order.shelf() as shelf:
        on = [offers()[name] for name in shelf.state.on if name in offers()]
        if not on:
            print(order.say("nothing_on"))
        for outcome in refresh(shelf, on, Fetcher(largest=own.LARGEST), time.time()):
            if not _told(order, outcome):
                status = FAILED
    return status


def _told(order: Order, outcome: Outcome) -> bool:
    """Say what became of a feed; tell whether all is well with it."""
    name = outcome.offer.name
    if outcome.held:
        _tell(order, outcome.held, name)
    elif outcome.kept == "unchanged":
        print(order.say("unchanged", name=name))
    elif outcome.kept:
        print(order.say("stays", name=name, why=order.say(f"kept.{outcome.kept}")))
    else:
        print(order.say("not_come", name=name, why=outcome.trouble))
    return outcome.held is not None or outcome.kept == "unchanged"


def _tell(order: Order, held: Held, name: str) -> None:
    print(order.say("in_use", file=name, n=held.entries))
    if held.left:
        n = sum(held.left.values())
        print(order.say("passed_over", name=name, n=n, entry=held.example))


_DOES: Mapping[str, tuple[Callable[[Order], int], str]] = {
    "add": (_add, "FILE"),
    "import": (_import, "BUNDLE"),
    "trust": (_trust, "KEYFILE"),
    "remove": (_remove, "NAME"),
    "list": (_list, ""),
    "offer": (_offer, ""),
    "turn-on": (_turn_on, "NAME"),
    "turn-off": (_turn_off, "NAME"),
    "refresh": (_refresh, ""),
    "asked": (_asked, ""),
}
"""By its word, what does an order, and what it must be given."""
