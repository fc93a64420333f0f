"""ARP for IPv4 over Ethernet (RFC 826), and its probes and announcements (RFC 5227).

Each message names its sender, and neighbours believe it: so a request is a claim as well as a
question. A probe (sender 0.0.0.0) claims nothing; an announcement asks nothing.
"""

from collections.abc import Iterator
from struct import Struct

from appliance.decode import spelling
from appliance.decode.ethernet import Hop
from appliance.decode.reader import Malformed
from appliance.facts import AddressAsked, AddressClaim, Fact
from appliance.model import NO_MAC

_MESSAGE = Struct("!6sH6s4s6x4s")
_ETHERNET_IPV4 = bytes.fromhex("000108000604")
_REQUEST, _REPLY = 1, 2
_NOBODY = bytes(4)
_FIRST_GROUP = 224
"""First byte of the lowest IPv4 address that is no machine's: groups, then the reserved ones."""


def read(data: bytes, at: float, hop: Hop) -> Iterator[Fact]:
    """Give the claim and the question in the ARP message that *hop* leads to."""
    if len(data) < hop.start + _MESSAGE.size:
        raise Malformed
    form, operation, hardware, address, wanted = _MESSAGE.unpack_from(data, hop.start)
    if form != _ETHERNET_IPV4 or operation not in (_REQUEST, _REPLY):
        return
    mac, sender = spelling.mac(hardware), spelling.mac(hop.sender)
    if address != _NOBODY and address[0] < _FIRST_GROUP and spelling.is_one_machine(mac):
        yield AddressClaim(
            at=at,
            mac=mac,
            sender=sender,
            ip=spelling.ip(address),
            to=spelling.mac(hop.to),
            answer=operation == _REPLY,
        )
    if operation == _REQUEST and wanted not in (address, _NOBODY):
        yield AddressAsked(
            at=at,
            mac=mac if sender == NO_MAC else sender,
            ip=None if address == _NOBODY else spelling.ip(address),
            wanted=spelling.ip(wanted),
        )
