"""Searching everything, from the field that stands on every page."""

from flask import Blueprint, render_template, request

from appliance.texts import say
from web.picture import or_none
from web.roster import roster, rosters
from web.searching import FEWEST, LONGEST, Found, search
from web.speech import language

blueprint = Blueprint("search", __name__, url_prefix="/search")


@blueprint.get("")
def page() -> str:
    """Show what was found."""
    words = " ".join(request.args.get("q", "")[:LONGEST].split())
    short = len(words) < FEWEST
    found = Found() if short else or_none(lambda: _search(words))
    return render_template(
        "search.html",
        words=words,
        short=short,
        found=found,
        title=say(language(), "search.title_for" if words else "search.title", words=words),
    )


def _search(words: str) -> Found:
    every = roster()
    return search(words, every, language(), rosters().names(every.devices))
