"""The command that hands over a portfolio: what a post owns is another post's from a day on."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened, refuse
from spp_desktop.cli.options import day_option
from spp_desktop.edits import handing_over
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import owned_then, portfolios, queries
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


@app.command("hand-over")
def hand_over(
    plan: PlanFile,
    post: Annotated[str, typer.Argument(metavar="FROM", help="The post that has the portfolio.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="The post that is to have it.")],
    *,
    on: Annotated[
        str, typer.Option(metavar="DATE", help="The first day on which it is the other's; today if none.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why; with it the portfolio is handed over.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what a post owns from a day on; with --reason, hand it over to another post as one step.

    Years that ended before that day stay with whom they were, and each row keeps until when it was whose.
    """
    with opened(plan, writing=bool(reason)) as workspace:
        keys = _key(workspace, post), _key(workspace, to)
        today = workspace.read(queries.plan).today()
        day = day_option(on, year_of(today)) if on else today
        owned = workspace.read(owned_then.owned_from, keys[0], day)
        if keys[0] == keys[1]:
            refuse(handing_over.SAME)
        handing_over.demand_the_day_has_come(owned, day, today)
        workspace.read(handing_over.demand_it_was_theirs, owned, day)
        if reason and owned:
            label = f"hand over {counted(len(owned), 'row')} from {post} to {to}"
            try:
                workspace.edit(label, handing_over.hand_over, *keys, day, reason)
            except RuleBroken as refusal:
                refuse(str(refusal))
    if as_json:
        rows = [asdict(row) | {"since": row.since.isoformat() if row.since else None} for row in owned]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in owned:
        typer.echo(f"{row.table}  {row.words}  ({row.way})")
    deed = "Handed over" if reason else "Would be handed over"
    typer.echo(f"{deed} from {in_words(day)}: {counted(len(owned), 'row')}.", err=bool(owned))


def _key(workspace: Workspace, title: str) -> str:
    """The key of the post of this title, or the end of the program with those that there are."""
    posts = workspace.read(portfolios.posts)
    key = next((key for key, known in posts if fold(known) == fold(title)), "")
    return key or refuse(f"There is no post “{title}”. There are: {listed(known for _, known in posts)}.")
