"""A status in words, for the command line: what is, what to do, why Vigie thinks so."""

import time
from collections.abc import Callable, Iterator

from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, ON_SITE
from appliance.panel.status import PanelStatus, ProofTestShown
from appliance.panel.tested import Ended
from appliance.texts import say, sentences


def report(status: PanelStatus, language: str) -> str:
    """Give *status* in *language*, some lines; times are this machine's."""
    return "\n".join(_lines(status, language))


def person(who: str, language: str) -> str:
    """Give the name to show for *who* ordered something."""
    roles = {
        BUTTON: "panel.who.button",
        ON_SITE: "panel.who.on_site",
        AUTOMATIC: "panel.who.automatic",
        BOX: "panel.who.box",
        "": "panel.who.nobody",
    }
    return say(language, roles[who]) if who in roles else who


def reason(who: str, why: str, language: str) -> str:
    """Give the reason to show for what *who* ordered; of a count-down, what was seen."""
    return sentences(language).get(f"{why}.title", why) if who == AUTOMATIC else why


def _lines(status: PanelStatus, language: str) -> Iterator[str]:
    if status.count_down is not None:
        title = reason(AUTOMATIC, status.count_down.detector, language)
        at = moment(status.count_down.ends_at)
        yield say(language, "panel.report.counting", at=at, title=title)
        yield say(language, "panel.report.counting_stop")
    yield say(language, f"panel.proof.{status.told}.title")
    yield say(language, f"panel.proof.{status.told}.sentence")
    if status.since is not None:
        at = moment(status.since)
        yield say(language, "panel.report.ordered", who=person(status.who, language), at=at)
    if status.why:
        why = reason(status.who, status.why, language)
        yield say(language, "panel.report.because", why=why)
    for sign in status.evidence:
        mark = say(language, f"panel.report.{sign.says}")
        detail = f" ({sign.detail})" if sign.detail else ""
        yield f"  [{mark}] {say(language, f'panel.evidence.{sign.what}')}{detail}"
    for fault in status.faults:
        words = say(language, f"panel.fault.{fault}")
        yield say(language, "panel.report.fault", fault=words)
    for remark in status.remarks:
        yield f"  {remark}"
    if status.simulated:
        yield say(language, "panel.report.simulated")
    if status.test is not None:
        yield from _tested(status.test, language)
    lit = say(language, f"panel.level.{status.light}.light")
    yield say(language, "panel.report.light", light=lit)


def _tested(test: ProofTestShown, language: str) -> Iterator[str]:
    """Tell of the proof test, and of what it learnt."""
    if test.running:
        yield say(language, "panel.report.testing")
    yield last_test(test, language, moment)
    if test.switch is not None:
        yield switch_test(test.switch, language, moment)
    yield what_was_learnt(test, language, moment)
    if test.due_at is not None:
        yield say(language, "panel.report.due", at=moment(test.due_at))


def last_test(test: ProofTestShown, language: str, moment: Callable[[float], str]) -> str:
    """Tell how the last proof test ended; *moment* words a time."""
    last = test.last
    if last is None:
        return say(language, "panel.report.never_tested")
    key = "tested_unjoined" if last.joined_seconds is None else "tested"
    return say(
        language,
        f"panel.report.{key}",
        at=moment(last.at),
        result=say(language, f"panel.log.{last.what}"),
        cut=_seconds(last.cut_seconds, language),
        joined=_seconds(last.joined_seconds or 0.0, language),
    )


def switch_test(ended: Ended, language: str, moment: Callable[[float], str]) -> str:
    """Tell how the last test of the switch's port alone ended; *moment* words a time."""
    return say(
        language,
        "panel.report.switch_tested",
        result=say(language, f"panel.log.{ended.what}"),
        at=moment(ended.at),
        cut=_seconds(ended.cut_seconds, language),
    )


def what_was_learnt(test: ProofTestShown, language: str, moment: Callable[[float], str]) -> str:
    """Tell by what a cut shows here; *moment* words a time."""
    if test.learnt is None:
        return say(language, "panel.report.unlearnt")
    sources = ", ".join(say(language, f"panel.source.{one}") for one in test.learnt.sources)
    key = "learnt" if sources else "learnt_nothing"
    return say(language, f"panel.report.{key}", at=moment(test.learnt.at), sources=sources)


def _seconds(seconds: float, language: str) -> str:
    digits = f"{seconds:.1f}"
    return digits.replace(".", ",") if language == "fr" else digits


def moment(at: float) -> str:
    """Write a time in this machine's zone, which is named, to the second."""
    return time.strftime("%d/%m/%Y %H:%M:%S %Z", time.localtime(at))
