"""Where the time of a replay goes."""

from tests.bench.capture import make
from tests.bench.stages import split


def test_every_stage_takes_its_part(tmp_path):
    """Of a small capture; what is read whole is counted."""
    capture = tmp_path / "small.pcap"
    make(capture, packets=5000, conversations=200)
    took = split(capture)
    assert took["packets"] == 5000
    assert 200 < took["read"] < 2500
    assert min(took[stage] for stage in ("start", "meter", "decode", "tell")) > 0
