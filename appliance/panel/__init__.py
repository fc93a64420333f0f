"""The front panel: relay, light, button and buzzer, in a process of its own.

What is pure (`latch`, `light`, `hold`, `verify`, `heartbeat`, `neighbour`) decides; `control` carries
it out on `pins`; `door` hears orders on a Unix socket; `service` starts it all. Nothing here
reads a database, a detector or a page: the button works when everything else has failed.
"""
