"""What clients and servers say of files in SMB2, made by scapy: one message each."""

from struct import pack
from typing import Any

from tests.kit.scapy_layers import layer

smb2, netbios = layer("smb2"), layer("netbios")

FILE = 0x1234
RELATED = 0xFFFF_FFFF_FFFF_FFFF


def head(code: int, *, answer: bool = False, number: int = 7, **more: Any) -> Any:
    """Give a header; *number* joins request and answer."""
    return smb2.SMB2_Header(Command=code, Flags=int(answer), MID=number, **more)


def handle(file: int = FILE) -> Any:
    persistent = RELATED if file == RELATED else 0
    return smb2.SMB2_FILEID(Persistent=persistent, Volatile=file)


def opens(path: str, options: int = 0, **more: Any) -> bytes:
    asked = smb2.SMB2_Create_Request(Name=path, CreateOptions=options)
    return bytes(head(5, **more) / asked)


def opened(action: int, file: int = FILE, **more: Any) -> bytes:
    answer = smb2.SMB2_Create_Response(CreateAction=action, FileId=handle(file))
    return bytes(head(5, answer=True, **more) / answer)


def closes(file: int = FILE, **more: Any) -> bytes:
    return bytes(head(6, **more) / smb2.SMB2_Close_Request(FileId=handle(file)))


def reads(offset: int = 0, file: int = FILE, **more: Any) -> bytes:
    asked = smb2.SMB2_Read_Request(FileId=handle(file), Offset=offset, Length=4096)
    return bytes(head(8, **more) / asked)


def read(content: bytes, **more: Any) -> bytes:
    return bytes(head(8, answer=True, **more) / smb2.SMB2_Read_Response(Data=content))


def writes(content: bytes, offset: int = 0, file: int = FILE, **more: Any) -> bytes:
    asked = smb2.SMB2_Write_Request(FileId=handle(file), Offset=offset, Data=content)
    return bytes(head(9, **more) / asked)


def renames(path: str, file: int = FILE, **more: Any) -> bytes:
    name = path.encode("utf-16-le")
    return _sets(10, pack("<B7xQI", 0, 0, len(name)) + name, file, **more)


def deletes(file: int = FILE, yes: int = 1, **more: Any) -> bytes:
    return _sets(13, bytes((yes,)), file, **more)


def _sets(what: int, value: bytes, file: int, **more: Any) -> bytes:
    """By the letter of [MS-SMB2] section 2.2.39: scapy swaps length and offset."""
    asked = pack("<HBBIHHI", 33, 1, what, len(value), 96, 0, 0) + bytes(handle(file)) + value
    return bytes(head(17, **more)) + asked


def session(*messages: bytes) -> bytes:
    """Give each message in its segment's header, one after the other."""
    return b"".join(bytes(netbios.NBTSession() / message) for message in messages)


def joined(*messages: bytes) -> bytes:
    """Give messages as one, each but the last saying where the next begins."""
    padded = [message + bytes(-len(message) % 8) for message in messages[:-1]]
    linked = [it[:20] + len(it).to_bytes(4, "little") + it[24:] for it in padded]
    return b"".join((*linked, messages[-1]))
