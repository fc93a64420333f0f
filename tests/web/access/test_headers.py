"""What every answer tells the browser, error pages included (W4, W9, W19)."""

import pytest

from tests.kit.site import Site

PATHS = ["/login", "/", "/devices", "/nope", "/static/style.css", "/healthz", "/api/v1/status"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_dressed(opened: Site, path: str) -> None:
    for visitor in (opened.client(), opened.technician()):
        headers = visitor.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in headers


def test_pages_are_not_kept_by_the_browser_and_stamped_files_are(opened: Site) -> None:
    technician = opened.technician()
    assert technician.get("/devices").headers["Cache-Control"] == "no-store"
    stamped = technician.get("/static/style.css?v=1").headers["Cache-Control"]
    assert "immutable" in stamped
    assert "immutable" not in technician.get("/static/style.css").headers["Cache-Control"]
    assert "immutable" not in technician.get("/static/nope.css?v=1").headers["Cache-Control"]
