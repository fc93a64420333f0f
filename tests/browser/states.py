"""The box in states that an ordinary day does not show, each with the pages that then differ."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import abort

from appliance.config import Keep
from appliance.model import Health, Level
from appliance.panel.verify import Proof
from appliance.store import Role, Watch
from tests.kit import people
from tests.kit.pages import NOBODY, TABLET, Visit
from tests.kit.panel import FakePanel
from tests.kit.people import IMAGING, NOW, STAFF, TECHNICIAN
from tests.kit.site import Site, site

Change = Callable[[Site], None]

UNFOLD = "document.querySelectorAll('main details').forEach((one) => (one.open = true))"
OUT_OF_REACH = "document.body.dataset.reached = 'no'"
"""What the page's script does when the box does not answer any more."""


def _nothing(_: Site) -> None:
    """Leave the practice as it is."""


def _pages(*paths: str, who: str = TECHNICIAN, answers: int = 200) -> tuple[Visit, ...]:
    return tuple(Visit(path=path, who=who, answers=answers) for path in paths)


KIOSK = _pages("/kiosk", who=TABLET)
HOME = (*_pages("/", "/isolation"), *KIOSK)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state, how the box gets into it, and what is looked at then."""

    name: str
    visits: tuple[Visit, ...]
    change: Change = _nothing
    calm: bool = False
    """Nothing has happened in the practice."""
    empty: bool = False
    """Nor has anything been seen yet."""
    script: str = ""
    """Runs on each page before it is looked at."""


def _light(level: Level, why: str = "") -> Change:
    def change(opened: Site) -> None:
        opened.panel.light, opened.panel.light_why = level, why

    return change


def _cut(proof: Proof) -> Change:
    def change(opened: Site) -> None:
        opened.panel.proof = proof
        opened.panel.isolate(who=STAFF, why="Rançon affichée au poste de l'accueil")

    return change


def _counting(opened: Site) -> None:
    opened.panel.announce("arp_spoof", "a-spoof")


def _gone(opened: Site) -> None:
    opened.panel.gone = True


def _blind(opened: Site) -> None:
    opened.panel.light, opened.panel.light_why = Level.BLIND, "health.no_carrier"
    _seen(opened, people.health(seeing=False, why="health.no_carrier"))


def _seen(opened: Site, health: Health) -> None:
    watch = Watch(opened.state, Keep(), lambda: NOW)
    watch.save_health(health)
    watch.close()


def _broken(opened: Site) -> None:
    opened.app.view_functions["help.page"] = lambda: abort(500)


STATES = (
    State(name="calm", calm=True, visits=(*HOME, *_pages("/alerts"))),
    State(name="learning", calm=True, change=_light(Level.LEARNING), visits=HOME),
    State(name="look", change=_light(Level.LOOK), visits=HOME),
    State(
        name="danger",
        change=_light(Level.DANGER),
        visits=(*HOME, *_pages("/", who=STAFF), *_pages("/kiosk/confirm", who=TABLET)),
    ),
    State(name="counting", change=_counting, visits=(*HOME, *_pages("/devices"))),
    State(name="blind", change=_blind, visits=(*HOME, *_pages("/map"))),
    State(
        name="isolated",
        change=_cut(Proof.PROVEN),
        visits=(*HOME, *_pages("/map"), *_pages("/isolation", who=STAFF)),
    ),
    State(name="unproven", change=_cut(Proof.NOT_PROVEN), visits=HOME),
    State(name="no-panel", change=_gone, visits=HOME),
    State(name="out-of-reach", script=OUT_OF_REACH, visits=(*_pages("/", "/alerts"), *KIOSK)),
    State(
        name="empty",
        empty=True,
        visits=(
            *HOME,
            *_pages("/devices", "/alerts", "/map", "/incident", "/audit", "/privacy", "/wizard"),
            *_pages("/search?q=192", "/report", "/users", "/backup"),
        ),
    ),
    State(
        name="unfolded",
        script=UNFOLD,
        change=_light(Level.DANGER),
        visits=_pages(
            *("/", "/devices", f"/devices/{IMAGING}", "/alerts", "/alerts/a-spoof", "/isolation"),
            *("/users", "/privacy", "/settings/panel", "/wizard/mirror", "/help"),
        ),
    ),
    State(
        name="refused",
        change=_broken,
        visits=(
            *_pages("/nothing-here", answers=404),
            *_pages("/users", who=STAFF, answers=403),
            *_pages("/help", answers=500),
            *_pages("/kiosk/open/nobody", who=NOBODY, answers=404),
        ),
    ),
    State(
        name="unreadable",
        change=Site.break_reading,
        visits=_pages("/", "/isolation", "/devices", "/alerts", "/map", "/search?q=192"),
    ),
)


@contextmanager
def opened_in(state: State, folder: Path) -> Iterator[Site]:
    """Open the pages over a practice in *state*."""
    if state.empty:
        people.fill(folder, known=(), troubles=())
    else:
        people.fill(folder, troubles=() if state.calm else None)
    with site(folder, filled=False, panel=FakePanel(), step=0.001) as opened:
        (people.take_in if state.empty else people.settle_in)(opened.office)
        opened.office.add_user(TABLET, "", role=Role.KIOSK, language="fr")
        state.change(opened)
        yield opened
