"""The lines of the Results page: what each holds and shows in each period, as plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from spp_desktop.figures.exact import exact, shown
from spp_desktop.figures.judging.series import STANDALONE, Reading, together
from spp_desktop.figures.rag.words import period_words
from spp_desktop.figures.scale import Scale, scale_of
from spp_desktop.plan.kinds.days import MONTHS
from spp_desktop.plan.kinds.numbers import in_words
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import (
    QUARTERS,
    month_end,
    months,
    period_kind,
    quarter_end,
    quarter_name,
    quarter_start,
    year_end,
    year_name,
    year_start,
)
from spp_desktop.plan.results import figure
from spp_desktop.plan.shorthand import ABSENT, SHORTHAND
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.measured import FORCE
from spp_desktop.store.plain import ResultRow
from spp_desktop.store.rated import NOBODY, PopulationNumbers

Part = Literal["value", "numerator", "denominator", "sample_size"]
"""What of a result a line holds, by its column."""

Sort = Literal["months", "quarters", "years"]
YEARS_SHOWN = 5
GAP = ("white", "minority ethnic")
"""The two populations of a gap for which there are no results yet."""

WAITING = "…"
"""What stands in place of a figure of which one half is not there yet."""

MARKS: dict[str, str] = {state: letter for letter, state in SHORTHAND.items()}
_ABSENT: dict[str, str] = {state: letter for letter, state in ABSENT.items()}
_PLACES, _COMPUTED_PLACES, _TYPED_PLACES = 4, 1, 6
_PAIRED, _RATE_PLACES = frozenset({"percentage", "rate"}), 2


@dataclass(frozen=True, slots=True)
class ResultsPeriod:
    """A column of the grid: its days, and its heading."""

    first: date
    last: date
    title: str

    @property
    def words(self) -> str:
        """The period in a sentence."""
        return period_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class ResultCell:
    """A line in a period: its number, its result's state, and why it cannot be typed over, if it cannot."""

    number: float | None = None
    state: str = ""
    fixed: str = ""
    result: str = ""
    places: int | None = None
    scale: Scale | None = None

    @property
    def typed(self) -> str:
        """The cell as a person would type it: "2336", "x"."""
        if self.number is None:
            return _ABSENT.get(self.state, "")
        if self.scale is not None:
            return self.scale.name(self.number)
        return shown(exact(round(self.number, _TYPED_PLACES)), 15).replace(",", "").replace("\N{MINUS SIGN}", "-")

    @property
    def shown(self) -> str:
        """The figure alone: "2,336", "23.1"."""
        if self.number is None or self.scale is not None:
            return self.typed or (WAITING if self.fixed else "")
        if self.places is not None:
            return f"{shown(exact(self.number), self.places)}{self._noughts()}"
        return in_words(round(self.number, _PLACES))

    def _noughts(self) -> str:
        """What a figure that was worked out lacks to stand under others: ".0" behind 46."""
        text, places = shown(exact(self.number or 0), self.places or 0), self.places or 0
        whole, _, after = text.partition(".")
        return ("" if after else ".") + "0" * (places - len(after)) if whole and len(after) < places else ""

    @property
    def mark(self) -> str:
        """The shorthand of its state: "p", "r", or nothing for a final figure."""
        return MARKS.get(self.state, "") if self.number is not None else ""


@dataclass(frozen=True, slots=True)
class ResultsRow:
    """One line: a part of the results of an indicator in an area, of one population.

    Attributes:
        area_key: "" for the force.
        head: whether it is the first line of its results, and carries their title.
        title: the indicator's, or the area's.
        what: what its figures count.
        percent, survey: whether its figures are percentages, and such as none can be above 100.
        scale: the steps that its figures are of, where they are no numbers.
        total: what the year comes to, so far.
    """

    key: str
    indicator_key: str
    ref: str
    indicator: str
    area_key: str
    area: str
    population: str
    part: Part
    head: bool
    title: str
    what: str
    percent: bool
    survey: bool
    scale: Scale | None
    cells: tuple[ResultCell, ...]
    total: ResultCell


