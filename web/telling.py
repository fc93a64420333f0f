"""Who is told, in its common case: one mail server, one topic of ntfy, and up to three people.

What the form does not have (other ways, quiet hours, who comes next) stays as it was. Secrets go
into files of their own and are never shown again; a field left empty leaves them as they are.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeAlias

from appliance import settings
from appliance.config import Config
from appliance.config_values import complaint
from appliance.durable import write
from appliance.texts import say

Wrong: TypeAlias = Mapping[str, str]
"""Why what was typed cannot be used, by field."""

MAIL, NTFY = "mail", "ntfy"
"""What the two ways are called, and the files of their secrets."""

MOST = 3
"""People in the form."""

LEAST = ("danger", "warning", "notice")
"""From which severity on somebody is told, the gravest first."""

SECURITY = {"starttls": 587, "tls": 465}
"""How mail is encrypted, with the usual port."""

LONGEST = 200
"""Signs taken of a field; a pass-phrase may be as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person in the form."""

    name: str = ""
    mail: str = ""
    least: str = "warning"
    ntfy: bool = False
    report: bool = False
    """The report of each month is told, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is set up, or was typed."""

    host: str = ""
    port: str = "587"
    security: str = "starttls"
    user: str = ""
    sender: str = ""
    people: tuple[Person, ...] = ()
    password: str = field(default="", repr=False)
    """Only what was typed now."""
    topic: str = field(default="", repr=False)
    has_password: bool = False
    """There is one already."""
    has_topic: bool = False
    no_topic: bool = False
    """The topic is to be forgotten."""


def standing(tables: settings.Tables) -> Form:
    """Give the form as the settings in *tables* have it."""
    outputs = tables.get("outputs", {})
    mail = outputs.get("mail", {}).get(MAIL, {})
    people = [_person(name, one) for name, one in outputs.get("person", {}).items()]
    return Form(
        host=mail.get("host", ""),
        port=str(mail.get("port", 587)),
        security=mail.get("security", "starttls"),
        user=mail.get("user", ""),
        sender=mail.get("sender", ""),
        has_password="password_file" in mail,
        has_topic=NTFY in outputs.get("ntfy", {}),
        people=(*people[:MOST], *[Person()] * (MOST - len(people))),
    )


def typed(given: Mapping[str, str], before: Form) -> Form:
    """Give what was typed; *before* is what stands."""
    text = {key: value[:LONGEST].strip() for key, value in given.items()}
    security = text.get("security", "")
    return Form(
        host=text.get("host", ""),
        port=text.get("port", ""),
        security=security if security in SECURITY else "starttls",
        user=text.get("user", ""),
        sender=text.get("sender", ""),
        password=given.get("password", "")[:LONGEST],
        topic=text.get("topic", ""),
        has_password=before.has_password,
        has_topic=before.has_topic,
        no_topic=bool(given.get("no_topic")),
        people=tuple(
            Person(
                name=text.get(f"name{number}", ""),
                mail=text.get(f"mail{number}", ""),
                least=least if (least := text.get(f"least{number}")) in LEAST else "warning",
                ntfy=bool(given.get(f"ntfy{number}")),
                report=bool(given.get(f"report{number}")),
            )
            for number in range(1, MOST + 1)
        ),
    )


def wrong(form: Form, language: str) -> Wrong:
    """Say what cannot be used, by field."""
    return {key: say(language, f"wizard.told.wrong.{what}") for key, what in _wrong(form)}


def fresh_files(form: Form, folder: Path) -> dict[str, Path]:
    """Give a file for each secret that was typed.

    Each time another one, so that the outputs see that something changed, and read it.
    """
    typed_now = {MAIL: form.password if form.user else "", NTFY: form.topic}
    return {
        name: folder / settings.SECRETS / f"{name}-{token_hex(4)}"
        for name, secret in typed_now.items()
        if secret
    }


def tables(
    form: Form, before: Mapping[str, Any], files: Mapping[str, Path]
) -> dict[str, dict[str, Any]]:
    """Give the outputs' tables with what is in *form*; *before* is what they hold now."""
    found = {what: dict(named) for what, named in before.items()}
    mail, ntfy = found.setdefault("mail", {}), found.setdefault("ntfy", {})
    if form.host:
        mail[MAIL] = _mail(form, mail.get(MAIL, {}), files)
    else:
        mail.pop(MAIL, None)
    if not _has_topic(form):
        ntfy.pop(NTFY, None)
    elif NTFY in files:
        ntfy[NTFY] = {**ntfy.get(NTFY, {}), "topic_file": str(files[NTFY])}
    people = found.get("person", {})
    others = list(people.items())[MOST:]
    found["person"] = _people(form, people) | dict(others)
    return {what: named for what, named in found.items() if named}


