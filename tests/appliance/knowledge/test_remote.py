"""Tools for remote control, by what they call and where they listen."""

from appliance.knowledge.remote import At, Use, by_name, by_protocol, remote


def key(name: str) -> str:
    tool = by_name(name)
    return tool.key if tool else ""


def test_names_that_a_tool_calls_are_its_own():
    assert key("relay-1a2b3c4d.net.anydesk.com") == "anydesk"
    assert key("router4.teamviewer.com") == "teamviewer"
    assert key("agent-api.atera.com") == "atera"
    assert key("notanydesk.com") == key("anydesk.com.example") == ""


def test_the_site_of_a_maker_is_not_his_tool():
    for name in (
        "teamviewer.com",
        "www.teamviewer.com",
        "download.anydesk.com",
        "my.splashtop.com",
    ):
        assert key(name) == ""


def test_screens_shared_in_meetings_are_no_tool():
    for name in ("teams.microsoft.com", "zoom.us", "meet.google.com", "mask.icloud.com"):
        assert key(name) == ""


def test_a_protocol_of_its_own_is_enough():
    assert by_protocol(("anydesk/7.1.0/windows",)) is remote().tools["anydesk"]
    assert by_protocol(("h2", "http/1.1")) is by_protocol(()) is None


def test_ports_say_where_they_count():
    at, tool = remote().ports[6, 6783]
    assert (at, tool.key) == (At.INSIDE, "splashtop")
    at, tool = remote().ports[17, 1194]
    assert (at, tool.use) == (At.OUTSIDE, Use.VPN)


def test_every_tool_has_one_key_and_every_use_is_there():
    assert all(tool.key == key for key, tool in remote().tools.items())
    assert {tool.use for tool in remote().tools.values()} == set(Use)
    assert {"anydesk", "teamviewer", "vnc", "rdp", "tor", "openvpn"} <= set(remote().tools)
