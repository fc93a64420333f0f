"""Speaking SNMP with one switch, by pysnmp: get, get-next, set; one question at a time.

Version 3 is always signed and encrypted. Every question has a bound in time, and after any failure
the next one begins anew: a switch that was restarted has another clock and perhaps another engine.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from pyasn1.type.univ import Integer
from pysnmp.error import PySnmpError
from pysnmp.hlapi.v3arch import asyncio as hlapi
from pysnmp.proto.rfc1902 import Integer32, Null
from pysnmp.proto.rfc1905 import EndOfMibView, NoSuchInstance, NoSuchObject

from appliance.config_switch import Switch

Oid: TypeAlias = tuple[int, ...]
Value: TypeAlias = int | bytes | None
"""What an object holds; None where the switch has no such object."""

TRY = 1.0
TRIES = 2
"""Seconds to wait for an answer, and how often is asked: a switch on the same floor answers within
some tens of milliseconds, and one that is busy is asked again soon."""

LONGEST = 4.0
"""Seconds for one question, also of version 3, which first asks for the switch's clock."""

ROWS = 4096
"""Rows of a table that are read at most: a practice has some hundred addresses."""

_AT_ONCE = 32
"""Rows asked for in one message: they fit into one Ethernet frame."""

_AUTH = {
    "sha": hlapi.USM_AUTH_HMAC96_SHA,
    "sha256": hlapi.USM_AUTH_HMAC192_SHA256,
    "sha512": hlapi.USM_AUTH_HMAC384_SHA512,
}
_PRIVACY = {
    "aes": hlapi.USM_PRIV_CFB128_AES,
    "aes256": hlapi.USM_PRIV_CFB256_AES,
    "des": hlapi.USM_PRIV_CBC56_DES,
}
_UNANSWERED = ("timeout", "timed out", "timedout")


class Unanswered(Exception):  # noqa: N818 - says what the switch did
    """The switch does not answer."""


class Refused(Exception):  # noqa: N818 - says what the switch did
    """The switch answers, and does not let us; the text is for the technician."""


class Unusable(Exception):  # noqa: N818 - says what the settings are
    """It cannot be asked as it is set up; the text says why."""


class Agent:
    """The switch that *settings* tell of, asked on *card*; empty: by whatever way there is."""

    def __init__(self, settings: Switch, card: str = "") -> None:
        """Ask nothing yet; the secrets are read with the first question, and after each failure."""
        self._settings = settings
        self._where = (settings.address, settings.port)
        self._who: Any = None
        self._card = card
        self._runner = asyncio.Runner()
        self._engine: Any = None
        self._target: Any = None

    def get(self, *oids: Oid) -> list[Value]:
        """Give what the objects hold; raises Unanswered, Refused and Unusable."""
        return [value for _, value in self._ask(hlapi.get_cmd, [(oid, Null("")) for oid in oids])]

    def set(self, oid: Oid, number: int) -> None:
        """Write *number*; raises Unanswered, Refused and Unusable."""
        self._ask(hlapi.set_cmd, [(oid, Integer32(number))])

    def column(self, oid: Oid) -> Iterator[tuple[Oid, Value]]:
        """Give the rows of a table's column: each row's own index, and what it holds."""
        at = oid
        for _ in range(ROWS // _AT_ONCE):
            rows = self._ask(self._bulk, [(at, Null(""))])
            for found, value in rows:
                if found[: len(oid)] != oid or value is None or found <= at:
                    return
                yield found[len(oid) :], value
                at = found
            if not rows:
                return

    def close(self) -> None:
        """Ask no more."""
        self._forget()
        self._runner.close()

    def _ask(
        self, command: Callable[..., Awaitable[Any]], objects: list[tuple[Oid, Any]]
    ) -> list[tuple[Oid, Value]]:
        try:
            return self._runner.run(asyncio.wait_for(self._asked(command, objects), LONGEST))
        except TimeoutError:
            self._forget()
            raise Unanswered from None
        except (PySnmpError, OSError) as error:
            self._forget()
            raise Unanswered(str(error)) from None
        except (Unanswered, Refused):
            self._forget()
            raise

    async def _asked(
        self, command: Callable[..., Awaitable[Any]], objects: list[tuple[Oid, Any]]
    ) -> list[tuple[Oid, Value]]:
        if self._engine is None:
            self._who = _who(self._settings)
            self._engine = hlapi.SnmpEngine()
            self._target = await _target(self._where, self._card)
        named = [hlapi.ObjectType(hlapi.ObjectIdentity(oid), value) for oid, value in objects]
        trouble, status, _, found = await command(
            self._engine, self._who, self._target, hlapi.ContextData(), *named, lookupMib=False
        )
        if trouble:
            words = str(trouble)
            silent = any(word in words.lower() for word in _UNANSWERED)
            raise (Unanswered() if silent else Refused(words))
        if status:
            raise Refused(status.prettyPrint())
        return [(tuple(oid), _value(value)) for oid, value in found]

    @staticmethod
    async def _bulk(
        engine: Any, who: Any, target: Any, context: Any, *objects: Any, **how: Any
    ) -> Any:
        return await hlapi.bulk_cmd(engine, who, target, context, 0, _AT_ONCE, *objects, **how)

    def _forget(self) -> None:
        """Begin anew with the next question."""
        if self._engine is not None:
            engine, self._engine, self._target = self._engine, None, None
            self._runner.run(_closed(engine))


async def _closed(engine: Any) -> None:
    engine.close_dispatcher()
    await asyncio.sleep(0)  # the loop lets the socket go


async def _target(where: tuple[str, int], card: str) -> Any:
    """Give where questions go: by a socket that sends on *card* only."""
    kind = hlapi.Udp6TransportTarget if ":" in where[0] else hlapi.UdpTransportTarget
    target = await kind.create(where, timeout=TRY, retries=TRIES - 1)

    def opened() -> Any:
        carrier = target.PROTO_TRANSPORT()
        target.transport = carrier.open_server_mode(sock=_door(carrier.SOCK_FAMILY, card))
        return target.transport

    target.open_client_mode = opened  # pysnmp's own would choose the card by the routes
    return target


def _door(family: int, card: str) -> socket.socket:
    """Give a socket that sends on *card* only; raises OSError."""
    door = socket.socket(family, socket.SOCK_DGRAM)
    try:
        door.setblocking(False)
        if card:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, card.encode())
    except OSError:
        door.close()
        raise
    return door


def _value(given: Any) -> Value:
    if isinstance(given, NoSuchObject | NoSuchInstance | EndOfMibView | Null):
        return None
    return int(given) if isinstance(given, Integer) else bytes(given)


def _who(settings: Switch) -> Any:
    if settings.version == "2c":
        community = _secret(settings.community_file)
        return hlapi.CommunityData(community, mpModel=1)  # noqa: S508 - a switch may know no better
    return hlapi.UsmUserData(
        settings.user,
        authKey=_secret(settings.auth_file, least=8),
        privKey=_secret(settings.privacy_file, least=8),
        authProtocol=_AUTH[settings.auth],
        privProtocol=_PRIVACY[settings.privacy],
    )


def _secret(file: str, least: int = 1) -> str:
    """Give the one line in *file*, of *least* characters (RFC 3414, section 11.2)."""
    try:
        text = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise Unusable(f"{file} cannot be read: {why}.") from None
    if not text.isprintable() or len(text) < least:
        raise Unusable(f"{file} must hold one line of text, of at least {least} characters.")
    return text
