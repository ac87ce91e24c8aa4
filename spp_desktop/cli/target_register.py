"""The command that prints the register of targets: each change with what it was, since when, by whom and why."""

import json
from dataclasses import asdict

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store.target_changes import target_changes

app = typer.Typer()


@app.command("target-changes")
def print_target_changes(plan: PlanFile, *, as_json: AsJson = False) -> None:
    """List the targets that have changed since they were in force: old, new, since when, why, by whom, who agreed."""
    with opened(plan) as workspace:
        changes = workspace.read(target_changes)
    if as_json:
        data = [asdict(change) | {"since": change.since.isoformat()} for change in changes]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if not changes:
        typer.echo("No target has changed since it was in force.")
    for change in changes:
        typer.echo(f"{short_day(change.since)}  {change.sentence}")
