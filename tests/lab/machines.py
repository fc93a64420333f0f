"""Machines: a network namespace each, and the programs that run in them; all gone at the end."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from threading import current_thread, main_thread
from time import monotonic
from types import TracebackType
from typing import Any, Self

from tests.lab import namespaces
from tests.lab.awaiting import until

ROOT = Path(__file__).parents[2]
NEEDS_ROOT = "the practice lab makes network namespaces: run it as root"

_ENDS_WITHIN = 2.0
"""Seconds a program has to end by itself before it is killed."""


class NotRootError(Exception):
    """The lab cannot be built by this user."""


class Machines:
    """Namespaces of a unique name, open while the block runs; programs are started in them."""

    def __init__(self, names: Iterable[str], resolver: str) -> None:
        """*names* are the machines'; their programs ask *resolver* for host names."""
        self._id = f"vigie-{token_hex(3)}"
        self.names = {name: f"{self._id}-{name}" for name in names}
        """By machine, its namespace."""
        self.folder = Path()
        """A temporary folder for whatever the programs write."""
        self._resolver = resolver
        self._started: list[subprocess.Popen[bytes]] = []
        self._undo = ExitStack()

    def __enter__(self) -> Self:
        if os.geteuid() != 0:
            raise NotRootError(NEEDS_ROOT)
        with ExitStack() as undo:
            undo.enter_context(_sigterm_raises())
            self.folder = Path(tempfile.mkdtemp(prefix=f"{self._id}-"))
            self.folder.chmod(0o755)
            undo.callback(shutil.rmtree, self.folder)
            for namespace in self.names.values():
                undo.callback(namespaces.remove, namespace)
                namespaces.make(namespace, self._resolver)
            undo.callback(self._end_programs)
            self.open()
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._undo.close()

    def open(self) -> None:
        """Lay cables and start programs, once the namespaces are there."""

    def run(
        self, machine: str, argv: Sequence[str], timeout: float = 10.0, *, check: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; raises TimeoutExpired, having killed it, after *timeout*."""
        with subprocess.Popen(
            self._command(machine, argv),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        ) as program:
            try:
                said, complained = program.communicate(timeout=timeout)
            except BaseException:
                _signal_group(program, signal.SIGKILL)
                raise
        done = subprocess.CompletedProcess(program.args, program.returncode, said, complained)
        if check:
            done.check_returncode()
        return done

    def start(
        self,
        machine: str,
        argv: Sequence[str],
        *,
        log: str = "",
        env: dict[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program; what it says goes to the file *log* in `folder`."""
        log = log or f"{machine}-{Path(argv[0]).name}-{len(self._started)}.log"
        with (self.folder / log).open("ab") as file:
            program = subprocess.Popen(
                self._command(machine, argv),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )
        self._started.append(program)
        return program

    def stop(self, *programs: subprocess.Popen[bytes], how: int = signal.SIGTERM) -> None:
        """End *programs* with all they started, by force when they do not by themselves."""
        for program in programs:
            _signal_group(program, how)
        deadline = monotonic() + _ENDS_WITHIN
        for program in programs:
            with suppress(subprocess.TimeoutExpired):
                program.wait(max(0.0, deadline - monotonic()))
            _signal_group(program, signal.SIGKILL)
            program.wait()

    @contextmanager
    def running(
        self, machine: str, argv: Sequence[str], *, how: int = signal.SIGTERM
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Have a program run while the block does."""
        program = self.start(machine, argv)
        try:
            yield program
        finally:
            self.stop(program, how=how)

    def await_ports(
        self, machine: str, *ports: int, kind: str = "tcp", seconds: float = 15.0
    ) -> None:
        """Wait until programs of *machine* listen on all *ports*."""
        until(
            f"{machine} listens on {kind} {ports}",
            seconds,
            lambda: set(ports) <= namespaces.listening(self.names[machine], kind),
        )

    def _command(self, machine: str, argv: Sequence[str]) -> list[str]:
        # Not pyroute2's NSPopen: it forks this process, and each machine needs its own
        # /etc/resolv.conf, which `ip netns exec` lays over this one's.
        return ["ip", "netns", "exec", self.names[machine], *argv]

    def _end_programs(self) -> None:
        self.stop(*(program for program in self._started if program.poll() is None))
        numbers = {namespaces.number(name) for name in self.names.values()}
        until("the last programs end", 5, lambda: not _killed(numbers))


def _killed(numbers: set[int]) -> list[int]:
    """Kill what still lives in the lab's own namespaces: children that left their group."""
    left = [pid for pid in namespaces.processes(numbers) if pid != os.getpid()]
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return left


def _signal_group(program: subprocess.Popen[Any], how: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(program.pid, how)


@contextmanager
def _sigterm_raises() -> Iterator[None]:
    """Turn SIGTERM into an exception, so that the lab is taken down on the way out."""
    if current_thread() is not main_thread():
        yield
        return

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
