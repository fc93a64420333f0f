"""The shape that programs get."""

from dataclasses import fields

import msgspec
import pytest

from appliance import model
from appliance.exchange.record import Contact, Device, Evidence, record
from tests.kit.machines import IMAGING, RECEPTION, devices

PARK = {device.mac: device for device in devices()}


@pytest.mark.parametrize("device", devices(), ids=lambda device: device.mac)
def test_a_device_survives_being_written_and_read(device: model.Device) -> None:
    shaped = record(device)
    assert msgspec.json.decode(msgspec.json.encode(shaped), type=Device, strict=True) == shaped


def test_nothing_that_is_known_of_a_device_is_left_out() -> None:
    told = {"ips" if field.name == "addresses" else field.name for field in fields(model.Device)}
    assert told - {"randomised", "given_name"} <= set(Device.__struct_fields__)
    assert {field.name for field in fields(model.Evidence)} == set(Evidence.__struct_fields__)
    assert {field.name for field in fields(model.Contact)} == set(Contact.__struct_fields__)


def test_what_was_worked_out_comes_with_how_sure_it_is() -> None:
    shaped = record(PARK[IMAGING])
    assert (shaped.kind, shaped.identity.kind.sure) == ("acquisition_pc", "certain")
    assert shaped.also == ["02:00:00:00:01:0b"]
    assert record(PARK[RECEPTION]).contacts[0].octets_in == 410_000_000
