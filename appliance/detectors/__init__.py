"""All detectors, in the order of the documentation."""

from appliance.detectors.arp_spoof import ArpSpoof
from appliance.detectors.bad_certificate import BadCertificate
from appliance.detectors.base import Detector
from appliance.detectors.beacon import Beacon
from appliance.detectors.brute_force import BruteForce
from appliance.detectors.clear_password import ClearPassword
from appliance.detectors.device_changed import DeviceChanged
from appliance.detectors.direct_outside import DirectOutside
from appliance.detectors.dns_tunnel import DnsTunnel
from appliance.detectors.download import Download
from appliance.detectors.exfiltration import Exfiltration
from appliance.detectors.exploit import Exploit
from appliance.detectors.flood import Flood
from appliance.detectors.generated_names import GeneratedNames
from appliance.detectors.host_sweep import HostSweep
from appliance.detectors.icmp_tunnel import IcmpTunnel
from appliance.detectors.known_bad import KnownBad
from appliance.detectors.lateral_movement import LateralMovement
from appliance.detectors.mining import Mining
from appliance.detectors.name_poisoning import NamePoisoning
from appliance.detectors.new_device import NewDevice
from appliance.detectors.off_limits import OffLimits
from appliance.detectors.old_protocol import OldProtocol
from appliance.detectors.old_system import OldSystem
from appliance.detectors.patient_data_outside import PatientDataOutside
from appliance.detectors.port_scan import PortScan
from appliance.detectors.ransomware import Ransomware
from appliance.detectors.remote_access import RemoteAccess
from appliance.detectors.reverse_shell import ReverseShell
from appliance.detectors.rogue_dhcp import RogueDhcp
from appliance.detectors.stale_updates import StaleUpdates

ALL: tuple[type[Detector], ...] = (
    NewDevice,
    DeviceChanged,
    ArpSpoof,
    RogueDhcp,
    NamePoisoning,
    HostSweep,
    PortScan,
    BruteForce,
    Exploit,
    ReverseShell,
    OldProtocol,
    LateralMovement,
    Ransomware,
    KnownBad,
    Beacon,
    DnsTunnel,
    IcmpTunnel,
    GeneratedNames,
    Exfiltration,
    OffLimits,
    PatientDataOutside,
    ClearPassword,
    RemoteAccess,
    DirectOutside,
    Mining,
    Download,
    BadCertificate,
    OldSystem,
    StaleUpdates,
    Flood,
)
