"""What the light means, what to do in an emergency, and the words, signs and alerts explained."""

from flask import Blueprint, render_template

from appliance.knowledge.kinds import Kind
from web.explained import explained
from web.picture import LEVELS
from web.speech import language

blueprint = Blueprint("help", __name__)

WORDS = ("device", "gateway", "uplink", "mirror", "address", "approve", "detector", "case")


@blueprint.get("/help")
def page() -> str:
    """Show the legend."""
    return render_template("help.html", levels=LEVELS, glossary=WORDS, kinds=list(Kind))


@blueprint.get("/help/alerts")
def alerts() -> str:
    """Explain every alert."""
    return render_template("help_alerts.html", explained=explained(language()))
