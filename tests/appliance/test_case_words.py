"""Cases in sentences."""

import pytest

from appliance.case_words import NAMED, PARTS, listed, steps, tell
from appliance.model import AlertState, Case, Mac, Severity
from appliance.stages import Stage
from appliance.texts import LANGUAGES

PC, *OTHERS = (Mac(f"02:00:00:00:00:{number:02x}") for number in range(9))


def case(severity: Severity, *stages: Stage, also: tuple[Mac, ...] = ()) -> Case:
    return Case(
        id="c",
        about=PC,
        also=also,
        severity=severity,
        first_at=0,
        last_at=1,
        alerts=("a", "b"),
        stages=stages,
        state=AlertState.OPEN,
    )


def name(mac: Mac) -> str:
    return f"machine {mac[-1]}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.DANGER])
@pytest.mark.parametrize("last", list(Stage)[1:])
def test_every_case_has_its_sentences(language: str, severity: Severity, last: Stage) -> None:
    told = tell(language, case(severity, Stage.ARRIVAL, last), name)
    assert tuple(told) == PARTS
    assert all("{" not in text and "machine 0" in told["body"] for text in told.values())


def test_a_danger_tells_to_act_and_a_warning_to_ask() -> None:
    steps_ = (Stage.ENTRY, Stage.CONTROL, Stage.LOOKING)
    assert tell("en", case(Severity.DANGER, *steps_), name)["advice"].startswith("Unplug")
    assert tell("en", case(Severity.WARNING, *steps_), name)["advice"].startswith("Ask")
    harmed = tell("en", case(Severity.DANGER, *steps_, Stage.HARM), name)
    assert harmed["advice"].startswith("Cut the internet")


def test_many_devices_become_a_number() -> None:
    body = tell("en", case(Severity.DANGER, Stage.ENTRY, also=tuple(OTHERS)), name)["body"]
    assert body.count("machine") - 1 == NAMED - 1
    assert body.endswith("“machine 4” and 4 others.")
    few = tell("en", case(Severity.DANGER, Stage.ENTRY, also=tuple(OTHERS[:5])), name)["body"]
    assert few.endswith("“machine 4” and “machine 5”.")


def test_a_device_alone_is_named_once() -> None:
    body = tell("en", case(Severity.DANGER, Stage.ENTRY), name)["body"]
    assert body.count("machine") == 1


def test_words_are_listed_as_in_a_sentence() -> None:
    assert listed("fr", ["a"]) == "a"
    assert listed("fr", ["a", "b"]) == "a et b"
    assert listed("en", ["a", "b", "c"]) == "a, b and c"


def test_a_name_with_braces_is_a_name() -> None:
    """Names are hostile."""
    told = tell("fr", case(Severity.DANGER, Stage.ENTRY), lambda mac: "{about.__class__}")
    assert "{about.__class__}" in told["body"]


def test_stages_are_told_in_order() -> None:
    assert steps("en", case(Severity.WARNING, Stage.ENTRY, Stage.HARM)) == [
        "a possible way in",
        "possible damage",
    ]
