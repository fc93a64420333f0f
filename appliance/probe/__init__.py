"""Asking whether the uplink is really cut: a process of its own, with the rights for it.

The panel has no network at all. It says in its status which round of questions is wanted; here the
gateways and some machine are asked by ARP and neighbour discovery (`near`), hosts of the internet
by `anchors`, and the panel is told what came back. What is told is one sign among others, and
nothing here is waited for by an order (``docs/decisions/panel-raw-socket.md``).
"""
