"""A server outside shows a certificate that proves nothing; or one that does, or is inside."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab.cast import STRANGER, STRANGER_NAME
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_PORT = 8443
_NEW = (
    *("openssl", "req", "-x509", "-nodes", "-days", "2"),
    *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
)


def made_by_itself(practice: Practice) -> None:
    """A server that calls itself localhost, and signed that."""
    with _server(practice, "internet", "localhost", signed=False):
        _fetch(practice, f"https://{STRANGER}:{_PORT}/")


def for_another_name(practice: Practice) -> None:
    """The certificate is well signed, for somebody else."""
    with _server(practice, "internet", "tout-autre.example", signed=True):
        _fetch(practice, f"https://{STRANGER_NAME}:{_PORT}/")


def ordinary_work(practice: Practice) -> None:
    """Today's TLS, which hides certificates, and that of a few years ago."""
    work.browse(practice, "reception", *work.SITES)
    with _server(practice, "internet", STRANGER_NAME, signed=True):
        _fetch(practice, f"https://{STRANGER_NAME}:{_PORT}/")


def printer_inside(practice: Practice) -> None:
    """A printer's page; all of them make their own."""
    with _server(practice, "printer", "BRN008077100050", signed=False):
        _fetch(practice, f"https://{practice.hosts['printer'].ip}:{_PORT}/")


def star_for_a_label(practice: Practice) -> None:
    """A certificate for all names of a domain."""
    with _server(practice, "internet", f"*.{STRANGER_NAME}", signed=True):
        _fetch(practice, f"https://cabinet.{STRANGER_NAME}:{_PORT}/")


@contextmanager
def _server(practice: Practice, who: str, name: str, *, signed: bool) -> Iterator[None]:
    certificate, key = (str(practice.folder / f"own.{kind}") for kind in ("pem", "key"))
    by = practice.folder / "ca.pem", practice.folder / "ca.key"
    how = ["-CA", str(by[0]), "-CAkey", str(by[1])] if signed else []
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    making = [*_NEW, *how, *names, "-out", certificate, "-keyout", key]
    subprocess.run(making, check=True, capture_output=True, timeout=10)
    argv = ("openssl", "s_server", "-tls1_2", "-www", "-accept", str(_PORT), "-quiet")
    with practice.running(who, [*argv, "-cert", certificate, "-key", key]):
        practice.await_ports(who, _PORT)
        yield


def _fetch(practice: Practice, url: str) -> None:
    argv = ["curl", "-sSk", "-m", "5", "--tls-max", "1.2", "-o", "/dev/null", url]
    practice.run("reception", argv, check=True)


SCENES = {
    "made_by_itself": Scene(play=made_by_itself),
    "for_another_name": Scene(play=for_another_name),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_printer_inside": Scene(play=printer_inside),
    "lookalike_star_for_a_label": Scene(play=star_for_a_label),
}
