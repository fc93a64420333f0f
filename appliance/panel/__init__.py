"""The front panel: relay, light, button and buzzer, in a process of its own.

What is pure decides (`latch`, `light`, `hold`, `sequence`, `feedback`, `verify`); `control` carries
it out on `pins`, with `watch` looking whether the cut holds; `gpio` and `relay` are the real pins;
`door` and `desk` take orders from a Unix socket; `service` starts it all; `client` is for everybody
else. Nothing here reads a database, a detector or a page: the button works when everything else
has failed.
"""
