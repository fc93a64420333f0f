"""A program is fetched in clear, or comes under a false name."""

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.download import Download, Limits
from appliance.facts import AddressClaim, FileBegun, HttpAnswered, HttpAsked
from appliance.model import Ip, Mac, Severity
from tests.kit.check import alerts, inventory

PC, ROUTER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01")
PC_IP, OUTSIDE = Ip("192.168.1.10"), Ip("93.184.216.34")
HERE = AddressClaim(at=0, mac=PC, sender=PC, ip=PC_IP, to=Mac("ff:ff:ff:ff:ff:ff"), answer=False)


def asked(host="drop.example", at=1.0, **changes):
    values = {"asks_for": "", "method": "GET", "user_agent": "x", "dst": OUTSIDE, **changes}
    return HttpAsked(at=at, mac=PC, src=PC_IP, dport=80, host=host, content_type="", **values)


def answered(body="", kind="application/octet-stream", at=1.1, status=200, src=OUTSIDE):
    return HttpAnswered(
        at=at,
        mac=ROUTER,
        src=src,
        dst=PC_IP,
        sport=80,
        status=status,
        content_type=kind,
        server="nginx",
        body=body,
    )


def begun(kind="program", at=1.2, sport=80, src=OUTSIDE):
    return FileBegun(at=at, mac=ROUTER, src=src, dst=PC_IP, sport=sport, dport=50_000, kind=kind)


def found(*told, role=""):
    known = {PC: Known(approved=True, role=role)} if role else {}
    network = inventory(standing=Standing(known=known))
    said = alerts(Download(Limits()), HERE, *told, network=network)
    return [(alert.words["host"], alert.words["what"], alert.severity) for alert in said]


EXE = [("drop.example", "EXE / ELF", Severity.WARNING)]


def test_a_program_from_an_unknown_host_is_found():
    """Whether it begins behind its head, or in the next segment."""
    assert found(asked(), answered("program")) == EXE
    assert found(asked(), answered(), begun()) == EXE


def test_other_files_that_do_something_count_too():
    for kind in ("packed", "shortcut", "disk", "script"):
        assert len(found(asked(), answered(kind))) == 1


def test_documents_pictures_archives_and_pages_are_left_alone():
    for kind in ("document", "image", "archive", "text", ""):
        assert found(asked(), answered(kind)) == []


@pytest.mark.parametrize(
    "answer", [[answered("program", "image/png")], [answered(kind="image/gif; a"), begun()]]
)
def test_a_program_that_says_it_is_a_picture_is_a_danger(answer):
    assert found(asked(), *answer) == [("drop.example", "EXE / ELF", Severity.DANGER)]


def test_a_server_that_calls_everything_text_is_only_a_warning():
    assert found(asked(), answered("program", "text/plain")) == EXE


def test_a_script_is_told_by_what_was_asked_for():
    said = [("drop.example", "script", Severity.WARNING)]
    assert found(asked(asks_for="script"), answered("text", "text/plain")) == said
    assert found(asked(asks_for="script"), answered("", "application/hta")) == said
    assert found(asked(asks_for="script"), answered("text", "text/html")) == []
    assert found(asked(asks_for="script"), answered("text", "text/plain", status=404)) == []


def test_a_type_that_names_a_program_is_enough():
    assert found(asked(), answered(kind="application/x-msdownload")) == EXE
    assert found(asked(method="HEAD"), answered(kind="application/x-msdownload")) == []


@pytest.mark.parametrize(
    "host", ["au.download.windowsupdate.com", "ardownload.adobe.com", "ftp.hp.com", "upd.eset.com"]
)
def test_updates_in_clear_are_left_alone(host):
    assert found(asked(host), answered("program")) == []
    assert found(asked(host), answered(), begun()) == []


def test_windows_own_distribution_is_left_alone_at_a_bare_address():
    agent = "Microsoft-Delivery-Optimization/10.0"
    assert found(asked(OUTSIDE, user_agent=agent), answered("program")) == []


def test_what_is_fetched_inside_is_left_alone():
    inside = Ip("192.168.1.5")
    assert found(asked(dst=inside), answered("program", src=inside)) == []
    assert found(begun(src=inside)) == []


def test_a_program_without_any_head_is_found():
    """By FTP, or over a bare conversation."""
    assert found(begun(sport=20)) == [(OUTSIDE, "EXE / ELF", Severity.WARNING)]


def test_an_old_answer_is_not_that_of_a_new_file():
    told = (asked(at=1), answered(kind="image/png", at=2), begun(at=100))
    assert found(*told) == EXE


def test_what_a_thing_fetches_from_a_named_host_is_firmware():
    """What infects things comes from bare addresses; on workstations nothing is firmware."""
    at_a_name = (asked(), answered("program"))
    assert found(*at_a_name, role="printer") == [("drop.example", "EXE / ELF", Severity.NOTICE)]
    assert found(*at_a_name, role="workstation") == EXE
    bare = (asked(OUTSIDE), answered("program"))
    assert found(*bare, role="printer") == [(OUTSIDE, "EXE / ELF", Severity.WARNING)]


def test_it_is_said_once_a_day_for_a_host():
    told = [each for n in range(3) for each in (asked(at=n), answered("program", at=n + 0.1))]
    (alert,) = alerts(Download(Limits()), HERE, *told)
    assert alert.count == 1


def test_who_asked_is_known_without_any_claim():
    """A capture may hold nothing but the conversation."""
    (alert,) = alerts(Download(Limits()), asked(), answered("program"))
    assert alert.about == PC
