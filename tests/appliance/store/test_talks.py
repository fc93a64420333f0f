"""Conversations added up to who talked to whom."""

from appliance.model import Ip
from appliance.store import Pair, Speaker, Talk
from appliance.store.talks import added_pairs, added_speakers, added_talks
from tests.appliance.store.samples import ALICE, BOB, GATEWAY, NOON


def talk(**how):
    return Talk(
        **{
            "peer": Ip("203.0.113.5"),
            "proto": 6,
            "dport": 443,
            "began": True,
            "sent": 10,
            "got": 100,
            "first_at": NOON,
            "last_at": NOON + 1,
            "peer_mac": GATEWAY,
        }
        | how
    )


def test_talks_of_two_days_are_one():
    """The address at the other end is the one used last."""
    earlier = talk(first_at=NOON - 90_000, last_at=NOON - 86_400, peer_mac=BOB)
    (both,) = added_talks([talk(), earlier])
    assert both == talk(sent=20, got=200, first_at=NOON - 90_000)


def test_another_service_or_direction_is_another_talk():
    found = added_talks([talk(), talk(dport=80), talk(began=False), talk(proto=17)])
    assert len(found) == 4


def test_the_latest_talk_comes_first():
    late, early = talk(last_at=NOON + 9), talk(dport=80)
    assert added_talks([early, late]) == (late, early)


def test_a_pair_is_one_whoever_began():
    there = Pair(mac=ALICE, peer_mac=BOB, octets=5, last_at=NOON)
    back = Pair(mac=BOB, peer_mac=ALICE, octets=7, last_at=NOON + 1)
    other = Pair(mac=ALICE, peer_mac=GATEWAY, octets=50, last_at=NOON)
    first, second = added_pairs([there, back, other])
    assert first == other
    assert (second.octets, second.last_at) == (12, NOON + 1)


def test_a_speaker_of_two_days_is_one():
    one = Speaker(mac=ALICE, peer_mac=GATEWAY, octets=1, last_at=NOON)
    (found,) = added_speakers([one, one])
    assert found.octets == 2
