"""What is done once before the pages are served, in a process of its own that then ends.

Migrations and certificates need libraries of 15 to 30 MB, which nothing needs afterwards; a
process that ends gives all of it back.
"""

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator

from appliance.config import Config
from appliance.texts import say
from web.address import Listen, listen, own_addresses, own_names

CERTIFICATES = "tls"
"""Folder in the state directory."""


def apart(work: Callable[[Config], None], config: Config) -> bool:
    """Do *work* in a process of its own; tell whether it went well."""
    process = multiprocessing.get_context("fork").Process(target=work, args=(config,))
    process.start()
    process.join()
    return process.exitcode == 0


def begin(config: Config) -> None:
    """Have the schema, the tokens and the certificate in place, and print where the pages are."""
    from appliance.store import Office  # noqa: PLC0415 - only in the process that ends
    from web.setup import offer  # noqa: PLC0415 - likewise
    from web.watching import make_token  # noqa: PLC0415 - likewise

    office = Office(config.state, time.time)
    make_token(config.state)
    code = offer(office, time.time)
    office.close()
    certify(config)
    sys.stdout.write("".join(f"{line}\n" for line in greeting(config, code)))
    sys.stdout.flush()


def certify(config: Config) -> None:
    """Have a certificate that lasts, where the pages are served by HTTPS."""
    if listen(config.web.listen).loopback:
        return
    from web import tls  # noqa: PLC0415 - only in the process that ends

    names = {*own_names(config.web.names), *own_addresses()}
    tls.prepare(config.state / CERTIFICATES, names, time.time())


def greeting(config: Config, code: str | None) -> Iterator[str]:
    """Give the lines to print: where the pages are, or where to set the box up."""
    tongue, place = config.practice.language, listen(config.web.listen)
    if code is None:
        yield say(tongue, "serve.at")
        yield place.url
    else:
        yield say(tongue, "serve.setup")
        yield f"{place.url}/setup?code={code}"
        yield say(tongue, "serve.code", code=code)
    yield from _fingerprint(config, place)


def _fingerprint(config: Config, place: Listen) -> Iterator[str]:
    if place.loopback:
        return
    from web import tls  # noqa: PLC0415 - only in the process that ends

    fingerprint = tls.fingerprint(config.state / CERTIFICATES)
    yield say(config.practice.language, "serve.fingerprint", fingerprint=fingerprint)
