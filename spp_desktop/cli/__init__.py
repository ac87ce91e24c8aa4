"""The same jobs without a window: ``spp``, with an exit status that a script can act on."""

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from spp_desktop import __version__
from spp_desktop.cli import (
    any_day,
    attachments,
    calendars,
    charts,
    checking,
    closing_years,
    documents,
    editions,
    expunging,
    forms,
    handing_over,
    histories,
    judging,
    measuring,
    monitoring,
    overviewing,
    plan_import,
    plans,
    publishing,
    receiving,
    returns,
    rolling_over,
    small_numbers,
    submissions,
    target_register,
    threads,
    versions,
)
from spp_desktop.cli.ending import ASK, DONE, REFUSED, refusals_said

__all__ = ["ASK", "DONE", "REFUSED", "app", "main"]

app = typer.Typer(
    help="Work on a policing plan without a window. Exit status 0: done. 1: needs a person's decision. "
    "2: refused, with the reason.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (
    plans,
    histories,
    any_day,
    returns,
    small_numbers,
    submissions,
    versions,
    editions,
    rolling_over,
    receiving,
    measuring,
    plan_import,
    judging,
    target_register,
    charts,
    calendars,
    documents,
    publishing,
    threads,
    attachments,
    forms,
    checking,
    monitoring,
    closing_years,
    overviewing,
    handing_over,
    expunging,
):
    app.add_typer(part.app)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """What is said before any command."""


def main() -> None:
    """Run ``spp``."""
    for stream in (sys.stdout, sys.stderr):
        say_alike(stream)
    with refusals_said():
        app()


def say_alike(stream: object) -> None:
    """Have a standard stream write the same bytes on every system: UTF-8, and lines that end with one line feed.

    Windows would write what goes into a file in the system's old code page, and refuse letters that are not in it.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors=stream.errors, newline="\n")
