"""A box on disk, with something of everything that a backup holds."""

from dataclasses import dataclass
from pathlib import Path

from appliance.backup.contents import Source
from appliance.config import Config
from appliance.config_file import load
from appliance.store import Office
from appliance.store.people import Role
from tests.kit.vigie import config_in

NOON = 1_767_268_800.0


@dataclass(frozen=True)
class Kept:
    """A box's folder."""

    folder: Path

    @property
    def configuration(self) -> Path:
        return self.folder / "vigie.toml"

    @property
    def config(self) -> Config:
        return load(self.configuration)

    @property
    def source(self) -> Source:
        return Source(config=self.config, configuration=self.configuration)

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def users(self) -> list[str]:
        office = Office(self.state, lambda: NOON)
        try:
            return [user.name for user in office.users()]
        finally:
            office.close()

    def files(self) -> dict[str, bytes]:
        """Give all that lies there, but the databases and what is made anew beside them."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and ".db" not in path.name
            if not {"before-restore", "backup"} & set(path.parts)
        }


def kept(folder: Path, *, user: str = "Dr Martin", practice: str = "Cabinet") -> Kept:
    """Make a box in *folder*, with one user and a file of each kind."""
    folder.mkdir(exist_ok=True)
    config_in(folder, practice={"language": "en", "name": practice})
    state = folder / "state"
    for name, content in {
        "settings.json": '{"home": {"learning_days": 3}}\n',
        "secrets/mail": f"secret of {user}",
        "tls/ca.key": f"key of {user}",
        "lists/own.csv": "bad.example",
        "incidents/one/evidence.json": "{}",
        "web.key": user,
        "latch.json": "isolated",
        "panel-journal.jsonl": "cut",
        "ballast": "0" * 100,
        "flows-20260101.db": "conversations",
    }.items():
        path = state / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (state / "tls/ca.key").chmod(0o600)
    office = Office(state, lambda: NOON)
    office.add_user(user, "hash", role=Role.TECHNICIAN, language="fr")
    office.close()
    return Kept(folder)
