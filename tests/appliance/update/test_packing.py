"""Making a bundle, as ``.ci/bundle`` does."""

from pathlib import Path

from appliance.update.packing import main
from appliance.update.release import read, verify
from tests.kit.releases import TARGET, key_of, private, trusted


def packed(tmp_path: Path, key: bytes) -> int:
    inside = tmp_path / "inside"
    (inside / "wheelhouse").mkdir(parents=True)
    (inside / "install.sh").write_text("#!/bin/sh\n")
    (inside / "wheelhouse/requirements.txt").write_text("vigie==1.2.3\n")
    (tmp_path / "key.pem").write_bytes(key)
    words = (tmp_path / "key.pem", inside, "1.2.3", tmp_path / "out.bundle", TARGET)
    return main([str(word) for word in words])


def test_what_is_packed_here_is_taken_there(tmp_path: Path) -> None:
    assert packed(tmp_path, private(key_of(1))) == 0
    with (tmp_path / "out.bundle").open("rb") as file:
        manifest = read(file, trusted(key_of(1)))
        verify(file, manifest)
    assert (manifest.version, manifest.targets) == ("1.2.3", (TARGET,))
    assert manifest.size == sum(listed.size for listed in manifest.files)


def test_a_key_of_another_kind_is_told(tmp_path: Path, capsys) -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import (  # noqa: PLC0415 - for this one
        SECP256R1,
        generate_private_key,
    )

    assert packed(tmp_path, private(generate_private_key(SECP256R1()))) == 2
    assert "no private Ed25519 key" in capsys.readouterr().err
