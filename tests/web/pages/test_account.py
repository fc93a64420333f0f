"""One's own account."""

from tests.kit.people import STAFF, STAFF_PHRASE, TECHNICIAN_PHRASE
from tests.kit.site import Site

NEW = "quatre gros chiens noirs"


def test_the_pages_speak_the_language_that_is_chosen(opened: Site) -> None:
    staff = opened.staff()
    assert staff.post("/account/language", language="en").status_code == 303
    assert "Nothing unusual" in staff.get("/").text
    assert staff.post("/account/language", language="tlh").status_code == 400


def test_a_new_pass_phrase_replaces_the_old(opened: Site) -> None:
    staff = opened.staff()
    assert staff.post("/account/password", old=STAFF_PHRASE, new=NEW).status_code == 303
    assert opened.client().post("/login", name=STAFF, phrase=STAFF_PHRASE).status_code == 401
    assert opened.client().post("/login", name=STAFF, phrase=NEW).status_code == 303


def test_it_takes_the_old_one_to_change_it(opened: Site) -> None:
    answer = opened.staff().post("/account/password", old="wrong wrong", new=NEW)
    assert answer.status_code == 403
    assert "Rien n&#39;a changé" in answer.text
    assert opened.client().post("/login", name=STAFF, phrase=STAFF_PHRASE).status_code == 303


def test_a_short_one_is_refused(opened: Site) -> None:
    answer = opened.technician().post("/account/password", old=TECHNICIAN_PHRASE, new="short")
    assert answer.status_code == 400
    assert "au moins 12 signes" in answer.text


def test_guessing_the_old_one_is_slowed_down(opened: Site) -> None:
    staff = opened.staff()
    for _ in range(5):
        staff.post("/account/password", old="wrong wrong", new=NEW)
    assert staff.post("/account/password", old=STAFF_PHRASE, new=NEW).status_code == 429


def test_where_one_is_signed_in_is_shown_and_ended_one_by_one(opened: Site) -> None:
    other, mine = opened.client(), opened.staff()
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/131.0"}
    other.post("/login", headers=agent, name=STAFF, phrase=STAFF_PHRASE)
    text = mine.get("/account").text
    assert "Firefox, Windows" in text
    assert text.count("cet appareil") == 1
    (id_,) = [one.id for one in opened.office.sessions(STAFF) if "Firefox" in one.agent]
    mine.post("/account/sessions/end", id=id_)
    assert other.get("/").status_code == 303
    assert mine.get("/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else(opened: Site) -> None:
    technician = opened.technician()
    (other,) = opened.office.sessions("camille")
    opened.staff().post("/account/sessions/end", id=other.id)
    assert technician.get("/").status_code == 200


def test_ending_ones_own_session_is_signing_out(opened: Site) -> None:
    staff = opened.staff()
    (mine,) = opened.office.sessions(STAFF)
    assert staff.post("/account/sessions/end", id=mine.id).headers["Location"] == "/login"
    assert staff.get("/").status_code == 303


def test_one_can_sign_out_everywhere(opened: Site) -> None:
    visitors = [opened.staff(), opened.staff()]
    assert visitors[0].post("/account/sessions/end-all").headers["Location"] == "/login"
    assert all(visitor.get("/").status_code == 303 for visitor in visitors)
    assert opened.office.sessions(STAFF) == ()
