"""A practice of which each machine says, by its own traffic alone, what it is.

Real programs wherever there are some: dcmtk's archive, worklist and senders, Samba, avahi-daemon,
dhclient. Windows is played by what can be said in its place without deceit about the rest: a DHCP
client with its list of wishes, and a small program that logs on with its version.
"""

import sys
from pathlib import Path

from tests.lab import services
from tests.lab.awaiting import until
from tests.lab.cast import SPEAKERS
from tests.lab.practice import Practice
from tests.lab.scenes import work

MODEL = "Brother HL-L2350DW series"
CONE_BEAM = "1.2.840.10008.5.1.4.1.1.13.1.2"
"""SOP class of images that only a cone beam X-ray device takes (X-Ray 3D Craniofacial)."""
INTRAORAL = "1.2.840.10008.5.1.4.1.1.1.3"
"""SOP class of images that a program takes from a sensor in the mouth (Digital Intra-Oral)."""
ARCHIVE, WORKLIST = ("ARCHIVE", 104), ("WORKLIST", 1070)

_AVAHI = """
[server]
host-name={name}
allow-interfaces=eth0
use-ipv6=no
enable-dbus=no
[wide-area]
enable-wide-area=no
"""
_GROUP = """<service-group>
<name>{name}</name>
{services}
</service-group>
"""
_SERVICE = "<service><type>{kind}</type><port>{port}</port>{texts}</service>"
_TEXT = "<txt-record>{text}</txt-record>"

_NAS = {
    ("_smb._tcp", 445): (),
    ("_adisk._tcp", 9): ("sys=waMa=0,adVF=0x100", "dk0=adVN=donnees,adVF=0x82"),
    ("_http._tcp", 5000): ("vendor=Synology", "model=DS220+", "version_major=7"),
    ("_device-info._tcp", 0): ("model=Xserve",),
}
_PRINTER = {
    ("_ipp._tcp", 631): (
        *("txtvers=1", "qtotal=1", "rp=ipp/print", f"ty={MODEL}", f"product=({MODEL})"),
        *("usb_MFG=Brother", "usb_MDL=HL-L2350DW series", "pdl=image/urf,image/pwg-raster"),
        *("Color=F", "Duplex=T", "priority=25"),
    ),
    ("_pdl-datastream._tcp", 9100): ("txtvers=1", f"ty={MODEL}", f"product=({MODEL})"),
}
"""What each announces: Synology's system, and a printer with AirPrint (Bonjour Printing 1.2)."""

_DCMQRSCP = """
NetworkTCPPort = {port}
MaxPDUSize = 16384
MaxAssociations = 16
HostTable BEGIN
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
{title} {folder} RW (200, 64mb) ANY
AETable END
"""


class SpeakingPractice(Practice):
    """See the module's text."""

    def __init__(self) -> None:
        super().__init__(SPEAKERS)

    def start_servers(self) -> None:
        """Start the servers, and wait until they listen and have announced themselves."""
        services.start_internet(self)
        services.start_nas(self)
        self._start_archive()
        self.start("printer", [sys.executable, "-m", "tests.lab.programs.printer", MODEL])
        services.await_network(self)
        self.await_ports("nas", 445)
        self.await_ports("archive", ARCHIVE[1], WORKLIST[1])
        self.await_ports("printer", 631, 9100)

    def announce(self) -> None:
        """Let NAS and printer tell everybody what they are, as when they are switched on."""
        said = [
            self._announce("nas", "nas", _NAS),
            self._announce("printer", MODEL, _PRINTER),
        ]
        until("all is announced", 10, lambda: all("successfully" in it.read_text() for it in said))

    def work(self) -> None:
        """Do a bit of everything once: images, letters, files, the web."""
        self._dicom("panoramic", "PANO", CONE_BEAM)
        self._dicom("imaging", "IMAGERIE", INTRAORAL)
        nas, printer = self.hosts["nas"].ip, self.hosts["printer"].ip
        self._program("reception", "log_on", nas, self.hosts["reception"].hostname)
        work.use_share(self, "imaging")
        work.ask(self, "reception", "services")
        self._program("reception", "print_letter", printer)
        work.browse(self, "reception", *work.SITES[:2])
        work.browse(self, "telephone", "www.reseau-social.example")

    def _dicom(self, who: str, title: str, kind: str) -> None:
        """Ask for today's patients, see whether the archive is there, and send it an image."""
        archive = self.hosts["archive"].ip
        image = str(work.make_image(self.folder, kind))
        for program, (called, port), more in (
            ("findscu", WORKLIST, ("-W", "-k", "0010,0010", "-k", "0040,0100[0].0008,0060")),
            ("echoscu", ARCHIVE, ()),
            ("storescu", ARCHIVE, ("--required",)),
        ):
            whom = (archive, str(port), *((image,) if program == "storescu" else ()))
            argv = [program, "--aetitle", title, "--call", called, *more, *whom]
            self.run(who, argv, check=True)

    def _start_archive(self) -> None:
        title, port = ARCHIVE
        images, patients = self.folder / "archive", self.folder / "worklist"
        images.mkdir()
        (patients / WORKLIST[0]).mkdir(parents=True)
        (patients / WORKLIST[0] / "lockfile").touch()
        configuration = self.folder / "dcmqrscp.cfg"
        configuration.write_text(_DCMQRSCP.format(title=title, port=port, folder=images))
        self.start("archive", ["dcmqrscp", "--config", str(configuration)])
        self.start("archive", ["wlmscpfs", "--data-files-path", str(patients), str(WORKLIST[1])])

    def _announce(
        self, who: str, name: str, offered: dict[tuple[str, int], tuple[str, ...]]
    ) -> Path:
        """Start the avahi-daemon of a machine; give the file in which it tells how it goes."""
        folder = self.folder / f"{who}-avahi"
        folder.mkdir()
        listed = "\n".join(
            _SERVICE.format(
                kind=kind, port=port, texts="".join(_TEXT.format(text=text) for text in texts)
            )
            for (kind, port), texts in offered.items()
        )
        (folder / "vigie.service").write_text(_GROUP.format(name=name, services=listed))
        configuration = self.folder / f"{who}-avahi.conf"
        configuration.write_text(_AVAHI.format(name=self.hosts[who].hostname))
        log = f"{who}-avahi.log"
        script = services.PROGRAMS / "avahi.sh"
        self.start(who, ["sh", str(script), str(configuration), str(folder)], log=log)
        return self.folder / log

    def _program(self, who: str, name: str, *about: str) -> None:
        self.run(who, [sys.executable, "-m", f"tests.lab.programs.{name}", *about], check=True)
