"""Fuzzes the decoder: ``python -m tests.fuzz SECONDS [--seed NUMBER]``.

Ends with 1 on an input that makes the decoder raise, break a promise of `appliance.facts`, or
take longer than 50 ms.
"""

import argparse
import sys
from time import monotonic

from tests.fuzz.fuzzer import SLOW, Finding, run, time_again


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = monotonic()
    try:
        report = run(given.seed, lambda _: monotonic() - began < given.seconds)
    except Finding as finding:
        print(finding)
        return 1
    took = monotonic() - began
    print(f"{report.inputs} inputs in {took:.1f} s: {report.inputs / took:.0f} a second")
    print(f"{report.facts} facts, {report.malformed} malformed")
    again = time_again(report.slowest_input)
    size = len(report.slowest_input.data)
    print(f"slowest: {size} bytes, {report.slowest * 1e3:.2f} ms, again {again * 1e3:.2f} ms")
    if again > SLOW:
        print(report.slowest_input.data.hex())
    return int(again > SLOW)


if __name__ == "__main__":
    sys.exit(main())
