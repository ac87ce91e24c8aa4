"""The writing of a large return, in a process of its own: its rows are given piece by piece on the standard input.

It is told what to write by the program that started it, and by nobody else. It writes the file aside and reads it
again there, says how far it is in lines of JSON, and ends with that program: whatever it does then, and without leaving
the file behind.
"""

import json
import os
import pickle
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, NamedTuple, NoReturn

from spp_desktop.plan import spoken
from spp_desktop.plan.spoken import LevelWords
from spp_desktop.returns import workbook
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.definition import Content, Return

_GIVES_WAY = 5
"""By how much less urgent it is than the window."""
_TOLD = 100
"""Rows after which it is said how far the writing is."""


class WriteAsked(NamedTuple):
    """What is to be written.

    Attributes:
        definition: The return.
        content: What it holds, but for the rows of its tables, which follow as pairs: the place of a table, and some of
            its rows. ``None`` says that there are no more.
        aside: Where the file is written.
        name: What sentences call it.
        words: What the plan calls its levels.
    """

    definition: Return
    content: Content
    aside: Path
    name: str
    words: LevelWords


def main() -> NoReturn:
    """Write one file as it is asked for, and end; the window goes first. On Windows it is started so."""
    with suppress(AttributeError, OSError):
        os.nice(_GIVES_WAY)
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        asked = _given(given)
        Thread(target=_end_with_program, args=(given, asked.aside), daemon=True).start()
        _say(out, _ended(asked, out))
    os._exit(0)


def _given(stream: BinaryIO) -> WriteAsked:
    """What is asked for, with all rows."""
    asked: WriteAsked = pickle.load(stream)  # noqa: S301 - of the program that started this one
    tables: list[list[Any]] = [[] for _ in asked.definition.listings]
    while (piece := pickle.load(stream)) is not None:  # noqa: S301 - the same
        tables[piece[0]] += piece[1]
    return asked._replace(content=replace(asked.content, tables=tuple(map(tuple, tables))))


def _ended(asked: WriteAsked, out: BinaryIO) -> dict[str, Any]:
    """Write the file, and give how that ended."""

    def told(done: int, lines: int) -> None:
        if done % _TOLD == 0 or done == lines:
            _say(out, {"done": done, "of": lines})

    spoken.speak(asked.words)
    try:
        workbook.write_aside(asked.definition, asked.content, asked.aside, asked.name, told)
    except NotWritten as why:
        return {"end": "not written", "said": str(why)}
    except OSError as problem:
        return {"end": "problem", "number": problem.errno, "said": problem.strerror or str(problem)}
    return {"end": "whole"}


def _say(out: BinaryIO, what: dict[str, Any]) -> None:
    out.write(json.dumps(what).encode() + b"\n")
    out.flush()


def _end_with_program(given: BinaryIO, aside: Path) -> None:
    """Wait for the end of the program, and end then too."""
    given.read()
    with suppress(OSError):
        aside.unlink(missing_ok=True)
    os._exit(1)


if __name__ == "__main__":
    main()
