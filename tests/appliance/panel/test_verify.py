"""The verdict: proven only on good evidence, doubted on any sign of life."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.signs import (
    CONTRADICTED,
    MEANING,
    Asked,
    Contact,
    Cut,
    Round,
    Says,
    Seen,
    Sign,
    Source,
)
from appliance.panel.tested import Learnt
from appliance.panel.verify import DEADLINE, GRACE, LEARNT_DEADLINE, Proof, signs, told, verdict
from appliance.texts import LANGUAGES, say
from tests.kit.front_panel import ANCHOR, GATEWAY, GATEWAY_MAC, NOON, beat, gateway

ONE_OF_EACH = {
    source: {says: Sign(what=what) for what, (of, says) in MEANING.items() if of is source}
    for source in Source
}
"""By source and by what it says, a sign."""
EVERY_CASE = tuple(product(*(found.values() for found in ONE_OF_EACH.values())))
SILENT = Round(asked=(GATEWAY,), controls=("192.168.1.20",))


def says(found: tuple[Sign, ...], *sources: Source) -> set[Says]:
    return {sign.says for sign in found if sign.source in sources}


@pytest.mark.parametrize("cut", Cut)
@pytest.mark.parametrize("waited", [0.0, DEADLINE])
@pytest.mark.parametrize("proven_ago", [None, 0.0, GRACE, GRACE + 0.1])
def test_the_whole_table(waited: float, proven_ago: float | None, cut: Cut) -> None:
    """All that the sources can say, before and after the deadline, with and without a proof."""
    assert len(EVERY_CASE) == 3**6
    for found in EVERY_CASE:
        given_ = verdict(found, waited, proven_ago, cut)
        yes = {sign.source for sign in found if sign.says is Says.YES}
        enough = (
            {Source.CAPTURE, Source.INTERNET} <= yes
            if cut is Cut.WAN
            else bool({Source.PROBE, Source.CAPTURE} & yes)
        )
        if Says.NO in says(found, Source.RELAY, Source.CONTACT):
            assert given_ is Proof.FAILED
        elif Says.NO in says(found, *Source):
            assert given_ is Proof.NOT_PROVEN
        elif enough or (proven_ago is not None and proven_ago <= GRACE):
            assert given_ is Proof.PROVEN
        else:
            assert given_ is (Proof.CHECKING if waited < DEADLINE else Proof.NOT_PROVEN)


def test_a_way_out_that_was_used_before_is_watched_before_anything_is_proven() -> None:
    found = (Sign(what="gateway_silent"), Sign(what="exit_watched"))
    assert verdict(found, 2.0, None) is Proof.CHECKING
    assert verdict(found, DEADLINE, None) is Proof.NOT_PROVEN


def test_what_never_changed_here_is_not_waited_for() -> None:
    """Where the mirror port shows nothing of the router, the answer need not wait for it."""
    waiting = (Sign(what="nobody_answers"), Sign(what="capture_waiting"))
    learnt = Learnt(at=NOON, cut="lan", sources=("probe",))
    assert verdict(waiting, LEARNT_DEADLINE, None) is Proof.CHECKING
    assert verdict(waiting, LEARNT_DEADLINE, None, learnt=learnt) is Proof.NOT_PROVEN
    both = Learnt(at=NOON, cut="lan", sources=("probe", "capture"))
    assert verdict(waiting, LEARNT_DEADLINE, None, learnt=both) is Proof.CHECKING


def test_another_way_out_is_told_as_such_when_it_is_the_only_trouble() -> None:
    assert told(Proof.NOT_PROVEN, ["exit_seen"]) == "other_exit"
    assert told(Proof.NOT_PROVEN, ["exit_seen", "gateway_answers"]) == "not_proven"
    assert told(Proof.NOT_PROVEN, []) == "not_proven"
    assert told(Proof.FAILED, ["exit_seen"]) == "failed"


def test_relay_and_contact_alone_prove_nothing() -> None:
    found = (Sign(what="relay_driven"), Sign(what="contact_moved"))
    assert verdict(found, DEADLINE, None) is Proof.NOT_PROVEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_and_verdict_has_words(language: str) -> None:
    for what in MEANING:
        assert say(language, f"panel.evidence.{what}")
    for proof in Proof:
        assert say(language, f"panel.proof.{proof}.title")
        assert say(language, f"panel.proof.{proof}.sentence")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("proof", [Proof.NOT_PROVEN, Proof.FAILED])
def test_an_unproven_cut_begins_with_what_to_do(language: str, proof: Proof) -> None:
    assert "UPLINK" in say(language, f"panel.proof.{proof}.sentence").split(".")[0]


def seen(since: float = 20.0, **more: object) -> Seen:
    """Give what is seen *since* seconds after a cut in which nothing is amiss."""
    usual = Seen(
        cut_at=NOON,
        round=SILENT,
        round_at=NOON + since,
        heartbeat=beat(asks_at=NOON + since - 2),
        heard_at=NOON + since,
        gateways=(gateway(NOON - 1),),
    )
    return replace(usual, **more)  # type: ignore[arg-type] # a test's shorthand


def sign(source: Source, what: Seen, since: float = 20.0) -> str:
    (found,) = [one.what for one in signs(what, NOON + since) if one.source is source]
    return found


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "gateway_silent"),
        ({"probing": False}, "probe_none"),
        ({"round": None}, "probe_waiting"),
        ({"round_at": NOON}, "probe_waiting"),
        ({"round": replace(SILENT, asked=())}, "gateway_unknown"),
        ({"round": replace(SILENT, sound=False)}, "probe_unsound"),
        ({"round": replace(SILENT, controls=())}, "nobody_answers"),
        ({"answered_at": NOON + 1, "answered": ("x",)}, "gateway_answers"),
        ({"answered_at": NOON + 1, "answered": (f"{GATEWAY} ({GATEWAY_MAC})",),
          "before": (gateway(NOON),)}, "gateway_answers"),
        ({"answered_at": NOON + 1, "answered": (f"{GATEWAY} (02:00:00:00:00:66)",),
          "before": (gateway(NOON),)}, "gateway_imitated"),
        ({"cut": Cut.WAN}, "gateway_beside"),
        ({"cut": Cut.WAN, "answered_at": NOON + 1, "answered": ("x",)}, "gateway_beside"),
        ({"cut": Cut.POWER}, "gateway_silent"),
        ({"answered_at": NOON + 1, "probing": False}, "gateway_answers"),
    ],
)  # fmt: skip
def test_what_the_questions_say(changed: dict[str, object], expected: str) -> None:
    assert sign(Source.PROBE, seen(**changed)) == expected


QUIET = Asked(sent=(ANCHOR,))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "internet_unlearned"),
        ({"internet_before": True}, "internet_silent"),
        ({"learnt": Learnt(at=NOON, cut="lan", sources=("internet",))}, "internet_silent"),
        ({"learnt": Learnt(at=NOON, cut="lan", sources=("probe",))}, "internet_unlearned"),
        ({"anchored": False}, "internet_off"),
        ({"anchors": None}, "internet_waiting"),
        ({"anchors": None, "probing": False}, "internet_unsure"),
        ({"anchors_at": NOON}, "internet_waiting"),
        ({"round": None}, "internet_waiting"),
        ({"anchors": Asked()}, "internet_unasked"),
        ({"round": replace(SILENT, controls=())}, "internet_unsure"),
        ({"round": replace(SILENT, sound=False)}, "internet_unsure"),
        ({"round": replace(SILENT, controls=(), answered=(GATEWAY,))}, "internet_unsure"),
        ({"round": replace(SILENT, controls=(), answered=(GATEWAY,)), "cut": Cut.WAN},
         "internet_unlearned"),
        ({"internet_at": NOON + 1, "internet": (ANCHOR,)}, "internet_answers"),
    ],
)  # fmt: skip
def test_what_the_internet_says(changed: dict[str, object], expected: str) -> None:
    """Its silence counts beside a control, and only where it is known to have answered."""
    usual = {"anchored": True, "anchors": QUIET, "anchors_at": NOON + 20}
    assert sign(Source.INTERNET, seen(**{**usual, **changed})) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "gateway_unseen"),
        ({"heartbeat": None}, "sensor_silent"),
        ({"heartbeat": beat(seeing=False)}, "sensor_blind"),
        ({"gateways": ()}, "gateway_never_seen"),
        ({"heartbeat": beat(asks_at=None)}, "nobody_asks"),
        ({"heartbeat": beat(asks_at=NOON - 1)}, "nobody_asks"),
        ({"heartbeat": beat(asks_at=NOON + 0.5)}, "nobody_asks"),
        ({"gateways": (gateway(NOON + 0.4),)}, "gateway_unseen"),
        ({"gateways": (gateway(NOON + 0.6),)}, "gateway_seen"),
        ({"gateways": (gateway(NOON - 1), gateway(NOON + 9, mac="02:00:00:00:00:66"))},
         "gateway_seen"),
        ({"gateways": (gateway(NOON + 9),), "heartbeat": None}, "gateway_seen"),
        ({"gateways": (gateway(NOON + 9e6),)}, "gateway_seen"),
    ],
)  # fmt: skip
def test_what_the_capture_says(changed: dict[str, object], expected: str) -> None:
    """A frame from any gateway speaks against the cut: also one that appeared after it."""
    assert sign(Source.CAPTURE, seen(**changed)) == expected


@pytest.mark.parametrize(("since", "expected"), [(7.4, "capture_waiting"), (7.6, "gateway_unseen")])
def test_silence_takes_five_seconds_that_the_sensor_has_told_of(
    since: float, expected: str
) -> None:
    """Half a second to settle, five of silence, and two that its word may be late."""
    assert sign(Source.CAPTURE, seen(since), since) == expected


def test_one_sign_of_life_outweighs_silence_for_half_a_minute() -> None:
    alive = {"gateways": (gateway(NOON + 40),)}
    for since, expected in ((41, "gateway_seen"), (69.9, "gateway_seen"), (70.1, "gateway_unseen")):
        assert sign(Source.CAPTURE, seen(since, **alive), since) == expected
    answered = seen(40 + CONTRADICTED - 1, answered_at=NOON + 40)
    assert sign(Source.PROBE, answered, 40 + CONTRADICTED - 1) == "gateway_answers"


@pytest.mark.parametrize("contact", Contact)
def test_what_the_contact_says(contact: Contact) -> None:
    assert sign(Source.CONTACT, seen(contact=contact)) == f"contact_{contact}"


rounds = st.none() | st.builds(
    Round,
    asked=st.sampled_from([(), (GATEWAY,)]),
    controls=st.sampled_from([(), ("192.168.1.20",)]),
    sound=st.booleans(),
)
moments = st.floats(NOON - 50, NOON + 50)


@given(
    st.builds(
        Seen,
        cut_at=st.just(NOON),
        contact=st.sampled_from(Contact),
        probing=st.booleans(),
        round=rounds,
        round_at=moments,
        answered_at=st.none() | moments,
        heartbeat=st.none() | st.builds(beat, asks_at=st.none() | moments, seeing=st.booleans()),
        heard_at=moments,
        gateways=st.lists(st.builds(gateway, moments), max_size=3).map(tuple),
    ),
    st.floats(NOON, NOON + 50),
)
def test_a_gateway_heard_after_the_cut_is_never_a_proven_cut(what: Seen, now: float) -> None:
    """Whatever else is seen or made up: no frame can turn a live gateway into a proven cut."""
    lively = [at for at in (g.at for g in what.gateways) if at > NOON + 0.5 and now - at < 30]
    found = signs(what, now)
    if lively:
        assert verdict(found, 20, 0.0) in (Proof.NOT_PROVEN, Proof.FAILED)
    assert {one.source for one in found} == set(Source)


def test_addresses_are_shown_to_the_technician() -> None:
    details = " ".join(one.detail for one in signs(seen(), NOON + 20))
    assert GATEWAY in details
    assert GATEWAY_MAC in details
