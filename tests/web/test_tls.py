"""The box's own authority and certificate, judged by OpenSSL itself."""

import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from web import tls

NAMES = ("vigie", "vigie.local", "192.168.1.9", "fd00::9")
NOW = datetime.now(UTC).timestamp()
DAY = 86_400.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tls.prepare(tmp_path / "tls", NAMES, NOW)
    return tmp_path / "tls"


def openssl(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    told = ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", *more]
    told += ["-CAfile", str(folder / "ca.pem"), str(folder / "leaf.pem")]
    return subprocess.run(told, capture_output=True, text=True, check=False)


def leaf(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "leaf.pem").read_bytes())


@pytest.mark.parametrize(
    "asked",
    [
        ("-verify_hostname", "vigie.local"),
        ("-verify_hostname", "vigie"),
        ("-verify_ip", "192.168.1.9"),
        ("-verify_ip", "fd00::9"),
    ],
)
def test_openssl_takes_the_certificate_for_every_name(folder: Path, asked: tuple[str, ...]) -> None:
    told = openssl(folder, *asked)
    assert told.returncode == 0, told.stderr


def test_openssl_refuses_it_for_a_foreign_name(folder: Path) -> None:
    assert openssl(folder, "-verify_hostname", "bank.example").returncode != 0


def test_the_authority_cannot_vouch_for_the_internet(folder: Path, tmp_path: Path) -> None:
    """Whoever steals the key cannot make a certificate for a bank."""
    ca = tls._read(folder, "ca")
    assert ca is not None
    forged = tls._certificate(("bank.example",), datetime.fromtimestamp(NOW, UTC), *ca)
    tls._write(folder, "leaf", *forged)
    told = openssl(folder, "-verify_hostname", "bank.example")
    assert "permitted subtree violation" in told.stderr


def test_keys_are_for_the_box_alone(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("ca.key", "leaf.key"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_browsers_take_its_length_of_life(folder: Path) -> None:
    """Longer than 398 days is refused by some (CA/Browser Forum)."""
    certificate = leaf(folder)
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc <= timedelta(398)


def test_a_second_start_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert tls.prepare(folder, NAMES, NOW + 300 * DAY) is False
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_it_is_renewed_in_its_last_month_under_the_same_authority(folder: Path) -> None:
    authority, before = (folder / "ca.pem").read_bytes(), leaf(folder)
    assert tls.prepare(folder, NAMES, NOW + 370 * DAY) is True
    assert leaf(folder).not_valid_after_utc > before.not_valid_after_utc
    assert (folder / "ca.pem").read_bytes() == authority


def test_a_new_private_address_needs_no_new_authority(folder: Path) -> None:
    """The practice's computers go on trusting the box when it moves."""
    authority = (folder / "ca.pem").read_bytes()
    assert tls.prepare(folder, ("vigie", "10.0.0.4"), NOW) is True
    assert (folder / "ca.pem").read_bytes() == authority
    assert openssl(folder, "-verify_ip", "10.0.0.4").returncode == 0


def test_a_public_name_needs_an_authority_that_may_vouch_for_it(folder: Path) -> None:
    authority = (folder / "ca.pem").read_bytes()
    tls.prepare(folder, (*NAMES, "vigie.cabinet.example"), NOW)
    assert (folder / "ca.pem").read_bytes() != authority
    assert openssl(folder, "-verify_hostname", "vigie.cabinet.example").returncode == 0


@pytest.mark.parametrize("name", ["ca.pem", "ca.key", "leaf.pem", "leaf.key"])
@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_what_is_damaged_or_gone_is_made_anew(
    folder: Path, name: str, damage: bytes | None
) -> None:
    if damage is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(damage)
    assert tls.prepare(folder, NAMES, NOW) is True
    assert openssl(folder, "-verify_hostname", "vigie.local").returncode == 0


def test_a_key_that_is_not_the_certificates_is_noticed(folder: Path, tmp_path: Path) -> None:
    tls.prepare(tmp_path / "other", NAMES, NOW)
    (folder / "leaf.key").write_bytes((tmp_path / "other/leaf.key").read_bytes())
    assert tls.prepare(folder, NAMES, NOW) is True
