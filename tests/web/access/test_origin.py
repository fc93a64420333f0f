"""No foreign page can order anything: every change needs our token and our origin (W8)."""

import pytest
from werkzeug.datastructures import Headers

from tests.kit.site import Site
from web.access.guard import RIGHTS, Right
from web.access.origin import is_foreign

CHANGES = [
    "/privacy/export.zip",
    "/privacy/delete",
    "/isolation/cut",
    "/isolation/stop",
    "/isolation/hush",
    "/isolation/reconnect",
    "/isolation/test",
    "/account/language",
    "/account/password",
    "/leave",
    "/devices/02:00:00:00:00:0c/approve",
    "/devices/02:00:00:00:00:0c/forget",
    "/devices/02:00:00:00:00:0c/describe",
    "/devices/02:00:00:00:00:0c/join",
    "/devices/02:00:00:00:00:0c/part",
    "/devices/ticked/approve",
    "/devices/import/look",
    "/devices/import/apply",
    "/alerts/ticked/decide",
    "/alerts/a-spoof/seen",
    "/alerts/a-spoof/close",
    "/alerts/a-spoof/normal",
    "/cases/c-story/close",
    "/incident/new/open",
    "/incident/x/step",
    "/incident/x/known",
    "/incident/x/note",
    "/incident/x/close",
    "/incident/x/answer",
    "/incident/contacts/save",
    "/settings/home/save",
    "/backup/make",
    "/backup/phrase",
    "/update/send",
    "/lists/feed",
    "/lists/noted/add",
    "/lists/noted/remove",
    "/lists/remove",
    "/lists/send",
    "/wizard/practice/save",
    "/wizard/practice/later",
    "/wizard/reminder/aside",
    "/wizard/told/test",
    "/wizard/panel/lamp",
    "/wizard/panel/seen",
    "/api/v1/isolation",
    "/api/v1/isolation/test",
    "/api/v1/isolation/stop",
    "/api/v1/alerts/a-spoof/normal",
    "/login",
    "/login/code",
    "/setup",
    "/account/sessions/end",
    "/account/sessions/end-all",
    "/account/code/begin",
    "/account/code/recovery",
    "/account/code/end",
    "/users/new/add",
    "/users/accueil/role",
    "/users/accueil/password",
    "/users/accueil/invitation",
    "/users/accueil/code",
    "/users/accueil/sign-out",
    "/users/accueil/disable",
    "/users/accueil/enable",
    "/users/accueil/remove",
    "/kiosk/cut",
    "/kiosk/hush",
    "/kiosk/stop",
    "/kiosk/open/x",
]

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "https://localhost", "Sec-Fetch-Site": "cross-site"},
]


def test_the_list_of_changes_is_whole(opened: Site) -> None:
    posts = {rule.endpoint for rule in opened.app.url_map.iter_rules() if "POST" in rule.methods}
    assert len(CHANGES) == len(posts)
    assert posts <= set(RIGHTS)


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_without_our_token_is_refused(opened: Site, path: str) -> None:
    technician = opened.technician()
    before = opened.reader.changed(), opened.panel.isolated
    assert technician.browser.post(path, data={"why": "x"}).status_code == 403
    for body in ("csrf_token=x", "why=x"):
        answer = technician.browser.post(path, data=body, content_type="text/plain")
        assert answer.status_code == 403
    assert (opened.reader.changed(), opened.panel.isolated) == before


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", CHANGES)
def test_a_change_that_another_site_asks_for_is_refused(
    opened: Site, path: str, headers: dict[str, str]
) -> None:
    """Even if it had got hold of a token."""
    technician = opened.technician()
    before = opened.reader.changed(), opened.panel.isolated
    assert technician.post(path, headers=headers, why="x").status_code == 403
    assert (opened.reader.changed(), opened.panel.isolated) == before


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, False),
        ({"Origin": "http://localhost:81"}, True),
        ({"Sec-Fetch-Site": ""}, True),
    ],
)
def test_where_a_request_comes_from(headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign(Headers(headers), "localhost") is foreign


def test_pages_of_the_box_itself_may_change_things(opened: Site) -> None:
    technician = opened.technician()
    answer = technician.post("/isolation/cut", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert opened.panel.isolated


def test_looking_never_changes_anything(opened: Site) -> None:
    """A change cannot be had by a link or an image: no such address answers to GET."""
    technician = opened.technician()
    only_posts = [
        rule.rule
        for rule in opened.app.url_map.iter_rules()
        if "POST" in rule.methods and RIGHTS[rule.endpoint] is not Right.ANYBODY
    ]
    for path in only_posts:
        real = path.replace("<mac>", "02:00:00:00:00:0c").replace("<identifier>", "a-spoof")
        real = real.replace("<who>", "accueil")
        assert technician.get(real).status_code == 405
    assert not opened.panel.isolated
