"""The same jobs without a window: ``spp``, with an exit status that a script can act on."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from spp_desktop.edits import deciding, issuing, receiving
from spp_desktop.plan.periods import year_from_name, year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns import reader
from spp_desktop.returns.catalogue import RETURNS
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.returns.workbook import NotWritten
from spp_desktop.store import dump as dumping
from spp_desktop.store import queries
from spp_desktop.store.checking import check_file as check_plan
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.store.workspace import Workspace

COUNTED = {
    "priority": "priorities",
    "theme": "themes",
    "commitment": "commitments",
    "activity": "activities",
    "milestone": "milestones",
    "indicator": "indicators",
    "target": "targets",
    "result": "results",
}
"""How what a plan holds is counted."""

DONE, ASK, REFUSED = 0, 1, 2
"""Exit statuses: done; needs a person's decision; refused with a reason."""

app = typer.Typer(
    help="Work on a policing plan without a window. Exit status 0: done. 1: needs a person's decision. "
    "2: refused, with the reason.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file.")]


class Sample(StrEnum):
    """The plans that come with the program."""

    published = "published"
    worked = "worked"


class Apply(StrEnum):
    """How much of a returned workbook is taken in."""

    clean = "clean"


class Tab(StrEnum):
    """What can be pictured: the tabs, and the page shown before a plan is open."""

    start = "start"

    priorities = "priorities"
    delivery = "delivery"
    performance = "performance"
    returns = "returns"


def main() -> None:
    """Run ``spp``; or, called so by itself, read a workbook apart."""
    if sys.argv[1:2] == [reader.FLAG]:
        sys.exit(reader.main(sys.argv[2:]))
    with _refusals_said():
        app()


@contextmanager
def _refusals_said() -> Iterator[None]:
    """Within it, a refusal is printed as its sentence and ends the program with status 2."""
    try:
        yield
    except (PlanRefused, NotKept, RuleBroken, UndoRefused, ReturnRefused, NotWritten) as refusal:
        _refuse(str(refusal))
    except OSError as problem:
        _refuse(f"{problem.filename or 'A file'} could not be used: {problem.strerror or problem}.")


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise SystemExit(REFUSED)


@contextmanager
def _opened(path: Path, *, writing: bool = False, take_over: bool = False) -> Iterator[Workspace]:
    """The plan, open; for writing only if nobody else has it."""
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


TakeOver = Annotated[bool, typer.Option("--take-over", help="Take over a plan whose last user's program is gone.")]


@app.command()
def new(
    plan: PlanFile,
    sample: Annotated[Sample | None, typer.Option(help="Fill it with a plan that comes with the program.")] = None,
    title: Annotated[str, typer.Option(help="The title of an empty plan.")] = "Policing plan",
    first_year: Annotated[str, typer.Option(help="The first year of an empty plan, such as 2026-2027.")] = "",
) -> None:
    """Make a new plan: empty, or one that comes with the program."""
    if sample is not None:
        from sample_data.build import build

        build(plan, sample.value)
    else:
        Workspace.create(plan, title, _year(first_year) if first_year else _this_year()).close()
    with _opened(plan) as workspace:
        counts = workspace.read(queries.counts)
    typer.echo(f"Made {plan}: " + ", ".join(f"{COUNTED[name]} {number}" for name, number in counts.items()) + ".")


@app.command()
def dump(plan: PlanFile) -> None:
    """Print the whole content as one JSON object, alike on any machine that holds the same content."""
    with _opened(plan) as workspace:
        typer.echo(json.dumps(workspace.read(dumping.content), ensure_ascii=False, indent=1))


