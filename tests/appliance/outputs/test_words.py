"""What people and programs read."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.detectors import ALL
from appliance.model import Alert, Mac, Severity
from appliance.outputs.message import Kind, Line, Message
from appliance.outputs.words import SUBJECT, Called, Wording, called, clean
from appliance.texts import LANGUAGES, sentences
from tests.appliance.outputs.telling import DEVICES, NOON, SENSOR, alert

PARIS = ZoneInfo("Europe/Paris")


def wording(language: str = "fr", **more: object) -> Wording:
    given = {"devices": called(DEVICES), "practice": "Cabinet des Lilas", "zone": PARIS, **more}
    return Wording(language=language, **given)  # type: ignore[arg-type] # by name


def about(found: Alert, kind: Kind = Kind.ALERT, **more: object) -> Message:
    given = {"way": "mail", "who": "marie", "alerts": (found.id,), "severity": found.severity}
    return Message(kind=kind, **{**given, **more})  # type: ignore[arg-type] # by name


def letter(found: Alert, words: Wording | None = None, **more: object) -> tuple[str, str]:
    return (words or wording()).letter(about(found, **more), [found])  # type: ignore[arg-type] # by name


def test_in_danger_the_first_sentence_says_what_to_do() -> None:
    subject, body = letter(alert(severity=Severity.DANGER))
    assert subject.startswith("Danger")
    assert body.startswith(sentences("fr")["brute_force.advice"].format(about="Capteur 2"))
    assert body.index("Capteur 2") < body.index("Quelqu'un essaie")


def test_otherwise_it_says_first_what_is_wrong() -> None:
    subject, body = letter(alert(), wording("en"))
    assert subject == "To check: Somebody is guessing passwords" or subject.startswith("To check: ")
    assert body.index("Device: “Capteur 2”") < body.index(
        sentences("en")["brute_force.advice"].partition("{")[0]
    )
    assert "2026-11-25, 12:00" in body
    assert body.endswith("Vigie, Cabinet des Lilas\n")


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.DANGER])
def test_several_of_one_case_are_listed_with_what_to_do_for_the_worst(severity: Severity) -> None:
    every = [alert(0, severity), alert(1), alert(2)]
    told = about(every[0], Kind.GATHERED, alerts=tuple(one.id for one in every))
    subject, body = wording().letter(told, every)
    assert subject.endswith("(+2)")
    assert body.count("- ") == 3
    listed, advice = body.index("3 alertes"), body.index("Capteur 2")
    assert (advice < listed) is (severity is Severity.DANGER)
    assert "192.168" not in body


def test_no_personal_data_goes_out_unless_it_is_asked_for() -> None:
    """No account, no address: only the device, its kind, and what to do."""
    found = alert()
    both = "".join(letter(found)) + str(wording().data(found))
    for secret in ("dr.durand", "192.168", SENSOR, "PC-ACCUEIL"):
        assert secret not in both
    assert "dr.durand" in letter(found, wording(details=True))[1]
    assert wording(details=True).data(found)["src_ip"] == "192.168.1.10"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("detector", ALL, ids=lambda it: it.about.id)
def test_every_detector_fits_into_a_subject(detector: type, language: str) -> None:
    title = sentences(language)[f"{detector.about.id}.title"]  # type: ignore[attr-defined] # a detector
    for key in ("danger", "warning", "notice", "unheeded"):
        assert len(sentences(language)[f"message.{key}"].format(title=title)) <= SUBJECT + 6
    found = alert(detector=detector.about.id, words={})  # type: ignore[attr-defined] # a detector
    assert len(letter(found, wording(language))[0]) <= SUBJECT


def test_an_alert_that_today_has_no_words_for_is_told_plainly() -> None:
    subject, body = letter(alert(detector="of_tomorrow"), wording("en"))
    assert "of_tomorrow" in subject
    assert "Capteur 2" in body


def test_a_device_that_is_not_known_any_more_is_told_without_a_name() -> None:
    assert "« ? »".replace(" ", "\u202f") in letter(alert(about=Mac("02:00:00:00:00:99")))[1]


def test_one_who_is_called_second_is_told_why() -> None:
    subject, body = letter(alert(), kind=Kind.UNHEEDED, minutes=15)
    assert subject.startswith("Sans réaction")
    assert "15 minutes" in body


def test_a_digest_lists_the_worst_first_and_is_bounded() -> None:
    many = [alert(n, Severity.NOTICE) for n in range(60)]
    message = Message(kind=Kind.DIGEST, way="mail", who="marie", day="2026-11-25")
    subject, body = wording().letter(message, many)
    assert subject == "Le point du 25/11/2026\u202f: à lire quand vous aurez un moment"
    assert body.count("- ") == 51
    assert "- … +10" in body


def test_a_test_says_that_it_is_one() -> None:
    message = Message(kind=Kind.TEST, way="mail", who="marie", day=str(NOON))
    subject, body = wording().letter(message, [])
    assert "Essai" in subject
    assert "25/11/2026 à 12 h 00" in body


OF_LINE = (
    *(Kind.COUNT_DOWN, Kind.STOPPED, Kind.BROKEN_OFF),
    *(Kind.PROVEN, Kind.NOT_PROVEN, Kind.FAILED, Kind.RECONNECTED),
)


def of_line(kind: Kind, *, by: str = "", part: str = "", who: str = "marie") -> Message:
    about = Line(at=NOON + 90, seconds=90, by=by, part=part)
    return Message(kind=kind, way="mail", who=who, line=about)


def test_a_count_down_says_first_how_it_is_stopped_then_when_and_why_the_box_cuts() -> None:
    found = alert(severity=Severity.DANGER)
    subject, body = wording("en").letter(of_line(Kind.COUNT_DOWN), [found])
    assert subject == "Danger: Vigie will cut the internet at 12:01:30"
    assert body.startswith("A false alarm?")
    assert body.index("90 s after") < body.index("Capteur 2")
    assert "dr.durand" not in body
    subject, body = wording().letter(of_line(Kind.COUNT_DOWN), [])
    assert "12 h 01 min 30 s" in subject, "also when the alert cannot be read"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", OF_LINE)
def test_every_message_of_the_line_fits_into_a_subject(kind: Kind, language: str) -> None:
    subject, body = wording(language).letter(of_line(kind, part="button"), [])
    assert not subject.endswith("…")
    assert len(body) > len(subject)


def test_whose_account_it_was_is_named_only_where_details_are_wanted() -> None:
    stopped = of_line(Kind.STOPPED, by="julie")
    assert "somebody" in wording("en").letter(stopped, [])[1]
    assert "julie" in wording("en", details=True).letter(stopped, [])[1]
    button = of_line(Kind.STOPPED, part="button")
    assert "the button on the box" in wording("en").letter(button, [])[1]
    for_program = of_line(Kind.STOPPED, by="julie", who="")
    assert "by" not in wording().content(for_program, {}, "")["data"]
    assert wording(details=True).content(for_program, {}, "")["data"]["by"] == "julie"


def test_a_cut_is_called_one_only_where_it_is_proven() -> None:
    for language, words in (("fr", "Internet est coupé"), ("en", "the internet is cut")):
        letters = {
            kind: "".join(wording(language).letter(of_line(kind, part="automatic"), []))
            for kind in (Kind.PROVEN, Kind.NOT_PROVEN, Kind.FAILED)
        }
        assert [kind for kind, text in letters.items() if words in text] == [Kind.PROVEN]
        assert [kind for kind, text in letters.items() if "UPLINK" in text] == [
            Kind.NOT_PROVEN,
            Kind.FAILED,
        ]
        assert all(sentences(language)["panel.who.automatic"] in each for each in letters.values())


def test_that_the_line_is_joined_says_what_to_do_if_nobody_asked_for_it() -> None:
    body = wording("en").letter(of_line(Kind.RECONNECTED, by="camille"), [])[1]
    assert body.startswith("If nobody at the practice asked for it, cut it again")


HOSTILE = "Evil\r\nBcc: all@example.org\u202egpj.exe\x1b[2J\u2028x"


def test_a_hostile_name_stays_one_line_of_text() -> None:
    devices = {SENSOR: Called(name=HOSTILE, kind="sensor")}
    body = letter(alert(), wording(devices=devices))[1]
    lines = [each for each in body.splitlines() if "Evil" in each]
    assert all("Bcc: all@example.org" in line for line in lines)
    assert not {"\r", "\x1b", "\u202e", "\u2028"} & set(body)


@given(st.text(), st.integers(2, 80))
def test_whatever_is_cleaned_is_short_and_on_one_line(text: str, most: int) -> None:
    found = clean(text, most)
    assert len(found) <= most
    assert len(found.splitlines()) <= 1
    assert clean(found, most) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_before_the_clock_was_set_says_so(language: str) -> None:
    """In a letter, in a digest, and to programs."""
    words, said = wording(language), sentences(language)["clock.untimed"]
    assert said not in letter(alert(), words)[1]
    assert said in letter(alert(timed=False), words)[1]
    digest = about(alert(), kind=Kind.DIGEST, day="2026-11-25")
    assert words.letter(digest, [alert(timed=False), alert()])[1].count(said) == 1
    assert [words.data(alert(timed=each))["timed"] for each in (True, False)] == [True, False]
