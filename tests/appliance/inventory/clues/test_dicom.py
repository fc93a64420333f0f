"""What DICOM associations say of both sides."""

import pytest

from appliance.facts import DicomAssociated
from appliance.inventory.clues.dicom import ASKED, Associations
from tests.kit.made import ALICE_IP, BOB, BOB_IP, made, says, votes

WORKLIST, MPPS = "1.2.840.10008.5.1.4.31", "1.2.840.10008.3.1.2.3.3"
CBCT, INTRAORAL = "1.2.840.10008.5.1.4.1.1.13.1.2", "1.2.840.10008.5.1.4.1.1.1.3"
FIND, MOVE = "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.5.1.4.1.2.2.2"
ECHO = "1.2.840.10008.1.1"


def request(*syntaxes: str, sport: int = 40_000, **said):
    return made(
        DicomAssociated, kind="requested", syntaxes=syntaxes, sport=sport, dport=104, **said
    )


def answer(kind: str = "accepted", *, agreed: bool = True, dport: int = 40_000, **said):
    return made(
        DicomAssociated,
        kind=kind,
        mac=BOB,
        src=BOB_IP,
        dst=ALICE_IP,
        sport=104,
        dport=dport,
        agreed=agreed,
        **said,
    )


@pytest.mark.parametrize(
    ("asked", "kind", "weight"),
    [
        (WORKLIST, "acquisition_pc", 35),
        (MPPS, "acquisition_pc", 35),
        (CBCT, "panoramic", 60),
        (INTRAORAL, "acquisition_pc", 35),
        (INTRAORAL + ".1", "sensor", 35),
        (FIND, "workstation", 15),
        (MOVE, "workstation", 15),
    ],
)
def test_what_is_asked_for_tells_what_the_asker_is(asked, kind, weight):
    """An acquisition device wants the worklist, a viewer looks for images."""
    (clue,) = Associations().read(request(asked))
    assert (clue.kind, clue.weight) == (kind, weight)


def test_an_echo_tells_nothing():
    """Anybody tries whether the other side is there."""
    assert list(Associations().read(request(ECHO))) == []


@pytest.mark.parametrize("asked", [CBCT, WORKLIST, FIND])
def test_who_agrees_to_be_asked_is_a_server(asked):
    """The archive, or the practice's software."""
    both = Associations()
    list(both.read(request(asked)))
    assert votes(both.read(answer())) == {"server"}


def test_an_answer_counts_only_after_its_request_and_only_once():
    """And when both sides have something they can do."""
    both = Associations()
    assert list(both.read(answer())) == []
    list(both.read(request(CBCT)))
    assert list(both.read(answer(dport=40_001))) == []
    assert votes(both.read(answer(agreed=False))) == set()
    assert list(both.read(answer())) == []


def test_a_refusal_shows_that_dicom_is_spoken_there_and_no_more():
    """After a request the other way."""
    both = Associations()
    assert list(both.read(answer("rejected", agreed=False))) == []
    list(both.read(request(CBCT)))
    clues = list(both.read(answer("rejected", agreed=False)))
    assert says(clues) == [("dicom_service", "association")]
    assert votes(clues) == set()


def test_a_viewer_that_has_images_sent_to_it_is_no_archive():
    """It takes them in as an archive does."""
    both = Associations()
    list(both.read(request(MOVE, mac=BOB, src=BOB_IP, dst=ALICE_IP, sport=50_000)))
    list(both.read(request(CBCT)))
    assert votes(both.read(answer())) == set()


def test_a_toolkit_that_offers_everything_tells_nothing():
    """As many syntaxes as a fact can hold."""
    everything = [f"1.2.3.{number}" for number in range(63)]
    both = Associations()
    assert list(both.read(request(WORKLIST, *everything))) == []
    assert votes(both.read(answer())) == set()


def test_a_toolkit_that_offers_all_kinds_of_images_sends_some():
    """A hint, for it may also pass on what others made."""
    everything = [f"1.2.3.{number}" for number in range(63)]
    (clue,) = Associations().read(request(CBCT, *everything))
    assert (clue.kind, clue.weight) == ("acquisition_pc", 15)


def test_makers_roots_name_makers_and_toolkits_none():
    """The software that many use says nothing of who built the device."""
    maker = list(Associations().read(request(ECHO, implementation="1.2.410.200028.1")))
    assert votes(maker, "maker") == {"Vatech"}
    toolkit = list(
        Associations().read(
            request(
                ECHO, implementation="1.2.276.0.7230010.3.0.3", implementation_name="OFFIS_DCMTK"
            )
        )
    )
    assert says(toolkit) == [("dicom_implementation", "OFFIS_DCMTK")]
    assert votes(toolkit, "maker") == set()


def test_titles_count_where_they_are_ones_own():
    """In an answer they are an echo of the request."""
    both = Associations()
    assert votes(both.read(request(ECHO, calling="ROMEXIS"))) == {"acquisition_pc"}
    assert votes(both.read(answer(called="ROMEXIS", calling="SIDEXIS"))) == set()


def test_requests_without_answers_have_a_maximum():
    """A scanner makes many."""
    both = Associations()
    for port in range(2 * ASKED):
        list(both.read(request(CBCT, sport=port)))
    assert len(both._asked) == ASKED
