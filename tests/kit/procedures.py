"""DCE/RPC as a client sends it, put together by hand from C706 chapters 12 and 14."""

from struct import pack
from uuid import UUID

from tests.kit import files

NETLOGON = "12345678-1234-abcd-ef00-01234567cffb"
SPOOLSS = "12345678-1234-abcd-ef00-0123456789ab"
EFSRPC = "c681d488-d850-11d0-8c52-00c04fd90f7e"
DFS = "4fc742e0-4a10-11cf-8273-00aa004ae673"
FSS = "a8e0653c-2744-4389-a61d-7373df8b2292"
SAMR = "12345778-1234-abcd-ef00-0123456789ac"
NDR = "8a885d04-1ceb-11c9-9fe8-08002b104860"
BIND, ALTER, REQUEST, AUTH3 = 11, 14, 0, 16


def fragment(
    kind: int, body: bytes, *, little: bool = True, flags: int = 3, verifier: bytes = b""
) -> bytes:
    """Give a fragment; *verifier* is the value of one."""
    order = "<" if little else ">"
    about = bytes(8) if verifier else b""
    size = 16 + len(body) + len(about) + len(verifier)
    head = pack("4B", 5, 0, kind, flags) + (b"\x10" if little else b"\0") + bytes(3)
    return head + pack(f"{order}HHI", size, len(verifier), 1) + body + about + verifier


def bind(*interfaces: str, kind: int = BIND, first: int = 0, little: bool = True) -> bytes:
    """Give a bind of *interfaces*, numbered from *first*."""
    order = "<" if little else ">"
    body = pack(f"{order}HHI", 4280, 4280, 0) + bytes((len(interfaces), 0, 0, 0))
    for number, interface in enumerate(interfaces, first):
        body += pack(f"{order}HBx", number, 1) + _uuid(interface, little) + pack(f"{order}I", 1)
        body += _uuid(NDR, little) + pack(f"{order}I", 2)
    return fragment(kind, body, little=little)


def call(
    operation: int,
    stub: bytes = b"",
    *,
    context: int = 0,
    little: bool = True,
    flags: int = 3,
    verifier: bytes = b"",
) -> bytes:
    """Give a request; with 0x80 among *flags*, an object stands before *stub*."""
    body = pack("<IHH" if little else ">IHH", len(stub), context, operation)
    body += bytes(range(16)) if flags & 0x80 else b""
    return fragment(REQUEST, body + stub, little=little, flags=flags, verifier=verifier)


def text(words: str) -> bytes:
    """Give a string of NDR, filled up to a multiple of four."""
    chars = f"{words}\0"
    raw = chars.encode("utf-16-le")
    return pack("<III", len(chars), 0, len(chars)) + raw + bytes(-len(raw) % 4)


def pointed(words: str) -> bytes:
    """Give a pointer, and the string behind it."""
    return pack("<I", 0x0002_0000) + text(words)


def authenticate(credential: bytes, *, server: str = r"\\DC1", name: str = "DC1") -> bytes:
    """Give what NetrServerAuthenticate3 is handed ([MS-NRPC] section 3.5.4.4.2)."""
    before = pointed(server) + _unfilled(f"{name}$") + pack("<H", 6)
    before += bytes(-len(before) % 4) + _unfilled(name) + credential
    return before + bytes(-len(before) % 4) + pack("<I", 0x212F_FFFF)


def challenge(value: bytes, *, server: str = r"\\DC1", name: str = "DC1") -> bytes:
    """Give what NetrServerReqChallenge is handed ([MS-NRPC] section 3.5.4.4.1)."""
    return pointed(server) + _unfilled(name) + value


def _unfilled(words: str) -> bytes:
    """Give a string that something which begins at any byte, or an even one, may follow."""
    return text(words)[: 12 + 2 * (len(words) + 1)]


def written(data: bytes, pipe: int = files.FILE) -> bytes:
    """Give a write of *data* to a pipe of SMB2, in its session."""
    return files.session(files.writes(data, file=pipe))


def exchanged(data: bytes, pipe: int = files.FILE, control: int = 0x0011_C017) -> bytes:
    """Give *data* to a pipe of SMB2 and take its answer ([MS-SMB2] section 2.2.31)."""
    body = pack("<HHI", 57, 0, control) + bytes(files.handle(pipe))
    body += pack("<IIIIIIII", 120, len(data), 0, 0, 0, 1024, 1, 0)
    return files.session(bytes(files.head(11)) + body + data)


def written1(data: bytes, pipe: int = 0x4000) -> bytes:
    """Give a WRITE_ANDX of SMB1 ([MS-CIFS] section 2.2.4.43)."""
    words = pack("<BBHHIIHHHHHI", 0xFF, 0, 0, pipe, 0, 0, 8, 0, 0, len(data), 64, 0)
    return session1(0x2F, words, b"\0" + data)


def exchanged1(data: bytes, pipe: int = 0x4000, what: int = 0x26) -> bytes:
    r"""Give a TRANSACTION of SMB1 on ``\PIPE\`` ([MS-CIFS] sections 2.2.4.33 and 2.2.5.6)."""
    name = b"\0" + "\\PIPE\\\0".encode("utf-16-le") + b"\0"
    at = 32 + 1 + 32 + 2 + len(name)
    words = pack(
        "<HHHHBBHIHHHHHBBHH", 0, len(data), 0, 1024, *(0,) * 6, at, len(data), at, 2, 0, what, pipe
    )
    return session1(0x25, words, name + data)


def session1(code: int, words: bytes, content: bytes, **more: int) -> bytes:
    """Give a message of SMB1, by the letter of [MS-CIFS] section 2.2.3."""
    flags, status = more.get("flags", 0x18), more.get("status", 0)
    head = b"\xffSMB" + pack("<BIBH", code, status, flags, 0xC007) + bytes(12)
    head += pack("<HHHH", more.get("tree", 1), 7, 1, more.get("number", 1))
    body = bytes((len(words) // 2,)) + words + pack("<H", len(content)) + content
    return (len(head) + len(body)).to_bytes(4) + head + body


def _uuid(text: str, little: bool) -> bytes:
    return UUID(text).bytes_le if little else UUID(text).bytes
