"""The commands on what serves what: the gaps of the golden thread, and national priorities against the plan."""

import json
from itertools import groupby
from typing import Annotated, Literal

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import counted
from spp_desktop.store import gaps as finding
from spp_desktop.store import national
from spp_desktop.store.gaps import Gap
from spp_desktop.store.national import MatrixRow, NationalMatrix

app = typer.Typer()


@app.command()
def gaps(plan: PlanFile, *, as_json: AsJson = False) -> None:
    """List where the golden thread has gaps: priorities without an indicator, commitments nobody serves, and so on."""
    with opened(plan) as workspace:
        listed = workspace.read(finding.gaps)
        counts = workspace.read(finding.counts)
    if as_json:
        typer.echo(json.dumps([_as_data(gap) for gap in listed], ensure_ascii=False, indent=1))
        return
    for kind, several in groupby(listed, key=lambda gap: gap.kind):
        count, total = counts[kind.name]
        typer.echo(f"{kind.title} ({count:,} of {total:,}). {kind.about}")
        for gap in several:
            year = f" ({year_name(gap.row.year)})" if gap.row.year is not None else ""
            typer.echo(f"  {gap.row.ref}{year}  {' '.join(gap.row.text.split())}")
    if not listed:
        typer.echo(
            in_words_of_plan(
                "There are no gaps: every priority is measured, every commitment served, and nothing is for nothing."
            )
        )


_AGAINST = {"priorities": "Our priorities", "indicators": "Our indicators"}


@app.command("matrix")
def print_matrix(
    plan: PlanFile,
    *,
    against: Annotated[
        Literal["priorities", "indicators"], typer.Option(help="What of the plan they are held against.")
    ] = "priorities",
    as_json: AsJson = False,
) -> None:
    """List national priorities and agreements, each with the rows of the plan that serve it, and the gaps."""
    with opened(plan) as workspace:
        matrix = workspace.read(national.matrix, against)
    if as_json:
        rows = [_item(row, matrix) for row in matrix.rows]
        typer.echo(
            json.dumps(
                {"items": rows, "serve_none": [own.ref for own in matrix.for_none]}, ensure_ascii=False, indent=1
            )
        )
        return
    for framework, several in groupby(matrix.rows, key=lambda row: row.framework):
        typer.echo(framework)
        for row in several:
            serving = [own.ref for own in matrix.columns if own.key in row.served_by]
            others = f" and {counted(row.elsewhere, 'other row')}" if row.elsewhere else ""
            typer.echo(f"  {row.code}  {row.title}: {', '.join(serving) or row.gap or 'none of these'}{others}")
    if matrix.rows and matrix.for_none:
        own_rows = in_words_of_plan(_AGAINST[against])
        typer.echo(f"{own_rows} that serve none of them: {', '.join(own.ref for own in matrix.for_none)}")
    if not matrix.rows:
        typer.echo("The plan has no national priorities or agreements.")


def _item(row: MatrixRow, matrix: NationalMatrix) -> dict[str, object]:
    """An item for JSON: stable names."""
    return {
        "framework": row.framework, "code": row.code, "title": row.title, "target": row.target, "evidence": row.doubt,
        "source": row.source, "served_by": [own.ref for own in matrix.columns if own.key in row.served_by],
        "others": row.elsewhere, "gap": bool(row.gap),
    }  # fmt: skip


def _as_data(gap: Gap) -> dict[str, object]:
    """A gap for JSON: stable names."""
    year = year_name(gap.row.year) if gap.row.year is not None else None
    return {
        "gap": gap.kind.name, "kind": gap.row.table, "ref": gap.row.ref, "year": year, "text": gap.row.text,
        "key": gap.row.key,
    }  # fmt: skip
