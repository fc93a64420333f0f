"""The package loads nothing by itself, and gives the application."""

import subprocess
import sys

import pytest

import web


def _loads(what: str, *names: str) -> str:
    told = f"import sys, {what}; print({set(names)!r} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def test_importing_the_package_loads_no_framework() -> None:
    """The process that watches over the server stays small."""
    assert _loads("web.__main__", "flask", "sqlite3", "argon2") == "set()"


def test_the_pages_need_no_cipher_until_a_backup_is_to_have_another_lock() -> None:
    """It takes seven megabytes, of the two hundred that all parts have on a Raspberry Pi."""
    assert _loads("web.app, web.keeping", "cryptography", "pyrage") == "set()"


def test_the_application_is_had_from_the_package() -> None:
    from web.app import create_app  # noqa: PLC0415 - what is tested

    assert web.create_app is create_app


def test_nothing_else_is_had_from_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'flask'"):
        _ = web.flask
