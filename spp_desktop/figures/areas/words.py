"""Areas side by side in words: how figures are written, the notes printed beneath, and the rows of a sheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from spp_desktop.figures.areas.table import BASES, SHARES, AreaFigures, AreaRow, AreaTable, Basis, PeriodSet, apart
from spp_desktop.figures.comparison import break_words
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import PointType
from spp_desktop.figures.counts import CHANCE
from spp_desktop.figures.exact import GivenNumber, even, exact, shown
from spp_desktop.figures.judging.findings import POINTS
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.table_cell import TableCell
from spp_desktop.plan.performance import Measure
from spp_desktop.plan.periods import short_year_name

MINUS = "\N{MINUS SIGN}"
FORCE, TOGETHER = "The force", "Areas together"
_LACKS: Mapping[Basis, tuple[str, str]] = {
    "figure": ("no figure of these months", "a figure of these months"),
    "per 1,000": ("no population", "a population"),
    "change on last year": ("nothing of last year to compare with", "anything of last year to compare with"),
    "against its aim": ("no aim to be held against", "an aim to be held against"),
}
"""What an area lacks that has figures of the right periods but no rank; and what no area has where all lack it."""
_NAMED = 3
"""The most areas that a note on missing results names one by one."""
_LISTED = 6
"""The most areas that an answer names one by one."""
_SIGNALS: tuple[PointType, ...] = (
    "special_cause_concern",
    "special_cause_improvement",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
)
_PLACES = 6
"""The most decimals to which the force's own figure is compared with that of all areas together."""
_NO_SUMS: Mapping[Measure, str] = {
    "level": "Levels of areas make no level",
    "grade": "Grades of areas make no grade",
    "yes/no": "Yes and no of areas make neither",
}
_MADE_OF = {"percentage": "{} of {}", "rate": "{} among {}"}


def figure(value: Fraction | None, unit: str, places: int = 2, scale: Scale | None = None) -> str:
    """A figure of an indicator: "2,336", "23.0%", "Good"; "" for none."""
    if value is None:
        return ""
    if scale is not None:
        return scale.name(value)
    return fixed(value, "%" if unit == "%" else "") if unit in SHARES else shown(value, places)


def made_of(figures: AreaFigures, measure: str) -> str:
    """The parts of a figure: "540 of 2,336", "1,250 among 260,000", "1,000 answers"; "" if they are not known."""
    if figures.of is None:
        return ""
    if figures.counted is None:
        return f"{shown(figures.of)} answers"
    return _MADE_OF.get(measure, "{} of {}").format(shown(figures.counted, 1), shown(figures.of))


def ranked(value: Fraction | None, table: AreaTable) -> str:
    """The number that an area is ranked by: "1,205", "4.2", "+3.5%", "1.4% worse"; "" for none.

    All numbers of one table have equally many decimals.
    """
    if value is None:
        return ""
    if table.basis == "figure" and table.scale is not None:
        return table.scale.name(value)
    if table.basis == "figure":
        return fixed(value, "%" if table.unit == "%" else "") if table.unit in SHARES else shown(value, 1)
    if table.basis == "per 1,000":
        return fixed(value, "")
    size = fixed(abs(value), " points" if table.unit in SHARES else "%")
    if table.basis == "change on last year":
        return f"{'+' if value > 0 else MINUS if value < 0 else ''}{size}"
    return f"{size} {'worse' if value > 0 else 'better'}" if value else "on it"


def fixed(value: Fraction, unit: str) -> str:
    """A number with one decimal, even if that is 0."""
    return f"{even(value)}{unit}"


def period(table: AreaTable) -> str:
    """The periods of most areas in words: "April to September 2008"; "" for none."""
    return _words(table.periods)


def beneath(table: AreaTable) -> list[str]:
    """The notes beneath a table of the areas that itself shows what they are ranked by."""
    return [*answers(table), *_missing(table), *_cautions(table)]


def notes(table: AreaTable) -> list[str]:
    """The notes printed beneath the areas: the answers first, then how they are ranked, what is missing, cautions."""
    return [*answers(table), *_ranks(table), *_missing(table), *_cautions(table)]


def answers(table: AreaTable) -> list[str]:
    """Answers to what is asked first: whether the areas add up, who is out of step, where the process has changed."""
    return [*_sums(table), *_out_of_step(table), *_apart(table), *_signals(table)]


def together_words(table: AreaTable) -> str:
    """A sentence on whether all areas together come to the force's own figure; "" without areas."""
    return next(_sums(table), "")


def of_size(table: AreaTable) -> str:
    """A sentence on what a count per 1,000 is of, and the years of the populations; "" if none is known."""
    known = [population for key, population in table.populations.items() if key]
    if not known or all(row.figures.per_thousand is None for row in table.rows):
        return ""
    years = list(map(short_year_name, sorted({population.year for population in known})))
    return f"Per 1,000 {known[0].counted} of {' and '.join(years)}, for {period(table)}."


