"""What all commands share: refusing in words, and the configuration they are told to use."""

import argparse
from pathlib import Path

import pytest

from appliance.commands import FAILED, UNUSABLE, Refused, config_of, takes_config
from tests.kit.vigie import config_in


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    takes_config(parser)
    return parser.parse_args(words)


def test_a_command_uses_the_configuration_it_is_told(tmp_path: Path) -> None:
    file = config_in(tmp_path, practice={"name": "Cabinet des Lilas"})
    assert config_of(options("--config", str(file))).practice.name == "Cabinet des Lilas"


def test_mistakes_in_the_configuration_are_a_refusal_with_a_line_each(tmp_path: Path) -> None:
    file = config_in(tmp_path, web={"lisen": "x"}, keep={"alerts": 0})
    with pytest.raises(Refused) as caught:
        config_of(options("--config", str(file)))
    assert caught.value.status == UNUSABLE
    assert len(str(caught.value).splitlines()) == 2


def test_a_refusal_has_its_reason_and_its_exit_status() -> None:
    refused = Refused(ValueError("no such thing"), FAILED)
    assert (str(refused), refused.status) == ("no such thing", 1)
    assert Refused("no").status == UNUSABLE
