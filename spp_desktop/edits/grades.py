"""Indicators whose results are no numbers: their grades, and what may not become of results in them."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from spp_desktop.figures.scale import SCALED
from spp_desktop.plan.performance import Indicator, Measure, grades_of
from spp_desktop.plan.results import Result
from spp_desktop.plan.rules import RuleBroken

_FEWEST = 2


def demand_grades(measure: Measure, grades: str) -> None:
    """See that the grades of an indicator are at least two, each once, if there are any yet.

    Raises:
        RuleBroken: where they are not.
    """
    known = [grade.casefold() for grade in grades_of(grades)]
    if measure == "grade" and known and (len(known) < _FEWEST or len(set(known)) < len(known)):
        advice = "Write its grades, each once and the best first: Outstanding; Good; Requires improvement; Inadequate."
        raise RuleBroken("grades", advice)


def demand_fitting_results(session: Session, indicator: Indicator, before: Mapping[str, Any]) -> None:
    """See that results keep their meaning: a result in grades is the number of its step, counted from the worst.

    Raises:
        RuleBroken: where they would not.
    """
    if session.exec(select(Result.id).where(Result.indicator_id == indicator.id).limit(1)).first() is None:
        return
    if indicator.measure != before["measure"] and SCALED & {indicator.measure, before["measure"]}:
        raise RuleBroken(
            "measure", f"{indicator.ref} has results, which would then mean something else. Clear them first."
        )
    was, now = grades_of(before["grades"]), grades_of(indicator.grades)
    added = now[: len(was)] == was
    renamed = len(now) == len(was) and not any(
        old != new and (old in now or new in was) for old, new in zip(was, now, strict=True)
    )
    if indicator.measure == "grade" and not added and not renamed:
        raise RuleBroken(
            "grades",
            f"{indicator.ref} has results in these grades. They may be renamed, and better ones be put before them.",
        )
