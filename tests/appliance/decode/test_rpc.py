"""DCE/RPC over TCP: logons and calls in one reader."""

from appliance.decode import rpc
from appliance.decode.rpc_heads import Bound, Called
from appliance.facts import NtlmHeard
from tests.kit import logons, procedures
from tests.kit.procedures import SAMR
from tests.kit.reading import CLIENT


def test_a_bind_tells_its_interfaces_and_who_logs_on():
    bound = procedures.bind(SAMR)[16:]
    payload = procedures.fragment(
        procedures.BIND, bound, verifier=bytes(logons.negotiate(machine=b"ALICE-PC"))
    )
    assert rpc.begins(payload)
    assert [type(it) for it in rpc.read(payload, CLIENT)] == [Bound, NtlmHeard]


def test_a_call_right_behind_a_logon_is_read():
    last = procedures.fragment(
        procedures.AUTH3, bytes(4), verifier=bytes(logons.authenticate("ALICE-PC"))
    )
    assert rpc.begins(last)
    told = list(rpc.read(last + procedures.call(5), CLIENT))
    assert [type(it) for it in told] == [Called, NtlmHeard]


def test_answers_to_calls_do_not_begin_so():
    assert not rpc.begins(procedures.fragment(2, bytes(24)))
    assert rpc.begins(procedures.call(5))
