"""What a device is, by what speaks for it."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.inventory.identity import Belief, identify
from appliance.knowledge.kinds import Kind
from appliance.model import Evidence, Sureness

WEIGHTS = st.integers(1, 100)
VOTES = st.builds(
    Evidence,
    source=st.sampled_from(["oui", "dhcp", "mdns"]),
    says=st.just(""),
    weight=WEIGHTS,
    first_at=st.just(0.0),
    last_at=st.just(0.0),
    kind=st.sampled_from(["", *Kind]),
    os=st.sampled_from(["", "Windows", "Windows 10", "Windows 7", "Linux"]),
)


def says(source: str, weight: int, **votes: str) -> Evidence:
    return Evidence(source=source, says="", weight=weight, first_at=0, last_at=0, **votes)


def kind_of(*evidence: Evidence) -> Belief:
    return identify(evidence).kind


def test_without_evidence_nothing_is_believed():
    """Neither kind nor anything else."""
    nothing = identify([says("dhcp", 60)])
    assert {nothing.kind, nothing.maker, nothing.model, nothing.os} == {Belief()}


def test_one_strong_sign_makes_it_likely():
    """Two sources that agree make it certain."""
    one = says("mdns", 60, kind="printer")
    assert kind_of(one) == Belief(value="printer", sure=Sureness.LIKELY)
    assert kind_of(one, says("port", 35, kind="printer")).sure is Sureness.CERTAIN


def test_a_source_counts_once_however_often_it_speaks():
    """Eight announcements are no eight witnesses."""
    assert kind_of(*[says("mdns", 35, kind="printer")] * 8).sure is Sureness.GUESS


def test_what_speaks_against_it_is_told_and_makes_it_less_sure():
    """The weightiest first."""
    found = kind_of(
        says("mdns", 60, kind="printer"),
        says("port", 35, kind="printer"),
        says("name", 15, kind="camera"),
        says("oui", 50, kind="nas"),
    )
    assert found == Belief(value="printer", sure=Sureness.LIKELY, others=("nas", "camera"))


def test_a_broader_kind_supports_a_narrower_one():
    """A computer that takes images is a workstation, too; that is no contradiction."""
    workstation, imaging = (
        says("ntlm", 60, kind="workstation"),
        says("dicom", 35, kind="acquisition_pc"),
    )
    assert kind_of(workstation, imaging) == Belief(value="acquisition_pc", sure=Sureness.CERTAIN)


def test_a_system_without_its_release_supports_one_with_it():
    """But not another release."""
    found = identify([says("ntlm", 60, os="Windows 10"), says("dhcp", 35, os="Windows")]).os
    assert found == Belief(value="Windows 10", sure=Sureness.CERTAIN)
    against = identify([says("ntlm", 60, os="Windows 10"), says("dhcp", 60, os="Windows 7")]).os
    assert (against.sure, against.others) == (Sureness.GUESS, ("Windows 7",))


@given(st.lists(VOTES, max_size=8), st.randoms())
def test_the_order_of_evidence_does_not_matter(evidence: list[Evidence], random):
    """The same signs, the same answer."""
    shuffled = random.sample(evidence, len(evidence))
    assert identify(evidence) == identify(shuffled)


@given(st.lists(VOTES, max_size=8))
def test_what_is_believed_was_said_and_is_no_contradiction_to_itself(evidence: list[Evidence]):
    """No value comes from nowhere."""
    found = identify(evidence)
    for belief, said in (
        (found.kind, {e.kind for e in evidence}),
        (found.os, {e.os for e in evidence}),
    ):
        assert belief.value in said | {""}
        assert set(belief.others) <= said - {belief.value, ""}
