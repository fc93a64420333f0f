"""Incidents as programs read them."""

import msgspec

from appliance.incidents import Origin, Wrote
from tests.kit.site import Site
from web.api.incidents import IncidentRead


def test_an_incident_is_read_with_all_that_people_added(opened: Site) -> None:
    held = opened.office.open_incident(author="accueil", origin=Origin.HAND, why="Écran rouge")
    opened.office.add_to_incident(held.id, author="accueil", what=Wrote.DONE, key="cable")
    opened.office.add_to_incident(held.id, author="accueil", what=Wrote.NOTE, text="Rançon")
    staff = opened.staff()
    (listed,) = staff.get("/api/v1/incidents").json
    assert (listed["id"], listed["steps"], listed["closed_at"]) == (
        held.id,
        {"cable": "done"},
        None,
    )
    assert "entries" not in listed
    answer = staff.get(f"/api/v1/incidents/{held.id}")
    read = msgspec.json.decode(answer.data, type=IncidentRead, strict=True)
    assert [(each.what, each.text) for each in read.entries] == [("done", ""), ("note", "Rançon")]
    assert staff.get("/api/v1/incidents/none").status_code == 404
