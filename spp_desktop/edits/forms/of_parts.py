"""The figure of a year or a quarter in a form, made of its months or quarters where each of them has one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.figures.exact import exact
from spp_desktop.figures.judging.series import STANDALONE, Reading, is_pooled, together, total
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import NO_FIGURE, figure
from spp_desktop.plan.words import Word
from spp_desktop.returns.period_text import Period
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import ResultRow

NO_RESULT = "There is no result yet."
_OF_A_QUARTER = 3
_MONTHS, _QUARTERS = Word("month", "months"), Word("quarter", "quarters")
_SAID_OF = {"counted": "numerator", "counted of": "denominator", "answers": "sample_size"}


class OfParts(NamedTuple):
    """What the parts of a period come to.

    Attributes:
        value: the figure, or the state of it; ``None`` where there is none.
        told: of what it is made, or why there is none, in a sentence.
    """

    value: float | str | None
    told: str


def of_parts(book: PlanBook, own: IndicatorRow, place: tuple[str, str], period: Period, what: str) -> OfParts:
    """What is asked of a period that has no result of its own, by those of its months, else of its quarters.

    Args:
        book: The plan.
        own: The indicator.
        place: The key of the area, "" for the force, and the population.
        period: The period.
        what: "result", "counted", "counted of", "answers" or "state".
    """
    told = NO_RESULT
    for word, spans in _spans(period):
        rows = [book.result(own.key, *place, (span.first, span.last)) for span in spans]
        figures = [row for row in rows if row is not None and row.state not in NO_FIGURE]
        if len(figures) < len(spans):
            if figures and told == NO_RESULT:
                told = f"There is no result yet: {len(figures)} of {word.counted(len(spans))} have one."
            continue
        if own.measure in STANDALONE:
            return OfParts(None, f"There is no result yet; those of its {word.plural} stand for themselves.")
        value = _come_to(own, figures, what)
        if value is None:
            return OfParts(None, f"There is no result yet, and those of its {word.plural} do not make one.")
        provisional = any(row.state == "provisional" for row in figures)
        some = ", of which some are provisional" if provisional and what != "state" else ""
        return OfParts(value, f"Made of its {word.counted(len(figures))}{some}.")
    return OfParts(None, told)


def _spans(period: Period) -> Iterator[tuple[Word, Sequence[Period]]]:
    """The months of a period, and its quarters; none where it does not go by months, or is no longer than one."""
    begins = months(period.first, period.last)
    if period.first.day != 1 or month_end(period.last) != period.last or len(begins) < _OF_A_QUARTER:
        return
    yield _MONTHS, [Period(day, month_end(day)) for day in begins]
    if len(begins) % _OF_A_QUARTER == 0 and len(begins) > _OF_A_QUARTER:
        ends = begins[_OF_A_QUARTER - 1 :: _OF_A_QUARTER]
        yield (
            _QUARTERS,
            [Period(first, month_end(last)) for first, last in zip(begins[::_OF_A_QUARTER], ends, strict=True)],
        )


def _come_to(own: IndicatorRow, rows: Sequence[ResultRow], what: str) -> float | str | None:
    """What results come to: added, pooled, or the state of what they make."""
    if what == "state":
        return "provisional" if any(row.state == "provisional" for row in rows) else "final"
    if what in _SAID_OF:
        values = [getattr(row, _SAID_OF[what]) for row in rows]
        if any(value is None for value in values):
            return None
        # A rate's population is the same people in each part of a year.
        share = len(values) if own.measure == "rate" and what == "counted of" else 1
        return float(total([exact(value) for value in values]) / share)
    readings = [
        Reading(
            row.period_from, row.period_to, figure(own.measure, own.per, row.value, row.numerator, row.denominator),
            row.numerator, row.denominator, row.sample_size, row.design_effect, row.state,
        )
        for row in rows
    ]  # fmt: skip
    whole = together(own.measure, own.per, readings) if is_pooled(own.measure, readings) else None
    return None if whole is None else float(whole)
