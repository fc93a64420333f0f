"""A box's state, and everybody who is to be told of it: five servers that listen on loopback."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.config import Keep
from appliance.model import Severity
from appliance.store import Watch
from tests.appliance.outputs.telling import NOON, alert
from tests.kit.receivers import (
    HERE,
    Broker,
    Hook,
    LogServer,
    Mailbox,
    broker,
    hook,
    identity,
    log_server,
    mailbox,
)
from tests.kit.vigie import config_in, started
from tests.lab.awaiting import until


@dataclass
class World:
    """A box's state directory, and everybody who is to be told."""

    folder: Path
    mail: Mailbox
    web: Hook
    phone: Hook
    log: LogServer
    house: Broker
    written: int = 0

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def trouble(self, count: int, severity: Severity = Severity.WARNING) -> None:
        """Have the sensor write *count* new alerts."""
        now = time.time()
        made = [alert(self.written + n, severity, first_at=now, last_at=now) for n in range(count)]
        self.written += count
        watch = Watch(self.state, Keep(), lambda: NOON)
        watch.save_alerts(made)
        watch.close()

    def ids(self) -> dict[str, list[str]]:
        told = [json.loads(body) for topic, body in list(self.house.got) if topic == "vigie/alert"]
        return {
            "mail": self.mail.ids(),
            "webhook": self.web.ids(),
            "ntfy": [json.loads(post.body)["sequence_id"] for post in self.phone.got],
            "syslog": self.log.ids(),
            "mqtt": [one["id"] for one in told],
        }

    def count(self) -> int:
        return sum(len(set(ids)) for ids in self.ids().values())

    def all_told(self) -> bool:
        return all(len(set(ids)) == self.written for ids in self.ids().values())

    def config(self, **more: dict[str, Any]) -> Path:
        secret = self.folder / "secret"
        secret.write_text("geheim\n")
        me, files = str(self.folder / "identity.pem"), str(secret)
        plain = {"local": True, "security": "none", "host": HERE}
        tables: dict[str, dict[str, Any]] = {
            "outputs.mail.office": {
                "host": HERE,
                "port": self.mail.port,
                "sender": "vigie@cabinet.example",
                "trust_file": me,
            },
            "outputs.ntfy.phone": {
                "url": f"https://localhost:{self.phone.port}",
                "topic_file": files,
                "trust_file": me,
                "local": True,
            },
            "outputs.webhook.web": {
                "url": f"http://localhost:{self.web.port}/told",
                "secret_file": files,
                "local": True,
            },
            "outputs.syslog.log": {"port": self.log.port, **plain},
            "outputs.mqtt.house": {"port": self.house.port, **plain},
            "outputs.person.marie": {
                "mail": "marie@cabinet.example",
                "danger": ["office", "phone"],
                "warning": ["office", "phone"],
            },
        }
        return config_in(self.folder, **{**tables, **more})


@contextmanager
def everybody(folder: Path) -> Iterator[World]:
    """Have all of them listen until the block ends."""
    me = identity(folder)
    with ExitStack() as stack:
        enter = stack.enter_context
        yield World(
            folder=folder,
            mail=enter(mailbox(me)),
            web=enter(hook()),
            phone=enter(hook(me)),
            log=enter(log_server()),
            house=enter(broker(folder)),
        )


@contextmanager
def begun(world: World) -> Iterator[None]:
    """Have a process begin to tell, so that what comes now is news."""
    with started("outputs", "--config", world.config()) as process:
        until("it has looked", 30, lambda: _has_looked(world.state / "outbox.db"))
        yield
        assert process.poll() is None


def _has_looked(path: Path) -> bool:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return bool(db.execute("SELECT count(*) FROM told_since").fetchone()[0])
    return False
