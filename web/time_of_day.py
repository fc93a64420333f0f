"""The time of day that pages tell."""

from flask import Flask

from appliance import time_of_day
from web.box import here


def keep_time(app: Flask) -> None:
    """Have each answer of *app* tell the time of the practice, which may be set meanwhile."""
    app.before_request(lambda: time_of_day.tell(here().config.practice.timezone))
