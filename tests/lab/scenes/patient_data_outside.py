"""Images and records go out in clear, or are asked for; or they stay inside, or are hidden."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab.cast import WEB
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_PORT = 11_112
_HL7 = 2575
_SITE = "10.20.0.5"
"""A server at a second site: a private address, and not of this practice."""


def images_go_out(practice: Practice) -> None:
    """The panoramic sends an image to a server of the internet."""
    with _archive(practice):
        work.send_image(practice, "panoramic", WEB, _PORT)


def connection_outside_is_tried(practice: Practice) -> None:
    """Somebody sets up sending to the internet, and looks whether the other side is there."""
    with _archive(practice):
        practice.run("imaging", ["echoscu", "-aec", "NUAGE", WEB, str(_PORT)], check=True)


def outside_asks_for_images(practice: Practice) -> None:
    """Somebody on the internet finds the imaging station, knocks, and asks for a patient."""
    target = practice.hosts["imaging"].ip
    practice.run("internet", ["echoscu", "-aec", "IMAGERIE", target, "104"], check=True)
    find = ["findscu", "-P", "-aec", "IMAGERIE", target, "104"]
    practice.run("internet", [*find, "-k", "0008,0052=PATIENT", "-k", "0010,0010=*"])


def records_go_out(practice: Practice) -> None:
    """The practice's software tells a laboratory on the internet of a patient."""
    hl7 = [sys.executable, "-m", "tests.lab.programs.hl7"]
    with practice.running("internet", [*hl7, "serve", str(_HL7)]):
        practice.await_ports("internet", _HL7)
        practice.run("reception", [*hl7, "send", WEB, str(_HL7)], check=True)


def ordinary_work(practice: Practice) -> None:
    """Images and records stay inside; the web does not."""
    hl7 = [sys.executable, "-m", "tests.lab.programs.hl7"]
    work.take_image(practice)
    with practice.running("nas", [*hl7, "serve", str(_HL7)]):
        practice.await_ports("nas", _HL7)
        nas = practice.hosts["nas"].ip
        practice.run("reception", [*hl7, "send", nas, str(_HL7)], check=True)
    work.browse(practice, "reception", *work.SITES)


def images_go_out_encrypted(practice: Practice) -> None:
    """The same image over TLS: how it should be."""
    key, certificate = (str(practice.folder / f"web.{kind}") for kind in ("key", "pem"))
    with _archive(practice, "+tls", key, certificate, "-ic"):
        work.send_image(practice, "panoramic", WEB, _PORT, "+tla", "-ic")


def second_site_behind_a_vpn(practice: Practice) -> None:
    """An address that is neither of the practice nor of the internet."""
    practice.run("internet", ["ip", "address", "add", f"{_SITE}/32", "dev", "lo"], check=True)
    with _archive(practice):
        work.send_image(practice, "panoramic", _SITE, _PORT)


@contextmanager
def _archive(practice: Practice, *how: str) -> Iterator[None]:
    """Have a server that takes images somewhere outside."""
    folder = practice.folder / "archive"
    folder.mkdir()
    server = ["storescp", "-dhl", *how, "--aetitle", "NUAGE", "--output-directory", str(folder)]
    with practice.running("internet", [*server, str(_PORT)]):
        practice.await_ports("internet", _PORT)
        yield


SCENES = {
    "images_go_out": Scene(play=images_go_out),
    "connection_outside_is_tried": Scene(play=connection_outside_is_tried),
    "outside_asks_for_images": Scene(play=outside_asks_for_images),
    "records_go_out": Scene(play=records_go_out),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_images_go_out_encrypted": Scene(play=images_go_out_encrypted),
    "lookalike_second_site_behind_a_vpn": Scene(play=second_site_behind_a_vpn, known=True),
}
