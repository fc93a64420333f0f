"""Which packets are worth reading whole, chosen as columns.

Everything that is not IP, neighbour discovery, and the small protocols that devices announce
themselves with, by port; and of each conversation, among the first segments with payload in each
direction, those that may begin a message we can read: a first look at four bytes, `decode` looks
closer. A TLS hello or a DICOM association may go on in the next segments: these are taken, too,
until another kind of record begins, be it in the hello's own last segment. Calls of remote
procedures are taken wherever in a conversation they begin a segment.
"""

from dataclasses import dataclass

import numpy as np

from appliance.sensor.columns import ICMP6, TCP, UDP, Columns, Flags, Gather, Ints

SEGMENTS = 12
"""Segments with payload, in each direction of a conversation, that are looked at: enough for all of
an opening that `decode` puts together (16 KiB), and for a share to be asked for behind a logon."""
PER_SECOND = 2000
"""Packets of one kind read whole in a second; a flood of further ones is counted, not read."""

_UDP_PORTS = np.zeros(65_536, bool)
_UDP_PORTS[[53, 67, 68, 88, 137, 161, 162, 546, 547, 1900, 3702, 5353, 5355]] = True
_DNS = 53
_DISCOVERY_FIRST, _DISCOVERY_LAST = 133, 137
"""ICMPv6 types of neighbour discovery (RFC 4861)."""
_CHANGE_CIPHER, _HANDSHAKE, _DATA = 0x14, 0x16, 0x17
"""TLS record types (RFC 8446 section 5.1)."""
_TLS_MAJOR = 3
_RECORD_HEAD = 5
_PDU_HEAD = 6
"""Of DICOM (PS3.8 section 9.3.1): type, a reserved byte, four of length."""
_RECORDS = 4
"""Records followed within one segment; a server's first flight has no more."""

_RPC_PORT = 135
_REGISTERED = 1024
"""The first port that needs no rights: RPC is at 135 and at such ports, and called from such."""
_RPC_MASK, _RPC_LITTLE = 0xFFFFFF01, int.from_bytes(b"\x10\0\0\0")
_RPC_CALLS, _RPC_ALTERS = int.from_bytes(b"\5\0\0\1"), int.from_bytes(b"\5\0\x0e\1")
"""How the first part of a request begins, and of what binds further interfaces (C706, section
12.6.3.1), in the order of bytes of all that Windows sends. The rest of the flags is left open:
calls to objects of DCOM have one of their own."""

_LOOKED_AT = 4
"""Bytes of a segment that tell how it begins, …"""
_END = 2
"""… and how it ends."""


def _word(four: bytes) -> int:
    return int.from_bytes(four)


