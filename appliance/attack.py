"""The techniques of MITRE ATT&CK that detectors name (``data/attack.toml``)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def techniques() -> Mapping[str, str]:
    """Give the name of each technique by its identifier."""
    return tomllib.loads(
        resources.files("appliance.data").joinpath("attack.toml").read_text("utf-8")
    )
