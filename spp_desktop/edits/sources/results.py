"""Results in the return of a month, quarter or year, a kind of row for each thing that a figure may be made of."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits.sources import result_checks, result_rows, result_rules
from spp_desktop.edits.sources.result_rows import Bounds
from spp_desktop.edits.sources.source import (
    AcceptedCell,
    IssueScope,
    ListedIn,
    NewRow,
    Parts,
    PlanRow,
    Remark,
    RowSource,
)
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Measure, Target
from spp_desktop.plan.priorities import NoteUse
from spp_desktop.plan.results import Area, AreaPopulation, DefinitionVersion, Result
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Choices, PlanFacts, Value


@dataclass(frozen=True, eq=False)
class ResultSource(RowSource):
    """Results of a period, which need not be in the plan yet, of the indicators that are measured in some ways."""

    def rows(self, connection: Connection, fields: Collection[str], scope: IssueScope) -> Iterator[PlanRow]:
        """The results that are asked for of a month, quarter or year; with ``everyone``, all that could be."""
        del fields
        for key, row in result_rows.rows(connection, self.measures, scope).items():
            yield PlanRow(key, (row,))

    def areas(self, connection: Connection, scope: IssueScope) -> set[str]:
        """The areas of which any result is asked for."""
        asked = result_rows.rows(connection, self.measures, scope).values()
        return {row.area for row in asked} - {result_rows.WHOLE_FORCE}

    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a field."""
        return lambda parts: getattr(parts[0], name, None)

    def lists(self) -> Mapping[str, Choices]:
        """The states of a result."""
        return {"states of a result": Choices(tuple(result_rows.STATES), result_rows.STATES)}

    def listed_in(self, row: Mapping[str, Any], cell: str, scope: IssueScope) -> ListedIn | None:
        """A figure of the result that is asked for, or all of them."""
        del scope
        return ListedIn(result_rows.key_of_stored(row), [cell])

    def remarks(
        self, returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts, around: Any = None
    ) -> Sequence[Remark]:
        """Figures that can hardly be meant, and finals that would change."""
        del around
        remarks = result_checks.remarks(returned, now, self.measures, plan.today)
        return result_rules.with_rules(list(remarks), returned, now)

    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Enter the results of each period that returns are about."""
        periods: dict[Bounds, dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
        for cell in cells:
            if cell.scope.bounds is not None:
                periods[cell.scope.bounds][cell.key][cell.column] = cell.value
        for bounds, answered in periods.items():
            result_rows.take(session, bounds, answered)

    def lacks(self, values: Mapping[str, Value]) -> str:
        """A result that is written into an empty row says of which indicator and area it is, by its reference."""
        return "" if values.get("ref") else "reference"

    def add(self, session: Session, row: NewRow) -> None:
        """Enter a result that was written into an empty row: of what its reference names, in the return's period."""
        bounds, ref = row.scope.bounds, str(row.columns.get("ref", ""))
        key = result_rows.key_named(session.connection(), self.measures, row.scope, ref)
        if bounds is None or key is None:
            raise RuleBroken("ref", f"“{ref}” names no indicator that is asked for here. Refuse it, or type it in.")
        values = {name: value for name, value in row.columns.items() if name not in ("ref", "text")}
        result_rows.take(session, bounds, {key: values})


class StepSource(ResultSource):
    """Results that are steps of a scale, by their names."""

    def remarks(
        self, returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts, around: Any = None
    ) -> Sequence[Remark]:
        """Words that are none of the steps; and final results that would change."""
        del around
        wrong = _no_step(returned, now)
        if wrong:
            return [Remark("value", wrong, usable=False)]
        return list(result_checks.remarks(returned, now, self.measures, plan.today))


def _no_step(returned: Mapping[str, Value], now: Mapping[str, Value]) -> str:
    """Why what came back is none of the steps, as a sentence; "" if it is one, or nothing."""
    value, steps = returned.get("value"), str(now.get("steps") or "").split(result_rows.STEPS_APART)
    if value is None or str(value).casefold() in [step.casefold() for step in steps]:
        return ""
    return f"“{value}” is none of its grades. Choose from: {', '.join(steps)}."


def _results(name: str, *measures: Measure, kind: type[ResultSource] = ResultSource) -> ResultSource:
    return kind(
        name=name,
        measures=measures,
        word=Result.word,
        models=(
            Indicator,
            IndicatorGroup,
            Target,
            NoteUse,
            RowLink,
            PostInRole,
            Area,
            AreaPopulation,
            DefinitionVersion,
            Result,
        ),
        unset=frozenset({"ref", "text"}),
        takes_new=True,
        kept=Result,
    )


COUNTS = _results("counts", "count", "level")
RATES = _results("rates", "percentage", "rate")
SURVEYS = _results("surveys", "survey")
STEPS = _results("steps", "grade", "yes/no", kind=StepSource)
