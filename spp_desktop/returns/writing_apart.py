"""A large return written by a process of its own, so that the window lives on: given its rows, and listened to."""

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Self

from spp_desktop.plan import spoken
from spp_desktop.returns import writer
from spp_desktop.returns.apart import environment
from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.returns.definition import Content, Return, without_empty
from spp_desktop.returns.table_sheet import RowsWritten
from spp_desktop.returns.writer import WriteAsked

_UNSEEN, _GIVES_WAY = (getattr(subprocess, name, 0) for name in ("CREATE_NO_WINDOW", "BELOW_NORMAL_PRIORITY_CLASS"))
"""How it is started on Windows."""
_AT_ONCE = 100
"""Rows that are given at a time: putting them into bytes keeps all else waiting, and takes a thousandth of a second."""


class WriterProcess:
    """The process, from when it is begun: while the rows are still read it has time to load what it needs.

    Raises:
        OSError: if it cannot be started.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            creationflags=_UNSEEN | _GIVES_WAY,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has nobody to read it
                    pipe.close()
        self._process.wait()

    def write(self, definition: Return, content: Content, path: Path, progress: RowsWritten | None = None) -> None:
        """Make a return's workbook at a path as ``workbook.write`` does. It is done once.

        Raises:
            NotWritten: if it cannot be made or kept there, or would not say the same when read again.
            Exception: whatever ``progress`` raises to stop the writing.
        """
        definition, content = without_empty(definition, content)
        put(partial(self._write_aside, definition, content, path.name, progress), path, _is_looked_over)

    def _write_aside(
        self, definition: Return, content: Content, name: str, progress: RowsWritten | None, aside: Path
    ) -> None:
        """Have the file written and read again; the process is over when this ends, however it does."""
        with self:
            if progress is not None:
                progress(0, sum(map(len, content.tables)))
            with suppress(BrokenPipeError, ConnectionError):  # it has ended; what it says of that is read below
                _give(definition, content, aside, name, self._process.stdin)
            ended = _listen(self._process.stdout, progress)
        if ended.get("end") == "problem":
            raise OSError(ended["number"] or 0, ended["said"])
        if ended.get("end") == "not written":
            raise NotWritten(ended["said"])
        if ended.get("end") != "whole":
            raise NotWritten(
                f"{name} was not made: the part of the program that writes it was stopped. What stood there is "
                "untouched. Try again."
            )


def _is_looked_over(_aside: Path) -> None:
    """The process that has written the file has read it again."""


def _give(definition: Return, content: Content, aside: Path, name: str, stream: Any) -> None:
    """Say what is to be written."""
    asked = WriteAsked(bare(definition), replace(content, tables=()), aside, name, spoken.spoken())
    for part in chain((asked,), _pieces(content), (None,)):
        stream.write(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))
    stream.flush()


def bare(definition: Return) -> Return:
    """A return without what its rows are looked over for: that was done before, and cannot be given to a process."""
    return replace(definition, listings=tuple(replace(listing, checks=()) for listing in definition.listings))


def _command() -> list[str]:
    """How the process is started: as a module, so that nothing is loaded from the folder that the program works in."""
    return [sys.executable, "-P", "-m", writer.__name__]


def _pieces(content: Content) -> Iterator[tuple[int, Any]]:
    """The rows of the tables, some at a time."""
    for place, rows in enumerate(content.tables):
        for first in range(0, len(rows), _AT_ONCE):
            yield place, rows[first : first + _AT_ONCE]


def _listen(stream: Any, progress: RowsWritten | None) -> dict[str, Any]:
    """Tell how far it is, until it says how it ended; nothing, if it ends without a word."""
    with suppress(ValueError):
        for line in stream:
            told: dict[str, Any] = json.loads(line)
            if "end" in told:
                return told
            if progress is not None:
                progress(told["done"], told["of"])
    return {}
