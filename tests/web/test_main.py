"""The pages as they are really served: a process, a socket, HTTP and HTTPS."""

import http.cookiejar
import re
import socket
import ssl
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from tests.kit.serving import ROOT, serving


def resident(pid: int) -> int:
    """Give the MB of memory of a process that are resident."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) // 1000


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in found.split()]


def test_a_new_box_is_set_up_by_its_link_and_answers(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert server.get("/healthz") == (503, "not ok\n")
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        browser = urllib.request.build_opener(jar)
        link = next(line for line in server.printed if line.startswith("http"))
        with browser.open(link, timeout=10) as answer:
            text = answer.read().decode()
        form = {
            "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', text)[1],
            "code": re.search(r'id="code".*? value="([^"]+)"', text)[1],
            "name": "camille",
            "phrase": "trois petits chats gris",
            "language": "en",
        }
        body = urllib.parse.urlencode(form).encode()
        with browser.open(f"{server.url}/setup", body, timeout=10) as answer:
            assert answer.url == f"{server.url}/wizard"
        with browser.open(server.url, timeout=10) as answer:
            page = answer.read().decode()
        assert "State unknown" in page
        assert "The watch has not said anything yet." in page
        (worker,) = children(server.process.pid)
        assert resident(server.process.pid) + resident(worker) < 110


def test_it_stops_at_once_even_while_pages_are_listening(tmp_path: Path) -> None:
    with serving(tmp_path) as server, socket.create_connection(_place(server.url)) as half_open:
        half_open.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n")
        server.process.terminate()
        assert server.process.wait(10) == 0


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        config = tmp_path / "vigie.toml"
        config.write_text(
            f'[web]\nlisten = "{address}"\n[paths]\nstate = "{tmp_path}"\nrun = "{tmp_path}"\n'
        )
        told = [sys.executable, "-m", "web", "--config", str(config)]
        ended = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert address in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_configuration_with_mistakes_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "vigie.toml"
    config.write_text('[web]\nlisen = "127.0.0.1:80"\n')
    told = [sys.executable, "-m", "web", "--config", str(config)]
    ended = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "listen" in ended.stderr


def test_outside_loopback_there_is_only_https_of_1_2_and_up(tmp_path: Path) -> None:
    """W21: and its certificate is one that the box's own authority vouches for."""
    with serving(tmp_path, host="0.0.0.0", lines=4) as server:
        port = _place(server.url)[1]
        authority = ssl.create_default_context(cafile=tmp_path / "state/tls/ca.pem")
        authority.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
        url = f"https://127.0.0.1:{port}"
        https = urllib.request.build_opener(urllib.request.HTTPSHandler(context=authority))
        with https.open(f"{url}/login", timeout=10) as answer:
            assert answer.status == 200
            assert "__Host-vigie=" in answer.headers["Set-Cookie"]
        assert _agrees(port, "-tls1_2")
        assert not _agrees(port, "-tls1_1")
        with socket.create_connection(("127.0.0.1", port)) as plain:
            plain.sendall(b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"HTTP/1.1 200" not in plain.recv(1000)


def _agrees(port: int, version: str) -> bool:
    told = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", version]
    told += ["-cipher", "DEFAULT:@SECLEVEL=0"]
    done = subprocess.run(told, input=b"", capture_output=True, check=False)
    return b"Cipher is (NONE)" not in done.stdout and done.returncode == 0


def _place(url: str) -> tuple[str, int]:
    parts = urllib.parse.urlsplit(url)
    return parts.hostname or "", parts.port or 0
