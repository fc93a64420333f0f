"""Peers that are Python libraries, each as a program: reads a capture, prints how long it took."""

import json
import sys
import time
from itertools import islice

SLICE = 20_000
"""Packets that scapy reads; all would take minutes."""


def scapy(capture: str) -> int:
    """Take a slice of *capture* apart with scapy; gives how many packets."""
    from scapy.layers import inet, inet6, l2  # noqa: F401, PLC0415 - importing makes them known
    from scapy.utils import PcapReader  # noqa: PLC0415

    began = time.perf_counter()
    with PcapReader(capture) as packets:
        count = sum(1 for _ in islice(packets, SLICE))
    return _say(began, count)


def nfstream(capture: str) -> int:
    """Meter *capture* with NFStream; gives how many packets."""
    from nfstream import NFStreamer  # type: ignore[import-not-found] # noqa: PLC0415 - not ours

    began = time.perf_counter()
    count = sum(flow.bidirectional_packets for flow in NFStreamer(source=capture))
    return _say(began, count)


def _say(began: float, count: int) -> int:
    print(json.dumps({"seconds": time.perf_counter() - began, "packets": count}))
    return count


if __name__ == "__main__":
    {"scapy": scapy, "nfstream": nfstream}[sys.argv[1]](sys.argv[2])
