"""``vigie panel``: the panel's own process, by its command."""

from pathlib import Path

from appliance.panel.client import PanelClient
from appliance.panel.journal import AUTOMATIC
from appliance.settings import save
from tests.kit.vigie import config_in, started, vigie
from tests.lab.awaiting import until


def test_it_answers_until_it_is_told_to_stop(tmp_path: Path) -> None:
    config = config_in(tmp_path, panel={"pins": "simulated"})
    door = tmp_path / "run/panel.sock"
    with started("panel", "--config", config) as panel:
        until("the door is open", 30, door.exists)
        status = PanelClient(door).status()
        assert (status.state, status.simulated) == ("connected", True)
        second = vigie("panel", "--config", config)
        assert second.returncode == 1
        assert second.stderr == (
            "vigie panel: The panel cannot run: another panel is running here.\n"
        )
        panel.terminate()
        said = panel.communicate(timeout=10)
        assert (panel.returncode, said[0]) == (0, "")
        assert "vigie panel: The panel is up: connected, simulated." in said[1]


def test_settings_of_the_pages_wait_until_a_count_down_is_over(tmp_path: Path) -> None:
    """Begun anew, the panel would count no further, and cut nothing."""
    automatic = {"detectors": ["ransomware"], "seconds": 10}
    config = config_in(tmp_path, panel={"pins": "simulated"}, automatic=automatic)
    panel = PanelClient(tmp_path / "run/panel.sock")
    with started("panel", "--config", config):
        until("the door is open", 30, (tmp_path / "run/panel.sock").exists)
        panel.announce("ransomware", "00112233445566aa")
        save(tmp_path / "state/settings.json", {"practice": {"name": "Cabinet"}})
        until("the box has cut", 30, lambda: panel.status().state == "isolated")
        assert panel.status().who == AUTOMATIC
