"""A plan that calls its levels otherwise than the program does, and the search for words that it does not use."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path

from spp_desktop.edits import registers
from spp_desktop.plan.levels import Level
from spp_desktop.plan.spoken import USUAL, LevelWords, speak
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

FORMS = tuple(form for word in USUAL for form in (word.singular, word.plural))
NO_LEVEL = "".join(f"(?<!{word} )" for word in ("service", "local", "national", "policing"))
WORDS = re.compile(rf"{NO_LEVEL}\b({'|'.join(FORMS)})\b", re.IGNORECASE)
"""The usual words for levels; a "service commitment", a "local" and a "national priority" are no levels."""
NAMES = (("Outcome", "Outcomes"), ("Objective", "Objectives"), ("Measure", "Measures"))


def called_otherwise(path: Path) -> Path:
    """The plan with outcomes, objectives and measures in place of priorities, themes and commitments."""
    with Workspace.open(path) as workspace:
        rows = workspace.read(queries.register, Level)
        for row, (title, plural) in zip(rows, NAMES, strict=True):
            workspace.edit("name a level", registers.change, Level, row.id, title=title, plural=plural)
    speak(LevelWords())  # whoever opens it is to find out how it speaks
    return path


def usual_words(texts: Iterable[str], path: Path) -> set[str]:
    """Those of the texts that speak in the usual words, beside what the plan itself holds."""
    return {text for text in texts if WORDS.search(text) and WORDS.search(_of_program(text, path))}


def _of_program(text: str, path: Path) -> str:
    """A text without what the plan holds."""
    text = " ".join(re.sub(r"<[^>]*>|&(?=\w)", "", text).split())  # without what marks it up, and keys
    for cell in _held(path):
        text = text.replace(cell, "")
    return text


@cache
def _held(path: Path) -> tuple[str, ...]:
    """The sentences of the plan that hold such words, the longest first; a word alone may be one of the program."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = {
            " ".join(cell.split())
            for name in tables
            for row in connection.execute(f'SELECT * FROM "{name}"')
            for cell in row
            if isinstance(cell, str) and WORDS.search(cell) and " " in cell.strip()
        }
    return tuple(sorted(cells, key=len, reverse=True))
