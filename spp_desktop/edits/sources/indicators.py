"""Indicators in returns: what is measured, with its targets; and what the figures say of each, which is only told."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, get_args

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import performance
from spp_desktop.edits.sources import judged_rows, target_remarks
from spp_desktop.edits.sources.listed import SERVED_BY_INDICATORS, PostsAnswering
from spp_desktop.edits.sources.source import (
    AcceptedCell,
    IssueScope,
    ListedIn,
    NamedIn,
    Parts,
    PlanRow,
    Remark,
    RowSource,
)
from spp_desktop.edits.target_cells import around
from spp_desktop.edits.targets import KIND, TARGET, cell_name, year_of_cell
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.plan.identity import Plan, goes_on
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Polarity, Target
from spp_desktop.plan.priorities import NoteUse
from spp_desktop.plan.role_names import role_of
from spp_desktop.plan.roles import PostInRole
from spp_desktop.returns.definition import Choices, PlanFacts, Value
from spp_desktop.store import queries
from spp_desktop.store.plain import SERVES

_BETWEEN_GROUPS = " · "


class IndicatorSource(RowSource):
    """Indicators with their targets, in the order of their groups."""

    def rows(self, connection: Connection, fields: Collection[str], scope: IssueScope) -> Iterator[PlanRow]:
        """The indicators of the plan's own years; of everyone, those that ended before them, too."""
        first = queries.plan(connection).first_year
        standing = PostsAnswering.read(connection, "indicator", fields).standing
        served = SERVED_BY_INDICATORS.served(connection, fields, SERVES)
        for row in queries.indicators(connection):
            if not scope.everyone and not goes_on(row.last_year, first):
                continue
            yield PlanRow(row.key, (row, served.get(row.key, ()), standing.get(row.key, {})))

    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a field: a target as it was stated, the headings above an indicator, or a column."""
        if name.startswith(TARGET):
            year = year_of_cell(name)
            return lambda parts: str(parts[0].targets[year].stated) if year in parts[0].targets else None
        if name.startswith(KIND):
            of = year_of_cell(name)
            return lambda parts: KINDS[parts[0].targets[of].kind].title if of in parts[0].targets else None
        if name == SERVES:
            return lambda parts: parts[1]
        if role_of(name):
            return lambda parts: parts[2].get(name, ())
        if name == "group":
            return lambda parts: _BETWEEN_GROUPS.join(filter(None, (parts[0].group, parts[0].subgroup)))
        return lambda parts: getattr(parts[0], name, None)

    def lists(self) -> Mapping[str, Choices]:
        """Which way may be better, and how a target may be meant."""
        kinds = {words.title: words.judged for words in KINDS.values()}
        return {"polarities": Choices(get_args(Polarity)), "kinds of target": Choices(tuple(kinds), kinds)}

    def around(self, connection: Connection) -> Mapping[str, Any]:
        """What the targets of each indicator are set for."""
        return around(connection)

    def listed_in(self, row: Mapping[str, Any], cell: str, scope: IssueScope) -> ListedIn | None:
        """A target of an indicator, and how it is meant."""
        del cell, scope
        return ListedIn(str(row["indicator_id"]), [cell_name(part, row["year"]) for part in (TARGET, KIND)])

    def remarks(
        self, returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts, around: Any = None
    ) -> Sequence[Remark]:
        """Targets that cannot be read, or may mean several things, and those that are changed only for a reason."""
        del plan
        return [] if around is None else list(target_remarks.remarks(returned, now, around))

    def refusal(self, connection: Connection, key: str, cells: Mapping[str, Value]) -> tuple[str, str]:
        """Why a target cannot be accepted as it is, or not without a reason."""
        known = around(connection, key).get(key)
        return ("", "") if known is None else target_remarks.refusal(cells, known)

    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Set cells of indicators, their targets among them; a reason without a change is passed over."""
        by_key: dict[str, dict[str, Any]] = {}
        for cell in cells:
            by_key.setdefault(cell.key, {})[cell.column] = cell.value
        for key, values in by_key.items():
            reason = str(values.pop("reason", None) or "")
            performance.set_cells(session, [(key, name, value) for name, value in values.items()], reason)


class JudgementSource(IndicatorSource):
    """Indicators with what the figures say of each."""

    def told(self, connection: Connection) -> Mapping[str, Mapping[str, Value]]:
        """The judgement of each indicator for the force on the plan's day."""
        return judged_rows.told(connection)


_MODELS = (Indicator, IndicatorGroup, Target, NoteUse, RowLink, PostInRole, Plan)

INDICATORS = IndicatorSource(
    name="indicators",
    word=Indicator.word,
    models=_MODELS,
    names={SERVES: NamedIn(SERVES, SERVED_BY_INDICATORS)},
    unset=frozenset({"group"}),
    empties={"unit": "", "population": "", "source": "", SERVES: ()},
    kept=Target,
)
JUDGEMENTS = JudgementSource(name="judgements", word=Indicator.word, models=_MODELS, unset=frozenset({"ref", "title"}))
