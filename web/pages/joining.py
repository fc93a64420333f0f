"""Several hardware addresses of one device: joined and parted again, as people see it.

The lists follow at once, the sensor within seconds.
"""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from appliance.decisions import Verdict
from appliance.model import Mac
from appliance.texts import say
from web import forms
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.speech import language

blueprint = Blueprint("joining", __name__, url_prefix="/devices")


@blueprint.post("/<mac>/join")
def join(mac: Mac) -> ResponseReturnValue:
    """Note that the device is part of another one."""
    reader, person = here().reader, asking() or abort(401)
    device = reader.device(mac) or abort(404)
    other, reason = reader.device(Mac(request.form.get("other", ""))), forms.line("reason", 200)
    if other is None or other.mac == device.mac:
        return _back(device.mac, "joining.no_other", "mistake")
    if not reason:
        return _back(device.mac, "joining.no_reason", "mistake")
    here().office.decide(
        author=person.name, verdict=Verdict.JOIN, mac=device.mac, other=other.mac, reason=reason
    )
    note(person.name, "decide", f"join {device.mac} {other.mac}")
    return _back(other.mac, "joining.joined")


@blueprint.post("/<mac>/part")
def part(mac: Mac) -> ResponseReturnValue:
    """Note that the address is a device of its own, and no longer of the one it is listed with."""
    person = asking() or abort(401)
    main = here().reader.device(mac) or abort(404)
    if mac not in main.also:
        abort(404)
    reason = forms.line("reason", 200)
    here().office.decide(
        author=person.name, verdict=Verdict.PART, mac=mac, other=main.mac, reason=reason
    )
    note(person.name, "decide", f"part {mac} {main.mac}")
    return _back(main.mac, "joining.parted", address=mac)


def _back(mac: Mac, key: str, category: str = "message", address: str = "") -> ResponseReturnValue:
    flash(say(language(), key, mac=address), category)
    return redirect(url_for("devices.one", mac=mac), 303)
