"""Makes the samples of ``vigie selftest`` from the recorded captures: ``python -m tests.samples``.

For each detector the smallest capture in which it speaks, with what is known of that site, its
packets cut as short as the whole box says the same of them. What the box ships is written to
``appliance/data/selftest/``, compressed; a sample that would be the same is left alone.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from appliance.detectors import ALL
from appliance.replay import replay
from appliance.selftest.samples import SAMPLES
from appliance.site import Site, read
from tests.lab import tape
from tests.lab.machines import ROOT
from tests.lab.tape import Packet

CAPTURES = ROOT / "tests/captures"
STEP = 64
"""Bytes by which a packet may be longer at each try; no header up to TCP's ends sooner."""


def source(detector: str) -> Path:
    """Give the smallest capture in which *detector* is expected to speak."""
    spoken = [
        expected.with_suffix(".pcap")
        for expected in CAPTURES.joinpath(detector).glob("*.alerts")
        if detector in {line.split()[1] for line in expected.read_text("utf-8").splitlines()}
    ]
    return min(spoken, key=lambda file: (file.stat().st_size, file.name))


def cut(capture: Path, length: int) -> bytes:
    """Give *capture* with no more than *length* bytes of each packet."""
    return tape.write(
        Packet(packet.at, packet.data[:length], packet.length) for packet in tape.read(capture)
    )


def shortest(capture: Path) -> bytes:
    """Give *capture*, cut as short as the box says the same of it."""
    longest = max(len(packet.data) for packet in tape.read(capture))
    said = heard(capture.read_bytes(), capture)
    for length in range(STEP, longest, STEP):
        if heard(made := cut(capture, length), capture) == said:
            return made
    return cut(capture, longest)


def heard(made: bytes, capture: Path) -> list[tuple[object, ...]]:
    """Give what the box says of the packets *made* at the site of *capture*."""
    known = capture.with_suffix(".toml")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sample.pcap"
        file.write_bytes(made)
        played = replay(file, read(known) if known.exists() else Site.unknown(), fence=False)
    return [
        (alert.detector, alert.about, alert.first_at, alert.count, sorted(alert.words.items()))
        for alert in played.alerts
    ]


def write(detector: str) -> Iterator[Path]:
    """Write the sample of *detector*; give its files."""
    capture = source(detector)
    made, file = shortest(capture), SAMPLES / f"{detector}.pcap.gz"
    if not file.exists() or gzip.decompress(file.read_bytes()) != made:
        file.write_bytes(gzip.compress(made, mtime=0))
    yield file
    known, beside = capture.with_suffix(".toml"), SAMPLES / f"{detector}.toml"
    if known.exists():
        beside.write_bytes(known.read_bytes())
        yield beside
    else:
        beside.unlink(missing_ok=True)


def main() -> None:
    """Write the samples of all detectors, and remove those of others."""
    SAMPLES.mkdir(exist_ok=True)
    written = {file for detector in ALL for file in write(detector.about.id)}
    for file in set(SAMPLES.iterdir()) - written:
        file.unlink()
    print(f"{len(written)} files, {sum(file.stat().st_size for file in written)} bytes")


if __name__ == "__main__":
    main()
