"""The command that says where a plan stands: what the page of the overview counts, and the rows behind each number."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened, refuse
from spp_desktop.cli.options import day_option, year_option
from spp_desktop.edits.overview.parts import PARTS, OverviewPart, part_named
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import listed
from spp_desktop.store import queries
from spp_desktop.store.checks import every
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import OverviewAsk, RowBehind, TallyTable

app = typer.Typer()

OfYear = Annotated[str, typer.Option("--year", metavar="YEAR", help="Activities by status of this year.")]
Since = Annotated[
    str, typer.Option(metavar="DATE", help="What changed since this day; by default, since the running period began.")
]
OnlyParts = Annotated[list[str] | None, typer.Option("--part", metavar="NAME", help="Only this part; may be repeated.")]
WithRows = Annotated[bool, typer.Option("--rows", help="List the rows behind each number, too.")]

ReadPart = tuple[OverviewPart, TallyTable]


@app.command()
def overview(
    plan: PlanFile,
    *,
    year: OfYear = "",
    since: Since = "",
    part: OnlyParts = None,
    rows: WithRows = False,
    as_json: AsJson = False,
) -> None:
    """Say where a plan stands: activities by status, indicators, what is overdue, due next, changed and outstanding."""
    asked = _asked_for(part or [])
    with opened(plan) as workspace:
        of_year = year_option(year) if year else workspace.read(queries.usual_year)
        day = day_option(since, of_year) if since else None
        findings = workspace.read(every.check) if any(each.name == "checks" for each in asked) else None
        shown = OverviewPlan(workspace, OverviewAsk(of_year, day), findings)
        read = [(each, each.read(shown)) for each in asked]
    if as_json:
        typer.echo(json.dumps(_as_data(shown, read), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{shown.plan.title}, as at {short_day(shown.today)}; activities of {year_name(of_year)}")
    for each, table in read:
        typer.echo("\n".join(("", *_lines(each, table, rows=rows))))


def _asked_for(names: list[str]) -> tuple[OverviewPart, ...]:
    """The parts of these names; all, where there are none. A name that no part has ends the program."""
    for name in names:
        if part_named(name) is None:
            refuse(f"There is no part “{name}”. The parts are {listed(f'“{each.name}”' for each in PARTS)}.")
    return tuple(each for each in PARTS if not names or each.name in names)


def _lines(part: OverviewPart, table: TallyTable, *, rows: bool) -> Iterator[str]:
    """A part as lines of text: a small table, and the rows behind each number below its line."""
    yield f"{part.title}. {table.note}".rstrip(". ") + "."
    if table.empty:
        yield f"  {table.empty}"
        return
    heads = [head.title for head in table.heads]
    left = max(len(line.title) for line in table.lines)
    wide = [max(len(head), 5) for head in heads]
    if any(heads):
        yield "  ".join((" " * (left + 2), *(head.rjust(width) for head, width in zip(heads, wide, strict=True))))
    for line in table.lines:
        counts = (f"{len(cell):,}".rjust(width) for cell, width in zip(line.cells, wide, strict=True))
        yield "  ".join((f"  {line.title.ljust(left)}", *counts))
        if rows:
            for head, cell in zip(heads, line.cells, strict=True):
                yield from (f"      {_row(head, row)}" for row in cell)


def _row(head: str, row: RowBehind) -> str:
    words = (head and f"{head}:", row.ref, " ".join(row.text.split()), row.owner and f"({row.owner})", row.words)
    return " ".join(filter(None, words))


def _as_data(shown: OverviewPlan, read: list[ReadPart]) -> dict[str, object]:
    """The overview for JSON: stable names."""
    return {
        "plan": shown.plan.title,
        "as_at": shown.today.isoformat(),
        "year": year_name(shown.asked.year),
        "since": shown.since.isoformat(),
        "period": {
            "title": shown.period.title, "first": shown.period.first.isoformat(), "last": shown.period.last.isoformat(),
        },
        "parts": [
            {
                "part": part.name, "title": part.title, "note": table.note or table.empty,
                "lines": [
                    {
                        "title": line.title,
                        "numbers": [
                            {"column": head.title, "count": len(cell), "rows": [_row_data(row) for row in cell]}
                            for head, cell in zip(table.heads, line.cells, strict=True)
                        ],
                    }
                    for line in table.lines
                ],
            }
            for part, table in read
        ],
    }  # fmt: skip


def _row_data(row: RowBehind) -> dict[str, object]:
    return {
        "kind": row.kind, "key": row.key, "ref": row.ref, "text": row.text, "owner": row.owner, "state": row.state,
        "day": row.day and row.day.isoformat(), "words": row.words,
    }  # fmt: skip
