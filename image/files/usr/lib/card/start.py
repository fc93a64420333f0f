"""What a person puts on the card beforehand, and the code of the first set-up.

The first partition of the card can be read by any computer. A file ``vigie.toml`` on it is read
when the box starts: what any installer's configuration may hold becomes ``/etc/vigie/vigie.toml``,
and two tables are the card's own, ``[wifi]`` and ``[first]``. Then the file goes, as it may hold a
pass-phrase. One with a mistake stays, changes nothing, and a file beside it says what is wrong.

As long as nobody has made an account, the code of the set-up stands on the console and in a text
file there; it is made here, so that no two boxes have the same.
"""

import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance import settings
from appliance.config_place import DIRECTORIES, parse
from appliance.durable import write
from appliance.texts import LANGUAGES, say

NEW, MISTAKES, CODE = "vigie.toml", "vigie-mistakes.txt", "SETUP-CODE.txt"
"""Files on the first partition: what is to be read, what is wrong with it, and the code."""

OWN = {"wifi": ("name", "passphrase"), "first": ("code", "ssh_keys")}
"""The tables of the card itself, with their keys."""

WIRED, WIRELESS = "eth0", "wlan0"
"""Cards of a Raspberry Pi: with Wi-Fi for the pages, the cable is for the mirror port."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LETTERS = 10
"""Of a code: 50 bits; see `web.setup`, which takes it."""

KEY = re.compile(
    r"(ssh-(ed25519|rsa)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) [A-Za-z0-9+/=]+( [^\n]*)?"
)
"""A line of authorized_keys(5) without options."""

PLAIN = re.compile(r"[\w -]+", re.ASCII)
"""Names of networks that iwd has as the names of files; others in hexadecimal (iwd.network(5))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where everything is."""

    boot: Path = Path("/boot/firmware")
    base: Path = Path("/usr/lib/card/base.toml")
    config: Path = Path("/etc/vigie/vigie.toml")
    settings: Path = DIRECTORIES["settings"]
    card: Path = Path("/data/card")
    wifi: Path = Path("/var/lib/iwd")
    issue: Path = Path("/run/issue.d/code.issue")


Owner = Callable[[Path, str], None]


class Mistaken(Exception):  # noqa: N818 - it names the file's writer
    """The file cannot be used; one line for each mistake."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


def start(places: Places, own: Owner) -> Iterator[str]:
    """Take over what there is, and give what the console is to say.

    *own* gives a file to a user.
    """
    base = parse(places.base)
    if not places.config.exists():
        _configure(places, base, own)
    code = ""
    if (places.boot / NEW).exists():
        try:
            document = parse(places.boot / NEW)
            code = take(places, base, document, own)
        except (OSError, ValueError, Mistaken) as error:
            wrong = error.mistakes if isinstance(error, Mistaken) else [f"{NEW}: {error}"]
            (places.boot / MISTAKES).write_text("\n".join(wrong) + "\n", "utf-8")
            yield from _both("card.mistakes", file=MISTAKES)
            yield from wrong
        else:
            (places.boot / NEW).unlink()
            (places.boot / MISTAKES).unlink(missing_ok=True)
            yield from _both("card.taken", file=NEW)
    if code := kept_code(places, code, own):
        lines = [*_both("card.code", code=code)]
        (places.boot / CODE).write_text("\r\n".join([*lines, ""]), "utf-8")
        places.issue.parent.mkdir(parents=True, exist_ok=True)
        places.issue.write_text("\n".join([*lines, "\n"]), "utf-8")
        yield from lines
    (places.card / "started").touch()


def take(places: Places, base: settings.Tables, given: Mapping[str, Any], own: Owner) -> str:
    """Have *given* be in force, with the *base* under it; give the code it sets, if any.

    Nothing is in force where there is a mistake; raises Mistaken with all of them.
    """
    document = {name: table for name, table in given.items() if name not in OWN}
    wifi, first = given.get("wifi", {}), given.get("first", {})
    wrong = [*mistakes(given)]
    if not wrong and wifi:
        cards = {"capture": {"card": WIRED}, "panel": {"management_card": WIRELESS}}
        document = settings.joined(document, cards)
    document = settings.joined(document, base)
    # Every detector is loaded for this; where nothing is to be judged the panel must not wait.
    from appliance.config_file import ConfigError, read  # noqa: PLC0415 - as above

    try:
        read(document, NEW, DIRECTORIES)
    except ConfigError as error:
        wrong += error.mistakes
    if wrong:
        raise Mistaken(wrong)
    _configure(places, document, own)
    if wifi:
        name = wifi["name"]
        file = name if PLAIN.fullmatch(name) else "=" + name.encode().hex()
        # Only the Wi-Fi that was named last: a box that moved does not look for the former one.
        for old in places.wifi.glob("*.psk"):
            old.unlink()
        content = f"[Security]\nPassphrase={wifi['passphrase'].replace(chr(92), chr(92) * 2)}\n"
        write(places.wifi / f"{file}.psk", content.encode(), mode=0o600)
    if "ssh_keys" in first:
        file = places.card / "authorized_keys"
        if keys := first["ssh_keys"]:
            write(file, "".join(f"{key}\n" for key in keys).encode(), mode=0o600)
        else:
            file.unlink(missing_ok=True)
    return str(first.get("code", ""))


