"""What people write."""

from concurrent.futures import ThreadPoolExecutor

from appliance.decisions import Verdict
from appliance.store import Role
from tests.appliance.store.samples import ALICE, NOON


def staffed(box):
    office = box.office()
    assert office.add_user("marie", "hash-1", role=Role.TECHNICIAN, language="fr")
    assert office.add_user("paul", "hash-2", role=Role.STAFF, language="en")
    return office


def test_accounts_are_listed_by_name(box):
    users = staffed(box).users()
    assert [(user.name, user.role, user.language, user.created_at) for user in users] == [
        ("marie", Role.TECHNICIAN, "fr", NOON),
        ("paul", Role.STAFF, "en", NOON),
    ]


def test_a_name_can_be_taken_once(box):
    """And the first account keeps its pass-phrase."""
    office = staffed(box)
    assert not office.add_user("paul", "hash-3", role=Role.TECHNICIAN, language="fr")
    assert (office.password("paul"), office.password("nobody")) == ("hash-2", None)


def test_a_new_pass_phrase_ends_all_sessions(box):
    office = staffed(box)
    token = office.open_session("paul")
    assert office.set_password("paul", "hash-4")
    assert office.password("paul") == "hash-4"
    assert office.session(token) is None
    assert not office.set_password("nobody", "hash-5")


def test_the_language_of_an_account_can_change(box):
    office = staffed(box)
    assert office.set_language("paul", "fr")
    assert {user.language for user in office.users()} == {"fr"}
    assert not office.set_language("nobody", "fr")


def test_the_last_technician_cannot_be_removed(box):
    """Nobody could reconnect the practice any more."""
    office = staffed(box)
    assert office.remove_user("paul")
    assert not office.remove_user("paul")
    assert not office.remove_user("marie")
    assert [user.name for user in office.users()] == ["marie"]


def test_a_removed_user_is_signed_out(box):
    office = staffed(box)
    token = office.open_session("paul")
    office.remove_user("paul")
    assert office.session(token) is None


def test_a_session_ends_when_it_is_closed(box):
    office = staffed(box)
    kept, closed = office.open_session("marie"), office.open_session("marie")
    assert office.close_session(closed)
    assert not office.close_session(closed)
    assert (office.session(kept).name, office.session(closed)) == ("marie", None)
    assert office.close_sessions_of("marie") == 1
    assert office.session(kept) is None


def test_a_session_survives_a_restart_of_the_web(box):
    office = staffed(box)
    token = office.open_session("marie")
    office.close()
    assert box.office().session(token).name == "marie"


def test_a_decision_of_a_thread_is_there_for_all(box):
    """The web answers from several threads at once."""
    office = box.office()
    with ThreadPoolExecutor(8) as threads:
        made = list(
            threads.map(
                lambda n: office.decide(author=f"{n}", verdict=Verdict.APPROVE, mac=ALICE),
                range(40),
            )
        )
    assert len({decision.id for decision in made}) == 40
    assert len(box.reader().decisions()) == 40


def test_a_set_up_code_works_exactly_once(box):
    """Also when two browsers use it at the same moment."""
    office = box.office()
    office.offer_setup("code-hash", until=NOON + 600)
    assert not office.use_setup("another")
    others = [box.office() for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        used = list(threads.map(lambda one: one.use_setup("code-hash"), others))
    assert sorted(used) == [False, False, False, True]


def test_a_set_up_code_works_only_in_time(box):
    office = box.office()
    office.offer_setup("code-hash", until=NOON + 600)
    box.clock.at = NOON + 600
    assert not office.use_setup("code-hash")


def test_a_new_set_up_code_replaces_the_one_before(box):
    office = box.office()
    office.offer_setup("first", until=NOON + 600)
    office.offer_setup("second", until=NOON + 600)
    assert not office.use_setup("first")
    assert office.use_setup("second")


def test_what_people_did_is_audited(box):
    office = box.office()
    office.audit("marie", "sign_in")
    office.audit("marie", "isolate", "Le poste accueil chiffre des fichiers")
    entries = box.reader().audit_entries()
    assert [(entry.who, entry.what) for entry in entries] == [
        ("marie", "isolate"),
        ("marie", "sign_in"),
    ]
    assert office.verify_audit().whole
