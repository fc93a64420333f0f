"""What the worker process asks of the system: to give memory back, and not to be left behind.

And of Python: that what all its threads need is loaded before there are any.
"""

import codecs
import ctypes
import signal

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""Parameters of ``malloc.h``."""

LARGE = 1024 * 1024
"""Octets from which a block of memory is given back at once."""

ARENAS = 2
"""Places to take memory from that threads share."""

PR_SET_PDEATHSIG = 1
"""From ``linux/prctl.h``."""

_libc = ctypes.CDLL(None)


def be_thrifty() -> bool:
    """Have this process give memory back; False where the C library has no such thing.

    Checking a pass-phrase takes 19 MiB for a moment. Left to itself, glibc takes that for a habit
    and keeps as much for each thread: 130 MB more after some dozens of sign-ins (measured). With
    its thresholds nailed down (mallopt(3)) the worker keeps to about 55 MB.
    """
    mallopt = getattr(_libc, "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(M_MMAP_THRESHOLD, LARGE) and mallopt(M_ARENA_MAX, ARENAS))


def load_early() -> None:
    """Load the codec of host names, which requests and connections need.

    When two threads look it up for the first time at one moment, Python may say for ever after
    that there is none (seen: each request was answered with 500 until the server was restarted).
    """
    codecs.lookup("idna")


def end_with_parent() -> bool:
    """Have this process end when its parent does, however that ends (prctl(2)).

    Otherwise a worker whose parent was killed would keep the port, and no new server could start.
    """
    return bool(_libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL) == 0)
