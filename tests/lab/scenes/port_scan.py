"""Somebody tries the doors of a machine; or talks to many of them, or to a few in vain."""

from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene


def nmap_half_open(practice: Practice) -> None:
    """nmap's quick scan of a hundred ports, never finishing a handshake."""
    _nmap(practice, "-sS", "-F")


def nmap_connecting(practice: Practice) -> None:
    """nmap as an ordinary user runs it."""
    _nmap(practice, "-sT", "--top-ports", "60")


def nmap_udp(practice: Practice) -> None:
    """nmap looks for UDP services."""
    _nmap(practice, "-sU", "--top-ports", "40", "--max-retries", "0", "--min-rate", "30")


def _nmap(practice: Practice, *how: str) -> None:
    practice.plug("attacker")
    target = practice.hosts["nas"].ip
    practice.run("attacker", ["nmap", "-n", *how, target], timeout=30, check=True)
    practice.unplug("attacker")


def ordinary_work(practice: Practice) -> None:
    """Web, file server, X-ray."""
    work.browse(practice, "reception", *work.SITES)
    work.use_share(practice, "reception")
    work.use_share(practice, "surgery")
    work.take_image(practice)


def busy_browser(practice: Practice) -> None:
    """A page of forty parts from twenty servers, fetched at once."""
    parts = [f"https://cdn{n % 20}.journal.example/{n}" for n in range(40)]
    outputs = [word for part in parts for word in ("-o", "/dev/null", part)]
    ca = f"{practice.folder}/ca.pem"
    argv = ["curl", "-sS", "--parallel", "--parallel-immediate", "--cacert", ca, *outputs]
    practice.run("reception", argv, timeout=20, check=True)


def file_server_is_looked_for(practice: Practice) -> None:
    """The NAS maker's assistant tries the six ports its products may listen on."""
    target = practice.hosts["nas"].ip
    ports = "80,443,5000,5001,8080,445"
    practice.run("surgery", ["nmap", "-n", "-sT", "-Pn", "-p", ports, target], check=True)
    work.use_share(practice, "surgery")


def printer_is_installed(practice: Practice) -> None:
    """A driver asks the printer on every protocol it knows; none is there today."""
    printer = practice.hosts["printer"].ip
    for port in (9100, 631, 515, 80, 443, 54921):
        work.call(practice, "reception", f"http://{printer}:{port}/")
    work.ask(practice, "reception", "services")


SCENES = {
    "nmap_half_open": Scene(play=nmap_half_open),
    "nmap_connecting": Scene(play=nmap_connecting),
    "nmap_udp": Scene(play=nmap_udp),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_busy_browser": Scene(play=busy_browser, snaplen=200),
    "lookalike_file_server_is_looked_for": Scene(play=file_server_is_looked_for),
    "lookalike_printer_is_installed": Scene(play=printer_is_installed),
}
