"""The command that removes a word for good from a plan and its whole history."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from spp_desktop.cli.ending import ASK, PlanFile, opened
from spp_desktop.plan.words import counted
from spp_desktop.store import backups, expunging, still_holding
from spp_desktop.store.expunging import WordStanding
from spp_desktop.store.still_holding import StillHolding
from spp_desktop.store.struck import StruckWord

MOST_LISTED = 200
"""The most cells that are listed one by one."""

app = typer.Typer()


@app.command()
def expunge(
    plan: PlanFile,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The word or phrase, in any case.")],
    *,
    reason: Annotated[str, typer.Option(help="Why, without the word itself. It stays in the history.")] = "",
    inside: Annotated[bool, typer.Option("--inside-words", help="Also where it stands inside longer words.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say where it stands.")] = False,
    look_in: Annotated[
        list[Path] | None, typer.Option(metavar="FOLDER", help="Look in this folder too for files that hold it.")
    ] = None,
    delete_versions: Annotated[
        bool, typer.Option("--delete-versions", help="Delete the earlier versions that hold it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Remove a mistyped name for good: from the rows, the whole history and the records of a plan.

    A mark stands in its place. It cannot be undone. What left before is still known as the plan's own. Earlier versions
    and files that hold the word are named. Exit status 1: nothing was done, for want of --yes.
    """
    word = StruckWord(text, inside=inside)
    with opened(plan, writing=not dry_run) as workspace:
        standing = workspace.read_beside(expunging.standing, word, _told)
        holding = workspace.read_beside(still_holding.look, workspace.path, word, look_in or ())
        _cleared()
        for line in _lines(standing, holding):
            typer.echo(line)
        if dry_run:
            return
        if standing.anywhere and not yes:
            _confirm(word)
        expunging.expunge(workspace, word, reason, _told)
        left = backups.delete(holding.versions) if delete_versions else []
        kept = workspace.back_up(expunging.AFTERWARDS)
        _cleared()
    typer.echo(f"Removed from {standing.counts()}. Kept as {kept.name}.")
    if delete_versions and holding.versions:
        typer.echo(f"Deleted {counted(len(holding.versions) - len(left), 'earlier version')}.")
    for version in left:
        typer.echo(f"{version.path} could not be deleted.", err=True)


def _told(what: str, done: int, total: int) -> None:
    """Say how far it is, to somebody who sits in front of it; Ctrl+C ends it, and nothing has been done then."""
    if sys.stderr.isatty():
        typer.echo(f"\r\x1b[K{what}: {done:,} of {total:,}" if total else f"\r\x1b[K{what}", nl=False, err=True)


def _cleared() -> None:
    """Let go of the line that says how far it is."""
    if sys.stderr.isatty():
        typer.echo("\r\x1b[K", nl=False, err=True)


def _lines(standing: WordStanding, holding: StillHolding) -> list[str]:
    """Where it stands, for a person."""
    head = (
        f"It stands in {standing.counts()}." if standing.anywhere else "It stands nowhere in the plan or its history."
    )
    more = len(standing.cells) - MOST_LISTED
    return [
        head,
        *(f"  {cell}" for cell in standing.cells[:MOST_LISTED]),
        *([f"  and {more} more cells"] if more > 0 else []),
        *(f"  {record}" for record in standing.records),
        *(f"Left as it is: {each}." for each in standing.stays),
        *holding.lines(),
    ]


def _confirm(word: StruckWord) -> None:
    """Ask whether it is to be done.

    Raises:
        typer.Exit: if nobody confirms it; nothing has been done then.
    """
    typer.echo(expunging.BEFORE, err=True)
    if not sys.stdin.isatty():
        typer.echo("To do it, run the same command with --yes.", err=True)
    elif typer.confirm(f"Remove “{word.word}” for good?", err=True):
        return
    raise typer.Exit(ASK)
