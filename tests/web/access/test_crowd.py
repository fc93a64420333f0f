"""One machine cannot take up all threads with forms that never end (W16)."""

from hypothesis import given
from hypothesis import strategies as st

from tests.kit.site import Site
from web.access.crowd import AT_ONCE, Crowd


def test_few_may_send_at_once_from_one_address() -> None:
    crowd = Crowd()
    assert [crowd.enter("a") for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]
    assert crowd.enter("b")
    crowd.leave("a")
    assert crowd.enter("a")


@given(st.lists(st.sampled_from("abc")))
def test_it_remembers_nobody_who_has_left(addresses: list[str]) -> None:
    crowd = Crowd()
    for address in [one for one in addresses if crowd.enter(one)]:
        crowd.leave(address)
    assert len(crowd) == 0


def test_the_one_too_many_is_told_to_wait_and_looking_goes_on(opened: Site) -> None:
    staff = opened.staff()
    token = staff.token()
    crowd: Crowd = opened.app.extensions["crowd"]
    for _ in range(AT_ONCE):
        crowd.enter("127.0.0.1")
    form = {"csrf_token": token}
    assert staff.browser.post("/isolation/cut", data=form).status_code == 429
    assert staff.get("/").status_code == 200
    other = {"REMOTE_ADDR": "192.168.1.20"}
    answer = staff.browser.post("/isolation/cut", data=form, environ_base=other)
    assert answer.status_code == 303


def test_every_place_is_given_back_whatever_became_of_the_request(opened: Site) -> None:
    staff = opened.staff()
    for path in ("/isolation/cut", "/isolation/reconnect", "/nope", "/login"):
        staff.post(path)
    assert len(opened.app.extensions["crowd"]) == 0
