"""What tests with real network cards share."""

import os
from collections.abc import Iterator

import pytest
from pyroute2 import IPRoute

from tests.appliance.sensor.cards import join
from tests.lab.namespaces import inside, remove, set_kernel


@pytest.fixture
def kernel() -> Iterator[IPRoute]:
    """A door to the pair of cards, in a namespace where the test is meanwhile (root only)."""
    if os.geteuid() != 0:
        pytest.skip("network cards are made in a namespace: run it as root")
    name = f"vigie-cards-{os.getpid()}"
    try:
        with inside(name, create=True):
            set_kernel(name, ipv6__conf__default__disable_ipv6=1)
            with IPRoute() as door:
                join(door)
                yield door
    finally:
        remove(name)
