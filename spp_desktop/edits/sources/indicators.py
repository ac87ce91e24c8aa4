"""Indicators in returns: what is measured, with its targets; and what the figures say of each, which is only told."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import get_args

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import performance
from spp_desktop.edits.performance import TARGET, WHOLE_PLAN
from spp_desktop.edits.sources import judged_rows
from spp_desktop.edits.sources.source import AcceptedCell, IssueScope, Parts, PlanRow, RowSource
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Polarity, Target
from spp_desktop.plan.priorities import NoteUse
from spp_desktop.returns.definition import Choices, Value
from spp_desktop.store import queries

_BETWEEN_GROUPS = " · "


class IndicatorSource(RowSource):
    """Indicators with their targets, in the order of their groups."""

    def rows(self, connection: Connection, fields: Collection[str], scope: IssueScope) -> Iterator[PlanRow]:
        """All indicators of the plan."""
        del fields, scope
        for row in queries.indicators(connection):
            yield PlanRow(row.key, (row,))

    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a field: a target as it was stated, the headings above an indicator, or a column."""
        if name.startswith(TARGET):
            when = name.removeprefix(TARGET)
            year = None if when == WHOLE_PLAN else int(when)
            return lambda parts: str(parts[0].targets[year].stated) if year in parts[0].targets else None
        if name == "group":
            return lambda parts: _BETWEEN_GROUPS.join(filter(None, (parts[0].group, parts[0].subgroup)))
        return lambda parts: getattr(parts[0], name, None)

    def lists(self) -> Mapping[str, Choices]:
        """Which way may be better."""
        return {"polarities": Choices(get_args(Polarity))}

    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Set cells of indicators, their targets among them."""
        performance.set_cells(session, [(cell.key, cell.column, cell.value) for cell in cells])


class JudgementSource(IndicatorSource):
    """Indicators with what the figures say of each."""

    def told(self, connection: Connection) -> Mapping[str, Mapping[str, Value]]:
        """The judgement of each indicator for the force on the plan's day."""
        return judged_rows.told(connection)


_MODELS = (Indicator, IndicatorGroup, Target, NoteUse)

INDICATORS = IndicatorSource(
    name="indicators",
    word=Indicator.word,
    models=_MODELS,
    unset=frozenset({"group"}),
    empties={"unit": "", "population": "", "source": ""},
)
JUDGEMENTS = JudgementSource(name="judgements", word=Indicator.word, models=_MODELS, unset=frozenset({"ref", "title"}))
