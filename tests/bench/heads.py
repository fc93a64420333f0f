"""What conversations of the bench's capture begin with: hellos, requests, names asked.

Each head has some hundred variants (other host names), so that no program can profit from seeing
the same bytes again.
"""

from functools import cache
from struct import pack

from tests.kit import wire

VARIANTS = 400
_TLS, _HTTP, _DNS = 0, 1, 3
_CLIENT_HELLO, _SERVER_HELLO, _CERTIFICATE, _MORE, _FINISHED, _REQUEST, _ANSWER = range(7)

PLAN = (
    # kind, step in the conversation, sent by the server, octets
    (_TLS, 3, 0, 517),
    (_TLS, 4, 1, 1448),
    (_TLS, 5, 1, 1448),
    (_TLS, 6, 1, 700),
    (_TLS, 7, 0, 93),
    (_HTTP, 3, 0, 220),
    (_HTTP, 4, 1, 1200),
    (_DNS, 0, 0, 40),
    (_DNS, 1, 1, 72),
)
"""Which packet holds which head; the last two of a TLS server only in TLS 1.2 (in clear)."""


def host(variant: int) -> str:
    return f"service-{variant:03}.example.com"


@cache
def say(place: int, variant: int) -> bytes:
    """Give the head of PLAN[*place*], filled up to its length."""
    kind, step, _, size = PLAN[place]
    name = host(variant)
    if kind == _TLS:
        return _tls(step, name, variant)
    if kind == _HTTP and step == 3:
        text = f"GET /{variant} HTTP/1.1\r\nHost: {name}\r\nUser-Agent: Mozilla/5.0 (X11)\r\n"
        return (text + "Accept: */*\r\n").encode().ljust(size - 4, b" ") + b"\r\n\r\n"
    if kind == _HTTP:
        text = f"HTTP/1.1 200 OK\r\nServer: test/{variant}\r\nContent-Type: text/html\r\n\r\n"
        return text.encode().ljust(size, b".")
    if step == 0:
        return wire.dns_question(name).ljust(size, b"\0")
    return wire.dns_answer(name, [(name, wire.A, f"45.0.{variant >> 8}.{variant & 255}")])


def _tls(step: int, name: str, variant: int) -> bytes:
    if step == 3:
        hello = wire.client_hello(name)
        # as browsers do: padded to 512 octets (RFC 7685), the record says so
        body = hello[9:]
        extensions = body.index(b"\1\0", 35 + 6) + 2
        pad = 517 - len(hello) - 4
        grown = int.from_bytes(body[extensions : extensions + 2]) + pad + 4
        body = body[:extensions] + pack("!H", grown) + body[extensions + 2 :]
        body += pack("!HH", 21, pad) + bytes(pad)
        return b"\x16\3\1" + pack("!H", len(body) + 4) + b"\1" + len(body).to_bytes(3) + body
    modern = variant % 10 < 7
    if step == 7:
        return b"\x14\3\3\0\1\1\x17\3\3\0\x35" if modern else b"\x16\3\3\0\x46\x10\0\0\x42"
    if step > 4:
        return b"\x2a" * 1448
    hello = b"\3\3" + bytes(range(32)) + b"\0\x13\1\0" if modern else b""
    if modern:
        hello += pack("!H", 6) + b"\0\x2b\0\2\3\4"
        hello = b"\2" + len(hello).to_bytes(3) + hello
        return b"\x16\3\3" + pack("!H", len(hello)) + hello + b"\x14\3\3\0\1\1\x17\3\3\x0b\0"
    hello = b"\3\3" + bytes(range(32)) + b"\0\xc0\x2f\0"
    hello = b"\2" + len(hello).to_bytes(3) + hello
    chain = b"\x0b" + (3300).to_bytes(3)
    return b"\x16\3\3" + pack("!H", len(hello)) + hello + b"\x16\3\3" + pack("!H", 3304) + chain
