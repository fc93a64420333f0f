"""Calls joined to what was bound, in conversations and pipes, and by the decoder as a whole."""

from appliance.decode import Decoder, rpc_heads
from appliance.decode.envelope import Envelope
from appliance.decode.rpc_calls import Calls
from appliance.facts import Fact, RpcCalled
from tests.kit import procedures, wire
from tests.kit.procedures import EFSRPC, NETLOGON, SAMR, SPOOLSS
from tests.kit.reading import CLIENT, SERVER

ALICE, ALICE_IP, SERVER_IP = "02:00:00:00:00:0a", "192.0.2.10", "192.0.2.20"


def told(*payloads: bytes, calls: Calls | None = None, envelope: Envelope = CLIENT) -> list[Fact]:
    calls = calls or Calls()
    return [fact for payload in payloads for fact in calls.told(rpc_heads.read(payload, envelope))]


def named(facts: list[Fact]) -> list[tuple[str, int]]:
    assert all(isinstance(fact, RpcCalled) for fact in facts)
    return [(fact.interface, fact.operation) for fact in facts]  # type: ignore[union-attr]


def test_a_call_is_told_with_the_interface_that_its_number_was_bound_to():
    bound = procedures.bind(SAMR, NETLOGON)
    facts = told(bound, procedures.call(7, context=1), procedures.call(8))
    assert named(facts) == [(NETLOGON, 7), (SAMR, 8)]
    assert facts[0] == RpcCalled(
        at=1.0,
        mac=CLIENT.mac,
        src=CLIENT.src,
        dst=CLIENT.dst,
        sport=50_000,
        dport=445,
        interface=NETLOGON,
        operation=7,
        pipe=False,
    )


def test_a_call_in_what_was_not_bound_is_not_told():
    """Nor one of another conversation, or by another number."""
    calls = Calls()
    assert told(procedures.call(7), calls=calls) == []
    told(procedures.bind(SAMR), calls=calls)
    assert told(procedures.call(7, context=1), calls=calls) == []
    assert told(procedures.call(7), calls=calls, envelope=SERVER) == []
    assert len(told(procedures.call(7), calls=calls)) == 1


def test_a_later_bind_takes_the_place_of_an_earlier_one_and_an_alteration_adds():
    alter = procedures.bind(NETLOGON, kind=procedures.ALTER, first=1)
    both = (procedures.call(7), procedures.call(7, context=1))
    assert named(told(procedures.bind(SAMR), alter, *both)) == [(SAMR, 7), (NETLOGON, 7)]
    again = procedures.bind(SPOOLSS)
    assert named(told(procedures.bind(SAMR), alter, again, *both)) == [(SPOOLSS, 7)]


def test_what_is_remembered_has_a_maximum_and_what_leaves_is_counted():
    calls = Calls(2)
    for port in range(5):
        told(procedures.bind(SAMR), calls=calls, envelope=Envelope(1.0, "", "", "a", "b", port))
    assert calls.dropped == 3
    first = Envelope(1.0, "", "", "a", "b", 0)
    assert told(procedures.call(7), calls=calls, envelope=first) == []


def test_what_a_call_is_handed_is_told_only_as_what_it_is():
    blank = procedures.call(26, procedures.authenticate(bytes(8)))
    (fact,) = told(procedures.bind(NETLOGON), blank)
    assert isinstance(fact, RpcCalled)
    assert (fact.blank, fact.far_path) == (True, False)
    far = procedures.call(0, procedures.text(r"\\203.0.113.5\share\file"))
    (fact,) = told(procedures.bind(EFSRPC), far)
    assert isinstance(fact, RpcCalled)
    assert (fact.blank, fact.far_path) == (False, True)


def read(port: int, *payloads: bytes) -> list[Fact]:
    decoder = Decoder()
    frames = [wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, port, it) for it in payloads]
    return [fact for frame in frames for fact in decoder.read(frame)]


def test_the_decoder_joins_them_over_tcp():
    """At the endpoint mapper, and at any port."""
    for port in (135, 49_670):
        facts = read(port, procedures.bind(SAMR), procedures.call(5))
        assert named(facts) == [(SAMR, 5)]
        assert isinstance(facts[0], RpcCalled)
        assert not facts[0].pipe


def test_the_decoder_joins_them_in_pipes():
    """Each pipe has its own; SMB2 writes or exchanges, SMB1 as well."""
    for write, exchange in (
        (procedures.written, procedures.exchanged),
        (procedures.written1, procedures.exchanged1),
    ):
        payloads = [
            write(procedures.bind(SAMR), pipe=1),
            write(procedures.bind(NETLOGON), pipe=2),
            exchange(procedures.call(5), pipe=1),
            write(procedures.call(26), pipe=2),
            exchange(procedures.call(6), pipe=3),
        ]
        calls = [fact for fact in read(445, *payloads) if isinstance(fact, RpcCalled)]
        assert [(it.interface, it.operation, it.pipe) for it in calls] == [
            (SAMR, 5, True),
            (NETLOGON, 26, True),
        ]
