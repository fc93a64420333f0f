"""Which language a page speaks, and the words and forms that its templates may use."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, g, request, session, url_for

from appliance.exchange.sheet import kind_words
from appliance.panel.report import person, reason
from appliance.roles import roles
from appliance.texts import LANGUAGES, say
from web import format as form
from web import icons
from web.access.sessions import Person, asking
from web.box import here
from web.counting import counting
from web.phone import tel, unbroken
from web.picture import Picture, look, or_none
from web.wording import NOBODY, decided, known

BRAND = "Vigie"

MENU = (
    ("overview.page", "overview", "house"),
    ("devices.page", "devices", "monitor-smartphone"),
    ("practice_map.page", "practice_map", "network"),
    ("alerts.page", "alerts", "bell"),
    ("isolation.page", "isolation", "unplug"),
)
"""The pages in the menu: endpoint, name of the section, icon."""

TOPOLOGIES = {"local": "local", "cloud": "online", "hybrid": "hybrid", "": "unsaid"}
"""Where the practice's software is: by the setting, the key of the texts."""

SECTIONS = {
    "joining": "devices",
    "exchange": "devices",
    "cases": "alerts",
    "papers": "incident",
    "second": "account",
    "people": "account",
    "audit": "account",
    "wizard": "settings",
    "backup": "settings",
    "update": "settings",
}
"""Sections of pages whose own blueprint is not in the menu."""


def install(app: Flask) -> None:
    """Give every template of *app* its words."""
    app.jinja_env.globals.update(brand=BRAND, menu=MENU, icons=icons.ALL, languages=LANGUAGES)
    app.jinja_env.globals.update(icon_of_kind=icons.of_kind)
    app.jinja_env.globals.update(asset=partial(_asset, Path(app.static_folder or "")))
    app.context_processor(_words)


def language() -> str:
    """Give the language to answer in.

    That of the account; before signing in, the one chosen by link, then the browser's first.
    """
    visitor = asking()
    chosen = visitor.language if visitor else request.args.get("lang") or session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    preferred = request.accept_languages.best_match(LANGUAGES)
    return preferred or here().config.practice.language


def picture() -> Picture:
    """Give the state of the practice, asked of the panel once per request."""
    if "picture" not in g:
        g.picture = look(here().panel)
    found: Picture = g.picture
    return found


def _words() -> dict[str, Any]:
    tongue, now = language(), here().now()
    visitor: Person | None = asking()
    words: dict[str, Any] = {
        "language": tongue,
        "me": visitor,
        "config": here().config,
        "here_section": SECTIONS.get(request.blueprint or "", request.blueprint),
        "roles": tuple(roles()),
        "t": partial(say, tongue),
        "moment": lambda at: form.moment(tongue, at, now),
        "ago": lambda at: form.ago(tongue, at, now),
        "machine": form.machine,
        "switch_language": _switch,
        "told": lambda decision, names=NOBODY: decided(tongue, decision, now, names),
        "why_words": lambda who, why: reason(who, why, tongue),
        "person_name": lambda who: person(who, tongue),
        "kind_name": partial(kind_words, tongue),
        "kind_means": lambda kind: known(tongue, f"kind_means.{kind}"),
        "known_words": partial(known, tongue),
        "now": now,
        "tel": tel,
        "unbroken": unbroken,
        "topology": TOPOLOGIES[here().config.practice.topology],
    }
    plain: tuple[Callable[..., str], ...] = (
        form.number,
        form.octets,
        form.full,
        form.clock,
        form.counted,
        form.span,
    )
    words |= {each.__name__: partial(each, tongue) for each in plain}
    if visitor:
        words |= {"counting": counting(picture().status, tongue), "picture": picture()}
        words |= {"incident_open": or_none(here().reader.open_incident)}
    return words


def _switch(tongue: str) -> str:
    """Give the address of this page in another language."""
    return f"{request.path}?lang={tongue}"


@cache
def _stamp(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def _asset(folder: Path, name: str) -> str:
    """Give the address of a static file, stamped with its content so that it may be kept."""
    return url_for("static", filename=name, v=_stamp(folder / name))
