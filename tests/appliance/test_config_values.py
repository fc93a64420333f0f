"""Judging one value: what fits passes, what does not gets the end of a sentence."""

import pytest

from appliance.config_values import complaint, meaning, shown

PORT = {"minimum": 1, "maximum": 65535}


@pytest.mark.parametrize(
    ("value", "kind", "about"),
    [
        (True, bool, {}),
        (1, int, PORT),
        (65535, float, PORT),
        (2.5, float, PORT),
        ("", str, {"holds": "card"}),
        ("enp0s31f6.20", str, {"holds": "card"}),
        ("10.0.0.0/8", str, {"holds": "network"}),
        ("vigie.local", str, {"holds": "host"}),
        ("fd00::1", str, {"holds": "host"}),
        ("fr", str, {"among": ("fr", "en")}),
    ],
)
def test_a_value_that_fits_has_no_complaint(
    value: object, kind: type, about: dict[str, object]
) -> None:
    assert complaint(value, kind, about) == ""


@pytest.mark.parametrize(
    ("value", "kind", "about"),
    [
        (1, bool, {}),
        (True, int, PORT),
        (True, float, PORT),
        (0, int, PORT),
        (65536, int, PORT),
        (10**400, float, PORT),
        (float("inf"), float, PORT),
        (float("nan"), float, PORT),
        ("..", str, {"holds": "card"}),
        ("much-too-long-name", str, {"holds": "card"}),
        ("10.0.0.1/8", str, {"holds": "network"}),
        ("-a", str, {"holds": "host"}),
        ("", str, {"holds": "directory"}),
        ("root;", str, {"holds": "user"}),
        ("localhost:80", str, {"holds": "listen"}),
        ("127.0.0.1:65536", str, {"holds": "listen"}),
        ("a\n", str, {}),
    ],
)
def test_a_value_that_does_not_fit_is_named(
    value: object, kind: type, about: dict[str, object]
) -> None:
    assert complaint(value, kind, about) == f"must be {meaning(kind, about)}, not {shown(value)}"


def test_a_misspelt_tool_gets_the_nearest_one() -> None:
    about = {"holds": "remote_tool"}
    assert complaint("anydesk", str, about) == ""
    assert complaint("Any-Desk", str, about).endswith("not 'Any-Desk' (did you mean anydesk)")
    assert complaint("qqqqq", str, about).endswith("not 'qqqqq'")


def test_a_long_value_is_shown_by_its_beginning() -> None:
    assert len(shown("x" * 1000)) < 70
