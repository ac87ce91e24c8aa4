"""The command on small numbers of persons: how each table of a public edition shows them, and the exceptions."""

from typing import Annotated

import typer

from spp_desktop.cli.ending import PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.edits import small_numbers
from spp_desktop.edits.small_numbers import BY_AREA, CountsTable
from spp_desktop.plan.disclosures import SmallNumbersMethod
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


@app.command(name="small-numbers")
def small_numbers_command(
    plan: PlanFile,
    *,
    indicator: Annotated[str, typer.Option(help="The indicator whose results are meant, by its reference.")] = "",
    by_area: Annotated[
        bool, typer.Option("--by-area", help="Results by area alone: of the indicator, or of all indicators.")
    ] = False,
    column: Annotated[str, typer.Option(help="The column that is meant instead, such as strength.female.")] = "",
    suppress: Annotated[int | None, typer.Option(metavar="N", min=1, help="Show what is under N as [c].")] = None,
    to: Annotated[int | None, typer.Option("--round", metavar="N", min=1, help="Round to multiples of N.")] = None,
    leave: Annotated[bool, typer.Option("--leave", help="No persons are counted: show numbers as they are.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Take back what was said of the table.")] = False,
    show: Annotated[
        str, typer.Option(metavar="CELL", help="Show one small number all the same, such as “April 2008, Walsall”.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why it is shown.")] = "",
    by: Annotated[str, typer.Option(help="Who decides it: a post, or a name. It is printed in the edition.")] = "",
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Say how small numbers of persons are shown in the public edition; without more, list what was said."""
    wanted = [bool(suppress), bool(to), leave, forget, bool(show)]
    if reason and not show:
        refuse("--reason says why one small number is shown: name it by --show. Nothing was changed.")
    if by and not any(wanted):
        refuse("--by says who decides: say what, by --suppress, --round, --leave, --forget or --show.")
    with opened(plan, writing=any(wanted), take_over=take_over, yes=yes) as workspace:
        if not any(wanted):
            for line in workspace.read(small_numbers.rules_in_words):
                typer.echo(line)
            return
        if sum(wanted) > 1:
            refuse("Say one of --suppress, --round, --leave, --forget and --show. Nothing was changed.")
        table = _table(workspace, indicator, column, by_area=by_area)
        if forget:
            workspace.edit("take back what was said of small numbers", small_numbers.forget_small_numbers, table)
        elif show:
            label = f"show a small number: {show}"
            workspace.edit(label, small_numbers.show_as_it_is, table, show, reason, by)
        else:
            method: SmallNumbersMethod = "suppress" if suppress else "round" if to else "leave"
            label = "say how small numbers are shown"
            workspace.edit(label, small_numbers.set_small_numbers, table, method, suppress or to or 0, by)
        for line in workspace.read(small_numbers.rules_in_words):
            typer.echo(line)


def _table(workspace: Workspace, indicator: str, column: str, *, by_area: bool) -> CountsTable:
    """The table that is meant; a name that the plan does not have ends the program."""
    if column.strip():
        return CountsTable(column=column.strip())
    if not indicator.strip() and by_area:
        return CountsTable(column=BY_AREA)
    if not indicator.strip():
        refuse("Say which table: --indicator, --by-area or --column. Nothing was changed.")
    wanted = indicator.strip().casefold()
    known = {row.ref.casefold(): row.key for row in workspace.read(queries.indicators)}
    if wanted not in known:
        refuse(f"The plan has no indicator {quoted(indicator)}. Nothing was changed.")
    return CountsTable(known[wanted], BY_AREA if by_area else "")
