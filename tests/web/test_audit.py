"""Who did what is written down, and a card that gives up stops nobody."""

import re
from typing import Any

import pytest

from appliance.incidents import Origin
from appliance.store import Role
from appliance.texts import LANGUAGES, sentences
from tests.kit.people import ATTACKER, IMAGING, SENSOR, STAFF, TECHNICIAN, TECHNICIAN_PHRASE
from tests.kit.site import Site
from tests.kit.story import tell_story
from tests.kit.vigie import ROOT
from web.audit import note


def test_who_did_what_is_written_down(opened: Site) -> None:
    with opened.app.app_context():
        note("camille", "decide", "approve 02:00:00:00:00:0c")
    (entry,) = opened.reader.audit_entries(limit=1)
    assert (entry.who, entry.what) == ("camille", "decide")
    assert opened.office.verify_audit().whole


def test_an_audit_that_cannot_be_written_stops_nobody(opened: Site, caplog) -> None:
    opened.break_card()
    with opened.app.app_context():
        note("camille", "isolate")
    assert "The audit could not be written" in caplog.text


def test_systemds_journal_is_told_where_the_audit_stands(opened: Site, monkeypatch, capsys) -> None:
    """It belongs to another user, so that an end that was cut off shows."""
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    with opened.app.app_context():
        note("camille", "decide")
        assert capsys.readouterr().err == ""
        monkeypatch.setenv("JOURNAL_STREAM", "8:1234")
        note("camille", "decide")
    head = opened.reader.audit_head()
    assert capsys.readouterr().err == f"audit {head.id} {head.hash}\n"


PHRASE = {"phrase": TECHNICIAN_PHRASE}
FORMS: dict[str, tuple[str, dict[str, Any], str]] = {
    "account.end": ("/account/sessions/end", {"id": "{session}"}, "end_session"),
    "account.end_all": ("/account/sessions/end-all", {}, "sign_out"),
    "account.rephrase": (
        "/account/password",
        {"old": TECHNICIAN_PHRASE, "new": "quatre gros chiens noirs"},
        "password",
    ),
    "account.speak": ("/account/language", {"language": "en"}, "language"),
    "alerts.decide_several": (
        "/alerts/ticked/decide",
        {"alert": "a-spoof.3", "what": "close", "reason": "x"},
        "decide",
    ),
    "alerts.see": ("/alerts/a-spoof/seen", {}, "decide"),
    "alerts.close": ("/alerts/a-spoof/close", {"reason": "x"}, "decide"),
    "alerts.normal": ("/alerts/a-spoof/normal", {"reason": "x", "days": "7"}, "decide"),
    "api.isolation": ("/api/v1/isolation", {}, "isolate"),
    "api.prooftest": ("/api/v1/isolation/test", {"confirmed": True}, "prooftest"),
    "api.stop": ("/api/v1/isolation/stop", {}, "stop_count_down"),
    "api.normal": ("/api/v1/alerts/a-spoof/normal", {"reason": "x"}, "decide"),
    "backup.make": ("/backup/make", {}, "backup"),
    "backup.rephrase": ("/backup/phrase", {}, "backup_phrase"),
    "update.take": ("/update/send", {}, "update"),
    "lists.turn": ("/lists/feed", {"name": "cert-polska", "on": "1"}, "lists"),
    "lists.note_one": ("/lists/noted/add", {"entry": "bad.example", "why": "x"}, "lists"),
    "lists.forget": ("/lists/noted/remove", {"entry": "bad.example"}, "lists"),
    "lists.remove": ("/lists/remove", {"name": "mine"}, "lists"),
    "lists.take": ("/lists/send", {}, "lists"),
    "cases.close": ("/cases/c-story/close", {"reason": "x"}, "decide"),
    "devices.approve": (f"/devices/{ATTACKER}/approve", {}, "decide"),
    "devices.approve_several": ("/devices/ticked/approve", {"mac": ATTACKER}, "decide"),
    "devices.describe": (f"/devices/{ATTACKER}/describe", {"name": "x"}, "decide"),
    "devices.forget": (f"/devices/{IMAGING}/forget", {}, "decide"),
    "exchange.apply": ("/devices/import/apply", {}, "import"),
    "incident.close": ("/incident/{incident}/close", {}, "incident"),
    "incident.know": ("/incident/{incident}/known", {"at": "2026-09-21T10:00"}, "incident"),
    "incident.open": ("/incident/new/open", {}, "incident"),
    "incident.step": ("/incident/{incident}/step", {"key": "call", "what": "done"}, "incident"),
    "incident.write": ("/incident/{incident}/note", {"text": "x"}, "incident"),
    "isolation.cut": ("/isolation/cut", {}, "isolate"),
    "isolation.hush": ("/isolation/hush", {}, "hush"),
    "isolation.reconnect": ("/isolation/reconnect", {"why": "x"} | PHRASE, "reconnect"),
    "isolation.stop": ("/isolation/stop", {}, "stop_count_down"),
    "isolation.test": ("/isolation/test", {"confirmed": "on"}, "prooftest"),
    "joining.join": (f"/devices/{IMAGING}/join", {"other": SENSOR, "reason": "x"}, "decide"),
    "joining.part": (f"/devices/{SENSOR}/part", {}, "decide"),
    "kiosk.accept": ("/kiosk/open/{invitation}", {}, "sign_in"),
    "kiosk.cut": ("/kiosk/cut", {}, "isolate"),
    "kiosk.stop": ("/kiosk/stop", {}, "stop_count_down"),
    "kiosk.hush": ("/kiosk/hush", {}, "hush"),
    "login.confirm": ("/login/code", {"code": "000000"}, "wrong_code"),
    "login.enter": ("/login", {"name": TECHNICIAN} | PHRASE, "sign_in"),
    "login.leave": ("/leave", {}, "sign_out"),
    "papers.answer": ("/incident/{incident}/answer", {"cause": "x"}, "incident"),
    "papers.tell": ("/incident/contacts/save", {"technician": "x"}, "contacts"),
    "people.add": (
        "/users/new/add",
        {"name": "ines", "role": "staff", "language": "fr"},
        "add_user",
    ),
    "people.change": (f"/users/{STAFF}/role", {"role": "reader"}, "role"),
    "people.disable": (f"/users/{STAFF}/disable", {}, "disable_user"),
    "people.enable": ("/users/ancien/enable", {}, "enable_user"),
    "people.end_codes": (f"/users/{STAFF}/code", {}, "codes_off"),
    "people.invite": ("/users/tablette/invitation", {}, "invite"),
    "people.remove": (f"/users/{STAFF}/remove", {"confirmed": "on"}, "remove_user"),
    "people.rephrase": (f"/users/{STAFF}/password", {}, "lend_password"),
    "people.sign_out": (f"/users/{STAFF}/sign-out", {}, "end_sessions"),
    "second.begin": ("/account/code/begin", {}, "codes_on"),
    "second.end": ("/account/code/end", PHRASE, "codes_off"),
    "second.renew": ("/account/code/recovery", PHRASE, "codes_renewed"),
    "privacy.erase": ("/privacy/delete", {"what": "traffic", "sure": "on"} | PHRASE, "erase"),
    "privacy.take": ("/privacy/export.zip", {"device": IMAGING}, "export"),
    "settings.change": ("/settings/home/save", {"home.learning_days": "3"}, "settings"),
    "setup.create": ("/setup", {}, "setup"),
    "wizard.aside": ("/wizard/reminder/aside", {"aside": "on"}, "wizard"),
    "wizard.later": ("/wizard/card/later", {}, "wizard"),
    "wizard.save": ("/wizard/learning/save", {"home.learning_days": "3"}, "wizard"),
    "wizard.test": ("/wizard/told/test", {}, "test_message"),
    "wizard.lamp": ("/wizard/panel/lamp", {"part": "red"}, "lamp"),
    "wizard.seen": ("/wizard/panel/seen", {"part": "red", "seen": "no"}, "wizard"),
}
"""For each change: where it is asked for, with what, and what is written down of it."""

