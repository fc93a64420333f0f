"""When devices of interest were last heard and called, and who else passes things on from outside.

The proof of a cut rests on this. So it goes by each frame: a conversation keeps the hardware
addresses of its beginning, and a way around the cut would look like the gateway.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network

import numpy as np

from appliance.memory import Memory
from appliance.model import Link, Mac
from appliance.sensor.columns import Block, Columns, Gather

PASSED_ON = 8
"""Devices remembered that passed something on from outside."""
_ADDRESSES = 12
"""Bytes of both hardware addresses."""


@dataclass(frozen=True, slots=True)
class Calls:
    """When a device that is watched last sent and was last sent a frame; 0 for never."""

    sent_at: float = 0.0
    called_at: float = 0.0


class Watched:
    """What is noted of frames, on Ethernet only."""

    def __init__(self) -> None:
        self.calls: dict[Mac, Calls] = {}
        """Of each device to `watch`."""
        self.passed_on: Memory[Mac, float] = Memory(PASSED_ON)
        """Devices not watched that passed something on from outside, and when last (IPv4)."""
        self._inside: tuple[tuple[np.uint64, np.uint64], ...] = ()

    def watch(self, macs: Iterable[Mac], inside: Iterable[IPv4Network] = ()) -> None:
        """Note from now on when frames from and to each of *macs* pass.

        And by whose frames anything else comes in from an address that is not *inside*.
        """
        self._inside = tuple(
            (np.uint64(int(each.network_address)), np.uint64(int(each.netmask))) for each in inside
        )
        self.calls = {mac: self.calls.get(mac, Calls()) for mac in macs}

    def note(self, block: Block, columns: Columns) -> None:
        """Take in the packets of *block*, whose headers are *columns*."""
        if not self.calls or block.link is not Link.ETHERNET:
            return
        get, low = Gather(block.buffer), np.uint64(0xFFFF_FFFF_FFFF)
        whole = block.captured >= _ADDRESSES
        offsets, times = block.offsets[whole], block.times[whole]
        to, sender = get.u64(offsets) >> np.uint64(16), get.u64(offsets + 4) & low
        others = columns.is_ip[whole] & ~columns.is_ip6[whole]
        for mac, calls in self.calls.items():
            number = np.uint64(int(mac.replace(":", ""), 16))
            others &= sender != number
            self.calls[mac] = Calls(
                sent_at=times[sender == number].max(initial=calls.sent_at),
                called_at=times[to == number].max(initial=calls.called_at),
            )
        rows = np.flatnonzero(others)
        addresses = columns.src[whole][rows]
        for network, mask in self._inside:
            here = addresses & mask != network
            rows, addresses = rows[here], addresses[here]
        if self._inside and len(rows):
            for number in np.unique(sender[rows])[:PASSED_ON]:
                at = float(times[rows][sender[rows] == number].max())
                self.passed_on.put(Mac(int(number).to_bytes(6, "big").hex(":")), at)
