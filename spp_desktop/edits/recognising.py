"""Which issue of which return a workbook is that came in, by what it says and by the plan's own record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spp_desktop.edits import known_returns
from spp_desktop.plan.removed import may_have_been
from spp_desktop.returns.answers import Table, find_tables
from spp_desktop.returns.catalogue import as_sent, every_return
from spp_desktop.returns.definition import Identity, PlanFacts, Return, apart
from spp_desktop.returns.intake import Received
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.store.exports import Export

CANDIDATES = 40
"""How many of the latest issues a file is tried against that has lost what it says of itself."""

NOT_OURS = (
    "{} is not a return made from this plan, so nothing was taken in. "
    "Send out a return, have it filled in, and take in that file."
)


FIGURES_GO = (
    "It looks like a table of figures: those come in with Import results… in the menu, "
    "or with “spp import-results” on the command line."
)

_FIGURES = 6
"""Cells with numbers on one sheet that make it look like a table of figures."""


def holds_figures(received: Received) -> bool:
    """Whether a workbook looks like a table of figures."""
    return any(
        sum(_is_figure(cell) for cells in sheet.rows.values() for cell in cells.values()) >= _FIGURES
        for sheet in received.sheets
    )


def _is_figure(cell: SheetCell) -> bool:
    """Whether a cell holds a number, as a number or as a .csv file does."""
    return cell.kind == "number" or (cell.kind == "text" and _NUMBER.fullmatch(str(cell.value).strip()) is not None)


_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?")


@dataclass(frozen=True)
class Issue:
    """An issue of a return that a workbook is, or may be.

    Attributes:
        definition: which return.
        identity: which issue of it.
        export: the plan's own record that it went out, if there is one.
        tables: where its tables stand in the workbook.
        notices: what is to be said about that.
    """

    definition: Return
    identity: Identity
    export: Export | None
    tables: Sequence[Table]
    notices: tuple[str, ...] = ()


def issue_named(plan: PlanFacts, received: Received, identity: Identity, export: Export | None) -> Issue:
    """The issue that a workbook says it is, as far as the plan's own record bears it out.

    Args:
        plan: What workbooks say of the plan.
        received: The workbook.
        identity: What it says.
        export: The record of that export, if the plan has it: it is believed over the file.

    Raises:
        ReturnRefused: if it is of another plan, of an unknown return, or has no table of that return.
    """
    if identity.plan != plan.key:
        other = f" “{identity.plan_title}”" if identity.plan_title else ""
        raise ReturnRefused(
            f"{received.called} belongs to another plan{other}, so nothing was taken in. Open that plan to take it in."
        )
    notice = "The plan has no record that this was sent out; what the file says about itself was used."
    if export is not None:
        recorded = replace(_recorded(plan, export), plan_title=identity.plan_title, head=identity.head)
        altered = "What the file says about itself was altered; the plan's own record was used instead."
        believed = (
            replace(identity, owner=recorded.owner) if may_have_been(recorded.owner, identity.owner) else identity
        )
        notice = altered if recorded != believed else ""
        identity = recorded
    definition = known_returns.among(plan.declared, identity.return_id, plan.roles)
    if definition is None:
        raise ReturnRefused(
            f"{received.called} is a return “{identity.return_id}”, which this version does not know. Update it."
        )
    of_its_time = export is not None or _of_its_time(definition, identity, plan)
    tables = find_tables(definition, plan, received) if of_its_time else ()
    if not tables:
        raise ReturnRefused(NOT_OURS.format(received.called))
    return Issue(definition, identity, export, tables, (notice,) * bool(notice))


def _of_its_time(definition: Return, identity: Identity, plan: PlanFacts) -> bool:
    """Whether what a file says of its year and period can be said of such a return."""
    known = identity.year in plan.kept or (definition.any_year and identity.year is not None)
    fits = known if definition.yearly else identity.year is None
    return fits and identity.period in definition.periods


def issues_fitting(plan: PlanFacts, received: Received, exports: Sequence[Export]) -> list[Issue]:
    """The issues that a workbook may be which has lost what it says of itself: those whose tables stand in it.

    ``exports`` are the plan's own records, the latest first.
    """
    fitting = {
        definition.id: (definition, tables)
        for definition in (*every_return(), *plan.declared)
        if (definition.form == "project") == (received.form == "project")
        and (tables := find_tables(definition, plan, received))
    }
    issues = []
    for export in [export for export in exports if apart(export.return_id).known in fitting][:CANDIDATES]:
        definition, tables = fitting[apart(export.return_id).known]
        issues.append(Issue(as_sent(definition, export.return_id, plan.roles), _recorded(plan, export), export, tables))
    return issues


def _recorded(plan: PlanFacts, export: Export) -> Identity:
    """What the plan's own record says of an issue."""
    return Identity(
        plan.key,
        export.id,
        export.return_id,
        export.revision,
        export.owner,
        export.year,
        plan.title,
        export.period,
        begins=export.begins,
    )
