"""The route matrix: who may do what, for every route there is (W10, W25)."""

from http import HTTPStatus

import pytest

from appliance.store import Role
from tests.kit.people import STAFF
from tests.kit.site import Site, Visitor
from web.access import guard
from web.access.guard import RIGHTS, Right

OPEN = {
    "static",
    "login.page",
    "login.enter",
    "login.code",
    "login.confirm",
    "kiosk.invitation",
    "kiosk.accept",
    "setup.page",
    "setup.create",
    "certificate.download",
    "watching.healthz",
    "watching.metrics",
}
"""The short list of what needs no login. Edit it on purpose."""

TECHNICIANS = {
    "privacy.take",
    "privacy.sure",
    "privacy.erase",
    "devices.approve",
    "devices.approve_several",
    "devices.forget",
    "devices.describe",
    "joining.join",
    "joining.part",
    "exchange.page",
    "exchange.look",
    "exchange.apply",
    "alerts.decide_several",
    "alerts.see",
    "alerts.close",
    "alerts.normal",
    "api.normal",
    "cases.close",
    "incident.close",
    "papers.contacts",
    "papers.tell",
    "isolation.reconnect",
    "isolation.test",
    "settings.page",
    "settings.group",
    "settings.change",
    "backup.page",
    "backup.make",
    "backup.rephrase",
    "backup.download",
    "update.page",
    "update.take",
    "lists.page",
    "lists.turn",
    "lists.note_one",
    "lists.forget",
    "lists.take",
    "lists.remove",
    "wizard.page",
    "wizard.step",
    "wizard.save",
    "wizard.later",
    "wizard.aside",
    "wizard.test",
    "wizard.lamp",
    "wizard.seen",
    "api.prooftest",
    "people.page",
    "people.add",
    "people.one",
    "people.change",
    "people.rephrase",
    "people.invite",
    "people.end_codes",
    "people.sign_out",
    "people.disable",
    "people.enable",
    "people.remove",
}
"""What staff may not do; all else they may: look, isolate, and mind their own account."""

AUDITORS = {"audit.page", "audit.as_csv", "audit.as_json"}
"""What staff may not do either, and a reader may."""

ACTS = {
    "incident.open",
    "incident.step",
    "incident.know",
    "incident.write",
    "papers.answers",
    "papers.answer",
    "isolation.cut",
    "isolation.stop",
    "isolation.hush",
    "api.isolation",
    "api.stop",
}
"""What a reader may not do, besides."""

TABLET = {
    *("kiosk.page", "kiosk.confirm", "kiosk.cut", "kiosk.stop", "kiosk.hush"),
    "events.stream",
}
"""All that a tablet reaches; people who may isolate reach it too."""

REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


def routes(opened: Site) -> list[tuple[str, str, str]]:
    """Give method, address and endpoint of everything that answers."""
    return [
        (method, address(rule.rule), rule.endpoint)
        for rule in opened.app.url_map.iter_rules()
        for method in sorted(rule.methods & {"GET", "POST"})
    ]


def address(rule: str) -> str:
    for blank, value in (
        ("<mac>", "02:00:00:00:00:0c"),
        ("<identifier>", "a-spoof"),
        ("<group>", "home"),
        ("<path:filename>", "style.css"),
        ("<who>", STAFF),
        ("<secret>", "no-such-secret"),
    ):
        rule = rule.replace(blank, value)
    return rule


def ask(visitor: Visitor, method: str, path: str) -> int:
    if method == "POST":
        return visitor.post(path).status_code
    answer = visitor.browser.get(path, buffered=False)
    answer.close()
    return answer.status_code


def test_the_list_says_what_this_one_says() -> None:
    assert {name for name, right in RIGHTS.items() if right is Right.ANYBODY} == OPEN
    assert {name for name, right in RIGHTS.items() if right is Right.TECHNICIAN} == TECHNICIANS


def test_every_route_is_on_the_list(opened: Site) -> None:
    assert guard.unlisted(opened.app) == []


def test_a_new_route_is_noticed_and_refused(opened: Site) -> None:
    opened.app._got_first_request = False
    opened.app.add_url_rule("/new", "new", lambda: "secret")
    assert guard.unlisted(opened.app) == ["new"]
    assert opened.technician().get("/new").status_code == HTTPStatus.FORBIDDEN


