"""The command that merges another copy of the plan into it: it prints what that would bring, and takes it in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import ASK, DONE, AsJson, PlanFile, TakeOver, Yes, opened
from spp_desktop.edits import receipt_texts
from spp_desktop.edits.merging import breaches, reviewing
from spp_desktop.edits.merging.breaches import MergeMade
from spp_desktop.edits.merging.reviewing import MergeReview
from spp_desktop.edits.merging.wording import MergeLine, MergeWords
from spp_desktop.plan.words import counted
from spp_desktop.store import receipts
from spp_desktop.store.merging.items import MergeChoice, MergeItem

app = typer.Typer()

MOST_TOLD = 200
"""Rows that come in by themselves and that are printed one by one; with --json all of them are."""


class ApplyMerge(StrEnum):
    """How much of a copy is merged."""

    clean = "clean"
    all = "all"


OtherCopyFile = Annotated[Path, typer.Argument(metavar="COPY", help="The other copy of the plan; it is only read.")]
HowMuch = Annotated[
    ApplyMerge | None,
    typer.Option(
        "--apply",
        help="Merge it: “clean” takes what only the copy changed, and what was decided, and leaves questions open; "
        "“all” takes the copy's side of each open question, too.",
    ),
]


@app.command()
def merge(
    plan: PlanFile,
    copy: OtherCopyFile,
    *,
    apply: HowMuch = None,
    as_json: AsJson = False,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Say what merging another copy of the plan would bring and what is to be decided; with --apply, merge it.

    What only one of the two changed comes in by itself, what both changed is a question. It is one step, which undo
    takes back; the copy's own steps come along as history. Ends with status 1 while questions are left.
    """
    with opened(plan, writing=apply is not None, take_over=take_over, yes=yes) as workspace:
        with reviewing.opened(workspace, copy) as other:
            review = reviewing.held_against(workspace, other)
            words = MergeWords(workspace, other)
            data = _as_data(review, words) if as_json else {}
            if not as_json:
                _print(review, words)
            rest: MergeChoice | None = "theirs" if apply is ApplyMerge.all else None
            made = None if apply is None else breaches.taken_in(workspace, review, rest)
            done = None if made is None else made.receipt
        if as_json:
            typer.echo(json.dumps({**data, "applied": _done(made)}, ensure_ascii=False, indent=1))
        else:
            typer.echo("Nothing was changed." if made is None else made.sentence)
            if done is not None and done.receipt is not None:
                kept = workspace.read_beside(receipts.find, done.receipt.id) or done.receipt
                told = receipt_texts.text_of(workspace, kept)
                typer.echo(f"\n{told if made is None else made.in_words(told)}".rstrip())
    left = len(review.undecided) if done is None else done.left
    raise typer.Exit(ASK if left else DONE)


def _print(review: MergeReview, words: MergeWords) -> None:
    """Print what a merge would bring."""
    for notice in review.copy.notices:
        typer.echo(notice)
    typer.echo(review.summary)
    for item in review.merge.asked:
        for text in _asked_lines(review, item, words.line(item)):
            typer.echo(text)
    for item in review.merge.waiting:
        typer.echo(f"  [waits] {_clean_line(item, words)}: it belongs to what is locked or closed here.")
    for n, item in enumerate(review.merge.clean):
        if n == MOST_TOLD:
            typer.echo(f"  and {counted(len(review.merge.clean) - n, 'more row')}.")
            break
        typer.echo(f"  [{item.fate}] {_clean_line(item, words)}")


def _clean_line(item: MergeItem, words: MergeWords) -> str:
    """What comes in by itself, in a line, cell by cell."""
    lines = [words.line(replace(item, cells=(cell,))) for cell in item.cells] or [words.line(item)]
    by = f" ({lines[0].theirs_by})" if lines[0].theirs_by else ""
    told = "; ".join(f"{line.cell} {line.ours or 'nothing'} -> {line.theirs or 'nothing'}" for line in lines)
    return f"{lines[0].row}: {told}{by}" if item.cells else f"{lines[0].row}{by}"


def _asked_lines(review: MergeReview, item: MergeItem, line: MergeLine) -> Iterator[str]:
    """What is asked, with both sides."""
    made = review.decisions.get(item.subject)
    side = "another value" if made is not None and made.value else _SIDES[made.choice] if made is not None else ""
    state = f"decided: {side}" if side else "asked"
    yield f"  [{state}] {', '.join(filter(None, (line.row, line.cell)))}. {line.question}"
    for name, text, by in (
        ("before", line.base, ""),
        (review.merge.ours, line.ours, line.ours_by),
        (review.merge.theirs, line.theirs, line.theirs_by),
    ):
        yield f"      {name}: {text or 'nothing'}{f' ({by})' if by else ''}"


_SIDES: Mapping[MergeChoice, str] = {"theirs": "the copy", "ours": "this plan"}


def _as_data(review: MergeReview, words: MergeWords) -> dict[str, Any]:
    """What a merge would bring, for JSON: stable names."""
    return {
        "plan": review.merge.ours,
        "copy": review.merge.theirs,
        "notices": list(review.copy.notices),
        "counts": review.merge.counts._asdict(),
        "clean": [_item(review, item, words.line(item)) for item in review.merge.clean],
        "asked": [_item(review, item, words.line(item)) for item in review.merge.asked],
        "waiting": [_item(review, item, words.line(item)) for item in review.merge.waiting],
    }


def _item(review: MergeReview, item: MergeItem, line: MergeLine) -> dict[str, Any]:
    made = review.decisions.get(item.subject)
    return {
        "table": item.table,
        "key": item.key,
        "cells": list(item.cells),
        "fate": item.fate,
        "row": line.row,
        "cell": line.cell,
        "base": item.base,
        "ours": item.ours,
        "theirs": item.theirs,
        "ours_by": line.ours_by,
        "theirs_by": line.theirs_by,
        "question": line.question,
        "decided": made.choice if made is not None else None,
        "typed": dict(made.value) if made is not None else {},
    }


def _done(made: MergeMade | None) -> dict[str, Any] | None:
    if made is None:
        return None
    done = made.receipt
    found_since = [{"sentence": each.sentence, "sides": list(each.sides)} for each in made.breaches]
    return {
        "sentence": made.sentence, "left": done.left, "waiting": done.waiting, "step": done.revision,
        "breaches": found_since,
    }  # fmt: skip
