"""Somebody looks for machines; or calls the many that he knows."""

from tests.lab.cast import LAN
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene


def nmap_ping_scan(practice: Practice) -> None:
    """nmap asks for all 256 addresses."""
    practice.plug("attacker")
    practice.run("attacker", ["nmap", "-n", "-sn", LAN], timeout=30, check=True)
    practice.unplug("attacker")


def worm_looks_for_file_sharing(practice: Practice) -> None:
    """A workstation tries one port of every neighbour, as worms do; most do not exist."""
    argv = ["nmap", "-n", "-sT", "-Pn", "--disable-arp-ping", "--max-retries", "0", "-p", "445"]
    practice.run("surgery", [*argv, "192.168.50.1-60"], timeout=30, check=True)


def ordinary_work(practice: Practice) -> None:
    """Everybody talks to the few machines there are."""
    work.morning(practice)


def network_is_opened(practice: Practice) -> None:
    """Somebody clicks on "Network": Windows asks all around, and calls who answers."""
    work.ask(practice, "reception", "services")
    for name in ("nas", "radio-pc", "salle-1", "wpad"):
        work.ask(practice, "reception", "name", name)
    work.greet(practice, "reception", "nas", "imaging", "surgery", "printer")
    work.use_share(practice, "reception")


def backup_calls_its_clients(practice: Practice) -> None:
    """A backup server tries its ten clients, of which five are switched off."""
    clients = [practice.hosts[name].ip for name in ("reception", "surgery", "imaging", "printer")]
    away = [f"192.168.50.{number}" for number in (42, 43, 44, 45, 46, 47)]
    argv = ["nmap", "-n", "-sT", "-Pn", "--disable-arp-ping", "--max-retries", "1", "-p", "445"]
    for _ in range(3):
        practice.run("nas", [*argv, *clients, *away], timeout=20, check=True)
        practice.later(30)


def monitoring_pings_everybody(practice: Practice) -> None:
    """A supervision tool pings the eight devices that it was told of, every ten seconds."""
    for _ in range(5):
        for name in ("router", "box", "nas", "panoramic", "reception", "surgery", "printer"):
            ip = practice.hosts[name].ip
            practice.run("imaging", ["ping", "-c", "3", "-i", "0.05", ip], check=True)
        practice.run("imaging", ["ping", "-c", "1", "-W", "1", practice.hosts["laptop"].ip])
        practice.later(10)


SCENES = {
    "nmap_ping_scan": Scene(play=nmap_ping_scan),
    "worm_looks_for_file_sharing": Scene(play=worm_looks_for_file_sharing),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_network_is_opened": Scene(play=network_is_opened),
    "lookalike_backup_calls_its_clients": Scene(play=backup_calls_its_clients),
    "lookalike_monitoring_pings_everybody": Scene(play=monitoring_pings_everybody),
}
