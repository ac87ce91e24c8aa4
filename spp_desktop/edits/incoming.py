"""Results that were read from an extract, kept in a file of their own until they come in.

That file is a database of SQLite's that has no name and is gone when it is closed, so that a million rows take no
more memory than a thousand, and two rows for one result are found wherever they stand. It is filled beside the window
and knows of the plan only what it was given.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from random import SystemRandom
from typing import Any

from spp_desktop.edits.extract_names import KeysByName
from spp_desktop.edits.incoming_parts import (
    ADD,
    ADD_UP,
    CHANGED,
    FIGURES,
    FINAL,
    FIRST_NAMED,
    IMPOSSIBLE,
    LINE,
    NAMED,
    NEW,
    ODD,
    OWN,
    PLACE,
    RANDOM,
    REPEATED,
    RISING,
    SAME,
    SAYS,
    SCHEMA,
    TWICE,
    IncomingSeries,
    NameKind,
    Tally,
    Unknown,
)
from spp_desktop.edits.result_checks import MeasuredAs, Objection
from spp_desktop.plan.kinds.spelling import fold, spelt_as
from spp_desktop.returns.extract_rows import Batch, ExtractedResult, Known
from spp_desktop.returns.known_terms import text_sort
from spp_desktop.returns.mapped import where
from spp_desktop.store.changed import Waits, at_once

LARGE = 20_000
"""Rows of a file from which on it is waited for what is asked of all of them."""

_MOST_UNKNOWN = 1_000


class Incoming:
    """The results of one extract, on their way.

    Args:
        file: The file's name.
        sheet: The sheet that was read; "" where the file has but one.
        names: What the plan calls its indicators and areas.
        sums: Whether several rows of one result are added up.

    Attributes:
        tally: What was read.
        revision: The newest step of the plan when the results were last held against it.
        waits: How it is waited for what is asked of all rows of a large file: a window lives on meanwhile.
    """

    def __init__(self, file: str, sheet: str, names: KeysByName, *, sums: bool = False) -> None:
        self.file, self.sheet = file, sheet
        self.tally = Tally()
        self.revision = ""
        self.waits: Waits = at_once
        self._names, self._sums, self._unlikely_too = names, sums, False
        self._numbers: dict[NameKind, Known] = {
            "indicator": Known(partial(self._numbered, "indicator")),
            "area": Known(partial(self._numbered, "area")),
        }
        self._by_key: dict[tuple[NameKind, str | None, str], int] = {}
        self._own_populations: dict[int, str] = {}
        self._unknown = 0
        self._raw = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA temp_store=FILE", *SCHEMA):
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
        self._raw.executemany(ADD, self._bound(batch.lines))
        tally.aside += batch.aside
        tally.headings += batch.headings
        for name, rows in (("empty", batch.empty), ("totals", batch.totals), ("below", batch.below)):
            tally.places[name].add(rows)
        for absent, count in batch.absent.items():
            before, place = tally.absent.get(absent, (0, where(self.sheet, *batch.absent_at[absent])))
            tally.absent[absent] = before + count, place
        for row, unread in batch.unread:
            self._leave(row, *unread)

    def filled(self) -> None:
        """Say that all rows are there: add up those of one result, or find those that give one twice."""
        if self._sums:
            for statement in (
                LINE.format(name="whole"), ADD_UP, "DROP TABLE line", "ALTER TABLE whole RENAME TO line",
            ):  # fmt: skip
                self._raw.execute(statement)
        self._raw.execute(f"CREATE INDEX place ON line ({PLACE})")
        if not self._sums:
            self._find_twins()

    def _find_twins(self) -> None:
        # First by the index alone, which holds all of a place: very few places are given twice.
        self._raw.execute(
            f"""CREATE TEMP TABLE twice AS SELECT {PLACE}, min(n) AS kept, 0 AS ways FROM line
            GROUP BY {PLACE} HAVING count(*) > 1"""
        )
        alike = " AND ".join(f"line.{name} IS twice.{name}" for name in PLACE.split(", "))
        self._raw.execute(f"UPDATE twice SET ways = (SELECT count(DISTINCT {SAYS}) FROM line WHERE {alike})")
        self._raw.execute(
            f"""UPDATE line SET fate = iif(twice.ways = 1, {REPEATED}, {TWICE}) FROM twice
            WHERE {alike} AND (twice.ways > 1 OR line.n > twice.kept)"""
        )

    def _bound(self, lines: Iterable[ExtractedResult | tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
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
            sort = text_sort(name) if key is None else None
            sums_up = sort if sort in ("total", "larger area") else ""
            share = kind == "indicator" and self._names.measured.get(key or "", MeasuredAs()).is_pooled
            row = self._raw.execute(
                "INSERT INTO name (kind, said, key, sums_up, share) VALUES (?, ?, ?, ?, ?)",
                (kind, name, key, sums_up, share),
            )
            known = self._by_key[place] = int(row.lastrowid or 0)
            if kind == "indicator" and key is not None:
                self._own_populations[known] = fold(self._names.populations.get(key, ""))
        return known

    def _key(self, kind: NameKind, name: str) -> str | None:
        """The key of what the plan calls so; ``None`` if it has nothing of that name."""
        names = self._names
        if kind == "indicator" and names.indicator:
            return names.indicator
        if kind == "area" and names.area is not None:
            return names.area
        listed = names.indicators if kind == "indicator" else names.areas
        known = listed.get(fold(name))
        spelt = spelt_as(name, list(listed)) if known is None else None
        return known if spelt is None else listed[spelt]

    def _of_all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What is found by looking at all rows."""
        answer: list[tuple[Any, ...]] = []
        self.waits_for(lambda: answer.extend(self._raw.execute(query, values).fetchall()))
        return answer

    def waits_for(self, work: Callable[[], object]) -> None:
        """Wait for something that is done with all rows, or with many, of a large file."""
        (self.waits if self.tally.rows > LARGE else at_once)(work)

    # What is in it

    def unknown(self, kind: NameKind) -> list[Unknown]:
        """Names that the plan does not have, those in most rows first."""
        query = f"""SELECT name.said, count(*), min(line.n), name.adding, name.sums_up
            FROM name JOIN line ON line.{kind} = name.n
            WHERE name.kind = ? AND name.key IS NULL GROUP BY name.n ORDER BY count(*) DESC, name.n"""
        return [
            Unknown(name, rows, self._where(first), bool(adding), sums_up)
            for name, rows, first, adding, sums_up in self._of_all(query, kind)
        ]

    def add_areas(self, *, wanted: bool) -> None:
        """Let areas that the plan does not have be added with the results, or leave their rows out.

        What sums up others is no area.
        """
        self._raw.execute("UPDATE name SET adding = ? WHERE kind = 'area' AND key IS NULL AND sums_up = ''", (wanted,))

    def take_unlikely(self, *, wanted: bool) -> None:
        """Let results come in that are hardly meant, or leave them out."""
        self._unlikely_too = wanted

    @property
    def unlikely_too(self) -> bool:
        """Whether results come in that are hardly meant."""
        return self._unlikely_too

    @property
    def today(self) -> date:
        """The day at which the plan stood when the file was read."""
        return self._names.today

    def measured(self, indicator: str) -> MeasuredAs:
        """How results of an indicator are made, by its key."""
        return self._names.measured.get(indicator, MeasuredAs())

    @property
    def _known(self) -> str:
        """The results whose indicator and area the plan has or will have, and that may come in as they are."""
        return NAMED if self._unlikely_too else f"{NAMED} AND NOT line.asked"

    def to_add(self) -> list[tuple[int, str]]:
        """The areas that are to be added: a number each, and what they are called."""
        query = """SELECT n, said FROM name WHERE kind = 'area' AND key IS NULL AND adding
            AND EXISTS (SELECT 1 FROM line WHERE line.area = name.n) ORDER BY n"""
        return [(n, title) for n, title in self._of_all(query)]

    def added(self, keys: Mapping[int, str | None]) -> None:
        """Say under which keys areas were added; ``None`` where they were not."""
        self._raw.executemany("UPDATE name SET key = ? WHERE n = ?", [(key, n) for n, key in keys.items()])

    def counts(self) -> dict[int, int]:
        """How many rows there are of each fate, of those whose indicator and area the plan has or will have."""
        return dict(self._of_all(f"SELECT fate, count(*) {self._known} GROUP BY fate"))

    def left_unknown(self) -> int:
        """How many results are left out because the plan does not have their indicator or area; not what sums up."""
        query = """SELECT count(*) FROM line JOIN name AS i ON i.n = line.indicator JOIN name AS a ON a.n = line.area
            WHERE (i.key IS NULL OR NOT (a.key IS NOT NULL OR a.adding))
            AND NOT ((i.key IS NULL AND i.sums_up <> '') OR (a.key IS NULL AND a.sums_up <> ''))"""
        return int(self._of_all(query)[0][0])

    def summing_up(self) -> int:
        """How many results are of a total or a larger area, which is no area or indicator of the plan."""
        query = """SELECT count(*) FROM line JOIN name AS i ON i.n = line.indicator JOIN name AS a ON a.n = line.area
            WHERE (i.key IS NULL AND i.sums_up <> '') OR (a.key IS NULL AND a.sums_up <> '')"""
        return int(self._of_all(query)[0][0])

    def asked(self) -> int:
        """How many results are hardly meant, of those that would come in otherwise."""
        return int(self._of_all(f"SELECT count(*) {NAMED} AND line.asked")[0][0])

    def objections(self, *, refused: bool) -> list[tuple[str, str]]:
        """Where results stand that cannot be, or that are hardly meant, and why: the first of them."""
        which = f"fate = {IMPOSSIBLE}" if refused else "line.asked"
        query = f"""SELECT line.n, objection.sentence {NAMED} AND {which} ORDER BY line.n LIMIT {FIRST_NAMED}"""
        query = query.replace("FROM line", "FROM line JOIN objection ON objection.n = line.n", 1)
        return [(self._where(n), sentence) for n, sentence in self._of_all(query)]

    def places(self, fate: int) -> list[str]:
        """Where rows of a fate stand: the first of them."""
        query = f"SELECT line.n {self._known} AND fate = ? ORDER BY line.n LIMIT {FIRST_NAMED}"
        return [self._where(n) for (n,) in self._of_all(query, fate)]

    def twins(self) -> list[str]:
        """Where results stand that are given twice and differently: the first of them, all places of each in one."""
        groups = self._of_all(
            f"SELECT min(n), {PLACE} FROM line WHERE fate = {TWICE} GROUP BY {PLACE} ORDER BY 1 LIMIT {FIRST_NAMED}"
        )
        alike = " AND ".join(f"{name} IS ?" for name in PLACE.split(", "))
        query = f"SELECT n FROM line WHERE {alike} ORDER BY n LIMIT 4"
        return [" and ".join(self._where(n) for (n,) in self._raw.execute(query, place)) for _, *place in groups]

    def _where(self, n: int) -> str:
        row, column = self._raw.execute("SELECT at_row, at_column FROM line WHERE n = ?", (n,)).fetchone()
        return where(self.sheet, row, column)

    # Held against the plan

    def series(self) -> list[IncomingSeries]:
        """The series that results belong to: of one indicator, area and population each."""
        query = f"""SELECT i.key, a.key, population, min(first), max(last), count(*), min({OWN}), max({OWN}),
            sum({ODD}), indicator, area {NAMED}
            AND a.key IS NOT NULL AND fate < {TWICE} GROUP BY indicator, area, population"""
        return [IncomingSeries(*row) for row in self._of_all(query)]

    def of_series(self, series: IncomingSeries) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
        """The results of a series that may come in: number, first and last day, and the figures that are given."""
        query = f"""SELECT n, first, last, {FIGURES} FROM line
            WHERE indicator = ? AND area = ? AND population = ? AND fate < {TWICE}"""
        names = FIGURES.split(", ")
        for n, first, last, *figures in self._raw.execute(
            query, (series.indicator_n, series.area_n, series.population)
        ):
            yield n, first, last, {name: value for name, value in zip(names, figures, strict=True) if value is not None}

    def begin_weighing(self, revision: str) -> None:
        """Forget what the results came to when they were last held against the plan."""
        self.revision = revision
        weighed = f"fate IN ({CHANGED}, {SAME}, {FINAL}, {IMPOSSIBLE}) OR asked"
        self.waits_for(lambda: self._raw.execute(f"UPDATE line SET fate = {NEW}, asked = 0 WHERE {weighed}"))
        self._raw.execute("DELETE FROM renewed")
        self._raw.execute("DELETE FROM objection")

    def object_to(self, objections: Mapping[int, Objection]) -> None:
        """Say of results, by number, what is the matter with them."""
        self._raw.executemany(
            "INSERT INTO objection VALUES (?, ?)", [(n, objection.sentence) for n, objection in objections.items()]
        )
        self._raw.executemany(
            f"UPDATE line SET fate = iif(?, {IMPOSSIBLE}, fate), asked = NOT ? WHERE n = ?",
            [(objection.refused, objection.refused, n) for n, objection in objections.items()],
        )

    def weighed(self, weighed: Sequence[tuple[int, int, str, Mapping[str, Any]]]) -> None:
        """Say of results what becomes of them: number, fate, the key of the result held, and all as it would be."""
        self._raw.executemany("UPDATE line SET fate = ? WHERE n = ?", [(fate, n) for n, fate, *_ in weighed])
        names = FIGURES.split(", ")
        self._raw.executemany(
            "INSERT INTO renewed VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(n, key, *(new[name] for name in names)) for n, fate, key, new in weighed if fate != SAME],
        )

    # Coming in

    def new_rows(self, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
        """New results as rows of the plan's table, in its columns' order, with keys of their own; so many at once."""
        several = self._raw.execute("SELECT ifnull(max(n), 1) FROM line").fetchone()[0]
        query = f"""SELECT substr({RISING}, 1, 8) || '-' || substr({RISING}, 9) || {RANDOM},
            i.key, nullif(a.key, ''), population, first, last, value, numerator, denominator, sample_size,
            ifnull(design_effect, 1.0), state {self._known} AND fate = {NEW} ORDER BY line.n"""
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
        cursor = self._raw.cursor()
        self.waits_for(lambda: cursor.execute(query, values or {}))  # it may have to sort them all
        while rows := self._next(cursor, at_once):
            yield rows

    def _next(self, cursor: sqlite3.Cursor, several: int) -> list[tuple[Any, ...]]:
        """The next so many rows of what was asked for."""
        rows: list[tuple[Any, ...]] = []
        self.waits_for(lambda: rows.extend(cursor.fetchmany(several)))
        return rows
