"""The command that publishes a plan's tables: as an accessible workbook, and as data for programs."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spp_desktop.cli.ending import ASK, PlanFile, refuse, seen
from spp_desktop.cli.options import day_option, licence_option, marking_option
from spp_desktop.edits.publishing import recorded, tables
from spp_desktop.edits.publishing.tables import Publishable
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.words import counted
from spp_desktop.returns.publication.publication import LICENCES

if TYPE_CHECKING:
    from spp_desktop.returns.publication.writing import Published

app = typer.Typer()

FORMS = ("xlsx", "ods", "csv")


@app.command(name="publish-tables")
def publish_tables(
    plan: PlanFile,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go; it is made if need be.")],
    *,
    day: Annotated[
        str, typer.Option("--date", help="The day of release, such as 2026-11-30; today if not given.")
    ] = "",
    licence: Annotated[str, typer.Option(help="On what terms: ogl-3, cc-by-4 or none.")] = LICENCES[0].name,
    contact: Annotated[str, typer.Option(help="Who answers questions, as it is printed on the cover.")] = "",
    form: Annotated[
        list[str] | None, typer.Option("--format", help="xlsx, ods or csv; may be given several times. All otherwise.")
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option("--table", help="Only this table, by its name as --list gives it; may be given several times."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Lists of the plan too; not those that name people.")] = False,
    listing: Annotated[
        bool, typer.Option("--list", help="Only list what can be published; no file is written.")
    ] = False,
    marking: Annotated[str, typer.Option(help="The marking that it may bear at most; else it is refused.")] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")] = False,
) -> None:
    """Publish tables of the plan: an accessible workbook (.xlsx, .ods) with its check, and data (CSV with CSVW).

    Exit status 1: written, but a workbook breaks a rule of the checklist.
    """
    from spp_desktop.returns.publication import writing  # late: the library that writes workbooks

    forms = [each for each in writing.FORMS if each in (form or FORMS)]
    if wrong := [each for each in form or () if each not in FORMS]:
        refuse(f"There is no format called “{wrong[0]}”. Choose from: {', '.join(FORMS)}.")
    with seen(plan, read_only=listing) as workspace:
        for notice in workspace.notices:
            typer.echo(notice, err=True)
        known = workspace.read(tables.publishable)
        if listing:
            _list(known)
            return
        released = day_option(day, year_of(date.today())) if day else date.today()
        chosen = _chosen(known, table or (), every=every)
        if level := marking_option(workspace, marking):
            workspace.read(tables.demand_no_higher, level, chosen)
        publication = workspace.read(tables.read_publication, chosen, released, licence_option(licence), contact)
        if not overwrite:
            _nothing_there(writing.paths(publication, folder, forms), folder)
        revision = workspace.revision()
        done = writing.write(publication, folder, forms, workspace.head())
        recorded.record(workspace, publication, revision, done.files)
    _tell(done)


def _tell(done: "Published") -> None:
    """Say what was written, how many rules each workbook keeps, and which it breaks.

    Raises:
        typer.Exit: with the status that asks for a person, if it breaks any.
    """
    from spp_desktop.returns.publication import checklist  # late, see above

    for path in done.files:
        typer.echo(f"Wrote {path}")
    for name, given in done.checks.items():
        typer.echo(checklist.report(name, given)[0])
    for name, answer in done.failures():
        typer.echo(f"{name}: {answer.rule.number} {answer.rule.words} Not so: {answer.where[0]}", err=True)
    if done.failures():
        raise typer.Exit(ASK)


def _nothing_there(paths: Sequence[Path], folder: Path) -> None:
    """End the program with a sentence if any of these files is there."""
    existing = [path.name for path in paths if path.exists()]
    if existing:
        others = " and others" if len(existing) > 1 else ""
        refuse(
            f"{counted(len(existing), 'file')} of these names would be replaced in {folder}: {existing[0]}{others}. "
            "Nothing was written. Choose another folder, or say --overwrite."
        )


def _list(known: Sequence[Publishable]) -> None:
    for each in known:
        typer.echo(f"{each.name:24} {each.title}{'' if each.usual else ' (only with --all, or by its name)'}")


def _chosen(known: Sequence[Publishable], names: Sequence[str], *, every: bool) -> list[str]:
    """The names of what is published.

    Names are forgiven capitals, and low lines for dashes.
    """
    if not names:
        return [each.name for each in known if each.usual or (every and not each.of_people)]
    wanted = [name.strip().casefold().replace("_", "-") for name in names]
    there = [each.name for each in known]
    for name, own in zip(names, wanted, strict=True):
        if own not in there:
            refuse(f"The plan has no table called “{name}” that holds anything. It has: {', '.join(there)}.")
    return wanted
