"""The command that lists what is attached to rows of a plan, and whether it is there and unchanged."""

import json

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened
from spp_desktop.store import attached

app = typer.Typer()


@app.command()
def attachments(plan: PlanFile, *, as_json: AsJson = False) -> None:
    """List the files attached to rows of a plan, and whether each is there and unchanged.

    The exit status is 1 if some are missing or have changed.
    """
    with opened(plan) as workspace:
        rows = workspace.read(attached.attached)
    states = [(row, attached.look_at(row, plan)) for row in rows]
    if as_json:
        typer.echo(json.dumps([_as_data(row, state) for row, state in states], ensure_ascii=False, indent=1))
    else:
        for row, state in states:
            typer.echo(f"{state:9}  {row.title}  {row.place}")
        if not states:
            typer.echo("Nothing is attached to any row of the plan.")
    if any(state in ("missing", "changed") for _, state in states):
        raise typer.Exit(1)


def _as_data(row: attached.AttachedRow, state: attached.AttachedState) -> dict[str, object]:
    """An attachment for JSON: stable names."""
    return {
        "state": state, "title": row.title, "place": row.place, "of": row.row_key, "sha256": row.sha256,
        "bytes": row.size, "looked_on": row.looked_on.isoformat() if row.looked_on else None, "note": row.note,
        "key": row.key,
    }  # fmt: skip
