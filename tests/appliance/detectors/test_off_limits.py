"""A device that has no business outside talks to the internet."""

from appliance.decisions import Known, Standing
from appliance.detectors.off_limits import Limits, OffLimits
from appliance.facts import NameAnswered, Record, Tick
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow, inventory

SENSOR, READER, PC = (Mac(f"02:00:00:00:00:{end}") for end in ("21", "22", "23"))
OUTSIDE = "93.184.216.34"
STANDING = Standing(
    known={
        SENSOR: Known(approved=True, role="sensor", hosts=("time.example",)),
        READER: Known(approved=True, role="card_reader"),
        PC: Known(approved=True, role="workstation"),
    }
)


def resolves(at: float, name: str, ip: str = OUTSIDE):
    return NameAnswered(
        at=at,
        mac=Mac("02:00:00:00:00:01"),
        src=Ip("192.168.1.1"),
        dst=Ip("192.168.1.9"),
        protocol="dns",
        name=name,
        type=1,
        code=0,
        records=(Record(name, 1, ip, 60),),
    )


def found(*told):
    return [
        (alert.about, alert.words["host"])
        for alert in alerts(OffLimits(Limits()), *told, network=inventory(standing=STANDING))
    ]


def call(at: float, mac: Mac, dst: str = OUTSIDE, **how):
    return flow(at, mac, "192.168.1.9", dst, 443, **how)


def test_a_sensor_that_calls_outside_is_found():
    """Its role never talks to the internet."""
    assert found(call(0.5, SENSOR), Tick(3)) == [(SENSOR, OUTSIDE)]


def test_the_host_is_named_when_its_name_was_asked_for():
    """The alert says a name, which people can judge."""
    told = found(resolves(0.1, "update.example"), call(0.5, SENSOR), Tick(1))
    assert told == [(SENSOR, "update.example")]


def test_an_attempt_without_an_answer_counts():
    """Calling is enough."""
    assert found(call(0.5, SENSOR, back=False, payload=False), Tick(3))


def test_a_sensor_that_talks_inside_is_left_alone():
    """It sends its images to the server next door, and announces itself."""
    told = [
        call(n, SENSOR, dst) for n, dst in enumerate(("192.168.1.5", "224.0.0.251", "ff02::fb"))
    ]
    assert found(*told, Tick(9)) == []


def test_a_host_the_technician_allowed_is_left_alone():
    """Time servers are the usual case."""
    assert found(resolves(0, "ntp.time.example"), call(0.5, SENSOR), Tick(3)) == []


def test_a_card_reader_may_reach_the_health_services():
    """Its role lists them."""
    assert found(resolves(0, "services-ps.ameli.fr"), call(0.5, READER), Tick(3)) == []


def test_a_card_reader_may_reach_nothing_else():
    """Also not a name that only looks alike."""
    assert found(resolves(0, "evilameli.fr"), call(0.5, READER), Tick(3)) == [
        (READER, "evilameli.fr")
    ]


def test_a_name_heard_just_after_the_first_packet_still_counts():
    """The box is patient before it accuses."""
    assert found(call(0.5, READER), resolves(1.2, "ameli.fr"), Tick(2), Tick(3)) == []


def test_an_outside_host_that_reaches_in_and_is_answered_is_found():
    """It does not matter who began."""
    inward = flow(0.5, "02:00:00:00:00:01", OUTSIDE, "192.168.1.9", 80, peer_mac=SENSOR)
    assert found(inward, Tick(3)) == [(SENSOR, OUTSIDE)]


def test_a_workstation_may_go_anywhere():
    """Its role is not restricted."""
    assert found(call(0.5, PC), Tick(3)) == []


def test_a_device_without_a_role_is_not_judged():
    """Nobody has said what it is for."""
    assert found(call(0.5, Mac("02:00:00:00:00:44")), Tick(3)) == []
