"""Series of results to judge: short to write down, with the worked year of robberies among them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from spp_desktop.figures.judging.series import Measured, Reading, Series
from spp_desktop.figures.targets import stated as targets
from spp_desktop.figures.targets.reading import read
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import month_end, months, quarter_end, quarter_start, year_end, year_start

LAST_YEAR = [410, 395, 388, 402, 399, 420, 455, 470, 430, 380, 360, 391]
SO_FAR = [398, 380, 371, 390, 396, 401]
OCTOBER = date(2008, 10, 31)

Value = float | tuple[float, float] | None


def month(year: int, at: int, value: Value, **more: Any) -> Reading:
    """A month of a financial year, 0 for April; a pair is what is counted and what it is counted of, in per cent."""
    first = months(year_start(year), year_end(year))[at]
    return over(first, month_end(first), value, **more)


def over(first: date, last: date, value: Value, **more: Any) -> Reading:
    """A result of any period."""
    if isinstance(value, tuple):
        counted, of = value
        return Reading(first, last, 100 * counted / of, counted, of, **more)
    state = "not available" if value is None else "final"
    return Reading(first, last, value, **{"state": state, **more})


def by_month(year: int, values: Iterable[Value], **more: Any) -> list[Reading]:
    """Months from April on; ``None`` is not available."""
    return [month(year, at, value, **more) for at, value in enumerate(values)]


def by_quarter(year: int, values: Iterable[Value], **more: Any) -> list[Reading]:
    """Quarters from April to June on."""
    return [over(quarter_start(year, at), quarter_end(year, at), value, **more) for at, value in enumerate(values, 1)]


def aims(better: str = "lower", kind: TargetKind | None = None, **stated: str) -> Mapping[int | None, targets.Stated]:
    """Targets as a person types them, by year: ``y2008="4%"``, ``plan="10%"``."""
    return {None if name == "plan" else int(name[1:]): _typed(text, better, kind) for name, text in stated.items()}


def _typed(text: str, better: str, kind: TargetKind | None) -> targets.Stated:
    return read(text, targets.Subject(better), kind)  # type: ignore[arg-type] # a polarity


def made(readings: Iterable[Reading] = (), series: Mapping[str, Any] | None = None, **indicator: Any) -> Series:
    """A series of counts, lower being better, with what is said of it and of its indicator."""
    held = {"unit": "robberies", "polarity": "lower", "measure": "count", **indicator}
    return Series(Measured(**held), readings=tuple(readings), **(series or {}))


def robberies(**indicator: Any) -> Series:
    """The worked year: last year's months, this year's to September, 4% less aimed at, by last year's profile."""
    held = {"trajectory": "last year's profile", "targets": aims(y2008="4%"), **indicator}
    return made([*by_month(2007, LAST_YEAR), *by_month(2008, SO_FAR)], **held)
