"""Writing what `Recent` held as a pcap file (draft-ietf-opsawg-pcap).

Each record says how long its packet was on the wire and how much of it is there. Times are to the
microsecond: a float of seconds since 1970 holds no more.
"""

from collections.abc import Iterator
from struct import pack

import numpy as np

from appliance.model import Link
from appliance.sensor.columns import Bytes
from appliance.sensor.recent import OCTETS, Held

_MAGIC, _VERSION = 0xA1B2C3D4, (2, 4)
_TAG = 4
"""Octets of a VLAN tag (IEEE 802.1Q), which the kernel takes out of a packet."""
_TAGGED = 0x8100
_MACS = 12
"""Octets of the two addresses that stand before it."""
_RECORD = np.dtype([("seconds", "<u4"), ("ticks", "<u4"), ("kept", "<u4"), ("length", "<u4")])
_AT_ONCE = 4096
"""Packets written at a time, in half a MiB."""


def pieces(held: Held, link: Link) -> Iterator[bytes]:
    """Give the file of the packets *held*, piece by piece."""
    yield pack("<IHHIIII", _MAGIC, *_VERSION, 0, 0, OCTETS + _TAG, link)
    for start in range(0, len(held), _AT_ONCE):
        yield _records(held[start : start + _AT_ONCE]).tobytes()


def _records(held: Held) -> Bytes:
    """Give the records of *held*, one after the other: rows of one width without what is unused."""
    longer = held["kept"] > _MACS
    tagged = longer & (held["vlan"] > 0)
    head = np.zeros(len(held), _RECORD)
    head["seconds"], head["ticks"] = np.divmod(np.rint(held["at"] * 1e6).astype(np.int64), 10**6)
    head["kept"], head["length"] = held["kept"], held["length"]
    head["kept"][tagged] += _TAG
    head["length"][tagged] += _TAG
    tag = np.zeros((len(held), 2), ">u2")
    tag[:, 0], tag[:, 1] = _TAGGED, held["vlan"]
    octets = np.ascontiguousarray(held["head"]).view(np.uint8)
    parts = head.view(np.uint8).reshape(-1, _RECORD.itemsize), octets[:, :_MACS]
    rows = np.concatenate((*parts, tag.view(np.uint8), octets[:, _MACS:]), axis=1)
    used = np.ones(rows.shape, bool)
    used[:, -OCTETS - _TAG :] = np.arange(OCTETS + _TAG) < (held["kept"] + _TAG * longer)[:, None]
    used[~tagged, _RECORD.itemsize + _MACS : _RECORD.itemsize + _MACS + _TAG] = False
    return rows[used]
