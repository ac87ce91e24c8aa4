"""Rows of the plan as a person names them: by their references, several at once, as they are typed or pasted."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.periods import year_name
from spp_desktop.store.naming import word_of
from spp_desktop.store.threads import PLACE, LinkedRow

_BETWEEN = re.compile(r"[;,\n\t]")
_WITH_YEAR = re.compile(r"(.*\S)\s*\((\d{4})\s*[-/\u2013]\s*\d{2,4}\)")
_BLANK = re.compile(r"[\s\-]+")
_NUMBERS = re.compile(r"\d+(\.\d+)*")
SEPARATOR = "; "
"""What stands between references where they are shown."""


class References:
    """The rows that can be named.

    Args:
        rows: the rows.
        year: the first calendar year of the year that is meant where a reference is one of several years.
    """

    def __init__(self, rows: Iterable[LinkedRow], year: int | None = None) -> None:
        self._year = year
        self._rows: dict[str, list[LinkedRow]] = defaultdict(list)
        self._known: dict[str, LinkedRow] = {}
        for row in rows:
            self._known[row.key] = row
            if row.ref:
                self._rows[_tight(row.ref)].append(row)

    def read(self, text: str) -> tuple[LinkedRow, ...] | Doubt:
        """The rows that a text names, each once and in its order; else why one of its references cannot be read."""
        named: dict[str, LinkedRow] = {}
        for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            row = self.row(part)
            if isinstance(row, Doubt):
                return row
            named[row.key] = row
        return tuple(named.values())

    def row(self, text: str) -> LinkedRow | Doubt:
        """The row that one reference names.

        What such a row is called may stand before it, to tell it from others, and its words behind it.
        """
        own, year = _parted(text)
        rows = self._matching(own) or self._behind_its_word(own)
        if not rows:
            return Doubt(f"Nothing that can be linked here has the reference {quoted(own)}. Nothing was linked.")
        of_year = [row for row in rows if row.year in (None, year if year is not None else self._year)]
        if len(rows) > 1 and len(of_year) == 1:
            rows = of_year
        if len(rows) > 1:
            several = " or ".join(self.called(row) for row in rows[:3])
            alike = len({row.table for row in rows}) == 1
            which = f"{own} ({year_name(rows[0].year or 0)})" if alike else word_of(rows[0].table).called(own)
            return Doubt(f"{quoted(own)} may be {several}. Write which is meant, as “{which}”. Nothing was linked.")
        return rows[0]

    def unknown(self, text: str) -> tuple[str, ...]:
        """The references in a text that name nothing, or several rows."""
        parts = filter(None, (part.strip() for part in _BETWEEN.split(text)))
        return tuple(part for part in parts if isinstance(self.row(part), Doubt))

    def show(self, keys: Sequence[str]) -> str:
        """The references of rows, as they can be read again."""
        return SEPARATOR.join(self.ref(self._known[key]) for key in keys if key in self._known)

    def ref(self, row: LinkedRow) -> str:
        """The reference of a row, with its year where it would be read as one of another."""
        alike = self._rows.get(_tight(row.ref), [])
        unclear = len(alike) > 1 and row.year is not None and row.year != self._year
        return f"{row.ref} ({year_name(row.year)})" if unclear and row.year is not None else row.ref

    def called(self, row: LinkedRow) -> str:
        """A row in a sentence that tells it from others of its reference: "activity 1.05 of 2008-2009"."""
        of = f" of {year_name(row.year)}" if row.year is not None else ""
        return f"{word_of(row.table).called(row.ref)}{of}"

    def _behind_its_word(self, text: str) -> list[LinkedRow]:
        """The rows that a reference may be which stands behind what such a row is called: "risk R3"."""
        tables = {row.table for row in self._known.values()}
        begun = {table: f"{fold(word_of(table).singular)} " for table in tables}
        return [
            row
            for table, word in begun.items()
            if fold(text).startswith(word)
            for row in self._matching(text.strip()[len(word) :])
            if row.table == table
        ]

    def _matching(self, text: str) -> list[LinkedRow]:
        """The rows that a reference may be: as written, else a place without its letter, else one before its words."""
        exact = self._rows.get(_tight(text)) or (
            self._rows.get(_tight(f"{PLACE}{text}")) if _NUMBERS.fullmatch(text.strip()) else None
        )
        if exact:
            return exact
        first = text.split(maxsplit=1)[0]
        rows = self._rows.get(_tight(first), []) if first != text else []
        return [row for row in rows if fold(row.title).startswith(fold(text))]


def _parted(text: str) -> tuple[str, int | None]:
    """A reference, and the year behind it, if there is one: "1.05 (2009-2010)"."""
    match = _WITH_YEAR.fullmatch(text.strip())
    return (match[1], int(match[2])) if match else (text.strip(), None)


@lru_cache(maxsize=1 << 16)
def _tight(ref: str) -> str:
    return _BLANK.sub("", fold(ref))
