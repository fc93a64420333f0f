"""``vigie web``: this process becomes the pages' own."""

import signal
from pathlib import Path

from tests.kit.serving import free_port
from tests.kit.vigie import config_in, started, vigie


def test_the_pages_are_served_by_the_process_itself(tmp_path: Path) -> None:
    """So that whoever started it can stop it."""
    listen = f"127.0.0.1:{free_port('127.0.0.1')}"
    config = config_in(tmp_path, web={"listen": listen})
    with started("web", "--config", config) as web:
        assert web.stdout is not None
        while not (line := web.stdout.readline()).startswith("http"):
            assert line, "it ended"
        assert line.startswith(f"http://{listen}/setup?code=")
        words = Path(f"/proc/{web.pid}/cmdline").read_bytes().split(b"\0")
        assert words[1:3] == [b"-m", b"web"]
        web.send_signal(signal.SIGTERM)
        web.communicate(timeout=30)
        assert web.returncode == 0


def test_a_configuration_with_mistakes_is_refused(tmp_path: Path) -> None:
    done = vigie("web", "--config", config_in(tmp_path, web={"lisen": 1}))
    assert done.returncode == 2
    assert "did you mean listen" in done.stderr