def mistakes(given: Mapping[str, Any]) -> Iterator[str]:
    """Give what is wrong with the card's own tables."""
    for table, keys in OWN.items():
        found = given.get(table, {})
        if not isinstance(found, dict):
            yield f"{NEW}: {table} is a table, to be written [{table}] on a line of its own."
            return
        for key in sorted(set(found) - set(keys)):
            yield f"{NEW}: [{table}] no key is called {key} (there are {', '.join(keys)})."
    wifi, first = given.get("wifi", {}), given.get("first", {})
    if wifi:
        name, phrase = wifi.get("name"), wifi.get("passphrase")
        if not (isinstance(name, str) and 1 <= len(name.encode()) <= 32):  # noqa: PLR2004 - IEEE 802.11
            yield f"{NEW}: [wifi] name must be a text of 1 to 32 octets."
        if not (isinstance(phrase, str) and re.fullmatch(r"[ -~]{8,63}", phrase)):
            yield f"{NEW}: [wifi] passphrase must be a text of 8 to 63 signs without accents."
    code, keys = first.get("code", "A" * LETTERS), first.get("ssh_keys", [])
    if not (isinstance(code, str) and code.isascii() and len(_letters(code)) >= LETTERS):
        yield f"{NEW}: [first] code must be a text with {LETTERS} letters or digits at least."
    for key in keys if isinstance(keys, list) else [None]:
        if not (isinstance(key, str) and KEY.fullmatch(key)):
            yield f"{NEW}: [first] ssh_keys must be a list of keys such as ssh-ed25519 AAAA… name."


def kept_code(places: Places, given: str, own: Owner) -> str:
    """Give the code that is good, *given* or made now; nothing once it was used."""
    file = places.settings / "setup-code"
    if (places.card / "started").exists() and not file.exists():
        return ""
    if given or not file.exists():
        made = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
        write(file, (given or f"{made[:5]}-{made[5:]}").encode(), mode=0o600)
        own(file, "vigie-web")
    return file.read_text("utf-8")


def written(document: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Give the lines of *document* as TOML."""
    for key, value in document.items():
        if not isinstance(value, dict):
            yield f"{_text(key)} = {_value(value)}"
    for key, value in document.items():
        if isinstance(value, dict):
            name = f"{above}{_text(key)}"
            yield f"\n[{name}]"
            yield from written(value, f"{name}.")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    escaped = (f"\\u{ord(sign):04x}" if sign in '"\\\x7f' or sign < " " else sign for sign in value)
    return f'"{"".join(escaped)}"'


def _configure(places: Places, document: Mapping[str, Any], own: Owner) -> None:
    head = "# Every setting and its default: docs/configuration.md. Mistakes: vigie check"
    content = "\n".join([head, *written(document), ""])
    write(places.config, content.encode(), mode=0o640)
    own(places.config, "root")


def _letters(code: str) -> str:
    return "".join(sign for sign in code if sign.isalnum())


def _both(key: str, **words: str) -> Iterator[str]:
    """Give a text in every language: nobody has said yet which one is read here."""
    return (say(language, key, **words) for language in LANGUAGES)


@contextmanager
def writable(place: Path) -> Iterator[None]:
    """Have files in *place* be written, and no longer after; where it is lost, in memory."""
    if not place.is_mount():
        yield
        return
    remount = ("/usr/bin/mount", "-o")
    subprocess.run([*remount, "remount,rw", place], check=True)  # noqa: S603 - a constant
    try:
        yield
    finally:
        subprocess.run([*remount, "remount,ro", place], check=True)  # noqa: S603 - a constant


def main() -> int:
    """Run as a unit of systemd."""
    places = Places()
    with writable(places.boot):
        for line in start(places, lambda file, user: shutil.chown(file, user, "vigie")):
            sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
