"""WS-Discovery: computers, printers and cameras that tell what they are (SOAP over UDP).

OASIS WS-Discovery 1.1, and the draft of April 2005 that Windows and ONVIF speak; ONVIF Core
Specification, section 7.3 (types and scopes). No XML parser reads this: a few elements are looked
for in the first 16 KiB, by patterns that never look past the next ``<``. Prefixes of types are what
each sender likes: those of known namespaces are spelt one way, the others are left as they are.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from appliance.decode.authority import authority
from appliance.decode.envelope import Envelope
from appliance.decode.reader import text
from appliance.facts import Fact, WsdHeard

PORT = 3702

_LONGEST = 16_384
"""Bytes read; a message about one device has 1 to 4 KiB."""
_PREFIX = rb"<(?:[\w.-]{1,32}+:)?"
_ELEMENT = re.compile(
    _PREFIX + rb"(Action|Address|Types|Scopes|XAddrs)(?:\s[^<>]{0,1024}+)?>([^<]{0,4096}+)</"
).finditer
_DEVICE = re.compile(_PREFIX + rb"(?:Hello|Bye|Probe|ProbeMatch|ResolveMatch)(?=[\s/>])").split
_ACTION = re.compile(
    rb"http://(?:schemas\.xmlsoap\.org/ws/2005/04/discovery"
    rb"|docs\.oasis-open\.org/ws-dd/ns/discovery/2009/01)/([A-Z][A-Za-z]{1,30})"
).fullmatch
_NAMESPACE = re.compile(rb"""xmlns:([\w.-]{1,32})=["']([^"'<>]{1,200}+)["']""").finditer

_MESSAGES = {
    b"Hello": "hello",
    b"Bye": "bye",
    b"Probe": "probe",
    b"ProbeMatches": "matches",
    b"ResolveMatches": "matches",
}
_PREFIXES = {
    b"http://schemas.xmlsoap.org/ws/2006/02/devprof": b"wsdp",
    b"http://docs.oasis-open.org/ws-dd/ns/dpws/2009/01": b"wsdp",
    b"http://schemas.microsoft.com/windows/pub/2005/07": b"pub",
    b"http://schemas.microsoft.com/windows/2006/08/wdp/print": b"wprt",
    b"http://schemas.microsoft.com/windows/2006/08/wdp/scan": b"wscn",
    b"http://www.onvif.org/ver10/network/wsdl": b"tdn",
    b"http://www.onvif.org/ver10/device/wsdl": b"tds",
}
_SCOPE = re.compile(rb"onvif://www\.onvif\.org/(name|hardware|type)/([^/?#]{1,765})").match
_UUID = re.compile(rb"(?:urn:)?uuid:[0-9A-Za-z-]{1,64}").fullmatch

_MOST_DEVICES = 8
"""Told of in one message; a device tells of itself, a proxy of several."""
_MOST = 16
"""Types, or scopes, of one device."""
_MOST_SCOPES = 64
_MOST_HOSTS = 4


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in a WS-Discovery message; none when it is no such message."""
    payload = payload[:_LONGEST]
    head, *devices = _DEVICE(payload, _MOST_DEVICES + 1)
    action = _ACTION(_elements(head).get(b"Action", b"").strip())
    message = _MESSAGES.get(action[1], "") if action else ""
    if not message:
        return
    prefixes = {found[1]: _PREFIXES.get(found[2], found[1]) for found in _NAMESPACE(payload)}
    for device in devices[:_MOST_DEVICES]:
        said = _elements(device)
        endpoint = said.get(b"Address", b"").strip()
        scopes = _scopes(said.get(b"Scopes", b""))
        yield WsdHeard(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            message=message,
            endpoint=text(endpoint) if _UUID(endpoint) else "",
            types=tuple(_types(said.get(b"Types", b""), prefixes)),
            name=next(iter(scopes[b"name"]), ""),
            hardware=next(iter(scopes[b"hardware"]), ""),
            kinds=tuple(scopes[b"type"][:_MOST]),
            hosts=tuple(_hosts(said.get(b"XAddrs", b""))),
        )


def _elements(part: bytes) -> dict[bytes, bytes]:
    """Give the text of each element, of one that comes twice the first."""
    found: dict[bytes, bytes] = {}
    for element in _ELEMENT(part):
        found.setdefault(element[1], element[2])
    return found


def _types(names: bytes, prefixes: dict[bytes, bytes]) -> Iterator[str]:
    for name in names.split(maxsplit=_MOST)[:_MOST]:
        prefix, colon, local = name.rpartition(b":")
        yield text(prefixes.get(prefix, prefix) + colon + local)


def _scopes(links: bytes) -> dict[bytes, list[str]]:
    """Give what the scopes of ONVIF say; those of a camera's place are left out."""
    found: dict[bytes, list[str]] = {b"name": [], b"hardware": [], b"type": []}
    for link in links.split(maxsplit=_MOST_SCOPES)[:_MOST_SCOPES]:
        if scope := _SCOPE(link):
            found[scope[1]].append(text(unquote_to_bytes(scope[2])))
    return found


def _hosts(links: bytes) -> list[str]:
    hosts = [authority(link)[0] for link in links.split(maxsplit=_MOST_HOSTS)[:_MOST_HOSTS]]
    return [host for host in dict.fromkeys(hosts) if host]
