"""Commands on a plan as a whole: make, print, check, back up, undo, take pictures."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from spp_desktop.cli.ending import ASKED_MOMENT, DONE, REFUSED, PlanFile, TakeOver, Yes, opened, refuse, writable
from spp_desktop.cli.options import year_option
from spp_desktop.edits.new_plans import begin
from spp_desktop.plan import periods
from spp_desktop.plan.kinds.days import month_number
from spp_desktop.plan.periods import MOST_YEARS, PLAN_LENGTH
from spp_desktop.store import dump as dumping
from spp_desktop.store import own_words, queries
from spp_desktop.store.checking import check_file as check_plan
from spp_desktop.store.dependents import in_words
from spp_desktop.ui.pages import every_page

PICTURED = tuple(page.name for page in every_page())
"""The names of the pages that ``spp picture`` can take."""
START = "start"
"""The name of the page that the window shows before a plan is open."""

app = typer.Typer()


class SamplePlan(StrEnum):
    """The plans that come with the program."""

    published = "published"
    worked = "worked"
    crime_plan = "crime-plan"
    fire = "fire"
    council = "council"


@app.command()
def new(
    plan: PlanFile,
    *,
    sample: Annotated[SamplePlan | None, typer.Option(help="Fill it with a plan that comes with the program.")] = None,
    title: Annotated[str, typer.Option(help="The title of an empty plan.")] = "Policing plan",
    first_year: Annotated[str, typer.Option(help="The first year of an empty plan, such as 2026-2027 or 2026.")] = "",
    first_month: Annotated[str, typer.Option(help="The month in which years of an empty plan begin.")] = "April",
    levels: Annotated[
        str,
        typer.Option(
            help='What an empty plan calls its levels: "Pillar / Promise*"; a * behind the last: it is of sentences.'
        ),
    ] = "",
    years: Annotated[int, typer.Option(help="How many years an empty plan has.", min=1, max=MOST_YEARS)] = PLAN_LENGTH,
) -> None:
    """Make a new plan: empty, or one that comes with the program."""
    if sample is not None:
        if levels:
            refuse("A sample has levels of its own: --levels is for an empty plan.")
        from sample_data.build import build

        build(plan, sample.value)
    else:
        month = month_number(first_month) or refuse(f"“{first_month}” is no month; write it as January.")
        periods.begin_years_in(month)
        first = year_option(first_year) if first_year else periods.year_of(date.today())
        begin(plan, title, first, levels, years=years, first_month=month)
    with opened(plan) as workspace:
        counts = workspace.read(queries.counts)
    typer.echo(f"Made {plan}: {in_words(counts)}.")


@app.command()
def dump(plan: PlanFile) -> None:
    """Print the whole content as one JSON object, alike on any machine that holds the same content."""
    with opened(plan) as workspace:
        typer.echo(json.dumps(workspace.read(dumping.content), ensure_ascii=False, indent=1))


@app.command()
def undo(plan: PlanFile, *, take_over: TakeOver = False, yes: Yes = False) -> None:
    """Undo the latest step."""
    with opened(plan, writing=True, take_over=take_over, yes=yes) as workspace:
        step = workspace.undo()
    if step is None:
        refuse("There is nothing to undo.")
    typer.echo(f"Undid: {step.label}.")


@app.command()
def redo(plan: PlanFile, *, take_over: TakeOver = False, yes: Yes = False) -> None:
    """Do again what was undone last."""
    with opened(plan, writing=True, take_over=take_over, yes=yes) as workspace:
        step = workspace.redo()
    if step is None:
        refuse("There is nothing to do again.")
    typer.echo(f"Did again: {step.label}.")


@app.command()
def check_file(
    plan: PlanFile,
    others: Annotated[list[Path] | None, typer.Argument(metavar="", help="More files to hold it against.")] = None,
    *,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE…", help="Files that left it, to hold it against: copies, returns, saved tables."),
    ] = None,
) -> None:
    """Say everything that can be said about the soundness of a plan's file.

    With --against, also whether its history is still the one that files carry which left it. Exit status 0: everything
    is in order. 2: something is wrong, or cannot be held against it.
    """
    if others and not against:
        raise typer.BadParameter("Name the files that it is to be held against behind --against.", param_hint="FILE")
    report = check_plan(plan, against=[*(against or ()), *(others or ())], go_by=own_words.go_by)
    for line in report.lines:
        typer.echo(line)
    raise typer.Exit(DONE if report.ok else REFUSED)


@app.command()
def backup(plan: PlanFile) -> None:
    """Keep the plan as it is now as an earlier version."""
    with opened(plan) as workspace:
        typer.echo(f"Kept as {workspace.back_up('on request')}.")


@app.command()
def picture(
    plan: PlanFile,
    page: Annotated[str, typer.Argument(metavar="PAGE", help=f"{', '.join(PICTURED)}, or {START} for the start page.")],
    file: Annotated[Path, typer.Argument(metavar="FILE.png", help="The picture to write.")],
    *,
    dark: Annotated[bool, typer.Option(help="Light on dark.")] = False,
) -> None:
    """Save a picture of one page, as the window shows it."""
    if page not in (START, *PICTURED):
        known = ", ".join((START, *PICTURED))
        raise typer.BadParameter(f"“{page}” is no page; name one of {known}.", param_hint="PAGE")
    writable(file)
    from spp_desktop.ui.window import pictures

    if page == START:
        pictures.take_start(file, dark=dark)
    else:
        pictures.take(plan, page, file, dark=dark, when=ASKED_MOMENT.get())
    typer.echo(f"Wrote {file}.")
