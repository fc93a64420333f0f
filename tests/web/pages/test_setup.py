"""The first set-up: who holds the code makes the accounts, once (W17)."""

import pytest

from appliance.store import Role
from tests.kit.site import Site, Visitor
from web.setup import KEPT, VALID, offer

PHRASE = "trois petits chats gris"
FORM = {"name": "camille", "phrase": PHRASE, "language": "en"}


@pytest.fixture
def code(fresh: Site) -> str:
    found = offer(fresh.office, fresh.clock, fresh.state)
    assert found is not None
    return found


def set_up(visitor: Visitor, code: str, **more: str) -> int:
    return visitor.post("/setup", code=code, **(FORM | more)).status_code


def test_the_code_makes_the_technician_and_signs_them_in(fresh: Site, code: str) -> None:
    visitor = fresh.client()
    assert f'value="{code}"' in visitor.get(f"/setup?code={code}").text
    assert set_up(visitor, code) == 303
    assert fresh.reader.audit_entries(limit=1)[0].what == "setup"
    (user,) = fresh.office.users()
    assert (user.name, user.role, user.language) == ("camille", Role.TECHNICIAN, "en")
    assert "Nothing" in visitor.get("/").text
    assert fresh.client().post("/login", name="camille", phrase=PHRASE).status_code == 303


def test_the_account_of_the_practice_can_be_made_at_once(fresh: Site, code: str) -> None:
    set_up(fresh.client(), code, staff_name="accueil", staff_phrase="bonjour le cabinet")
    roles = {user.name: user.role for user in fresh.office.users()}
    assert roles == {"camille": Role.TECHNICIAN, "accueil": Role.STAFF}


def test_without_the_code_nobody_makes_anything(fresh: Site, code: str) -> None:
    for wrong in ("", "AAAAA-AAAAA", code[:-1], "' OR 1=1 --"):
        assert set_up(fresh.client(), wrong) == 403
    assert fresh.office.users() == ()


def test_the_code_that_came_with_the_card_leaves_it_when_it_is_used(fresh: Site) -> None:
    (fresh.state / KEPT).write_text("ABCDE-FGHIJ", "ascii")
    offer(fresh.office, fresh.clock, fresh.state)
    assert set_up(fresh.client(), "AAAAA-AAAAA") == 403
    assert (fresh.state / KEPT).exists()
    assert set_up(fresh.client(), "ABCDE-FGHIJ") == 303
    assert not (fresh.state / KEPT).exists()


def test_the_code_works_once(fresh: Site, code: str) -> None:
    assert set_up(fresh.client(), code) == 303
    assert set_up(fresh.client(), code, name="mallory") == 403
    assert [user.name for user in fresh.office.users()] == ["camille"]
    assert "Redémarrez le boîtier" in fresh.client().get("/setup", Accept_Language="fr").text


def test_the_code_works_for_half_an_hour(fresh: Site, code: str) -> None:
    fresh.clock.at += VALID + 1
    assert set_up(fresh.client(), code) == 403
    assert fresh.office.users() == ()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "a"}, "Give a user name"),
        ({"name": "<script>"}, "Give a user name"),
        ({"phrase": "short"}, "at least 12"),
        ({"staff_name": "accueil"}, "at least 12"),
        ({"staff_phrase": "bonjour le cabinet"}, "Give a user name"),
        ({"staff_name": "Camille", "staff_phrase": "bonjour le cabinet"}, "different names"),
    ],
)
def test_mistakes_are_told_and_cost_nothing(
    fresh: Site, code: str, wrong: dict[str, str], says: str
) -> None:
    visitor = fresh.client()
    visitor.get("/setup?lang=en")
    answer = visitor.post("/setup", code=code, **(FORM | wrong))
    assert answer.status_code == 400
    assert says in answer.text
    assert PHRASE not in answer.text
    assert set_up(visitor, code) == 303


def test_guessing_codes_is_slowed_down(fresh: Site, code: str) -> None:
    visitor = fresh.client()
    codes = [set_up(visitor, f"AAAAA-AAAA{letter}") for letter in "ABCDEF"]
    assert codes == [403] * 5 + [429]
    assert set_up(visitor, code) == 429
    fresh.clock.at += 60
    assert set_up(visitor, code) == 303
