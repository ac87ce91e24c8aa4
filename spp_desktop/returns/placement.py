"""Where each figure of a return lives, for writing and for reading: rows, columns, and the key of each row."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import APRIL
from spp_desktop.returns.definition import Identity, ReturnColumn, ReturnRow
from spp_desktop.returns.words import clean

TITLE_ROW, ABOUT_ROW, NOTE_ROW, ADVICE_ROW, BAND_ROW, HEADER_ROW, FIRST_ROW = range(1, 8)
"""A sheet from the top: the plan, the return, what must be known, what to do, who fills in, headings, the table."""

KEY_COLUMN = 1
FIRST_COLUMN = 2

KEY = "key"
"""The heading of the column of keys."""

META = "_meta"
"""The hidden sheet that says which export a workbook is, and holds the lists that cells are chosen from."""

MARK = "spp return"
"""What stands in the first cell of the hidden sheet, and names the document property of the same content."""

HELP = "How to fill this in"

CHECK = 8
_LAST_MONTH = 12
REVISION = 8
_ROW_KEY = re.compile(r"^\s*([0-9a-f-]{36})\|([0-9a-f]{0,8})\|([0-9a-f]{8})\s*$")


@dataclass(frozen=True)
class RowKey:
    """What the hidden column says of a row: the plan's row, the revision it was issued at, and the check characters."""

    key: str
    revision: str
    check: str

    def fits(self, export: str, ref: str, text: str) -> bool:
        """Whether the row was issued in this export, with this reference and text."""
        return self.check == _check(self.key, self.revision, export, ref, text)


def row_key(key: str, identity: Identity, ref: str, text: str) -> str:
    """What the hidden column says of a row.

    A key left behind by sorting shows by its check characters, and so does a row copied from another export.
    """
    short = identity.revision[:REVISION]
    return f"{key}|{short}|{_check(key, short, identity.export, ref, text)}"


@lru_cache(maxsize=1 << 15)
def read_row_key(text: str) -> RowKey | None:
    """The key that a cell holds, if it holds one."""
    match = _ROW_KEY.match(text)
    return RowKey(*match.groups()) if match else None


def _check(*parts: str) -> str:
    return hashlib.sha256("|".join(clean(part) for part in parts).encode()).hexdigest()[:CHECK]


def cells(
    columns: Sequence[ReturnColumn], lines: Sequence[ReturnRow]
) -> Iterator[tuple[int, int, ReturnRow, ReturnColumn]]:
    """Every cell of a table: its row and column in the sheet, and what it holds."""
    for row, line in enumerate(lines, FIRST_ROW):
        for place, column in enumerate(columns, FIRST_COLUMN):
            yield row, place, line, column


def known_headings(columns: Sequence[ReturnColumn]) -> dict[str, ReturnColumn]:
    """The columns by the headings that are surely theirs, folded."""
    known = {fold(other): column for column in columns for other in column.known_as}
    return known | {fold(column.title): column for column in columns}


def headings(known: Mapping[str, ReturnColumn], row: Sequence[tuple[int, str]]) -> dict[int, ReturnColumn]:
    """Which columns a row of folded texts heads, by place in the sheet: whatever their order, each once.

    Args:
        known: the columns by their headings, as ``known_headings`` gives them.
        row: places and texts.
    """
    headed: dict[int, ReturnColumn] = {}
    for place, text in row:
        column = known.get(text)
        if column is not None and column not in headed.values():
            headed[place] = column
    return headed


class Touched(NamedTuple):
    """Columns by the place of a heading that is not quite theirs: surely, for it stands in their place, or perhaps."""

    sure: dict[int, ReturnColumn]
    doubtful: dict[int, ReturnColumn]


def touched_headings(
    columns: Sequence[ReturnColumn], row: Mapping[int, str], headed: Mapping[int, ReturnColumn]
) -> Touched:
    """Columns whose headings were touched by hand, beside those that ``headings`` knows.

    Args:
        columns: All columns of the table.
        row: The texts of the row of headings, by place.
        headed: The columns that their headings name as they went out.
    """
    order = {column.field: n for n, column in enumerate(columns)}
    moved = {place - order[column.field] for place, column in headed.items()}
    known = {column.field for column in headed.values()}
    lost = [column for column in columns if column.field not in known]
    titles = {column.field: _words(column.title) for column in lost}
    touched = Touched({}, {})
    for place, text in sorted(row.items()):
        if place in headed:
            continue
        words = _words(text)
        fitting = [column for column in lost if _fits(words, titles[column.field])]
        same = [column for column in fitting if titles[column.field] == words]
        column = max(same or fitting, key=lambda each: len(each.title), default=None)
        if column is not None:
            sure = bool(same) or place - order[column.field] in moved
            (touched.sure if sure else touched.doubtful)[place] = column
            lost.remove(column)
    places = {order[column.field]: place for place, column in {**headed, **touched.sure, **touched.doubtful}.items()}
    for column in lost:
        gap = _gap(order[column.field], places, len(columns))
        if gap is not None:
            touched.doubtful[gap] = column
    return touched


def _gap(n: int, places: Mapping[int, int], count: int) -> int | None:
    """The place of the column of this number, where as many stand between its known neighbours as are not known.

    Behind the last one that is known there may be anything, so that only one is.
    """
    first = next((at for at in range(n - 1, -1, -1) if at in places), None)
    last = next((at for at in range(n + 1, count) if at in places), None)
    if first is None or (last is None and n != first + 1) or (last is None and n + 1 < count):
        return None
    place = places[first] + n - first
    if last is not None and places[last] - places[first] != last - first:
        return None
    return None if place in places.values() else place


_MARKS = re.compile(r"[^\w%]+")
_ALIKE = 0.85


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """A heading as its words alone: "Status (RAG):" is "status rag"."""
    return _MARKS.sub(" ", fold(text)).strip()


@lru_cache(maxsize=4096)
def _fits(words: str, title: str) -> bool:
    """Whether a heading begins with the words of a title, or is a slip of the keyboard away from it."""
    if not words or f"{words} ".startswith(f"{title} "):
        return bool(words)
    if any(map(str.isdigit, title)):  # one year is no slip of another
        return False
    alike = SequenceMatcher(None, words, title)
    # The ratio is never above these two, and takes far longer.
    return alike.real_quick_ratio() >= _ALIKE and alike.quick_ratio() >= _ALIKE and alike.ratio() >= _ALIKE


def identity_text(identity: Identity) -> str:
    """An identity as the hidden sheet and the document property hold it."""
    return json.dumps(asdict(identity))


def read_identity(text: str) -> Identity | None:
    """The identity that a text holds, if it holds one."""
    try:
        kept = json.loads(text)
        year = kept["year"]
        texts = [field.name for field in fields(Identity) if field.name not in ("year", "begins")]
        values = {name: str(kept.get(name, "")) for name in texts}
        begins = int(kept.get("begins", APRIL))
        if (
            not all(values[name] for name in ("plan", "export", "return_id", "revision"))
            or not 1 <= begins <= _LAST_MONTH
        ):
            return None
        return Identity(**values, year=None if year is None else int(year), begins=begins)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def letters(column: int) -> str:
    """What a column is called: the second is "B"."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def address(row: int, column: int) -> str:
    """A cell's address: row 7, column 2 is "B7"."""
    return f"{letters(column)}{row}"


def cells_of(column: int, first: int, last: int) -> str:
    """The cells of a column from one row to another, as a formula names them."""
    return f"{address(first, column)}:{address(last, column)}"
