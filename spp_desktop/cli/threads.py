"""The command that lists the gaps of the golden thread."""

import json
from itertools import groupby

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store import gaps as finding
from spp_desktop.store.gaps import Gap

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


def _as_data(gap: Gap) -> dict[str, object]:
    """A gap for JSON: stable names."""
    year = year_name(gap.row.year) if gap.row.year is not None else None
    return {
        "gap": gap.kind.name, "kind": gap.row.table, "ref": gap.row.ref, "year": year, "text": gap.row.text,
        "key": gap.row.key,
    }  # fmt: skip
