"""The settings: each is explained, and has a default that a file could hold."""

from dataclasses import Field, fields, is_dataclass
from typing import Any

import pytest

from appliance.config import Config
from appliance.config_values import complaint, shapes

SETTINGS = [
    pytest.param(part.type, setting, id=f"{part.name}.{setting.name}")
    for part in fields(Config)
    if is_dataclass(part.type)
    for setting in fields(part.type)
]


@pytest.mark.parametrize(("table", "setting"), SETTINGS)
def test_a_setting_has_a_meaning_and_a_possible_default(table: type, setting: Field[Any]) -> None:
    """What the code takes for granted could be written into the file."""
    assert setting.metadata["doc"]
    shape, default = shapes(table)[setting.name], setting.default
    assert shape.optional or default is not None
    for value in default if shape.many else [default]:
        assert value is None or complaint(value, shape.kind, setting.metadata) == ""
