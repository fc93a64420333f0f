"""``vigie probe``: it runs beside a panel, and without one, until told to stop."""

import sys
from pathlib import Path
from subprocess import run

from tests.kit.vigie import ROOT, config_in, started


def test_without_a_panel_it_waits_for_one(tmp_path: Path) -> None:
    with started("probe", "--config", config_in(tmp_path)) as probe:
        assert probe.stderr is not None
        assert "cannot be reached" in probe.stderr.readline()
        assert probe.poll() is None
        probe.terminate()
        assert probe.wait(timeout=20) == 0


def test_it_loads_nothing_heavy() -> None:
    """It waits all day, beside everything else."""
    code = (
        "import sys, appliance.cli, appliance.commands.probe, appliance.config_file\n"
        "print(*(name.partition('.')[0] for name in sys.modules), *sys.modules)"
    )
    told = run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"numpy", "sqlite3", "flask", "msgspec", "asyncio", "gpiozero", "appliance.detectors"}
    assert not heavy & {*told.stdout.split()}
