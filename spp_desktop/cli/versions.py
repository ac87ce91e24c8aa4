"""The command on a plan's way: its versions, and moving it on to a state."""

import json
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.cli.options import day_option
from spp_desktop.edits import versions as moving
from spp_desktop.plan.kinds.spelling import caseless, quoted
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.posts import Post
from spp_desktop.plan.words import listed
from spp_desktop.store import locks, queries, versions
from spp_desktop.store.versions import StateRow, VersionRow
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


@app.command(name="versions")
def list_versions(
    plan: PlanFile,
    *,
    move_on: Annotated[str, typer.Option(metavar="STATE", help="Move the plan on to this state first.")] = "",
    by: Annotated[str, typer.Option(help="Who signed it; you if not given.")] = "",
    post: Annotated[str, typer.Option("--as", metavar="POST", help="The post for which it was signed.")] = "",
    on: Annotated[str, typer.Option(help="The day, such as 2008-03-14; today if not given.")] = "",
    note: Annotated[str, typer.Option(help="What is to be said of it.")] = "",
    take_over: TakeOver = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """List a plan's versions: the states it came to, each numbered, dated and signed; or move it on to the next.

    Who may move it on is the plan's own list, which is no lock: where another signs, that is said and noted.
    """
    if not move_on and any((by, post, on, note)):
        refuse("Who, when and why are said of a move: name the state by --move-on STATE.")
    with opened(plan, writing=bool(move_on), take_over=take_over, yes=yes) as workspace:
        if move_on:
            today = workspace.read(queries.plan).today()
            day = day_option(on, year_of(today)) if on else today
            state, key = _state(workspace, move_on), _post(workspace, post) if post else None
            signed = (day, by or locks.author())
            workspace.edit(
                f"move the plan on to {state.title}", moving.move_on, state.key, *signed, post=key, note=note
            )
            if otherwise := versions.signed_otherwise(state, key, post):
                typer.echo(f"{otherwise} Its note says so.", err=True)
        known = workspace.read(versions.versions)
    if as_json:
        typer.echo(json.dumps([_as_data(row) for row in known], ensure_ascii=False, indent=1))
    elif not known:
        typer.echo("The plan has no version yet: move it on to a state by --move-on.")
    for row in () if as_json else known:
        typer.echo(_in_words(row))


def _state(workspace: Workspace, name: str) -> StateRow:
    known = workspace.read(versions.states)
    state = next((each for each in known if caseless(each.title) == caseless(name.strip())), None)
    titles = listed(each.title for each in known) or "none"
    return state or refuse(f"{quoted(name)} is no state of this plan. Its list has {titles}.")


def _post(workspace: Workspace, name: str) -> str:
    posts = workspace.read(queries.register, Post)
    key = next((str(row.id) for row in posts if caseless(row.title) == caseless(name.strip())), "")
    return key or refuse(f"{quoted(name)} is no post of this plan; its posts are listed in Plan > Lists….")


def _in_words(row: VersionRow) -> str:
    signed_as = f", {row.post}" if row.post else ""
    note = f"\n      {row.note}" if row.note else ""
    return f"{row.number:4}  {row.state}: {row.dated:%d/%m/%Y}, signed by {row.signed_by}{signed_as}{note}"


def _as_data(row: VersionRow) -> dict[str, Any]:
    return {
        "number": row.number, "state": row.state, "issues": row.issues, "dated": row.dated.isoformat(),
        "signed_by": row.signed_by, "as": row.post or None, "note": row.note, "revision": row.revision,
    }  # fmt: skip
