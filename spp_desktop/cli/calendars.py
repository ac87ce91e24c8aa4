"""The command that saves the days of a plan as a calendar."""

from pathlib import Path
from typing import Annotated

import typer

from spp_desktop.cli.ending import PlanFile, refuse, seen
from spp_desktop.edits import calendar_events
from spp_desktop.edits.issuing import all_posts
from spp_desktop.store import queries

app = typer.Typer()


@app.command()
def calendar(
    plan: PlanFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The calendar to write, such as dates.ics.")],
    *,
    post: Annotated[str, typer.Option(help="Only the dates of this post, such as “ACC Crime”.")] = "",
    remind: Annotated[
        int | None, typer.Option(min=0, max=60, help="Add an alarm to each date, so many days before it.")
    ] = None,
) -> None:
    """Write the dates of activities, milestones and returns as a calendar (.ics), and record that it was saved.

    Taken into a calendar again it updates what is there: nothing stands in it twice, and what was dropped is cancelled.
    """
    from spp_desktop.returns import calendar_file  # late: few commands write calendars

    with seen(plan) as workspace:
        title = _post(workspace.read(all_posts), post)
        events = calendar_events.events(workspace, title)
        marking = calendar_events.marking_of(workspace, events)
        name = calendar_events.name_of(workspace.read(queries.plan), title, marking)
        calendar_file.write(file, calendar_file.written(name, events, remind))
        calendar_events.record(workspace, title, file, events)
        typer.echo(f"Wrote {file}: {calendar_events.counted(events)}.")
        if workspace.read_only:
            why = " ".join(workspace.notices)
            typer.echo(f"{why} So the plan keeps no record of what was written now.".strip(), err=True)


def _post(known: list[str], name: str) -> str:
    """The title of the post of this name; "" for none."""
    if not name.strip():
        return ""
    title = next((title for title in known if title.casefold() == name.strip().casefold()), None)
    return title or refuse(f"There is no post called “{name}”. These are the plan's: {'; '.join(known) or 'none'}.")
