"""What the light means, what to do in an emergency, and the words and signs to be explained."""

from flask import Blueprint, render_template

from appliance.knowledge.kinds import Kind
from appliance.model import Level

blueprint = Blueprint("help", __name__)

WORDS = ("device", "gateway", "uplink", "mirror", "address", "approve", "detector", "case")


@blueprint.get("/help")
def page() -> str:
    """Show the legend."""
    levels = [*(level.value for level in Level), "off"]
    return render_template("help.html", levels=levels, glossary=WORDS, kinds=list(Kind))
