"""A sheet that comes back: what it changes, and every mistake at once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decisions import Known
from appliance.exchange.csv_in import LONGEST, ROWS, Plan, described, mac_of, read
from appliance.exchange.csv_out import sheet
from appliance.model import Device, Mac
from appliance.texts import LANGUAGES
from tests.kit.machines import IMAGING, IMAGING_WIRELESS, NAS, PRINTER, RECEPTION, devices

TODAY = date(2026, 9, 21)
KNOWN = {NAS: Known(approved=True, name="Fond", role="nas", hosts=("backup.example",))}


def plan(content: str | bytes, known: dict[Mac, Known] | None = None) -> Plan:
    raw = content if isinstance(content, bytes) else content.encode()
    return read(raw, devices(), KNOWN if known is None else known, TODAY)


def mistakes(content: str | bytes) -> list[tuple[int, str]]:
    return [(each.line, each.key.rpartition(".")[2]) for each in plan(content).mistakes]


def test_a_row_changes_what_it_names_and_nothing_else() -> None:
    (change,) = plan(f"mac;place;bought_on\n{NAS};Cave;31/03/2021\n").changes
    assert change.after == replace(KNOWN[NAS], place="Cave", bought_on="2021-03-31")
    assert change.columns == ("place", "bought_on")
    assert described(change.after)["hosts"] == ("backup.example",)


def test_an_empty_cell_changes_nothing() -> None:
    found = plan(f"mac,name,role\n{NAS},,\n{PRINTER}\n")
    assert (found.changes, found.same, found.mistakes) == ((), 2, ())


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_sheet_is_read_however_a_spreadsheet_writes_it(
    separator: str, coding: str, end: str
) -> None:
    lines = (("Adresse matérielle", "Nom", "Type"), (NAS, "Réserve", "Serveur"))
    text = end.join(separator.join(line) for line in lines)
    (change,) = plan(text.encode(coding)).changes
    assert (change.after.name, change.after.kind) == ("Réserve", "server")


def test_a_line_that_only_names_the_separator_is_passed_over() -> None:
    (change,) = plan(f"sep=;\r\nmac;name\r\n{NAS};X\r\n").changes
    assert change.after.name == "X"


def test_headings_and_kinds_may_be_of_either_language() -> None:
    found = plan(f"Hardware address;Usage;Kind\n{NAS};Switch;Imprimante 3D\n")
    (change,) = found.changes
    assert (change.after.role, change.after.kind) == ("switch", "printer_3d")


def test_columns_that_mean_nothing_are_told() -> None:
    assert plan(f"mac;name;Prix\n{NAS};X;12\n").unread == ("Prix",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x;;;", "no_address"),
        (";Nom;;", "no_address"),
        ("02:ff:ff:ff:ff:ff;;;", "nobody"),
        (f"{NAS};;spaceship;", "kind"),
        (f"{NAS};;unknown;", "kind"),
        (f"{NAS};;;2021-02-30", "no_day"),
        (f"{NAS};;;2031-01-01", "future"),
        (f"{NAS};;;1901-01-01", "too_old"),
        (f"{NAS};{'x' * (LONGEST + 1)};;", "too_long"),
        (f"{NAS};;;;more", "too_wide"),
        (f"{PRINTER};;;", "twice"),
        (f'{NAS};"open;;', "unreadable"),
    ],
)
def test_each_mistake_is_told_with_its_line(line: str, said: str) -> None:
    found = mistakes(f"mac;name;kind;bought_on\n{PRINTER};Imprimante;;\n{line}\n")
    assert found == [(3, said)]


def test_all_mistakes_come_at_once_and_nothing_is_planned() -> None:
    content = f"mac;kind;role\nx;;\n{NAS};nope;nope\n{PRINTER};printer;\n"
    assert mistakes(content) == [(2, "no_address"), (3, "kind"), (3, "role")]
    assert plan(content).changes == ()


def test_lines_are_counted_as_the_spreadsheet_does() -> None:
    """A cell may hold several lines."""
    assert mistakes(f'mac;name\n{NAS};"a\nb"\nx;y\n') == [(4, "no_address")]


def test_what_was_said_of_a_joined_address_is_not_lost() -> None:
    """Nothing was said yet of the one that the device is listed by."""
    said = {IMAGING_WIRELESS: Known(name="Station", place="Salle 2")}
    (change,) = plan(f"mac;place\n{IMAGING};Salle 3\n", said).changes
    assert change.after == Known(name="Station", place="Salle 3")


def test_both_addresses_of_one_device_are_the_same_device() -> None:
    (change,) = plan(f"mac;name\n{IMAGING_WIRELESS};Radio\n").changes
    assert change.mac == IMAGING
    assert mistakes(f"mac;name\n{IMAGING};A\n{IMAGING_WIRELESS};B\n") == [(3, "twice")]


@pytest.mark.parametrize("content", ["", "\n", "name;kind\nx;y\n", "\x00", "%PDF-1.7\n\xff"])
def test_a_file_without_the_column_of_addresses_is_refused(content: str) -> None:
    assert mistakes(content) == [(1, "no_address_column")]


def test_a_sheet_has_an_end() -> None:
    many = "mac;name\n" + ";\n" * (ROWS + 1)
    assert mistakes(many) == [(ROWS + 2, "too_many")]


@pytest.mark.parametrize(
    "text",
    ["02-00-00-00-00-0D", "0200.0000.000d", "02000000000d", " 02:00:00:00:00:0D ", NAS],
)
def test_an_address_may_be_spelt_in_any_usual_way(text: str) -> None:
    assert mac_of(text) == NAS


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_out_comes_back_unchanged(language: str) -> None:
    """Also names that a spreadsheet would run."""
    names = ("=1+1", "'=1", "@home", "a;-b", "l'accueil", '"x"', "-")
    said = {
        device.mac: Known(
            name=name, kind="nas", role="mill", place=name, socket=name, bought_on="2020-02-29"
        )
        for device, name in zip(devices(), names, strict=False)
    }
    dressed = [_dressed(device, said.get(device.mac, Known())) for device in devices()]
    found = read(sheet(dressed, language), dressed, said, TODAY)
    assert (found.changes, found.mistakes, found.same) == ((), (), len(dressed))
    fresh = read(sheet(dressed, language), devices(), {}, TODAY)
    assert {change.mac: change.after for change in fresh.changes} == said


def _dressed(device: Device, said: Known) -> Device:
    return replace(
        device,
        given_name=said.name,
        given_kind=said.kind,
        role=said.role,
        place=said.place,
        socket=said.socket,
        bought_on=said.bought_on,
    )


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_file_is_a_plan_or_told_mistakes(content: bytes) -> None:
    for raw in (content, f"mac;name;kind\n{RECEPTION};".encode() + content):
        found = plan(raw)
        assert not (found.changes and found.mistakes)
        for mistake in found.mistakes:
            assert all(mistake.told(language) for language in LANGUAGES)
            assert all(word.isprintable() for word in mistake.words.values())
        assert all(change.after.name.isprintable() for change in found.changes)
