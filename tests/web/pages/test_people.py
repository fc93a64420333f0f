"""The accounts, as a technician keeps them."""

import re

import pytest

from appliance.store import Role
from tests.kit.people import STAFF, STAFF_PHRASE, TECHNICIAN
from tests.kit.site import Site, Visitor
from web.pages.people import INVITED, LENT, MOST


def add(visitor: Visitor, name: str, role: Role = Role.STAFF) -> str:
    answer = visitor.post("/users/new/add", name=name, role=role.value, language="fr")
    assert answer.status_code == 200
    return answer.text


def shown(text: str) -> str:
    found = re.search(r'class="code secret[^"]*">([^<]+)<', text)
    assert found is not None
    return found[1]


def told(opened: Site) -> tuple[str, str, str]:
    entry = opened.reader.audit_entries(limit=1)[0]
    return entry.who, entry.what, entry.detail


def test_everybody_is_listed_with_what_they_may_do(technician: Visitor) -> None:
    text = technician.get("/users").text
    assert STAFF in text
    assert "membre du cabinet" in text


def test_somebody_new_gets_a_pass_phrase_made_by_the_box_and_chooses_another(opened: Site) -> None:
    phrase = shown(add(opened.technician(), "ines", Role.READER))
    assert told(opened) == (TECHNICIAN, "add_user", "ines reader")
    assert phrase not in repr(opened.reader.audit_entries())
    visitor = opened.client()
    assert visitor.post("/login", name="ines", phrase=phrase).status_code == 303
    assert visitor.get("/devices").headers["Location"] == "/account"
    assert "provisoire" not in visitor.get("/account").text
    assert visitor.post("/account/password", old=phrase, new=phrase).status_code == 400
    visitor.post("/account/password", old=phrase, new="quatre gros chiens noirs")
    assert visitor.get("/devices").status_code == 200


def test_a_lent_pass_phrase_is_worth_nothing_after_some_days(opened: Site) -> None:
    phrase = shown(add(opened.technician(), "ines"))
    opened.clock.at += LENT
    answer = opened.client().post("/login", name="ines", phrase=phrase)
    assert answer.status_code == 401
    assert "plus valable" in answer.text


@pytest.mark.parametrize(
    ("name", "code"), [("x", 400), ("$(id)", 400), (STAFF, 409), (STAFF.upper(), 409), ("", 400)]
)
def test_a_name_that_is_none_or_is_taken_is_refused(
    opened: Site, technician: Visitor, name: str, code: int
) -> None:
    before = opened.office.users()
    answer = technician.post("/users/new/add", name=name, role="staff", language="fr")
    assert answer.status_code == code
    assert opened.office.users() == before


@pytest.mark.parametrize(("role", "language"), [("god", "fr"), ("", "fr"), ("staff", "tlh")])
def test_what_is_not_offered_is_refused(technician: Visitor, role: str, language: str) -> None:
    answer = technician.post("/users/new/add", name="ines", role=role, language=language)
    assert answer.status_code == 400


def test_there_is_a_most_of_accounts(opened: Site, technician: Visitor) -> None:
    for number in range(MOST - len(opened.office.users())):
        opened.office.add_user(f"n{number}", "", role=Role.STAFF, language="fr")
    answer = technician.post("/users/new/add", name="ines", role="staff", language="fr")
    assert answer.status_code == 409


def test_who_forgot_gets_a_new_one_and_is_signed_out(opened: Site, technician: Visitor) -> None:
    staff = opened.staff()
    phrase = shown(technician.post(f"/users/{STAFF}/password").text)
    assert told(opened) == (TECHNICIAN, "lend_password", STAFF)
    assert staff.get("/").status_code == 303
    assert opened.client().post("/login", name=STAFF, phrase=STAFF_PHRASE).status_code == 401
    assert opened.client().post("/login", name=STAFF, phrase=phrase).status_code == 303


def test_another_role_holds_at_once(opened: Site, technician: Visitor) -> None:
    assert technician.post(f"/users/{STAFF}/role", role="reader").status_code == 303
    assert told(opened) == (TECHNICIAN, "role", f"{STAFF} reader")
    assert opened.staff().post("/isolation/cut").status_code == 403
    assert technician.post(f"/users/{STAFF}/role", role="kiosk").status_code == 400


@pytest.mark.parametrize("act", ["disable", "remove", "role"])
def test_the_last_technician_is_not_taken_away(opened: Site, technician: Visitor, act: str) -> None:
    before = opened.office.users()
    form = {"role": "staff", "confirmed": "on"}
    technician.post(f"/users/{TECHNICIAN}/{act}", **form)
    assert opened.office.users() == before
    assert "dernier technicien" in technician.get("/users").text


def test_who_left_is_disabled_and_may_come_back(opened: Site, technician: Visitor) -> None:
    staff = opened.staff()
    technician.post(f"/users/{STAFF}/disable")
    assert told(opened) == (TECHNICIAN, "disable_user", STAFF)
    assert staff.get("/").status_code == 303
    assert opened.client().post("/login", name=STAFF, phrase=STAFF_PHRASE).status_code == 401
    assert "Suspendu" in technician.get("/users").text
    technician.post(f"/users/{STAFF}/enable")
    assert opened.client().post("/login", name=STAFF, phrase=STAFF_PHRASE).status_code == 303


def test_removing_takes_a_tick(opened: Site, technician: Visitor) -> None:
    technician.post(f"/users/{STAFF}/remove")
    assert opened.office.user(STAFF) is not None
    answer = technician.post(f"/users/{STAFF}/remove", confirmed="on")
    assert answer.headers["Location"] == "/users"
    assert opened.office.user(STAFF) is None
    assert told(opened) == (TECHNICIAN, "remove_user", STAFF)


def test_all_sessions_of_somebody_are_ended(opened: Site, technician: Visitor) -> None:
    staff = opened.staff()
    technician.post(f"/users/{STAFF}/sign-out")
    assert staff.get("/").status_code == 303
    assert told(opened) == (TECHNICIAN, "end_sessions", STAFF)


def test_who_lost_the_telephone_is_asked_for_no_code(opened: Site, technician: Visitor) -> None:
    opened.office.begin_codes(STAFF, "sealed", 0, ())
    technician.post(f"/users/{STAFF}/code")
    assert told(opened) == (TECHNICIAN, "codes_off", STAFF)
    answer = opened.client().post("/login", name=STAFF, phrase=STAFF_PHRASE)
    assert answer.headers["Location"] == "/"


def test_a_tablet_has_no_pass_phrase_and_an_address_that_opens_once(opened: Site) -> None:
    link = shown(add(opened.technician(), "tablette", Role.KIOSK))
    assert link.startswith("http://localhost/kiosk/open/")
    assert opened.office.password("tablette") == ""
    assert opened.client().post("/login", name="tablette", phrase="").status_code == 401
    assert opened.technician().post("/users/tablette/password").status_code == 400
    again = shown(opened.technician().post("/users/tablette/invitation").text)
    assert again != link
    opened.clock.at += INVITED
    assert opened.client().get(again).status_code == 404


def test_a_person_gets_no_invitation(technician: Visitor) -> None:
    assert technician.post(f"/users/{STAFF}/invitation").status_code == 400


def test_nobody_by_that_name_is_told_so(technician: Visitor) -> None:
    assert technician.get("/users/mallory").status_code == 404
    assert technician.post("/users/mallory/disable").status_code == 404
