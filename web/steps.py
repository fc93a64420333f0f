"""What each step of the set-up shows beside its form: what the box sees and believes."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeAlias

from flask import request

from appliance import settings, trying
from appliance.knowledge.remote import remote
from appliance.knowledge.switches import switches
from appliance.model import Health
from appliance.routes import default_route
from appliance.sight import signs
from appliance.store import StoreTrouble
from appliance.store.tally import Tried, tried
from appliance.texts import say
from web import colours, progress, sight, telling
from web.access.sessions import asking
from web.box import Box, here
from web.cards import cards
from web.guide import contacts
from web.picture import LEVELS, or_none
from web.proving import proof_test
from web.reliance import reliances
from web.settings import Field
from web.sight import Check
from web.speech import language, picture

Fields: TypeAlias = tuple[Field, ...]

ALERTS = 500
"""Alerts that are looked through for tools of remote control."""

CHECKED = ("others", "both", "internet", "loss")
"""What is known of a mirror that works, in the order of `appliance.sight.signs`."""


def shown(step: str, fields: Fields) -> Mapping[str, Any]:
    """Give what the template of *step* needs beside the common things."""
    own = _SHOWN.get(step)
    return own(fields) if own else {}


def judged(step: str, fields: Fields, tongue: str) -> Fields:
    """Give *fields* with what is wrong in them for *step*, however right each is by itself.

    The settings allow the listening card to ask questions, for who knows why; the set-up does not.
    """
    if step != "card":
        return fields
    listens, asks = fields
    hears = listens.value or default_route()[0]
    if asks.wrong or asks.fixed or not asks.value or asks.value != hears:
        return fields
    return listens, replace(asks, wrong=say(tongue, "wizard.card.same"))


def told_now(box: Box) -> telling.Form:
    """Give who is told, as it stands in what the pages keep."""
    try:
        return telling.standing(settings.load(settings.folder(box.config) / settings.FILE))
    except settings.UnusableSettings:
        return telling.standing({})


def sweep(box: Box) -> None:
    """Remove secrets that nothing names any more; a failing card may keep them."""
    folder = settings.folder(box.config)
    with suppress(OSError, settings.UnusableSettings):
        telling.sweep(folder, settings.load(folder / settings.FILE).get("outputs", {}))


def trial(box: Box) -> tuple[Tried, ...] | None:
    """Give what became of the test messages that were asked for lately; None when none was."""
    found = trying.asked(box.config, box.now())
    if found is None:
        return None
    try:
        return tuple(tried(box.config.state, found.at))
    except StoreTrouble:
        return ()


def mirror(tongue: str, health: Health | None, now: float) -> list[tuple[Check, str]]:
    """Give each check of the mirror, with the key of what to do where it fails, or nothing."""
    told = list(zip(signs(health, now), sight.checks(tongue, health, now), strict=True))
    found = [(check, "" if sign.holds else _remedy(sign.key)) for sign, check in told]
    if len(found) <= 1:  # the sensor does not answer: nothing is known of the rest
        for what in CHECKED:
            words = say(tongue, f"wizard.mirror.unknown.{what}")
            found.append((Check(says="unknown", words=words), ""))
    return found


def _remedy(key: str) -> str:
    name = key.rpartition(".")[2]
    return f"wizard.mirror.do.{name if name in _REMEDIES else 'other'}"


_REMEDIES = ("never", "stale", "no_others", "not_both", "no_internet", "loss")


def _account(_: Fields) -> Mapping[str, Any]:
    person = asking()
    return {"user": person and here().office.user(person.name)}


def _card(fields: Fields) -> Mapping[str, Any]:
    health = or_none(here().reader.health)
    return {
        "cards": cards(),
        "listens": health.source if health else "",
        "leads": default_route()[0],
        "listening": fields[0],
        "asking": fields[1],
    }


def _mirror(_: Fields) -> Mapping[str, Any]:
    box = here()
    health = or_none(box.reader.health)
    return {"checks": mirror(language(), health, box.now()), "switches": switches()}


def _gateway(_: Fields) -> Mapping[str, Any]:
    devices = or_none(here().reader.devices)
    return {"gateways": [one for one in devices or () if one.gateway]}


def _panel(_: Fields) -> Mapping[str, Any]:
    tongue, status, config = language(), picture().status, here().config
    answers = progress.load(config).lamp
    return {
        "tests": proof_test(tongue, status),
        "faults": list(sight.faults(tongue, status)),
        "parts": colours.rows(config.panel, answers, request.args.get("tried", "")),
        "answered": colours.answered(answers),
        "advice": tuple(colours.advice(tongue, answers)),
        "levels": LEVELS,
    }


def _topology(_: Fields) -> Mapping[str, Any]:
    devices = or_none(here().reader.devices)
    return {"reliances": reliances(devices or ())}


def _remote(fields: Fields) -> Mapping[str, Any]:
    """Give the tools, those that were seen first."""
    names = {key: tool.name for key, tool in remote().tools.items()}
    alerts = or_none(lambda: here().reader.alerts(limit=ALERTS)) or ()
    heard = {one.words.get("tool") for one in alerts if one.detector == "remote_access"}
    seen = tuple(key for key in fields[0].options if names[key] in heard)
    rest = tuple(key for key in fields[0].options if key not in seen)
    ordered = replace(fields[0], options=(*seen, *rest))
    return {"names": names, "seen": [names[key] for key in seen], "field": ordered}


def _told(_: Fields) -> Mapping[str, Any]:
    box = here()
    return {
        "standing": told_now(box),
        "least": telling.LEAST,
        "security": telling.SECURITY,
        "reached": telling.reached(box.config),
        "trial": trial(box),
        "contacts": tuple(contacts(or_none(box.reader.particulars) or {})),
    }


def _learning(_: Fields) -> Mapping[str, Any]:
    return {"health": or_none(here().reader.health)}


_SHOWN: Mapping[str, Callable[[Fields], Mapping[str, Any]]] = {
    "account": _account,
    "card": _card,
    "mirror": _mirror,
    "gateway": _gateway,
    "panel": _panel,
    "topology": _topology,
    "remote": _remote,
    "told": _told,
    "learning": _learning,
}
