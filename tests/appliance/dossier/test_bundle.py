"""The ZIP is as it was signed, or it is not."""

import csv
import json
import subprocess
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from appliance.config import Config, Practice
from appliance.decisions import Verdict
from appliance.dossier import bundle
from appliance.dossier.bundle import PUBLIC, SIGNATURE, make, verify
from appliance.dossier.folder import MANIFEST
from appliance.incidents import Wrote
from tests.kit.incident import Dealt
from tests.kit.people import NOW, RECEPTION

FORMULA = "=cmd|' /C calc'!A0"


def made(dealt: Dealt, language: str = "fr") -> bytes:
    dealt.keep()
    held = dealt.reader.incident(dealt.incident.id)
    assert held is not None
    config = Config(state=dealt.state, practice=Practice(name="Tilleuls"))
    return make(config, held, dict(dealt.reader.particulars()), language, NOW).content


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        for name, each in content.items():
            again.writestr(name, each)
    return out.getvalue()


@pytest.fixture
def whole(dealt: Dealt) -> dict[str, bytes]:
    return files(made(dealt))


def test_a_file_as_it_was_made_verifies(whole: dict[str, bytes]) -> None:
    verdict = verify(packed(whole))
    assert verdict.why == ""
    assert verdict.files == len(whole) - 3


def test_a_changed_byte_in_any_file_is_noticed(whole: dict[str, bytes]) -> None:
    for name, content in whole.items():
        changed = bytes([content[0] ^ 1]) + content[1:] if content else b"x"
        assert verify(packed(whole | {name: changed})).why, name


def test_what_is_missing_or_was_added_is_noticed(whole: dict[str, bytes]) -> None:
    for name in whole:
        less = {key: content for key, content in whole.items() if key != name}
        assert verify(packed(less)).why == "incomplete", name
    assert verify(packed(whole | {"more.txt": b""})).why == "unlisted"


def test_a_list_signed_by_another_box_is_noticed(whole: dict[str, bytes], tmp_path: Path) -> None:
    """Unless its key is put in, too: then the fingerprint differs from the one on paper."""
    from appliance.dossier import seal  # noqa: PLC0415 - only here

    other = seal.key_of(tmp_path)
    forged = whole | {SIGNATURE: other.sign(whole[MANIFEST])}
    assert verify(packed(forged)).why == "signature"
    again = verify(packed(forged | {PUBLIC: seal.public(other)}))
    assert again.fingerprint != verify(packed(whole)).fingerprint


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_no_zip_is_said_to_be_none(content: bytes) -> None:
    assert verify(content).why == "not_zip"


def test_no_octets_make_verifying_fall_over(dealt: Dealt) -> None:
    """A changed octet is noticed, or stands where nothing of the files is (dates, attributes)."""
    content, noticed = made(dealt), 0
    for at in range(0, len(content), len(content) // 150):
        changed = bytearray(content)
        changed[at] ^= 0x55
        noticed += bool(verify(bytes(changed)).why)
        assert verify(content[:at]).why == "not_zip"
    assert noticed > 100


def test_a_zip_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST", 1000)
    assert verify(packed({"a": bytes(2000)})).why == "large"


def test_others_can_verify_it_without_this_program(whole: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in whole.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for words in (
        ["sha256sum", "--check", "--quiet", MANIFEST],
        [
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "public-key.pem",
            "-rawin",
            "-in",
            "MANIFEST.sha256",
            "-sigfile",
            "MANIFEST.sha256.sig",
        ],
    ):
        assert subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_the_evidence_is_in_it(whole: dict[str, bytes]) -> None:
    assert {"evidence/alerts.json", "evidence/conversations.csv", "evidence/devices.json"} <= set(
        whole
    )
    assert whole["incident.pdf"].startswith(b"%PDF-")


def test_hostile_names_run_in_no_spreadsheet_and_stay_text_in_json(dealt: Dealt) -> None:
    dealt.office.add_to_incident(dealt.incident.id, author=FORMULA, what=Wrote.NOTE, text=FORMULA)
    dealt.office.decide(author="x", verdict=Verdict.DESCRIBE, mac=RECEPTION, name=FORMULA)
    found = files(made(dealt))
    for name in ("chronology.csv", "devices.csv", "indicators.csv", "volumes.csv", "sheets.csv"):
        text = found[name].decode("utf-8-sig")
        for row in csv.reader(StringIO(text), delimiter=";"):
            assert not [cell for cell in row if cell[:1] in "=+-@" and cell], name
    told = json.loads(found["incident.json"])
    assert told["devices"][0]["name"] == FORMULA
    assert verify(made(dealt)).why == ""


def test_an_incident_without_evidence_still_has_its_file(dealt: Dealt) -> None:
    config = Config(state=dealt.state)
    content = make(config, dealt.incident, {}, "en", NOW).content
    assert verify(content).why == ""
