"""The kinds of device that the box tells apart: a closed vocabulary, and the only one."""

from enum import StrEnum


class Kind(StrEnum):
    """What a device is. The name of each is a key of the texts, and where it can be one, of a role.

    The maker of a part (a network module, an embedded computer, an industrial camera) says
    nothing of the device around it: such a device is `UNKNOWN` until something else speaks.
    """

    SENSOR = "sensor"
    """A digital sensor or plate scanner with a network card of its own."""
    PANORAMIC = "panoramic"
    """Panoramic, cephalometric or cone beam (CBCT) X-ray device."""
    INTRAORAL_SCANNER = "intraoral_scanner"
    UNIT = "unit"
    STERILISER = "steriliser"
    """Also washers and other equipment of the sterilisation room."""
    PRINTER_3D = "printer_3d"
    """A 3D printer or a mill."""
    ACQUISITION_PC = "acquisition_pc"
    """A computer that takes images from sensors or X-ray devices."""
    WORKSTATION = "workstation"
    SERVER = "server"
    NAS = "nas"
    CARD_READER = "card_reader"
    PAYMENT_TERMINAL = "payment_terminal"
    PRINTER = "printer"
    INTERNET_BOX = "internet_box"
    """The router to the internet, also a firewall in its place."""
    ACCESS_POINT = "access_point"
    SWITCH = "switch"
    CAMERA = "camera"
    PHONE = "phone"
    """Mobile or on the desk."""
    TABLET = "tablet"
    TELEVISION = "television"
    """Also what is plugged into one."""
    IOT = "iot"
    """Small things that are none of the above: plugs, intercoms, alarms, power supplies."""
    UNKNOWN = "unknown"
    """Nothing is said of the kind."""
