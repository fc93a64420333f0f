"""The sheets of labels, from the pages."""

import pytest

from appliance.press import setting
from tests.kit.site import Site


def test_whoever_is_signed_in_gets_the_sheets_from_help_and_isolation(opened: Site) -> None:
    staff = opened.staff()
    for page in ("/help", "/isolation"):
        assert "/labels.pdf" in staff.get(page).text
    answer = staff.get("/labels.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_sheets_that_cannot_be_made_say_why(opened: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting.sys, "executable", "/nowhere")
    staff = opened.staff()
    assert staff.get("/labels.pdf").status_code == 303
    assert "nowhere" in staff.get("/help").text
