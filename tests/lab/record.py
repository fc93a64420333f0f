"""Records the practice day and the detectors' captures: ``python -m tests.lab.record [NAME…]``.

Without names all is recorded; a NAME is ``day``, a detector, or ``detector/scene``. Needs root.
The programs and their order are always the same; ports, times and keys are not, so that what is
written differs from run to run, and is committed.
"""

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from time import monotonic

from appliance.detectors import ALL
from tests.lab import day, tape
from tests.lab.cast import HOSTS, LAN
from tests.lab.machines import ROOT
from tests.lab.practice import Practice
from tests.lab.scenes.scene import Scene

CAPTURES = ROOT / "tests/captures"
DATA = ROOT / "appliance/data"
START = 1_763_971_200.0
"""When captures begin: Monday 24 November 2025, 9:00 in Paris; no box cares."""


def scenes() -> Iterator[tuple[str, Scene]]:
    """Give every scene that is recorded, by ``detector/scene``."""
    for detector in ALL:
        module = import_module(f"tests.lab.scenes.{detector.about.id}")
        for name, scene in module.SCENES.items():
            yield f"{detector.about.id}/{name}", scene


def site(scene: Scene) -> str:
    """Give what the box must know, as ``vigie replay --known`` reads it; empty for nothing."""
    lines: list[str] = []
    if scene.bad:
        lines += [f"bad = {_array(scene.bad)}"]
    if scene.remote_tools:
        lines += [f"remote_tools = {_array(scene.remote_tools)}"]
    if scene.learn:
        lines += [f"learn = {scene.learn:.0f}"]
    if scene.known:
        lines += [f'home = ["{LAN}"]', *known_devices()]
    return "".join(line + "\n" for line in lines)


def known_devices() -> Iterator[str]:
    """Give a table for every device that belongs to the practice."""
    for host in HOSTS.values():
        if host.role:
            yield f'\n[known."{host.mac}"]'
            yield f'name = "{host.given_name}"'
            yield f'role = "{host.role}"'
    yield f'\n[known."{HOSTS["box"].mac}"]'
    yield 'name = "Vigie"'


def record(scene: Scene, start: float) -> bytes:
    """Play in a fresh practice, and give what the mirror showed as a pcap file."""
    if scene.written:
        return tape.write(scene.written(start))
    with Practice() as practice:
        file = practice.folder / "mirror.pcap"
        with tape.recording(practice, file, scene.snaplen):
            scene.play(practice)
        in_order = sorted(tape.read(file), key=lambda packet: packet.at)
        packets = tape.shifted(in_order, practice.leaps, start)
        return tape.write(packets)


def record_scene(name: str, scene: Scene) -> Path:
    """Record a scene to its place among the captures."""
    file = CAPTURES / f"{name}.pcap"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(record(scene, START))
    beside = file.with_suffix(".toml")
    if text := site(scene):
        beside.write_text(text, "utf-8")
    else:
        beside.unlink(missing_ok=True)
    return file


def record_day() -> Path:
    """Record the practice day that comes with the box."""
    file = DATA / "practice-day.pcap.gz"
    file.write_bytes(gzip.compress(record(day.SCENE, day.START), mtime=0))
    (DATA / "practice-day.toml").write_text(site(day.SCENE), "utf-8")
    return file


def main(wanted: Iterable[str]) -> None:
    wanted = tuple(wanted)

    def is_wanted(name: str) -> bool:
        return not wanted or name in wanted or name.partition("/")[0] in wanted

    jobs: list[tuple[str, Callable[[], Path]]] = [
        (name, partial(record_scene, name, scene)) for name, scene in scenes()
    ]
    for name, job in [*jobs, ("day", record_day)]:
        if is_wanted(name):
            began = monotonic()
            size = job().stat().st_size
            print(f"{name}: {size} bytes, {monotonic() - began:.1f} s")


def _array(texts: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{text}"' for text in texts) + "]"


if __name__ == "__main__":
    main(sys.argv[1:])
