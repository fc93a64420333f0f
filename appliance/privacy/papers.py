"""The notice for the staff and the note on risks: filled in, the rest marked to complete, as PDF/A.

What the box knows is its configuration, what the practice says of itself once for all, and how many
accounts there are. Of the law they say what ``data/privacy_duties.csv`` has with its source, and
no more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from importlib import metadata, resources

from msgspec import Struct

from appliance.config import Config
from appliance.dossier.words import moment
from appliance.exchange.sheet import plain
from appliance.knowledge.privacy_duties import duties, stated
from appliance.press import setting
from appliance.privacy.records import RECORDS, Record
from appliance.texts import say

DAY_HOURS = 24


class Paper(StrEnum):
    """A paper to print."""

    NOTICE = "notice"
    NOTE = "note"


class Block(Struct):
    """A piece of a paper."""

    sort: str
    """``title``, ``text``, ``list``, ``blank`` or ``table``."""
    text: str = ""
    items: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known for a paper."""

    config: Config
    particulars: Mapping[str, str]
    """What the practice says of itself."""
    accounts: int
    language: str
    now: float


def pdf(which: Paper, known: Known) -> bytes:
    """Give the paper as a PDF; raises `appliance.press.setting.PaperError`."""
    words = partial(say, known.language)
    practice = plain(known.config.practice.name)
    day = stated().isoformat()
    value = {
        "title": words(f"privacy_{which.value}.title"),
        "practice": practice or words("privacy_paper.blank"),
        "language": known.language,
        "page": words("privacy_paper.page"),
        "blank": words("privacy_paper.blank"),
        "date": tuple(datetime.fromtimestamp(known.now, UTC).timetuple())[:6],
        "made": words(
            "privacy_paper.made",
            version=metadata.version("vigie"),
            at=moment(known.language, known.now),
            law=day,
        ),
        "blocks": list(blocks(which, known)),
    }
    source = resources.files(__package__).joinpath("papers.typ").read_bytes()
    return setting.pdf(source, {"paper": value})


def blocks(which: Paper, known: Known) -> Iterable[Block]:
    """Give what is on the paper, in order."""
    words = partial(say, known.language)
    return (_notice if which is Paper.NOTICE else _note)(known, words)


def duration(language: str, record: Record, config: Config) -> str:
    """Say for how long *record* is kept."""
    days = record.kept_days(config.keep)
    if record.until is not None:
        return say(language, f"privacy.until_{record.until.value}")
    if days < 1:
        return say(language, "privacy_paper.hours", n=round(days * DAY_HOURS))
    return say(language, "privacy_paper.days", n=round(days))


def guests(language: str, config: Config) -> str:
    """Name the networks of guests; nothing where none is set."""
    vlans = (
        say(language, "privacy.guests_vlan", number=number)
        for number in config.home.unrecorded_vlans
    )
    return ", ".join([*config.home.unrecorded, *vlans])


def _notice(known: Known, words: Callable[..., str]) -> Iterable[Block]:
    for part in ("purpose", "basis"):
        yield Block(sort="title", text=words(f"privacy_notice.{part}_title"))
        yield Block(sort="text", text=words(f"privacy_notice.{part}"))
    yield Block(sort="title", text=words("privacy_notice.data_title"))
    yield _kept(known, words)
    yield _packets(known, words)
    yield Block(sort="text", text=words("privacy_notice.never"))
    yield Block(sort="title", text=words("privacy_paper.recipients"))
    yield from _recipients(known, words)
    yield Block(sort="title", text=words("privacy_paper.rights_title"))
    yield Block(sort="text", text=words("privacy_paper.rights"))
    yield _contact(known, words)
    for part in ("private", "cut"):
        yield Block(sort="title", text=words(f"privacy_notice.{part}_title"))
        yield Block(sort="text", text=words(f"privacy_notice.{part}"))
    yield Block(sort="blank", text=words("privacy_notice.receipt"))


