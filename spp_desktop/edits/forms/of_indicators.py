"""Indicators in forms: "indicator PI01: result 2008-2009", "indicator PI01: target 2009-2010"."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import log
from typing import Any, NamedTuple, get_args

from spp_desktop.edits.forms.of_parts import OfParts, of_parts
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.value import GivenValue, NamedValue, PlanValue
from spp_desktop.edits.targets import subject_of, usual_kind
from spp_desktop.figures import typed_figure
from spp_desktop.figures.scale import scale_of
from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Unclear
from spp_desktop.plan.identity import years_kept, years_of
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.days import read_year
from spp_desktop.plan.kinds.numbers import read_number
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import months, period_bounds, quarter_name, year_end, year_name, year_of, year_start
from spp_desktop.plan.results import NO_FIGURE, PERCENT, ResultState, figure
from spp_desktop.plan.shorthand import ABSENCES, STATES
from spp_desktop.returns.forms.entry import EntryValue
from spp_desktop.returns.period_text import NoPeriod, Period, period_of_text
from spp_desktop.returns.sheet_cell import UNREADABLE, SheetCell
from spp_desktop.returns.values import same_number
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.measured import FORCE
from spp_desktop.store.plain import ResultRow

_NAME = re.compile(r"indicator (?P<ref>.+?)(?:, (?P<population>[^:]+))?: (?P<part>.+)")
_RESULT = re.compile(
    r"(?P<what>result|counted of|counted|answers|state)(?: of)? (?P<period>.+?)(?: in (?P<area>.+))?", re.IGNORECASE
)
_TARGET = re.compile(r"target (?P<stated>as stated )?(?:of )?(?P<year>.+)", re.IGNORECASE)
_OVER_PLAN = "over the plan"
_AS_STATED = "“Target as stated” fills in the words."
_NUMBER = re.compile(r"-?[\d,]*\.?\d+ ?%?")
_COLUMNS = {"title": "title", "reference": "ref", "unit": "unit", "group": "group"}
"""What else can be filled in of an indicator; the title and the unit can be read back."""

_PARTS = {"counted": "numerator", "counted of": "denominator", "answers": "sample_size"}
_WITHIN = 0.5
_YEARS_BEFORE = 3
"""Years before the plan whose results a form may ask for; those of the plan itself are offered, too."""


class IndicatorPart(NamedTuple):
    """What a name means.

    Attributes:
        indicator: the indicator.
        what: "result", "counted" and so on, "state", "target", or the name of one of its columns.
        period: the period of a result.
        area: the key of its area, "" for the force.
        population: whose result it is.
        year: the year of a target; ``None`` for one over the plan.
        stated: whether a target is filled in as it is stated, "4%" and not 4.
    """

    indicator: IndicatorRow
    what: str
    period: Period | None = None
    area: str = FORCE
    population: str = ""
    year: int | None = None
    stated: bool = False

    @property
    def share(self) -> bool:
        """Whether its figure is a percentage."""
        of_share = self.indicator.measure in ("percentage", "survey") or self.indicator.unit.startswith("%")
        return of_share and self.what == "result"

    @property
    def place(self) -> dict[str, Any]:
        """The columns that name the result."""
        assert self.period is not None
        return {
            "indicator_id": self.indicator.key, "area_id": self.area or None, "population": self.population,
            "period_from": self.period.first, "period_to": self.period.last,
        }  # fmt: skip


class IndicatorSort:
    """Results, targets and the words of indicators."""

    def value(self, book: PlanBook, name: str) -> PlanValue | None:
        """What the plan has of an indicator."""
        match = _NAME.fullmatch(name) if name.startswith("indicator ") else None
        if match is None:
            return None
        part = _part(book, match)
        if isinstance(part, str):
            return PlanValue(name, name.removeprefix("indicator "), why=part)
        title = f"{part.indicator.title}: {match['part']}"
        if part.what == "target":
            return _target(name, title, part)
        if part.what in _COLUMNS.values():
            text = getattr(part.indicator, part.what)
            return PlanValue(name, title, text or None, fixed=part.what in ("ref", "group"))
        row = _row(book, part)
        if row is not None:
            value, why = _of_result(part, row)
            return PlanValue(name, title, value, share=part.share, why=why)
        made = _of_parts(book, part)
        lacking = made.told if made.value is None else ""
        return PlanValue(name, title, made.value, part.share, lacking, note="" if lacking else made.told)

    def names(self, book: PlanBook, year: int) -> Iterator[NamedValue]:
        """The results, targets and words of all indicators; of quarters and months those of the year given."""
        periods = [year_name(year), *(f"{year_name(year)} {quarter_name(n)}" for n in range(1, 5))]
        periods += [month_name_of(day) for day in months(year_start(year), year_end(year))]
        known = years_kept(book.plan)
        periods += [year_name(n) for n in range(known[0] - _YEARS_BEFORE, known[-1] + 1) if n != year]
        for row in book.indicators.values():
            of = f"indicator {row.ref}"
            yield NamedValue(f"{of}: title", f"{row.title}: title")
            yield NamedValue(f"{of}: unit", f"{row.title}: unit")
            for part in (*map(year_name, known), _OVER_PLAN):
                yield NamedValue(f"{of}: target {part}", f"{row.title}: target {part}")
            for part in (*map(year_name, known), _OVER_PLAN):
                yield NamedValue(f"{of}: target as stated {part}", f"{row.title}: target as stated {part}")
            for period in periods:
                yield NamedValue(f"{of}: result {period}", f"{row.title}: result {period}")
            yield NamedValue(f"{of}: state of {periods[0]}", f"{row.title}: state of {periods[0]}")

    def given(self, book: PlanBook, name: str, cell: SheetCell) -> GivenValue:
        """What a cell says of an indicator."""
        match = _NAME.fullmatch(name)
        part = "Nothing is named so." if match is None else _part(book, match)
        if isinstance(part, str):
            return GivenValue(doubt=part)
        if cell.kind in UNREADABLE:
            return GivenValue(doubt=UNREADABLE[cell.kind].format(typed=cell.typed()))
        typed = cell.typed()
        if part.what == "target":
            return _given_target(book, part, typed)
        if part.what in _COLUMNS.values():
            same = fold(typed) == fold(getattr(part.indicator, part.what)) or part.what in ("ref", "group")
            return GivenValue((part, typed), typed, same=same)
        return _given_result(book, part, typed)


def month_name_of(day: date) -> str:
    """A month as a name of a result has it: "April 2008"."""
    return f"{day:%B %Y}"


def _part(book: PlanBook, match: re.Match[str]) -> IndicatorPart | str:
    """What a name means; or why it means nothing, in a sentence."""
    row, population = book.indicators.get(fold(match["ref"])), match["population"]
    if row is None and population:  # a comma may be a part of a reference
        row, population = book.indicators.get(fold(f"{match['ref']}, {population}")), ""
    if row is None:
        return f"The plan has no indicator “{match['ref']}”."
    part = match["part"].strip()
    if fold(part) in _COLUMNS:
        return IndicatorPart(row, _COLUMNS[fold(part)])
    if target := _TARGET.fullmatch(part):
        year = None if fold(target["year"]) == _OVER_PLAN else read_year(target["year"])
        if isinstance(year, Doubt):
            return year.sentence
        return IndicatorPart(row, "target", year=year, stated=bool(target["stated"]))
    result = _result_asked(part)
    if result is None:
        return (
            f"An indicator has no “{part}”. It has a result, what was counted, a state, a target, a title and a unit."
        )
    return _result_named(book, row, result, population or row.population)


def result_of(name: str) -> tuple[str, str] | None:
    """The reference of an indicator and what of its results a name is of: "result", "state"; ``None`` of none."""
    match = _NAME.fullmatch(name) if name.startswith("indicator ") else None
    asked = _result_asked(match["part"].strip()) if match is not None else None
    return None if match is None or asked is None else (match["ref"], asked.what)


class _ResultAsked(NamedTuple):
    """What a name says of a result: what of it, of which period, and in which area ("" for the force)."""

    what: str
    period: str
    area: str


@lru_cache(maxsize=4096)
def _result_asked(part: str) -> _ResultAsked | None:
    """What a part of a name says of a result; ``None`` if it says nothing of one."""
    match = _RESULT.fullmatch(part)
    return None if match is None else _ResultAsked(fold(match["what"]), match["period"], match["area"] or "")


def _result_named(book: PlanBook, row: IndicatorRow, result: _ResultAsked, population: str) -> IndicatorPart | str:
    """The result that is meant; or why there can be none, in a sentence."""
    area = book.areas.get(fold(result.area)) if result.area else FORCE
    if area is None:
        return f"The plan has no area “{result.area}”."
    period = book.periods.get(result.period) or period_named(result.period)
    book.periods[result.period] = period
    return period if isinstance(period, str) else IndicatorPart(row, result.what, period, area, population)


def period_named(text: str) -> Period | str:
    """The period of a text, "2008-09" being a year; or why it is none, in a sentence."""
    year = read_year(text)
    if not isinstance(year, Doubt):
        return Period(*period_bounds(year, ""))
    try:
        return period_of_text(text)
    except NoPeriod as problem:
        return str(problem)


def _row(book: PlanBook, part: IndicatorPart) -> ResultRow | None:
    assert part.period is not None
    return book.result(part.indicator.key, part.area, part.population, (part.period.first, part.period.last))


def _of_parts(book: PlanBook, part: IndicatorPart) -> OfParts:
    """What the parts of a period come to that has no result of its own."""
    assert part.period is not None
    return of_parts(book, part.indicator, (part.area, part.population), part.period, part.what)


def _of_result(part: IndicatorPart, row: ResultRow) -> tuple[EntryValue | None, str]:
    """What a result has under a name, and why it has nothing."""
    if part.what == "state":
        return row.state, ""
    if row.state in NO_FIGURE:
        return None, f"It is marked as {row.state}."
    if part.what in _PARTS:
        value = getattr(row, _PARTS[part.what])
    else:
        value = figure(part.indicator.measure, part.indicator.per, row.value, row.numerator, row.denominator)
        scale = scale_of(part.indicator.measure, part.indicator.grades)
        if scale is not None and value is not None:
            return scale.name(value), ""
    return value, "" if value is not None else "It has no such figure."


def _target(name: str, title: str, part: IndicatorPart) -> PlanValue:
    target = part.indicator.targets.get(part.year)
    if target is None:
        return PlanValue(name, title, why="There is no target.")
    if not part.stated and target.value is not None and _NUMBER.fullmatch(target.stated.strip()):
        share = "%" in target.stated
        bare = share and "%" not in part.indicator.unit
        why = f"The plan says “{target.stated}”; the number stands there without its %. {_AS_STATED}" if bare else ""
        return PlanValue(name, title, target.value, share, why)
    return PlanValue(name, title, target.stated)


def _given_target(book: PlanBook, part: IndicatorPart, typed: str) -> GivenValue:
    """What a cell says of a target: a bare number is one of per cent where the target is."""
    target = part.indicator.targets.get(part.year)
    numeral = read_number(typed, "a figure", "leave it blank", "4")
    bare = not isinstance(numeral, Doubt) and "%" not in typed
    text = f"{typed}%" if target is not None and bare and "%" in target.stated else typed
    kinds = {each.year: each.kind for each in part.indicator.targets.values()}
    usual = usual_kind(kinds, part.year)
    try:
        read(text, subject_of(part.indicator, years_of(book.plan), part.year, usual))
    except Unclear as unclear:
        return GivenValue(doubt=str(unclear))
    if target is not None and not isinstance(numeral, Doubt) and _NUMBER.fullmatch(target.stated.strip()):
        same = target.value is not None and same_number(float(numeral.value), target.value)
    else:
        same = target is not None and fold(target.stated) == fold(text)
    unlikely = ""
    if bare and text != typed and target is not None and not isinstance(numeral, Doubt):
        unlikely = _share_of_one(float(numeral.value), typed, target.value)
    return GivenValue((part, text), text, same=same, unlikely=unlikely)


def _share_of_one(number: float, typed: str, known: float | None) -> str:
    """What is asked of a number below 1 that may be a share of one, 0.05 for 5%; "" where it can hardly be.

    Args:
        number: The number.
        typed: How it stands in the cell.
        known: What the plan has there, in per cent; the number is believed where it is nearer to that as it is.
    """
    if "%" in typed or not 0 < abs(number) < 1:
        return ""
    if known and number * known > 0 and abs(log(number / known)) <= abs(log(number * PERCENT / known)):
        return ""
    return f"The cell holds {typed} as a bare number. If {number * PERCENT:.10g}% is meant, type it so."


def _given_result(book: PlanBook, part: IndicatorPart, typed: str) -> GivenValue:
    """What a cell says of a result, with the marks behind its figure; or of its state alone."""
    row = _row(book, part)
    if part.what == "state":
        state = STATES.get(fold(typed)) or ABSENCES.get(fold(typed)) or fold(typed)
        if state not in get_args(ResultState):
            return GivenValue(doubt=f"“{typed}” is no state of a result.")
        stands = row.state if row is not None else _of_parts(book, part).value
        return GivenValue((part, {"state": state}), state, same=stands == state)
    scale = scale_of(part.indicator.measure, part.indicator.grades) if part.what == "result" else None
    try:
        figure_typed = typed_figure.read(typed, scale)
    except ValueError as problem:
        return GivenValue(doubt=str(problem))
    if figure_typed.number is None:
        state = figure_typed.state or "not available"
        return GivenValue((part, {"state": state}), state, same=row is not None and row.state == state)
    column = _PARTS.get(part.what, "value")
    entry: dict[str, Any] = {column: figure_typed.number}
    if figure_typed.state:
        entry["state"] = figure_typed.state
    now = _of_parts(book, part).value if row is None else _of_result(part, row)[0]
    if scale is not None:
        same = now == scale.name(figure_typed.number)
    else:
        same = isinstance(now, int | float) and (same_number(now, figure_typed.number) or _rounded(row, now, typed))
    unlikely = ""
    if part.share and column == "value" and scale is None and not figure_typed.percent:
        unlikely = _share_of_one(figure_typed.number, typed, _near(part, now))
    return GivenValue((part, entry), typed, same=same, unlikely=unlikely)


def _near(part: IndicatorPart, now: EntryValue | None) -> float | None:
    """What a result in per cent should be near: the one that is there, else the target of its year."""
    if isinstance(now, int | float):
        return float(now)
    assert part.period is not None
    target = part.indicator.targets.get(year_of(part.period.last))
    return None if target is None else target.value


def _rounded(row: ResultRow | None, now: float, typed: str) -> bool:
    """Whether a figure that is made of two says no more than what a cell shows: 19.37 where it is 19.3686."""
    if row is not None and row.value is not None:
        return False
    digits = typed.strip(" %").partition(".")[2]
    return abs(float(typed.strip(" %").replace(",", "")) - now) <= _WITHIN * 10.0 ** -len(digits)
