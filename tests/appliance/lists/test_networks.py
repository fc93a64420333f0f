"""Networks, against the standard library's."""

from ipaddress import ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from appliance.lists.names import Growing
from appliance.lists.networks import WIDTH, Networks

# Few bits vary, so that networks lie within and beside each other.
NUMBERS = {
    4: st.integers(0, 63).map(lambda n: 0xCB00_7100 + n),
    6: st.tuples(st.integers(0, 3), st.integers(0, 7)).map(
        lambda halves: (0x2001 << 112) + (halves[0] << 64) + halves[1]
    ),
}
LENGTHS = {4: st.integers(24, 32), 6: st.sampled_from((32, 48, 62, 63, 64, 65, 125, 127, 128))}


@given(st.data(), st.sampled_from((4, 6)))
def test_the_smallest_network_that_holds_an_address_is_found(data, version):
    pairs = st.tuples(NUMBERS[version], LENGTHS[version])
    given_ = data.draw(st.lists(pairs, max_size=12))
    listed = {ip_network((number, length), strict=False) for number, length in given_}
    records = Growing()
    found = [
        (int(net.network_address), net.prefixlen, records.append(str(net).encode(), 0, 0, 0))
        for net in listed
    ]
    networks = Networks.of(version, found, records)
    assert len(networks) == len(listed)
    called = data.draw(NUMBERS[version])
    holding = [net for net in listed if ip_address(called) in net]
    place = networks.find(called, 0.0)
    smallest = max(holding, key=lambda net: net.prefixlen, default=None)
    assert (records.text(place).decode() if place >= 0 else None) == (
        str(smallest) if smallest else None
    )


def test_when_the_smallest_no_longer_counts_the_one_around_it_does():
    records = Growing()
    found = [
        (0xCB00_7100, 24, records.append(b"around", 0, 0, 0)),
        (0xCB00_7142, 32, records.append(b"inside", 50, 0, 0)),
    ]
    networks = Networks.of(4, found, records)
    said = [records.text(networks.find(0xCB00_7142, at)) for at in (49.0, 50.0)]
    assert said == [b"inside", b"around"]


def test_the_ends_of_all_addresses_are_held_by_nothing():
    for version, width in WIDTH.items():
        networks = Networks.of(version, [], Growing())
        assert networks.find(0, 0.0) == networks.find((1 << width) - 1, 0.0) == -1
