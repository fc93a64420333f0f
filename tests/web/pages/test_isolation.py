"""Cutting and joining the uplink from the pages."""

from dataclasses import replace

import pytest

from appliance.panel.signs import Says
from appliance.panel.status import ProofTestShown, Shown
from appliance.panel.tested import Ended
from appliance.panel.verify import Proof
from tests.kit.people import NOW, STAFF, TECHNICIAN, TECHNICIAN_PHRASE
from tests.kit.site import Site, Still


def test_staff_cut_with_one_form_and_see_the_proof(opened: Site) -> None:
    staff = opened.staff()
    answer = staff.post("/isolation/cut", why="rançon sur un écran")
    page = staff.get(answer.headers["Location"]).text
    assert opened.panel.isolated
    assert opened.panel.log[0].who == STAFF
    assert "Internet est coupé, et c&#39;est vérifié" in page
    assert "rançon sur un écran" in page
    assert "La box Internet ne répond plus" in page
    assert opened.reader.audit_entries(limit=1)[0].what == "isolate"


@pytest.mark.parametrize(
    ("proof", "says"),
    [
        (Proof.CHECKING, "vérification en cours"),
        (Proof.NOT_PROVEN, "Débranchez le câble marqué UPLINK"),
        (Proof.FAILED, "Débranchez le câble marqué UPLINK maintenant"),
    ],
)
def test_a_cut_that_is_not_proven_is_not_called_done(opened: Site, proof: Proof, says: str) -> None:
    opened.panel.proof = proof
    opened.panel.isolate(who=STAFF)
    text = opened.staff().get("/isolation").text
    assert says in text
    assert "c&#39;est vérifié" not in text
    assert 'data-level="isolated_unproven"' in text


def test_staff_are_told_who_can_join_it_again(opened: Site) -> None:
    opened.panel.isolate()
    text = opened.staff().get("/isolation").text
    assert "Seul un technicien peut rétablir Internet" in text
    assert "/isolation/reconnect" not in text


def test_the_technician_joins_it_with_a_reason_and_the_pass_phrase(opened: Site) -> None:
    opened.panel.isolate()
    technician = opened.technician()
    technician.post("/isolation/reconnect", why="poste nettoyé", phrase=TECHNICIAN_PHRASE)
    assert not opened.panel.isolated
    entry = opened.panel.log[0]
    assert (entry.who, entry.what, entry.why) == (TECHNICIAN, "reconnected", "poste nettoyé")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"why": "x", "phrase": "wrong wrong"}, "Internet reste coupé"),
        ({"why": "x"}, "Internet reste coupé"),
        ({"why": " ", "phrase": TECHNICIAN_PHRASE}, "Dites pourquoi"),
    ],
)
def test_without_either_it_stays_cut(opened: Site, form: dict[str, str], says: str) -> None:
    opened.panel.isolate()
    technician = opened.technician()
    answer = technician.post("/isolation/reconnect", **form)
    assert says in technician.get(answer.headers["Location"]).text
    assert opened.panel.isolated


def test_guessing_the_pass_phrase_here_is_slowed_down_too(opened: Site) -> None:
    opened.panel.isolate()
    technician = opened.technician()
    for _ in range(5):
        technician.post("/isolation/reconnect", why="x", phrase="wrong wrong")
    technician.get("/isolation")
    technician.post("/isolation/reconnect", why="x", phrase=TECHNICIAN_PHRASE)
    assert "Trop d&#39;essais" in technician.get("/isolation").text
    assert opened.panel.isolated


def test_a_refusal_of_the_panel_is_told_in_words(opened: Site) -> None:
    opened.panel.isolate()
    opened.panel.refuses = "too_soon"
    technician = opened.technician()
    technician.post("/isolation/reconnect", why="x", phrase=TECHNICIAN_PHRASE)
    assert "il y a moins d&#39;une minute" in technician.get("/isolation").text


def test_an_order_that_did_not_arrive_says_what_to_do_by_hand(opened: Site) -> None:
    opened.panel.gone = True
    staff = opened.staff()
    staff.post("/isolation/cut")
    text = staff.get("/isolation").text
    assert "L&#39;ordre n&#39;a pas pu être donné" in text
    assert "Débranchez le câble marqué UPLINK" in text
    assert 'action="/isolation/cut"' in text


def test_the_button_on_the_box_has_a_name_in_the_log(opened: Site) -> None:
    opened.panel.isolate(who="@button")
    text = opened.staff().get("/isolation").text
    assert "bouton du boîtier" in text
    assert "@button" not in text


def test_an_order_has_a_reason_even_when_none_was_given(opened: Site) -> None:
    opened.staff().post("/isolation/cut", why="")
    assert opened.panel.log[0].why == "Depuis la page"


def test_what_stops_is_told_before_anything_is_cut(opened: Site) -> None:
    """For the whole practice, from what its devices were seen to call."""
    text = opened.staff().get("/isolation").text
    assert "l&#39;agenda n&#39;est plus visible" in text
    assert "Continue 14 jours sans Internet" in text
    assert "Utilisé par PC de l&#39;accueil" in text


