"""Cells of targets looked over before they are set: which cannot be read, and which change only for a reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from spp_desktop.edits.rows import CellValues, by_row
from spp_desktop.edits.targets import (
    KIND,
    TARGET,
    cell_name,
    kept_years,
    same_target,
    subject_of,
    usual_kind,
    year_of_cell,
)
from spp_desktop.figures.targets.kinds import kind_named
from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Stated, Unclear
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.performance import TargetKind
from spp_desktop.store import queries
from spp_desktop.store.indicator_rows import IndicatorRow


@dataclass(frozen=True)
class AroundTargets:
    """What the targets of an indicator are set for.

    Attributes:
        row: the indicator, with its targets as they are.
        years: the first calendar years of the plan.
        judged: the years whose targets change only for a reason, ``None`` among them for the target over the plan.
    """

    row: IndicatorRow
    years: tuple[int, ...]
    judged: frozenset[int | None]

    def read(self, year: int | None, text: str, kind: str) -> Stated:
        """What a target of a year says, in its words and by the title of its kind, if one is chosen.

        Raises:
            Unclear: with a sentence, where it says nothing, or may say several things.
        """
        usual = usual_kind({at: target.kind for at, target in self.row.targets.items()}, year)
        return read(text, subject_of(self.row, self.years, year, usual), kind_named(kind))

    def changes(self, year: int | None, reading: Stated | None) -> bool:
        """Whether a target that changes only for a reason would change; ``None`` takes it away."""
        target = self.row.targets.get(year)
        return target is not None and year in self.judged and (reading is None or not same_target(target, reading))


def around(connection: Connection, key: str | None = None) -> dict[str, AroundTargets]:
    """What the targets of each indicator, or of one, are set for, by its key."""
    years = tuple(years_of(queries.plan(connection)))
    judged = kept_years(connection)
    return {
        row.key: AroundTargets(row, years, judged.get(row.key, frozenset()))
        for row in queries.indicators(connection, key)
    }


def target_cells(cells: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, int | None, str, str]]:
    """The targets that a row's cells say something of: the cell, the year, the words, and the title of the kind.

    ``now`` are the words that stand there, where only the kind is said.
    """
    for year in dict.fromkeys(year_of_cell(name) for name in cells if name.startswith((TARGET, KIND))):
        words, kind = cell_name(TARGET, year), cell_name(KIND, year)
        field = words if words in cells else kind
        text = cells[words] if words in cells else now.get(words)
        yield field, year, str(text or "").strip(), str(cells.get(kind) or "")


@dataclass(frozen=True)
class UnclearTarget:
    """A cell whose target may mean several things, or nothing.

    Attributes:
        key, field: the cell.
        row: the indicator.
        year: the year that it is for; ``None`` for the whole plan.
        text: what was typed.
        sentence: what is asked, or why it is no target.
        kinds: what may be meant, what is most likely first; empty where it has to be written otherwise.
    """

    key: str
    field: str
    row: IndicatorRow
    year: int | None
    text: str
    sentence: str
    kinds: tuple[TargetKind, ...]


@dataclass(frozen=True)
class ChangedTarget:
    """A target that changes only for a reason, and what would become of it; "" where it would go.

    ``year`` is ``None`` for the target over the plan.
    """

    row: IndicatorRow
    year: int | None
    before: str
    after: str


def unclear(connection: Connection, cells: CellValues) -> list[UnclearTarget]:
    """The targets among some cells that cannot be read as they are."""
    unclear_targets = []
    for known, values in _by_indicator(connection, cells):
        for field, year, text, kind in target_cells(values, _stated(known)):
            try:
                _ = known.read(year, text, kind) if text else None
            except Unclear as problem:
                key = known.row.key
                unclear_targets.append(UnclearTarget(key, field, known.row, year, text, str(problem), problem.kinds))
    return unclear_targets


def changed(connection: Connection, cells: CellValues) -> list[ChangedTarget]:
    """The targets among some cells that would change, and change only for a reason."""
    changed_targets = []
    for known, values in _by_indicator(connection, cells):
        for _, year, text, kind in target_cells(values, _stated(known)):
            reading = known.read(year, text, kind) if text else None
            if known.changes(year, reading):
                before = known.row.targets[year].stated
                changed_targets.append(ChangedTarget(known.row, year, before, reading.stated if reading else ""))
    return changed_targets


def _by_indicator(connection: Connection, cells: CellValues) -> Iterable[tuple[AroundTargets, Mapping[str, Any]]]:
    rows = {key: values for key, values in by_row(cells).items() if any(map(_is_target, values))}
    known = around(connection) if rows else {}
    return [(known[key], values) for key, values in rows.items() if key in known]


def _is_target(name: str) -> bool:
    return name.startswith((TARGET, KIND))


def _stated(known: AroundTargets) -> dict[str, str]:
    return {cell_name(TARGET, year): target.stated for year, target in known.row.targets.items()}
