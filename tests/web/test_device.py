"""All that the page of one device shows."""

import pytest

from appliance.decisions import Decision, Verdict
from appliance.model import Device, Evidence
from appliance.texts import LANGUAGES, sentences
from tests.kit.people import NAS, NOW, SENSOR
from web.device import KINDS, said, shares_hidden_at


def described(**fields: object) -> Decision:
    return Decision(id=1, at=NOW, author="camille", verdict=Verdict.DESCRIBE, mac=NAS, **fields)  # type: ignore[arg-type]  # by name


def test_what_people_said_last_counts_and_who_said_it() -> None:
    first, last = described(name="Old", place="Cave"), described(name="New", kind="nas")
    told = said("en", [first, last], Device(mac=NAS))
    assert told is not None
    assert told.by == "camille"
    assert told.facts == (("name", "New"), ("kind", "Storage server (NAS)"))


def test_nothing_said_is_no_section() -> None:
    assert said("fr", [], Device(mac=NAS)) is None
    assert said("fr", [described(name="x"), described()], Device(mac=NAS)) is None
    assert said("fr", [described(name="x")], Device(mac=SENSOR)) is None


def test_shares_are_hidden_since_they_were_last_heard_encrypted() -> None:
    """And not hidden where nothing of the kind was heard."""
    heard = Evidence(source="smb_encrypted", says="SMB 3", weight=15, first_at=1.0, last_at=NOW)
    assert shares_hidden_at(Device(mac=NAS, evidence=(heard,))) == NOW
    assert shares_hidden_at(Device(mac=NAS)) == 0.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_that_can_be_said_has_a_name_of_its_own(language: str) -> None:
    names = [sentences(language)[f"roles.{kind}"] for kind in KINDS]
    assert len(set(names)) == len(names) == 21
