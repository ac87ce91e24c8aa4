"""The numbers behind the charts of reports: those of the year beside the year before, and the history of some years."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from spp_desktop.documents.blocks import DocumentTable
from spp_desktop.edits.documents.lacks import NOT_STATED, figure_or_words
from spp_desktop.edits.documents.reports.tables import Head, number_head, report_table
from spp_desktop.figures.charts.series_parts import SeriesChart, Spot
from spp_desktop.figures.exact import exact, shown
from spp_desktop.figures.judging import cells
from spp_desktop.figures.judging.judged import Judged, scale_in
from spp_desktop.figures.rag.words import period_words
from spp_desktop.plan.kinds.days import MONTHS
from spp_desktop.plan.periods import month_of_year, period_kind, quarter_name, quarter_of, year_name, year_of

SHARES = frozenset({"percentage", "rate", "survey"})
"""Measures whose figures are made of others, which are told beside them."""
_YEARS = 3
"""The years that stand side by side in a history, the latest ones."""


class _NumberColumn(NamedTuple):
    """A column of numbers: its heading, and what it says of a period."""

    head: Head
    tell: Callable[[Spot], str]


def numbers_table(judged: Judged, chart: SeriesChart) -> DocumentTable:
    """The numbers of the year judged beside those of the year before; of what has no such, all that is drawn."""
    own = [spot for spot in chart.spots if _is_told(spot) and year_of(spot.last) == judged.year]
    if not own or any(spot.line for spot in chart.spots):
        return _as_they_are(judged, chart)
    columns = _columns(judged, chart, own)
    rows = [(_period_words(spot), *(column.tell(spot) for column in columns)) for spot in own]
    heads = [Head("Period", 1.6), *(column.head for column in columns)]
    return report_table(f"Numbers of {short_name(chart)}, {year_name(judged.year)}", heads, rows)


def _columns(judged: Judged, chart: SeriesChart, own: list[Spot]) -> list[_NumberColumn]:
    """The columns that have something to say of some periods."""
    before = {_place(spot): spot for spot in chart.spots if year_of(spot.last) == judged.year - 1}
    columns = [_NumberColumn(number_head("Result"), lambda spot: result_words(judged, spot))]
    if judged.series.indicator.measure in SHARES:
        columns.append(_NumberColumn(number_head("Counted", 1.3), counted_words))
    if before:
        year_before = _NumberColumn(
            number_head("A year before"), lambda spot: result_words(judged, before.get(_place(spot)))
        )
        columns.append(year_before)
    if any(spot.aim is not None for spot in own):
        columns.append(_NumberColumn(number_head("Trajectory"), lambda spot: aim_words(judged, spot.aim)))
    if any(spot.state != "final" for spot in own):
        columns.append(_NumberColumn(Head("State"), lambda spot: spot.state))
    return columns


def _is_told(spot: Spot) -> bool:
    """Whether there is a result, or it is said why there is none."""
    return spot.value is not None or bool(spot.state)


def _place(spot: Spot) -> tuple[int, int]:
    """Where a period lies in its year."""
    return spot.first.month, spot.last.month


def _period_words(spot: Spot) -> str:
    return period_words(spot.first, spot.last)


def short_name(chart: SeriesChart) -> str:
    """The reference of a chart's indicator, or its name where it has none."""
    return chart.name.split("  ")[0]


def _as_they_are(judged: Judged, chart: SeriesChart) -> DocumentTable:
    """All results in a line each, with the population that each is of where there are several."""
    several = any(spot.line for spot in chart.spots)
    heads = [Head("Period", 2), *([Head("Of whom", 1.5)] if several else []), number_head("Result", 1.5)]
    rows = [
        (_period_words(spot), *([spot.line] if several else []), _with_all(judged, spot))
        for spot in chart.spots
        if _is_told(spot)
    ]
    return report_table(f"Numbers of {short_name(chart)}", heads, rows)


