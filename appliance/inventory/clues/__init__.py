"""What facts say of devices: one file for each family of facts, all registered here.

A reader takes a fact and gives clues; a subject says which device they are about. Readers know no
device: the same fact, the same clues, but for those who must join a request and its answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.facts import (
    BannerHeard,
    DhcpAsked,
    DicomAssociated,
    Fact,
    Hl7Heard,
    HttpAnswered,
    HttpAsked,
    ModbusHeard,
    NameAnswered,
    NameAsked,
    NeighbourTold,
    NetbiosTold,
    NtlmHeard,
    RdpAnswered,
    ShareOpened,
    SmbSpoken,
    SnmpHeard,
    SsdpHeard,
    TcpShape,
    WsdHeard,
)
from appliance.inventory.clues import (
    banners,
    dhcp,
    dicom,
    dns_sd,
    hl7,
    http,
    names,
    neighbours,
    netbios,
    outside,
    shapes,
    snmp,
    ssdp,
    subject,
    windows,
    wsd,
)
from appliance.inventory.clues.clue import Clue
from appliance.inventory.clues.subject import Subject
from appliance.knowledge.dhcp import clients
from appliance.knowledge.dicom import dicom as dicom_tables
from appliance.knowledge.enterprises import enterprises
from appliance.knowledge.hosts import hosts
from appliance.knowledge.names import agents, descriptions, models
from appliance.knowledge.names import names as known_names
from appliance.knowledge.windows import windows as windows_tables

_TABLES = (
    *(agents, clients, descriptions, dicom_tables, enterprises, hosts, known_names, models),
    windows_tables,
)


@dataclass(frozen=True, slots=True)
class Family:
    """How one kind of fact is read."""

    subject: Subject
    """Whom it is about."""
    read: Callable[[Any], Iterable[Clue]]


def families() -> Mapping[type[Fact], tuple[Family, ...]]:
    """Give the readers of every kind of fact that says something, with empty memories.

    All tables are loaded here: later the sensor may open no file.
    """
    for table in _TABLES:
        table()
    sender, receiver = subject.sender, subject.receiver
    return {
        DhcpAsked: (Family(subject.client, dhcp.read),),
        NameAsked: (Family(sender, outside.Questions().read),),
        NameAnswered: (Family(sender, names.read), Family(sender, dns_sd.read)),
        SsdpHeard: (Family(sender, ssdp.read),),
        WsdHeard: (Family(sender, wsd.read),),
        SnmpHeard: (Family(sender, snmp.read),),
        NeighbourTold: (Family(subject.chassis, neighbours.read),),
        NetbiosTold: (Family(sender, netbios.read),),
        NtlmHeard: (Family(sender, windows.read_ntlm),),
        SmbSpoken: (
            Family(sender, windows.Dialects().read),
            Family(subject.file_server, windows.read_encrypted),
        ),
        ShareOpened: (Family(receiver, windows.read_share),),
        DicomAssociated: (Family(sender, dicom.Associations().read),),
        Hl7Heard: (Family(sender, hl7.read),),
        BannerHeard: (Family(sender, banners.read),),
        ModbusHeard: (Family(sender, banners.read_modbus),),
        RdpAnswered: (Family(sender, banners.read_rdp),),
        HttpAsked: (Family(sender, http.read_client), Family(receiver, http.read_called)),
        HttpAnswered: (Family(sender, http.read_server),),
        TcpShape: (Family(sender, shapes.read),),
    }
