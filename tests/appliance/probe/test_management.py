"""The management card: read from the kernel's tables, and never the capture card by itself."""

from pathlib import Path

import pytest

from appliance.config import Capture, Config, Panel
from appliance.probe.management import Management
from appliance.routes import default_route

HEADER = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
LAN = "eth1\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
DEFAULT = "eth1\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"


@pytest.fixture
def routes(tmp_path: Path) -> Path:
    path = tmp_path / "route"
    path.write_text(HEADER + LAN + DEFAULT, "ascii")
    return path


def card(routes: Path, capture: str = "", management: str = "") -> str:
    config = Config(capture=Capture(card=capture), panel=Panel(management_card=management))
    return Management(config, routes)._card(default_route(routes)[0])


@pytest.mark.parametrize(
    ("capture", "management", "expected"),
    [("eth0", "", "eth1"), ("eth1", "", ""), ("", "", ""), ("eth1", "eth1", "eth1")],
)
def test_the_capture_card_is_used_only_when_named(
    routes: Path, capture: str, management: str, expected: str
) -> None:
    """On the mirror port not one frame is sent, unless the installer says that it works there."""
    assert card(routes, capture, management) == expected


def test_a_card_that_is_not_there_is_complained_of_once(
    routes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = Config(panel=Panel(management_card="nosuchcard0"))
    network = Management(config, routes)
    network.look()
    assert network.medium is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "nosuchcard0" in caplog.text


def test_a_gateway_once_known_is_kept_when_the_route_goes(routes: Path) -> None:
    """As it does when the cut takes the carrier of the box's own card."""
    network = Management(Config(capture=Capture(card="eth0")), routes)
    assert network.gateway == "192.168.0.1"
    routes.write_text(HEADER, "ascii")
    network.look()
    assert network.gateway == "192.168.0.1"


@pytest.mark.parametrize(
    ("capture", "anchors", "asks"),
    [("eth0", ("192.0.2.1",), True), ("eth0", (), False), ("eth1", ("192.0.2.1",), False)],
)
def test_the_internet_is_asked_only_by_a_card_that_may_send(
    routes: Path, capture: str, anchors: tuple[str, ...], asks: bool
) -> None:
    """Never on the mirror port; and not at all where nobody is to be asked."""
    config = Config(capture=Capture(card=capture), panel=Panel(anchors=anchors))
    network = Management(config, routes)
    assert (network.outside is not None) is asks
    network.close()