@app.command()
def returns(*, as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """List the returns that can be exported."""
    known = [{"id": definition.id, "title": definition.title} for definition in RETURNS]
    if as_json:
        typer.echo(json.dumps(known, ensure_ascii=False, indent=1))
    else:
        for definition in RETURNS:
            typer.echo(f"{definition.id:20} {definition.title}")


@app.command()
def export(
    plan: PlanFile,
    return_id: Annotated[str, typer.Argument(metavar="RETURN", help="The return's id, as spp returns lists it.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook to write.")],
    owner: Annotated[str, typer.Option(help="Only what this post owns, such as “ACC Crime”.")] = "",
    year: Annotated[str, typer.Option(help="The year, such as 2008-2009; the plan's first if not given.")] = "",
) -> None:
    """Write a return as a workbook, and record that it was issued."""
    definition = next((known for known in RETURNS if known.id == return_id), None)
    if definition is None:
        _refuse(f"There is no return called “{return_id}”; spp returns lists those there are.")
    with Workspace.open(plan) as workspace:
        issued = issuing.issue(workspace, definition, file, owner=owner or None, year=_year(year) if year else None)
    typer.echo(f"Wrote {file}: {issued.rows} rows.")


@app.command(name="import")
def import_(
    plan: PlanFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook that came back.")],
    apply: Annotated[Apply | None, typer.Option(help="What to take in; nothing if not given.")] = None,
    *,
    take_over: TakeOver = False,
) -> None:
    """Print what a returned workbook would change; with --apply, take it in as one step."""
    with _opened(plan, writing=apply is not None, take_over=take_over) as workspace:
        review = receiving.review(workspace, file)
        for difference in review.differences:
            typer.echo(difference.sentence)
        for notice in review.notices:
            typer.echo(notice)
        chosen = list(review.clean)
        if apply is not None and chosen:
            deciding.apply(workspace, [review])
        left = [one for one in review.differences if one.asks]
        typer.echo(review.summary)
        typer.echo(_outcome(len(chosen), len(left), applied=apply is not None))
    raise typer.Exit(ASK if left else DONE)


def _outcome(taken: int, left: int, *, applied: bool) -> str:
    if not applied:
        return "Nothing was changed."
    done = f"Took in {taken} change{'' if taken == 1 else 's'}."
    return f"{done} {left} left for a person to decide." if left else done


@app.command()
def history(plan: PlanFile) -> None:
    """Print every step, the newest first: when, who and what."""
    with _opened(plan) as workspace:
        for step in workspace.history():
            kind = "" if step.kind == "edit" else f" [{step.kind}]"
            typer.echo(f"{step.at[:16].replace('T', ' ')}  {step.author:12}  {step.label}{kind}")


@app.command()
def undo(plan: PlanFile, *, take_over: TakeOver = False) -> None:
    """Undo the latest step."""
    with _opened(plan, writing=True, take_over=take_over) as workspace:
        step = workspace.undo()
    if step is None:
        _refuse("There is nothing to undo.")
    typer.echo(f"Undid: {step.label}.")


@app.command()
def redo(plan: PlanFile, *, take_over: TakeOver = False) -> None:
    """Do again what was undone last."""
    with _opened(plan, writing=True, take_over=take_over) as workspace:
        step = workspace.redo()
    if step is None:
        _refuse("There is nothing to do again.")
    typer.echo(f"Did again: {step.label}.")


@app.command()
def check_file(plan: PlanFile) -> None:
    """Say everything that can be said about the soundness of a plan's file."""
    report = check_plan(plan)
    for line in report.lines:
        typer.echo(line)
    raise typer.Exit(DONE if report.ok else REFUSED)


@app.command()
def backup(plan: PlanFile) -> None:
    """Keep the plan as it is now as an earlier version."""
    with _opened(plan) as workspace:
        typer.echo(f"Kept as {workspace.back_up('on request')}.")


@app.command()
def picture(
    plan: PlanFile,
    tab: Annotated[
        Tab, typer.Argument(metavar="TAB", help="priorities, delivery, performance, or start for the start page.")
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE.png", help="The picture to write.")],
    *,
    dark: Annotated[bool, typer.Option(help="Light on dark.")] = False,
) -> None:
    """Save a picture of one tab, as the window shows it."""
    from spp_desktop.ui import pictures

    if tab is Tab.start:
        pictures.take_start(file, dark=dark)
    else:
        pictures.take(plan, tab.value, file, dark=dark)
    typer.echo(f"Wrote {file}.")


def _year(name: str) -> int:
    try:
        return year_from_name(name)
    except ValueError as problem:
        _refuse(str(problem))


def _this_year() -> int:
    from datetime import date

    return year_of(date.today())
