"""The recordings and the scenes they come from agree."""

import gzip

import pytest

from appliance.decisions import Known
from appliance.model import Mac
from appliance.site import read
from tests.lab import day, record, tape
from tests.lab.cast import HOSTS

SCENES = dict(record.scenes())
DAY = record.DATA / "practice-day.pcap.gz"


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_was_recorded_small_and_with_what_a_box_must_know(name):
    """Otherwise ``python -m tests.lab.record`` records it."""
    file = record.CAPTURES / f"{name}.pcap"
    assert 0 < file.stat().st_size < 150_000
    beside = file.with_suffix(".toml")
    told = beside.read_text("utf-8") if beside.exists() else ""
    assert told == record.site(SCENES[name])


@pytest.mark.parametrize("detector", sorted({name.partition("/")[0] for name in SCENES}))
def test_every_detector_has_an_attack_ordinary_work_and_a_lookalike(detector):
    names = [name.partition("/")[2] for name in SCENES if name.startswith(f"{detector}/")]
    kinds = {name.partition("_")[0] for name in names}
    assert {"ordinary", "lookalike"} <= kinds
    assert kinds - {"ordinary", "lookalike"}


def test_the_practice_day_is_small_and_lasts_a_morning(tmp_path):
    assert DAY.stat().st_size < 1_000_000
    plain = tmp_path / "day.pcap"
    plain.write_bytes(gzip.decompress(DAY.read_bytes()))
    packets = tape.read(plain)
    assert packets[0].at == day.START
    assert 4.5 * 3600 < packets[-1].at - packets[0].at < 6 * 3600
    times = [packet.at for packet in packets]
    assert times == sorted(times)


def test_the_box_of_the_practice_day_knows_everybody_but_the_visitor():
    site = read(record.DATA / "practice-day.toml")
    host = HOSTS["panoramic"]
    assert site.standing.known[Mac(host.mac)] == Known(
        approved=True, name="Panoramique", role="panoramic"
    )
    assert Mac(HOSTS["visitor"].mac) not in site.standing.known
