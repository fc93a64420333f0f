"""The proof test of the cut, in words."""

from dataclasses import dataclass

from appliance.panel.report import last_test, switch_test, what_was_learnt
from appliance.panel.status import PanelStatus
from web.box import here
from web.format import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """The proof test in words."""

    running: bool
    last: str
    learnt: str
    switch: str
    """Empty where the port of a switch was never tested alone."""
    due_at: float | None


def proof_test(tongue: str, status: PanelStatus | None) -> Tests | None:
    """Give how the test of *status* is; None where the panel knows none or does not answer."""
    found = status.test if status else None
    if found is None:
        return None
    now = here().now()

    def at(when: float) -> str:
        return moment(tongue, when, now)

    return Tests(
        running=found.running,
        last=last_test(found, tongue, at),
        learnt=what_was_learnt(found, tongue, at),
        switch=switch_test(found.switch, tongue, at) if found.switch else "",
        due_at=found.due_at,
    )
