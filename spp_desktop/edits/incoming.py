"""Results that were read from an extract, kept in a file of their own until they come in.

That file is a database of SQLite's that has no name and is gone when it is closed, so that a million rows take no
more memory than a thousand, and two rows for one result are found wherever they stand. It is filled beside the window
and knows of the plan only what it was given.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import SystemRandom
from typing import Any, Literal, NamedTuple

from spp_desktop.plan.kinds.spelling import fold, spelt_as
from spp_desktop.returns.extract_rows import Batch, Known, Line
from spp_desktop.returns.mapped import where
from spp_desktop.store.measured import FORCE

NameKind = Literal["indicator", "area"]

NEW, CHANGED, SAME, FINAL, TWICE, REPEATED = range(6)
"""What becomes of a row: a new result; one that changes; the same as is held; a final figure that would change; left
out because another row gives the same result differently; or because another says exactly the same."""

FIRST_NAMED = 100
"""Rows that are named one by one; of more, only the number is said."""

_MOST_UNKNOWN = 1_000
_SCHEMA = (
    """CREATE TABLE line (
        n INTEGER PRIMARY KEY, fate INTEGER NOT NULL DEFAULT 0, indicator INTEGER, area INTEGER, population TEXT,
        first TEXT, last TEXT, value REAL, numerator REAL, denominator REAL, sample_size REAL, design_effect REAL,
        state TEXT, at_row INTEGER, at_column INTEGER)""",
    "CREATE TABLE name (n INTEGER PRIMARY KEY, kind TEXT, said TEXT, key TEXT, adding INTEGER NOT NULL DEFAULT 0)",
    """CREATE TABLE renewed (
        n INTEGER PRIMARY KEY, id TEXT, value, numerator, denominator, sample_size, design_effect, state)""",
)
_ADD = f"""INSERT INTO line (indicator, area, population, first, last, value, numerator, denominator, sample_size,
    design_effect, state, at_row, at_column) VALUES ({", ".join("?" * 13)})"""
_PLACE = "indicator, area, population, first, last"
_SAYS = " || ' ' || ".join(
    f"quote({name})" for name in ("value", "numerator", "denominator", "sample_size", "design_effect", "state")
)
_RISING = "printf('%012x', CAST((line.n - :within) / :several * 281474976710656.0 AS INTEGER))"
_RANDOM = """'-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', 1 + (abs(random()) % 4), 1)
    || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))"""
"""The end of a random UUID, as ``plan.rows.new_key`` makes it. Its first 48 bits rise from row to row over
all that they can be, from a random beginning, so that the indexes of keys are filled in their order."""

_KNOWN = """FROM line JOIN name AS i ON i.n = line.indicator JOIN name AS a ON a.n = line.area
    WHERE i.key IS NOT NULL AND (a.key IS NOT NULL OR a.adding)"""
_FIGURES = "value, numerator, denominator, sample_size, design_effect, state"


@dataclass(frozen=True)
class Names:
    """What the plan calls its indicators and areas: keys by each name, folded; "" is the key of the force.

    Args:
        indicators: Keys by reference and by title.
        areas: Keys by title, by code, and by what the force is called.
        populations: Each indicator's own population, which needs no name, by key.
        indicator: The key of the one indicator that all rows are of; "" where rows say it.
        population: Whose results they are where no row says it.
        with_areas: Whether rows say of which area they are; else they are of the force.
    """

    indicators: Mapping[str, str]
    areas: Mapping[str, str]
    populations: Mapping[str, str] = field(default_factory=dict)
    indicator: str = ""
    population: str = ""
    with_areas: bool = True


@dataclass(frozen=True)
class Unknown:
    """A name that the plan does not have, in how many rows it stands, where first, and whether it is to be added."""

    name: str
    rows: int
    place: str
    adding: bool


class IncomingSeries(NamedTuple):
    """Results of one indicator, area and population: by their keys, how far they go, how many, and their numbers."""

    indicator: str
    area: str
    population: str
    first: str
    last: str
    lines: int
    indicator_n: int
    area_n: int


@dataclass
class Tally:
    """What was read of a file, in numbers of rows: all, without any figure, hidden, and not read."""

    rows: int = 0
    empty: int = 0
    hidden: int = 0
    unread: int = 0
    named: list[str] = field(default_factory=list)


class Incoming:
    """The results of one extract, on their way.

    Args:
        file: The file's name.
        sheet: The sheet that was read; "" where the file has but one.
        names: What the plan calls its indicators and areas.

    Attributes:
        tally: What was read.
        revision: The newest step of the plan when the results were last held against it.
    """

    def __init__(self, file: str, sheet: str, names: Names) -> None:
        self.file, self.sheet = file, sheet
        self.tally = Tally()
        self.revision = ""
        self._names = names
        self._numbers: dict[NameKind, Known] = {
            "indicator": Known(partial(self._numbered, "indicator")),
            "area": Known(partial(self._numbered, "area")),
        }
        self._by_key: dict[tuple[NameKind, str | None, str], int] = {}
        self._own_populations: dict[int, str] = {}
        self._unknown = 0
        self._raw = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA temp_store=FILE", *_SCHEMA):
            self._raw.execute(statement)
        self._raw.execute("BEGIN")

    def close(self) -> None:
        """Let go of all of it."""
        self._raw.close()

    # Filling

    def add(self, batch: Batch) -> None:
        """Take what was read of some rows."""
        tally = self.tally
        tally.rows += batch.rows
        tally.hidden += batch.hidden
        self._raw.executemany(_ADD, self._bound(batch.lines))
        tally.empty += batch.empty
        for row, unread in batch.unread:
            self._leave(row, *unread)

    def filled(self) -> None:
        """Say that all rows are there: find those that give one result twice."""
        self._raw.execute(f"CREATE INDEX place ON line ({_PLACE})")
        # First by the index alone, which holds all of a place: very few places are given twice.
        self._raw.execute(
            f"""CREATE TEMP TABLE twice AS SELECT {_PLACE}, min(n) AS kept, 0 AS ways FROM line
            GROUP BY {_PLACE} HAVING count(*) > 1"""
        )
        alike = " AND ".join(f"line.{name} IS twice.{name}" for name in _PLACE.split(", "))
        self._raw.execute(f"UPDATE twice SET ways = (SELECT count(DISTINCT {_SAYS}) FROM line WHERE {alike})")
        self._raw.execute(
            f"""UPDATE line SET fate = iif(twice.ways = 1, {REPEATED}, {TWICE}) FROM twice
            WHERE {alike} AND (twice.ways > 1 OR line.n > twice.kept)"""
        )

    def _bound(self, lines: Iterable[Line | tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Lines as the table holds them."""
        name, own, usual = self._numbers, self._own_populations, self._names.population
        for line in lines:
            indicator, area, population = line[:3]
            what, there = name["indicator"][indicator], name["area"][area]
            if not what or not there:
                things = "indicators" if not what else "areas"
                self._leave(
                    int(line[-2]),
                    int(line[-1]),
                    f"The file names more {things} that are not in the plan than can be listed.",
                )
                continue
            whose = population or usual
            if whose and fold(whose) == own.get(what, ""):
                whose = ""
            yield (what, there, whose, *line[3:])

    def _leave(self, row: int, column: int, why: str) -> None:
        self.tally.unread += 1
        if len(self.tally.named) < FIRST_NAMED:
            self.tally.named.append(f"{where(self.sheet, row, column)}: {why}")

    def _numbered(self, kind: NameKind, name: str) -> int:
        """The number of a name; 0 where there are too many that the plan does not have."""
        key = self._key(kind, name)
        place = (kind, key, fold(name) if key is None else "")
        known = self._by_key.get(place)
        if known is None:
            self._unknown += key is None
            if key is None and self._unknown > _MOST_UNKNOWN:
                return 0
            row = self._raw.execute("INSERT INTO name (kind, said, key) VALUES (?, ?, ?)", (kind, name, key))
            known = self._by_key[place] = int(row.lastrowid or 0)
            if kind == "indicator" and key is not None:
                self._own_populations[known] = fold(self._names.populations.get(key, ""))
        return known

    def _key(self, kind: NameKind, name: str) -> str | None:
        """The key of what the plan calls so; ``None`` if it has nothing of that name."""
        names = self._names
        if kind == "indicator" and names.indicator:
            return names.indicator
        if kind == "area" and not names.with_areas:
            return FORCE
        listed = names.indicators if kind == "indicator" else names.areas
        known = listed.get(fold(name))
        spelt = spelt_as(name, list(listed)) if known is None else None
        return known if spelt is None else listed[spelt]

    # What is in it

    def unknown(self, kind: NameKind) -> list[Unknown]:
        """Names that the plan does not have, those in most rows first."""
        query = f"""SELECT name.said, count(*), min(line.n), name.adding FROM name JOIN line ON line.{kind} = name.n
            WHERE name.kind = ? AND name.key IS NULL GROUP BY name.n ORDER BY count(*) DESC, name.n"""
        return [
            Unknown(name, rows, self._where(first), bool(adding))
            for name, rows, first, adding in self._raw.execute(query, (kind,))
        ]

    def add_areas(self, *, wanted: bool) -> None:
        """Let areas that the plan does not have be added with the results, or leave their rows out."""
        self._raw.execute("UPDATE name SET adding = ? WHERE kind = 'area' AND key IS NULL", (wanted,))

    def to_add(self) -> list[tuple[int, str]]:
        """The areas that are to be added: a number each, and what they are called."""
        query = """SELECT n, said FROM name WHERE kind = 'area' AND key IS NULL AND adding
            AND EXISTS (SELECT 1 FROM line WHERE line.area = name.n) ORDER BY n"""
        return self._raw.execute(query).fetchall()

    def added(self, keys: Mapping[int, str | None]) -> None:
        """Say under which keys areas were added; ``None`` where they were not."""
        self._raw.executemany("UPDATE name SET key = ? WHERE n = ?", [(key, n) for n, key in keys.items()])

    def counts(self) -> dict[int, int]:
        """How many rows there are of each fate, of those whose indicator and area the plan has or will have."""
        return dict(self._raw.execute(f"SELECT fate, count(*) {_KNOWN} GROUP BY fate"))

    def left_unknown(self) -> int:
        """How many rows are left out because the plan does not have their indicator or area."""
        total = self._raw.execute("SELECT count(*) FROM line").fetchone()[0]
        return int(total) - sum(self.counts().values())

    def places(self, fate: int) -> list[str]:
        """Where rows of a fate stand: the first of them."""
        rows = self._raw.execute(f"SELECT line.n {_KNOWN} AND fate = ? ORDER BY line.n LIMIT {FIRST_NAMED}", (fate,))
        return [self._where(n) for (n,) in rows.fetchall()]

    def twins(self) -> list[str]:
        """Where results stand that are given twice and differently: the first of them, all places of each in one."""
        groups = self._raw.execute(
            f"SELECT min(n), {_PLACE} FROM line WHERE fate = {TWICE} GROUP BY {_PLACE} ORDER BY 1 LIMIT {FIRST_NAMED}"
        ).fetchall()
        alike = " AND ".join(f"{name} IS ?" for name in _PLACE.split(", "))
        query = f"SELECT n FROM line WHERE {alike} ORDER BY n LIMIT 4"
        return [" and ".join(self._where(n) for (n,) in self._raw.execute(query, place)) for _, *place in groups]

    def _where(self, n: int) -> str:
        row, column = self._raw.execute("SELECT at_row, at_column FROM line WHERE n = ?", (n,)).fetchone()
        return where(self.sheet, row, column)

    # Held against the plan

    def series(self) -> list[IncomingSeries]:
        """The series that results belong to: of one indicator, area and population each."""
        query = f"""SELECT i.key, a.key, population, min(first), max(last), count(*), indicator, area {_KNOWN}
            AND a.key IS NOT NULL GROUP BY indicator, area, population"""
        return [IncomingSeries(*row) for row in self._raw.execute(query)]

    def of_series(self, series: IncomingSeries) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
        """The results of a series that may come in: number, first and last day, and the figures that are given."""
        query = f"""SELECT n, first, last, {_FIGURES} FROM line
            WHERE indicator = ? AND area = ? AND population = ? AND fate < {TWICE}"""
        names = _FIGURES.split(", ")
        for n, first, last, *figures in self._raw.execute(
            query, (series.indicator_n, series.area_n, series.population)
        ):
            yield n, first, last, {name: value for name, value in zip(names, figures, strict=True) if value is not None}

    def begin_weighing(self, revision: str) -> None:
        """Forget what the results came to when they were last held against the plan."""
        self.revision = revision
        self._raw.execute(f"UPDATE line SET fate = {NEW} WHERE fate IN ({CHANGED}, {SAME}, {FINAL})")
        self._raw.execute("DELETE FROM renewed")

    def weighed(self, weighed: Sequence[tuple[int, int, str, Mapping[str, Any]]]) -> None:
        """Say of results what becomes of them: number, fate, the key of the result held, and all as it would be."""
        self._raw.executemany("UPDATE line SET fate = ? WHERE n = ?", [(fate, n) for n, fate, *_ in weighed])
        names = _FIGURES.split(", ")
        self._raw.executemany(
            "INSERT INTO renewed VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(n, key, *(new[name] for name in names)) for n, fate, key, new in weighed if fate != SAME],
        )

    # Coming in

    def new_rows(self, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
        """New results as rows of the plan's table, in its columns' order, with keys of their own; so many at once."""
        several = self._raw.execute("SELECT ifnull(max(n), 1) FROM line").fetchone()[0]
        query = f"""SELECT substr({_RISING}, 1, 8) || '-' || substr({_RISING}, 9) || {_RANDOM},
            i.key, nullif(a.key, ''), population, first, last, value, numerator, denominator, sample_size,
            ifnull(design_effect, 1.0), state {_KNOWN} AND fate = {NEW} ORDER BY line.n"""
        return self._many(query, at_once, {"within": SystemRandom().random(), "several": several})

    def renewed_rows(self, fate: int, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
        """Results held that become others: figures, design effect, state, and the key."""
        return self._many(
            f"""SELECT renewed.value, renewed.numerator, renewed.denominator, renewed.sample_size,
            renewed.design_effect, renewed.state, renewed.id
            FROM line JOIN renewed USING (n) WHERE fate = {fate} ORDER BY n""",
            at_once,
        )

    def _many(
        self, query: str, at_once: int, values: Mapping[str, Any] | None = None
    ) -> Iterator[list[tuple[Any, ...]]]:
        cursor = self._raw.execute(query, values or {})
        while rows := cursor.fetchmany(at_once):
            yield rows
