"""Who is near, read from the kernel's tables."""

from pathlib import Path

from appliance.switch.near import Near

ROUTES = """\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth1\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
"""
NEIGHBOURS = """\
IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         02:00:00:00:00:01     *        eth1
192.168.1.9      0x1         0x2         02:00:00:00:00:09     *        eth1
"""


def near(folder: Path, card: str = "", neighbours: str = NEIGHBOURS) -> Near:
    (folder / "eth1").mkdir()
    (folder / "eth1" / "address").write_text("02:00:00:00:00:05\n")
    (folder / "lo").mkdir()
    (folder / "lo" / "address").write_text("00:00:00:00:00:00\n")
    (folder / "route").write_text(ROUTES)
    (folder / "arp").write_text(neighbours)
    return Near(card, folder, folder)


def test_the_box_and_its_gateway_are_known(tmp_path: Path) -> None:
    found = near(tmp_path)
    assert (found.own(), found.gateway()) == ("02:00:00:00:00:05", "02:00:00:00:00:01")


def test_a_gateway_that_has_not_answered_yet_is_nobody(tmp_path: Path) -> None:
    assert near(tmp_path, neighbours=NEIGHBOURS.replace("0x2", "0x0")).gateway() == ""
    assert Near("", tmp_path / "nowhere", tmp_path).gateway() == ""


def test_a_card_without_a_hardware_address_is_nobody(tmp_path: Path) -> None:
    assert near(tmp_path, "lo").own() == ""
    assert Near("eth9", tmp_path, tmp_path).own() == ""


def test_this_machine_can_be_read() -> None:
    found = Near()
    assert len(found.own()) in (0, 17)
    assert len(found.gateway()) in (0, 17)
