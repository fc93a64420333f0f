"""Deletions under way, and incidents, whose evidence lies in files."""

import shutil
from pathlib import Path

from appliance.config import Config
from appliance.erasures import OF_OUTPUTS, Erasure, What
from appliance.model import Mac
from appliance.store import Office, Reader
from appliance.store.outbox import Outbox
from appliance.store.tally import erased


def delete(
    config: Config, office: Office, what: What, *, author: str, macs: tuple[Mac, ...] = ()
) -> Erasure:
    """Have *what* deleted; raises StoreTrouble.

    Where no outputs are set up nobody writes into the outbox, and what an earlier set-up left there
    is deleted at once.
    """
    asked = office.erase(what, author=author, macs=macs)
    if not config.outputs.configured and erased(config.state) is not None:
        outbox = Outbox(config.state, lambda: asked.at)
        try:
            outbox.erase([asked])
        finally:
            outbox.close()
    return asked


def waiting(config: Config, reader: Reader) -> tuple[Erasure, ...]:
    """Give what is still to be deleted, by the sensor or by the outputs; raises StoreTrouble."""
    sensor = reader.erasing()
    done = erased(config.state)
    if done is None:
        return sensor
    mine = (one for one in reader.erasures() if one.what in OF_OUTPUTS and one.id > done)
    return tuple(sorted({*sensor, *mine}, key=lambda one: one.id))


def delete_incident(config: Config, office: Office, identifier: str, *, author: str) -> bool:
    """Delete a closed incident with its evidence; tell whether there was one. Raises OSError."""
    if not office.erase_incident(identifier, author=author):
        return False
    folder = _folder(config.state, identifier)
    if folder is not None:
        shutil.rmtree(folder)
    return True


def _folder(state: Path, identifier: str) -> Path | None:
    """Give the folder of an incident that has one: by its name among those there are."""
    try:
        found = [each for each in (state / "incidents").iterdir() if each.name == identifier]
    except FileNotFoundError:
        return None
    return found[0] if found and found[0].is_dir() else None