def write_secrets(form: Form, files: Mapping[str, Path]) -> None:
    """Write the secrets that were typed into *files*; raises OSError."""
    for name, file in files.items():
        file.parent.mkdir(mode=0o750, exist_ok=True)
        secret = form.password if name == MAIL else form.topic
        write(file, secret.encode() + b"\n", mode=0o640)


def sweep(folder: Path, outputs: Mapping[str, Any]) -> None:
    """Remove the secrets that *outputs* name no more; raises OSError."""
    used = {
        value
        for named in outputs.values()
        for table in named.values()
        for key, value in table.items()
        if key.endswith("_file")
    }
    for name in (MAIL, NTFY):
        for file in (folder / settings.SECRETS).glob(f"{name}-*"):
            if str(file) not in used:
                file.unlink(missing_ok=True)


def reached(config: Config) -> tuple[str, ...]:
    """Name the people that are told by some way."""
    return tuple(
        name
        for name, person in config.outputs.person.items()
        if person.danger or person.warning or person.notice
    )


def key_of(name: str) -> str:
    """Give *name* as the configuration may name it: small letters, digits, - and _."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].strip("-")


def _mail(form: Form, before: Mapping[str, Any], files: Mapping[str, Path]) -> dict[str, Any]:
    way = dict(before) | {
        "host": form.host,
        "port": int(form.port),
        "security": form.security,
        "sender": form.sender,
    }
    if not form.user:
        way.pop("user", None)
        way.pop("password_file", None)
        return way
    way["user"] = form.user
    if MAIL in files:
        way["password_file"] = str(files[MAIL])
    return way


def _has_topic(form: Form) -> bool:
    return not form.no_topic and bool(form.topic or form.has_topic)


def _person(name: str, one: Mapping[str, Any]) -> Person:
    told = [severity for severity in LEAST if one.get(severity)]
    ways = {way for severity in told for way in one[severity]}
    return Person(
        name=name,
        mail=one.get("mail", ""),
        least=told[-1] if told else "warning",
        ntfy=NTFY in ways,
        report=bool(one.get("report")),
    )


def _people(form: Form, before: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for person in form.people:
        if not person.name:
            continue
        ways = [MAIL] if form.host and person.mail else []
        ways += [NTFY] if person.ntfy and _has_topic(form) else []
        told = LEAST[: LEAST.index(person.least) + 1]
        key = key_of(person.name)
        kept = {k: v for k, v in before.get(key, {}).items() if k not in (*LEAST, "mail", "report")}
        others = _others(before.get(key, {}))
        table = kept | {severity: [*ways, *others] for severity in told if ways or others}
        if person.report and (ways or others):
            table["report"] = [*ways, *others]
        found[key] = table | ({"mail": person.mail} if person.mail else {})
    return found


def _others(person: Mapping[str, Any]) -> list[str]:
    """Give the ways of *person* that the form does not have."""
    named = (way for severity in LEAST for way in person.get(severity, ()))
    return [way for way in dict.fromkeys(named) if way not in {MAIL, NTFY}]


def _wrong(form: Form) -> Iterator[tuple[str, str]]:
    if form.host:
        yield from _wrong_mail(form)
    if form.topic and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", form.topic):
        yield "topic", "topic"
    keys: set[str] = set()
    for number, person in enumerate(form.people, 1):
        if not person.name and not person.mail:
            continue
        key = key_of(person.name)
        if not key or key in keys:
            yield f"name{number}", "twice" if key else "name"
        keys.add(key)
        if person.mail and complaint(person.mail, str, {"holds": "mail"}):
            yield f"mail{number}", "mail"
        elif person.mail and not form.host and not person.ntfy:
            yield "host", "no_host"
        elif not person.mail and not (person.ntfy and _has_topic(form)):
            yield f"mail{number}", "no_way"


def _wrong_mail(form: Form) -> Iterator[tuple[str, str]]:
    if complaint(form.host, str, {"holds": "server"}):
        yield "host", "host"
    if not (form.port.isascii() and form.port.isdigit() and 0 < int(form.port) < 2**16):
        yield "port", "port"
    if not form.sender or complaint(form.sender, str, {"holds": "mail"}):
        yield "sender", "mail"
    usable = form.password.isprintable() and form.password.strip()
    if form.user and not (usable if form.password else form.has_password):
        yield "password", "password"
