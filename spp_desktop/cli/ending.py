"""What every command needs: opening a plan, and the ways to end."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from spp_desktop.cli.statuses import ASK, DONE, REFUSED
from spp_desktop.plan import file_names

if TYPE_CHECKING:  # a command loads what opens a plan when it opens one
    from spp_desktop.store.workspace import Workspace

__all__ = [
    "ASK",
    "ASKED_MOMENT",
    "DONE",
    "REFUSED",
    "AsJson",
    "PlanFile",
    "TakeOver",
    "Yes",
    "opened",
    "refusals_said",
    "refuse",
    "seen",
    "writable",
]

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file.")]
TakeOver = Annotated[
    bool, typer.Option("--take-over", help="Take over a plan that somebody left open; asks if they may still have it.")
]
Yes = Annotated[bool, typer.Option("--yes", help="With --take-over: yes, also from somebody who may still have it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@contextmanager
def refusals_said() -> Iterator[None]:
    """A context in which a refusal prints its sentence and ends the program with status 2."""
    try:
        yield
    except SystemExit:
        raise
    except _refusals() as refusal:
        refuse(str(refusal))
    except FileNotFoundError as problem:
        missing = Path(str(problem.filename or "of that name"))
        refuse(f"There is no file {missing.name} in {missing.absolute().parent}.")
    except OSError as problem:
        if problem.filename is None:
            _give_up_output()
        refuse(f"{problem.filename or 'A file'} could not be used: {problem.strerror or problem}.")


def _give_up_output() -> None:
    """Write what is still to be written to nowhere: what cannot be written would fail once more as the program ends."""
    with suppress(OSError, ValueError):
        if sys.stdout.fileno() == 1:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _refusals() -> tuple[type[Exception], ...]:
    """What is raised with a sentence for the person: loaded when something is raised."""
    from spp_desktop.hub.problems import HubRefused
    from spp_desktop.plan.rules import RuleBroken
    from spp_desktop.returns.aside import NotWritten
    from spp_desktop.returns.scan import ReturnRefused
    from spp_desktop.store.merging.items import MergeRefused
    from spp_desktop.store.problems import NoSuchMoment, NotKept, PlanRefused, UndoRefused

    of_the_plan = (PlanRefused, NotKept, RuleBroken, UndoRefused, NoSuchMoment, MergeRefused, HubRefused)
    return *of_the_plan, ReturnRefused, NotWritten


def refuse(sentence: str) -> NoReturn:
    """End the program with a sentence and status 2."""
    typer.echo(sentence, err=True)
    raise SystemExit(REFUSED)


def writable(path: Path) -> None:
    """End the program with a sentence and status 2 if the system forbids the name of what is to be written."""
    if sentence := file_names.unfit(path):
        refuse(sentence)


ASKED_MOMENT: ContextVar[str] = ContextVar("moment", default="")
"""The moment at which the command that runs is to see its plan, as it was typed: what ``spp as-at`` says to it."""


@contextmanager
def seen(path: Path, *, read_only: bool = False, take_over: bool = False) -> "Iterator[Workspace]":
    """An open plan: as it is now, or as at the moment that ``spp as-at`` asks for, for reading only."""
    from spp_desktop.store.workspace import Workspace

    asked = ASKED_MOMENT.get()
    with Workspace.open(path, read_only=read_only or bool(asked), take_over=take_over) as workspace:
        if not asked:
            yield workspace
            return
        from spp_desktop.store import as_at, states  # only for a plan as it was

        with as_at.opened(workspace, states.moment_of(workspace, asked)) as then:
            yield then


@contextmanager
def opened(path: Path, *, writing: bool = False, take_over: bool = False, yes: bool = False) -> "Iterator[Workspace]":
    """An open plan; what its file has to tell is printed on standard error.

    Args:
        path: The plan's file.
        writing: Whether the command changes the plan; this needs the lock on the file.
        take_over: Whether to take the lock over from a program that is gone, or from one that may not be, if a person
            confirms it.
        yes: Whether that is confirmed.

    Raises:
        typer.Exit: if the plan is to be changed and cannot be, after the reason was printed.
    """
    if writing and take_over and not yes:
        _confirm(path)
    with seen(path, read_only=not writing, take_over=take_over) as workspace:
        if writing and workspace.read_only:
            left_behind = workspace.holder is not None and workspace.holder.gone()
            typer.echo(" ".join(workspace.notices), err=True)
            if left_behind:
                typer.echo("To take it over, run the same command with --take-over.", err=True)
            raise typer.Exit(ASK if left_behind else REFUSED)
        for notice in workspace.notices:
            typer.echo(notice, err=True)
        workspace.heed(partial(typer.echo, err=True))
        yield workspace


def _confirm(path: Path) -> None:
    """Ask whether a plan is to be taken over from somebody who may still have it open.

    Only a program on another machine is asked about: one on this machine is known to be gone, or is left alone.

    Raises:
        typer.Exit: if nobody confirms it; nothing has been done then.
    """
    from spp_desktop.store import locks

    holder = locks.holder_of(path.absolute())
    if holder is None or holder.is_here():
        return
    who = holder.in_words()
    sentence = (
        f"{who[0].upper()}{who[1:]} has {path.name} open. Whether that program still runs cannot be seen from here; if "
        "it does, what they do from now on may be lost. What is kept already is safe."
    )
    typer.echo(sentence, err=True)
    if not sys.stdin.isatty():
        typer.echo("To take it over all the same, run the same command with --take-over --yes.", err=True)
    elif typer.confirm("Take it over?", err=True):
        return
    raise typer.Exit(ASK)
