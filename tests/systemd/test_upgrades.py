"""What makes Debian renew itself beside Vigie, linked and copied as docs/update.md says."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kit.card import FILES
from tests.kit.vigie import ROOT

UPGRADES = ROOT / "systemd/upgrades"
DOCS = (ROOT / "docs/update.md").read_text("utf-8")


def test_apt_takes_it_up_by_its_link_and_drops_what_debian_had_set(tmp_path: Path) -> None:
    """Debian's own file has `50` in front; ours begins the list of origins anew."""
    if shutil.which("apt-config") is None:
        pytest.skip("apt is missing")
    parts = tmp_path / "apt.conf.d"
    parts.mkdir()
    own = 'Unattended-Upgrade::Origins-Pattern { "origin=Debian,label=Debian"; };\n'
    (parts / "50unattended-upgrades").write_text(own)
    (parts / "60-vigie-upgrades").symlink_to(UPGRADES / "60-vigie-upgrades")
    only = tmp_path / "apt.conf"
    only.write_text(f'Dir::Etc::parts "{parts}";\n')
    said = subprocess.run(
        ["apt-config", "dump"],
        env=os.environ | {"APT_CONFIG": str(only)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    origins = re.findall(r'^Unattended-Upgrade::Origins-Pattern:: "(.*)";$', said, re.MULTILINE)
    assert len(origins) == 3
    assert all("codename=${distro_codename}" in origin for origin in origins)
    assert 'APT::Periodic::Unattended-Upgrade "1";' in said
    assert 'Unattended-Upgrade::Automatic-Reboot "false";' in said


def test_every_file_has_its_line_in_the_papers() -> None:
    for file in UPGRADES.iterdir():
        assert re.search(rf" {re.escape(file.name)} /etc/|/{re.escape(file.name)}\" /etc/", DOCS)


def test_a_card_does_not_renew_its_debian() -> None:
    """Its root is read-only: what apt wrote would fill memory, and be gone with the next start."""
    packages = (ROOT / "image/packages.txt").read_text("utf-8")
    assert "unattended-upgrades" not in packages
    build = (ROOT / "image/build").read_text("utf-8")
    assert re.search(r"systemctl --quiet mask .* apt-daily.timer apt-daily-upgrade.timer", build)
    assert not [file for file in FILES.rglob("*") if "apt" in file.name]