def _words(periods: PeriodSet) -> str:
    if not periods:
        return ""
    return rag_words.period_words(min(first for first, _ in periods), max(last for _, last in periods))


def _sums(table: AreaTable) -> Iterator[str]:
    """Whether all areas together come to the force's own figure."""
    force, total, unit = table.force, table.together.figure, table.unit
    own = force.figures.figure
    if not table.rows:
        return
    if total is None:
        yield _no_sum(table)
        return
    sum_ = figure(total, unit)
    if own is None:
        why = "is judged by another figure" if force.judged.finding.unit else "has no figure of its own"
        yield f"The areas come to {sum_} together; the force {why}."
    elif (own_period := _words(_own_periods(force.judged))) != (areas_period := period(table)):
        yield f"The areas come to {sum_} for {areas_period}; the force's own figure is of {own_period}."
    elif _agree(total, own):
        yield f"Together the areas come to the force's own figure, {sum_}."
    else:
        way = "more" if total > own else "less"
        size = shown(abs(total - own), 2)
        points = (" point" if size == "1" else " points") if unit in SHARES else ""
        own_figure = figure(own, unit)
        yield f"The areas come to {sum_} together, {size}{points} {way} than the force's own figure of {own_figure}."


def _no_sum(table: AreaTable) -> str:
    judged = table.force.judged
    if table.unit == POINTS:
        return "Gaps of areas make no gap of the force, so they are not put together."
    if judged.series.indicator.measure in _NO_SUMS:
        return f"{_NO_SUMS[judged.series.indicator.measure]} of the force, so they are not put together."
    if _unlike(table):
        return "The areas are not put together, for not all have results of the same months."
    return "The areas do not all say what their figures are made of, so they are not put together."


def _agree(total: Fraction, own: Fraction) -> bool:
    """Whether the total of the areas equals the force's own figure, to the decimals that this one has."""
    places = next((n for n in range(_PLACES + 1) if (own * 10**n).denominator == 1), None)
    return total == own if places is None else shown(total, places) == shown(own, places)


def _out_of_step(table: AreaTable) -> Iterator[str]:
    """The areas whose figure clearly changed in another direction than the force's."""
    whole = table.force.judged.change
    changes = [(row.judged.series.area, row.judged.change) for row in table.rows if row.judged.change is not None]
    if whole is None or not changes:
        return
    clear = [(area, change) for area, change in changes if change.arrow not in {"no clear change", whole.arrow}]
    force = "has no clear change" if whole.arrow == "no clear change" else f"is {whole.arrow}"
    if clear:
        clear.sort(key=lambda area_change: area_change[1].meaning != "worse")
        named = [
            f"{area} ({change.arrow}{'' if change.meaning == 'neither' else f', {change.meaning}'})"
            for area, change in clear
        ]
        yield f"Out of step with the force, which {force} on last year: {_names(named, _LISTED)}."
    else:
        yield f"No area is clearly out of step with the force, which {force} on last year."
    by_chance = round(len(changes) * CHANCE)
    if clear and by_chance:
        yield (f"Of {len(changes)} areas about {by_chance} would be called up or down by chance alone.")


def _apart(table: AreaTable) -> Iterator[str]:
    """The areas whose figures differ from the force's by more than chance."""
    clear = apart(table)
    if clear is None:
        return
    is_count = table.force.judged.series.indicator.measure == "count"
    own = f"{fixed(clear.force, '')} per 1,000" if is_count else figure(clear.force, table.unit)
    clauses = [
        f"clearly {way} the force's {own}: {_names(areas, _LISTED)}"
        for way, areas in (("above", clear.above), ("below", clear.below))
        if areas
    ]
    if clauses:
        sentence = "; ".join(clauses)
        yield f"{sentence[:1].upper()}{sentence[1:]} (by 95% intervals)."
    else:
        yield f"No area is clearly apart from the force's {own}: such differences can well be chance (95% intervals)."


def _signals(table: AreaTable) -> Iterator[str]:
    """The areas whose latest month is a special cause; those of concern come first."""
    kinds = {row.judged.series.area: row.judged.chart.variation for row in table.rows if row.judged.chart is not None}
    clauses = [
        f"{control_words.POINTS[kind].word.lower()} in {_names(areas, _LISTED)}"
        for kind in _SIGNALS
        if (areas := [area for area, variation in kinds.items() if variation == kind])
    ]
    if clauses:
        yield f"Control charts: {'; '.join(clauses)}."


def _ranks(table: AreaTable) -> Iterator[str]:
    if table.better == "neutral":
        yield "Not ranked, for neither higher nor lower is better; the highest stands first."
    else:
        yield f"Ranked by {BASES[table.basis]}; 1st is best."
    judged = table.force.judged
    if table.basis == "figure" and judged.series.indicator.measure == "count":
        yield "Counts of areas of different sizes: a larger area has more of everything."
    if sizes := of_size(table):
        yield sizes


