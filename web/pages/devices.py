"""The devices: the list, one of them with why we think so, and what people decide of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.decisions import Known, Verdict
from appliance.exchange.csv_in import described
from appliance.exchange.day import NotADayError, bought
from appliance.exchange.portrait import portray
from appliance.knowledge.kinds import Kind
from appliance.knowledge.prefixes import dated
from appliance.model import Device, Mac, Trust
from appliance.renewal import Age, age
from appliance.roles import roles
from appliance.system import Support, support
from appliance.texts import say
from web import format as form
from web import forms
from web.access.sessions import Person, asking
from web.audit import note
from web.box import here
from web.device import KINDS, context, known_of
from web.picture import or_none
from web.speech import language

blueprint = Blueprint("devices", __name__, url_prefix="/devices")

PER_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the list wants to see."""

    words: str
    trust: str
    role: str
    kind: str

    @property
    def query(self) -> dict[str, str]:
        """The same as a query string's parts."""
        found = {"q": self.words, "trust": self.trust, "role": self.role, "kind": self.kind}
        return {key: value for key, value in found.items() if value}

    @property
    def any(self) -> bool:
        """Anything at all was asked for."""
        return bool(self.query)

    def wants(self, device: Device) -> bool:
        """Tell whether *device* is to be shown."""
        if self.trust and device.trust.value != self.trust:
            return False
        if self.role and device.role != self.role:
            return False
        if self.kind and portray(device).kind != self.kind:
            return False
        said = (device.name, device.mac, device.maker, device.model, device.os, device.place)
        text = " ".join((*said, *device.names, *device.addresses, *device.also)).casefold()
        return all(word in text for word in self.words.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A device as a row of the list."""

    device: Device
    kind: str
    kind_sure: str
    """Empty when people said so, or nobody knows."""
    made: str
    """Maker and model."""
    os: str
    support: Support | None
    age: Age | None


@blueprint.get("")
def page() -> str:
    """Show the list."""
    asked = Asked(
        words=request.args.get("q", "")[:80].strip(),
        trust=request.args.get("trust", ""),
        role=request.args.get("role", ""),
        kind=request.args.get("kind", ""),
    )
    devices = or_none(here().reader.devices)
    wanted = sorted(filter(asked.wants, devices or ()), key=_order)
    pages = max(1, -(-len(wanted) // PER_PAGE))
    here_page = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = wanted[(here_page - 1) * PER_PAGE :][:PER_PAGE]
    return render_template(
        "devices.html",
        asked=asked,
        trusts=[trust.value for trust in Trust],
        kinds=[kind.value for kind in Kind],
        shown=None if devices is None else rows(shown),
        found=len(wanted),
        page=here_page,
        pages=pages,
        state=form.day(language(), dated()),
    )


@blueprint.get("/<mac>")
def one(mac: Mac) -> ResponseReturnValue:
    """Show one device; under another of its addresses, send there."""
    device = _device(mac)
    if device.mac != mac:
        return redirect(url_for("devices.one", mac=device.mac), 303)
    return _shown(device, known_of(device))


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


def rows(devices: Iterable[Device]) -> list[Row]:
    """Give *devices* as rows of the list."""
    today, limits = form.today(here().now()), here().config.renewal
    found = []
    for device in devices:
        told = portray(device)
        seen = told.seen
        row = Row(
            device=device,
            kind=told.kind,
            kind_sure="" if device.given_kind or not seen.kind.value else seen.kind.sure.value,
            made=" ".join(filter(None, (seen.maker.value, seen.model.value))),
            os=seen.os.value,
            support=support(device, seen.os.value, today),
            age=age(device.bought_on, told.kind, limits, today),
        )
        found.append(row)
    return found


def _filled(mistakes: list[str]) -> dict[str, Any]:
    """Give the fields that the form sends; what is wrong with them is added to *mistakes*."""
    sent, tongue = request.form, language()
    found: dict[str, Any] = {
        name: forms.line(name, 60) for name in ("name", "place", "role", "kind") if name in sent
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


def _order(device: Device) -> tuple[bool, str]:
    """Unknown devices first, then by name."""
    return device.trust is not Trust.UNKNOWN, device.name.casefold()
