"""The command that lists the history of a plan: every step, those that changed one row, or those with some words."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened, refuse
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.days import read_day
from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.store import clock, history
from spp_desktop.store.history import RecordedChange, Revision
from spp_desktop.store.workspace import Workspace

if TYPE_CHECKING:  # what words a change is loaded where changes are told
    from spp_desktop.store.changes_in_words import ChangeInWords

app = typer.Typer()

RowName = Annotated[
    str, typer.Option("--row", metavar="REF|KEY", help="Only what changed this row, or what hangs or hung on it.")
]
_When = "a day, a day with a time, or a step"


@dataclass(frozen=True)
class _ToldStep:
    """A step with what it changed, as far as that is asked for: each change with its words."""

    step: Revision
    cells: int
    changes: "Sequence[tuple[RecordedChange, ChangeInWords]]"
    brought: Sequence[Revision] = ()
    """The steps of another copy that it brought along, where it merged one."""


@app.command(name="history")
def print_history(
    plan: PlanFile,
    *,
    row: RowName = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Only the steps of this person.")] = "",
    since: Annotated[str, typer.Option(metavar="WHEN", help=f"Only steps since then: {_When}.")] = "",
    until: Annotated[str, typer.Option(metavar="WHEN", help=f"Only steps until then: {_When}.")] = "",
    find: Annotated[str, typer.Option(metavar="TEXT", help="Only steps with these words, or that changed them.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print every step, the newest first: when, who and what. With --row or --find also what changed, cell by cell.

    Each line ends with the first letters of the step's id, by which spp as-at, spp compare and spp restore know it.
    """
    with opened(plan) as workspace:
        steps = [step for step in _in_time(workspace, since, until) if fold(by) in fold(step.author)]
        if row:
            told = _of_row(workspace, steps, row_key(row, workspace))
        else:
            told = _of_all(workspace, steps, changes=bool(find))
        if find:
            told = [each for each in (_with_words(each, find) for each in told) if each is not None]
        told = workspace.read_beside(_with_brought, told, row_key(row, workspace) if row else "")
    if as_json:
        typer.echo(json.dumps([_as_data(each) for each in told], ensure_ascii=False, indent=1))
        return
    for each in told:
        typer.echo(_step_line(each.step))
        for step in each.brought:
            typer.echo(f"    from the copy: {_step_line(step)}")
        for _, line in each.changes:
            typer.echo(f"    {line.row}, {line.cell}: {_shown(line.before)} -> {_shown(line.after)}")


def _step_line(step: Revision) -> str:
    kind = "" if step.kind == "edit" else f" [{step.kind}]"
    return f"{clock.time_in_words(step.at):28}  {step.author:12}  {step.label}{kind}  {step.id[:8]}"


def _with_brought(plan: sqlite3.Connection, told: Sequence[_ToldStep], row: str) -> list[_ToldStep]:
    """Steps, each that merged another copy with the steps that it brought along: all, or those that changed a row."""
    merges = {each.step.n for each in told if each.step.kind == "merged"}
    if not merges:
        return list(told)
    from spp_desktop.store import lives  # only where there is a merge
    from spp_desktop.store.merging import record

    touching = record.steps_of_rows(plan, lives.hanging_ever(plan, row)) if row else None
    came = [each for each in record.brought(plan) if each.merge in merges and each.step.kind != "beside"]
    return [
        replace(
            each,
            brought=[
                other.step
                for other in came
                if other.merge == each.step.n and (touching is None or other.step.id in touching)
            ],
        )
        for each in told
    ]


def _shown(text: str) -> str:
    return quoted(" ".join(text.split())) if text else "nothing"


def row_named(workspace: Workspace, name: str) -> str:
    """The key of the row that is named by its reference or its key, of one that is gone too; "" if there is none."""
    from spp_desktop.store import lives, queries, threads  # only where a row is named
    from spp_desktop.store.references import References

    rows = workspace.read(threads.rows)
    if name in rows:
        return name
    row = References(rows.values(), workspace.read(queries.usual_year)).row(name)
    return workspace.read_beside(lives.key_of, name) if isinstance(row, Doubt) else row.key


