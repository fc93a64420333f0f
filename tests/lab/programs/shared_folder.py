"""A share of files as programs see it, through libsmbclient, which comes with smbclient."""

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_LONGEST = 256


def _nobody(*_: Any) -> None:
    """Log on as a guest."""


_ASK = ctypes.CFUNCTYPE(
    None, *[ctypes.c_char_p] * 2, *[ctypes.c_void_p, ctypes.c_int] * 3, use_errno=True
)


class SharedFolder:
    """Files by their path below the share; every call is a request, and waits for its answer."""

    def __init__(self, server: str, share: str = "donnees", protocol: str = "SMB3") -> None:
        self._base = f"smb://{server}/{share}/"
        settings = Path(f"/tmp/{os.getpid()}.smb.conf")
        settings.write_text(
            f"[global]\nclient min protocol = NT1\nclient max protocol = {protocol}\n"
        )
        os.environ["SMB_CONF_PATH"] = str(settings)
        self._library = ctypes.CDLL("libsmbclient.so.0", use_errno=True)
        self._library.smbc_lseek.argtypes = [ctypes.c_int, ctypes.c_int64, ctypes.c_int]
        self._library.smbc_lseek.restype = ctypes.c_int64
        for name in ("smbc_read", "smbc_write"):
            call = getattr(self._library, name)
            call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t]
            call.restype = ctypes.c_ssize_t
        self._nobody = _ASK(_nobody)
        self._check(self._library.smbc_init(self._nobody, 0))
        settings.unlink()

    def read(self, path: str) -> bytes:
        """Give all that is in a file."""
        return self.with_open(path, os.O_RDONLY, lambda file: self.read_at(file, 0, 1 << 20))

    def make(self, path: str, content: bytes) -> None:
        """Write a file that was not there, or anew."""
        how = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        self.with_open(path, how, lambda file: self.write_at(file, 0, content))

    def change(self, path: str, how: Callable[[int], None]) -> None:
        """Open a file that is there for reading and writing, and let *how* do so."""
        self.with_open(path, os.O_RDWR, how)

    def with_open(self, path: str, flags: int, how: Callable[[int], Any]) -> Any:
        file = self._check(self._library.smbc_open(self._url(path), flags, 0o644))
        try:
            return how(file)
        finally:
            self._check(self._library.smbc_close(file))

    def read_at(self, file: int, offset: int, size: int) -> bytes:
        """Read from an open file."""
        self._check(self._library.smbc_lseek(file, offset, os.SEEK_SET))
        room = ctypes.create_string_buffer(size)
        return room.raw[: self._check(self._library.smbc_read(file, room, size))]

    def write_at(self, file: int, offset: int, content: bytes) -> None:
        """Write to an open file."""
        self._check(self._library.smbc_lseek(file, offset, os.SEEK_SET))
        self._check(self._library.smbc_write(file, content, len(content)))

    def rename(self, path: str, to: str) -> None:
        self._check(self._library.smbc_rename(self._url(path), self._url(to)))

    def delete(self, path: str) -> None:
        self._check(self._library.smbc_unlink(self._url(path)))

    def _url(self, path: str) -> bytes:
        return (self._base + path).encode()

    @staticmethod
    def _check(result: int) -> int:
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result
