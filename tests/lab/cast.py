"""Who is in the practice: names, hardware addresses, addresses, what each is for.

Hardware addresses begin with prefixes that their makers really have (IEEE registry, by way of
``appliance/data/vendors.csv`` and aiooui); the second half is made up. Outside addresses are those
kept for documents (RFC 5737), so nothing that is recorded here points at anybody.
"""

from dataclasses import dataclass

LAN = "192.168.50.0/24"
GATEWAY = "192.168.50.1"
BOX = "192.168.50.2"
WEB = "203.0.113.10"
"""Where all harmless outside names live."""
BAD = "203.0.113.66"
"""On the list of known bad addresses, and what `BAD_NAME` resolves to."""
BESIDE_BAD = "203.0.113.67"
"""The address beside it: on no list."""
BAD_NAME = "bad.vigie-test.example"
LOOKALIKE_NAMES = ("notbad.vigie-test.example", "bad.vigie-test.example.cabinet.example")
"""They contain the bad name and are none below it."""
MAKER = "198.51.100.77"
"""A server of the panoramic's maker: real, harmless, and none of the panoramic's business."""
MAKER_NAME = "service.panoramic-maker.example"
STRANGER = "203.0.113.80"
STRANGER_NAME = "relais.inconnu.example"
"""A host that nobody has heard of."""
SHARING_NAME = "transfer.sh"
"""One where anybody may leave files (``appliance/data/upload_hosts.csv``)."""
REMOTE_NAMES = ("anydesk.com", "teamviewer.com")
"""Makers of tools for remote control (``appliance/data/remote_tools.csv``)."""
UPDATES_NAME = "windowsupdate.com"
"""From where programs come in clear (``appliance/data/hygiene_hosts.csv``)."""
POOL_NAME = "pool.supportxmr.com"
"""Where work is given for crypto-money (``appliance/data/mining_pools.csv``)."""
NAMESERVER = "198.51.100.53"
TUNNEL = "t.vigie-test.example"
"""A domain whose names the attacker's own server answers for, …"""
TUNNEL_PORT = 5300
"""… at `BAD`, on this UDP port, so that it need not be the only one to listen there."""
OUTSIDE = {
    BAD_NAME: BAD,
    MAKER_NAME: MAKER,
    **dict.fromkeys(LOOKALIKE_NAMES, WEB),
    "autre-chose.example": WEB,
    "fournisseur.example": WEB,
    "journal.example": WEB,
    "logiciel.example": WEB,
    "mail.example": WEB,
    "meteo.example": WEB,
    "mutuelle.example": WEB,
    "reseau-social.example": WEB,
    "sesam-vitale.fr": WEB,
    SHARING_NAME: WEB,
    STRANGER_NAME: STRANGER,
    **dict.fromkeys(REMOTE_NAMES, WEB),
    UPDATES_NAME: WEB,
    POOL_NAME: STRANGER,
}
"""Every name of the internet, with all names below it, and where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One machine of the practice."""

    name: str
    """How the lab calls it."""
    mac: str
    ip: str
    """Its address; by DHCP a reserved one, so that recordings read alike."""
    hostname: str
    dhcp: bool = False
    vendor_class: str = ""
    """DHCP option 60."""
    client_id: str = "= hardware"
    """DHCP option 61, as dhclient's configuration spells it."""
    parameters: str = "subnet-mask, routers, domain-name-servers, domain-name"
    """What it asks of the DHCP server, in its own order (option 55), as dhclient spells it."""
    plugged: bool = True
    """Its cable is in when the practice opens."""
    ipv6: bool = False
    windows: bool = False
    """Its packets begin as those of Windows do: 128 hops to live, no TCP timestamps."""
    role: str = ""
    """A key of ``appliance/data/roles.toml``: what the technician said it is for."""
    given_name: str = ""


_WINDOWS = (
    "subnet-mask, routers, domain-name-servers, domain-name, router-discovery, static-routes, "
    "vendor-encapsulated-options, netbios-name-servers, netbios-node-type, netbios-scope"
)
_ANDROID = "subnet-mask, routers, domain-name-servers, domain-name, interface-mtu, dhcp-lease-time"

