"""The folder of the image: what is laid out as on the card, and what must agree in it."""

import re
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from appliance.config_place import DIRECTORIES, INSTALLED
from tests.kit.card import FILES
from tests.kit.vigie import ROOT

IMAGE = ROOT / "image"
HERE = sorted(file for file in FILES.rglob("*") if file.is_file())
UNITS = FILES / "usr/lib/systemd/system"
SECRET = re.compile(r"PRIVATE KEY|Passphrase=[^{]|\$(6|y|argon2id)\$|AAAAC3Nza|AAAAB3Nza")


def test_every_package_has_its_reason_and_its_place() -> None:
    lines = (IMAGE / "packages.txt").read_text("utf-8").splitlines()[1:]
    entries = [re.fullmatch(r"([a-z0-9+.-]+) +# (\S.*)", line) for line in lines]
    assert all(entries)
    names = [entry[1] for entry in entries if entry]
    assert names == sorted(set(names))


def test_a_file_is_a_program_exactly_when_it_says_how_it_is_run() -> None:
    """And nobody else writes to it; what git does not keep of modes is not relied on."""
    for file in HERE:
        runs = file.read_bytes().startswith(b"#!") and file.name != "nftables.conf"
        assert bool(file.stat().st_mode & stat.S_IXUSR) == runs, file
        assert not file.stat().st_mode & stat.S_IWOTH, file


def test_the_programs_that_make_the_image_are_shell_that_can_be_read() -> None:
    programs = [IMAGE / name for name in ("build", "debian", "lgpio")]
    programs += [file for file in HERE if file.read_bytes().startswith(b"#!/bin/sh")]
    for file in programs:
        done = subprocess.run(["sh", "-n", file], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), file


def test_no_secret_is_in_it() -> None:
    """Host keys, certificates, codes and pass-phrases are made at the first start of each card."""
    assert [file for file in HERE if SECRET.search(file.read_text("utf-8"))] == []
    assert [file for file in HERE if file.suffix in {".pem", ".key", ".psk", ".pub"}] == []


def test_what_lasts_is_what_the_box_keeps() -> None:
    kept = {f"/{line}" for line in (FILES / "etc/card/kept").read_text("ascii").split()}
    lasting = {str(place) for place in (*DIRECTORIES.values(), INSTALLED.parent)} - {"/run/vigie"}
    assert lasting < kept


def test_a_unit_runs_what_there_is_and_is_turned_on() -> None:
    build = (IMAGE / "build").read_text("utf-8")
    for unit in UNITS.glob("card-*"):
        text = unit.read_text("utf-8")
        for program in re.findall(r"/usr/lib/card/\S+", text):
            assert (FILES / program[1:]).exists(), unit
        assert ("[Install]" in text) == (f" {unit.name}" in build), unit
        for other in re.findall(r"card-[\w-]+\.(?:service|path)", text):
            assert (UNITS / other).exists(), unit


def test_installing_a_build_on_the_card_leaves_the_cards_own_units() -> None:
    """It takes away what is called vigie-*, and a drop-in is for all that is called so."""
    assert not [*FILES.rglob("vigie-*.service")]


def test_the_system_is_found_by_what_the_partitions_are_called() -> None:
    layout = (IMAGE / "genimage.cfg").read_text("utf-8")
    signature = re.findall(r"disk-signature = 0x([0-9a-f]{8})", layout)
    command = (FILES / "boot/firmware/cmdline.txt").read_text("ascii")
    assert f"root=PARTUUID={signature[0]}-02 " in command
    assert command.count("\n") == 1
    assert re.findall(r"^  partition (\w+)", layout, re.MULTILINE) == ["boot", "root", "data"]


def test_the_users_of_the_image_are_those_of_the_units() -> None:
    """With numbers of their own: what lasts on a card belongs to these."""

    def users(file: Path) -> dict[str, str]:
        lines = re.findall(r"^([ug]) +(\S+) +(\S+)", file.read_text("utf-8"), re.MULTILINE)
        return {f"{kind} {name}": number for kind, name, number in lines}

    fixed = users(FILES / "etc/sysusers.d/10-card.conf")
    assert fixed.keys() == users(ROOT / "systemd/sysusers.d/vigie.conf").keys()
    assert len(set(fixed.values())) == len(fixed)


def test_the_configuration_beneath_is_sound() -> None:
    base = tomllib.loads((FILES / "usr/lib/card/base.toml").read_text("utf-8"))
    assert base == {"web": {"listen": "0.0.0.0:443"}, "panel": {"pins": "real"}}


@pytest.mark.parametrize("what", ["Storage=volatile", "RuntimeMaxUse="])
def test_the_journal_is_bounded_and_in_memory(what: str) -> None:
    assert what in (FILES / "etc/systemd/journald.conf.d/card.conf").read_text("utf-8")
