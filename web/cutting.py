"""Orders to the panel from a page: given, told, and written down, whatever page it was."""

from collections.abc import Callable
from contextlib import suppress

from flask import flash

from appliance.incidents import Incident, Wrote
from appliance.panel.client import PanelRefused, PanelUnreachable
from appliance.store import StoreTrouble
from appliance.store.incidents import NoRoomError
from appliance.texts import say
from web.access.sessions import Person
from web.audit import note
from web.box import here
from web.picture import or_none
from web.speech import language, picture
from web.wording import known


def cut(person: Person, why: str) -> Incident | None:
    """Cut the uplink; give the incident that is open, to which this belongs, if it went through."""
    give(lambda: here().panel.isolate(who=person.name, why=why), "isolation.cut_done")
    note(person.name, "isolate", why)
    held = or_none(here().reader.open_incident)
    if held is None or picture().uplink != "isolated":
        return None
    with suppress(NoRoomError, StoreTrouble):
        here().office.add_to_incident(held.id, author=person.name, what=Wrote.DONE, key="isolate")
    return held


def stop(person: Person) -> None:
    """Stop the count-down to an automatic cut."""
    give(lambda: here().panel.stop(who=person.name), "automatic.stopped")
    note(person.name, "stop_count_down")


def hush(person: Person) -> None:
    """Silence the buzzer: somebody is here and knows."""
    give(lambda: here().panel.hush(who=person.name), "isolation.hushed")
    note(person.name, "hush")


def give(order: Callable[[], object], done: str = "") -> bool:
    """Give an order to the panel, and say what came of it; tell whether it went through.

    *done* is the text for that, empty where the page shows it anyway.
    """
    tongue = language()
    try:
        order()
    except PanelUnreachable:
        flash(say(tongue, "isolation.not_reached"), "mistake")
    except PanelRefused as refusal:
        why = known(tongue, f"panel.error.{refusal.key}", refusal.key)
        flash(say(tongue, "isolation.refused", why=why), "mistake")
    else:
        if done:
            flash(say(tongue, done))
        return True
    return False
