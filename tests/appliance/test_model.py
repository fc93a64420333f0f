"""The nouns: what a device is called, and that nobody changes a noun that others hold."""

from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from appliance import model
from appliance.model import Device, Level, Mac, Severity

ALICE = Mac("02:00:00:00:00:0a")
NOUNS = [kind for kind in vars(model).values() if isinstance(kind, type) and is_dataclass(kind)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({}, "02:00:00:00:00:0a"),
        ({"maker": "Dürr Dental"}, "Dürr Dental (00:00:0a)"),
        ({"maker": "Dürr Dental", "names": ("vista", "vista-2")}, "vista"),
        ({"maker": "Dürr Dental", "names": ("vista",), "given_name": "Salle 1"}, "Salle 1"),
    ],
)
def test_a_device_is_called_by_the_best_name_there_is(said: dict[str, object], name: str) -> None:
    """What people gave it, else what it says of itself, else its maker, else its address."""
    assert Device(mac=ALICE, **said).name == name  # type: ignore[arg-type] # by name


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_a_noun_is_frozen_and_small(noun: type) -> None:
    """Values cross borders; nobody changes one that another holds, and nothing hangs on to it."""
    made = object.__new__(noun)
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(noun)[0].name, None)
    assert not hasattr(made, "__dict__")


def test_severities_are_in_order() -> None:
    assert Severity.NOTICE < Severity.WARNING < Severity.DANGER


def test_levels_are_spelt_as_their_texts_are() -> None:
    assert [str(level) for level in Level] == [
        "well",
        "learning",
        "look",
        "danger",
        "counting",
        "blind",
        "isolated",
        "isolated_unproven",
    ]
