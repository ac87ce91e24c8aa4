"""Commands on a plan as it stood at a moment: see it with any command that reads, compare two moments, restore one."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import ASKED_MOMENT, AsJson, PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.cli.histories import RowName, change_as_data, row_key
from spp_desktop.edits import restoring
from spp_desktop.edits.restoring import Restoring
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import as_at as seeing
from spp_desktop.store import moments, states
from spp_desktop.store.changes_in_words import ChangeInWords
from spp_desktop.store.state_differences import DifferenceWords, RowDifference, compare

app = typer.Typer()

READING = (
    *(
        "attachments",
        "calendar",
        "check",
        "dump",
        "due",
        "editions",
        "export",
        "fill",
        "forms",
        "gaps",
        "history",
        "judge",
        "matrix",
    ),
    *("overview", "periods", "picture", "publish", "publish-tables", "receipt", "restatements", "sent", "slipped"),
    *("submissions", "target-changes", "versions"),
)
"""The commands that read a plan, which is the first thing they are told; each sees it as at a moment, too."""

AsAtWhen = Annotated[
    str,
    typer.Argument(
        metavar="WHEN",
        help="A day (2009-03-31, to its end), a day with a time (2009-03-31 14:05), the id of a step, or a file that "
        "left the plan then.",
    ),
]
_State = "A moment, as in as-at; “now”; or another copy of the plan, such as an earlier version."
_MOST_CELLS = 12
"""The most cells of a row that came or went which are printed."""


@app.command(
    name="as-at",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False},
)
def as_at(
    context: typer.Context,
    plan: PlanFile,
    when: AsAtWhen,
    command: Annotated[str, typer.Argument(metavar="COMMAND…", help=f"One of {', '.join(READING)}, and its options.")],
) -> None:
    """Run a command on the plan as it stood at a moment: as we knew it then.

    What was entered later is not in it, even if it is of a time before. What is written says at which moment it is, and
    the plan itself is not changed. (spp judge --as-at DATE is as it was: today's figures of the periods that had ended
    by that date.)
    """
    if command in context.help_option_names:
        typer.echo(context.get_help())
        return
    if not when.strip():
        refuse(f"No moment is named. {moments.HOW}")
    if command not in READING:
        refuse(f"{quoted(command)} does not read a plan as it was. These do: {', '.join(READING)}.")
    asked = ASKED_MOMENT.set(when)
    try:
        words = [command, str(plan), *context.args]
        status = context.find_root().command.main(args=words, prog_name="spp", standalone_mode=False)
    finally:
        ASKED_MOMENT.reset(asked)
    raise typer.Exit(status if isinstance(status, int) else 0)


@app.command(name="compare")
def compare_states(
    plan: PlanFile,
    a: Annotated[str, typer.Argument(metavar="A", help=_State)],
    b: Annotated[str, typer.Argument(metavar="B", help="The same; now if not given.")] = moments.NOW,
    *,
    as_json: AsJson = False,
) -> None:
    """Print what differs between two states of a plan: rows added, removed and changed from A to B."""
    with opened(plan) as workspace, states.state(workspace, a) as first, states.state(workspace, b) as second:
        differences = compare(first.connection, second.connection)
        words = DifferenceWords(first.connection, second.connection)
        told = [(each, words.name(each), words.of(each)) for each in differences]
    if as_json:
        rows = [_row_as_data(each, name, lines) for each, name, lines in told]
        data = {"a": _state_as_data(first), "b": _state_as_data(second), "rows": rows}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for each, name, lines in told:
        typer.echo(f"{each.fate.capitalize()}: {name}")
        for line in lines[:_MOST_CELLS]:
            typer.echo(f"    {line.cell}: {_between(each, line)}")
    fates = {fate: sum(each.fate == fate for each in differences) for fate in ("added", "removed", "changed")}
    counts = listed(f"{counted(count, 'row')} {fate}" for fate, count in fates.items() if count)
    typer.echo(f"From {first.words} to {second.words}: {counts or 'nothing differs'}.")


def _between(difference: RowDifference, line: ChangeInWords) -> str:
    """What stood in a cell, and what stands there in the other state; of a row that came or went, the one that is."""
    before, after = (quoted(" ".join(text.split())) if text else "nothing" for text in (line.before, line.after))
    return {"changed": f"{before} -> {after}", "removed": before, "added": after}[difference.fate]


def _state_as_data(state: states.PlanState) -> dict[str, Any]:
    last = state.moment.last if state.moment else None
    return {"when": state.words, "step": last.id if last else None, "at": last.at if last else None}


def _row_as_data(difference: RowDifference, name: str, lines: Sequence[ChangeInWords]) -> dict[str, Any]:
    """A row that differs, for JSON: stable names."""
    whole = [difference.changes[0]] * len(lines) if difference.fate != "changed" else list(difference.changes)
    return {
        "table": difference.table, "key": difference.key, "row": name, "fate": difference.fate,
        "cells": [change_as_data(change, line) for change, line in zip(whole, lines, strict=True)],
    }  # fmt: skip


@app.command()
def restore(
    plan: PlanFile,
    when: AsAtWhen,
    *,
    row: RowName = "",
    cell: Annotated[str, typer.Option(metavar="COLUMN", help="With --row: only this cell of it, such as status.")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Restore it; else only say what would come back.")] = False,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Restore the whole plan as it stood at a moment, or one row with all that hangs below it, such as a priority.

    It is one step, which undo takes back; nothing is lost. It says what comes back, what goes and what changes back,
    and changes nothing without --apply. A whole file is brought back from File > Earlier versions in the window.
    """
    if cell and not row:
        refuse("A cell is of a row: say which by --row.")
    with opened(plan, writing=apply, take_over=take_over, yes=yes) as workspace:
        with seeing.opened(workspace, states.moment_of(workspace, when)) as then:
            key = row_key(row, workspace, then) if row else ""
            proposed = restoring.proposed(workspace, then, key, restoring.column_named(workspace, key, cell))
        _say(proposed)
        if not apply or not proposed.differences:
            typer.echo("Nothing was changed." if not apply else "")
            return
        workspace.edit(proposed.label, restoring.restore, proposed)
        typer.echo("Restored. Undo takes it back in one step.")


def _say(proposed: Restoring) -> None:
    typer.echo(proposed.sentence)
    if proposed.along:
        typer.echo(f"It needs what is gone, which comes back with it: {listed(proposed.along)}.")
    if proposed.left_out:
        typer.echo(f"Without a row that they join, these do not come back: {listed(proposed.left_out)}.")
