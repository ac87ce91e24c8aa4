"""The process that reads a file, as seen from the program: begun, asked, listened to, and stopped in time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

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


class Apart:
    """One process that reads one file.

    Args:
        memory: what it may take, in bytes.
        seconds: how long it may work. It may last ``LASTS`` times as long.
    """

    def __init__(self, memory: int, seconds: float) -> None:
        self._late = False
        self._process = subprocess.Popen(
            [*_command(), str(memory), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._job = self._bounded(memory)
        self._closed = threading.Event()
        self._clock = threading.Thread(target=self._end_when_late, args=(seconds,), daemon=True)
        self._clock.start()

    def _bounded(self, memory: int) -> JobObject | None:
        """The job that bounds the process before it is told which file to read; ``None`` where it bounds itself.

        Raises:
            OSError: if it cannot be bounded; it has been ended then.
        """
        if not BOUNDED_BY_A_JOB:
            return None
        try:
            return JobObject(self._process.pid, memory)
        except OSError:
            self._process.kill()
            self._process.communicate()  # which lets go of all that belongs to it
            raise

    def records(self, asked: dict[str, Any]) -> Iterator[Record]:
        """Ask for a file, and give each record as it is said; the last one, when the process is over, how it ended.

        Raises:
            Stopped: if the process came to an end before that.
        """
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        ended: Record | None = None
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.close()
            for line in process.stdout:
                record: Record = json.loads(line)
                if isinstance(record, dict) and "end" in record:
                    ended = record
                else:
                    yield record
        except (OSError, ValueError):
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
        """The seconds of a processor that the process has had; none if it is over."""
        import psutil  # which few files take long enough to need

        with suppress(psutil.Error):
            times = psutil.Process(self._process.pid).cpu_times()
            return float(times.user + times.system)
        return 0.0

    def stop(self) -> None:
        """End it at once, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """End it, and let go of all that belongs to it."""
        self._closed.set()
        self._clock.join()
        self.stop()
        self._process.wait()
        if self._job is not None:
            self._job.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has nobody to read it
                    continue


def _command() -> list[str]:
    """How the reader is started: as a module, so that nothing is loaded but what it needs.

    The folder that the program happens to work in, which may be full of received files, is no place for its modules.
    """
    return [sys.executable, "-P", "-m", reader.__name__]


def _environment() -> dict[str, str]:
    """The reader's environment: this one, with the package where it can be found."""
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
