"""The part of the configuration that says who is told of what, and by which ways.

Each table has a name of the installer's choice: ``[outputs.mail.office]`` is a way out,
``[outputs.person.marie]`` somebody who is told by some of those ways. Secrets are never in the
configuration but in files of their own, which it names.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeAlias

from appliance.config_option import number, option

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_LEAST = ("notice", "warning", "danger")
_LOCAL = "it is on the practice's own network: it is tried while isolated, too"
_TRUST = "file of certificates (PEM) that are believed, beside those of the system"
_DETAILS = (
    "say also what was seen (addresses, accounts, hosts); else only the device, and what to do"
)


def _port(default: int) -> int:
    return number(default, "port", minimum=1, maximum=65_535)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is told. Lists name ways; an empty list: not told of that at once."""

    language: str = option(
        "", "language of the messages; empty: the practice's", among=("fr", "en", "")
    )
    mail: str = option("", "where mail goes", holds="mail")
    danger: tuple[str, ...] = option((), "ways by which a danger is told, at any hour")
    warning: tuple[str, ...] = option((), "ways by which a warning is told")
    notice: tuple[str, ...] = option((), "ways by which a notice is told")
    quiet: str = option(
        "",
        "hours in which nothing but a danger is told, the rest when they are over; empty: none",
        holds="quiet",
    )
    digest: tuple[str, ...] = option(
        (), "ways by which what is not told at once is told together, once a day"
    )
    digest_at: str = option("18:00", "when that is", holds="clock")
    report: tuple[str, ...] = option(
        (), "ways by which the report of a month that is over is told, on the first, at digest_at"
    )
    details: bool = option(False, _DETAILS)
    after_minutes: int = number(
        15,
        "minutes without anybody's decision after which the next person is told, too, of a danger "
        "or a warning",
        minimum=1,
        maximum=1440,
    )
    then: str = option("", "the next person; empty: nobody")

    def ways(self, severity: str) -> tuple[str, ...]:
        """Give the ways by which *severity* is told at once."""
        return {"danger": self.danger, "warning": self.warning, "notice": self.notice}[severity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail server that takes our mail."""

    host: str = option("", "name of the server", holds="server")
    port: int = _port(587)
    security: str = option(
        "starttls",
        "encryption after the greeting (usual on port 587), from the first byte (465), or none "
        "(only with local)",
        among=("starttls", "tls", "none"),
    )
    user: str = option("", "name to sign in with; empty: without")
    password_file: str = option("", "file that holds the password")
    sender: str = option("", "whom the mail is from", holds="mail")
    local: bool = option(False, _LOCAL)
    trust_file: str = option("", _TRUST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ntfy:
    """Notices on telephones, by ntfy.sh or a server of one's own."""

    url: str = option("https://ntfy.sh", "address of the server", holds="url")
    topic_file: str = option(
        "", "file that holds the topic; who knows it can read, so make it hard to guess"
    )
    token_file: str = option("", "file that holds an access token; empty: without")
    local: bool = option(False, _LOCAL)
    trust_file: str = option("", _TRUST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apprise:
    """A service that Apprise knows (needs the extra `vigie[apprise]`)."""

    url_file: str = option("", "file that holds the service's address, as Apprise writes it")
    local: bool = option(False, _LOCAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A program that is told every alert by HTTP, signed."""

    url: str = option("", "address to post to", holds="url")
    secret_file: str = option("", "file that holds the secret to sign with")
    least: str = option("notice", "severity from which alerts are told", among=_LEAST)
    details: bool = option(False, _DETAILS)
    local: bool = option(False, _LOCAL)
    trust_file: str = option("", _TRUST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Syslog:
    """A log server that is told every alert."""

    host: str = option("", "name or address of the server", holds="server")
    port: int = _port(6514)
    security: str = option("tls", "TLS, or none (only with local)", among=("tls", "none"))
    form: str = option("rfc5424", "how the message is written", among=("rfc5424", "cef"))
    least: str = option("notice", "severity from which alerts are told", among=_LEAST)
    details: bool = option(False, _DETAILS)
    local: bool = option(True, _LOCAL)
    trust_file: str = option("", _TRUST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mqtt:
    """A broker that is told every alert and the state, as Home Assistant finds it by itself."""

    host: str = option("", "name or address of the broker", holds="server")
    port: int = _port(8883)
    security: str = option("tls", "TLS, or none (only with local)", among=("tls", "none"))
    user: str = option("", "name to sign in with; empty: without")
    password_file: str = option("", "file that holds the password")
    topic: str = option("vigie", "first word of all topics; one for each box", holds="topic")
    discovery: str = option(
        "homeassistant", "first word of Home Assistant's topics; empty: none", holds="topic"
    )
    least: str = option("notice", "severity from which alerts are told", among=_LEAST)
    details: bool = option(False, _DETAILS)
    local: bool = option(True, _LOCAL)
    trust_file: str = option("", _TRUST)


Personal: TypeAlias = Mail | Ntfy | Apprise
"""A way to people, used by whoever names it."""

Machine: TypeAlias = Webhook | Syslog | Mqtt
"""A way to a program, which is told of everything from some severity on."""

TABLES = {
    "person": Person,
    "mail": Mail,
    "ntfy": Ntfy,
    "apprise": Apprise,
    "webhook": Webhook,
    "syslog": Syslog,
    "mqtt": Mqtt,
}
"""What may be set up, by the word in the table's name."""

_NEEDED = {
    "mail": ("host", "sender"),
    "ntfy": ("topic_file",),
    "apprise": ("url_file",),
    "webhook": ("url", "secret_file"),
    "syslog": ("host",),
    "mqtt": ("host", "topic"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """All people and ways, each by its name."""

    person: Mapping[str, Person] = field(default_factory=dict)
    mail: Mapping[str, Mail] = field(default_factory=dict)
    ntfy: Mapping[str, Ntfy] = field(default_factory=dict)
    apprise: Mapping[str, Apprise] = field(default_factory=dict)
    webhook: Mapping[str, Webhook] = field(default_factory=dict)
    syslog: Mapping[str, Syslog] = field(default_factory=dict)
    mqtt: Mapping[str, Mqtt] = field(default_factory=dict)

    @property
    def personal(self) -> Mapping[str, Personal]:
        """The ways to people."""
        return {**self.mail, **self.ntfy, **self.apprise}

    @property
    def machines(self) -> Mapping[str, Machine]:
        """The ways to programs."""
        return {**self.webhook, **self.syslog, **self.mqtt}

    @property
    def configured(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.personal or self.machines)


def mistakes(outputs: Outputs) -> Iterator[tuple[str, str]]:
    """Yield what is wrong between tables: the table, and the end of a sentence."""
    yield from _names(outputs)
    for name, person in outputs.person.items():
        for sentence in _of_person(name, person, outputs):
            yield f"outputs.person.{name}", sentence
    for what, needed in _NEEDED.items():
        for name, way in getattr(outputs, what).items():
            for sentence in _of_way(way, needed):
                yield f"outputs.{what}.{name}", sentence


def _names(outputs: Outputs) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for what in TABLES:
        for name in getattr(outputs, what):
            table = f"outputs.{what}.{name}"
            if not _NAME.fullmatch(name):
                yield table, "a name is of small letters, digits, - and _, at most 32"
            if what != "person" and (other := seen.setdefault(name, what)) != what:
                yield table, f"there is a way called {name} already, outputs.{other}.{name}"


def _of_person(name: str, person: Person, outputs: Outputs) -> Iterator[str]:
    known = outputs.personal
    for key in ("danger", "warning", "notice", "digest", "report"):
        for way in getattr(person, key):
            if way not in known:
                yield f"{key} names {way!r}, which is no way to people{_near(way, known)}"
            elif way in outputs.mail and not person.mail:
                yield f"{key} names {way!r}, and there is no mail to send to"
    if person.then and (person.then not in outputs.person or person.then == name):
        near = _near(person.then, outputs.person)
        yield f"then must be another person, not {person.then!r}{near}"


def _of_way(way: Personal | Machine, needed: tuple[str, ...]) -> Iterator[str]:
    for key in needed:
        if not getattr(way, key):
            yield f"{key} must be set"
    if getattr(way, "security", "") == "none" and not way.local:
        yield "security may be none only where local is true"
    if getattr(way, "url", "").startswith("http:") and not way.local:
        yield "url may begin with http: only where local is true"
    if getattr(way, "user", "") and not getattr(way, "password_file", ""):
        yield "user needs a password_file"


def _near(word: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f" (did you mean {near[0]})" if near else ""
