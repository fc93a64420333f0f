"""The labels for box and cables, and the legend of the light, to print."""

from datetime import datetime

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from appliance.press import labels
from appliance.press.setting import PaperError
from appliance.texts import say
from web.box import here
from web.picture import or_none
from web.speech import language

blueprint = Blueprint("labels", __name__)


@blueprint.get("/labels.pdf")
def file() -> ResponseReturnValue:
    """Send them; whom to call is printed where it was written down."""
    box, tongue = here(), language()
    said = or_none(box.reader.particulars) or {}
    day = datetime.fromtimestamp(box.now()).astimezone().date()
    try:
        content = labels.pdf(tongue, said.get("technician", ""), box.config.practice.name, day)
    except PaperError as error:
        flash(say(tongue, "labels.failed", why=str(error)), "mistake")
        return redirect(url_for("help.page"), 303)
    attached = {"Content-Disposition": 'attachment; filename="vigie-labels.pdf"'}
    return Response(content, mimetype="application/pdf", headers=attached)
