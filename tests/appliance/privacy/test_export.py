"""All of chosen devices, as one file."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import msgspec

from appliance.decisions import Verdict
from appliance.model import Mac
from appliance.packets import FIRST, Caught, caught_file
from appliance.privacy.export import Subject, chosen, pieces
from appliance.store.outbox import Outbox
from tests.appliance.store.test_unsent import item
from tests.kit.headers import mac_bytes
from tests.kit.incident import Dealt
from tests.kit.people import NAS, NOW, PHONE, PRINTER, RECEPTION

FORMULA = "=cmd|' /C calc'!A0"


def asked(dealt: Dealt, *macs: Mac, language: str = "fr") -> Subject:
    return Subject(
        state=dealt.state,
        reader=dealt.reader,
        devices=chosen(dealt.reader, macs),
        language=language,
        practice="Cabinet des Tilleuls",
        now=NOW,
    )


def files(subject: Subject) -> dict[str, str]:
    with ZipFile(BytesIO(b"".join(pieces(subject)))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_every_kind_of_what_is_kept_is_in_it(dealt: Dealt) -> None:
    dealt.keep()
    dealt.office.audit("camille", "decide", f"approve {RECEPTION}")
    dealt.office.decide(author="camille", verdict=Verdict.DESCRIBE, mac=RECEPTION, name="Claire")
    outbox = Outbox(dealt.state, lambda: NOW)
    outbox.put([item(1, "s-ransomware")])
    outbox.close()
    found = files(asked(dealt, RECEPTION))
    for name in ("devices", "decisions", "alerts", "cases", "messages", "audit", "incidents"):
        assert json.loads(found[f"{name}.json"]), name
    assert {one["about"] for one in json.loads(found["alerts.json"])} == {RECEPTION}
    assert json.loads(found["incidents.json"])[0]["incident"] == dealt.incident.id


def test_it_says_whether_headers_of_the_device_are_among_the_evidence(dealt: Dealt) -> None:
    """They are the practice's evidence, with the addresses of others: they do not go along."""
    here = dealt.keep()
    told = Caught(at=NOW, packets=1, first_at=NOW, last_at=NOW)
    assert json.loads(files(asked(dealt, PRINTER))["incidents.json"]) == []
    headers = mac_bytes(RECEPTION) + mac_bytes(PRINTER)
    (here / "packets.pcap").write_bytes(bytes(40) + headers + bytes(20))
    caught_file(here, FIRST).write_bytes(msgspec.json.encode(told))
    for mac, heard in ((RECEPTION, True), (PRINTER, True), (NAS, False)):
        found = files(asked(dealt, mac))
        assert [one["packets"] for one in json.loads(found["incidents.json"])] == [heard]
        assert not any(name.startswith("packets") for name in found)


def test_nothing_of_other_devices_is_in_it(dealt: Dealt) -> None:
    found = files(asked(dealt, NAS))
    assert [one["mac"] for one in json.loads(found["devices.json"])] == [NAS]
    assert PHONE not in found["devices.json"]
    assert "a-phone" not in found["alerts.json"]


def test_an_alert_of_another_that_names_it_is_in_it(dealt: Dealt) -> None:
    """The storage was scanned and encrypted by the reception's machine."""
    alerts = json.loads(files(asked(dealt, NAS))["alerts.json"])
    assert "s-port_scan" in {one["id"] for one in alerts}


def test_volumes_and_conversations_are_tables_with_names_for_people(dealt: Dealt) -> None:
    for language, separator, head in (("fr", ";", "Adresse matérielle"), ("en", ",", "Hardware")):
        found = files(asked(dealt, RECEPTION, language=language))
        rows = list(csv.reader(StringIO(found["traffic_day.csv"]), delimiter=separator))
        assert head in rows[0][1]
        assert all(len(row) == len(rows[0]) for row in rows)
        talks = list(csv.reader(StringIO(found["conversations.csv"]), delimiter=separator))
        assert len(talks[0]) == 13
        mine = {RECEPTION}
        assert all(mine & {row[2], row[3]} for row in talks[1:])


def test_the_page_explains_in_the_readers_language(dealt: Dealt) -> None:
    french, english = (files(asked(dealt, RECEPTION, language=each)) for each in ("fr", "en"))
    assert '<html lang="fr">' in french["index.html"]
    assert "Ce que Vigie garde de ces appareils" in french["index.html"]
    assert "What Vigie keeps of these devices" in english["index.html"]
    assert "PC de l&#x27;accueil" in french["index.html"]


def test_hostile_names_stay_text(dealt: Dealt) -> None:
    dealt.office.decide(
        author="x",
        verdict=Verdict.DESCRIBE,
        mac=RECEPTION,
        name="<script>x</script>",
        place=FORMULA,
    )
    page = files(asked(dealt, RECEPTION))["index.html"]
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_it_is_given_while_it_is_made(dealt: Dealt) -> None:
    """The first piece is there before anything of the conversations was read."""
    made = pieces(asked(dealt, RECEPTION))
    assert next(made).startswith(b"PK")
    made.close()
