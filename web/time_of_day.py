"""The time of day that pages tell: that of the practice, whatever the machine's own is."""

import os
import time

from flask import Flask

from web.box import here


def keep_time(app: Flask) -> None:
    """Have each answer of *app* tell the time of the practice.

    The machine may keep that of Greenwich: cards do, and the practice's can be set on the pages.
    """
    app.before_request(lambda: _set_zone(here().config.practice.timezone))


def _set_zone(zone: str) -> None:
    if os.environ.get("TZ") != zone:
        os.environ["TZ"] = zone
        time.tzset()
