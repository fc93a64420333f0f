"""The map: the practice as a drawing, and the same as a table."""

from functools import partial

from flask import Blueprint, render_template, request

from appliance.model import Mac
from web.charting import BEYOND_ROOM, MOST, Chart, chart
from web.picture import or_none
from web.plan import RADIUS, fit
from web.roster import roster

blueprint = Blueprint("practice_map", __name__, url_prefix="/map")


@blueprint.get("")
def page() -> str:
    """Show the map; with a device, its lines only."""
    asked = Mac(request.args.get("device", ""))
    every = or_none(roster)
    one = every.by_mac.get(asked) if every else None
    drawn: Chart | None = None
    if every is not None:
        drawn = or_none(lambda: chart(every, one.device.mac if one else None))
    return render_template(
        "map.html",
        chart=drawn,
        beyond={one.key: one.host for one in drawn.beyond} if drawn else {},
        only=one.device if one else None,
        most=MOST,
        radius=RADIUS,
        fitted=partial(fit, room=BEYOND_ROOM),
    )
