"""What a device is and why, in words."""

from dataclasses import replace

from tests.kit.machines import IMAGING, PRINTER, READER, devices, evidence
from web.portrait import groups, lines, source_words, strength

PARK = {device.mac: device for device in devices()}


def test_each_thing_comes_with_how_sure_it_is() -> None:
    told = {line.aspect: (line.value, line.sure) for line in lines("en", PARK[IMAGING])}
    assert told == {
        "kind": ("Image acquisition PC", "certain"),
        "maker": ("HP", "likely"),
        "os": ("Windows 11 22H2-23H2", "likely"),
    }
    (kind,) = lines("en", PARK[READER])
    assert kind.sure == "guess"


def test_a_device_that_nobody_knows_has_a_line_that_says_so() -> None:
    nobody = replace(PARK[READER], evidence=(), kind="unknown")
    assert [(line.aspect, line.value) for line in lines("fr", nobody)] == [("kind", "")]


def test_what_people_say_wins_and_the_signs_are_told_beside_it() -> None:
    given = replace(PARK[IMAGING], given_kind="server")
    kind = lines("en", given)[0]
    assert (kind.value, kind.sure) == ("Server", "given")
    assert (kind.seen, kind.seen_sure) == ("Image acquisition PC", "certain")
    camera = lines("en", replace(PARK[PRINTER], given_kind="camera"))[0]
    assert (camera.value, camera.seen, camera.others) == ("Camera", "Printer / copier", ())
    same = lines("en", replace(given, given_kind="acquisition_pc"))[0]
    assert (same.seen, same.others) == ("", ())


def test_signs_are_grouped_by_what_they_speak_for_and_those_against_are_not_hidden() -> None:
    told = groups("en", PARK[PRINTER])
    assert [(group.aspect, group.value, group.against) for group in told] == [
        ("kind", "Printer / copier", False),
        ("kind", "Camera", True),
        ("maker", "Brother", False),
    ]
    assert [sign.strength for sign in told[0].signs] == ["high", "medium"]


def test_a_broader_sign_backs_the_narrower_belief() -> None:
    """A computer that takes images is a workstation."""
    kind = groups("en", PARK[IMAGING])[0]
    assert {sign.says for sign in kind.signs} == {"VISTASOFT_3", "10.0.22621", "IMAGERIE"}
    assert not any(group.against for group in groups("en", PARK[IMAGING]))


def test_no_sign_is_lost() -> None:
    plain = evidence("mdns", "says nothing of note", 10)
    device = replace(PARK[PRINTER], evidence=(*PARK[PRINTER].evidence, plain))
    said = {sign.says for group in groups("fr", device) for sign in group.signs}
    assert said == {each.says for each in device.evidence}
    assert groups("fr", device)[-1].aspect == ""


def test_a_source_of_another_version_is_told_politely() -> None:
    assert source_words("en", "ntlm") == "Windows version told when signing in"
    assert source_words("en", "crystal_ball") == "Another sign (crystal_ball)"
    assert source_words("en", "{0.__class__}") == "Another sign ({0.__class__})"


def test_weights_have_words() -> None:
    assert [strength(weight) for weight in (1, 34, 35, 59, 60, 100)] == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]
