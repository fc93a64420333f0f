"""The set-up, step by step."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import settings, trying
from appliance.config_file import load as load_config
from appliance.outputs.message import Kind
from appliance.store import Role
from appliance.store.outbox import Item, Outbox
from tests.kit.people import NOW
from tests.kit.site import Site, site
from web.progress import FILE, STEPS, Went, load
from web.setup import offer

PHRASE = "trois petits chats gris"
MAIL = {
    "host": "smtp.example.org",
    "port": "587",
    "security": "starttls",
    "user": "cabinet@example.org",
    "password": "mot de passe du compte",
    "sender": "cabinet@example.org",
    "name1": "Marie",
    "mail1": "marie@example.org",
    "least1": "warning",
}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path, installer="") as opened:
        yield opened


def went(opened: Site, step: str) -> Went:
    return load(load_config(opened.state / "vigie.toml")).of(step)


def test_who_sets_the_box_up_is_led_here(fresh: Site) -> None:
    code = offer(fresh.office, fresh.clock, fresh.state)
    visitor = fresh.client()
    answer = visitor.post("/setup", code=code or "", name="camille", phrase=PHRASE, language="en")
    assert answer.headers["Location"] == "/wizard"
    assert "The set-up is not finished" in visitor.get("/").text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_page_in_both_languages(made: Site, step: str, language: str) -> None:
    technician = made.technician()
    technician.post("/account/language", language=language)
    answer = technician.get(f"/wizard/{step}")
    assert answer.status_code == 200, answer.text
    assert f'href="/wizard/{step}"' in technician.get("/wizard").text


def test_every_step_has_its_page_while_nothing_answers(fresh: Site) -> None:
    """No panel, no sensor, no device."""
    fresh.panel.gone = True
    fresh.office.add_user("camille", "", role=Role.TECHNICIAN, language="en")
    technician = fresh.client("camille")
    for step in STEPS:
        assert technician.get(f"/wizard/{step}").status_code == 200, step


def test_a_step_that_is_saved_is_done_and_leads_on(made: Site) -> None:
    technician = made.technician()
    week = {"practice.hours.mon": "open", "practice.hours.mon.from": "08:00"}
    week |= {"practice.hours.mon.until": "19:00"}
    week |= {f"practice.hours.{day}": "same" for day in ("tue", "wed", "thu", "fri")}
    answer = technician.post(
        "/wizard/practice/save",
        **week,
        **{
            "practice.name": "Cabinet des Lilas",
            "practice.language": "fr",
            "practice.timezone": "Europe/Paris",
        },
    )
    assert answer.headers["Location"] == "/wizard/account"
    kept = settings.load(made.state / settings.FILE)
    assert kept == {"practice": {"name": "Cabinet des Lilas", "hours": ["mon-fri 08:00-19:00"]}}
    assert went(made, "practice") is Went.DONE


def test_a_mistake_is_said_where_it_was_made_and_nothing_is_lost(made: Site) -> None:
    answer = made.technician().post(
        "/wizard/practice/save",
        **{
            "practice.hours.mon": "open",
            "practice.hours.mon.from": "08:00",
            "practice.language": "fr",
            "practice.timezone": "Europe/Paris",
        },
    )
    assert answer.status_code == 400
    assert "Lundi" in answer.text
    assert 'value="08:00"' in answer.text
    assert went(made, "practice") is Went.TO_DO


def test_a_step_can_be_left_and_is_taken_up_again(made: Site) -> None:
    technician = made.technician()
    technician.post("/wizard/practice/later")
    assert went(made, "practice") is Went.LATER
    assert 'href="/wizard/account"' in technician.get("/wizard").text
    for step in STEPS[1:]:
        technician.post(f"/wizard/{step}/later")
    page = technician.get("/wizard").text
    assert 'class="button main" href="/wizard/practice"' in page


def test_it_can_be_put_aside_and_then_nobody_is_reminded(made: Site) -> None:
    technician, word = made.technician(), "La mise en service n&#39;est pas terminée"
    assert word not in technician.get("/").text, "a box that was set up before"
    technician.post("/wizard/card/later")
    assert word in technician.get("/").text
    assert word not in made.staff().get("/").text
    technician.post("/wizard/reminder/aside", aside="1")
    assert word not in technician.get("/").text
    technician.post("/wizard/reminder/aside")
    assert word in technician.get("/").text


def test_a_progress_that_cannot_be_kept_stops_nobody(made: Site) -> None:
    (made.state / FILE).mkdir()
    answer = made.technician().post("/wizard/mirror/save")
    assert answer.status_code == 303


def test_what_the_installer_set_is_not_changed(tmp_path: Path) -> None:
    with site(tmp_path, installer='[practice]\ntopology = "cloud"\n') as opened:
        opened.technician().post("/wizard/topology/save", **{"practice.topology": "local"})
        assert settings.load(tmp_path / settings.FILE) == {}
        assert went(opened, "topology") is Went.DONE


def test_a_card_that_is_gone_is_not_forgotten_by_saving(tmp_path: Path) -> None:
    with site(tmp_path, installer="") as opened:
        settings.save(tmp_path / settings.FILE, {"capture": {"card": "usb7"}})
        page = opened.technician().get("/wizard/card").text
        assert 'value="usb7"' in page
        opened.technician().post("/wizard/card/save", **{"capture.card": "usb7"})
        assert settings.load(tmp_path / settings.FILE) == {"capture": {"card": "usb7"}}


def test_the_card_that_speaks_is_chosen_beside_the_one_that_listens(made: Site) -> None:
    cards = {"capture.card": "usb7", "panel.management_card": "usb8"}
    made.technician().post("/wizard/card/save", **cards)
    assert settings.load(made.state / settings.FILE) == {
        "capture": {"card": "usb7"},
        "panel": {"management_card": "usb8"},
    }
    assert went(made, "card") is Went.DONE
    page = made.technician().get("/wizard/card").text
    assert 'value="usb7"' in page
    assert 'value="usb8"' in page


def test_a_card_does_not_listen_and_speak(made: Site) -> None:
    cards = {"capture.card": "usb7", "panel.management_card": "usb7"}
    answer = made.technician().post("/wizard/card/save", **cards)
    assert answer.status_code == 400
    assert "Cette carte écoute" in answer.text
    assert settings.load(made.state / settings.FILE) == {}
    assert went(made, "card") is Went.TO_DO


def test_what_is_no_card_does_not_speak(made: Site) -> None:
    cards = {"capture.card": "", "panel.management_card": "a card with a long name"}
    answer = made.technician().post("/wizard/card/save", **cards)
    assert answer.status_code == 400
    assert settings.load(made.state / settings.FILE) == {}


def test_a_light_that_is_dark_gets_advice_and_is_not_done(made: Site) -> None:
    answer = made.technician().post("/wizard/panel/save", light="no")
    assert "câblage du voyant" in answer.text
    assert went(made, "panel") is Went.TO_DO
    assert made.technician().post("/wizard/panel/save", light="yes").status_code == 303
    assert went(made, "panel") is Went.DONE


def test_the_relay_is_tried_from_here_and_the_way_leads_back(made: Site) -> None:
    answer = made.technician().post(
        "/isolation/test", confirmed="on", learn="on", **{"from": "wizard"}
    )
    assert answer.headers["Location"] == "/wizard/panel"
    assert made.panel.test is not None
    assert made.panel.test.running


def test_who_is_told_is_kept_and_the_password_never_shown(made: Site) -> None:
    technician = made.technician()
    assert technician.post("/wizard/told/save", **MAIL).status_code == 303
    config = load_config(made.state / "vigie.toml")
    assert config.unusable == ()
    marie, mail = config.outputs.person["marie"], config.outputs.mail["mail"]
    assert (marie.danger, marie.warning, marie.notice) == (("mail",), ("mail",), ())
    secret = Path(mail.password_file)
    assert secret.read_text("utf-8") == "mot de passe du compte\n"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o640
    page = technician.get("/wizard/told").text
    assert "mot de passe du compte" not in page
    assert 'value="marie@example.org"' in page


def test_another_password_takes_the_place_of_the_first(made: Site) -> None:
    """And the outputs see by the settings that something changed."""
    technician = made.technician()
    technician.post("/wizard/told/save", **MAIL)
    first = load_config(made.state / "vigie.toml").outputs.mail["mail"].password_file
    technician.post("/wizard/told/save", **MAIL | {"password": ""})
    assert load_config(made.state / "vigie.toml").outputs.mail["mail"].password_file == first
    technician.post("/wizard/told/save", **MAIL | {"password": "un autre"})
    second = load_config(made.state / "vigie.toml").outputs.mail["mail"].password_file
    assert [str(file) for file in (made.state / settings.SECRETS).iterdir()] == [second]
    technician.post("/wizard/told/save", port="587")
    assert list((made.state / settings.SECRETS).iterdir()) == []
    assert settings.load(made.state / settings.FILE) == {}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sender": ""}, "nom@exemple.fr"),
        ({"port": "none"}, "1 à 65535"),
        ({"host": ""}, "un serveur pour envoyer"),
        ({"password": ""}, "le mot de passe de ce compte"),
        ({"mail1": "marie"}, "nom@exemple.fr"),
        ({"mail1": ""}, "une adresse mail, ou ntfy"),
        ({"name1": ""}, "un nom, en lettres"),
        ({"name2": "MARIE", "mail2": "m@example.org"}, "sert déjà"),
        ({"topic": "un sujet"}, "des lettres, des chiffres"),
    ],
)
def test_what_cannot_be_told_is_said(made: Site, wrong: dict[str, str], sentence: str) -> None:
    answer = made.technician().post("/wizard/told/save", **MAIL | wrong)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert settings.load(made.state / settings.FILE) == {}


def test_whom_to_call_in_an_attack_is_written_down_during_the_set_up(made: Site) -> None:
    """Technician, security officer, insurer: during an incident nobody finds them."""
    technician = made.technician()
    page = technician.get("/wizard/told").text
    assert page.count("Numéro pas encore noté") == 3
    assert 'href="/incident/contacts"' in page
    technician.post("/incident/contacts/save", insurance="Assurance, contrat 42, 01 00 00 00 00")
    page = technician.get("/wizard/told").text
    assert page.count("Numéro pas encore noté") == 2
    assert "contrat 42" in page


def test_a_test_message_is_asked_of_the_outputs_and_told_when_it_left(made: Site) -> None:
    """The pages call nobody."""
    technician = made.technician()
    technician.post("/wizard/told/save", **MAIL)
    technician.post("/wizard/told/test")
    config = load_config(made.state / "vigie.toml")
    assert trying.asked(config, NOW) == trying.Asked(at=NOW, people=("marie",))
    assert made.reader.audit_entries(limit=1)[0].what == "test_message"
    assert "est demandé" in technician.get("/wizard/told").text
    outbox = Outbox(made.state, lambda: NOW)
    item = Item(
        id="1",
        way="mail",
        who="marie",
        kind=Kind.TEST,
        alert="",
        severity=1,
        created=NOW + 1,
        due=NOW,
    )
    outbox.put([item])
    assert "en route" in technician.get("/wizard/told").text
    waiting = outbox.next("mail")
    assert waiting is not None
    outbox.failed(waiting, NOW, "no route")
    assert "no route" in technician.get("/wizard/told").text
    outbox.delivered(waiting, NOW + 2)
    outbox.close()
    assert "parti (mail)" in technician.get("/wizard/told").text


def test_there_is_no_other_step_and_only_the_technician_sets_up(made: Site) -> None:
    assert made.technician().get("/wizard/nothing").status_code == 404
    assert made.staff().get("/wizard").status_code == 403
