"""The second channel of a cut: the uplink port of a managed switch, shut by SNMP.

A process of its own, which follows the panel's latch and tells the panel what the switch says.
`agent` speaks SNMP, `bridge` knows the few objects of a switch that are read and the one that is
written, `channel` decides what is due, `service` joins them. What the switch says is never a
proof: the panel shows it beside what it sees itself.
"""
