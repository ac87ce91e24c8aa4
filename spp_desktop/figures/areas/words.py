"""Areas side by side in words: how a figure is written, what is printed beneath; and as the rows of a sheet."""

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
from spp_desktop.figures.table_cell import TableCell
from spp_desktop.plan.periods import short_year_name

MINUS = "\N{MINUS SIGN}"
FORCE, TOGETHER = "The force", "Areas together"
_LACKS: Mapping[Basis, tuple[str, str]] = {
    "figure": ("no figure of these months", "a figure of these months"),
    "per 1,000": ("no population", "a population"),
    "change on last year": ("nothing of last year to compare with", "anything of last year to compare with"),
    "against its aim": ("no aim to be held against", "an aim to be held against"),
}
"""What areas lack that have figures of the right periods and no place; and what no area has where all lack it."""
_NAMED = 3
"""The most areas that a note on what is missing names one by one."""
_LISTED = 6
"""The most that an answer names."""
_SIGNALS: tuple[PointType, ...] = (
    "special_cause_concern",
    "special_cause_improvement",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
)
_PLACES = 6
"""The most decimals to which a figure of one's own is held against what areas come to."""
_MADE_OF = {"percentage": "{} of {}", "rate": "{} among {}"}


def figure(value: Fraction | None, unit: str, places: int = 2) -> str:
    """A figure of an indicator: "2,336", "23.0%"; "" for none."""
    if value is None:
        return ""
    return fixed(value, "%" if unit == "%" else "") if unit in SHARES else shown(value, places)


def made_of(figures: AreaFigures, measure: str) -> str:
    """What a figure is made of: "540 of 2,336", "1,250 among 260,000", "1,000 answers"; "" where that is not known."""
    if figures.of is None:
        return ""
    if figures.counted is None:
        return f"{shown(figures.of)} answers"
    return _MADE_OF.get(measure, "{} of {}").format(shown(figures.counted, 1), shown(figures.of))


def ranked(value: Fraction | None, table: AreaTable) -> str:
    """What an area is ranked by: "1,205", "4.2", "+3.5%", "1.4% worse"; "" for none. All have as many decimals."""
    if value is None:
        return ""
    if table.basis == "figure":
        return fixed(value, "%" if table.unit == "%" else "") if table.unit in SHARES else shown(value, 1)
    if table.basis == "per 1,000":
        return fixed(value, "")
    said = fixed(abs(value), " points" if table.unit in SHARES else "%")
    if table.basis == "change on last year":
        return f"{'+' if value > 0 else MINUS if value < 0 else ''}{said}"
    return f"{said} {'worse' if value > 0 else 'better'}" if value else "on it"


def fixed(value: Fraction, unit: str) -> str:
    """A number with its one decimal, also where that is 0."""
    return f"{even(value)}{unit}"


def period(table: AreaTable) -> str:
    """The periods of most areas in words: "April to September 2008"; "" for none."""
    return _words(table.periods)


def beneath(table: AreaTable) -> list[str]:
    """What stands beneath a table of the areas, where it is seen what they are ranked by."""
    return [*answers(table), *_missing(table), *_cautions(table)]


def notes(table: AreaTable) -> list[str]:
    """What is printed beneath the areas: what they come to and who is out of step first, then how they are ranked."""
    return [*answers(table), *_ranks(table), *_missing(table), *_cautions(table)]


def answers(table: AreaTable) -> list[str]:
    """What is asked first: whether the areas add up, who is out of step, where the process has changed."""
    return [*_sums(table), *_out_of_step(table), *_apart(table), *_signals(table)]


def together_words(table: AreaTable) -> str:
    """Whether the areas come to the force's own figure, in a sentence."""
    return next(_sums(table), "")


def of_size(table: AreaTable) -> str:
    """What a count per 1,000 is of, and of when the populations are; "" where none is known."""
    known = [one for key, one in table.populations.items() if key]
    if not known or all(row.figures.per_thousand is None for row in table.rows):
        return ""
    years = list(map(short_year_name, sorted({one.year for one in known})))
    return f"Per 1,000 {known[0].counted} of {' and '.join(years)}, for {period(table)}."


def _words(periods: PeriodSet) -> str:
    if not periods:
        return ""
    return rag_words.period_words(min(first for first, _ in periods), max(last for _, last in periods))


def _sums(table: AreaTable) -> Iterator[str]:
    """Whether the areas add up."""
    force, made, unit = table.force, table.together.figure, table.unit
    own = force.figures.figure
    if not table.rows:
        return
    if made is None:
        yield _no_sum(table)
        return
    sum_ = figure(made, unit)
    if own is None:
        held = "is judged by another figure" if force.judged.found.unit else "has no figure of its own"
        yield f"The areas come to {sum_} together; the force {held}."
    elif (mine := _words(_own_periods(force.judged))) != (theirs := period(table)):
        yield f"The areas come to {sum_} for {theirs}; the force's own figure is of {mine}."
    elif _agree(made, own):
        yield f"Together the areas come to the force's own figure, {sum_}."
    else:
        more = made - own
        way = "more" if more > 0 else "less"
        size = shown(abs(more), 2)
        points = (" point" if size == "1" else " points") if unit in SHARES else ""
        mine = figure(own, unit)
        yield f"The areas come to {sum_} together, {size}{points} {way} than the force's own figure of {mine}."


def _no_sum(table: AreaTable) -> str:
    judged = table.force.judged
    if table.unit == POINTS:
        return "Gaps of areas make no gap of the force, so they are not put together."
    if judged.series.indicator.measure == "level":
        return "Levels of areas make no level of the force, so they are not put together."
    if _unlike(table):
        return "The areas are not put together, for not all have results of the same months."
    return "The areas do not all say what their figures are made of, so they are not put together."


