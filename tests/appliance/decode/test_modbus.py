"""Modbus, against scapy's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.modbus import PORT, read
from appliance.decode.reader import LONGEST_TEXT
from appliance.facts import ModbusHeard
from tests.kit.messages import ALICE, ALICE_IP, ANY, SERVER_IP, told
from tests.kit.scapy_layers import contributed

modbus = contributed("modbus")

UNITS = st.integers(0, 255)


def asked(message: object) -> list[ModbusHeard]:
    return _heard(bytes(message), ANY, PORT)


def answered(message: object) -> list[ModbusHeard]:
    return _heard(bytes(message), PORT, ANY)


def _heard(message: bytes, sport: int, dport: int) -> list[ModbusHeard]:
    facts, broken = told(read, message, sport, dport)
    assert not broken
    found = [fact for fact in facts if isinstance(fact, ModbusHeard)]
    assert len(found) == len(facts)
    for fact in found:
        assert (fact.mac, fact.src, fact.dst) == (ALICE, ALICE_IP, SERVER_IP)
        assert (fact.sport, fact.dport, fact.server) == (sport, dport, sport == PORT)
    return found


def identified(*objects: tuple[int, bytes], unit: int = 255) -> Any:
    pdu = modbus.ModbusPDU2B0EReadDeviceIdentificationResponse(objCount=len(objects))
    for number, value in objects:
        pdu /= modbus.ModbusObjectId(id=number, value=value)
    return modbus.ModbusADUResponse(unitId=unit) / pdu


@given(UNITS, st.integers(0, 65_535), st.integers(0, 65_535))
def test_a_request_says_unit_and_function(unit: int, address: int, value: int):
    """Not what is read or written."""
    head = modbus.ModbusADURequest(unitId=unit)
    write = modbus.ModbusPDU06WriteSingleRegisterRequest(registerAddr=address, registerValue=value)
    (fact,) = asked(head / write)
    assert (fact.unit, fact.function, fact.exception) == (unit, 6, 0)
    poll = modbus.ModbusPDU03ReadHoldingRegistersRequest(startAddr=address, quantity=3)
    (fact,) = asked(head / poll)
    assert (fact.unit, fact.function, fact.exception) == (unit, 3, 0)


@given(UNITS, st.integers(1, 11))
def test_a_refusal_says_why(unit: int, code: int):
    """Under the function that was asked for."""
    refusal = modbus.ModbusPDU03ReadHoldingRegistersError(exceptCode=code)
    (fact,) = answered(modbus.ModbusADUResponse(unitId=unit) / refusal)
    assert (fact.unit, fact.function, fact.exception) == (unit, 3, code)


NAMES = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=20)


@given(NAMES, NAMES, NAMES, NAMES)
def test_a_device_says_what_it_is(vendor: str, code: str, revision: str, product: str):
    """What its maker wrote; its page and what its user called it are left out."""
    (fact,) = answered(
        identified(
            (0, vendor.encode()),
            (1, code.encode()),
            (2, revision.encode()),
            (3, b"http://private.example"),
            (4, product.encode()),
            (6, b"PRIVATE ROOM"),
        )
    )
    found = (fact.function, fact.vendor, fact.code, fact.revision, fact.product)
    assert found == (43, vendor, code, revision, product)
    assert "private" not in repr(fact).lower()


def test_the_question_for_it_says_nothing():
    """Nor does another message of function 43."""
    ask = modbus.ModbusPDU2B0EReadDeviceIdentificationRequest()
    (fact,) = asked(modbus.ModbusADURequest() / ask)
    assert (fact.function, fact.vendor) == (43, "")
    (fact,) = answered(b"\0\1\0\0\0\4\1\x2b\x0d\xff")
    assert (fact.function, fact.vendor) == (43, "")


def test_several_messages_in_a_segment_are_all_told():
    """Up to sixteen."""
    poll = bytes(
        modbus.ModbusADURequest(unitId=7) / modbus.ModbusPDU03ReadHoldingRegistersRequest()
    )
    assert [fact.unit for fact in asked(poll * 3)] == [7, 7, 7]
    assert len(asked(poll * 100)) == 16


def test_what_came_before_a_malformed_spot_is_told():
    """Objects that run over the message's end."""
    whole = bytes(identified((0, b"Maker"), (1, b"Code")))
    short = whole[:4] + (int.from_bytes(whole[4:6]) - 2).to_bytes(2) + whole[6:-2]
    (fact,), broken = told(read, short, PORT, ANY)
    assert isinstance(fact, ModbusHeard)
    assert (fact.vendor, fact.code, broken) == ("Maker", "", True)


@pytest.mark.parametrize(
    "message",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\0\1\0\1\0\6\1\3\0\0\0\1",
        b"\0\1\0\0\0\1\1",
        b"\0\1\0\0\1\0\1\3" + bytes(300),
        b"\0\1\0\0\0\2\1\x83",
        b"\0\1\0\0\0\6\1\3",
    ],
)
def test_other_things_on_its_port_are_malformed(message: bytes):
    """Another protocol, lengths that contradict, a message that is cut."""
    assert told(read, message, PORT, ANY) == ([], True)


def test_hostile_names_are_bounded_and_spelt_harmlessly():
    """As all text from the wire."""
    (fact,) = answered(identified((0, b"<b>\n\xff" + b"\x01" * 230)))
    assert fact.vendor.startswith(r"<b>\010")
    assert len(fact.vendor) == LONGEST_TEXT
    assert fact.vendor.isprintable()


@given(st.integers(0, 60), st.binary(max_size=300))
def test_no_bytes_make_it_raise(size: int, tail: bytes):
    """Cut anywhere, and going on with anything."""
    message = bytes(identified((0, b"Maker"), (1, b"Code"), (2, b"1.0")))[:size] + tail
    told(read, message, PORT, ANY)
    told(read, message, ANY, PORT)
