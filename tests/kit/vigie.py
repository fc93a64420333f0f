"""The command ``vigie`` as people start it: a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

ELSEWHERE = "comes from elsewhere"
"""In the reason of a test that is skipped for want of what is no package of this Debian."""

COMMAND = (sys.executable, "-m", "appliance")

WITHOUT_RIGHTS = (
    ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")
    if os.geteuid() == 0
    else ()
)
"""Put before a command line, so that it may no more than an ordinary user whose files these are."""


def config_in(folder: Path, **tables: dict[str, object]) -> Path:
    """Write a configuration that keeps everything in *folder*; give its file."""
    paths = {"state": str(folder / "state"), "run": str(folder / "run")}
    lines = []
    for table, values in {"paths": paths, "practice": {"language": "en"}, **tables}.items():
        lines.append(f"[{table}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    file = folder / "vigie.toml"
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return file


def vigie(
    *words: object, within: Sequence[str] = (), given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``vigie`` with *words*, *given* being its standard input; *within* is put before it."""
    return subprocess.run(
        [*within, *COMMAND, *map(str, words)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def started(*words: object, within: Sequence[str] = ()) -> Iterator[subprocess.Popen[str]]:
    """Have ``vigie`` run with *words* until the block ends; its output can be read."""
    process = subprocess.Popen(
        [*within, *COMMAND, *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def one_sentence(said: str) -> bool:
    """Tell whether *said* is what a person should read: one line, and no traceback."""
    return said.startswith("vigie: ") and said.count("\n") == 1 and said.endswith("\n")
