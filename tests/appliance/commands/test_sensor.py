"""``vigie sensor``: what it cannot do, it says in one sentence that names the cure."""

from pathlib import Path

import pytest

from tests.kit.sensing import SCAN
from tests.kit.vigie import ROOT, WITHOUT_RIGHTS, config_in, one_sentence, vigie


def test_without_the_right_to_capture_it_names_the_right(tmp_path: Path) -> None:
    config = config_in(tmp_path, capture={"card": "lo"})
    done = vigie("sensor", "--config", config, within=WITHOUT_RIGHTS)
    assert done.returncode == 1
    assert done.stderr == "vigie: no right to capture: start as root, or grant CAP_NET_RAW\n"


def test_a_card_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = vigie("sensor", "--config", config_in(tmp_path, capture={"card": "nosuch0"}))
    assert done.returncode == 1
    assert done.stderr == "vigie: there is no network card “nosuch0”\n"


def test_a_machine_without_a_network_has_no_card_to_listen_on(tmp_path: Path) -> None:
    apart = ("unshare", "--net") if WITHOUT_RIGHTS else ("unshare", "-r", "--net")
    done = vigie("sensor", "--config", config_in(tmp_path), within=apart)
    assert done.returncode == 1
    assert "no network card is named, and none has the default route" in done.stderr
    assert one_sentence(done.stderr)


@pytest.mark.parametrize("recording", ["/nowhere.pcap", "/", str(ROOT / "README.md")])
def test_what_is_no_recording_is_refused(tmp_path: Path, recording: str) -> None:
    done = vigie("sensor", "--config", config_in(tmp_path), "--recording", recording)
    assert done.returncode == 1
    assert done.stderr.startswith(f"vigie: {recording}: ")
    assert one_sentence(done.stderr)


def test_a_disk_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o500)
    config = config_in(tmp_path)
    done = vigie("sensor", "--config", config, "--recording", SCAN, within=WITHOUT_RIGHTS)
    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert one_sentence(done.stderr)


def test_a_configuration_with_mistakes_is_refused(tmp_path: Path) -> None:
    done = vigie("sensor", "--config", config_in(tmp_path, capture={"ring": 7}))
    assert done.returncode == 2
    assert "did you mean ring_mib" in done.stderr
