"""What the page of an incident shows at each moment."""

from pathlib import Path

from appliance.config import Keep
from appliance.incidents import BACK, STEPS, Origin, Wrote
from appliance.store import Watch
from tests.kit.people import NAS, NOW, RECEPTION, SERVER, alert
from tests.kit.site import Site
from tests.kit.story import tell_story
from web.guide import Guide, guide, may_tick


def begun(opened: Site, subject: str = "c-story") -> Guide:
    tell_story(opened.state)
    held = opened.office.open_incident(author="accueil", origin=Origin.CASE, subject=subject)
    return guide(opened.reader, held, "")


def sleep(state: Path) -> None:
    """Have a machine ask for the name at which a worm sleeps."""
    watch = Watch(state, Keep(), lambda: NOW)
    words = {"list": "wannacry-switch", "host": "kill.example", "why": ""}
    watch.save_alerts([alert("a-worm", detector="known_bad", about=RECEPTION, words=words)])
    watch.close()


def test_it_begins_with_the_first_step_and_goes_on_with_the_next(opened: Site) -> None:
    """Files are being encrypted here: the cables come first."""
    first = begun(opened)
    assert first.at is not None
    assert first.at.key == "cable"
    held = opened.office.add_to_incident(
        first.incident.id, author="accueil", what=Wrote.SKIPPED, key="cable"
    )
    after = guide(opened.reader, held, "")
    assert after.at is not None
    assert after.at.key == "isolate"
    assert after.left == len(STEPS)


def test_any_step_can_be_looked_at(opened: Site) -> None:
    shown = guide(opened.reader, begun(opened).incident, "notify")
    assert shown.at is not None
    assert shown.at.key == "notify"


def test_ransomware_puts_the_stores_before_the_machine(opened: Site) -> None:
    shown = begun(opened)
    assert shown.encrypts
    assert [(each.device.mac, each.store) for each in shown.pulls][:3] == [
        (NAS, True),
        (SERVER, True),
        (RECEPTION, False),
    ]


def test_a_sleeping_worm_puts_the_machine_before_the_internet(opened: Site) -> None:
    sleep(opened.state)
    held = opened.office.open_incident(author="accueil", origin=Origin.ALERT, subject="a-worm")
    shown = guide(opened.reader, held, "")
    assert shown.sleeps
    assert [stop.key for stop in shown.stops][:2] == ["cable", "isolate"]
    assert shown.pulls[0].device.mac == RECEPTION


def test_devices_wait_with_their_open_alerts_before_they_come_back(opened: Site) -> None:
    shown = begun(opened)
    waiting = {each.device.mac: each.alerts for each in shown.waiting}
    assert waiting[RECEPTION] == 4
    assert [point.key for point in shown.back] == list(BACK)


def test_who_to_call_is_what_the_technician_wrote_down(opened: Site) -> None:
    opened.office.tell("technician", "Camille, 06 00 00 00 01", author="camille")
    assert begun(opened).contacts == (
        ("technician", "Camille, 06 00 00 00 01"),
        ("security", ""),
        ("insurance", ""),
    )


def test_when_all_is_done_no_step_is_left(opened: Site) -> None:
    held = begun(opened).incident
    for step in STEPS:
        held = opened.office.add_to_incident(held.id, author="x", what=Wrote.DONE, key=step)
    shown = guide(opened.reader, held, "")
    assert shown.at is None
    assert shown.left == 0


def test_only_steps_and_points_of_the_list_can_be_ticked() -> None:
    assert may_tick("isolate")
    assert may_tick("back_cleaned")
    assert not may_tick("cleaned")
    assert not may_tick("back_isolate")
