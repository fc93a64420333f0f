"""The devices: the list, one of them with why we think so, and what people decide of it."""

from dataclasses import dataclass
from ipaddress import ip_network

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.addresses import Home, Place
from appliance.decisions import Known, Verdict, standing
from appliance.model import Device, Mac, Trust
from appliance.roles import roles
from appliance.store import Conversation
from appliance.texts import say
from web import forms
from web.access.sessions import Person, asking
from web.audit import note
from web.box import here
from web.format import DAY
from web.picture import or_none
from web.speech import language
from web.wording import Names, known, tell

blueprint = Blueprint("devices", __name__, url_prefix="/devices")

PER_PAGE = 100
ALERTS = 10
TALKS = 50
"""Conversations on a device's page."""

PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the list wants to see."""

    words: str
    trust: str
    role: str

    @property
    def query(self) -> dict[str, str]:
        """The same as a query string's parts."""
        found = {"q": self.words, "trust": self.trust, "role": self.role}
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
        said = (device.name, device.mac, device.maker, device.model, device.os, device.place)
        text = " ".join((*said, *device.names, *device.addresses)).casefold()
        return all(word in text for word in self.words.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation, from the side of one device."""

    peer: str
    outside: bool
    service: str
    sent: int
    got: int
    at: float


@blueprint.get("")
def page() -> str:
    """Show the list."""
    asked = Asked(
        words=request.args.get("q", "")[:80].strip(),
        trust=request.args.get("trust", ""),
        role=request.args.get("role", ""),
    )
    devices = or_none(here().reader.devices)
    wanted = sorted(filter(asked.wants, devices or ()), key=_order)
    pages = max(1, -(-len(wanted) // PER_PAGE))
    here_page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "devices.html",
        asked=asked,
        trusts=[trust.value for trust in Trust],
        shown=None if devices is None else wanted[(here_page - 1) * PER_PAGE :][:PER_PAGE],
        found=len(wanted),
        page=here_page,
        pages=pages,
    )


@blueprint.get("/<mac>")
def one(mac: Mac) -> str:
    """Show one device."""
    reader, tongue, now = here().reader, language(), here().now()
    device = _device(mac)
    decisions = reader.decisions(mac=mac)
    names = Names.of(reader.devices())
    alerts = reader.alerts(mac=mac, limit=ALERTS)
    flows = reader.flows(mac=mac, since=now - DAY, limit=TALKS)
    home = Home(map(ip_network, here().config.home.networks))
    return render_template(
        "device.html",
        device=device,
        facts=_facts(device, tongue),
        alerts=[(alert, tell(tongue, alert, names)) for alert in alerts],
        flows=[talk(flow, mac, names, home) for flow in flows],
        decisions=decisions[::-1],
        hosts=standing(decisions).known.get(mac, Known()).hosts,
    )


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
    """Give the device a name, a purpose, a place and the hosts it may talk to."""
    hosts, wrong = forms.hosts("hosts")
    role = request.form.get("role", "")
    if role and role not in roles():
        abort(400)
    if wrong:
        flash(say(language(), "device.bad_hosts", name=wrong), "mistake")
        return redirect(url_for("devices.one", mac=mac), 303)
    person = _decider(mac)
    here().office.decide(
        author=person.name,
        verdict=Verdict.DESCRIBE,
        mac=mac,
        name=forms.line("name", 60),
        role=role,
        place=forms.line("place", 60),
        hosts=hosts,
    )
    return _done(person, mac, Verdict.DESCRIBE, "form.saved")


def talk(flow: Conversation, mac: Mac, names: Names, home: Home) -> Talk:
    """Give the conversation *flow* as seen from the device *mac*."""
    began = flow.mac == mac
    peer = flow.dst if began else flow.src
    protocol = PROTOCOLS.get(flow.proto, str(flow.proto))
    return Talk(
        peer=names.name(peer),
        outside=home.place(peer) is Place.OUTSIDE,
        service=f"{protocol} {flow.dport}" if flow.proto in (6, 17) else protocol,
        sent=flow.octets_out if began else flow.octets_in,
        got=flow.octets_in if began else flow.octets_out,
        at=flow.last_at,
    )


def _judge(mac: Mac, verdict: Verdict, done: str) -> ResponseReturnValue:
    person = _decider(mac)
    here().office.decide(author=person.name, verdict=verdict, mac=mac)
    return _done(person, mac, verdict, done)


def _decider(mac: Mac) -> Person:
    """Give who decides about *mac*; 404 when it was never seen."""
    _device(mac)
    return asking() or abort(401)


def _done(person: Person, mac: Mac, verdict: Verdict, done: str) -> ResponseReturnValue:
    note(person.name, "decide", f"{verdict.value} {mac}")
    flash(say(language(), done))
    return redirect(url_for("devices.one", mac=mac), 303)


def _device(mac: Mac) -> Device:
    return here().reader.device(mac) or abort(404)


def _facts(device: Device, tongue: str) -> list[tuple[str, str]]:
    """Give what is known of *device*, key and value, leaving out what is not."""
    kind = known(tongue, f"roles.{device.kind}", device.kind) if device.kind != "unknown" else ""
    facts = [
        ("kind", kind),
        ("role", known(tongue, f"roles.{device.role}", device.role)),
        ("place", device.place),
        ("called", ", ".join(device.names)),
        ("maker", device.maker),
        ("model", device.model),
        ("os", device.os),
        ("gateway", say(tongue, "device.gateway_yes") if device.gateway else ""),
    ]
    return [(key, value) for key, value in facts if value]


def _order(device: Device) -> tuple[bool, str]:
    """Unknown devices first, then by name."""
    return device.trust is not Trust.UNKNOWN, device.name.casefold()
