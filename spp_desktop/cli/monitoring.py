"""The commands on how delivery is monitored: reporting periods, what has slipped."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import ASK, DONE, AsJson, PlanFile, opened, refuse
from spp_desktop.cli.options import day_option, year_option
from spp_desktop.edits import reporting_periods
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_of
from spp_desktop.store import monitored, queries, slipped
from spp_desktop.store.monitored import MoveRow, PeriodRow
from spp_desktop.store.slipped import SlippedRow
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

_NAME = "PERIOD"


@app.command()
def periods(
    plan: PlanFile,
    *,
    make: Annotated[
        bool, typer.Option("--make", help="Make the periods of the plan's years as its rule says.")
    ] = False,
    open_: Annotated[str, typer.Option("--open", metavar=_NAME, help="Ask for answers for a period.")] = "",
    close: Annotated[str, typer.Option("--close", metavar=_NAME, help="Close it: every activity has its row.")] = "",
    lock: Annotated[str, typer.Option("--lock", metavar=_NAME, help="Lock it: nothing of it changes.")] = "",
    reopen: Annotated[str, typer.Option("--reopen", metavar=_NAME, help="Reopen a locked one; say --reason.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is reopened.")] = "",
    by: Annotated[str, typer.Option(help="Who sees to it; you if not given.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print the reporting periods with how far each is signed off; or make, open, close, lock or reopen one."""
    deeds = {"open": open_, "close": close, "lock": lock, "reopen": reopen}
    asked = [(deed, name) for deed, name in deeds.items() if name]
    if len(asked) > 1:
        refuse("Say one of --open, --close, --lock and --reopen at a time. Nothing was changed.")
    if reason and not reopen:
        refuse("--reason says why a period is reopened: say --reopen with its name. Nothing was changed.")
    if by and not asked:
        refuse("--by says who opens, closes, locks or reopens a period: say which. Nothing was changed.")
    with opened(plan, writing=make or bool(asked)) as workspace:
        if make:
            made = workspace.edit("make the reporting periods", reporting_periods.make_periods)
            typer.echo(f"Made: {len(made)}.", err=as_json)
        for deed, name in asked:
            typer.echo(_done(workspace, deed, _named(workspace, name), reason, by), err=as_json)
        rows = workspace.read(monitored.periods)
        told = [_as_data(workspace, row) for row in rows]
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not rows:
        typer.echo("The plan has no reporting periods. Make them with --make.")
    for each in () if as_json or asked else told:
        typer.echo(_in_words(each))


def _named(workspace: Workspace, name: str) -> PeriodRow:
    """The period that is named, or the end of the program with those that there are."""
    rows = workspace.read(monitored.periods)
    period = monitored.period_named(rows, name)
    if period is None:
        known = ", ".join(row.title for row in rows) or "none; make them with --make"
        refuse(f"There is no reporting period “{name}”. Nothing was changed. There are: {known}.")
    return period


def _done(workspace: Workspace, deed: str, period: PeriodRow, reason: str, by: str) -> str:
    """Do something with a period, and say what was done."""
    title = period.title
    if deed == "reopen":
        workspace.edit(f"reopen {title}", reporting_periods.reopen_period, period.key, reason, by)
        return f"{title} is reopened."
    if deed == "close":
        made = workspace.edit(f"close {title}", reporting_periods.close_period, period.key, by)
        return f"{title} is closed; rows were kept for {made} activities of which nothing was said."
    verbs: dict[str, tuple[Callable[..., None], str]] = {
        "open": (reporting_periods.open_period, "open"),
        "lock": (reporting_periods.lock_period, "locked"),
    }
    verb, now = verbs[deed]
    workspace.edit(f"{deed} {title}", verb, period.key, by)
    return f"{title} is {now}."


def _as_data(workspace: Workspace, row: PeriodRow) -> dict[str, Any]:
    states = Counter(report.state for report in workspace.read(monitored.reports, row.key))
    return {
        "period": row.title,
        "key": row.key,
        "from": row.starts.isoformat(),
        "to": row.ends.isoformat(),
        "state": row.state,
        "since": row.state_on and row.state_on.isoformat(),
        "by": row.state_by,
        "reason": row.reason,
        "reports": {state: states[state] for state in ("being written", "sent back", "submitted", "accepted")},
    }


def _in_words(each: dict[str, Any]) -> str:
    counts = ", ".join(f"{count} {state}" for state, count in each["reports"].items() if count)
    reason = f" (reopened: {each['reason']})" if each["reason"] else ""
    return f"{each['period']:14}  {each['from']} to {each['to']}  {each['state']:8}{counts and f'  {counts}'}{reason}"


@app.command("slipped")
def slipped_command(
    plan: PlanFile,
    *,
    year: Annotated[str, typer.Option(help="The year, such as 2008-2009; all if not given.")] = "",
    since: Annotated[str, typer.Option(help="Only what was moved on this day or after it.")] = "",
    period: Annotated[str, typer.Option(metavar=_NAME, help="Only what was moved in this period or after it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print which activities and milestones have slipped: how often, how far, and why.

    The exit status is 1 if a move waits for the approval that the plan asks for.
    """
    with opened(plan) as workspace:
        today = workspace.read(queries.plan).today()
        first = day_option(since, year_of(today)) if since else None
        if period:
            first = _named(workspace, period).starts
        rows = workspace.read(slipped.slipped, year_option(year) if year else None, first)
        approved = workspace.read(monitored.delivery_rule).moves_approved
    if as_json:
        typer.echo(json.dumps([_slip_as_data(row, approved=approved) for row in rows], ensure_ascii=False, indent=2))
    elif not rows:
        typer.echo("Nothing has slipped.")
    for row in () if as_json else rows:
        what = f"milestone “{row.name}”" if row.table == "milestone" else row.name.rstrip(".")
        typer.echo(f"{row.ref}  {what}: {row.slip.sentence}")
        for move in row.moves:
            typer.echo(f"      {_move_in_words(move)}")
    raise typer.Exit(ASK if any(row.waiting(approved=approved) for row in rows) else DONE)


def _move_in_words(move: MoveRow) -> str:
    to = "taken away" if move.now is None else f"to {short_day(move.now)}"
    why = f": {move.reason}" if move.reason else ""
    approved = f" (approved by {move.approved_by})" if move.approved_by else ""
    return f"{move.which} {short_day(move.was)} {to}, {short_day(move.moved_on)} by {move.moved_by}{why}{approved}"


def _slip_as_data(row: SlippedRow, *, approved: bool) -> dict[str, Any]:
    waiting = {move.key for move in row.waiting(approved=approved)}
    return {
        "table": row.table,
        "key": row.key,
        "ref": row.ref,
        "name": row.name,
        "baseline": row.slip.baseline and row.slip.baseline.isoformat(),
        "expected": row.slip.expected and row.slip.expected.isoformat(),
        "times": row.slip.times,
        "days": row.slip.days,
        "sentence": row.slip.sentence,
        "moves": [
            {
                "date": move.which,
                "was": move.was.isoformat(),
                "now": move.now and move.now.isoformat(),
                "on": move.moved_on.isoformat(),
                "by": move.moved_by,
                "reason": move.reason,
                "approved_by": move.approved_by,
                "waits_for_approval": move.key in waiting,
            }
            for move in row.moves
        ],
    }