_WORDS = np.array(
    sorted(
        _word(four)
        for four in (
            *(b"GET ", b"POST", b"PUT ", b"HEAD", b"OPTI", b"DELE", b"PATC", b"PROP"),
            *(b"CONN", b"TRAC", b"HTTP"),
            *(b"SIP/", b"REGI", b"INVI", b"RTSP"),
            *(b"SSH-", b"220 ", b"220-", b"* OK", b"RFB ", b"@PJL"),
            b"\x0bMSH",
            *(b'{"id', b'{"me', b'{"js', b'{"wo', b'{"pa', b'{ "i', b'{ "m'),
            *(b"\x7fELF", b"PK\3\4", b"L\0\0\0", b"vhdx", b"cone"),
            *(b"Micr", b"\r\nMi", b"(c) ", b"\r\n(c", b"(C) ", b"\r\n(C", b"Copy", b"\r\nCo"),
            *(b"Wind", b"\r\nWi"),
            *(b"\r\n\r\n", b"\r\nUs", b"PS C", b"PS D", b"\nPS ", b"bash", b"/bin", b"sh: "),
            *(b"dash", b"uid=", b"Linu", b"root", b"nt a", b"NT A", b"auto", b"AUTO", b"nt A"),
        )
    )
)
"""How messages begin that have words of their own: HTTP, SIP and RTSP, greetings, PJL, HL7,
stratum, programs and what may hold one, shells and what commands say."""
_MASKS = np.array(
    [
        (0xFFFFFF00, _word(b"+OK\0")),
        (0xFFFF0000, _word(b"MZ\0\0")),  # programs for Windows
        (0xFFF80000, _word(b"\xff\xf8\0\0")),  # options of Telnet
        (0xFFFEE000, _word(b"\5\0\0\0")),  # DCE/RPC, version 5.0 or 5.1
        (0xFFFF0000, _word(b"\3\0\0\0")),  # TPKT, which RDP begins with
        (0xFF000000, _word(b"\x10\0\0\0")),  # MQTT's CONNECT
        (0xFFFFFFFC, _word(b"\1\0\0\0")),  # DICOM's A-ASSOCIATE-RQ, …
        (0xFFFFFFFC, _word(b"\2\0\0\0")),  # … -AC …
        (0xFFFFFFFF, _word(b"\3\0\0\0")),  # … and -RJ
        (0xFFFFFF00, _word(b"C:\\\0")),  # what Windows' shells wait behind, …
        (0xFFFFFF00, _word(b"D:\\\0")),
        (0xFFFF00FF, _word(b"\r\n\0:")),  # … also on the next line
        (0xFFFFFF00, _word(b"sh-\0")),
        (0xFFFF0000, _word(b"\xfc\xe8\0\0")),  # code that comes alone, 32 bits wide; …
        (0xFFFFFFFF, _word(b"\xfcH\x83\xe4")),  # … and 64
    ]
)
"""How others begin: which bits, and their values."""
_ASSOCIATES = slice(6, 8)
"""Of these, the ones that may go on in further segments."""
_SMB_MASK, _SMB = 0xFCFFFFFF, _word(b"\xfcSMB")
"""SMB's four bytes, behind those of NetBIOS that say a length of at most 16 MiB ([MS-SMB2] 2.1)."""
_PROMPTS = np.zeros(65_536, bool)
_PROMPTS[[int.from_bytes(two) for two in (b"# ", b"$ ", b"2>", b"> ", b"\\>")]] = True
"""How a shell's segment ends that waits for orders; "2>" is of ``C:\\Windows\\System32>``."""
_PROGRAMS = np.array([_word(b"MZ\0\0"), _word(b"\xfc\xe8\0\0")])
_WHOLE_PROGRAMS = np.array([_word(b"\x7fELF"), _word(b"\xfcH\x83\xe4")])
"""What may stand behind a length, told by two bytes, and by four."""
_MAY_BEGIN = np.zeros(256, bool)
_MAY_BEGIN[[0, 1, 2, 3, _HANDSHAKE, _DATA, _CHANGE_CIPHER, *_WORDS >> 24]] = True
_MAY_BEGIN[[*_MASKS[:, 1] >> 24, *range(0xF8, 0x100)]] = True
"""The first bytes worth a closer look."""
_TCP_PORTS = np.zeros(65_536, bool)
_TCP_PORTS[[88, 389, 502, 515, 1433, 3268, 3306, 5432, *range(5900, 5904)]] = True
_TCP_PORTS[[21, 2121, 23, 25, 587, 2525, 110, 143]] = True
"""Ports on which only `decode` can tell what is said: Kerberos, LDAP, Modbus, LPD, databases, VNC,
and the logons among the lines of FTP, Telnet and mail."""


@dataclass(frozen=True, slots=True)
class Segments:
    """TCP segments with payload, sorted by the side of a conversation and then by time."""

    rows: Ints
    """Which packets they are."""
    starts: Ints
    """Where, among them, the segments of each side begin."""
    seen: Ints
    """Of each side, the segments seen before these."""
    reading: Flags
    """Of each side, whether it is in the middle of a TLS hello."""


def by_header(columns: Columns) -> tuple[Flags, Flags]:
    """Tell which packets are worth reading for what they are: not of IP, and of IP."""
    sound = ~columns.malformed
    named = _UDP_PORTS[columns.sport] | _UDP_PORTS[columns.dport]
    named &= columns.proto == UDP
    icmp = (columns.sport >= _DISCOVERY_FIRST) & (columns.sport <= _DISCOVERY_LAST)
    named |= (columns.proto == ICMP6) & icmp
    dns = (columns.sport == _DNS) | (columns.dport == _DNS)
    named |= (columns.proto == TCP) & dns & (columns.payload > 0)
    return ~columns.is_ip & sound, named & columns.is_ip & sound


def calls(get: Gather, columns: Columns) -> Flags:
    """Tell which packets begin with a call of a remote procedure over TCP."""
    worth: Flags = (columns.proto == TCP) & (columns.present >= 2 * _LOOKED_AT)
    worth &= (columns.dport >= _REGISTERED) | (columns.dport == _RPC_PORT)
    worth &= (columns.sport >= _REGISTERED) & ~columns.malformed
    at = np.flatnonzero(worth)
    starts = columns.payload_at[at]
    first = get.u32(starts) & _RPC_MASK
    worth[at] = (first == _RPC_CALLS) | (first == _RPC_ALTERS)
    at = at[worth[at]]
    worth[at] = get.u32(columns.payload_at[at] + _LOOKED_AT) == _RPC_LITTLE
    return worth