def _missing(table: AreaTable) -> Iterator[str]:
    """The areas without a rank, and why."""
    if table.without:
        yield f"{_names(table.without)} {_have(table.without)} no results."
    empty = [row.judged.series.area for row in table.rows if not row.judged.used]
    if empty:
        yield f"{_names(empty)} {_have(empty)} no result of this year."
    if others := [area for area in _unlike(table) if area not in empty]:
        yield f"{_names(others)} {_have(others)} other months than {period(table)}, and no place."
    lacking = [
        row.judged.series.area
        for row in table.rows
        if row.ranked_by is None and _own_periods(row.judged) == table.periods and row.judged.used
    ]
    if lacking:
        lack, none_has = _LACKS[table.basis]
        every = len(lacking) == len(table.rows) > 1
        yield f"No area has {none_has}." if every else f"{_names(lacking)} {_have(lacking)} {lack}."


def _cautions(table: AreaTable) -> Iterator[str]:
    """Cautions about the comparison: breaks in the series, results that may still change."""
    across = next((row.judged.across for row in (*table.rows, table.force) if row.judged.across), ())
    yield from map(break_words, across)
    provisional = [row.judged.series.area for row in table.rows if row.judged.judgement.facts.state == "provisional"]
    if provisional:
        who = "all areas" if len(provisional) == len(table.rows) > 1 else _names(provisional)
        yield f"Provisional: results of {who} may still change."


def _unlike(table: AreaTable) -> list[str]:
    """The titles of areas whose figures are of other periods than those of most areas."""
    return [row.judged.series.area for row in table.rows if _own_periods(row.judged) != table.periods]


def _own_periods(judged: Judged) -> PeriodSet:
    return frozenset((reading.first, reading.last) for reading in judged.used)


def _names(titles: Sequence[str], most: int = _NAMED) -> str:
    """Areas by name, and the number left over: "OCU 01, OCU 02 and OCU 03", "OCU 01, OCU 02, OCU 03 and 5 more"."""
    named, more = list(titles[:most]), len(titles) - most
    ending = [f"{more} more"] if more > 0 else [named.pop()]
    return " and ".join(filter(None, [", ".join(named), *ending]))


def _have(titles: Sequence[str]) -> str:
    return "has" if len(titles) == 1 else "have"


# Rows

HEADINGS = (
    *("Place", "Area", "From", "To", "Year to date", "Unit", "Share of the force, %", "Counted", "Of", "Per 1,000"),
    *("Same period last year", "Change", "Change, %", "Direction", "Aim", "Against target", "Variation", "Assurance"),
    "Why",
)


def rows(table: AreaTable) -> list[tuple[TableCell, ...]]:
    """A row of headings, the force, the areas together, then a row for each area; empty columns are left out."""
    areas = [_row(row.judged.series.area, row, table) for row in table.rows]
    lines = [_row(FORCE, table.force, table), _together(table), *areas]
    kept = [n for n in range(len(HEADINGS)) if any(row[n] not in {None, ""} for row in lines)]
    return [tuple(row[n] for n in kept) for row in (HEADINGS, *lines)]


def _row(area: str, row: AreaRow, table: AreaTable) -> tuple[TableCell, ...]:
    judged, facts, change = row.judged, row.judged.judgement.facts, row.judged.change
    return (
        row.place,
        area,
        *_ends(_own_periods(judged)),
        *_numbers(row.figures, table.unit),
        *((None,) * 3 if change is None else (_float(change.before), _float(change.change), change.percent)),
        "" if change is None else ", ".join(word for word in (change.arrow, change.meaning) if word != "neither"),
        _float(facts.aim),
        judged.look.word,
        *_icons(judged),
        judged.sentence,
    )


def _icons(judged: Judged) -> tuple[str, str]:
    """The meaning of the two icons of a series' control chart; "" for an icon that is not shown."""
    chart = judged.chart
    if chart is None:
        return "", ""
    return (
        control_words.ICON_WORDS[chart.variation_icon][1] if chart.variation_icon else "",
        control_words.ASSURANCE_WORDS[chart.assurance_icon][1] if chart.assurance_icon else "",
    )


def _together(table: AreaTable) -> tuple[TableCell, ...]:
    periods = table.periods if table.together.figure is not None else PeriodSet()
    numbers = _numbers(table.together, table.unit)
    blanks: Iterable[TableCell] = ("",) * (len(HEADINGS) - len(numbers) - 5)
    return ("", TOGETHER, *_ends(periods), *numbers, *blanks, together_words(table))


def _ends(periods: PeriodSet) -> tuple[TableCell, TableCell]:
    if not periods:
        return None, None
    return min(first for first, _ in periods), max(last for _, last in periods)


def _numbers(figures: AreaFigures, unit: str) -> tuple[TableCell, ...]:
    return (
        _float(figures.figure),
        unit,
        *map(_float, (figures.share, figures.counted, figures.of, figures.per_thousand)),
    )


def _float(value: GivenNumber | None) -> float | None:
    return None if value is None else float(exact(value))
