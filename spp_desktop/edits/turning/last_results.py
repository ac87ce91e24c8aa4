"""What the indicators came to in the year that is left: the baseline of the next one, and what breaks with it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from spp_desktop.figures.exact import shown
from spp_desktop.figures.judging.judged import Judged, scale_in, unit_of
from spp_desktop.figures.judging.series import PARTS
from spp_desktop.plan.judging import Rebase
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import year_end, year_name, year_start
from spp_desktop.plan.results import DefinitionVersion
from spp_desktop.store import judged


@dataclass(frozen=True)
class LastResult:
    """What an indicator came to in a year: in words, "" where nothing was measured; and what is to be said of it."""

    words: str = ""
    warnings: tuple[str, ...] = ()


def last_results(connection: Connection, year: int) -> dict[str, LastResult]:
    """What each indicator came to in a year, as it is judged at its end: by the key of the indicator."""
    rows = judged.judged(connection, year_end(year))
    return {row.series.indicator.key: _result(row) for row in rows if row.year == year}


def _result(row: Judged) -> LastResult:
    finding = row.finding
    if finding.actual is None:
        return LastResult()
    scale, unit = scale_in(row), unit_of(row)
    figure = shown(finding.actual, 2) if scale is None else scale.name(finding.actual)
    words = figure if scale is not None else f"{figure}{unit if unit == '%' else f' {unit}'}".rstrip()
    whole = finding.months in {None, PARTS["month"]} and finding.ends == year_end(row.year) and not finding.missing
    period = "" if whole else f" ({row.judgement.facts.period})"
    return LastResult(f"{words}{period}", tuple(_doubts(row, whole=whole)))


def _doubts(row: Judged, *, whole: bool) -> Iterator[str]:
    if not whole:
        yield f"The result is not of the whole year {year_name(row.year)}."
    if any(reading.state == "provisional" for reading in row.used):
        yield "The result is provisional."


def breaks_from(connection: Connection, year: int) -> dict[str, list[str]]:
    """Where indicators are counted in another way within a year or after it, in sentences, by indicator."""
    told: dict[str, list[str]] = defaultdict(list)
    version, rebase = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (DefinitionVersion, Rebase))
    first = year_start(year)
    for row in connection.execute(select(version).where(version.c.starts_on >= first).order_by(version.c.starts_on)):
        apart = " It cannot be compared with what came before." if row.breaks_series else ""
        told[row.indicator_id].append(
            f"From {in_words(row.starts_on)} it is defined anew: {_stopped(row.reason)}{apart}"
        )
    of_force = select(rebase).where(rebase.c.starts_on >= first, rebase.c.area_id.is_(None))
    for row in connection.execute(of_force.order_by(rebase.c.starts_on)):
        told[row.indicator_id].append(
            f"From {in_words(row.starts_on)} its control chart begins anew: {_stopped(row.reason)}"
        )
    return told


def _stopped(text: str) -> str:
    """A person's words as a sentence that ends with a full stop."""
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
