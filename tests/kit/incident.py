"""An incident that tests deal with: ransomware at the reception, opened from its case."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from appliance.dossier.evidence import Sources, keep
from appliance.incidents import Incident, Origin, Wrote
from appliance.store import Office, Reader
from tests.kit import people
from tests.kit.panel import FakePanel
from tests.kit.people import MINUTE, NOW
from tests.kit.site import Clock
from tests.kit.story import tell_story

PARTICULARS = {
    "structure_identity": "Cabinet des Tilleuls, SIRET 000 000 000 00000, 1 rue des Tilleuls",
    "declarant": "Dr Martin, chirurgien-dentiste, 06 00 00 00 00",
    "technician": "Camille, 06 00 00 00 01",
    "security": "Dr Martin, 06 00 00 00 00",
    "insurance": "Assurance des Tilleuls, contrat 42, 01 00 00 00 00",
}


def opened_in(state: Path, office: Office, *, origin: Origin = Origin.CASE) -> Incident:
    """Open the incident over the practice in *state*, from its case."""
    tell_story(state)
    for key, value in PARTICULARS.items():
        office.tell(key, value, author="camille")
    subject = "c-story" if origin is Origin.CASE else ""
    return office.open_incident(author="accueil", origin=origin, subject=subject, why="Rançon")


def dealt_with(office: Office, incident: Incident) -> Incident:
    """Do what people do in the first hour."""
    for step in ("isolate", "cable", "power", "ransom"):
        office.add_to_incident(incident.id, author="accueil", what=Wrote.DONE, key=step)
    known = str(NOW - 3 * MINUTE)
    office.add_to_incident(incident.id, author="accueil", what=Wrote.KNOWN, text=known)
    note = "Écran rouge au poste de l'accueil"
    office.add_to_incident(incident.id, author="accueil", what=Wrote.NOTE, text=note)
    return office.add_to_incident(
        incident.id, author="accueil", what=Wrote.ANSWER, key="care_impact", text="12 rendez-vous"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """A practice with an incident in it."""

    state: Path
    office: Office
    reader: Reader
    clock: Clock
    incident: Incident

    def keep(self, panel: FakePanel | None = None) -> Path:
        """Keep the evidence as it is now; give its folder."""
        status = (panel or FakePanel()).status()
        held = self.reader.incident(self.incident.id) or self.incident
        return keep(
            Sources(state=self.state, reader=self.reader, status=status), held, self.clock()
        )


@contextmanager
def dealing(state: Path) -> Iterator[Dealt]:
    """Open an incident over the practice in *state*, and deal with it for some minutes."""
    clock = Clock()
    office, reader = Office(state, clock), Reader(state)
    people.settle_in(office)
    incident = dealt_with(office, opened_in(state, office))
    try:
        yield Dealt(state=state, office=office, reader=reader, clock=clock, incident=incident)
    finally:
        reader.close()
        office.close()
