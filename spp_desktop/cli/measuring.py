"""The command that takes in results from somebody's extract."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import ASK, DONE, AsJson, PlanFile, TakeOver, opened, refuse
from spp_desktop.edits import import_report, importing_results
from spp_desktop.edits.import_report import Line
from spp_desktop.edits.importing_results import Counts
from spp_desktop.edits.incoming import Incoming
from spp_desktop.returns.mapped import Chosen, Extract, FileLook, look_at
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


@app.command()
def import_results(
    plan: PlanFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The extract: .csv, .xlsx, .xlsm or .ods.")],
    mapping: Annotated[
        str, typer.Option(help="The name under which its columns are kept; else the first that fits.")
    ] = "",
    sheet: Annotated[str, typer.Option(help="The sheet; else the first whose columns fit.")] = "",
    reason: Annotated[str, typer.Option(help="Why final figures change; without it they stay as they are.")] = "",
    *,
    add_areas: Annotated[bool, typer.Option("--add-areas", help="Add areas that the plan does not have.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Take it in; else only say what would come in.")] = False,
    as_json: AsJson = False,
    take_over: TakeOver = False,
) -> None:
    """Say what would come in from an extract whose columns are known; with --apply, take it in as one step.

    Which column holds what is chosen in the window once, and kept under a name. Exit status 0: nothing is left out.
    1: rows are left out, or final figures would change and no reason was given. 2: the file was refused.
    """
    with opened(plan, writing=apply, take_over=take_over) as workspace:
        look = look_at(file)
        name, chosen = _chosen(workspace, look, mapping, sheet)
        names = workspace.read(importing_results.names, chosen.mapping)
        incoming = importing_results.gather(Extract(file), chosen, names, several_sheets=len(look.sheets) > 1)
        try:
            incoming.add_areas(wanted=add_areas)
            counts = workspace.read(importing_results.weigh, incoming)
            lines = import_report.lines(incoming, counts)
            said = _taken_in(workspace, incoming, counts, reason) if apply else "Nothing was changed."
        finally:
            incoming.close()
    left = counts.left_out + (0 if reason.strip() else counts.final)
    if as_json:
        typer.echo(json.dumps(_as_data(name, counts, lines, said), ensure_ascii=False, indent=1))
    else:
        _print(file, name, look, lines, said)
    raise typer.Exit(ASK if left else DONE)


def _taken_in(workspace: Workspace, incoming: Incoming, counts: Counts, reason: str) -> str:
    label = importing_results.label(incoming, reason)
    taken = workspace.edit(label, importing_results.take, incoming, reason, as_kind="import")
    return import_report.outcome(incoming, counts, taken)


def _chosen(workspace: Workspace, look: FileLook, name: str, sheet: str) -> tuple[str, Chosen]:
    """The mapping, and the sheet and row of headings that it fits."""
    kept = workspace.read(importing_results.mappings)
    if name and name not in kept:
        known = f"Those that are kept: {', '.join(kept)}." if kept else "Import such a file in the window first."
        refuse(f"No columns are kept under the name “{name}”. {known}")
    if sheet not in ("", *(one.title for one in look.sheets)):
        refuse(f"{look.name} has no sheet “{sheet}”. It has: {', '.join(one.title for one in look.sheets)}.")
    found = importing_results.fitting({name: kept[name]} if name else kept, look, sheet)
    if found is None:
        wanted = f"“{name}”" if name else "any that are kept"
        refuse(f"{look.name} does not have the columns of {wanted}. Import it in the window, and say what they hold.")
    title, place, at = found
    one = look.sheets[place]
    first_year = workspace.read(importing_results.first_year)
    return title, Chosen(one.title, one.numbers[at], one.rows[at], kept[title], first_year)


def _print(file: Path, name: str, look: FileLook, lines: list[Line], said: str) -> None:
    typer.echo(f"{file.name}: columns as in “{name}”")
    for notice in look.notices:
        typer.echo(f"  {notice}")
    for line in lines:
        typer.echo(f"  {line.what}: {line.number:,}{f' ({line.where})' if line.where else ''}")
    typer.echo(said)


def _as_data(name: str, counts: Counts, lines: list[Line], said: str) -> dict[str, Any]:
    return {
        "mapping": name,
        "counts": {field: getattr(counts, field) for field in counts.__dataclass_fields__},
        "lines": [line._asdict() for line in lines],
        "outcome": said,
    }
