"""Somebody goes from one machine to the next, by impacket; or a technician, a backup, a server.

Samba is no Windows: it refuses to create services, has neither tasks nor WMI, and lets nobody in
without a proof. What is asked of it is what counts here.
"""

from functools import partial

from tests.lab import services
from tests.lab.domain import DOMAIN, PASSWORD, REALM, Domain
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_CONTROLLER = "imaging"
"""The machine that keeps the domain: in small practices, some workstation."""
_SHARING = ("imaging", "surgery", "panoramic", "printer")
_HEADS = 700
"""Octets recorded of each packet where programs are copied: the heads."""


def psexec(practice: Practice) -> None:
    """A program is written to the disk of the other machine, and is to run as a service."""
    domain = Domain(practice, _CONTROLLER)
    domain.attack("surgery", "psexec", domain.administrator(), "cmd")


def manage(practice: Practice) -> None:
    """The practice's declared server creates a service."""
    domain = Domain(practice, _CONTROLLER)
    about = ("-name", "maj", "-display", "maj", "-path", r"C:\Windows\maj.exe")
    domain.attack("nas", "services", domain.administrator(), "create", *about)


def save_registry(practice: Practice) -> None:
    """A part of the registry is saved to a file, to be fetched."""
    domain = Domain(practice, _CONTROLLER)
    about = ("save", "-keyName", r"HKLM\SOFTWARE", "-o", r"C:\Windows")
    domain.attack("reception", "reg", domain.administrator(), *about)


def replicate(practice: Practice) -> None:
    """A workstation has the controller hand over all accounts."""
    domain = Domain(practice, _CONTROLLER)
    domain.attack("surgery", "secretsdump", "-just-dc", domain.administrator())


def collect_tickets(practice: Practice) -> None:
    """Anybody's password is enough to ask for tickets to every service."""
    domain = Domain(practice, _CONTROLLER)
    names = practice.folder / "names"
    names.write_text("svc-sql\nsvc-agenda\nsvc-sauve\n")
    how = ("-usersfile", str(names), "-dc-ip", domain.ip)
    domain.attack("reception", "GetUserSPNs", *how, f"{REALM}/sophie:{PASSWORD}")


def list_shares(practice: Practice, whose: tuple[str, ...]) -> None:
    """Machines are asked one after another what they share."""
    for who in whose:
        services.start_old_share(practice, who)
    practice.plug("attacker")
    for who in ("nas", *whose):
        argv = ["smbclient", "-N", "--option=client min protocol=NT1", "-L"]
        practice.run("attacker", [*argv, practice.hosts[who].ip])
    practice.unplug("attacker")


def ordinary_work(practice: Practice) -> None:
    """People log on to the domain and use what it offers; a letter goes to the file server."""
    domain = Domain(practice, _CONTROLLER)
    offers = (f"cifs/{domain.name}", f"host/{domain.name}", "MSSQLSvc/sql", "HTTP/agenda")
    domain.log_on("reception", "sophie", *offers)
    domain.log_on("surgery", "paul", *offers)
    share = f"//{domain.ip}/sysvol"
    for who, account in (("reception", "sophie"), ("surgery", "paul")):
        user = f"{DOMAIN}\\{account}%{PASSWORD}"
        practice.run(who, ["smbclient", "-U", user, share, "-c", "ls"], check=True)
        orders = "lookupnames sophie; enumdomusers; srvinfo"
        practice.run(who, ["rpcclient", "-U", user, domain.ip, "-c", orders], check=True)
    work.use_share(practice, "reception")


def look_at_services(practice: Practice) -> None:
    """A technician looks which services run and what is shared, and changes nothing."""
    domain = Domain(practice, _CONTROLLER)
    domain.attack("reception", "services", domain.administrator(), "list")
    user = f"{DOMAIN}\\Administrator%{PASSWORD}"
    for what in (("service", "list"), ("share", "list"), ("registry", "enumerate", "HKLM")):
        practice.run("reception", ["net", "rpc", *what, "-U", user, "-S", domain.ip])


def back_up(practice: Practice) -> None:
    """A backup goes over the share that only administrators open."""
    domain = Domain(practice, _CONTROLLER)
    archive = practice.folder / "sauvegarde.zip"
    archive.write_bytes(b"PK\3\4" + bytes(range(256)) * 200)
    user = f"{DOMAIN}\\Administrator%{PASSWORD}"
    order = f"put {archive} sauvegarde.zip; get sauvegarde.zip /dev/null; ls"
    argv = ["smbclient", "-U", user, f"//{domain.ip}/C$", "-c", order]
    practice.run("reception", argv, check=True)


SCENES = {
    "program_and_service": Scene(play=psexec, snaplen=_HEADS),
    "registry_saved": Scene(play=save_registry),
    "accounts_replicated": Scene(play=replicate),
    "tickets_collected": Scene(play=collect_tickets),
    "shares_listed": Scene(play=partial(list_shares, whose=_SHARING)),
    "server_manages": Scene(play=manage, known=True),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_services_looked_at": Scene(play=look_at_services, snaplen=_HEADS),
    "lookalike_backup": Scene(play=back_up, snaplen=_HEADS),
    "lookalike_few_shares_listed": Scene(play=partial(list_shares, whose=("surgery",))),
}