def by_beginning(get: Gather, columns: Columns, segments: Segments) -> tuple[Flags, Flags]:
    """Tell which segments are worth reading, and of each side whether its hello goes on."""
    count = len(segments.rows)
    sizes = np.diff(segments.starts, append=count)
    place = np.arange(count)
    start = np.repeat(segments.starts, sizes)
    early = place - start + np.repeat(segments.seen, sizes) < SEGMENTS
    looked = np.flatnonzero(early & (columns.present[segments.rows] >= _LOOKED_AT))
    first = get.u32(columns.payload_at[segments.rows[looked]])
    staged = looked[_are_staged(get, columns, segments.rows[looked], first)]
    close = _MAY_BEGIN[first >> 24]
    looked, first = looked[close], first[close]
    rows = segments.rows[looked]
    at, end = columns.payload_at[rows], columns.payload_at[rows] + columns.present[rows]
    begins, hello, other, over = _beginnings(get, first, at, end)
    goes_on = np.zeros(count, bool)
    goes_on[looked] = over
    event = np.full(count, -1)
    event[looked[hello | other]] = looked[hello | other]
    event = np.maximum.accumulate(event)
    reading = np.where(event >= start, goes_on[event], np.repeat(segments.reading, sizes))
    worth = reading | _TCP_PORTS[columns.sport[segments.rows]]
    worth |= _TCP_PORTS[columns.dport[segments.rows]]
    worth[looked[begins | hello]] = True
    worth[staged] = True
    worth[_prompts(get, columns, segments.rows, early)] = True
    worth &= early
    return worth, reading[segments.starts + sizes - 1] if count else segments.reading


def _prompts(get: Gather, columns: Columns, rows: Ints, early: Flags) -> Ints:
    """Give those of the *early* segments that end as a shell's prompt does."""
    whole = columns.present[rows] == columns.payload[rows]
    found = np.flatnonzero(early & whole & (columns.present[rows] >= _END))
    at = rows[found]
    ends = get.u16(columns.payload_at[at] + columns.present[at] - _END)
    prompts: Ints = found[_PROMPTS[ends]]
    return prompts


def _are_staged(get: Gather, columns: Columns, rows: Ints, first: Ints) -> Flags:
    """Tell which segments begin with a length, its low byte *first*, and then a program."""
    behind = columns.payload_at[rows] + _LOOKED_AT
    staged: Flags = (first & 0xFF == 0) & (columns.present[rows] >= 2 * _LOOKED_AT)
    begun = get.u32(behind[staged])[:, None]
    known = (begun & 0xFFFF0000 == _PROGRAMS) | (begun == _WHOLE_PROGRAMS)
    staged[staged] = known.any(axis=1)
    return staged


def _beginnings(get: Gather, first: Ints, at: Ints, end: Ints) -> tuple[Flags, Flags, Flags, Flags]:
    """Tell of segments that begin with *first* at *at* what that is.

    A message we read; an opening that may need more segments; a record that ends one; and whether
    the opening goes on behind the segment's *end*.
    """
    words = _WORDS[np.minimum(np.searchsorted(_WORDS, first), len(_WORDS) - 1)] == first
    masked = first[:, None] & _MASKS[:, 0] == _MASKS[:, 1]
    smb = (first >> 24 == 0) & (at + 2 * _LOOKED_AT <= end)
    smb[smb] = get.u32(at[smb] + _LOOKED_AT) & _SMB_MASK == _SMB
    associates = masked[:, _ASSOCIATES].any(axis=1)
    tls, kind = first >> 16 & 0xFF == _TLS_MAJOR, first >> 24
    hello = tls & (kind == _HANDSHAKE)
    other = tls & ((kind == _DATA) | (kind == _CHANGE_CIPHER))
    over = np.zeros(len(first), bool)
    over[hello] = _runs_over(get, at[hello], end[hello])
    long = associates & (at + _PDU_HEAD <= end)
    over[long] = at[long] + _PDU_HEAD + get.u32(at[long] + 2) > end[long]
    return words | masked.any(axis=1) | smb, hello | associates, other, over


def _runs_over(get: Gather, at: Ints, end: Ints) -> Flags:
    """Tell of segments that begin a handshake at *at* whether it goes on behind their *end*."""
    over = np.zeros(len(at), bool)
    rows = np.arange(len(at))
    for _ in range(_RECORDS):
        at = at + _RECORD_HEAD + get.u16(at + _RECORD_HEAD - 2)
        over[rows] = at > end
        follows = at < end
        follows[follows] = get.u8(at[follows]) == _HANDSHAKE
        rows, at, end = rows[follows], at[follows], end[follows]
    over[rows] = True
    return over
