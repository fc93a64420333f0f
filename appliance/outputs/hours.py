"""Hours of the day as people have them: quiet ones, and the one of the digest."""

from datetime import datetime, time, timedelta, tzinfo


def is_quiet(quiet: str, now: float, zone: tzinfo | None) -> bool:
    """Tell whether *now* is in the hours *quiet*, ``19:00-07:30``; empty: never.

    *zone* is where the clock hangs; None: that of this machine.
    """
    if not quiet:
        return False
    begin, end = map(time.fromisoformat, quiet.split("-"))
    clock = _local(now, zone).time()
    return begin <= clock < end if begin < end else clock >= begin or clock < end


def latest(clock: str, now: float, zone: tzinfo | None) -> datetime:
    """Give when it was last *clock*, ``18:00``."""
    today = _local(now, zone)
    at = time.fromisoformat(clock)
    moment = today.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return moment if moment <= today else moment - timedelta(days=1)


def _local(at: float, zone: tzinfo | None) -> datetime:
    found = datetime.fromtimestamp(at, zone)
    return found if zone else found.astimezone()
