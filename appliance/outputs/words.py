"""Messages in words: what a person or a program gets, from values that may be hostile text.

In danger the first sentence says what to do. Unless details are asked for, nothing is said but what
is wrong, which device, of what kind, and what to do: no address, no account, no outside host.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from appliance.exchange.sheet import kind_words
from appliance.model import Alert, Device, Mac, Severity
from appliance.outputs.message import Kind, Line, Message
from appliance.texts import say

SUBJECT = 70
"""Characters of a subject; telephones show no more."""

NAME = 60
"""Characters of a device's name."""

LINES = 50
"""Alerts in a digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a device is called."""

    name: str
    kind: str
    """A key of the texts; ``unknown`` when nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How to put messages for one reader."""

    language: str
    practice: str = ""
    """Its name; empty when nobody has said."""
    details: bool = False
    zone: tzinfo | None = None
    devices: Mapping[Mac, Called]
    """By hardware address."""
    report: tuple[str, ...] = ()
    """REPORT: what it is called, what it comes to, and where it can be read."""

    def content(self, message: Message, alerts: Mapping[str, Alert], to: str) -> dict[str, Any]:
        """Give all that is sent of *message* about *alerts*, as it is kept in the outbox."""
        about = [alerts[id_] for id_ in message.alerts if id_ in alerts]
        subject, body = self.letter(message, about)
        found: dict[str, Any] = {"to": to, "subject": subject, "body": body}
        if message.line is not None and not message.who:
            found["data"] = self._data_of_line(message, message.line)
        elif message.kind is Kind.ALERT and not message.who:
            found["data"] = self.data(about[0])
        return found

    def letter(self, message: Message, about: list[Alert]) -> tuple[str, str]:
        """Give subject and body."""
        match message.kind:
            case Kind.DIGEST:
                year, month, day = message.day.split("-")
                subject = self._say("digest", year=year, month=month, day=day)
                paragraphs = ["\n".join(self._lines(about)), self._say("digest_advice")]
            case Kind.GATHERED:
                subject, paragraphs = self._of_case(message, about)
            case Kind.REPORT:
                subject, *paragraphs = self.report
            case Kind.TEST:
                subject = self._say("test")
                paragraphs = [self._say("tested", at=self._at(float(message.day)))]
            case kind if message.line is not None:
                subject, paragraphs = self._of_line(kind, message.line, about)
            case kind:
                subject, paragraphs = self._of_one(message, about[0], kind)
        name = clean(self.practice, NAME)
        signed = self._say("signed", practice=name) if name else self._say("signed_alone")
        return clean(subject, SUBJECT), "\n\n".join([*filter(None, paragraphs), signed]) + "\n"

    def data(self, alert: Alert) -> dict[str, Any]:
        """Give *alert* for programs; times in UTC (RFC 3339)."""
        title, body, advice = self._told(alert)
        called = self._called(alert.about)
        found: dict[str, Any] = {
            "alert": alert.id,
            "detector": alert.detector,
            "severity": alert.severity.name.lower(),
            "first_at": _utc(alert.first_at),
            "last_at": _utc(alert.last_at),
            "count": alert.count,
            "timed": alert.timed,
            "attack": list(alert.attack),
            "title": title,
            "advice": advice,
            "device": {"name": called.name, "kind": called.kind},
        }
        if self.details:
            found |= {
                "body": body,
                "mac": alert.about,
                "src_ip": alert.src_ip or "",
                "dest_ip": alert.dest_ip or "",
                "words": {key: clean(value) for key, value in alert.words.items()},
            }
        return found

    def _of_one(self, message: Message, alert: Alert, kind: Kind) -> tuple[str, list[str]]:
        title, body, advice = self._told(alert)
        called = self._called(alert.about)
        what = self._device(called)
        seen = self._say("since", at=self._at(alert.first_at))
        why = f"{title}. {what} {seen}"
        details = body or self._say("more")
        if not alert.timed:
            details = f"{details} {say(self.language, 'clock.untimed')}"
        waited = ""
        subject = self._say(alert.severity.name.lower(), title=title)
        if kind is Kind.UNHEEDED:
            subject = self._say("unheeded", title=title)
            waited = self._say("unheeded_since", minutes=message.minutes)
        if alert.severity is Severity.DANGER:
            return subject, [advice, why, waited, details]
        return subject, [why, advice, waited, details]

    def _of_case(self, message: Message, about: list[Alert]) -> tuple[str, list[str]]:
        """Tell several alerts of one case: what to do is that of the worst, which comes first."""
        title, _, advice = self._told(about[0])
        lines = "\n".join([self._say("gathered", n=len(about)), *self._lines(about)])
        subject = self._say(message.severity.name.lower(), title=f"{title} (+{len(about) - 1})")
        danger = message.severity is Severity.DANGER
        return subject, [*((advice, lines) if danger else (lines, advice)), self._say("more")]

    def _of_line(self, kind: Kind, line: Line, about: list[Alert]) -> tuple[str, list[str]]:
        words = {
            "at": self._at(line.at),
            "clock": self._at(line.at, "clock"),
            "seconds": line.seconds,
            "who": self._who(line),
        }
        found = [self._say(f"{kind}.advice", **words), self._say(f"{kind}.said", **words)]
        for alert in about:
            title, body, _ = self._told(alert)
            device = self._device(self._called(alert.about))
            found += [f"{title}. {device}", body or self._say("more")]
        return self._say(f"{kind}.subject", **words), found

    def _data_of_line(self, message: Message, line: Line) -> dict[str, Any]:
        """Give what happened to the uplink for programs; whose account only where wanted."""
        found: dict[str, Any] = {
            "severity": message.severity.name.lower(),
            "at": _utc(line.at),
            "alert": "".join(message.alerts),
            "part": line.part,
            "by": clean(line.by) if self.details else "",
        }
        return {key: value for key, value in found.items() if value}

    def _who(self, line: Line) -> str:
        """Give who did it: an account's name only where details are wanted."""
        if line.part:
            return say(self.language, f"panel.who.{line.part}")
        return clean(line.by, NAME) if self.details else self._say("somebody")

    def _lines(self, about: list[Alert]) -> Iterable[str]:
        for alert in about[:LINES]:
            name, at = self._called(alert.about).name, self._at(alert.first_at)
            line = self._say("line", title=self._told(alert)[0], name=name, at=at)
            yield f"- {line}" if alert.timed else f"- {line} {say(self.language, 'clock.untimed')}"
        if len(about) > LINES:
            yield f"- … +{len(about) - LINES}"

    def _told(self, alert: Alert) -> tuple[str, str, str]:
        """Give title, body and advice; an alert whose words fit no text of today is told plainly.

        The body is empty unless there are to be details.
        """
        words = {key: self._word(value) for key, value in alert.words.items()}
        words |= {"src_ip": alert.src_ip or "", "dest_ip": alert.dest_ip or ""}
        words |= {"about": self._called(alert.about).name, "detector": alert.detector}
        parts = ("title", "advice", "body") if self.details else ("title", "advice")
        try:
            title, advice, *body = (
                say(self.language, f"{alert.detector}.{part}", **words) for part in parts
            )
        except KeyError:
            title = say(self.language, "alert.untold.title", **words)
            advice, body = self._say("untold_advice"), []
        return title, "".join(body), advice

    def _word(self, value: str) -> str:
        """Give what stands for *value*: a device's name; other things only where wanted."""
        if value in self.devices:
            return self._called(Mac(value)).name
        return clean(value) if self.details else say(self.language, "message.hidden")

    def _called(self, mac: Mac) -> Called:
        """Give what the device is called."""
        found = self.devices.get(mac)
        return Called(name=clean(found.name, NAME), kind=found.kind) if found else _NOBODY

    def _device(self, called: Called) -> str:
        kind = kind_words(self.language, called.kind) if called.kind != "unknown" else ""
        if kind:
            return self._say("device", name=called.name, kind=kind)
        return self._say("device_unnamed", name=called.name)

    def _at(self, at: float, key: str = "at") -> str:
        local = datetime.fromtimestamp(at, self.zone)
        parts = {
            "year": "%Y",
            "month": "%m",
            "day": "%d",
            "hour": "%H",
            "minute": "%M",
            "second": "%S",
        }
        return self._say(key, **{key: local.strftime(form) for key, form in parts.items()})

    def _say(self, key: str, **words: object) -> str:
        return say(self.language, f"message.{key}", **words)


_NOBODY = Called(name="?", kind="unknown")


def called(devices: Iterable[Device]) -> dict[Mac, Called]:
    """Give what *devices* are called, by each of their hardware addresses."""
    return {
        mac: Called(name=device.name, kind=device.given_kind or device.kind or "unknown")
        for device in devices
        for mac in (device.mac, *device.also)
    }


def clean(text: str, most: int = 255) -> str:
    """Give *text* on one line, without signs that steer a terminal, a header or a reading order."""
    seen = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if unicodedata.category(sign) not in {"Cf", "Cs", "Co", "Cn"}
    )
    one = " ".join(seen.split(" ")).strip()
    return one if len(one) <= most else one[: most - 1] + "…"


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
