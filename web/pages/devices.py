"""The devices: the list, one of them with why we think so, and what people decide of it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.decisions import Known, Verdict
from appliance.exchange.csv_in import described
from appliance.exchange.day import NotADayError, bought
from appliance.exchange.portrait import portray
from appliance.exchange.sheet import kind_words
from appliance.knowledge.kinds import Kind
from appliance.knowledge.prefixes import dated
from appliance.model import Device, Mac, Trust
from appliance.roles import roles
from appliance.texts import say
from web import format as form
from web import forms
from web.access.sessions import Person, asking
from web.audit import note
from web.box import here
from web.device import KINDS, context, known_of
from web.listing import SORTS, Asked, rows, wanted
from web.picture import or_none
from web.roster import roster
from web.speech import language

blueprint = Blueprint("devices", __name__, url_prefix="/devices")

PER_PAGE = 100


@blueprint.get("")
def page() -> str:
    """Show the list."""
    asked = _asked()
    every = or_none(roster)
    found = [] if every is None else wanted(every, asked, partial(kind_words, language()))
    pages = max(1, -(-len(found) // PER_PAGE))
    here_page = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = found[(here_page - 1) * PER_PAGE :][:PER_PAGE]
    return render_template(
        "devices.html",
        asked=asked,
        sorts=SORTS,
        trusts=[trust.value for trust in Trust],
        kinds=[kind.value for kind in Kind],
        shown=None if every is None else rows(shown),
        found=len(found),
        page=here_page,
        pages=pages,
        state=form.day(language(), dated()),
    )


@blueprint.post("/ticked/approve")
def approve_several() -> ResponseReturnValue:
    """Note that the devices that were ticked belong here, one decision each."""
    person, known = asking() or abort(401), roster().by_mac
    ticked = dict.fromkeys(
        known[mac].device.mac
        for mac in map(Mac, request.form.getlist("mac")[:PER_PAGE])
        if mac in known and known[mac].device.trust is not Trust.APPROVED
    )
    for mac in ticked:
        here().office.decide(author=person.name, verdict=Verdict.APPROVE, mac=mac)
        note(person.name, "decide", f"{Verdict.APPROVE.value} {mac}")
    tongue = language()
    if ticked:
        flash(say(tongue, "fleet.approved", devices=form.counted(tongue, "devices", len(ticked))))
    else:
        flash(say(tongue, "fleet.none_ticked"), "mistake")
    number = request.args.get("page", 1, type=int)
    back: dict[str, Any] = {**_asked().query, "page": number}
    return redirect(url_for("devices.page", **back), 303)


@blueprint.get("/<mac>")
def one(mac: Mac) -> ResponseReturnValue:
    """Show one device; under another of its addresses, send there."""
    device = _device(mac)
    if device.mac != mac:
        return redirect(url_for("devices.one", mac=device.mac), 303)
    return _shown(device, known_of(device))


@blueprint.get("/<mac>/label")
def label(mac: Mac) -> str:
    """Show a label to print and stick on the device."""
    device = _device(mac)
    return render_template("label.html", device=device, kind=portray(device).kind)


@blueprint.post("/<mac>/approve")
def approve(mac: Mac) -> ResponseReturnValue:
    """Note that the device belongs here."""
    return _judge(mac, Verdict.APPROVE, "device.approved")


@blueprint.post("/<mac>/forget")
def forget(mac: Mac) -> ResponseReturnValue:
    """Note that the device does not belong here after all."""
    return _judge(mac, Verdict.FORGET, "device.forgotten")


@blueprint.post("/<mac>/describe")
def describe(mac: Mac) -> ResponseReturnValue:
    """Note what the device is called, is, is for, where it is, how old, and whom it may talk to.

    A decision replaces all that was said before: what the form does not send stays as it was.
    """
    device, person = _device(mac), asking() or abort(401)
    before, mistakes = known_of(device), list[str]()
    after = replace(before, **_filled(mistakes))
    if after.role not in ("", before.role, *roles()) or after.kind not in ("", before.kind, *KINDS):
        abort(400)
    if mistakes:
        return _shown(device, after, mistakes), 400
    said = described(after)
    here().office.decide(author=person.name, verdict=Verdict.DESCRIBE, mac=device.mac, **said)
    return _done(person, device.mac, Verdict.DESCRIBE, "form.saved")


def _asked() -> Asked:
    given = request.args
    return Asked(
        words=given.get("q", "")[:80].strip(),
        trust=given.get("trust", ""),
        role=given.get("role", ""),
        kind=given.get("kind", ""),
        sort=given.get("sort", ""),
    )


def _filled(mistakes: list[str]) -> dict[str, Any]:
    """Give the fields that the form sends; what is wrong with them is added to *mistakes*."""
    sent, tongue = request.form, language()
    found: dict[str, Any] = {
        name: forms.line(name, 60)
        for name in ("name", "place", "socket", "role", "kind")
        if name in sent
    }
    if "hosts" in sent:
        hosts, wrong = forms.hosts("hosts")
        found["hosts"] = hosts
        if wrong:
            mistakes.append(say(tongue, "device.bad_hosts", name=wrong))
    if "bought_on" in sent:
        text = forms.line("bought_on", 20)
        try:
            found["bought_on"] = bought(text, form.today(here().now()))
        except NotADayError as error:
            found["bought_on"] = text
            mistakes.append(say(tongue, error.key, value=text))
    return found


def _shown(device: Device, filled: Known, mistakes: Iterable[str] = ()) -> str:
    return render_template("device.html", **context(device), filled=filled, mistakes=mistakes)


def _judge(mac: Mac, verdict: Verdict, done: str) -> ResponseReturnValue:
    device, person = _device(mac), asking() or abort(401)
    here().office.decide(author=person.name, verdict=verdict, mac=device.mac)
    return _done(person, device.mac, verdict, done)


def _done(person: Person, mac: Mac, verdict: Verdict, done: str) -> ResponseReturnValue:
    note(person.name, "decide", f"{verdict.value} {mac}")
    flash(say(language(), done))
    return redirect(url_for("devices.one", mac=mac), 303)


def _device(mac: Mac) -> Device:
    """Give the device that has the address *mac*; 404 when it was never seen."""
    return here().reader.device(mac) or abort(404)
