"""The settings: each is explained, and has a default that a file could hold."""

from dataclasses import Field, fields
from typing import Any

import pytest

from appliance.config import parts
from appliance.config_outputs import TABLES
from appliance.config_values import complaint, shapes

SETTINGS = [
    pytest.param(table, setting, id=f"{name}.{setting.name}")
    for name, table in (parts() | TABLES).items()
    for setting in fields(table)
]


@pytest.mark.parametrize(("table", "setting"), SETTINGS)
def test_a_setting_has_a_meaning_and_a_possible_default(table: type, setting: Field[Any]) -> None:
    """What the code takes for granted could be written into the file."""
    assert setting.metadata["doc"]
    shape, default = shapes(table)[setting.name], setting.default
    assert shape.optional or default is not None
    for value in default if shape.many else [default]:
        assert value is None or complaint(value, shape.kind, setting.metadata) == ""
