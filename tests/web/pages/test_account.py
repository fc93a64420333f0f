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
