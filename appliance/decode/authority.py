"""Host and port of a link, and nothing else of it (RFC 3986, section 3.2).

Links are announced by devices and never followed; user, password, path and query are looked past.
"""

import re

from appliance.decode.reader import LONGEST_TEXT

_PORTS = {b"http": 80, b"https": 443}
_PORT = re.compile(rb"[0-9]{1,5}").fullmatch
_HOST = re.compile(rb"[A-Za-z0-9_.:%-]{1,255}").fullmatch
_LAST_PORT = 0xFFFF
_ENDS = re.compile(rb"[/?#]")


def authority(link: bytes) -> tuple[str, int]:
    """Give host, in lower case without brackets, and port; an empty host: it is no such link."""
    scheme, _, rest = link[: 4 * LONGEST_TEXT].partition(b"://")
    port = _PORTS.get(scheme.lower(), 0)
    if not port:
        return "", 0
    host = _ENDS.split(rest, 1)[0].rpartition(b"@")[2]
    name, colon, number = host.rpartition(b":")
    if colon and _PORT(number) and (name.endswith(b"]") or b":" not in name):
        host, port = name, int(number)
    if host.startswith(b"[") and host.endswith(b"]"):
        host = host[1:-1]
    if not _HOST(host) or port > _LAST_PORT:
        return "", 0
    return host.decode("ascii").lower(), port
