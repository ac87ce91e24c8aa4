"""What seems to belong into a cell of a form, by the labels around it: proposed to a person, never filled by itself."""

from collections.abc import Iterable, Iterator, Sequence

from spp_desktop.edits.forms.of_indicators import period_named
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.value import NamedValue
from spp_desktop.edits.forms.values import value_named
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import (
    period_kind,
    quarter_name,
    quarter_of,
    year_name,
    year_of,
)
from spp_desktop.plan.register import Register
from spp_desktop.plan.rows import heading_of
from spp_desktop.returns.cell_places import CellPlace
from spp_desktop.returns.forms.labels import ALIKE, SheetLabels, likeness
from spp_desktop.returns.period_text import Period
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.measured import FORCE

_FACTS = (
    ("plan: force", ("force", "name of force", "police force", "police area")),
    ("plan: force code", ("force code", "code of force", "police force code")),
    ("plan: title", ("plan", "title of the plan")),
    ("plan: period", ("plan period",)),
    ("plan: today", ("date", "date completed", "completed on", "date of return")),
)
"""What labels ask for that stand alone, by the fact of the plan that answers them."""
_WHOLE_PLAN = ("3 year target", "three year target", "target over the plan", "plan target")
_MOST_ROWS = 2_000


def proposals(book: PlanBook, labels: SheetLabels, place: CellPlace) -> list[NamedValue]:
    """What seems to belong into a cell, the likeliest first."""
    rows, headings = labels.row_labels(place), labels.headings(place)
    part = labels.part(place, apart=True)
    around = (*rows, *headings, *((part,) if part else ()))
    if not around:
        return []
    names = [
        *_of_indicators(book, around),
        *_of_registers(book, around),
        *_of_facts(rows[-1:] if rows else headings[-1:]),
    ]
    return [NamedValue(name, value_named(book, name).title) for name in dict.fromkeys(names)]


def _of_facts(labels: Iterable[str]) -> Iterator[str]:
    for label in labels:
        for name, asked in _FACTS:
            if max(likeness(label, text) for text in asked) >= ALIKE:
                yield name


def _of_indicators(book: PlanBook, around: Sequence[str]) -> Iterator[str]:
    """Results and targets of the indicator that is named, in the period that is named."""
    rated = [
        (max(max(likeness(label, row.title), float(fold(label) == fold(row.ref))) for label in around), row)
        for row in book.indicators.values()
    ]
    best = max((rate for rate, _ in rated), default=0.0)
    if best < ALIKE:
        return
    period = next(filter(None, map(_period, reversed(around))), None)
    area = next((label for label in around if book.areas.get(fold(label), FORCE) != FORCE), "")
    in_area = f" in {area}" if area else ""
    target = any("target" in fold(label) for label in around)
    over_plan = any(likeness(label, text) >= ALIKE for label in around for text in _WHOLE_PLAN)
    for rate, row in rated:
        if rate < best:
            continue
        if over_plan:
            yield from _target(row, None)
        if target and period is not None:
            yield from _target(row, year_of(period.last))
        if period is not None:
            yield f"indicator {row.ref}: result {period_text(period)}{in_area}"
        if any(fold(label) in ("unit", "units") for label in around):
            yield f"indicator {row.ref}: unit"


def _target(row: IndicatorRow, year: int | None) -> Iterator[str]:
    """A target, and the same as it is stated where it has words beside its number."""
    of = year_name(year) if year is not None else "over the plan"
    yield f"indicator {row.ref}: target {of}"
    target = row.targets.get(year)
    if target is not None and any(letter not in "0123456789.," for letter in target.stated):
        yield f"indicator {row.ref}: target as stated {of}"


def _period(label: str) -> Period | None:
    """The period that a label names, whatever else it says."""
    words = label.split()
    for length in range(len(words), 0, -1):
        for begin in range(len(words) - length + 1):
            text = " ".join(words[begin : begin + length]).strip(" ,;:()")
            if any(letter.isdigit() for letter in text) and len(text) >= _SHORTEST:
                period = period_named(text)
                if isinstance(period, Period):
                    return period
    return None


_SHORTEST = 4


def period_text(period: Period) -> str:
    """A period as names of results have it: "2008-2009", "2008-2009 Q2", "April 2008"."""
    kind = period_kind(period.first, period.last)
    if kind == "year":
        return year_name(year_of(period.last))
    if kind == "quarter":
        return f"{year_name(year_of(period.last))} {quarter_name(quarter_of(period.last))}"
    if kind == "month":
        return f"{period.first:%B} {period.first.year}"
    return f"{period.first:%d/%m/%Y} to {period.last:%d/%m/%Y}"


def _of_registers(book: PlanBook, around: Sequence[str]) -> Iterator[str]:
    """Columns of the row of a register that is named."""
    for register in book.registers.values():
        parts = list(_columns(register, around))
        if not parts:
            continue
        for row in book.rows(register)[:_MOST_ROWS]:
            called = book.called(register, row)
            words = [
                called,
                *(str(row.values[name]) for name in (register.text, "title", "text") if row.values.get(name)),
            ]
            if any(fold(label) == fold(text) or likeness(label, text) > _SURE for label in around for text in words):
                for part in parts:
                    yield f"{register.word.singular} {called}: {part}"


_SURE = 0.9


def _columns(register: Register, around: Sequence[str]) -> Iterator[str]:
    """The columns that a label names."""
    for name in register.names:
        heading = register.heading(name)
        if name not in register.naming() and any(likeness(label, heading) >= ALIKE for label in around):
            yield heading.lower()
    if register.yearly is not None:
        years = [year_of(period.last) for period in filter(None, map(_period, around))]
        for name in register.yearly.names:
            heading = heading_of(register.yearly.model, name)
            if years and any(fold(heading) in fold(label) for label in around):
                yield f"{heading.lower()} {year_name(years[-1])}"
