"""The panel has no network: it opens sockets to this machine's own programs alone.

That it has none even if it wanted is in its unit (``tests/systemd/test_booted.py``).
"""

import ast
from pathlib import Path

import appliance.panel

FILES = sorted(Path(appliance.panel.__file__).parent.glob("*.py"))


def sockets(file: Path) -> list[str]:
    """Give how *file* opens its sockets: what each is given first."""
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if _opens(node)]
    return [ast.unparse(call.args[0]) for call in calls if isinstance(call, ast.Call)]


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("socket.socket", "socket")


def test_every_socket_that_it_opens_is_a_unix_socket() -> None:
    found = {file.name: opened for file in FILES if (opened := sockets(file))}
    assert found.keys() == {"client.py", "door.py"}
    assert {family for opened in found.values() for family in opened} == {"socket.AF_UNIX"}


def test_nothing_else_that_opens_one_is_imported() -> None:
    words = " ".join(file.read_text("utf-8") for file in FILES)
    for name in ("create_connection", "create_server", "socketpair", "fromfd", "asyncio", "urllib"):
        assert name not in words