def _agree(made: Fraction, own: Fraction) -> bool:
    """Whether what areas come to is the force's own figure, to the decimals that this one has."""
    places = next((n for n in range(_PLACES + 1) if (own * 10**n).denominator == 1), None)
    return made == own if places is None else shown(made, places) == shown(own, places)


def _out_of_step(table: AreaTable) -> Iterator[str]:
    """The areas that went clearly another way than the force."""
    whole = table.force.judged.change
    changes = [(row.judged.series.area, row.judged.change) for row in table.rows if row.judged.change is not None]
    if whole is None or not changes:
        return
    clear = [(area, one) for area, one in changes if one.arrow not in {"no clear change", whole.arrow}]
    force = "has no clear change" if whole.arrow == "no clear change" else f"is {whole.arrow}"
    if clear:
        clear.sort(key=lambda found: found[1].meaning != "worse")
        told = [f"{area} ({one.arrow}{'' if one.meaning == 'neither' else f', {one.meaning}'})" for area, one in clear]
        yield f"Out of step with the force, which {force} on last year: {_names(told, _LISTED)}."
    else:
        yield f"No area is clearly out of step with the force, which {force} on last year."
    by_chance = round(len(changes) * CHANCE)
    if clear and by_chance:
        yield (f"Of {len(changes)} areas about {by_chance} would be called up or down by chance alone.")


def _apart(table: AreaTable) -> Iterator[str]:
    """The areas whose figures are not the force's, by more than chance."""
    found = apart(table)
    if found is None:
        return
    counts_ = table.force.judged.series.indicator.measure == "count"
    own = f"{fixed(found.of, '')} per 1,000" if counts_ else figure(found.of, table.unit)
    told = [
        f"clearly {way} the force's {own}: {_names(areas, _LISTED)}"
        for way, areas in (("above", found.above), ("below", found.below))
        if areas
    ]
    if told:
        said = "; ".join(told)
        yield f"{said[:1].upper()}{said[1:]} (by 95% intervals)."
    else:
        yield f"No area is clearly apart from the force's {own}: such differences can well be chance (95% intervals)."


def _signals(table: AreaTable) -> Iterator[str]:
    """The areas whose latest month is a special cause, of concern first."""
    kinds = {row.judged.series.area: row.judged.chart.variation for row in table.rows if row.judged.chart is not None}
    told = [
        f"{control_words.POINTS[kind].word.lower()} in {_names(found, _LISTED)}"
        for kind in _SIGNALS
        if (found := [area for area, its in kinds.items() if its == kind])
    ]
    if told:
        yield f"Control charts: {'; '.join(told)}."


def _ranks(table: AreaTable) -> Iterator[str]:
    if table.better == "neutral":
        yield "Not ranked, for neither higher nor lower is better; the highest stands first."
    else:
        yield f"Ranked by {BASES[table.basis]}; 1st is best."
    judged = table.force.judged
    if table.basis == "figure" and judged.series.indicator.measure == "count":
        yield "Counts of areas of different sizes: a larger area has more of everything."
    if said := of_size(table):
        yield said


def _missing(table: AreaTable) -> Iterator[str]:
    """Who has no place, and why."""
    if table.without:
        yield f"{_names(table.without)} {_have(table.without)} no results."
    none = [row.judged.series.area for row in table.rows if not row.judged.used]
    if none:
        yield f"{_names(none)} {_have(none)} no result of this year."
    if unlike := [one for one in _unlike(table) if one not in none]:
        yield f"{_names(unlike)} {_have(unlike)} other months than {period(table)}, and no place."
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
    """What stands in the way of a comparison."""
    across = next((row.judged.across for row in (*table.rows, table.force) if row.judged.across), ())
    yield from map(break_words, across)
    open_ = [row.judged.series.area for row in table.rows if row.judged.judgement.facts.state == "provisional"]
    if open_:
        who = "all areas" if len(open_) == len(table.rows) > 1 else _names(open_)
        yield f"Provisional: results of {who} may still change."


def _unlike(table: AreaTable) -> list[str]:
    """The areas whose figures are of other periods than those of the rest."""
    return [row.judged.series.area for row in table.rows if _own_periods(row.judged) != table.periods]


def _own_periods(judged: Judged) -> PeriodSet:
    return frozenset((one.first, one.last) for one in judged.used)


def _names(titles: Sequence[str], most: int = _NAMED) -> str:
    """Areas by name, as long as they are few: "OCU 01, OCU 02 and OCU 03", "OCU 01, OCU 02, OCU 03 and 5 more"."""
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
    """The areas as rows under a row of headings, the force and the areas together first; empty columns left out."""
    areas = [_row(row.judged.series.area, row, table) for row in table.rows]
    told = [_row(FORCE, table.force, table), _together(table), *areas]
    kept = [n for n in range(len(HEADINGS)) if any(row[n] not in {None, ""} for row in told)]
    return [tuple(row[n] for n in kept) for row in (HEADINGS, *told)]


def _row(area: str, row: AreaRow, table: AreaTable) -> tuple[TableCell, ...]:
    judged, facts, change = row.judged, row.judged.judgement.facts, row.judged.change
    return (
        row.place,
        area,
        *_ends(_own_periods(judged)),
        *_numbers(row.figures, table.unit),
        *((None,) * 3 if change is None else (_float(change.before), _float(change.change), change.percent)),
        "" if change is None else ", ".join(one for one in (change.arrow, change.meaning) if one != "neither"),
        _float(facts.aim),
        judged.look.word,
        *_icons(judged),
        judged.sentence,
    )


def _icons(judged: Judged) -> tuple[str, str]:
    """What the two icons of its control chart mean; "" for one that is not there."""
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
