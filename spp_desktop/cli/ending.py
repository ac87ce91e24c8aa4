"""What every command needs: opening a plan, and the ways to end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.returns.workbook import NotWritten
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.store.workspace import Workspace

DONE, ASK, REFUSED = 0, 1, 2
"""Exit statuses: done; a person has to decide; refused with a reason."""

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file.")]
TakeOver = Annotated[bool, typer.Option("--take-over", help="Take over a plan whose last user's program is gone.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@contextmanager
def refusals_said() -> Iterator[None]:
    """A context in which a refusal prints its sentence and ends the program with status 2."""
    try:
        yield
    except (PlanRefused, NotKept, RuleBroken, UndoRefused, ReturnRefused, NotWritten) as refusal:
        refuse(str(refusal))
    except FileNotFoundError as problem:
        missing = Path(str(problem.filename or "of that name"))
        refuse(f"There is no file {missing.name} in {missing.absolute().parent}.")
    except OSError as problem:
        refuse(f"{problem.filename or 'A file'} could not be used: {problem.strerror or problem}.")


def refuse(sentence: str) -> NoReturn:
    """End the program with a sentence and status 2."""
    typer.echo(sentence, err=True)
    raise SystemExit(REFUSED)


@contextmanager
def opened(path: Path, *, writing: bool = False, take_over: bool = False) -> Iterator[Workspace]:
    """An open plan; what its file has to tell is printed on standard error.

    Args:
        path: The plan's file.
        writing: Whether the command changes the plan; this needs the lock on the file.
        take_over: Whether to take the lock over from a program that is gone.

    Raises:
        typer.Exit: if the plan is to be changed and cannot be, after the reason was printed.
    """
    with Workspace.open(path, read_only=not writing, take_over=take_over) as workspace:
        if writing and workspace.read_only:
            left_behind = workspace.holder is not None and workspace.holder.gone()
            typer.echo(" ".join(workspace.notices), err=True)
            if left_behind:
                typer.echo("To take it over, run the same command with --take-over.", err=True)
            raise typer.Exit(ASK if left_behind else REFUSED)
        for notice in workspace.notices:
            typer.echo(notice, err=True)
        yield workspace
