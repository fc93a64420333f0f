"""The default route, as the kernel tells it."""

from pathlib import Path

from appliance.routes import default_route

HEADER = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
LAN = "eth1\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
DEFAULT = "eth1\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"


def test_it_names_card_and_gateway(tmp_path: Path) -> None:
    (tmp_path / "route").write_text(HEADER + LAN + DEFAULT, "ascii")
    assert default_route(tmp_path / "route") == ("eth1", "192.168.0.1")


def test_without_a_default_route_there_is_neither(tmp_path: Path) -> None:
    assert default_route(tmp_path / "missing") == ("", "")
    (tmp_path / "empty").write_text(HEADER + LAN, "ascii")
    assert default_route(tmp_path / "empty") == ("", "")
