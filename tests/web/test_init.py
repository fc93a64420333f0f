"""The package loads nothing by itself, and gives the application."""

import subprocess
import sys

import pytest

import web


def test_importing_the_package_loads_no_framework() -> None:
    """The process that watches over the server stays small."""
    told = "import sys, web.__main__; print({'flask', 'sqlite3', 'argon2'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_application_is_had_from_the_package() -> None:
    from web.app import create_app  # noqa: PLC0415 - what is tested

    assert web.create_app is create_app


def test_nothing_else_is_had_from_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'flask'"):
        _ = web.flask
