"""The checks stand in the right order."""

from tests.kit.site import Site


def test_a_foreign_name_is_refused_before_anything_else(opened: Site) -> None:
    """It must not even learn whether somebody is signed in."""
    technician = opened.technician()
    assert technician.get("/", Host="evil.example").status_code == 400
    assert opened.client().get("/", Host="evil.example").status_code == 400


def test_a_foreign_page_is_refused_before_the_right_is_asked(opened: Site) -> None:
    answer = opened.client().post("/isolation/cut", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
