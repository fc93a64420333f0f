"""Pages and API of the box: they read the database, write decisions, and order from the panel.

Importing this package loads nothing: the process that only watches over the server stays small
(25 MB less). The application comes with the first use of ``web.create_app``.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """Give ``create_app``, from where it is (PEP 562)."""
    if name != "create_app":
        raise AttributeError(f"module 'web' has no attribute {name!r}")
    from web.app import create_app  # noqa: PLC0415 - see above

    return create_app