def _note(known: Known, words: Callable[..., str]) -> Iterable[Block]:
    yield _contact(known, words)
    for part in ("need", "description"):
        yield Block(sort="title", text=words(f"privacy_note.{part}_title"))
        yield Block(sort="text", text=words(f"privacy_note.{part}"))
        yield Block(sort="blank", text=words(f"privacy_note.{part}_blank"))
    yield Block(sort="title", text=words("privacy_note.basis_title"))
    yield Block(sort="text", text=words("privacy_note.basis"))
    yield Block(sort="title", text=words("privacy_note.data_title"))
    yield _kept(known, words)
    yield _packets(known, words)
    named = guests(known.language, known.config)
    text = words("privacy_paper.guests", names=named) if named else ""
    yield Block(sort="text", text=text or words("privacy_paper.guests_none"))
    yield Block(sort="title", text=words("privacy_note.recipients_title"))
    yield from _recipients(known, words)
    yield Block(sort="title", text=words("privacy_note.measure_title"))
    numbers = ("one", "two", "three", "four")
    yield Block(sort="list", items=[words(f"privacy_note.measure_{each}") for each in numbers])
    yield Block(sort="title", text=words("privacy_note.inform_title"))
    yield Block(sort="text", text=words("privacy_note.inform"))
    yield Block(sort="blank", text=words("privacy_note.inform_blank"))
    yield Block(sort="title", text=words("privacy_note.risks_title"))
    yield Block(
        sort="table",
        head=[words(f"privacy_note.{each}") for each in ("risk", "measures", "left")],
        rows=[
            (
                words(f"privacy_note.risk_{each}"),
                words(f"privacy_note.risk_{each}_measures"),
                words("privacy_paper.blank"),
            )
            for each in ("access", "change", "loss", "misuse")
        ],
    )
    yield Block(sort="title", text=words("privacy_note.decision_title"))
    for each in ("decision_dpo", "decision_staff", "decision"):
        yield Block(sort="blank", text=words(f"privacy_note.{each}"))
    yield Block(sort="title", text=words("privacy_paper.sources"))
    yield Block(
        sort="table",
        head=[words(f"privacy_paper.{each}") for each in ("duty", "source", "sureness")],
        rows=[
            (
                words(f"privacy_duty.{each.id}"),
                each.source,
                words(f"privacy_paper.{'found' if each.found else 'memory'}"),
            )
            for each in duties()
        ],
    )


def _kept(known: Known, words: Callable[..., str]) -> Block:
    return Block(
        sort="table",
        head=[words(f"privacy_paper.{each}") for each in ("what", "holds", "kept")],
        rows=[
            (
                words(f"privacy_record.{each.id}.name"),
                words(f"privacy_record.{each.id}.holds"),
                duration(known.language, each, known.config),
            )
            for each in RECORDS
            if each.personal
        ],
    )


def _packets(known: Known, words: Callable[..., str]) -> Block:
    packets = known.config.packets
    key = "packets.paper_on" if packets.keep else "packets.paper_off"
    return Block(sort="text", text=words(key, minutes=packets.minutes))


def _recipients(known: Known, words: Callable[..., str]) -> Iterable[Block]:
    yield Block(sort="text", text=words("privacy_paper.accounts", n=known.accounts))
    outputs = known.config.outputs
    if not outputs.configured:
        yield Block(sort="text", text=words("privacy_paper.told_none"))
    else:
        ways = sorted({*outputs.mail, *outputs.personal, *outputs.machines})
        names = ", ".join(sorted(map(plain, outputs.person))) or words("privacy_paper.blank")
        told = words("privacy_paper.told", names=names, ways=", ".join(map(plain, ways)))
        yield Block(sort="text", text=told)
        persons = {name for name, one in outputs.person.items() if one.details}
        machines = {name for name, one in outputs.machines.items() if one.details}
        if detailed := sorted(map(plain, persons | machines)):
            names = ", ".join(detailed)
            yield Block(sort="text", text=words("privacy_paper.details", names=names))
    yield Block(sort="text", text=words("privacy_paper.outside"))


def _contact(known: Known, words: Callable[..., str]) -> Block:
    said = known.particulars
    rows = {
        "practice": said.get("structure_identity") or known.config.practice.name,
        "responsible": said.get("declarant", ""),
        "dpo": said.get("dpo", ""),
        "technician": said.get("technician", ""),
    }
    blank = words("privacy_paper.blank")
    return Block(
        sort="table",
        head=("", ""),
        rows=[
            (words(f"privacy_paper.{key}"), plain(value) or blank) for key, value in rows.items()
        ],
    )
