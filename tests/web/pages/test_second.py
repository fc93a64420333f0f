"""The second factor: begun, asked for, lost, ended."""

import re

import pyotp
import pytest

from tests.kit.people import NOW, STAFF, STAFF_PHRASE
from tests.kit.site import Site, Visitor
from web.access.attempts import FREE
from web.access.half import LASTS


def begun(opened: Site) -> tuple[str, list[str]]:
    """Have the staff be asked for codes; give the secret, and the recovery codes."""
    staff = opened.staff()
    secret = "".join(
        re.findall(r'class="code secret">([^<]+)<', staff.get("/account/code").text)[0].split()
    )
    code = pyotp.TOTP(secret).at(int(opened.clock()))
    answer = staff.post("/account/code/begin", code=code, phrase=STAFF_PHRASE)
    assert answer.status_code == 200
    opened.clock.at += 60
    return secret, re.findall(r'<li class="code">([A-Z2-7-]+)</li>', answer.text)


def halfway(opened: Site, asked: str = "") -> Visitor:
    visitor = opened.client()
    answer = visitor.post("/login", name=STAFF, phrase=STAFF_PHRASE, next=asked)
    assert answer.headers["Location"].startswith("/login/code")
    return visitor


def code_of(opened: Site, secret: str) -> str:
    return pyotp.TOTP(secret).at(int(opened.clock()))


def what(opened: Site) -> list[str]:
    return [entry.what for entry in opened.reader.audit_entries(limit=3)]


def test_signing_in_then_takes_a_code_and_leads_where_one_wanted(opened: Site) -> None:
    secret, _ = begun(opened)
    visitor = halfway(opened, "/devices")
    assert visitor.get("/").status_code == 303
    assert "Code" in visitor.get("/login/code").text
    answer = visitor.post("/login/code", code=code_of(opened, secret), next="/devices")
    assert answer.headers["Location"] == "/devices"
    assert visitor.get("/").status_code == 200


def test_the_pass_phrase_alone_opens_nothing(opened: Site) -> None:
    begun(opened)
    visitor = halfway(opened)
    for path in ("/", "/devices", "/account", "/events", "/api/v1/status"):
        assert visitor.get(path).status_code in (303, 401)
    assert visitor.post("/isolation/cut").status_code == 401


def test_a_code_is_good_once(opened: Site) -> None:
    secret, _ = begun(opened)
    code = code_of(opened, secret)
    assert halfway(opened).post("/login/code", code=code).status_code == 303
    assert halfway(opened).post("/login/code", code=code).status_code == 401


def test_the_code_it_was_begun_with_does_not_sign_in(opened: Site) -> None:
    secret, _ = begun(opened)
    first = pyotp.TOTP(secret).at(int(NOW))
    opened.clock.at = NOW
    assert halfway(opened).post("/login/code", code=first).status_code == 401


@pytest.mark.parametrize("offset", [-30, 30])
def test_clocks_may_differ_by_half_a_minute(opened: Site, offset: int) -> None:
    secret, _ = begun(opened)
    code = pyotp.TOTP(secret).at(int(opened.clock()) + offset)
    assert halfway(opened).post("/login/code", code=f" {code[:3]} {code[3:]}").status_code == 303


def test_a_recovery_code_stands_in_once(opened: Site) -> None:
    """However it is typed; also on a box whose clock is wrong."""
    _, recovery = begun(opened)
    assert len(recovery) == 10
    opened.clock.at = 100_000.0
    typed = recovery[0].lower().replace("-", " ")
    assert halfway(opened).post("/login/code", code=typed).status_code == 303
    assert "recovery_code" in what(opened)
    assert halfway(opened).post("/login/code", code=typed).status_code == 401


def test_guessing_codes_is_slowed_down_from_wherever_it_comes(opened: Site) -> None:
    secret, _ = begun(opened)
    for number in range(FREE):
        answer = halfway(opened).browser
        visitor = Visitor(answer)
        token = visitor.token()
        visitor.browser.post(
            "/login/code",
            data={"code": "000000", "csrf_token": token},
            environ_base={"REMOTE_ADDR": f"192.168.1.{number + 50}"},
        )
    assert what(opened)[0] == "wrong_code"
    answer = halfway(opened).post("/login/code", code=code_of(opened, secret))
    assert answer.status_code == 429


def test_who_takes_too_long_begins_again(opened: Site) -> None:
    secret, _ = begun(opened)
    visitor = halfway(opened)
    opened.clock.at += LASTS
    answer = visitor.post("/login/code", code=code_of(opened, secret))
    assert answer.headers["Location"] == "/login"
    assert "trop longtemps" in visitor.get("/login").text
    assert visitor.get("/login/code").headers["Location"] == "/login"


def test_beginning_takes_a_right_code_and_the_pass_phrase(opened: Site) -> None:
    staff = opened.staff()
    text = staff.get("/account/code").text
    assert "<svg" in text
    assert staff.post("/account/code/begin", code="000000", phrase=STAFF_PHRASE).status_code == 400
    assert staff.post("/account/code/begin", code="000000", phrase="wrong").status_code == 403
    user = opened.office.user(STAFF)
    assert user is not None
    assert not user.second


def test_a_wrong_first_code_does_not_change_the_square(opened: Site) -> None:
    """Else the telephone would have the wrong secret at the second try."""
    staff = opened.staff()
    secrets = [
        re.findall(r'class="code secret">([^<]+)<', text)
        for text in (
            staff.get("/account/code").text,
            staff.post("/account/code/begin", code="000000", phrase=STAFF_PHRASE).text,
        )
    ]
    assert secrets[0] == secrets[1] != []


def test_beginning_ends_all_other_sessions(opened: Site) -> None:
    other = opened.staff()
    begun(opened)
    assert other.get("/").status_code == 303
    assert what(opened)[0] == "codes_on"


def test_ending_and_renewing_take_the_pass_phrase(opened: Site) -> None:
    _, recovery = begun(opened)
    staff = opened.staff()
    for act in ("recovery", "end"):
        assert staff.post(f"/account/code/{act}", phrase="wrong").status_code == 403
    fresh = staff.post("/account/code/recovery", phrase=STAFF_PHRASE).text
    assert recovery[0] not in fresh
    assert halfway(opened).post("/login/code", code=recovery[0]).status_code == 401
    assert staff.post("/account/code/end", phrase=STAFF_PHRASE).status_code == 303
    assert what(opened)[0] == "codes_off"
    answer = opened.client().post("/login", name=STAFF, phrase=STAFF_PHRASE)
    assert answer.headers["Location"] == "/"


def test_without_the_key_only_recovery_codes_are_left(opened: Site) -> None:
    """As on a box whose state was carried over without its key."""
    secret, recovery = begun(opened)
    visitor = halfway(opened)
    opened.office.begin_codes(STAFF, "c2VhbGVkIGJ5IGFub3RoZXIga2V5", 0, ())
    assert visitor.post("/login/code", code=code_of(opened, secret)).status_code == 401
    assert recovery


def test_the_secret_is_not_in_the_database(opened: Site) -> None:
    secret, recovery = begun(opened)
    for file in opened.state.glob("vigie.db*"):
        content = file.read_bytes()
        assert secret.encode() not in content
        assert all(code.encode() not in content for code in recovery)
