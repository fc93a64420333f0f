"""The time of day that people are told: that of the practice, whatever the machine's own is.

The machine may keep that of Greenwich: cards do, and the practice's can be set on the pages.
"""

import os
import time


def tell(zone: str) -> None:
    """Have this process, and those it starts, tell the time of *zone*, an IANA name."""
    if os.environ.get("TZ") != zone:
        os.environ["TZ"] = zone
        time.tzset()
