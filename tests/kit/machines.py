"""The machines of the practice that tests look after, as the sensor knows them after a month."""

from appliance.model import Contact, Device, Evidence, Ip, Mac, Table, Trust

NOW = 1_790_000_000.0
"""A Monday morning in September 2026."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

BOX = Mac("02:00:00:00:00:01")
RECEPTION = Mac("02:00:00:00:00:0a")
IMAGING = Mac("02:00:00:00:00:0b")
SENSOR = Mac("02:00:00:00:00:0c")
NAS = Mac("02:00:00:00:00:0d")
PRINTER = Mac("02:00:00:00:00:0e")
SERVER = Mac("02:00:00:00:00:0f")
PANORAMIC = Mac("02:00:00:00:00:10")
READER = Mac("02:00:00:00:00:11")
IMAGING_WIRELESS = Mac("02:00:00:00:01:0b")
PHONE = Mac("3e:aa:bb:cc:dd:01")
ATTACKER = Mac("02:00:00:00:00:66")


def evidence(source: str, says: str, weight: int, *, days: float = 30, **votes: str) -> Evidence:
    """Give a sign first seen *days* ago and last just now; *votes* is what it speaks for."""
    return Evidence(
        source=source,
        says=says,
        weight=weight,
        first_at=NOW - days * DAY,
        last_at=NOW - 5,
        **votes,
    )


def contact(
    table: Table, host: str, *, days: float = 1, loaded: float | None = None, octets: int = 0
) -> Contact:
    """Give a contact last made *days* ago, with a download *loaded* days ago, if any."""
    return Contact(
        table=table,
        host=host,
        first_at=NOW - 30 * DAY,
        last_at=NOW - days * DAY,
        octets_in=octets,
        loaded_at=0.0 if loaded is None else NOW - loaded * DAY,
    )


def devices() -> tuple[Device, ...]:
    """Give the machines of the practice, and one that is not."""
    seen = {"first_at": NOW - 30 * DAY, "last_at": NOW - 5, "trust": Trust.LEARNT}
    return (
        Device(
            mac=BOX,
            addresses=(Ip("192.168.1.1"), Ip("fe80::1")),
            names=("livebox",),
            maker="Sagemcom",
            kind="internet_box",
            gateway=True,
            evidence=(
                evidence("dhcp_server", "192.168.1.1", 60, kind="internet_box"),
                evidence("hardware_address", "Sagemcom", 35, kind="internet_box", maker="Sagemcom"),
            ),
            **seen,
        ),
        Device(
            mac=RECEPTION,
            addresses=(Ip("192.168.1.20"),),
            names=("PC-ACCUEIL",),
            maker="Dell",
            kind="workstation",
            os="Windows 10 2004-22H2",
            evidence=(
                evidence("ntlm", "10.0.19041", 60, kind="workstation", os="Windows 10 2004-22H2"),
                evidence("dhcp", "MSFT 5.0", 35, os="Windows"),
                evidence("name", "PC-ACCUEIL", 35, kind="workstation"),
                evidence("hardware_address", "Dell", 60, maker="Dell"),
            ),
            contacts=(
                contact(Table.HYGIENE, "windowsupdate.com", days=0.2, loaded=9, octets=410_000_000),
                contact(Table.HYGIENE, "update.eset.com", days=0.05),
                contact(Table.HYGIENE, "update.googleapis.com", days=0.5),
                contact(Table.PRACTICE, "services-ps.ameli.fr", days=0.02),
                contact(Table.PRACTICE, "doctolib.fr", days=0.01),
                contact(Table.PRACTICE, "rss.fr", days=0.5),
            ),
            **seen,
        ),
        Device(
            mac=IMAGING,
            addresses=(Ip("192.168.1.21"),),
            names=("IMAGERIE",),
            maker="HP",
            kind="acquisition_pc",
            os="Windows 11 22H2-23H2",
            also=(IMAGING_WIRELESS,),
            evidence=(
                evidence("name", "IMAGERIE", 35, kind="acquisition_pc"),
                evidence("dicom_implementation", "VISTASOFT_3", 60, kind="acquisition_pc"),
                evidence("ntlm", "10.0.22621", 60, kind="workstation", os="Windows 11 22H2-23H2"),
                evidence("hardware_address", "HP", 60, maker="HP"),
            ),
            contacts=(
                contact(Table.HYGIENE, "update.microsoft.com", days=70),
                contact(Table.PRACTICE, "dtxstudio.com", days=2),
            ),
            **seen,
        ),
        Device(
            mac=SENSOR,
            addresses=(Ip("192.168.1.30"),),
            maker="Dürr Dental",
            kind="sensor",
            evidence=(
                evidence("hardware_address", "Dürr Dental", 60, maker="Dürr Dental"),
                evidence("mdns", "VistaScan Mini View", 35, kind="sensor", model="VistaScan"),
            ),
            **seen,
        ),
        Device(
            mac=NAS,
            addresses=(Ip("192.168.1.40"),),
            names=("nas",),
            maker="Synology",
            kind="nas",
            model="DS220+",
            os="DSM",
            evidence=(
                evidence("hardware_address", "Synology", 35, kind="nas", maker="Synology"),
                evidence(
                    "mdns", "DS220+", 60, kind="nas", maker="Synology", model="DS220+", os="DSM"
                ),
                evidence("port", "TCP 445", 15, kind="server"),
                evidence("smb_encrypted", "SMB 3", 15),
            ),
            contacts=(contact(Table.HYGIENE, "update.synology.com", days=3),),
            **seen,
        ),
        Device(
            mac=PRINTER,
            addresses=(Ip("192.168.1.50"),),
            names=("BRN30055C",),
            maker="Brother",
            kind="printer",
            evidence=(
                evidence("name", "BRN30055C", 60, kind="printer", maker="Brother"),
                evidence("port", "TCP 554", 35, kind="camera", days=2),
                evidence("hardware_address", "Brother", 35, kind="printer", maker="Brother"),
            ),
            **seen,
        ),
        Device(
            mac=PHONE,
            addresses=(Ip("192.168.1.61"),),
            names=("Samsung-Galaxy-A12",),
            randomised=True,
            kind="phone",
            evidence=(
                evidence("name", "Samsung-Galaxy-A12", 35, days=0, kind="phone", maker="Samsung"),
                evidence("dhcp", "android-dhcp-12", 60, days=0, os="Android 12"),
            ),
            first_at=NOW - 20 * MINUTE,
            last_at=NOW - 12,
        ),
        Device(
            mac=ATTACKER,
            addresses=(Ip("192.168.1.66"),),
            first_at=NOW - 10 * MINUTE,
            last_at=NOW - 1,
        ),
        Device(
            mac=SERVER,
            addresses=(Ip("192.168.1.10"),),
            names=("SRV-DENTAL",),
            maker="HP",
            kind="server",
            evidence=(
                evidence("ntlm", "6.1.7601", 60, os="Windows 7 / Server 2008 R2"),
                evidence("share", "PDATA", 60, kind="server"),
                evidence("smb_dialect", "2.1", 35, os="Windows 7 / Server 2008 R2"),
            ),
            **seen,
        ),
        Device(
            mac=PANORAMIC,
            addresses=(Ip("192.168.1.31"),),
            maker="Vatech",
            kind="panoramic",
            evidence=(
                evidence("hardware_address", "Vatech", 60, kind="panoramic", maker="Vatech"),
                evidence("dicom_implementation", "PAX-I3D", 60, kind="panoramic", model="PaX-i3D"),
            ),
            **seen,
        ),
        Device(
            mac=READER,
            addresses=(Ip("192.168.1.70"),),
            kind="card_reader",
            evidence=(evidence("outside_host", "sesam-vitale.fr", 15, kind="card_reader"),),
            contacts=(contact(Table.PRACTICE, "ias.apcv.sesam-vitale.fr", days=0.1),),
            **seen,
        ),
    )
