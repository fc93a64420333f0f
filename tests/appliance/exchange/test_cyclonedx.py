"""A bill of materials in the shape that CycloneDX 1.6 asks for."""

import json
from dataclasses import replace

import pytest

from appliance.exchange.cyclonedx import bill
from tests.kit.machines import IMAGING, NAS, NOW, PRINTER, devices

PARK = {device.mac: device for device in devices()}

COMPONENT = {
    "type", "mime-type", "bom-ref", "supplier", "manufacturer", "authors", "author", "publisher",
    "group", "name", "version", "description", "scope", "hashes", "licenses", "copyright", "cpe",
    "purl", "omniborId", "swhid", "swid", "modified", "pedigree", "externalReferences",
    "components", "evidence", "releaseNotes", "modelCard", "data", "cryptoProperties",
    "properties", "tags", "signature",
}  # fmt: skip
"""What bom-1.6.schema.json lets a component have; it forbids all else."""

METADATA = {
    "timestamp", "lifecycles", "tools", "manufacturer", "authors", "component", "manufacture",
    "supplier", "licenses", "properties",
}  # fmt: skip


def properties(part) -> dict[str, str]:
    return {one["name"]: one["value"] for one in part["properties"]}


def test_the_document_says_what_it_is() -> None:
    made = bill(devices(), NOW, "Cabinet")
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert made["metadata"]["timestamp"] == "2026-09-21T14:13:20+00:00"
    assert set(made["metadata"]) <= METADATA
    assert json.loads(json.dumps(made)) == made


def test_components_have_what_is_required_and_nothing_that_is_not_allowed() -> None:
    made = bill(devices(), NOW)
    refs = [part["bom-ref"] for part in made["components"]]
    assert len(set(refs)) == len(refs)
    for part in made["components"]:
        assert part["type"] in ("device", "operating-system")
        assert part["name"]
        assert set(part) <= COMPONENT
        for one in part.get("properties", ()):
            assert set(one) == {"name", "value"}
            assert one["name"].startswith("vigie:")
            assert isinstance(one["value"], str)
    assert {each["ref"] for each in made["dependencies"]} == set(refs)
    assert all(set(each["dependsOn"]) <= set(refs) for each in made["dependencies"])


def test_a_device_says_who_made_it_what_it_is_and_what_runs_on_it() -> None:
    made = bill([PARK[NAS]], NOW)
    device, system = made["components"]
    assert device["manufacturer"] == {"name": "Synology"}
    assert (system["type"], system["name"]) == ("operating-system", "DSM")
    assert made["dependencies"][0] == {"ref": device["bom-ref"], "dependsOn": [system["bom-ref"]]}
    told = properties(device)
    assert (told["vigie:kind"], told["vigie:model"]) == ("nas", "DS220+")
    assert told["vigie:kind:sure"] == "certain"


def test_one_system_on_two_devices_is_one_component() -> None:
    twice = [PARK[NAS], replace(PARK[NAS], mac=PARK[PRINTER].mac)]
    kinds = [part["type"] for part in bill(twice, NOW)["components"]]
    assert kinds == ["device", "device", "operating-system"]


def test_signs_that_contradict_are_told() -> None:
    (part,) = bill([PARK[PRINTER]], NOW)["components"]
    assert properties(part)["vigie:kind:other"] == "camera"


def test_every_address_is_a_property() -> None:
    part = bill([PARK[IMAGING]], NOW)["components"][0]
    macs = [one["value"] for one in part["properties"] if one["name"] == "vigie:mac"]
    assert macs == [IMAGING, "02:00:00:00:01:0b"]


@pytest.mark.parametrize("text", ["<script>", "\u202e\ud800", '"};', "=1"])
def test_hostile_text_stays_text(text: str) -> None:
    device = replace(PARK[PRINTER], names=(text,), evidence=(), maker=text, os=text)
    made = json.loads(json.dumps(bill([device], NOW)))
    assert made["components"][0]["name"] == text
