"""Who is signed in, until when, and that ending it ends it (W20)."""

import pytest

from appliance.config import Web
from appliance.store import Role
from tests.kit.people import NOW, STAFF, TECHNICIAN, TECHNICIAN_PHRASE
from tests.kit.site import Site, Visitor, site
from web.access.sessions import IDLE, LIVE


def cookie(visitor: Visitor, name: str = "vigie") -> str:
    found = visitor.browser.get_cookie(name)
    assert found is not None
    return found.value


def steal(opened: Site, value: str) -> Visitor:
    """Give a visitor who holds somebody's cookie."""
    thief = opened.client()
    thief.browser.set_cookie("vigie", value)
    return thief


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/devices").status_code == 200


def test_a_cookie_from_before_signing_in_is_worth_nothing_after(opened: Site) -> None:
    visitor = opened.client()
    visitor.get("/login")
    before = cookie(visitor)
    visitor.post("/login", name=TECHNICIAN, phrase=TECHNICIAN_PHRASE)
    assert is_in(visitor)
    assert not is_in(steal(opened, before))


def test_a_stolen_cookie_is_dead_after_signing_out(opened: Site) -> None:
    visitor = opened.technician()
    stolen = cookie(visitor)
    assert is_in(steal(opened, stolen))
    visitor.post("/leave")
    assert not is_in(visitor)
    assert not is_in(steal(opened, stolen))


def test_a_stolen_cookie_is_dead_after_a_new_pass_phrase(opened: Site) -> None:
    visitor = opened.technician()
    stolen = cookie(visitor)
    visitor.post("/account/password", old=TECHNICIAN_PHRASE, new="quatre gros chiens noirs")
    assert is_in(visitor)
    assert not is_in(steal(opened, stolen))


def test_a_cookie_that_was_changed_is_no_cookie(opened: Site) -> None:
    visitor = opened.staff()
    assert not is_in(steal(opened, cookie(visitor)[:-2] + "xx"))


@pytest.mark.parametrize(("name", "role"), [(TECHNICIAN, Role.TECHNICIAN), (STAFF, Role.STAFF)])
def test_who_does_nothing_is_signed_out(opened: Site, name: str, role: Role) -> None:
    visitor = opened.client(name)
    opened.clock.at = NOW + IDLE[role] / 2
    assert is_in(visitor)
    opened.clock.at += IDLE[role] + 1
    assert not is_in(visitor)


def test_a_page_left_open_keeps_nobody_signed_in(opened: Site) -> None:
    visitor = opened.technician()
    for minute in range(1, 32):
        opened.clock.at = NOW + minute * 60
        answer = visitor.get("/devices", **{LIVE: "1"})
    assert answer.status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(opened: Site) -> None:
    answer = opened.client().get("/login")
    (set_cookie,) = answer.headers.getlist("Set-Cookie")
    assert set_cookie.startswith("vigie=")
    assert "HttpOnly" in set_cookie
    assert "SameSite=Strict" in set_cookie
    assert "Secure" not in set_cookie  # plain HTTP, on loopback only


def test_with_https_the_cookie_never_goes_out_in_clear(tmp_path) -> None:
    with site(tmp_path, web=Web(listen="0.0.0.0:443")) as made:
        answer = made.app.test_client().get("/login", base_url="https://localhost")
    (set_cookie,) = answer.headers.getlist("Set-Cookie")
    assert set_cookie.startswith("__Host-vigie=")
    assert "Secure" in set_cookie
    assert "Path=/" in set_cookie
    assert "Domain" not in set_cookie


def test_cutting_does_not_depend_on_the_database(opened: Site) -> None:
    """With the database gone bad, who was signed in may still look and isolate, and no more."""
    visitor = opened.technician()
    token = visitor.token()
    opened.break_card()
    assert visitor.get("/isolation").status_code == 200
    form = {"csrf_token": token, "why": "x"}
    assert visitor.browser.post("/isolation/reconnect", data=form).status_code == 403
    assert visitor.browser.post("/isolation/cut", data=form).status_code == 303
    assert opened.panel.isolated
    assert opened.panel.log[0].who == TECHNICIAN