def row_key(name: str, *plans: Workspace) -> str:
    """The key of the row that is named by its reference or its key in the first of these that knows it."""
    key = next(filter(None, (row_named(plan, name) for plan in plans)), "")
    return key or refuse(
        f"Nothing in this plan has, or had, the reference or key {quoted(name)}, or several have it. Name its key: "
        "spp check --json, spp history --find TEXT --json and spp compare --json print keys."
    )


def _in_time(workspace: Workspace, since: str, until: str) -> Iterator[Revision]:
    """The steps of a time, the newest first. A day counts from its beginning, and to its end."""
    day = read_day(since) if since else None
    after, last = _ends(workspace, since if isinstance(day, Doubt) else "", until)
    for step in workspace.history():
        begun = after < step.n and (day is None or isinstance(day, Doubt) or clock.local_day(step.at) >= day)
        if begun and (last is None or step.n <= last):
            yield step


def _ends(workspace: Workspace, since: str, until: str) -> tuple[int, int | None]:
    """The local numbers of the steps that stand at two moments; of none that is named, as if all came between."""
    if not since and not until:
        return 0, None
    from spp_desktop.store import moments, states  # only where a moment is named

    after = workspace.read_beside(moments.read_moment, since).last.n if since else 0
    return after, states.moment_of(workspace, until).last.n if until else None


def _of_all(workspace: Workspace, steps: Sequence[Revision], *, changes: bool) -> list[_ToldStep]:
    """Steps, with all that they changed if that is asked for."""
    numbers = workspace.read_beside(history.numbers_of_changes)
    if not changes:
        return [_ToldStep(step, numbers.get(step.n, 0), ()) for step in steps]
    from spp_desktop.store.changes_in_words import Wording  # only where changes are told

    def told(raw: Any) -> list[_ToldStep]:
        """Each of them."""
        wording = Wording(raw)
        return [
            _ToldStep(
                step,
                numbers.get(step.n, 0),
                [(change, line) for change in history.changes(raw, step.n) for line in wording.of_change(change)],
            )
            for step in steps
        ]

    return workspace.read_beside(told)


def _of_row(workspace: Workspace, steps: Sequence[Revision], key: str) -> list[_ToldStep]:
    """The steps that changed a row or what hangs on it, with what they changed of those."""
    numbers = workspace.read_beside(history.numbers_of_changes)
    wanted = {step.n: step for step in steps}
    from spp_desktop.store import lives  # only where changes are told
    from spp_desktop.store.changes_in_words import Wording

    def told(raw: Any) -> list[_ToldStep]:
        """Each of them."""
        wording = Wording(raw)
        lines: dict[int, list[tuple[RecordedChange, ChangeInWords]]] = {}
        for step, change in history.row_history(raw, lives.hanging_ever(raw, key)):
            lines.setdefault(step.n, []).extend((change, line) for line in wording.of_change(change))
        return [_ToldStep(wanted[n], numbers.get(n, 0), lines[n]) for n in lines if n in wanted]

    return workspace.read_beside(told)


def _with_words(told: _ToldStep, text: str) -> _ToldStep | None:
    """A step that has all these words, with those of its changes that have them; ``None`` if it has not."""
    words = fold(text).split()
    matching = [
        (change, line)
        for change, line in told.changes
        if all(word in fold(f"{line.row} {line.cell} {line.before} {line.after}") for word in words)
    ]
    in_label = all(word in fold(told.step.label) for word in words)
    return _ToldStep(told.step, told.cells, matching) if matching or in_label else None


def _as_data(told: _ToldStep) -> dict[str, Any]:
    """A step for JSON: stable names."""
    step = told.step
    return {
        "id": step.id, "at": step.at, "by": step.author, "label": step.label, "kind": step.kind, "cells": told.cells,
        "changes": [change_as_data(change, line) for change, line in told.changes],
        **({"brought": [_brought_as_data(each) for each in told.brought]} if told.brought else {}),
    }  # fmt: skip


def _brought_as_data(step: Revision) -> dict[str, Any]:
    return {"id": step.id, "at": step.at, "by": step.author, "label": step.label, "kind": step.kind}


def change_as_data(change: RecordedChange, line: "ChangeInWords") -> dict[str, Any]:
    """A change for JSON: which cell of what, from what to what; ``column`` is empty where a whole row came or went."""
    return {
        "action": change.action, "table": change.table, "key": change.row, "column": change.cell or "",
        "row": line.row, "cell": line.cell, "before": line.before, "after": line.after,
    }  # fmt: skip
