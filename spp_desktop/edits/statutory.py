"""Statutory indicators filled from the plan's own results, and carried on into another scheme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.figures.judging.findings import by_results
from spp_desktop.figures.judging.series import PARTS, Series, history
from spp_desktop.plan.appendices.statutory import StatutoryIndicator
from spp_desktop.plan.frameworks import FrameworkItem
from spp_desktop.plan.kinds.numbers import in_words
from spp_desktop.plan.periods import year_end, year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import judged

FIGURES = {"two_before": -2, "before": -1, "actual": 0}
"""The columns of figures, with how many years each lies from the year of its row."""

NONE_MAPPED = "None of these rows names an indicator of the plan. Choose one in that column first."
NO_LIKE = "None of these rows names its like in another scheme. Choose one in that column first."


@dataclass(frozen=True)
class FilledFigures:
    """What became of rows that were to be filled from results.

    Attributes:
        filled: how many cells were filled.
        kept: the figures that stand otherwise than the results say and were left, each as a sentence.
        lacking: the figures for which the plan has no whole year of results, each as a person calls it.
    """

    filled: int
    kept: tuple[str, ...]
    lacking: tuple[str, ...]


def fill(session: Session, keys: Sequence[str]) -> FilledFigures:
    """Fill empty figures of statutory indicators from the results of the indicators of the plan that they name.

    Only a whole year of the force's results fills a cell. A figure that a person typed is never written over.

    Raises:
        RuleBroken: if none of the rows names an indicator.
    """
    mapped = [row for row in _rows(session, keys) if row.indicator_id is not None]
    if not mapped:
        raise RuleBroken("indicator_id", NONE_MAPPED)
    connection = session.connection()
    series = {each.indicator.key: each for each in judged.gathered(connection)}
    filled, kept, lacking = 0, [], []
    for row in mapped:
        for name, year, figure in _figures(row, series.get(row.indicator_id or "")):
            called, stands = f"{row.number}, {year_name(year)}", getattr(row, name)  # one of FIGURES
            if figure is None:
                lacking += [called] if stands is None else []
            elif stands is None:
                rows.change(session, StatutoryIndicator, row.id, **{name: figure})
                filled += 1
            elif abs(stands - figure) > 1e-9 * max(abs(figure), 1.0):
                kept.append(f"{called}: {in_words(stands)} stands there; the results say {in_words(figure)}.")
    return FilledFigures(filled, tuple(kept), tuple(lacking))


def carry_on(session: Session, keys: Sequence[str]) -> list[str]:
    """Begin the next year of statutory indicators in the scheme of the items that they name as their like.

    The figures move back by a year; what the row says of its indicator goes along. A row that is there already is left.

    Raises:
        RuleBroken: if none of the rows names its like.
    """
    added = []
    mapped = [row for row in _rows(session, keys) if row.like_id is not None]
    if not mapped:
        raise RuleBroken("like_id", NO_LIKE)
    for row in mapped:
        item = rows.get(session, FrameworkItem, row.like_id or "")
        there = select(StatutoryIndicator.id).where(
            StatutoryIndicator.framework_id == item.framework_id,
            StatutoryIndicator.number == item.code,
            StatutoryIndicator.year == row.year + 1,
        )
        if session.exec(there).first() is None:
            siblings = col(StatutoryIndicator.framework_id) == item.framework_id
            added.append(rows.add_placed(
                session, StatutoryIndicator, siblings, None, framework_id=item.framework_id, number=item.code,
                text=item.title, unit=row.unit, better=row.better, year=row.year + 1, two_before=row.before,
                before=row.actual, indicator_id=row.indicator_id, verified=item.verified,
                note=f"Carried on from {row.number}, {year_name(row.year)}.",
            ))  # fmt: skip
    return added


def _rows(session: Session, keys: Sequence[str]) -> list[StatutoryIndicator]:
    query = select(StatutoryIndicator).where(col(StatutoryIndicator.id).in_(keys))
    return list(session.exec(query.order_by(col(StatutoryIndicator.position), col(StatutoryIndicator.id))))


def _figures(row: StatutoryIndicator, series: Series | None) -> Iterator[tuple[str, int, float | None]]:
    """The columns of a row's figures, the year of each, and what the results of that whole year say."""
    for name, away in FIGURES.items():
        yield name, row.year + away, None if series is None else whole_year(series, row.year + away)


def whole_year(series: Series, year: int) -> float | None:
    """The figure of a whole financial year; ``None`` where not all of it has results, or it has another unit."""
    own = [reading for reading in series.readings if reading.last <= year_end(year) and not reading.population]
    finding = by_results(series, history(own), year)
    whole = finding.months in (None, PARTS["month"]) and finding.ends == year_end(year) and not finding.missing
    return float(finding.actual) if whole and finding.actual is not None and not finding.unit else None
