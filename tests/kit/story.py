"""What happens in the practice that tests look after when somebody opens the wrong message."""

from dataclasses import replace
from pathlib import Path

from appliance.config import Keep
from appliance.model import Alert, AlertState, Case, Ip, Severity
from appliance.stages import Stage
from appliance.store import Watch
from tests.kit.people import MINUTE, NAS, NOW, RECEPTION, alert


def story() -> tuple[Alert, ...]:
    """Give what happened after somebody at the reception opened a message, in order."""
    host = "colis-suivi.example"
    return tuple(
        alert(
            f"s-{detector}",
            key=(detector, about, "story"),
            detector=detector,
            severity=severity,
            about=about,
            first_at=NOW - minutes * MINUTE,
            last_at=NOW - minutes * MINUTE + 30,
            count=3,
            words=words,
            attack=(),
            src_ip=Ip(src),
            dest_ip=Ip(dest),
        )
        for detector, severity, about, minutes, src, dest, words in (
            (
                "download",
                Severity.WARNING,
                RECEPTION,
                48,
                "192.168.1.20",
                "203.0.113.7",
                {"host": host, "what": "MZ", "said": "image/png"},
            ),
            (
                "beacon",
                Severity.WARNING,
                RECEPTION,
                31,
                "192.168.1.20",
                "203.0.113.7",
                {"host": host, "every": "60 s", "calls": "17"},
            ),
            (
                "port_scan",
                Severity.WARNING,
                RECEPTION,
                14,
                "192.168.1.20",
                "192.168.1.40",
                {"target": NAS, "ports": "100"},
            ),
            (
                "ransomware",
                Severity.DANGER,
                RECEPTION,
                4,
                "192.168.1.20",
                "192.168.1.40",
                {"server": NAS, "files": "40"},
            ),
        )
    )


def case(**changes: object) -> Case:
    """Give the case that `story` is, with *changes*."""
    told = story()
    whole = Case(
        id="c-story",
        about=RECEPTION,
        also=(),
        severity=Severity.DANGER,
        first_at=told[0].first_at,
        last_at=told[-1].last_at,
        alerts=tuple(one.id for one in told),
        stages=(Stage.ENTRY, Stage.CONTROL, Stage.LOOKING, Stage.HARM),
        state=AlertState.OPEN,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # by name


def tell_story(state: Path, *cases: Case) -> None:
    """Write the story into the store in *state*, as the sensor would, as `case` or as *cases*."""
    watch = Watch(state, Keep(), lambda: NOW)
    watch.save_alerts(story(), cases or (case(),))
    watch.close()
