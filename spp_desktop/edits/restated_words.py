"""Restatements of editions in words: of which row, which figure or text, what it was and what it is."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spp_desktop.figures.rag.words import period_words
from spp_desktop.figures.scale import Scale
from spp_desktop.plan.delivery import ActivityOwner
from spp_desktop.plan.held_by_editions import GONE, HELD, HeldTable
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.results import Area, Result, written
from spp_desktop.plan.rows import kinds_of_row, title_of
from spp_desktop.store import history
from spp_desktop.store.changes_in_words import Wording
from spp_desktop.store.history import RecordedChange, StoredRow
from spp_desktop.store.since_editions import ChangedCell

WHOLE = "row"
"""What is told as another where a whole row came or went."""


@dataclass(frozen=True)
class RestatedInWords:
    """A change in words.

    Attributes:
        row: what the row is called: "activity 3.04", "result of indicator PI07, North, July 2008".
        what: the figure or text of it: "due", "result".
        old: what editions hold; "" for nothing.
        new: what stands there now; "" for nothing.
    """

    row: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class _Facts:
    """What is known of indicators beside their rows: which of them are in per cent, and the scales of others."""

    percentages: set[str]
    scales: Mapping[str, Scale]


def _main(kind: HeldTable) -> str:
    """The column that says most of what a row is."""
    return next((name for name in reversed(kind.model.called_by) if name in kind.columns), kind.columns[0])


class RestatedWords:
    """Says what is another now. Each row is looked up once.

    Args:
        plan: The plan.
        percentages: The keys of the indicators whose results are in per cent.
        scales: The scales of indicators whose results are steps of one, by key.
    """

    def __init__(self, plan: sqlite3.Connection, percentages: set[str], scales: Mapping[str, Scale]) -> None:
        self._plan, self._wording = plan, Wording(plan)
        self._facts = _Facts(percentages, scales)

    def of(self, cell: ChangedCell) -> RestatedInWords:
        """A change in words."""
        known: StoredRow = cell.now or cell.before or {}
        row = self._row(cell, known)
        kind = HELD[cell.table]
        if cell.column == GONE:
            main = kind.figure.column if kind.figure else _main(kind)
            old, new = (self._text(cell, main, side) for side in (cell.before, cell.now))
            return RestatedInWords(row, WHOLE, old, new)
        old, new = (self._text(cell, cell.column, side) for side in (cell.before, cell.now))
        return RestatedInWords(row, title_of(kind.model, cell.column), old, new)

    def joined(self, cell: ChangedCell) -> tuple[str, str, RestatedInWords]:
        """The table and the key of the row of which a change is one cell, and it in words: an owner of an activity."""
        known: StoredRow = cell.now or cell.before or {}
        outer = str(known[HELD[cell.table].model.above(known)])
        table = history.table_of(self._plan, outer)
        old, new = (self._join(cell, side) for side in (cell.before, cell.now))
        return table, outer, RestatedInWords(self._named(table, outer), self._of_all(cell.table), old, new)

    def _of_all(self, table: str) -> str:
        return "owners" if table == ActivityOwner.__tablename__ else kinds_of_row()[table].word.plural

    def _join(self, cell: ChangedCell, side: StoredRow | None) -> str:
        """A row as a part of a list: "ACC Crime (lead)"."""
        if side is None:
            return ""
        post, role = HELD[cell.table].columns
        return f"{self._text(cell, post, side)} ({self._text(cell, role, side)})"

    def _row(self, cell: ChangedCell, known: StoredRow) -> str:
        """What a row is called."""
        if cell.table == Result.__tablename__:
            first, last = (date.fromisoformat(known[name]) for name in ("period_from", "period_to"))
            area = self._named(str(Area.__tablename__), known["area_id"])
            parts = (self._indicator(known), area, known["population"], period_words(first, last))
            return f"result of {', '.join(filter(None, parts))}"
        if cell.table == Target.__tablename__:
            time = "over the plan" if known["year"] is None else year_name(known["year"])
            return f"target of {self._indicator(known)}, {time}"
        return self._wording.row_of(self._whole(cell.table, cell.key, known))

    def _indicator(self, known: StoredRow) -> str:
        return self._named(str(Indicator.__tablename__), known["indicator_id"])

    def _named(self, table: str, key: str | None) -> str:
        """What a row is called, by its key; "" for none."""
        return "" if key is None else self._wording.row_of(RecordedChange("set", table, key, "", None, None))

    def _whole(self, table: str, key: str, known: StoredRow) -> RecordedChange:
        return RecordedChange("remove", table, key, "", known, None)

    def _text(self, cell: ChangedCell, column: str, side: StoredRow | None) -> str:
        """What stands in a column, as people write it."""
        if side is None:
            return ""
        kind = HELD[cell.table]
        if kind.figure is not None and kind.figure.column == column:
            return self._figure(cell.table, side)
        change = RecordedChange("set", cell.table, cell.key, column, side[column], None)
        return self._wording.of_change(change)[0].before

    def _figure(self, table: str, side: Mapping[str, Any]) -> str:
        """A figure that several columns make."""
        if table == Target.__tablename__:
            return f"{side['stated']} ({side['kind']})"
        indicator = side["indicator_id"]
        scale, value = self._facts.scales.get(indicator), side["value"]
        told = (
            written(side, percent=indicator in self._facts.percentages)
            if scale is None or value is None
            else scale.name(value)
        )
        return f"{told} (provisional)" if side["state"] == "provisional" else told


def differing_parts(old: str, new: str, most: int) -> tuple[str, str]:
    """Two texts as they are told beside each other, each in one line; long ones without what is alike at their ends.

    Args:
        old: The first.
        new: The second.
        most: The most letters that are told of each; what is longer ends with "…".
    """
    old, new = (" ".join(text.split()) for text in (old, new))
    if max(len(old), len(new)) > most and old and new:
        begin = _alike(old, new)
        end = _alike(old[begin:][::-1], new[begin:][::-1])
        first = _word_begins(old, begin)
        old, new = (_part(text, first, len(text) - end) for text in (old, new))
    return _cut(old, most), _cut(new, most)


_AROUND = 40
"""So many letters before and behind what differs are told with it."""


def _alike(text: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = zip(text, other, strict=False)
    return next((at for at, (letter, its) in enumerate(pairs) if letter != its), min(len(text), len(other)))


def _word_begins(text: str, at: int) -> int:
    """Where the word begins that stands some letters before a place."""
    return text.rfind(" ", 0, max(at - _AROUND, 0)) + 1


def _part(text: str, first: int, last: int) -> str:
    ends = text.find(" ", min(last + _AROUND, len(text)))
    ends = len(text) if ends < 0 else ends
    return f"{'…' if first else ''}{text[first:ends]}{'…' if ends < len(text) else ''}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
