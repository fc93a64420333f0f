"""Which drawing stands for a device."""

from appliance.knowledge.kinds import Kind
from appliance.roles import roles
from web.icons import of_kind


def test_the_kind_counts_then_the_role_then_nobody_knows() -> None:
    assert of_kind("nas", "printer") == "nas"
    assert of_kind("unknown", "printer") == "printer"
    assert of_kind("unknown", "") == "unknown"


def test_every_role_has_a_drawing_of_some_kind() -> None:
    drawn = {role: of_kind("unknown", role) for role in roles()}
    assert set(drawn.values()) <= set(Kind)
    assert drawn["mill"] == "printer_3d"
    assert drawn["other"] == "unknown"


def test_hostile_kinds_are_drawn_as_unknown() -> None:
    assert of_kind('"><script>', "x") == "unknown"
