"""Which openings of TCP conversations are worth reading: the first of each shape a sender shows.

How a machine fills the header of a SYN tells its system (`appliance.decode.syn`), and it fills it
alike every time. So of the SYNs and SYN-ACKs that no router has passed on, those are taken whose
sender, time to live, window and first options were not met lately. All is forgotten now and then:
what is worked out from it stays fresh, and made-up senders are not remembered for good.
"""

import numpy as np

from appliance.sensor.columns import TCP, Columns, Flags, Gather
from appliance.sensor.mixing import mix

REMEMBERED = 4096
"""Shapes; a practice has one or two for each machine."""
FRESH = 600
"""Seconds of packet time after which all are forgotten."""

_SYN, _ENDS, _ACK = 0x02, 0x05, 0x10
_HEAD, _OPTIONS = 20, 8
"""Bytes of the header before the options, and of the options that are compared."""
_TTL4, _TTL6 = 8, 7
"""Where the time to live is in headers of version 4 and 6."""
_FRESHLY_SENT = np.zeros(256, bool)
_FRESHLY_SENT[[32, 64, 128, 255]] = True
"""What systems begin with: no router has taken one off yet."""


class Shapes:
    """See the module's text."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self.dropped = 0
        """Openings not read because there was no room to remember them."""

    def forget(self) -> None:
        """Begin anew."""
        self._seen.clear()

    def new(self, get: Gather, columns: Columns) -> Flags:
        """Tell which packets show a shape of their sender that was not met lately."""
        worth = np.zeros(len(columns.l3), bool)
        opens = (columns.proto == TCP) & (columns.flags & (_SYN | _ENDS) == _SYN)
        rows = np.flatnonzero(opens & (columns.payload == 0) & ~columns.malformed)
        ttl = get.u8(columns.l3[rows] + np.where(columns.is_ip6[rows], _TTL6, _TTL4))
        near = _FRESHLY_SENT[ttl]
        rows, ttl = rows[near], ttl[near]
        if not len(rows):
            return worth
        l4, size = columns.l4[rows], columns.payload_at[rows] - columns.l4[rows]
        shape = get.u16(l4 + 14) << 24 | ttl << 16 | size << 8 | columns.flags[rows] & _ACK
        long = size >= _HEAD + _OPTIONS
        options = get.u64(np.where(long, l4 + _HEAD, l4)) * long.astype(np.uint64)
        keys = mix(mix(columns.src[rows], shape.astype(np.uint64)), options)
        met, firsts = np.unique(keys, return_index=True)
        order = np.argsort(firsts)
        for key, row in zip(met[order].tolist(), rows[firsts[order]].tolist(), strict=True):
            if key in self._seen:
                continue
            if len(self._seen) >= REMEMBERED:
                self.dropped += 1
                continue
            self._seen.add(key)
            worth[row] = True
        return worth