def _with_all(judged: Judged, spot: Spot) -> str:
    """A result with of how many it is and whether it may change; or why there is none."""
    share = spot.of is not None and judged.series.indicator.measure in SHARES
    more = [counted_words(spot)] if share else []
    if spot.value is not None and spot.state != "final":
        more.append(spot.state)
    return f"{result_words(judged, spot)} ({', '.join(more)})" if more else result_words(judged, spot)


def history_table(judged: Judged, chart: SeriesChart) -> DocumentTable:
    """Months or quarters below each other, the latest years side by side; of what has neither, all that is drawn.

    Beside them stand of how many the figures of the year judged are, and the trajectory of that year.
    """
    kinds = {period_kind(spot.first, spot.last) for spot in chart.spots}
    if kinds not in ({"month"}, {"quarter"}) or any(spot.line for spot in chart.spots):
        return _as_they_are(judged, chart)
    by_place: dict[int, dict[int, Spot]] = defaultdict(dict)
    for spot in chart.spots:
        by_place[month_of_year(spot.last)][year_of(spot.last)] = spot
    years = sorted({year for spots in by_place.values() for year in spots})[-_YEARS:]
    columns = [_of_year(judged, year) for year in years]
    columns += _beside_year(judged, [spot for spot in chart.spots if year_of(spot.last) == judged.year])
    rows = [
        (_place_name(next(iter(spots.values()))), *(column.tell(spots) for column in columns))
        for _, spots in sorted(by_place.items())
    ]
    heads = [Head("Period", 1), *(column.head for column in columns)]
    beside = f"; counted and trajectory are of {year_name(judged.year)}" if len(columns) > len(years) else ""
    return report_table(f"History of {short_name(chart)}{beside}", heads, rows)


class _YearColumn(NamedTuple):
    """A column of a history: its heading, and what it says of a month or quarter, given by year."""

    head: Head
    tell: Callable[[dict[int, Spot]], str]


def _of_year(judged: Judged, year: int) -> _YearColumn:
    return _YearColumn(number_head(year_name(year)), lambda spots: _with_state(judged, spots.get(year)))


def _beside_year(judged: Judged, own: list[Spot]) -> Iterator[_YearColumn]:
    """What stands beside the figures of the year judged."""
    year = judged.year
    if own and judged.series.indicator.measure in SHARES:
        yield _YearColumn(
            number_head("Counted", 1.4),
            lambda spots: counted_words(spots[year]) if year in spots else "",
        )
    if any(spot.aim is not None for spot in own):
        yield _YearColumn(
            number_head("Trajectory", 1.2),
            lambda spots: aim_words(judged, spots[year].aim) if year in spots else "",
        )


def _with_state(judged: Judged, spot: Spot | None) -> str:
    """A result with the letter of one that is not final: "227 p"."""
    if spot is None or spot.state not in cells.SHORT_STATES:
        return result_words(judged, spot)
    return f"{result_words(judged, spot)} {cells.SHORT_STATES[spot.state]}"


def _place_name(spot: Spot) -> str:
    """A month or quarter without its year."""
    if period_kind(spot.first, spot.last) == "month":
        return MONTHS[spot.first.month - 1]
    return quarter_name(quarter_of(spot.first))


def result_words(judged: Judged, spot: Spot | None) -> str:
    """A result as it is printed, or why there is none; "" for a time of which nothing is known."""
    if spot is None or not _is_told(spot):
        return ""
    return figure_or_words(cells.number(spot.value, judged.series.indicator.unit, scale_in(judged)), spot.state)


def counted_words(spot: Spot) -> str:
    """Of how many a result is."""
    if spot.of is None:
        return NOT_STATED if spot.value is not None else ""
    of = shown(exact(spot.of))
    return f"of {of}" if spot.counted is None else f"{shown(exact(spot.counted), 2)} of {of}"


def aim_words(judged: Judged, value: float | None) -> str:
    """A value of the trajectory."""
    if value is None:
        return ""
    unit, scale = judged.series.indicator.unit, scale_in(judged)
    return cells.number(value, unit, scale) if unit == "%" or scale is not None else shown(exact(value), 1)