def test_nobody_gets_anything_without_signing_in(opened: Site) -> None:
    visitor = opened.client()
    for method, path, endpoint in routes(opened):
        status = ask(visitor, method, path)
        if endpoint not in OPEN:
            assert status in REFUSED, (method, path)
        elif endpoint not in _WRONG:
            assert status != HTTPStatus.FORBIDDEN, (method, path)


def test_staff_may_look_and_isolate_and_no_more(opened: Site) -> None:
    for method, path, endpoint in routes(opened):
        opened.clock.at += 1
        status = ask(opened.staff(), method, path)
        refused = TECHNICIANS | AUDITORS | _WRONG
        assert (status == HTTPStatus.FORBIDDEN) == (endpoint in refused), path
    assert opened.panel.isolated
    assert [entry.what for entry in opened.panel.log] == ["isolated"] * 3


def test_the_technician_may_do_everything(opened: Site) -> None:
    for method, path, endpoint in routes(opened):
        opened.clock.at += 1
        status = ask(opened.technician(), method, path)
        assert (status == HTTPStatus.FORBIDDEN) == (endpoint in _WRONG), path


_WRONG = {"account.rephrase", "second.renew", "second.end", "setup.create"}
"""Refused with 403 for what was filled in, not for who asks."""


def test_a_reader_looks_at_everything_and_changes_nothing(opened: Site) -> None:
    opened.office.add_user("comptable", "", role=Role.READER, language="fr")
    before = opened.reader.changed()
    refused = TECHNICIANS | ACTS | _WRONG | TABLET - {"events.stream"}
    for method, path, endpoint in routes(opened):
        opened.clock.at += 1
        status = ask(opened.client("comptable"), method, path)
        assert (status == HTTPStatus.FORBIDDEN) == (endpoint in refused), path
    assert not opened.panel.isolated
    assert opened.reader.changed() == before


def test_a_tablet_reaches_its_page_the_stream_the_cut_and_the_buzzer_alone(opened: Site) -> None:
    opened.office.add_user("tablette", "", role=Role.KIOSK, language="fr")
    for method, path, endpoint in routes(opened):
        opened.clock.at += 1
        status = ask(opened.client("tablette"), method, path)
        opened.panel.isolated = False
        allowed = endpoint in TABLET | OPEN | {"overview.page"}
        assert (status == HTTPStatus.FORBIDDEN) == (not allowed or endpoint in _WRONG), path
    assert [entry.what for entry in opened.panel.log] == ["isolated"]
    assert opened.client("tablette").get("/").headers["Location"] == "/kiosk"


def test_with_a_lent_pass_phrase_one_chooses_another_first_but_may_isolate(opened: Site) -> None:
    opened.office.add_user(
        "nouvelle", "", role=Role.STAFF, language="fr", temporary_until=opened.clock.at + 60
    )
    visitor = opened.client("nouvelle")
    assert visitor.get("/devices").headers["Location"] == "/account"
    assert visitor.get("/api/v1/devices").status_code == HTTPStatus.FORBIDDEN
    assert visitor.post("/incident/new/open").status_code == HTTPStatus.FORBIDDEN
    assert visitor.get("/account").status_code == HTTPStatus.OK
    assert visitor.post("/isolation/cut").status_code == HTTPStatus.SEE_OTHER
    assert opened.panel.isolated


def test_what_is_refused_is_written_down(opened: Site) -> None:
    opened.staff().post("/isolation/reconnect", why="x")
    first = opened.reader.audit_entries(limit=1)[0]
    assert (first.who, first.what, first.detail) == (STAFF, "refused", "isolation.reconnect")


def test_a_page_asked_for_comes_after_signing_in(opened: Site) -> None:
    answer = opened.client().get("/devices?trust=unknown")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/login?next=/devices?trust%3Dunknown"


def test_a_new_box_leads_to_its_set_up(fresh: Site) -> None:
    assert fresh.client().get("/").headers["Location"] == "/setup"


@pytest.mark.parametrize(
    "path",
    [
        "/vigie.db",
        "/static/../../vigie.db",
        "/static/%2e%2e/%2e%2e/web.key",
        "/static//etc/passwd",
        "/config",
        "/console",
        "/.git/config",
        "/flows-20260921.db",
        "/metrics.token",
    ],
)
def test_no_file_can_be_fetched_by_guessing(opened: Site, path: str) -> None:
    """W11, W19."""
    for visitor in (opened.client(), opened.technician()):
        answer = visitor.browser.get(path, follow_redirects=True)
        assert answer.status_code == 404
