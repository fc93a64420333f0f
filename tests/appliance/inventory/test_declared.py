"""Outside hosts that people named for a device."""

from appliance.decisions import Known, Standing
from appliance.facts import TlsHello
from appliance.model import Ip, Mac
from tests.kit.check import inventory

SERVER, OTHER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:0b")
HOSTS = ("203.0.113.9", "backup.example")


def hello(name: str, ip: str):
    return TlsHello(
        at=1.0,
        mac=SERVER,
        src=Ip("192.168.1.10"),
        dst=Ip(ip),
        dport=443,
        name=name,
        alpn=(),
        version=0x0303,
        ja4="",
    )


def test_hosts_are_declared_by_address_or_by_a_name_and_all_below_it():
    """For that device alone, and whatever its role allows."""
    network = inventory(standing=Standing(known={SERVER: Known(role="server", hosts=HOSTS)}))
    for number, name in ((6, "backup.example"), (7, "s3.backup.example"), (8, "mybackup.example")):
        network.learn(hello(name, f"203.0.113.{number}"))
    addresses = [Ip(f"203.0.113.{number}") for number in range(5, 11)]
    assert [network.declared(SERVER, ip) for ip in addresses] == [0, 1, 1, 0, 1, 0]
    assert not any(network.declared(OTHER, ip) for ip in addresses)
