"""The report on paper."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.decisions import Verdict
from appliance.model import Level, Severity, Trust
from appliance.panel.journal import SHOWN, Entry
from appliance.report.calendar import Month
from appliance.report.facts import (
    DEVICES,
    MACHINES,
    Day,
    Event,
    Facts,
    Machine,
    Newcomer,
    Panel,
    Period,
    Upkeep,
    Watch,
)
from appliance.report.month import month
from appliance.report.paper import pdf
from appliance.report.sections import tell
from appliance.store.months import WORST
from appliance.texts import LANGUAGES, say
from tests.appliance.report.conftest import Kept
from tests.appliance.report.samples import HOUR, MADE, PARIS, facts, sort, watch
from tests.kit.people import RECEPTION, alert

HOSTILE = '#panic("x") $1/0$ *b* _i_ @ref <label> `raw` = Heading \\ // /* "quote" #import "x.typ"'

WORN = Watch(wanted=700 * HOUR, elapsed=700 * HOUR, saw=601 * HOUR)


def pages(content: bytes, folder: Path) -> list[str]:
    """Give the words of each page, on one line."""
    (folder / "x.pdf").write_bytes(content)
    words = ["pdftotext", "-layout", "x.pdf", "-"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    every = done.stdout.replace("\u200b", "").split("\f")[:-1]
    return [" ".join(page.split()) for page in every]


def crowded() -> Facts:
    """Give a month in which everything happened, with names as long as they may be."""
    name = "Poste-" + "x" * 249
    days = [Day(day=date(2026, 10, n), watch=WORN) for n in range(1, 32)]
    return facts(
        month=Month(2026, 9),
        zone=ZoneInfo("Europe/Paris"),
        practice="Cabinet dentaire des docteurs " + "Tilleul " * 30,
        this=replace(watch(99), newcomers=9876, learnt=1234, cuts=43, journal_whole=False),
        before=Period(alerts={Severity.DANGER: 4321}, newcomers=3, cuts=1, watch=WORN),
        open={Severity.DANGER: 1234, Severity.WARNING: 9876},
        incident_open=True,
        unapproved=9876,
        learning=True,
        kept=False,
        upkeep=Upkeep(computers=9999, updated=8888, protected=7777, ended=66, due=55, soon=44),
        sorts=tuple(sort(Severity.DANGER, 9999, 99, f"detector_{n}") for n in range(35)),
        worst=tuple(Event(alert=alert(f"a-{n}", about=RECEPTION), open=True) for n in range(WORST)),
        names={RECEPTION: name},
        newcomers=tuple(
            Newcomer(name=name, kind="workstation", at=MADE, trust=Trust.UNKNOWN)
            for _ in range(DEVICES)
        ),
        machines=tuple(
            Machine(
                name=name,
                kind="server",
                system="Windows Server 2008 R2 Datacenter",
                computer=True,
                updated_at=MADE - 3e8,
                antivirus=("Sophos", "ESET", "Microsoft Defender"),
                ended=True,
                due="due",
                aged=True,
                years=18,
            )
            for _ in range(MACHINES)
        ),
        journal=tuple(
            Entry(at=MADE, who=name[:64], what="isolated", why="y" * 200) for _ in range(SHOWN)
        ),
        days=tuple(days),
        panel=Panel(
            light=Level.ISOLATED_UNPROVEN,
            faults=frozenset({"test_failed", "test_overdue", "relay_failed"}),
            tested_at=MADE,
            test_passed=False,
        ),
    )


def test_it_is_a_pdf_for_archives() -> None:
    content = pdf(tell(month(facts()), "fr"))
    assert content.startswith(b"%PDF-")
    assert b"pdfaid:part" in content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dentist_has_one_page_and_the_details_stand_behind(
    kept: Kept, language: str, tmp_path: Path
) -> None:
    told = tell(month(kept.facts()), language)
    first, *others = pages(pdf(told), tmp_path)
    assert told.verdict_title in first
    assert all(" ".join(point.what.split()) in first for point in told.points)
    assert others
    details = say(language, "report.details")
    assert details not in first
    assert others[0].startswith(details)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_in_which_everything_happened_has_one_first_page_all_the_same(
    language: str, tmp_path: Path
) -> None:
    told = tell(month(crowded()), language)
    first, second, *_ = pages(pdf(told), tmp_path)
    last = told.notes[-1].split()[-1]
    assert last in first
    assert second.startswith(say(language, "report.details"))


def test_a_month_without_anything_has_its_page(tmp_path: Path) -> None:
    first, second = pages(pdf(tell(month(facts()), "fr")), tmp_path)
    assert "Rien à faire." in first
    assert "Aucune alerte ce mois-ci." in second


def test_hostile_names_stay_text(kept: Kept, tmp_path: Path) -> None:
    """What came from the wire, or from a keyboard, is never markup."""
    kept.office.decide(
        author="x", verdict=Verdict.DESCRIBE, mac=RECEPTION, name=HOSTILE[:60], place=HOSTILE[:60]
    )
    kept.office.decide(author="x", verdict=Verdict.CLOSE, alert="a-spoof", reason=HOSTILE)
    kept.config = replace(kept.config, practice=replace(kept.config.practice, name=HOSTILE))
    text = " ".join(pages(pdf(tell(month(kept.facts()), "fr")), tmp_path))
    for piece in ('#panic("x")', "$1/0$", "*b*", "_i_", "@ref", "<label>", "`raw`", "#import"):
        assert text.count(piece) >= 2, piece


def test_the_box_says_nothing_outside_the_practices_time(tmp_path: Path) -> None:
    """Made an hour before November in Paris, when it is October in UTC as well."""
    text = pages(pdf(tell(month(facts(zone=PARIS)), "en")), tmp_path)[0]
    assert re.search(r"Made on 31 October 2026, 23:00", text)
