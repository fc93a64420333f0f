"""What the map shows."""

from dataclasses import replace

from appliance.config import Keep
from appliance.model import Ip, Mac
from appliance.store import Watch
from tests.kit import people
from tests.kit.people import ATTACKER, BOX, IMAGING, NAS, NOW, PRINTER, RECEPTION, SENSOR
from tests.kit.site import Site
from tests.kit.story import tell_story
from web.charting import MOST, Chart, chart
from web.roster import roster


def drawn(opened: Site, only: Mac | None = None) -> Chart:
    with opened.app.test_request_context():
        return chart(roster(), only)


def test_every_device_is_drawn_and_the_gateway_stands_on_the_line(opened: Site) -> None:
    found = drawn(opened)
    nodes = {node.entry.device.mac: node for node in found.nodes}
    assert len(nodes) == 11
    assert found.left_out == 0
    assert found.nodes[-1].entry.device.mac == BOX, "one goes through the practice first"
    assert nodes[BOX].gateway
    assert nodes[BOX].spot.x == found.plan.uplink
    assert nodes[RECEPTION].outside == 2_418_000
    assert nodes[IMAGING].outside == 0
    assert [peer.mac for peer in nodes[IMAGING].peers] == [NAS]
    assert "rest" in nodes[RECEPTION].beyond
    assert nodes[PRINTER].beyond == ()


def test_alerts_stand_where_they_are(opened: Site) -> None:
    found = drawn(opened)
    nodes = {node.entry.device.mac: node for node in found.nodes}
    assert nodes[ATTACKER].severity == "danger"
    assert nodes[PRINTER].severity == ""
    red = [link.ends for link in found.links if link.what == "alert"]
    assert ("Capteur panoramique",) in red
    hostile = [one.host.name for one in found.beyond if one.host.alert]
    assert hostile == ["updates.example"]


def test_an_alert_between_two_devices_is_a_line_between_them(opened: Site) -> None:
    tell_story(opened.state)
    red = [link.ends for link in drawn(opened).links if link.what == "alert"]
    assert ("PC de l'accueil", "Sauvegardes") in red
    assert ("Sauvegardes", "PC de l'accueil") not in red


def test_lines_are_as_wide_as_much_is_said(opened: Site) -> None:
    here = {link.ends: link for link in drawn(opened).links if link.what == "here"}
    (line,) = here.values()
    assert set(line.ends) == {"Station d'imagerie", "Sauvegardes"}
    assert 1.25 < float(line.width) < 6
    assert line.octets == 2_418_000


def test_of_one_device_only_its_own_lines_stand_out(opened: Site) -> None:
    plain = [link for link in drawn(opened, SENSOR).links if not link.faint]
    assert plain
    assert all("Capteur panoramique" in link.ends for link in plain)
    assert not any(link.faint for link in drawn(opened).links)


def test_of_very_many_devices_those_that_matter_are_drawn(opened: Site) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    sample = people.devices()[5]
    watch.save_devices(
        replace(
            sample,
            mac=Mac(f"02:00:00:01:00:{number:02x}"),
            addresses=(Ip(f"192.168.2.{number}"),),
            last_at=NOW - 90_000,
        )
        for number in range(100)
    )
    watch.close()
    found = drawn(opened)
    macs = {node.entry.device.mac for node in found.nodes}
    assert len(macs) == MOST
    assert found.left_out == 51
    assert {ATTACKER, BOX, NAS, RECEPTION} <= macs
    assert any(node.quiet for node in found.nodes)


def test_without_devices_there_is_nothing_to_draw(fresh: Site) -> None:
    found = drawn(fresh)
    assert (found.nodes, found.beyond, found.links) == ((), (), ())
