"""What a computer does for others."""

from appliance.facts import NetbiosTold
from appliance.inventory.clues.netbios import read
from tests.kit.made import made, votes


def test_a_domain_controller_is_a_server():
    """Sharing files or keeping the list of computers makes none of it: every Windows does."""
    assert votes(read(made(NetbiosTold, roles=("server", "domain_controller")))) == {"server"}
    assert list(read(made(NetbiosTold, roles=("server", "master_browser")))) == []
