"""What the system is told of a build, as links that lead through ``current``.

``systemd/places`` in each build says which of its files belong where. No file is copied: when
``current`` is switched, units, users, rules and the command are switched with it, at one moment.
A link that leads nowhere, made before the switch or left after it, says nothing to the system.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from appliance import durable

PLACES = "systemd/places"


def wanted(base: Path, name: str, root: Path = Path("/")) -> Mapping[Path, str]:
    """Give where each link of the build *name* in *base* leads to, by its path below *root*."""
    build = base / name
    found: dict[Path, str] = {}
    for pattern, folder, through in _lines(build):
        for file in sorted((build / "systemd").glob(pattern)):
            inside = file.relative_to(build)
            found[root / folder.lstrip("/") / file.name] = f"{base}/{through}/{inside}"
    return found


def put(links: Mapping[Path, str]) -> None:
    """Have *links* in place, each at one moment, whatever stood there."""
    for link, to in links.items():
        if link.is_symlink() and os.readlink(link) == to:  # noqa: PTH115 - not where it leads
            continue
        if not link.parent.exists():
            link.parent.mkdir(parents=True)
            link.parent.chmod(0o755)  # whatever the umask: others read there as well
        beside = link.with_name(f".{link.name}.new")
        beside.unlink(missing_ok=True)
        beside.symlink_to(to)
        beside.replace(link)
        durable.flush(link.parent)


def remove_others(base: Path, links: Mapping[Path, str]) -> None:
    """Remove, beside *links*, what leads through *base* and is not wanted any more."""
    for folder in {link.parent for link in links}:
        for entry in list(folder.iterdir()):
            if entry not in links and entry.is_symlink() and _leads_through(entry, base):
                entry.unlink()


def _lines(build: Path) -> Iterator[tuple[str, str, str]]:
    for line in (build / PLACES).read_text("utf-8").splitlines():
        words = line.partition("#")[0].split()
        if words:
            pattern, folder, *rest = words
            yield pattern, folder, rest[0] if rest else "current"


def _leads_through(link: Path, base: Path) -> bool:
    to = os.readlink(link)  # noqa: PTH115 - not where it leads
    return to.startswith((f"{base}/current/", f"{base}/former/"))
