"""``python -m web``: serves the pages with granian, one worker process, until told to stop."""

import argparse
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels
from granian.server import MPServer

from appliance.config import Config
from appliance.config_file import ConfigError, load
from appliance.durations import HOUR
from appliance.notify import awaited
from appliance.texts import say
from web.address import Listen, listen
from web.greeting import greet
from web.prepare import CERTIFICATES, apart, begin, certify
from web.process import load_early
from web.pulse import report

THREADS = 16
"""Requests answered at once; event streams take at most half of them (`web.events.AT_ONCE`)."""

HEADERS = 32 * 1024
"""Octets of the longest headers that are read."""

HEADERS_WITHIN = 10_000
"""Milliseconds for a request's headers to arrive."""

STOP_WITHIN = 2
"""Seconds that open streams have to end when the box stops."""

PANEL_WITHIN = 2.0
"""Seconds for the panel to answer; then the page says that it does not."""

RENEW_EVERY = 12 * HOUR
"""Seconds between two looks at how long the certificate still lasts."""

FAILED, UNUSABLE = 1, 2


def serve(config: Config, file: Path | None = None) -> int:
    """Serve the pages until told to stop; give the exit status. *config* is from *file*."""
    place = listen(config.web.listen)
    why = _taken(place)
    if why:
        words = say(config.practice.language, "serve.busy", address=config.web.listen, why=why)
        sys.stderr.write(f"{words}\n")
        return FAILED
    if not apart(begin, config):
        return FAILED
    server = _server(config, place)
    if not place.loopback:
        threading.Thread(target=_renew, args=(config,), daemon=True).start()
    if awaited():
        load_early()
        threading.Thread(target=report, args=(place,), daemon=True).start()
    try:
        server.serve(target_loader=partial(_load, config, file), wrap_loader=False)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def main() -> int:
    """Read the command line, and serve."""
    parser = argparse.ArgumentParser(prog="vigie web", description="Serve the pages.")
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration to use")
    file = parser.parse_args().config
    try:
        config = load(file)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    return serve(config, file)


def _taken(place: Listen) -> str:
    """Say why nobody can listen at *place*, or nothing; the server itself would only panic."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        socket.create_server((place.host, place.port), family=family).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _server(config: Config, place: Listen) -> MPServer:
    tls = config.state / CERTIFICATES
    secure: dict[str, Any] = {}
    if not place.loopback:
        secure = {
            "ssl_cert": tls / "leaf.pem",
            "ssl_key": tls / "leaf.key",
            "ssl_protocol_min": SSLProtocols.tls12,
        }
    return MPServer(
        "vigie",
        address=place.host,
        port=place.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        runtime_blocking_threads=1,
        http=HTTPModes.auto,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN, max_buffer_size=HEADERS),
        http2_settings=HTTP2Settings(max_headers_size=HEADERS, max_concurrent_streams=THREADS),
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=STOP_WITHIN,
        **secure,
    )


def _load(config: Config, file: Path | None) -> Callable[..., Any]:
    """Make the application, in the worker, and greet once it answers."""
    from appliance.panel.client import PanelClient  # noqa: PLC0415 - the parent stays small
    from appliance.settings import folder  # noqa: PLC0415 - likewise
    from appliance.standing import Standing  # noqa: PLC0415 - likewise
    from appliance.store import Office, Reader  # noqa: PLC0415 - likewise
    from web.app import create_app  # noqa: PLC0415 - likewise
    from web.box import Box  # noqa: PLC0415 - likewise
    from web.keeping import go_on  # noqa: PLC0415 - likewise
    from web.process import be_thrifty, end_with_parent  # noqa: PLC0415 - likewise
    from web.setup import offer  # noqa: PLC0415 - likewise
    from web.time_of_day import keep_time  # noqa: PLC0415 - likewise

    be_thrifty()
    end_with_parent()
    load_early()
    office = Office(config.state, time.time)
    panel = PanelClient(config.run / "panel.sock", answer=PANEL_WITHIN)
    box = Box(
        standing=Standing(file, config),
        reader=Reader(config.state),
        office=office,
        panel=panel,
        now=time.time,
    )
    app = create_app(box)
    keep_time(app)
    code = offer(office, time.time, folder(config))
    threading.Thread(target=go_on, args=(box,), daemon=True).start()
    threading.Thread(target=greet, args=(config, code), daemon=True).start()
    return app


def _renew(config: Config) -> None:
    """Renew the certificate in time, for ever; a new one takes effect with a new worker."""
    leaf = config.state / CERTIFICATES / "leaf.pem"
    while True:
        before = leaf.stat().st_mtime_ns
        time.sleep(RENEW_EVERY)
        if apart(certify, config) and leaf.stat().st_mtime_ns != before:
            os.kill(os.getpid(), signal.SIGHUP)


if __name__ == "__main__":
    sys.exit(main())
