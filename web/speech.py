"""Which language a page speaks, and the words and forms that its templates may use."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, g, request, session, url_for

from appliance.model import Device
from appliance.panel.report import person
from appliance.roles import roles
from appliance.texts import LANGUAGES, say
from web import format as form
from web import icons
from web.access.sessions import Person, asking
from web.box import here
from web.picture import Picture, look
from web.wording import decided, known

BRAND = "Vigie"

MENU = (
    ("overview.page", "overview", "house"),
    ("devices.page", "devices", "monitor-smartphone"),
    ("alerts.page", "alerts", "bell"),
    ("isolation.page", "isolation", "unplug"),
)
"""The pages in the menu: endpoint, name of the section, icon."""


def install(app: Flask) -> None:
    """Give every template of *app* its words."""
    app.jinja_env.globals.update(brand=BRAND, menu=MENU, icons=icons.ALL, languages=LANGUAGES)
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
        "here_section": request.blueprint,
        "roles": tuple(roles()),
        "t": partial(say, tongue),
        "moment": lambda at: form.moment(tongue, at, now),
        "ago": lambda at: form.ago(tongue, at, now),
        "machine": form.machine,
        "switch_language": _switch,
        "told": lambda decision: decided(tongue, decision, now),
        "person_name": lambda who: person(who, tongue),
        "role_name": lambda role: known(tongue, f"roles.{role}", role),
        "source_name": lambda source: known(tongue, f"source.{source}", source),
        "kind_and_maker": partial(_kind_and_maker, tongue),
    }
    plain: tuple[Callable[..., str], ...] = (form.number, form.octets, form.full, form.counted)
    words |= {each.__name__: partial(each, tongue) for each in plain}
    return words | ({"picture": picture()} if visitor else {})


def _kind_and_maker(tongue: str, device: Device) -> str:
    """Give "Scanner · Dürr Dental", or as much of it as is known."""
    kind = known(tongue, f"roles.{device.kind}", known(tongue, f"kind.{device.kind}", device.kind))
    parts = (kind if device.kind != "unknown" else "", device.maker, device.model)
    return " · ".join(filter(None, parts)) or known(tongue, "kind.unknown")


def _switch(tongue: str) -> str:
    """Give the address of this page in another language."""
    return f"{request.path}?lang={tongue}"


@cache
def _stamp(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def _asset(folder: Path, name: str) -> str:
    """Give the address of a static file, stamped with its content so that it may be kept."""
    return url_for("static", filename=name, v=_stamp(folder / name))
