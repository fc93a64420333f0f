"""NFStream gives every flow of a capture; runs in an environment of its own.

python tests/bench/with_nfstream.py FILE
"""

import sys

from nfstream import NFStreamer


def main(capture: str) -> None:
    """Count flows and packets, with one metering process, as all here have one processor."""
    flows = packets = 0
    for flow in NFStreamer(source=capture, n_meters=1):
        flows += 1
        packets += flow.bidirectional_packets
    print(f"{packets} packets in {flows} flows")


if __name__ == "__main__":
    main(sys.argv[1])
