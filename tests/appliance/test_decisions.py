"""What people decided, as it stands now."""

from dataclasses import replace

from appliance.decisions import Decision, Verdict, dress, standing
from appliance.model import Device, Mac, Trust

ALICE, BOB, CAROL = (Mac(f"02:00:00:00:00:0{end}") for end in "abc")


def said(number: int, verdict: Verdict, **how):
    return Decision(id=number, at=number, author="marie", verdict=verdict, **{"mac": ALICE} | how)


def test_a_later_decision_wins():
    """Approved, then no longer."""
    assert standing([said(1, Verdict.APPROVE)]).known[ALICE].approved
    both = standing([said(1, Verdict.APPROVE), said(2, Verdict.FORGET)])
    assert not both.known[ALICE].approved


def test_a_description_keeps_the_approval():
    """They are two things."""
    stand = standing([said(1, Verdict.APPROVE), said(2, Verdict.DESCRIBE, name="PC", role="nas")])
    assert (stand.known[ALICE].approved, stand.known[ALICE].name) == (True, "PC")


def test_normal_here_ends_when_it_was_meant_to():
    """A technician's inventory lasts an afternoon."""
    stand = standing([said(1, Verdict.NORMAL, detector="port_scan", until=100.0)])
    assert stand.is_normal("port_scan", ALICE, (), 99)
    assert not stand.is_normal("port_scan", ALICE, (), 100)
    assert not stand.is_normal("host_sweep", ALICE, (), 1)


def test_normal_here_without_an_end_lasts():
    """Some things stay normal."""
    stand = standing([said(1, Verdict.NORMAL, detector="port_scan")])
    assert stand.is_normal("port_scan", ALICE, (), 1e12)


def test_normal_with_one_other_side_is_not_so_with_another():
    """A backup to one host hides no theft to another."""
    stand = standing([said(1, Verdict.NORMAL, detector="exfiltration", peer="backup.example")])
    assert stand.is_normal("exfiltration", ALICE, ("backup.example",), 1)
    assert not stand.is_normal("exfiltration", ALICE, ("other.example",), 1)
    assert not stand.is_normal("exfiltration", ALICE, ("backup.example", "other.example"), 1)
    assert not stand.is_normal("exfiltration", ALICE, ("", "backup.example"), 1)
    assert not stand.is_normal("exfiltration", ALICE, (), 1)


def test_normal_with_each_of_several_is_normal_with_all():
    both = [
        said(number, Verdict.NORMAL, detector="off_limits", peer=peer)
        for number, peer in enumerate(("a.example", "b.example"), 1)
    ]
    assert standing(both).is_normal("off_limits", ALICE, ("a.example", "b.example"), 1)


def test_normal_whatever_the_other_side_holds_for_every_one():
    """As do the decisions of before one could choose."""
    stand = standing([said(1, Verdict.NORMAL, detector="off_limits")])
    assert stand.is_normal("off_limits", ALICE, ("any.example", ""), 1)


def test_normal_with_one_side_takes_nothing_back():
    stand = standing(
        [
            said(1, Verdict.NORMAL, detector="off_limits"),
            said(2, Verdict.NORMAL, detector="off_limits", peer="a.example", until=1.0),
        ]
    )
    assert stand.is_normal("off_limits", ALICE, ("a.example",), 5)


def test_a_device_as_the_other_side_is_meant_with_all_its_addresses():
    stand = replace(
        standing([said(1, Verdict.NORMAL, detector="port_scan", peer=BOB)]), mains={CAROL: BOB}
    )
    assert stand.is_normal("port_scan", ALICE, (CAROL,), 1)


def test_closed_alerts_are_remembered():
    """By their identifier."""
    assert standing([said(1, Verdict.CLOSE, alert="abc")]).closed == {"abc"}


def test_a_device_wears_what_people_said_of_it():
    """Name, role, place and trust."""
    stand = standing(
        [said(1, Verdict.APPROVE), said(2, Verdict.DESCRIBE, name="Radio", role="sensor")]
    )
    dressed = dress(Device(mac=ALICE, names=("PC-7",)), stand)
    assert (dressed.name, dressed.role, dressed.trust) == ("Radio", "sensor", Trust.APPROVED)


def test_a_device_nobody_spoke_of_stays_as_it_is():
    """Nothing is made up."""
    device = Device(mac=ALICE, trust=Trust.LEARNT)
    assert dress(device, standing([])) is device
