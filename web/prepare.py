"""What is done once before the pages are served, in a process of its own that then ends.

Migrations and certificates need libraries of 15 to 30 MB, which nothing needs afterwards; a
process that ends gives all of it back.
"""

import multiprocessing
import sys
import threading
import time
from collections.abc import Callable

from appliance.config import Config
from web.address import listen, own_addresses, own_names

CERTIFICATES = "tls"
"""Folder in the state directory."""


def apart(work: Callable[[Config], None], config: Config) -> bool:
    """Do *work* in a process of its own; tell whether it went well."""
    # A fork of several threads can inherit a lock that nobody will ever open again.
    alone = threading.active_count() == 1
    process = (
        multiprocessing.get_context("fork").Process(target=work, args=(config,))
        if alone
        else multiprocessing.get_context("spawn").Process(target=work, args=(config,))
    )
    process.start()
    process.join()
    return process.exitcode == 0


def begin(config: Config) -> None:
    """Have the schema, the token for `web.watching` and the certificate in place, or exit."""
    from appliance.store import Office, StoreTrouble  # noqa: PLC0415 - in the process that ends
    from web.watching import make_token  # noqa: PLC0415 - likewise

    try:
        Office(config.state, time.time).close()
        make_token(config.state)
        certify(config)
    except (StoreTrouble, OSError) as error:
        sys.exit(f"The pages cannot be served from {config.state}: {error}")


def certify(config: Config) -> None:
    """Have a certificate that lasts, where the pages are served by HTTPS."""
    if listen(config.web.listen).loopback:
        return
    from web import tls  # noqa: PLC0415 - only in the process that ends

    names = {*own_names(config.web.names), *own_addresses()}
    tls.prepare(config.state / CERTIFICATES, names, time.time())
