"""The command that closes a year of a plan, or reopens it for a reason."""

import json
from typing import Annotated

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened, refuse
from spp_desktop.cli.options import year_option
from spp_desktop.edits import closed_years as closing
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.periods import year_name
from spp_desktop.store import closed_years, queries
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


@app.command("close-year")
def close_year_command(
    plan: PlanFile,
    year: Annotated[str, typer.Argument(help="The year, such as 2008-2009; all are listed if not given.")] = "",
    *,
    reopen: Annotated[str | None, typer.Option("--reopen", metavar="REASON", help="Reopen it, and say why.")] = None,
    without_periods: Annotated[
        bool, typer.Option("--without-periods", help="Close it although it has no reporting period.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who sees to it; you if not given.")] = "",
    as_json: AsJson = False,
) -> None:
    """Close a year whose reporting periods are all locked, or reopen it; without a year print which are closed."""
    if not year and (reopen is not None or without_periods or by):
        refuse("Say which year is meant, such as 2008-2009. Nothing was changed.")
    if reopen is not None and without_periods:
        refuse("--reopen and --without-periods do not go together. Nothing was changed.")
    with opened(plan, writing=bool(year)) as workspace:
        if year:
            typer.echo(_done(workspace, year_option(year), reopen, by, without_periods=without_periods), err=as_json)
        known = workspace.read(closed_years.every)
        years = sorted({*workspace.read(lambda connection: years_kept(queries.plan(connection))), *known})
    told = [
        {
            "year": year_name(each),
            "closed": each in known and known[each].closed,
            "since": known[each].since.isoformat() if each in known else None,
            "by": known[each].by if each in known else "",
            "reason": known[each].reason if each in known else "",
        }
        for each in years
    ]
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not year:
        for each in years:
            typer.echo(f"{year_name(each)}  {closed_years.in_words(known.get(each))}")


def _done(workspace: Workspace, year: int, reason: str | None, by: str, *, without_periods: bool) -> str:
    """Close or reopen a year, and say what was done."""
    name = year_name(year)
    if reason is not None:
        workspace.edit(f"reopen {name}", closing.reopen_year, year, reason, by)
        return f"{name} is reopened."
    workspace.edit(f"close {name}", closing.close_year, year, by, without_periods=without_periods)
    return f"{name} is closed; what belongs to it changes only once it is reopened for a reason."
