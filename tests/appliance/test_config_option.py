"""How settings are declared."""

from dataclasses import dataclass, fields

from appliance.config_option import number, option, pin


@dataclass(frozen=True)
class Table:
    word: str = option("a", "a word", among=("a", "b"))
    days: int = number(3, "days", minimum=1, maximum=9)
    relay: int = pin(17, "drives the relay")


def test_a_setting_has_its_default_and_says_what_it_may_be() -> None:
    word, days, relay = fields(Table)
    assert Table() == Table("a", 3, 17)
    assert (word.metadata["doc"], word.metadata["among"]) == ("a word", ("a", "b"))
    assert (days.metadata["minimum"], days.metadata["maximum"]) == (1, 9)
    assert relay.metadata["holds"] == "pin"