ELSEWHERE = {
    "update.take": "test_update.py sends a bundle",
    "lists.take": "test_lists.py sends a list",
    "exchange.apply": "test_exchange.py sends a sheet",
    "joining.part": "test_joining.py joins first",
    "login.confirm": "test_second.py has a telephone",
    "second.begin": "test_second.py has a telephone",
    "setup.create": "test_setup.py has a box that nobody has set up",
}
"""What takes more than one request, and is tested where that is at home."""

CHANGES_NOTHING = {"exchange.look"}
"""Shows what a sheet would change."""


def test_every_act_has_words_in_both_languages() -> None:
    said = re.compile(r"\b_?(?:note|audit)\(\s*[^\"()]*(?:\([^()]*\)[^\"()]*)*\"(\w+)\"")
    acts = {
        act
        for folder in ("web", "appliance/commands")
        for file in (ROOT / folder).rglob("*.py")
        for act in said.findall(file.read_text("utf-8"))
    }
    assert {"sign_in", "isolate", "lend_password", "wrong_code", "import"} <= acts
    acts |= {what for _, _, what in FORMS.values()}
    for language in LANGUAGES:
        assert {act for act in acts if f"audit.{act}" not in sentences(language)} == set()


def test_every_change_has_its_line(opened: Site) -> None:
    """A new route that changes something must say here what is written down of it."""
    posts = {rule.endpoint for rule in opened.app.url_map.iter_rules() if "POST" in rule.methods}
    assert posts == set(FORMS) | CHANGES_NOTHING


@pytest.mark.parametrize("endpoint", sorted(set(FORMS) - set(ELSEWHERE)))
def test_every_change_is_written_down_with_who_it_was(opened: Site, endpoint: str) -> None:
    path, form, what = FORMS[endpoint]
    tell_story(opened.state)
    opened.panel.buzzing = True
    if what == "stop_count_down":
        opened.panel.announce("ransomware", "a-spoof")
    office = opened.office
    office.add_user("tablette", "", role=Role.KIOSK, language="fr")
    office.add_user("ancien", "", role=Role.STAFF, language="fr")
    office.disable("ancien")
    office.begin_codes(STAFF, "sealed", 0, ())
    if endpoint.startswith("second."):
        office.begin_codes(TECHNICIAN, "sealed", 0, ())
    office.open_session(TECHNICIAN)
    blanks = {
        "session": office.sessions(TECHNICIAN)[0].id,
        "incident": "",
        "invitation": office.invite("tablette", opened.clock.at + 60),
    }
    if "{incident}" in path:
        blanks["incident"] = office.open_incident(author=TECHNICIAN, origin=Origin.HAND).id
    visitor = opened.client("" if endpoint == "login.enter" else TECHNICIAN)
    head, token = opened.reader.audit_head().id, visitor.token()
    if path.startswith("/api/"):
        answer = visitor.browser.post(path, json=form, headers={"X-CSRFToken": token})
    else:
        filled = {key: value.format(**blanks) for key, value in form.items()}
        answer = visitor.post(path.format(**blanks), **filled)
    assert answer.status_code < 400, answer.text
    fresh = [entry for entry in opened.reader.audit_entries() if entry.id > head]
    assert what in {entry.what for entry in fresh}
    expected = "tablette" if endpoint == "kiosk.accept" else TECHNICIAN
    assert {entry.who for entry in fresh} == {expected}
