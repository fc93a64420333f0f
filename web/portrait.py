"""What a device is and why, in words: each thing with how sure it is, and the signs both ways.

What people decided wins, and stands apart: it is no evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.exchange.portrait import Portrait, portray
from appliance.exchange.sheet import kind_words
from appliance.inventory.identity import Belief, identify
from appliance.knowledge.hint import HIGH, MEDIUM
from appliance.model import Device, Evidence
from appliance.texts import say
from web.wording import known

ASPECTS = ("kind", "maker", "model", "os")

GIVEN = "given"
"""The sureness of what people say; the others are those of `Sureness`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that a device is."""

    aspect: str
    value: str
    """In words; empty when nobody knows."""
    sure: str = ""
    others: tuple[str, ...] = ()
    """What other signs say, in words."""
    seen: str = ""
    """What the signs say where people say something else."""
    seen_sure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A piece of evidence in words."""

    source: str
    says: str
    weight: int
    strength: str
    """``high``, ``medium`` or ``low``: a key of the texts."""
    first_at: float
    last_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The signs for one value of one aspect."""

    aspect: str
    """Empty for signs that speak for nothing in particular."""
    value: str
    sure: str
    against: bool
    """It contradicts what is believed."""
    signs: tuple[Sign, ...]


def lines(language: str, device: Device) -> list[Line]:
    """Give what *device* is, what is not known left out but for its kind."""
    told = portray(device)
    return [
        line
        for aspect in ASPECTS
        if (line := _line(language, device, told, aspect)).value or aspect == "kind"
    ]


def groups(language: str, device: Device) -> list[Group]:
    """Give all evidence of *device* by what it speaks for, the believed value of each first."""
    told = portray(device)
    found: list[Group] = []
    for aspect in ASPECTS:
        belief: Belief = getattr(told.seen, aspect)
        found += _groups(language, device, aspect, belief)
    rest = [each for each in device.evidence if not any(getattr(each, name) for name in ASPECTS)]
    if rest:
        signs = _signs(language, rest)
        found.append(Group(aspect="", value="", sure="", against=False, signs=signs))
    return found


def value_words(language: str, aspect: str, value: str) -> str:
    """Give *value* of *aspect* in words: kinds have names, the rest names itself."""
    return kind_words(language, value) if aspect == "kind" else value


def source_words(language: str, source: str) -> str:
    """Give the name of a source of evidence; one that this version does not know has one too."""
    return known(language, f"source.{source}") or say(language, "signs.other", source=source)


def _line(language: str, device: Device, told: Portrait, aspect: str) -> Line:
    belief: Belief = getattr(told.seen, aspect)
    words = value_words(language, aspect, belief.value)
    others = tuple(
        value_words(language, aspect, other)
        for other in belief.others
        if aspect != "kind" or other != device.given_kind
    )
    sure = belief.sure.value if belief.value else ""
    if aspect == "kind" and device.given_kind:
        differs = belief.value not in ("", device.given_kind)
        return Line(
            aspect=aspect,
            value=value_words(language, aspect, device.given_kind),
            sure=GIVEN,
            others=others if differs else (),
            seen=words if differs else "",
            seen_sure=sure if differs else "",
        )
    return Line(aspect=aspect, value=words if belief.value else "", sure=sure, others=others)


def _groups(language: str, device: Device, aspect: str, belief: Belief) -> Iterator[Group]:
    by_value: dict[str, list[Evidence]] = {}
    for each in device.evidence:
        if value := getattr(each, aspect):
            by_value.setdefault(value, []).append(each)
    if belief.value not in by_value:
        return
    backing = [value for value in by_value if _agree(value, belief.value, aspect)]
    yield Group(
        aspect=aspect,
        value=value_words(language, aspect, belief.value),
        sure=belief.sure.value,
        against=False,
        signs=_signs(language, [each for value in backing for each in by_value[value]]),
    )
    others = [value for value in by_value if value not in backing]
    for value in sorted(others, key=lambda value: (-_weight(by_value[value]), value)):
        yield Group(
            aspect=aspect,
            value=value_words(language, aspect, value),
            sure="",
            against=True,
            signs=_signs(language, by_value[value]),
        )


def _agree(one: str, other: str, aspect: str) -> bool:
    """Tell whether one of two values is only a broader one than the other."""
    if one == other:
        return True
    pair = (_vote(aspect, one), _vote(aspect, other))
    belief: Belief = getattr(identify(pair), aspect)
    return not belief.others


def _vote(aspect: str, value: str) -> Evidence:
    return Evidence(source="", says="", weight=1, first_at=0, last_at=0, **{aspect: value})


def _weight(evidence: list[Evidence]) -> int:
    return sum(each.weight for each in evidence)


def _signs(language: str, evidence: list[Evidence]) -> tuple[Sign, ...]:
    ranked = sorted(evidence, key=lambda each: (-each.weight, -each.last_at, each.source))
    return tuple(
        Sign(
            source=source_words(language, each.source),
            says=each.says,
            weight=each.weight,
            strength=strength(each.weight),
            first_at=each.first_at,
            last_at=each.last_at,
        )
        for each in ranked
    )


def strength(weight: int) -> str:
    """Give the word for *weight*, as tables weigh (`appliance.knowledge.hint`)."""
    return "high" if weight >= HIGH else "medium" if weight >= MEDIUM else "low"
