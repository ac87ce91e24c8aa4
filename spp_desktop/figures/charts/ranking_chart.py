"""The ranking of areas as a chart in plain values: its bars, lines, numbers and words. It is drawn elsewhere."""

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
    """The bar of one area.

    Attributes:
        key: The key of the area.
        area: The title of the area.
        place: Its rank in words; "" without one.
        value: The number that it is ranked by, where the bar ends; it begins at 0. ``None`` without one.
        figure: The value as it is written, or "no value".
        look: Its state against the target: word, shape and colours.
        words: The area, its rank and its judgement in sentences.
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
    """A line across all bars, at the force's own figure or the average of the areas; ``words`` say which."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class RankingChart:
    """The ranking of the areas by one indicator, with everything on it decided.

    Attributes:
        title: What is ranked, where and when, and whether it is illustrative.
        by: What the areas are ranked by, in words.
        bars: The bars from the best to the worst; those without a value come last.
        reference: The line that the bars are compared with; ``None`` if its figure is not known.
        low: The lower end of the scale, at most 0.
        high: The upper end of the scale, at least 0.
        legend: The states of the bars, each once.
        notes: The sentences printed under it.
        empty: What to say where there is nothing to draw, or "".
    """

    title: str
    by: str
    bars: tuple[Bar, ...]
    reference: ReferenceLine | None
    low: float
    high: float
    legend: tuple[Look, ...]
    notes: tuple[str, ...]
    empty: str


def ranking_chart(table: AreaTable, illustrative: str = "") -> RankingChart:
    """The chart of an area table; ``illustrative`` is the plan's note on what in it is made up, or ""."""
    bars = tuple(_bar(row, table) for row in table.rows)
    reference = _reference_line(table)
    values = [bar.value for bar in bars if bar.value is not None]
    ends = [0.0, *values, *([reference.value] if reference and values else [])]
    looks = {bar.look.word: bar.look for bar in bars}
    notes = area_words.notes(table)
    return RankingChart(
        title=_title(table, illustrative=bool(illustrative and values)),
        by=f"By {BASES[table.basis]}",
        bars=bars,
        reference=reference if values else None,
        low=min(ends),
        high=max(ends) if max(ends) > min(ends) else min(ends) + 1.0,
        legend=tuple(looks.values()) if values else (),
        notes=tuple([*notes, illustrative] if illustrative and values else notes),
        empty="" if values else (NO_VALUES if bars else NO_AREAS),
    )


def describe(chart: RankingChart) -> str:
    """The ranking in sentences, for screen readers."""
    if chart.empty:
        return " ".join([f"{chart.title}.", chart.empty, *chart.notes])
    known = [bar for bar in chart.bars if bar.value is not None]
    sentences = [f"{chart.title}. {chart.by}, {Area.word.counted(len(known))}."]
    if chart.reference is not None:
        sentences.append(f"{chart.reference.words}.")
    ends = known[:1] if len(known) == 1 else [known[0], known[-1]]
    return " ".join([*sentences, *(bar.words for bar in ends), *chart.notes])


HEADINGS = ("Place", "Area", "Value", "As shown", "Against target")


def numbers(chart: RankingChart) -> list[tuple[TableCell, ...]]:
    """The numbers behind the ranking: a row of headings, a row for each area, and one for the reference line."""
    rows: list[tuple[TableCell, ...]] = [HEADINGS]
    rows += [(bar.place, bar.area, bar.value, bar.figure, bar.look.word) for bar in chart.bars]
    if chart.reference is not None:
        rows.append(("", chart.reference.words, chart.reference.value, "", ""))
    return rows


def _title(table: AreaTable, *, illustrative: bool) -> str:
    name = table.force.judged.series.indicator.name
    period = area_words.period(table)
    when = f", {period}" if period else ""
    return f"{name} by area{when}{' (illustrative results)' if illustrative else ''}"


def _bar(row: AreaRow, table: AreaTable) -> Bar:
    figure = area_words.ranked(row.ranked_by, table)
    judged = row.judged
    place = f", {row.place}" if row.place else ""
    return Bar(
        key=judged.series.area_key,
        area=judged.series.area,
        place=row.place,
        value=None if row.ranked_by is None else float(row.ranked_by),
        figure=figure or "no value",
        look=judged.look,
        words=f"{judged.series.area}{place}: {figure or 'no value'}. {judged.sentence}",
    )


def _reference_line(table: AreaTable) -> ReferenceLine | None:
    """The line at the force's own figure; for counts, of which each area has only a part, at the areas' average."""
    is_part = table.basis == "figure" and table.force.judged.series.indicator.measure == "count"
    is_part = is_part and table.unit not in SHARES
    value = table.average if is_part else table.force.ranked_by
    if value is None:
        return None
    return ReferenceLine(
        float(value), f"{'Average of the areas' if is_part else 'The force'} {area_words.ranked(value, table)}"
    )
