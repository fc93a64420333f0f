"""The audit as a page and as files."""

import csv
import json
from datetime import datetime
from io import StringIO

import pytest

from appliance.store import Role
from tests.kit.people import DAY, TECHNICIAN
from tests.kit.site import Site, Visitor
from web.pages.audit import SHOWN


@pytest.fixture
def written(opened: Site) -> Site:
    """The pages with something to read."""
    for number in range(SHOWN + 10):
        opened.office.audit("paul", "decide", f"n{number}")
    opened.office.audit("x<b>", "wrong_password", "=cmd|' /C calc'!A0")
    return opened


def test_who_did_what_is_shown_in_words_and_hostile_text_is_text(written: Site) -> None:
    text = written.technician().get("/audit").text
    assert "Mot de passe erroné" in text
    assert "x&lt;b&gt;" in text
    assert f"{SHOWN + 11} lignes se suivent sans rupture" in text


def test_its_pages_follow_each_other(written: Site) -> None:
    technician = written.technician()
    assert "Plus anciens" in technician.get("/audit").text
    second = technician.get("/audit?before=11").text
    assert ">n9<" in second
    assert ">n10<" not in second
    assert "Plus anciens" not in second


def test_it_can_be_narrowed(written: Site) -> None:
    technician = written.technician()
    assert ">n1<" not in technician.get("/audit?who=camille").text
    assert "Aucun acte" in technician.get("/audit?day=2001-01-01").text
    assert "=cmd" in technician.get("/audit?what=wrong_password").text
    for odd in ("day=0001-01-01", "day=9999-12-31", "day=x", "before=x", "who=%00"):
        assert technician.get(f"/audit?{odd}").status_code == 200


def test_a_day_has_its_own_entries(written: Site) -> None:
    written.clock.at += 3 * DAY
    written.office.audit("paul", "decide", "later")
    day = datetime.fromtimestamp(written.clock.at).astimezone().date().isoformat()
    text = written.technician().get(f"/audit?day={day}").text
    assert "later" in text
    assert ">n1<" not in text


def test_a_break_is_said(written: Site) -> None:
    written.office._writer.write(lambda db: db.execute("UPDATE audit SET detail = '' WHERE id = 3"))
    assert "Premières lignes touchées\u202f: 3." in written.technician().get("/audit").text


def test_the_sheet_is_harmless_and_whole(written: Site) -> None:
    answer = written.technician().get("/audit/audit.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == SHOWN + 11 + 2  # the heads of the columns, and this export
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_json_holds_the_chain(written: Site) -> None:
    told = json.loads(written.technician().get("/audit/audit.json?who=paul").text)
    assert {entry["who"] for entry in told["entries"]} == {"paul"}
    assert told["head"]["hash"] == written.reader.audit_head().hash


def test_taking_it_along_is_written_down(written: Site) -> None:
    written.technician().get("/audit/audit.csv")
    entry = written.reader.audit_entries(limit=1)[0]
    assert (entry.who, entry.what, entry.detail) == (TECHNICIAN, "export", "audit csv")


def test_a_reader_may_read_it_and_staff_may_not(written: Site, staff: Visitor) -> None:
    written.office.add_user("comptable", "", role=Role.READER, language="fr")
    assert written.client("comptable").get("/audit").status_code == 200
    assert staff.get("/audit").status_code == 403


def test_the_panels_own_journal_is_beside_it(written: Site) -> None:
    written.panel.isolate(who="accueil", why="fumée")
    assert "fumée" in written.technician().get("/audit").text
    written.panel.gone = True
    assert written.technician().get("/audit").status_code == 200
