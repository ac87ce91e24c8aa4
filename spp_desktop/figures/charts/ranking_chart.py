"""What the ranking of areas says: every bar, line, number and word of it, to be drawn elsewhere."""

from dataclasses import dataclass

from spp_desktop.figures.areas import words as area_words
from spp_desktop.figures.areas.table import BASES, SHARES, AreaRow, AreaTable
from spp_desktop.figures.rag.colours import Look
from spp_desktop.figures.table_cell import TableCell
from spp_desktop.plan.results import Area

NO_AREAS = "No area has a result of this indicator yet."
NO_VALUES = "No area can be ranked by this. Choose something else to rank by."


@dataclass(frozen=True, slots=True)
class Bar:
    """One area: ``value`` is what it is ranked by, ``None`` for want of it.

    Attributes:
        key: the area's.
        area: its title.
        place: its place in words; "" without one.
        value: the end of its bar, which begins at nought.
        figure: the value as it is written; why there is none, where there is none.
        look: its colour against the target: word, shape and colours.
        words: all of it, in a sentence.
    """

    key: str
    area: str
    place: str
    value: float | None
    figure: str
    look: Look
    words: str


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A line across all bars: the force's own figure, or the average of the areas; and what it is."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class RankingChart:
    """The ranking of the areas by one indicator, decided.

    Attributes:
        title: what is ranked, where and when, and whether it is illustrative.
        by: what it is ranked by, in words.
        bars: from the best to the worst, those without a value last.
        mark: what the bars are held against; ``None`` where nothing is known.
        low, high: the ends of the scale; nought lies between or at them.
        legend: the colours that are there, each by its look.
        notes: sentences under it.
        empty: what to say where there is nothing to draw, or "".
    """

    title: str
    by: str
    bars: tuple[Bar, ...]
    mark: ReferenceLine | None
    low: float
    high: float
    legend: tuple[Look, ...]
    notes: tuple[str, ...]
    empty: str


def ranking_chart(table: AreaTable, illustrative: str = "") -> RankingChart:
    """The ranking of an area table; ``illustrative`` is the plan's own note of what in it is made up."""
    bars = tuple(_bar(row, table) for row in table.rows)
    mark = _mark(table)
    values = [bar.value for bar in bars if bar.value is not None]
    ends = [0.0, *values, *([mark.value] if mark and values else [])]
    looks = {bar.look.word: bar.look for bar in bars}
    notes = area_words.notes(table)
    return RankingChart(
        title=_title(table, illustrative=bool(illustrative and values)),
        by=f"By {BASES[table.basis]}",
        bars=bars,
        mark=mark if values else None,
        low=min(ends),
        high=max(ends) if max(ends) > min(ends) else min(ends) + 1.0,
        legend=tuple(looks.values()) if values else (),
        notes=tuple([*notes, illustrative] if illustrative and values else notes),
        empty="" if values else (NO_VALUES if bars else NO_AREAS),
    )


def describe(chart: RankingChart) -> str:
    """The ranking in sentences, for those who hear it."""
    if chart.empty:
        return " ".join([f"{chart.title}.", chart.empty, *chart.notes])
    known = [bar for bar in chart.bars if bar.value is not None]
    said = [f"{chart.title}. {chart.by}, {Area.word.counted(len(known))}."]
    if chart.mark is not None:
        said.append(f"{chart.mark.words}.")
    ends = known[:1] if len(known) == 1 else [known[0], known[-1]]
    return " ".join([*said, *(bar.words for bar in ends), *chart.notes])


HEADINGS = ("Place", "Area", "Value", "As shown", "Against target")


def numbers(chart: RankingChart) -> list[tuple[TableCell, ...]]:
    """The numbers behind the ranking, one row an area under a row of headings; what it is held against comes last."""
    told: list[tuple[TableCell, ...]] = [HEADINGS]
    told += [(bar.place, bar.area, bar.value, bar.figure, bar.look.word) for bar in chart.bars]
    if chart.mark is not None:
        told.append(("", chart.mark.words, chart.mark.value, "", ""))
    return told


def _title(table: AreaTable, *, illustrative: bool) -> str:
    name = table.force.judged.series.indicator.name
    period = area_words.period(table)
    when = f", {period}" if period else ""
    return f"{name} by area{when}{' (illustrative results)' if illustrative else ''}"


def _bar(row: AreaRow, table: AreaTable) -> Bar:
    said = area_words.ranked(row.ranked_by, table)
    judged = row.judged
    place = f", {row.place}" if row.place else ""
    return Bar(
        key=judged.series.area_key,
        area=judged.series.area,
        place=row.place,
        value=None if row.ranked_by is None else float(row.ranked_by),
        figure=said or "no value",
        look=judged.look,
        words=f"{judged.series.area}{place}: {said or 'no value'}. {judged.sentence}",
    )


def _mark(table: AreaTable) -> ReferenceLine | None:
    """The force's own figure; for counts, which areas only have a part of, the average of the areas."""
    parts = table.basis == "figure" and table.force.judged.series.indicator.measure == "count"
    parts = parts and table.unit not in SHARES
    value = table.average if parts else table.force.ranked_by
    if value is None:
        return None
    return ReferenceLine(
        float(value), f"{'Average of the areas' if parts else 'The force'} {area_words.ranked(value, table)}"
    )
