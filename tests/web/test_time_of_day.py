"""The time of day that pages tell."""

from pathlib import Path

from appliance import time_of_day
from tests.kit.site import site
from web.time_of_day import keep_time


def test_pages_tell_the_time_of_the_practice(tmp_path: Path) -> None:
    """At 14:13 in Greenwich it is 16:13 in a French practice in September."""
    time_of_day.tell("UTC")
    with site(tmp_path) as opened:
        keep_time(opened.app)
        assert "Dernière réponse à 16\u202fh\u202f13" in opened.technician().get("/").text
