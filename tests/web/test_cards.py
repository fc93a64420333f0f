"""The network cards of a machine."""

from pathlib import Path

from web.cards import FOLDER, cards


def card(folder: Path, name: str, *, real: bool = True, **files: str) -> None:
    (folder / name / "statistics").mkdir(parents=True)
    if real:
        (folder / name / "device").mkdir()
    for file, text in files.items():
        place = folder / name / ("statistics/rx_packets" if file == "received" else file)
        place.write_text(text + "\n")


def test_each_card_is_told_with_its_cable_the_busiest_first(tmp_path: Path) -> None:
    card(tmp_path, "eth0", carrier="1", speed="1000", address="02:00:00:00:00:01", received="9")
    card(tmp_path, "eth1", carrier="1", speed="100", received="4000")
    card(tmp_path, "wlan0", carrier="0", speed="-1", received="0")
    card(tmp_path, "lo", real=False, carrier="1", received="100000")
    found = cards(tmp_path)
    assert [(one.name, one.link, one.speed) for one in found] == [
        ("eth1", "yes", 100),
        ("eth0", "yes", 1000),
        ("wlan0", "no", 0),
    ]
    assert found[1].mac == "02:00:00:00:00:01"


def test_a_card_that_is_off_says_nothing(tmp_path: Path) -> None:
    card(tmp_path, "eth0")
    (one,) = cards(tmp_path)
    assert (one.link, one.speed, one.received) == ("unknown", 0, 0)


def test_where_there_are_none_the_list_is_empty(tmp_path: Path) -> None:
    assert cards(tmp_path / "nothing") == ()


def test_those_of_this_machine_can_be_read() -> None:
    assert len(cards(FOLDER)) <= 32
