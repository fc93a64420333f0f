"""What listens on a port."""

from appliance.knowledge.ports import Scope, ports

TCP, UDP = 6, 17


def test_a_port_tells_what_listens():
    """And of the listener what it is."""
    port = ports().find(TCP, 9100)
    assert (port.service, port.says.kind) == ("raw_print", "printer")


def test_a_range_covers_its_ends_and_what_is_between():
    """But nothing beyond."""
    assert {ports().find(TCP, port).says.maker for port in (63000, 63500, 64000)} == {"MELAG"}
    assert ports().find(TCP, 64001) is None


def test_a_number_means_one_thing_inside_and_another_outside():
    """3333 is a steriliser on the LAN and a mining pool beyond."""
    assert ports().find(TCP, 3333).service == "melag_protocol"
    assert ports().find(TCP, 3333, Scope.OUT).service == "mining"


def test_a_protocol_of_many_tells_no_kind():
    """Both sides of a DICOM association may be anything that handles images."""
    port = ports().find(TCP, 104)
    assert (port.service, port.says) == ("dicom", None)


def test_tcp_and_udp_are_apart():
    """SQL Server listens on one, its browser on the other."""
    assert ports().find(TCP, 1434) is None
    assert ports().find(UDP, 1434).service == "sql_browser"


def test_ports_between_inside_devices_are_given_together():
    """Those of the outside mean something else."""
    inside = ports().within(Scope.LAN)
    assert inside[6, 9100].service == "raw_print"
    assert (6, 443) not in inside


def test_some_ports_tell_who_calls_them():
    """An access point looks for its controller."""
    assert ports().within(Scope.CALLS)[17, 5246].says.kind == "access_point"
