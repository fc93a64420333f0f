"""All detectors, in the order of the documentation."""

from appliance.detectors.arp_spoof import ArpSpoof
from appliance.detectors.base import Detector
from appliance.detectors.device_changed import DeviceChanged
from appliance.detectors.host_sweep import HostSweep
from appliance.detectors.known_bad import KnownBad
from appliance.detectors.new_device import NewDevice
from appliance.detectors.off_limits import OffLimits
from appliance.detectors.old_system import OldSystem
from appliance.detectors.port_scan import PortScan
from appliance.detectors.rogue_dhcp import RogueDhcp
from appliance.detectors.stale_updates import StaleUpdates

ALL: tuple[type[Detector], ...] = (
    NewDevice,
    DeviceChanged,
    ArpSpoof,
    RogueDhcp,
    HostSweep,
    PortScan,
    OffLimits,
    KnownBad,
    OldSystem,
    StaleUpdates,
)