def periods(sort: Sort, year: int) -> list[ResultsPeriod]:
    """The periods of a financial year; of years, the last of them."""
    if sort == "months":
        return [
            ResultsPeriod(day, month_end(day), MONTHS[day.month - 1][:3])
            for day in months(year_start(year), year_end(year))
        ]
    if sort == "quarters":
        return [ResultsPeriod(quarter_start(year, q), quarter_end(year, q), quarter_name(q)) for q in QUARTERS]
    return [ResultsPeriod(year_start(y), year_end(y), year_name(y)) for y in range(year - YEARS_SHOWN + 1, year + 1)]


def lines(
    indicators: Sequence[IndicatorRow],
    areas: Mapping[str, str],
    results: Iterable[ResultRow],
    populations: Mapping[str, Sequence[str]],
    span: Sequence[ResultsPeriod],
    *,
    by_area: bool,
    people: PopulationNumbers = NOBODY,
) -> list[ResultsRow]:
    """The lines of these indicators in these areas.

    Args:
        indicators: in their order.
        areas: titles by key in their order, the force under "".
        results: those of the periods shown, and others.
        populations: of each indicator by key, those for which it has results.
        span: the periods.
        by_area: whether lines carry the titles of areas, and not those of indicators.
        people: how many people or households rates are counted by, where a result does not say it.
    """
    by_series: dict[tuple[str, str, str], dict[tuple[date, date], ResultRow]] = {}
    for row in results:
        place = row.indicator_key, row.area_key or FORCE, row.population
        by_series.setdefault(place, {})[row.period_from, row.period_to] = row
    return [
        line
        for indicator in indicators
        for area, title in areas.items()
        for population in _populations(indicator, populations.get(indicator.key, ()))
        for line in _Block(indicator, area, title, population, people, by_area=by_area).lines(
            by_series.get((indicator.key, area, population), {}), span
        )
    ]


def _populations(indicator: IndicatorRow, known: Sequence[str]) -> list[str]:
    """The populations an indicator has lines for: those it has results of, two for a gap, else its own."""
    own, named = [name for name in known if not name], [name for name in known if name]
    if any(target.kind == "gap" for target in indicator.targets.values()):
        more = [name for name in GAP if name not in named]
        named += more[: max(len(GAP) - len(named), 0)]
        # A line stays where it is when its first figure is typed.
        return [*own, *sorted(named, key=lambda name: (GAP.index(name) if name in GAP else len(GAP), name))]
    return ["", *named]


