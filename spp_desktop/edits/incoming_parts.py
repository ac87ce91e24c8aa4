"""What the results of an extract are kept as until they come in: the tables, and what becomes of each result."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from spp_desktop.plan.results import NO_FIGURE_SQL
from spp_desktop.returns.row_cells import Absent

NameKind = Literal["indicator", "area"]
NAME_KINDS: tuple[NameKind, ...] = ("area", "indicator")

NEW, CHANGED, SAME, FINAL, TWICE, REPEATED, LACKING, SHARES, IMPOSSIBLE = range(9)
"""What becomes of a result: a new one; one that changes; the same as is held; a final figure that would change; left
out because another row gives it differently; because another says exactly the same; because a part of its sum is not
available; because shares cannot be added up; or because it cannot be."""

FIRST_NAMED = 100
"""Rows that are named one by one; of more, only the number is said."""

LINE = """CREATE TABLE {name} (
    n INTEGER PRIMARY KEY, fate INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0, indicator INTEGER,
    area INTEGER, population TEXT, first TEXT, last TEXT, value REAL, numerator REAL, denominator REAL,
    sample_size REAL, design_effect REAL, state TEXT, at_row INTEGER, at_column INTEGER)"""
SCHEMA = (
    LINE.format(name="line"),
    """CREATE TABLE name (
        n INTEGER PRIMARY KEY, kind TEXT, said TEXT, key TEXT, sums_up TEXT, share INTEGER NOT NULL DEFAULT 0,
        adding INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE renewed (
        n INTEGER PRIMARY KEY, id TEXT, value, numerator, denominator, sample_size, design_effect, state)""",
    "CREATE TABLE objection (n INTEGER PRIMARY KEY, sentence TEXT)",
)
PLACE = "indicator, area, population, first, last"
FIGURES = "value, numerator, denominator, sample_size, design_effect, state"
_COLUMNS = f"{PLACE}, {FIGURES}, at_row, at_column"
ADD = f"INSERT INTO line ({_COLUMNS}) VALUES ({', '.join('?' * 13)})"
ADD_UP = f"""INSERT INTO whole (fate, {_COLUMNS})
    SELECT iif(min(lacks) <> max(lacks), {LACKING}, iif(name.share AND count(value) > 1, {SHARES}, {NEW})), {PLACE},
        sum(value), sum(numerator), sum(denominator), NULL, NULL,
        iif(min(lacks), iif(min(line.state) = max(line.state), min(line.state), 'not available'),
            iif(max(line.state = 'provisional'), 'provisional', min(line.state))),
        min(at_row), at_column
    FROM (SELECT *, state IN ({NO_FIGURE_SQL}) AS lacks FROM line) AS line JOIN name ON name.n = line.indicator
    GROUP BY {PLACE} ORDER BY min(line.n)"""
SAYS = " || ' ' || ".join(f"quote({name})" for name in FIGURES.split(", "))
RISING = "printf('%012x', CAST((line.n - :within) / :several * 281474976710656.0 AS INTEGER))"
RANDOM = """'-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (abs(random()) % 4), 1)
    || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))"""
"""The end of a random UUID, as ``plan.rows.new_key`` makes it. Its first 48 bits rise from row to row over
all that they can be, from a random beginning, so that the indexes of keys are filled in their order."""

NAMED = """FROM line JOIN name AS i ON i.n = line.indicator JOIN name AS a ON a.n = line.area
    WHERE i.key IS NOT NULL AND (a.key IS NOT NULL OR a.adding)"""
OWN = "coalesce(value, numerator * 100.0 / denominator)"
"""The figure of a result as it is compared with others of its series: of two numbers, how many per cent they make."""
ODD = """value < 0 OR value > 100 OR numerator < 0 OR numerator > denominator OR value <> CAST(value AS INTEGER)
    OR (numerator IS NULL) <> (denominator IS NULL) OR numerator <> CAST(numerator AS INTEGER)
    OR denominator <> CAST(denominator AS INTEGER)
    OR julianday(last) - julianday(first) > 31"""
"""What may be objected to in a result alone: those of other months are looked at too where a series is uneven."""


class Unknown(NamedTuple):
    """A name that the plan does not have, in how many rows it stands, where first, and whether it is to be added.

    ``sums_up`` says of what is no area or indicator of its own what it is: "total", "larger area"; "" for others.
    """

    name: str
    rows: int
    place: str
    adding: bool
    sums_up: str = ""


class IncomingSeries(NamedTuple):
    """Results of one indicator, area and population, by their keys.

    Attributes:
        first, last: how far they go.
        lines: how many they are.
        low, high: the least and the most of their figures.
        odd: how many of them may be objected to, each by itself.
        indicator_n, area_n: the numbers of their names.
    """

    indicator: str
    area: str
    population: str
    first: str
    last: str
    lines: int
    low: float | None
    high: float | None
    odd: int
    indicator_n: int
    area_n: int


@dataclass
class Tally:
    """What was read of a file, in numbers of rows.

    Attributes:
        rows: all.
        hidden: those that the file hides.
        unread: those that cannot be read; ``named`` says of the first of them where they are, and why.
        aside: those that are not among the rows that are meant.
        headings: those that say the headings again.
        places: where rows of each of these sorts stand, and how many they are: "empty", "totals", "below".
        absent: signs in place of figures: how many of each, and where first.
    """

    rows: int = 0
    hidden: int = 0
    unread: int = 0
    aside: int = 0
    headings: int = 0
    named: list[str] = field(default_factory=list)
    places: dict[str, "RowsAt"] = field(
        default_factory=lambda: {name: RowsAt() for name in ("empty", "totals", "below")}
    )
    absent: dict[Absent, tuple[int, str]] = field(default_factory=dict)


@dataclass
class RowsAt:
    """How many rows of a sort there are, and the numbers of the first of them."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, rows: Sequence[int]) -> None:
        """Some more of them."""
        self.count += len(rows)
        self.first += rows[: FIRST_NAMED - len(self.first)]
