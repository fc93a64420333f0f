"""What Apprise does for us, where it is installed; elsewhere it is a stand-in of the same shape."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from appliance.config_outputs import Apprise
from appliance.outputs.apprise import AppriseWay
from appliance.outputs.way import Later, Unusable
from tests.appliance.outputs.samples import item


class Service:
    """Has the shape of ``apprise.Apprise``."""

    takes = True

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []

    def add(self, url: str) -> bool:
        return "://" in url

    def notify(self, **told: str) -> bool:
        self.got.append(told)
        return self.takes


@pytest.fixture
def url(tmp_path: Path) -> Path:
    file = tmp_path / "url"
    file.write_text("json://localhost\n")
    return file


def test_it_is_told_title_and_text(url: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", SimpleNamespace(Apprise=Service))
    way = AppriseWay(Apprise(url_file=str(url)))
    way.send(item())
    content = item().content
    assert way._service.got == [{"title": content["subject"], "body": content["body"]}]
    way._service.takes = False
    with pytest.raises(Later):
        way.send(item())


def test_an_address_that_it_does_not_know_is_told_at_the_start(
    url: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", SimpleNamespace(Apprise=Service))
    url.write_text("nonsense\n")
    with pytest.raises(Unusable, match="no address"):
        AppriseWay(Apprise(url_file=str(url)))


def test_without_the_extra_it_says_what_to_install(
    url: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(Unusable, match=r"vigie\[apprise\]"):
        AppriseWay(Apprise(url_file=str(url)))
