"""What other programs watch."""

import stat

import pytest

from appliance.config import Keep
from appliance.model import Level
from appliance.store import Watch
from tests.kit.people import NOW, health
from tests.kit.site import Site
from web.watching import TOKEN, make_token, token_of


def metrics(opened: Site, word: str) -> tuple[int, str]:
    answer = opened.client().get("/metrics", Authorization=f"Bearer {word}")
    return answer.status_code, answer.text


def test_a_box_that_sees_is_well_and_says_no_more(opened: Site) -> None:
    answer = opened.client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_box_that_is_blind_is_not(opened: Site) -> None:
    opened.panel.light = Level.BLIND
    answer = opened.client().get("/healthz")
    assert (answer.status_code, answer.text) == (503, "not ok\n")


def test_a_sensor_that_does_not_see_or_speak_is_not_well(opened: Site, fresh: Site) -> None:
    assert fresh.client().get("/healthz").status_code == 503
    opened.clock.at = NOW + 60
    assert opened.client().get("/healthz").status_code == 503
    opened.clock.at = NOW
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_health(health(seeing=False, why="silence"))
    watch.close()
    assert opened.client().get("/healthz").status_code == 503


def test_a_card_that_fails_is_not_well(opened: Site) -> None:
    opened.break_card()
    assert opened.client().get("/healthz").status_code == 503


def test_a_silent_panel_alone_is_no_blindness(opened: Site) -> None:
    opened.panel.gone = True
    assert opened.client().get("/healthz").status_code == 200


def test_the_token_is_the_boxs_alone_and_stays(opened: Site) -> None:
    make_token(opened.state)
    token = token_of(opened.state)
    make_token(opened.state)
    assert token_of(opened.state) == token
    assert len(token) > 30
    assert stat.S_IMODE((opened.state / TOKEN).stat().st_mode) == 0o600


@pytest.mark.parametrize("word", ["", "wrong", "é"])
def test_without_the_token_nothing_is_told(opened: Site, word: str) -> None:
    assert metrics(opened, word)[0] == 401
    make_token(opened.state)
    assert metrics(opened, word)[0] == 401


def test_prometheus_gets_numbers_with_their_kind(opened: Site) -> None:
    make_token(opened.state)
    status, text = metrics(opened, token_of(opened.state))
    assert status == 200
    values = dict(line.split() for line in text.splitlines() if not line.startswith("#"))
    assert values["vigie_up"] == "1"
    assert values["vigie_devices"] == "11"
    assert values["vigie_open_alerts"] == "3"
    assert values["vigie_packets_total"] == "1234567"
    kinds = [line for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(kinds) == len(values)
    assert all(("counter" in kind) == ("_total" in kind) for kind in kinds)
