r"""What is looked for in what a remote procedure is handed (NDR: C706 chapter 14), and dropped.

================  =======================  =====================================================
netlogon          4, 15, 26                a challenge or credential of zeros: [MS-NRPC] 3.5.4.4,
                                           CVE-2020-1472 (Secura, "Zerologon", 2020)
spoolss           9, 89                    a driver on another machine: [MS-RPRN] 3.1.4.4,
                                           CVE-2021-1675, CVE-2021-34527
spoolss           62, 65                   a machine to be called back, by its address: [MS-RPRN]
                                           3.1.4.10; ordinary clients give the name they have
EFSRPC            all                      a file on another machine: [MS-EFSR] 3.1.4.2,
                                           CVE-2021-36942
netdfs, fssagent  12, 13; 8, 9             another machine by its address: [MS-DFSNM] 3.1.4.4,
                                           [MS-FSRVP] 3.1.4; ordinary clients give names
================  =======================  =====================================================

Only the 32-bit transfer syntax is read, and nothing that is sealed.
"""

import re
from ipaddress import ip_address

from appliance.decode.reader import Malformed, Reader

NETLOGON = "12345678-1234-abcd-ef00-01234567cffb"
SPOOLSS = "12345678-1234-abcd-ef00-0123456789ab"
EFS = frozenset(("c681d488-d850-11d0-8c52-00c04fd90f7e", "df1941c5-fe89-4e79-bf10-463657acf44d"))
DFS = "4fc742e0-4a10-11cf-8273-00aa004ae673"
FSS = "a8e0653c-2744-4389-a61d-7373df8b2292"

_CHALLENGE = 4
_AUTHENTICATE = frozenset((15, 26))
_DRIVERS, _NOTIFICATIONS = frozenset((9, 89)), frozenset((62, 65))
_ROOTS, _PATHS = frozenset((12, 13)), frozenset((8, 9))
_CREDENTIAL = 8
_LONGEST_NAME = 256
"""Characters of a name handed over; those of machines have up to 255."""
_LOOKED_AT = 4096
"""Bytes of a call in which paths are looked for."""
_PATH = re.compile(
    rb"(?:\\\0\\\0|\\\0U\0N\0C\0\\\0)((?:[\w.:@%\[\]-]\0){1,255})(\\\0|\0\0)", re.IGNORECASE
)
r"""``\\host\…`` and ``\??\UNC\host\…``, or ``\\host`` and no more, in UTF-16."""
_WORD = re.compile(rb"((?:[\w.:@-]\0){3,255})\0\0")
_HERE = frozenset((".", "localhost", "127.0.0.1"))


def blank(interface: str, operation: int, stub: bytes) -> bool:
    """Tell whether what stands for a password in *stub* is nothing but zeros."""
    if interface != NETLOGON or operation not in {_CHALLENGE, *_AUTHENTICATE}:
        return False
    reader = Reader(stub)
    try:
        if reader.u32_little():
            _skip_name(reader, len(stub))
        if operation != _CHALLENGE:
            _skip_name(reader, len(stub))
            reader.skip(2)  # which kind of channel
        _skip_name(reader, len(stub))
        return reader.take(_CREDENTIAL) == bytes(_CREDENTIAL)
    except Malformed:
        return False


def far(interface: str, operation: int, stub: bytes, server: str) -> bool:
    """Tell whether *server* is handed, in *stub*, a path on another machine."""
    if interface in EFS:
        return any(host not in (*_HERE, server) for host in _hosts(stub, shares=True))
    if interface == SPOOLSS and operation in _DRIVERS:
        own = {_short(host) for host in (*_HERE, server, *_hosts(stub, shares=False))}
        return any(_short(host) not in own for host in _hosts(stub, shares=True))
    if interface == SPOOLSS and operation in _NOTIFICATIONS:
        # The printer's own name comes by a handle: what is named is who is to be called.
        hosts = [*_hosts(stub, shares=False), *_hosts(stub, shares=True)]
        return any(_is_address(host, server) for host in hosts)
    if interface == FSS and operation in _PATHS:
        return any(_is_address(host, server) for host in _hosts(stub, shares=True))
    if interface == DFS and operation in _ROOTS:
        found = _WORD.search(stub[:_LOOKED_AT])
        return found is not None and _is_address(_text(found[1]), server)
    return False


def _skip_name(reader: Reader, size: int) -> None:
    """Pass over a string; it begins at a multiple of four."""
    reader.skip((reader.remaining - size) % 4)
    most, offset, count = reader.u32_little(), reader.u32_little(), reader.u32_little()
    if offset or not 0 < count <= min(most, _LONGEST_NAME):
        raise Malformed
    reader.skip(2 * count)


def _hosts(stub: bytes, *, shares: bool) -> list[str]:
    """Give the machines named in *stub*: those of paths, or those of which only the name stands."""
    found = _PATH.finditer(stub[:_LOOKED_AT])
    return [_text(it[1]) for it in found if (it[2] == b"\\\0") == shares]


def _text(raw: bytes) -> str:
    return raw.decode("utf-16-le", "replace").casefold()


def _short(host: str) -> str:
    """Give the machine's own name, without its domain; of an address, all."""
    return host if _address(host) else host.partition(".")[0]


def _is_address(host: str, server: str) -> bool:
    """Tell whether *host* is an address, or has a port, and is not *server*."""
    machine, port, _ = host.partition("@")
    return machine not in (*_HERE, server) and (bool(port) or _address(machine))


def _address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