@pytest.mark.parametrize(
    ("topology", "declared", "keeps"),
    [
        ("", "Personne n&#39;a encore déclaré", "tout ce qui est installé ici"),
        ("local", "déclaré sur un serveur d&#39;ici", "dossiers, imagerie et impressions"),
        ("cloud", "déclaré en ligne", "logiciel en ligne du cabinet ne s&#39;ouvre plus"),
        ("hybrid", "en partie ici, en partie en ligne", "ce qui est en ligne s&#39;arrête"),
    ],
)
def test_the_words_follow_where_the_software_is(
    opened: Site, topology: str, declared: str, keeps: str
) -> None:
    box = opened.app.extensions["vigie"]
    practice = replace(box.config.practice, topology=topology)
    opened.app.extensions["vigie"] = replace(
        box, standing=Still(replace(box.config, practice=practice))
    )
    text = opened.staff().get("/isolation").text
    assert declared in text
    assert keeps in text


def test_the_technician_tests_the_cut_and_everybody_sees_that_it_runs(opened: Site) -> None:
    technician = opened.technician()
    assert "Tester maintenant" in technician.get("/isolation").text
    technician.post("/isolation/test", confirmed="yes", learn="yes")
    entry = opened.panel.log[0]
    assert (entry.who, entry.what, entry.why) == (TECHNICIAN, "test_begun", "learn")
    assert "Un test de la coupure est en cours" in opened.staff().get("/isolation").text
    assert opened.reader.audit_entries(limit=1)[0].what == "prooftest"


def test_a_test_that_might_disturb_people_is_not_begun(opened: Site) -> None:
    answer = opened.technician().post("/isolation/test")
    assert answer.status_code == 303
    assert opened.panel.log == []


def test_staff_cannot_test_the_cut(opened: Site) -> None:
    staff = opened.staff()
    assert "Tester maintenant" not in staff.get("/isolation").text
    assert staff.post("/isolation/test", confirmed="yes").status_code == 403


def test_another_way_out_is_told_with_what_to_do(opened: Site) -> None:
    """The cable of that machine is to be pulled, not the uplink's: that is cut."""
    opened.panel.proof, opened.panel.other_exit = Proof.NOT_PROVEN, True
    opened.panel.isolate()
    for path in ("/isolation", "/"):
        text = opened.staff().get(path).text
        assert "cité parmi les signes de la coupure" in text, path
    assert "34:e6:ad:10:00:66" in opened.staff().get("/isolation").text


def test_what_a_switch_says_of_its_port_is_told(opened: Site) -> None:
    """Its own words are hostile text."""
    opened.panel.switch = (
        Shown(what="switch_shut", says=Says.YES, detail="49 <b>te1</b>: admin down, oper down"),
    )
    opened.panel.isolate()
    text = opened.staff().get("/isolation").text
    assert "Le commutateur dit que le port vers la box Internet est fermé." in text
    assert "49 &lt;b&gt;te1" in text


def test_the_last_test_of_the_port_alone_is_told(opened: Site) -> None:
    ended = Ended(at=NOW - 60, who="tech", proof="proven", cut_seconds=1.5, joined_seconds=0.4)
    opened.panel.test = ProofTestShown(switch=ended, due_at=NOW + 9e5)
    assert "Port du commutateur, seul" in opened.technician().get("/isolation").text


def test_what_the_pins_say_of_a_fault_stands_below_it(opened: Site) -> None:
    opened.panel.faults = ("relay_failed",)
    opened.panel.remarks = ("[panel] relay = 17 cannot be used: <busy>",)
    text = opened.staff().get("/isolation").text
    assert "le bouton ne coupe plus Internet" in text
    assert "relay = 17 cannot be used: &lt;busy&gt;" in text


def test_a_count_down_is_the_first_thing_on_every_page_and_can_be_stopped(opened: Site) -> None:
    """Without a script, by whoever has signed in."""
    opened.panel.announce("arp_spoof", "a-spoof")
    staff = opened.staff()
    for path in ("/", "/isolation", "/devices", "/help"):
        text = staff.get(path).text
        main = text[text.index("<main") :]
        assert main.index("Internet sera coupé dans") < main.index('id="state"')
        assert 'action="/isolation/stop"' in main
        assert 'data-left="42"' in main
        assert 'data-level="counting"' in main
    answer = staff.post("/isolation/stop")
    assert "Compte à rebours arrêté" in staff.get(answer.headers["Location"]).text
    assert (opened.panel.count_down, opened.panel.isolated) == (None, False)
    assert (opened.panel.log[0].who, opened.panel.log[0].what) == (STAFF, "stopped")
    assert opened.reader.audit_entries(limit=1)[0].what == "stop_count_down"


def test_a_count_down_can_be_shortened_too(opened: Site) -> None:
    opened.panel.announce("ransomware", "a-spoof")
    opened.staff().post("/isolation/cut", why="Pendant le compte à rebours")
    assert opened.panel.isolated


def test_who_stops_too_late_is_told(opened: Site) -> None:
    staff = opened.staff()
    answer = staff.post("/isolation/stop")
    assert "il n&#39;y a rien à arrêter" in staff.get(answer.headers["Location"]).text


def test_the_log_says_what_a_count_down_was_for(opened: Site) -> None:
    opened.panel.announce("ransomware", "a-spoof")
    text = opened.staff().get("/isolation").text
    assert "Vigie, après un compte à rebours" in text
    assert "Des fichiers partagés sont en train d&#39;être chiffrés" in text
    assert "@automatic" not in text