HOSTS = {
    host.name: host
    for host in (
        Host(
            name="router",
            mac="34:49:5b:10:00:01",
            ip=GATEWAY,
            hostname="box-internet",
            role="internet_box",
            given_name="Box Internet",
        ),
        Host(name="box", mac="dc:a6:32:10:00:02", ip=BOX, hostname="vigie"),
        Host(
            name="nas",
            mac="00:11:32:10:00:10",
            ip="192.168.50.10",
            hostname="nas",
            role="nas",
            given_name="Serveur de fichiers",
        ),
        Host(
            name="imaging",
            mac="b0:5a:da:10:00:20",
            ip="192.168.50.20",
            hostname="radio-pc",
            ipv6=True,
            role="acquisition_pc",
            given_name="Poste radio",
        ),
        Host(
            name="panoramic",
            mac="00:09:21:10:00:30",
            ip="192.168.50.30",
            hostname="promax",
            role="panoramic",
            given_name="Panoramique",
        ),
        Host(
            name="reception",
            mac="f8:bc:12:10:00:40",
            ip="192.168.50.40",
            hostname="ACCUEIL",
            dhcp=True,
            vendor_class="MSFT 5.0",
            parameters=_WINDOWS,
            ipv6=True,
            role="workstation",
            given_name="Accueil",
        ),
        Host(
            name="surgery",
            mac="b0:5a:da:10:00:41",
            ip="192.168.50.41",
            hostname="SALLE-1",
            dhcp=True,
            vendor_class="MSFT 5.0",
            parameters=_WINDOWS,
            ipv6=True,
            role="workstation",
            given_name="Salle 1",
        ),
        Host(
            name="printer",
            mac="00:80:77:10:00:50",
            ip="192.168.50.50",
            hostname="BRN008077100050",
            dhcp=True,
            role="printer",
            given_name="Imprimante",
        ),
        Host(
            name="reader",
            mac="3c:89:a6:10:00:51",
            ip="192.168.50.51",
            hostname="lecteur-vitale",
            dhcp=True,
            role="card_reader",
            given_name="Lecteur Vitale",
        ),
        Host(
            name="laptop",
            mac="f8:bc:12:10:00:42",
            ip="192.168.50.42",
            hostname="PORTABLE-DR",
            dhcp=True,
            vendor_class="MSFT 5.0",
            parameters=_WINDOWS,
            plugged=False,
            role="workstation",
            given_name="Portable du docteur",
        ),
        Host(
            name="visitor",
            mac="3e:5b:1c:10:00:60",
            ip="192.168.50.60",
            hostname="Galaxy-A12",
            dhcp=True,
            vendor_class="android-dhcp-14",
            parameters=_ANDROID,
            plugged=False,
        ),
        Host(
            name="attacker",
            mac="34:e6:ad:10:00:66",
            ip="192.168.50.66",
            hostname="kali",
            plugged=False,
        ),
    )
}

_WINDOWS_10 = (
    "subnet-mask, routers, domain-name-servers, domain-name, router-discovery, static-routes, "
    "vendor-encapsulated-options, netbios-name-servers, netbios-node-type, netbios-scope, "
    "domain-search, classless-routes, classless-routes-of-windows, proxy-discovery"
)
_ANDROID_13 = (
    "subnet-mask, routers, domain-name-servers, domain-name, interface-mtu, broadcast-address, "
    "dhcp-lease-time, dhcp-renewal-time, dhcp-rebinding-time, vendor-encapsulated-options, "
    "captive-portal, ipv6-only"
)

SPEAKERS = {
    "router": HOSTS["router"],
    "box": HOSTS["box"],
    **{
        host.name: host
        for host in (
            Host(name="nas", mac="00:11:32:10:00:70", ip="192.168.50.10", hostname="nas"),
            # An industrial computer inside: its address says nothing of what is around it.
            Host(name="panoramic", mac="00:d0:c9:10:00:71", ip="192.168.50.31", hostname="pano"),
            Host(name="archive", mac="f8:bc:12:10:00:72", ip="192.168.50.32", hostname="archive"),
            Host(name="imaging", mac="b0:5a:da:10:00:73", ip="192.168.50.33", hostname="pc-3"),
            Host(
                name="reception",
                mac="f8:bc:12:10:00:74",
                ip="192.168.50.34",
                hostname="ACCUEIL-2",
                dhcp=True,
                vendor_class="MSFT 5.0",
                parameters=_WINDOWS_10,
                windows=True,
            ),
            Host(name="printer", mac="00:80:77:10:00:75", ip="192.168.50.35", hostname="laser"),
            Host(
                name="telephone",
                mac="3e:5b:1c:10:00:76",
                ip="192.168.50.36",
                hostname="Galaxy-A34",
                dhcp=True,
                vendor_class="android-dhcp-13",
                parameters=_ANDROID_13,
            ),
        )
    },
}
"""Another practice: each machine says by its traffic what it is (`tests.lab.speaking`)."""
