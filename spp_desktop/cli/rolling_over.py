"""The command that rolls a plan over: what is proposed for each row of the year that ends, and all of it done."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.edits.turning import applying, proposals
from spp_desktop.edits.turning.applying import TurnedYear
from spp_desktop.edits.turning.fates import GOES_ON
from spp_desktop.edits.turning.proposals import RowProposal
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.monitoring import ReportingPeriod
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import listed
from spp_desktop.store import queries
from spp_desktop.store.turned import FATES

app = typer.Typer()

_PROPOSED = "proposed"


@app.command(name="roll-over")
def roll_over(
    plan: PlanFile,
    *,
    apply: Annotated[
        str,
        typer.Option(
            metavar="proposed",
            help="Roll the plan over: each row becomes what was decided of it, or else what is proposed, in one step.",
        ),
    ] = "",
    take_over: TakeOver = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Print what becomes of each row when the plan's first year ends: what is decided, and what is proposed of others.

    With --apply proposed it is done, and can be undone in one step: activities that go on are made again in the next
    year and linked to what they came from, and the plan's years move on by one. The year that ends stays in the file.
    """
    if apply not in {"", _PROPOSED}:
        refuse(f"--apply takes the word “{_PROPOSED}”, and nothing else. Nothing was changed.")
    with opened(plan, writing=bool(apply), take_over=take_over, yes=yes) as workspace:
        known = workspace.read(proposals.proposals)
        year = workspace.read(queries.plan).first_year
        done = None
        if apply:
            done = workspace.edit(f"roll over to {year_name(year + 1)}", applying.roll_over, year)
    if as_json:
        rows = [_as_data(row) for row in known]
        told = {"year": year_name(year), "next_year": year_name(year + 1), "done": done is not None, "rows": rows}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in (*_lines(known), "", _told(done, year) if done else _asked(known, year)):
            typer.echo(line)


def _lines(known: Sequence[RowProposal]) -> Iterator[str]:
    """The rows as text, two lines or more each."""
    for row in known:
        decided = f" (decided by {row.decided_by}, {short_day(row.decided_on)})" if row.decided_on else ""
        yield f"{row.ref or '-':8} {FATES[row.fate].title:8} {row.title}"
        yield f"{'':17} {row.reason or row.why}{decided}" if row.decision else f"{'':17} {row.why}"
        becomes = [*row.texts]
        becomes += [f"due {short_day(row.due)}"] if row.due and row.fate in {*GOES_ON, "split"} else []
        becomes += [f"target {row.target or 'none'}; last year {row.baseline}"] if row.baseline else []
        yield from (f"{'':17} > {part}" for part in becomes)
        yield from (f"{'':17} ! {warning}" for warning in row.warnings)


def _counts(fates: Counter[str]) -> str:
    """How many rows become what, as a list."""
    counts = [f"{count} {words.title.lower()}" for fate, words in FATES.items() if (count := fates[fate])]
    return listed(counts) if counts else "no row to carry over"


def _asked(known: Sequence[RowProposal], year: int) -> str:
    decided = sum(bool(row.decision) for row in known)
    return (
        f"From {year_name(year)} to {year_name(year + 1)}: {_counts(Counter(row.fate for row in known))}; {decided} of "
        "these decided by a person. Nothing is changed; do it with --apply proposed."
    )


def _told(done: TurnedYear, year: int) -> str:
    made, periods = Activity.word.counted(done.activities), ReportingPeriod.word.counted(done.periods)
    called = f" The plan is called “{done.title}” now." if done.title else ""
    return (
        f"Rolled over from {year_name(year)} to {year_name(year + 1)}: {_counts(Counter(done.fates))}. Made: {made} of "
        f"{year_name(year + 1)} and {periods}.{called} spp undo takes it back in one step."
    )


def _as_data(row: RowProposal) -> dict[str, Any]:
    return {
        "table": row.table,
        "key": row.key,
        "ref": row.ref,
        "title": row.title,
        "group": row.group,
        "fate": row.fate,
        "proposed": row.proposed,
        "why": row.why,
        "reason": row.reason,
        "becomes": list(row.texts),
        "refs": list(row.refs),
        "due": row.due and row.due.isoformat(),
        "merged_with": row.into,
        "target": row.target,
        "baseline": row.baseline,
        "target_over_plan": row.over_plan,
        "warnings": list(row.warnings),
        "decided": bool(row.decision),
        "decided_by": row.decided_by,
        "decided_on": row.decided_on and row.decided_on.isoformat(),
    }
