"""An ordinary day's work: web, files, images, printing, the time."""

import subprocess
import sys
from pathlib import Path

from tests.lab.practice import Practice

SITES = ("www.mutuelle.example", "agenda.logiciel.example", "fournisseur.example", "mail.example")
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
"""SOP class of images that were taken from somewhere else (DICOM PS3.4 B.5)."""
IMAGING = ("-aec", "IMAGERIE", "192.168.50.20", "104")

_IMAGE = """
(0008,0016) UI [{kind}]
(0008,0018) UI [2.25.101]
(0008,0060) CS [PX]
(0010,0010) PN [ESSAI]
(0010,0020) LO [0]
(0020,000d) UI [2.25.102]
(0020,000e) UI [2.25.103]
(0028,0002) US 1
(0028,0004) CS [MONOCHROME2]
(0028,0010) US 64
(0028,0011) US 64
(0028,0100) US 8
(0028,0101) US 8
(0028,0102) US 7
(0028,0103) US 0
(7fe0,0010) OB ={pixels}
"""


def browse(practice: Practice, who: str, *sites: str) -> None:
    """Open pages over TLS, and one in clear."""
    for site in sites:
        _curl(practice, who, f"https://{site}/")
    _curl(practice, who, "http://www.meteo.example/")


def use_share(practice: Practice, who: str) -> None:
    """Put a letter on the file server, look at the folder, fetch the letter again."""
    letter = practice.folder / f"{who}.txt"
    letter.write_text("Une lettre sans importance.\n" * 200)
    share = f"//{practice.hosts['nas'].ip}/donnees"
    name = f"lettre-{who}.txt"
    for order in (f"put {letter} {name}", "ls", f"get {name} /dev/null"):
        named = ["smbclient", "-N", "--netbiosname", practice.hosts[who].hostname]
        practice.run(who, [*named, share, "-c", order], check=True)


def take_image(practice: Practice) -> None:
    """Send an X-ray (of nobody: 64 by 64 grey dots) from the panoramic to the imaging station."""
    image = make_image(practice.folder, SECONDARY_CAPTURE)
    practice.run("panoramic", ["storescu", *IMAGING, str(image)], check=True)


def send_image(practice: Practice, who: str, to: str, port: int, *how: str) -> None:
    """Send the same X-ray to a server called NUAGE, which somebody keeps elsewhere."""
    image = str(make_image(practice.folder, SECONDARY_CAPTURE))
    argv = ["storescu", *how, "-aec", "NUAGE", to, str(port), image]
    practice.run(who, argv, check=True)


def announce(practice: Practice) -> None:
    """Let the printer say that it is there."""
    printer = practice.hosts["printer"]
    _program(practice, "printer", "announce", printer.ip, printer.hostname, "Brother HL-L2350DW")


def ask(practice: Practice, who: str, what: str, *about: str) -> None:
    """Ask a small question by UDP (``tests.lab.programs.ask``)."""
    _program(practice, who, "ask", what, *about)


def greet(practice: Practice, who: str, *whom: str) -> None:
    """Ping machines, so that everybody knows everybody's hardware address."""
    for name in whom:
        ip = practice.hosts[name].ip
        practice.run(who, ["ping", "-c", "1", "-W", "1", ip], check=True)


def morning(practice: Practice) -> None:
    """A bit of everything, as the practice opens."""
    practice.lease("reception", "surgery", "printer", "reader", anew=True)
    announce(practice)
    browse(practice, "reception", *SITES)
    browse(practice, "surgery", SITES[1])
    call(practice, "reader", "https://services.sesam-vitale.fr/")
    use_share(practice, "reception")
    take_image(practice)
    ask(practice, "reception", "time", "203.0.113.10")
    ask(practice, "surgery", "name", "nas")
    greet(practice, "surgery", "nas", "imaging", "printer")


def call(practice: Practice, who: str, url: str) -> None:
    """Let a machine fetch *url*; that nobody answers is fine."""
    _curl(practice, who, url, check=False)


def _curl(practice: Practice, who: str, url: str, *, check: bool = True) -> None:
    ca = f"{practice.folder}/ca.pem"
    practice.run(
        who, ["curl", "-sS", "-m", "5", "--cacert", ca, "-o", "/dev/null", url], check=check
    )


def _program(practice: Practice, who: str, name: str, *about: str) -> None:
    practice.run(who, [sys.executable, "-m", f"tests.lab.programs.{name}", *about], check=True)


def make_image(folder: Path, kind: str) -> Path:
    """Make an image of nobody whose SOP class is *kind*; give its file."""
    image, pixels, dump = (folder / f"{kind}.{ending}" for ending in ("dcm", "raw", "dump"))
    if not image.exists():
        pixels.write_bytes(bytes(range(64)) * 64)
        dump.write_text(_IMAGE.format(kind=kind, pixels=pixels))
        subprocess.run(["dump2dcm", str(dump), str(image)], check=True, capture_output=True)
    return image
