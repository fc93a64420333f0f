"""Who may ask what: everything that stands between the network and a view.

``hosts`` refuses foreign names, ``crowd`` crowds, ``origin`` foreign pages and ``guard`` people
without the right; ``sessions`` knows who is asking, ``checking``, ``passwords`` and ``attempts``
who may sign in, ``large`` what may be larger than a form, and ``headers`` tells the browser what
not to do. ``install`` puts them in order.
"""

from flask import Flask

from web.access import checking, crowd, guard, headers, hosts, large, origin, sessions


def install(app: Flask) -> None:
    """Put every check in front of every view of *app*."""
    headers.install(app)
    checking.install(app)
    hosts.install(app)
    crowd.install(app)
    sessions.install(app)
    large.install(app)
    origin.install(app)
    guard.install(app)