@dataclass(frozen=True)
class _Block:
    """The lines of one indicator in one area, of one population."""

    indicator: IndicatorRow
    area: str
    area_title: str
    population: str
    people: PopulationNumbers
    by_area: bool

    def lines(
        self, results: Mapping[tuple[date, date], ResultRow], span: Sequence[ResultsPeriod]
    ) -> Iterator[ResultsRow]:
        """The line of the figure, then those of what it is made of."""
        rows = [results.get((period.first, period.last)) for period in span]
        for part, what in self._parts([row for row in rows if row is not None]):
            yield self._line(part, what, [self._cell(part, row) for row in rows], rows)

    def _parts(self, rows: Sequence[ResultRow]) -> Iterator[tuple[Part, str]]:
        """Each line's column, and what it counts; what is held is shown, whatever the indicator's measure."""
        own = self.indicator
        yield "value", own.unit or ("yes or no" if own.measure == "yes/no" else "grade" * (own.measure == "grade"))
        if own.measure in _PAIRED or any(r.numerator is not None or r.denominator is not None for r in rows):
            yield "numerator", own.numerator or "counted"
            yield "denominator", own.denominator or "counted of"
        if own.measure == "survey" or any(r.sample_size is not None for r in rows):
            yield "sample_size", "answers"

    def _line(self, part: Part, what: str, cells: Sequence[ResultCell], rows: Sequence[ResultRow | None]) -> ResultsRow:
        own = self.indicator
        title = self.area_title if self.by_area else own.title
        if self.population:
            title = f"{title} ({self.population})"
        return ResultsRow(
            f"{own.key}|{self.area}|{self.population}|{part}",
            own.key,
            own.ref,
            own.title,
            self.area,
            self.area_title,
            self.population,
            part,
            part == "value",
            title,
            what,
            part == "value" and (own.unit.startswith("%") or own.measure in ("percentage", "survey")),
            own.measure == "survey",
            self._scale if part == "value" else None,
            tuple(cells),
            self._total(part, cells, rows),
        )

    def _cell(self, part: Part, row: ResultRow | None) -> ResultCell:
        if row is None:
            return ResultCell()
        if part != "value":
            return ResultCell(getattr(row, part), row.state, "", row.key)
        if row.numerator is None and row.denominator is None:
            return ResultCell(row.value, row.state, "", row.key, scale=self._scale)
        return ResultCell(self._figure(row), row.state, self._made_of(row), row.key, self._places())

    @property
    def _scale(self) -> Scale | None:
        return scale_of(self.indicator.measure, self.indicator.grades)

    def _places(self) -> int:
        return _RATE_PLACES if self.indicator.measure == "rate" else _COMPUTED_PLACES

    def _figure(self, row: ResultRow) -> float | None:
        return figure(self.indicator.measure, self.indicator.per, row.value, row.numerator, self._of(row))

    def _of(self, row: ResultRow) -> float | None:
        """What a result is counted of: as it says, or of a rate its population by the plan's list."""
        if row.denominator is not None or self.indicator.measure != "rate":
            return row.denominator
        return self.people.number(self.indicator.rated_by, self.area, row.period_from)

    def _made_of(self, row: ResultRow) -> str:
        """Why a figure with parts is not typed over."""
        above, below = (
            self.indicator.numerator or "what is counted",
            self.indicator.denominator or "what it is counted of",
        )
        people = self._of(row)
        if row.numerator is not None and row.denominator is None and people is not None:
            return (
                f"This is worked out from {in_words(row.numerator)} and {in_words(people)} {self.indicator.rated_by}, "
                "as the list Populations has it. Type another number below, or clear what is there first."
            )
        if row.numerator is None or row.denominator is None:
            there, missing = (below, above) if row.numerator is None else (above, below)
            return (
                f"The {there} are there and the {missing} are missing: type them below, and the figure is worked out."
            )
        parts = f"{in_words(row.numerator)} of {in_words(row.denominator)}"
        return f"This is worked out from {parts}. Type those, or clear them first."

    def _total(self, part: Part, cells: Sequence[ResultCell], rows: Sequence[ResultRow | None]) -> ResultCell:
        """What the periods come to: added or pooled; nothing for years."""
        own = self.indicator
        if part != "value":
            values = [exact(cell.number) for cell in cells if cell.number is not None]
            # A rate's population is the same people every month.
            share = len(values) if own.measure == "rate" and part == "denominator" else 1
            return ResultCell(float(sum(values) / share)) if values else ResultCell()
        readings = [
            Reading(
                row.period_from,
                row.period_to,
                self._figure(row),
                row.numerator,
                self._of(row),
                row.sample_size,
                row.design_effect,
                row.state,
            )
            for row in rows
            if row is not None
        ]
        whole = together(own.measure, own.per, readings)
        pooled = own.measure != "count" and own.measure not in STANDALONE
        places = self._places() if pooled else None
        return ResultCell(None if whole is None else float(whole), places=places, scale=self._scale)


def elsewhere(results: Iterable[ResultRow], span: Sequence[ResultsPeriod]) -> str:
    """A sentence on results of other periods than those that stand across; "" for none."""
    shown_here = {(period.first, period.last) for period in span}
    kinds: dict[str, set[str]] = {}
    for row in results:
        days = row.period_from, row.period_to
        if days not in shown_here:
            kinds.setdefault(period_kind(*days), set()).add(row.indicator_key)
    counted = [f"by {kind} of {Indicator.word.counted(len(indicators))}" for kind, indicators in sorted(kinds.items())]
    return f"Not shown here: results {' and '.join(counted)}. Choose other periods above." if counted else ""
