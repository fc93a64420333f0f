"""A status in words, for the command line: what is, what to do, why Vigie thinks so."""

import time
from collections.abc import Iterator

from appliance.panel.journal import BOX, BUTTON, ON_SITE
from appliance.panel.status import PanelStatus
from appliance.texts import say


def report(status: PanelStatus, language: str) -> str:
    """Give *status* in *language*, some lines; hours are those of this machine's zone."""
    return "\n".join(_lines(status, language))


def person(who: str, language: str) -> str:
    """Give the name to show for *who* ordered something."""
    roles = {
        BUTTON: "panel.who.button",
        ON_SITE: "panel.who.on_site",
        BOX: "panel.who.box",
        "": "panel.who.nobody",
    }
    return say(language, roles[who]) if who in roles else who


def _lines(status: PanelStatus, language: str) -> Iterator[str]:
    yield say(language, f"panel.proof.{status.proof}.title")
    yield say(language, f"panel.proof.{status.proof}.sentence")
    if status.since is not None:
        at = time.strftime("%d/%m/%Y %H:%M:%S", time.localtime(status.since))
        yield say(language, "panel.report.ordered", who=person(status.who, language), at=at)
    if status.why:
        yield say(language, "panel.report.because", why=status.why)
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
    lit = say(language, f"panel.level.{status.light}.light")
    yield say(language, "panel.report.light", light=lit)
