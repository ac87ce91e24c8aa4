"""The process that reads files, as seen from the program: begun, asked, listened to, and stopped in time.

Each file has its own bounds. A process that has come well through a file may be kept for the next one: to start one
takes longer than to read a usual return.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from spp_desktop.returns import reader
from spp_desktop.returns.records import Record
from spp_desktop.returns.windows_job import JobObject

BOUNDED_BY_A_JOB = sys.platform == "win32"
"""Whether the program bounds the process's memory. Elsewhere the process does so itself, as soon as it starts."""


LASTS = 6
"""How many times as long as it may work the process may last: on a busy machine it works a little at a time, and the
first time a program starts, each of its files may be looked over by a virus scanner."""
_SOONEST = 0.05
"""Seconds after which what the process has worked is looked at again at the soonest."""


class Stopped(Exception):
    """The process was stopped before it had said all. ``late``: because its time was over."""

    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self.late = late


class ReaderProcess:
    """A process that reads files one after another, and ends with this program, or when it is told to.

    Args:
        memory: what it may take for a file, in bytes.
        seconds: how long it may work on one.

    Raises:
        OSError: if it cannot be started, or not be bounded.
    """

    def __init__(self, memory: int, seconds: float) -> None:
        self.bounds = memory, seconds
        self.worked = 0.0
        """The seconds of a processor that it says it had before the file that it reads."""
        self.popen = subprocess.Popen(
            [*_command(), str(memory), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._job = self._bounded(memory)

    def _bounded(self, memory: int) -> JobObject | None:
        """The job that bounds the process before it is told which file to read; ``None`` where it bounds itself.

        Raises:
            OSError: if it cannot be bounded; it has been ended then.
        """
        if not BOUNDED_BY_A_JOB:
            return None
        try:
            return JobObject(self.popen.pid, memory)
        except OSError:
            self.popen.kill()
            self.popen.communicate()  # which lets go of all that belongs to it
            raise

    def end(self) -> None:
        """End it, and let go of all that belongs to it."""
        self.popen.kill()
        self.popen.wait()
        if self._job is not None:
            self._job.close()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has nobody to read it
                    continue


class Kept:
    """Keeps a process that is not needed just now for the next file, from when it is made until it is closed.

    The first is started at once: while a person chooses files it has time to load what it needs.

    Args:
        memory: what the process may take for a file, in bytes.
        seconds: how long it may work on one.
    """

    def __init__(self, memory: int, seconds: float) -> None:
        self._open = True
        _SPARE.wanted(memory, seconds)

    def close(self) -> None:
        """Keep none for this any more; the last that is closed ends what is kept. Once more does nothing."""
        if self._open:
            self._open = False
            _SPARE.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Spare:
    """The process that is kept for the next file, as long as anybody wants one to be kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanting = 0
        self._process: ReaderProcess | None = None

    def wanted(self, memory: int, seconds: float) -> None:
        """Keep one from now on."""
        with self._lock:
            self._wanting += 1
        with suppress(OSError):  # of one that cannot be started the person is told when a file is to be read
            self.give_back(self.take(memory, seconds))

    def take(self, memory: int, seconds: float) -> ReaderProcess:
        """The one that is kept, if it has these bounds and is still there; else a new one."""
        with self._lock:
            process = self._process
            if process is not None and process.bounds == (memory, seconds):
                self._process = None
                if process.popen.poll() is None:
                    return process
                process.end()
        return ReaderProcess(memory, seconds)

    def renew(self, process: ReaderProcess) -> None:
        """Keep another of the same bounds in the place of one that has ended, where anybody wants one."""
        with self._lock:
            needed = self._wanting and self._process is None
        if needed:
            with suppress(OSError):  # of one that cannot be started the person is told when a file is to be read
                self.give_back(ReaderProcess(*process.bounds))

    def give_back(self, process: ReaderProcess) -> None:
        """Keep it, in the place of another that is kept; or end it, where nobody wants one."""
        with self._lock:
            before, self._process = (self._process, process) if self._wanting else (process, None)
        if before is not None:
            before.end()

    def let_go(self) -> None:
        """One less wants it."""
        with self._lock:
            self._wanting -= 1
            process, self._process = (None, self._process) if self._wanting else (self._process, None)
        if process is not None:
            process.end()


_SPARE = _Spare()


class Apart:
    """One file, read by a process apart: one that was kept, or a new one.

    Args:
        memory: what it may take, in bytes.
        seconds: how long it may work. It may last ``LASTS`` times as long.
    """

    def __init__(self, memory: int, seconds: float) -> None:
        self._late = self._goes_on = False
        self._reader = _SPARE.take(memory, seconds)
        self._closed = threading.Event()
        self._clock = threading.Thread(target=self._end_when_late, args=(seconds,), daemon=True)
        self._clock.start()

    def records(self, asked: dict[str, Any]) -> Iterator[Record]:
        """Ask for a file, and give each record as it is said; the last one, when all is said, how it ended.

        Raises:
            Stopped: if the process came to an end before that.
        """
        process = self._reader.popen
        assert process.stdin is not None
        assert process.stdout is not None
        ended: dict[str, Any] | None = None
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                record: Record = json.loads(line)
                if isinstance(record, dict) and "end" in record:
                    self._reader.worked = float(record.pop("worked", 0))
                    self._goes_on = record.pop("goes_on", False) is True
                    ended = record
                    break
                yield record
        except (OSError, ValueError, TypeError):
            ended = None
        if ended is None:
            raise Stopped(late=self._late)
        yield ended

    def _end_when_late(self, seconds: float) -> None:
        """Stop it once it has worked for so many seconds, or lasted too long without."""
        left, lasted = seconds, 0.0
        while not self._closed.wait(left):
            lasted += left
            left = min(seconds - self._worked(), LASTS * seconds - lasted)
            if left <= 0:
                self._late = True
                self.stop()
                return
            left = max(left, _SOONEST)

    def _worked(self) -> float:
        """The seconds of a processor that the process has had for this file; none if it is over."""
        import psutil  # which few files take long enough to need

        with suppress(psutil.Error):
            times = psutil.Process(self._reader.popen.pid).cpu_times()
            return float(times.user + times.system) - self._reader.worked
        return 0.0

    def stop(self) -> None:
        """End the process at once, whatever it does."""
        self._goes_on = False
        self._reader.popen.kill()

    def close(self) -> None:
        """Let go of the process: where it said that it goes on, and one is kept, it is kept; else it ends."""
        self._closed.set()
        self._clock.join()
        if self._goes_on:
            _SPARE.give_back(self._reader)
        else:
            self._reader.end()
            _SPARE.renew(self._reader)


def _command() -> list[str]:
    """How the reader is started: as a module, so that nothing is loaded but what it needs.

    The folder that the program happens to work in, which may be full of received files, is no place for its modules.
    """
    return [sys.executable, "-P", "-m", reader.__name__]


def environment() -> dict[str, str]:
    """The environment of a process of ours: this one, with the package where it can be found."""
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
