"""What outside addresses are called."""

from appliance.facts import HttpAsked, NameAnswered, Record, TlsHello
from appliance.inventory.outside_names import OutsideNames
from appliance.model import Ip, Mac

MAC, IP, OUT = Mac("02:00:00:00:00:0a"), Ip("192.168.1.10"), Ip("93.184.216.34")


def test_the_name_asked_for_counts_not_the_alias_behind_it():
    """People know the first, not the delivery network's."""
    names = OutsideNames()
    names.learn(
        NameAnswered(
            at=0,
            mac=MAC,
            src=IP,
            dst=IP,
            protocol="dns",
            name="www.example",
            type=1,
            code=0,
            records=(
                Record("www.example", 5, "x.cdn.example", 60),
                Record("x.cdn.example", 1, OUT, 60),
            ),
        )
    )
    assert names.find(OUT) == "www.example"


def test_the_name_called_last_wins():
    """An address serves many names."""
    names = OutsideNames()
    names.learn(
        TlsHello(
            at=0,
            mac=MAC,
            src=IP,
            dst=OUT,
            dport=443,
            name="a.example",
            alpn=(),
            version=772,
            ja4="",
        )
    )
    names.learn(
        HttpAsked(
            at=1,
            mac=MAC,
            src=IP,
            dst=OUT,
            dport=80,
            method="GET",
            host="b.example",
            user_agent="",
            content_type="",
        )
    )
    assert names.find(OUT) == "b.example"


def test_a_bare_address_is_no_name():
    """Also when it is called as one."""
    names = OutsideNames()
    names.learn(
        HttpAsked(
            at=1,
            mac=MAC,
            src=IP,
            dst=OUT,
            dport=80,
            method="GET",
            host="93.184.216.34",
            user_agent="",
            content_type="",
        )
    )
    assert names.find(OUT) == ""
