"""The certificate to install on the practice's computers."""

from datetime import UTC, datetime

from tests.kit.site import Site
from web import tls


def test_the_authoritys_certificate_can_be_fetched_and_its_key_cannot(opened: Site) -> None:
    tls.prepare(opened.state / "tls", ("vigie.local",), datetime.now(UTC).timestamp())
    answer = opened.client().get("/vigie-ca.pem")
    assert answer.data == (opened.state / "tls/ca.pem").read_bytes()
    assert b"PRIVATE" not in answer.data
    assert "attachment" in answer.headers["Content-Disposition"]


def test_on_loopback_there_is_none(opened: Site) -> None:
    assert opened.client().get("/vigie-ca.pem").status_code == 404
