"""Which rows of a table are shown, in what order and under which heads. Plain lists, no Qt.

Sorting and filtering a list of indices here is far quicker than a proxy model (docs/performance.md).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.ui.grid.columns import GridColumn

_TERM = re.compile(r'(?:(\w+):)?(?:"([^"]*)"|(\S+))')
BLANK = "None"
"""The heading of rows that are blank in the column they are grouped by."""


@dataclass(frozen=True)
class StatusShare:
    """One part of the bar in a head: how many rows have a status, and how that status looks."""

    title: str
    count: int
    shape: str = ""
    colour: str = ""
    dark_colour: str = ""


class Group(NamedTuple):
    """A head: its title, the indices of the rows under it, a note on them, and the parts of its bar."""

    title: str
    rows: tuple[int, ...]
    note: str = ""
    parts: tuple[StatusShare, ...] = ()
    folded: bool = False

    @property
    def words(self) -> str:
        """All that the head says: title, note, and how many rows have each status."""
        counts = ", ".join(f"{part.count} {part.title}" for part in self.parts)
        return " · ".join(text for text in (self.title, self.note, counts) if text)


TableLine = int | Group
"""One line of a table: a row's index, or a head."""


@dataclass
class Arrangement:
    """The rows of a table, arranged.

    Each of the ``rows`` has a ``key``. ``sorting`` is the field of a column, and whether it descends. ``chosen`` holds
    the texts that are allowed in a column. ``late_comers`` are the keys of rows added since the filter was last
    changed. They are shown even if they do not match it: a row that a person has just added does not vanish.
    ``scope`` says of a row whether it belongs to what the whole window is confined to; others are not in the table.
    """

    columns: Sequence[GridColumn]
    rows: Sequence[Any] = ()
    sorting: tuple[str, bool] | None = None
    filter_text: str = ""
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    grouping: str | None = None
    folded: set[str] = field(default_factory=set)
    late_comers: set[str] = field(default_factory=set)
    summary: Callable[[Sequence[Any]], tuple[str, tuple[StatusShare, ...]]] | None = None
    scope: Callable[[Any], bool] | None = None
    _order: list[int] | None = None
    _sorts: list[Any] | None = None
    _heads: tuple[GridColumn, list[str]] | None = None
    _haystack: list[str] | None = None
    _haystacks: dict[str, list[str]] = field(default_factory=dict)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Take other rows, and forget what was built from the old ones."""
        self.rows = list(rows)
        self._order = self._sorts = self._heads = None
        self._haystack = None
        self._haystacks.clear()

    def put_row(self, n: int, row: Any) -> None:
        """Take another row in the place of the one of an index; what was built from the others stays."""
        assert isinstance(self.rows, list)
        self.rows[n] = row
        self._order = None
        if self._sorts is not None and self.sorting is not None:
            self._sorts[n] = self.column(self.sorting[0]).sort_key(row)
        if self._heads is not None:
            self._heads[1][n] = _heading(self._heads[0], row)
        if self._haystack is not None:
            self._haystack[n] = self._all_texts(row)
        for name, stack in self._haystacks.items():
            stack[n] = _searched_text(self.column(name), row)

    def column(self, name: str) -> GridColumn:
        """The column of this field."""
        return next(column for column in self.columns if column.field == name)

    def sort(self, sorting: tuple[str, bool] | None) -> None:
        """Sort by a column, or not at all."""
        self.sorting, self._order, self._sorts = sorting, None, None

    def lines(self) -> list[TableLine]:
        """What the table shows, from top to bottom."""
        passed = self.passed()
        if self.grouping is None:
            return list(passed)
        lines: list[TableLine] = []
        for head in self._groups(passed):
            lines.append(head)
            if not head.folded:
                lines.extend(head.rows)
        return lines

    def passed(self) -> list[int]:
        """The indices of the rows that pass the filter, in order."""
        if self._order is None:
            self._order = self._sorted()
        passed = self._order
        if self.scope is not None:
            passed = [n for n in passed if self.scope(self.rows[n])]
        for column, words in self._tests():
            stack = self._stack(column)
            passed = [n for n in passed if words in stack[n]]
        for name, allowed in self.chosen.items():
            shows = self.column(name).group or self.column(name).show
            passed = [n for n in passed if (shows(self.rows[n]) or BLANK) in allowed]
        if self.late_comers and len(passed) < len(self._order):
            through = set(passed)
            passed = [n for n in self._order if n in through or self.rows[n].key in self.late_comers]
        return passed

    def belongs(self, row: Any) -> bool:
        """Whether a row is of what the whole window is confined to, or was added since."""
        return self.scope is None or self.scope(row) or row.key in self.late_comers

    def group_of(self, row: Any) -> str:
        """The heading that a row stands under."""
        return _heading(self.column(self.grouping or ""), row)

    def _headings(self) -> list[str]:
        """The heading that each row stands under; found once."""
        column = self.column(self.grouping or "")
        if self._heads is None or self._heads[0] is not column:
            self._heads = column, [_heading(column, row) for row in self.rows]
        return self._heads[1]

    def terms(self) -> list[str]:
        """The terms of the filter text, as typed."""
        return [term[0] for term in _TERM.finditer(self.filter_text)]

    def _sorted(self) -> list[int]:
        """All indices in order. Blanks come last in either direction; equal rows stay in the plan's order."""
        if self.sorting is None:
            return list(range(len(self.rows)))
        name, descending = self.sorting
        if self._sorts is None:
            self._sorts = list(map(self.column(name).sort_key, self.rows))
        keys = self._sorts
        filled = [n for n, key in enumerate(keys) if key is not None]
        filled.sort(key=keys.__getitem__, reverse=descending)
        return filled + [n for n, key in enumerate(keys) if key is None]

    def _tests(self) -> list[tuple[GridColumn | None, str]]:
        """The filter's terms: the column that must hold the words (``None`` for any), and the words."""
        named = {column.find_by: column for column in self.columns}
        tests: list[tuple[GridColumn | None, str]] = []
        for term in _TERM.finditer(caseless(self.filter_text)):
            words = term[2] if term[2] is not None else term[3]
            if term[1] and term[1] in named:
                tests.append((named[term[1]], words))
            else:
                tests.append((None, f"{term[1]}:{words}" if term[1] else words))
        return tests

    def _stack(self, column: GridColumn | None) -> list[str]:
        """The text of every row as it is searched, in one column or in all of them; built once."""
        if column is None:
            if self._haystack is None:
                self._haystack = list(map(self._all_texts, self.rows))
            return self._haystack
        if column.field not in self._haystacks:
            self._haystacks[column.field] = [_searched_text(column, row) for row in self.rows]
        return self._haystacks[column.field]

    def _all_texts(self, row: Any) -> str:
        """The texts of all cells of a row as they are searched."""
        return "\n".join([_searched_text(each, row) for each in self.columns])

    def _groups(self, passed: Sequence[int]) -> list[Group]:
        """The heads, in the order of the column's list, else in the plan's order; blanks last."""
        under: dict[str, list[int]] = defaultdict(list)
        headings = self._headings()
        for n in passed:
            under[headings[n]].append(n)
        places = self._places(under)
        heads = []
        for title in sorted(under, key=places.__getitem__):
            note, parts = self.summary([self.rows[n] for n in under[title]]) if self.summary else ("", ())
            heads.append(Group(title, tuple(under[title]), note, parts, title in self.folded))
        return heads

    def _places(self, under: Mapping[str, Sequence[int]]) -> dict[str, tuple[bool, float]]:
        options = self.column(self.grouping or "").kind.options()
        listed = {option.title: n for n, option in enumerate(options)}
        return {
            title: (title == BLANK, listed.get(title, len(listed) + min(indices))) for title, indices in under.items()
        }


def _heading(column: GridColumn, row: Any) -> str:
    """The heading under which a row stands by a column."""
    return (column.group or column.show)(row) or BLANK


def _searched_text(column: GridColumn, row: Any) -> str:
    """The text of a cell that the filter searches."""
    more = column.words(row) if column.words else ""
    mark = column.marked(row)
    return searched(f"{column.show(row)} {more} {mark.word if mark else ''}")
