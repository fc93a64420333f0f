"""The programs that practices run: router, internet, NAS, imaging, archive; and DHCP clients."""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.lab.awaiting import until
from tests.lab.cast import BAD, NAMESERVER, OUTSIDE, TUNNEL, TUNNEL_PORT, Host
from tests.lab.machines import Machines
from tests.lab.wiring import CARD

PROGRAMS = Path(__file__).parent / "programs"
DNSMASQ = (
    *("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root"),
    *("--no-hosts", "--no-resolv", "--log-facility=-"),
)

_SAMBA = """
[global]
netbios name = NAS
workgroup = CABINET
server role = standalone server
server min protocol = {oldest}
server max protocol = {newest}
map to guest = Bad User
guest account = root
interfaces = eth0
bind interfaces only = yes
smb ports = 445
disable netbios = yes
load printers = no
disable spoolss = yes
private dir = {folder}
lock directory = {folder}
state directory = {folder}
cache directory = {folder}
pid directory = {folder}
ncalrpc dir = {folder}/ncalrpc
log file = {folder}/log
[donnees]
path = {share}
guest ok = yes
read only = no
"""

_DHCLIENT = """
option classless-routes code 121 = array of unsigned integer 8;
option classless-routes-of-windows code 249 = array of unsigned integer 8;
option proxy-discovery code 252 = text;
option captive-portal code 114 = text;
option ipv6-only code 108 = unsigned integer 32;
initial-delay 0;
backoff-cutoff 2;
initial-interval 1;
send host-name "{host.hostname}";
send dhcp-client-identifier {host.client_id};
option classless-routes code 121 = array of unsigned integer 8;
option windows-routes code 249 = array of unsigned integer 8;
option proxy-script code 252 = text;
request {host.parameters};
"""


def start(practice: Machines) -> None:
    """Start the servers of internet, NAS and imaging station."""
    start_internet(practice)
    start_nas(practice)
    images = practice.folder / "images"
    images.mkdir()
    practice.start(
        "imaging", ["storescp", "--aetitle", "IMAGERIE", "--output-directory", str(images), "104"]
    )


def await_ready(practice: Machines) -> None:
    """Wait until all the servers listen."""
    await_network(practice)
    practice.await_ports("nas", 445)
    practice.await_ports("imaging", 104)


def await_network(practice: Machines) -> None:
    """Wait until router and internet answer."""
    practice.await_ports("router", 53)
    practice.await_ports("router", 67, kind="udp")
    practice.await_ports("internet", 53, 80, 443)


def start_internet(practice: Machines) -> None:
    """Start the name server and the web behind the router."""
    certificate, key = make_certificate(practice.folder)
    outside = [f"--address=/{name}/{ip}" for name, ip in OUTSIDE.items()]
    outside += [f"--server=/{TUNNEL}/{BAD}#{TUNNEL_PORT}", "--local=/#/"]
    practice.start("internet", [*DNSMASQ, f"--listen-address={NAMESERVER}", *outside])
    practice.start(
        "internet", [sys.executable, "-m", "tests.lab.programs.internet", certificate, key]
    )


def start_router(practice: Machines, hosts: Iterable[Host]) -> subprocess.Popen[bytes]:
    """Start the router's DHCP and DNS server."""
    return practice.start(
        "router",
        [
            *DNSMASQ,
            "--interface=eth0",
            "--domain=cabinet.lan",
            f"--server={NAMESERVER}",
            "--local=/cabinet.lan/",
            "--dhcp-authoritative",
            "--no-ping",
            "--dhcp-range=192.168.50.100,192.168.50.199,1h",
            f"--dhcp-leasefile={practice.folder / 'router.leases'}",
            *(f"--dhcp-host={host.mac},{host.ip}" for host in hosts if host.dhcp),
        ],
    )


def shared(practice: Machines, who: str = "nas") -> Path:
    """Give the folder that the file server shares."""
    return practice.folder / f"share-{who}"


def start_nas(practice: Machines) -> None:
    """Start the file server, with one share that everybody may write to; old machines, too."""
    _start_samba(practice, "nas", "NT1", "SMB3")


def start_old_share(practice: Machines, who: str) -> None:
    """Start a file server that knows only version 1 of SMB, and wait until it listens."""
    _start_samba(practice, who, "NT1", "NT1")
    practice.await_ports(who, 445)


def add_account(configuration: Path, password: str) -> None:
    """Give the file server with this *configuration* the account ``root``."""
    argv = ["smbpasswd", "-c", str(configuration), "-s", "-a", "root"]
    words = f"{password}\n{password}\n"
    subprocess.run(argv, input=words, text=True, check=True, capture_output=True, timeout=10)


def _start_samba(practice: Machines, who: str, oldest: str, newest: str) -> None:
    folder, share = practice.folder / f"samba-{who}", shared(practice, who)
    folder.mkdir()
    share.mkdir()
    configuration = folder / "smb.conf"
    configuration.write_text(
        _SAMBA.format(folder=folder, share=share, oldest=oldest, newest=newest)
    )
    practice.start(
        who,
        ["smbd", "--foreground", "--no-process-group", f"--configfile={configuration}"],
    )


def take_addresses(practice: Machines, clients: Sequence[Host]) -> list[subprocess.Popen[bytes]]:
    """Let *clients* ask for a lease, wait until all have their address; give what asks for them."""
    files = {host.name: practice.folder / f"{host.name}.leased" for host in clients}
    asking = []
    for host in clients:
        files[host.name].unlink(missing_ok=True)
        configuration = practice.folder / f"{host.name}.dhclient"
        text = _DHCLIENT.format(host=host)
        if host.vendor_class:
            text += f'send vendor-class-identifier "{host.vendor_class}";\n'
        configuration.write_text(text)
        command = [
            *("dhclient", "-4", "-d", "--no-pid", "-cf", str(configuration)),
            *("-lf", str(leases(practice.folder, host.name))),
            *("-sf", str(PROGRAMS / "lease.sh"), "-e", f"LEASED={files[host.name]}", CARD),
        ]
        asking.append(practice.start(host.name, command))
    for name, file in files.items():
        until(f"{name} has its address", 15, file.exists)
    return asking


def leases(folder: Path, name: str) -> Path:
    """Name the file in which a machine remembers its leases."""
    return folder / f"{name}.leases"


def make_certificate(folder: Path) -> tuple[str, str]:
    """Make a certificate authority for this lab alone and a certificate for all outside names.

    Gives the files of certificate and key; `folder` then also holds ``ca.pem`` for the clients.
    """
    ca, ca_key = folder / "ca.pem", folder / "ca.key"
    certificate, key = folder / "web.pem", folder / "web.key"
    names = ",".join(f"DNS:{name},DNS:*.{name}" for name in OUTSIDE)
    new = (
        *("openssl", "req", "-x509", "-nodes", "-days", "2"),
        *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
    )
    for command in (
        [*new, "-subj", "/CN=Lab CA", "-out", str(ca), "-keyout", str(ca_key)],
        [
            *new,
            *("-subj", "/CN=outside.example", "-addext", f"subjectAltName={names}"),
            *("-addext", "basicConstraints=critical,CA:FALSE"),
            *("-CA", str(ca), "-CAkey", str(ca_key)),
            *("-out", str(certificate), "-keyout", str(key)),
        ],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=10)
    return str(certificate), str(key)
