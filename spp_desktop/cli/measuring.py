"""The command that takes in results from somebody's extract."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast, get_args

import typer

from spp_desktop.cli.ending import ASK, DONE, AsJson, PlanFile, TakeOver, opened, refuse
from spp_desktop.edits import import_report, importing_results
from spp_desktop.edits.import_report import ReportLine
from spp_desktop.edits.importing_results import Counts
from spp_desktop.edits.incoming import Incoming
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns import column_mapping
from spp_desktop.returns.column_mapping import TITLES, ColumnMapping, Role
from spp_desktop.returns.mapped import Chosen, Extract, FileLook, look_at
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

ROLES = tuple(role for role in get_args(Role) if role != "across")


@app.command()
def import_results(
    plan: PlanFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The extract: .csv, .xlsx, .xlsm or .ods.")],
    *,
    mapping: Annotated[
        str, typer.Option(help="The name under which its columns are kept; else the first that fits.")
    ] = "",
    sheet: Annotated[str, typer.Option(help="The sheet; else the first whose columns fit.")] = "",
    column: Annotated[
        list[str] | None, typer.Option(metavar="HEADING=ROLE", help=f"What a column holds: {', '.join(ROLES)}.")
    ] = None,
    indicator: Annotated[str, typer.Option(help="The indicator that all rows are of, where no column says it.")] = "",
    reason: Annotated[str, typer.Option(help="Why final figures change; without it they stay as they are.")] = "",
    guess: Annotated[bool, typer.Option("--guess", help="Go by the headings for what is not said.")] = False,
    add_areas: Annotated[bool, typer.Option("--add-areas", help="Add areas that the plan does not have.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Take it in; else only say what would come in.")] = False,
    as_json: AsJson = False,
    take_over: TakeOver = False,
) -> None:
    """Say what would come in from an extract whose columns are known; with --apply, take it in as one step.

    Which column holds what is chosen once, in the window or by --column and --guess, and kept under the name given by
    --mapping when it is applied. Exit status 0: nothing is left out. 1: rows are left out, or final figures would
    change and no reason was given. 2: the file was refused.
    """
    told = _Told(mapping, sheet, tuple(column or ()), indicator, guess)
    with opened(plan, writing=apply, take_over=take_over) as workspace:
        look = look_at(file)
        name, chosen = (mapping, _anew(workspace, look, told)) if told.anew else _chosen(workspace, look, told)
        names = workspace.read(importing_results.names, chosen.mapping)
        incoming = importing_results.gather(Extract(file), chosen, names, several_sheets=len(look.sheets) > 1)
        with closing(incoming):
            incoming.add_areas(wanted=add_areas)
            counts = workspace.read(importing_results.weigh, incoming)
            lines = import_report.lines(incoming, counts)
            if apply and told.anew and name:
                importing_results.keep(workspace, incoming, name, chosen.mapping)
            said = _taken_in(workspace, incoming, counts, reason) if apply else "Nothing was changed."
    left = counts.left_out + (0 if reason.strip() else counts.final)
    if as_json:
        typer.echo(json.dumps(_as_data(name, counts, lines, said), ensure_ascii=False, indent=1))
    else:
        columns = _columns(chosen) if told.anew else f"columns as in “{name}”"
        _print(file, columns, look, lines, said)
    raise typer.Exit(ASK if left else DONE)


class _Told(NamedTuple):
    """What was said of the columns: a name, the sheet, each "HEADING=ROLE", the indicator, whether headings count."""

    name: str
    sheet: str
    columns: tuple[str, ...]
    indicator: str
    guess: bool

    @property
    def anew(self) -> bool:
        """Whether the columns are said now, and not taken as they are kept."""
        return bool(self.columns or self.indicator or self.guess)


def _taken_in(workspace: Workspace, incoming: Incoming, counts: Counts, reason: str) -> str:
    label = importing_results.label(incoming, reason)
    taken = workspace.edit(label, importing_results.take, incoming, reason, as_kind="import")
    return import_report.outcome(incoming, counts, taken)


def _chosen(workspace: Workspace, look: FileLook, told: _Told) -> tuple[str, Chosen]:
    """The mapping, and the sheet and row of headings that it fits."""
    name, sheet = told.name, told.sheet
    kept = workspace.read(importing_results.mappings)
    if name and name not in kept:
        known = f"Those that are kept: {', '.join(kept)}." if kept else "Import such a file in the window first."
        refuse(f"No columns are kept under the name “{name}”. {known}")
    if sheet not in ("", *(one.title for one in look.sheets)):
        refuse(f"{look.name} has no sheet “{sheet}”. It has: {', '.join(one.title for one in look.sheets)}.")
    found = importing_results.fitting({name: kept[name]} if name else kept, look, sheet)
    if found is None:
        wanted = f"“{name}”" if name else "any that are kept"
        how = "Say what they hold by --column or --guess, or in the window."
        refuse(f"{look.name} does not have the columns of {wanted}. {how}")
    title, place, at = found
    one = look.sheets[place]
    first_year = workspace.read(importing_results.first_year)
    return title, Chosen(one.title, one.numbers[at], one.rows[at], kept[title], first_year)


def _anew(workspace: Workspace, look: FileLook, told: _Told) -> Chosen:
    """What the columns hold as it was said, and as their headings say where that was asked for."""
    one = next((one for one in look.sheets if told.sheet in (one.title, "")), None)
    if one is None or not one.rows:
        refuse(f"{look.name} has no sheet “{told.sheet}” with rows. It has: {', '.join(s.title for s in look.sheets)}.")
    at = column_mapping.heading_row(one.rows)
    headings = one.rows[at]
    made = column_mapping.guess(headings, one.rows[at + 1 :]) if told.guess else ColumnMapping()
    roles = dict(made.roles)
    names = column_mapping.named(headings)
    for said in told.columns:
        heading, _, role = said.rpartition("=")
        if fold(heading) not in names or role not in ROLES:
            known = f"Headings: {', '.join(headings)}. Roles: {', '.join(ROLES)}."
            refuse(f"“{said}” names no column and what it holds. {known}")
        roles[fold(heading)] = cast("Role", role)
    made = replace(made, roles=tuple(roles.items()), indicator=told.indicator, sheet=one.title)
    if made.lacks():
        refuse(f"{look.name}: {made.lacks()}")
    return Chosen(one.title, one.numbers[at], headings, made, workspace.read(importing_results.first_year))


def _columns(chosen: Chosen) -> str:
    """What the columns are taken to hold, so that a person can see whether it is so."""
    said = [f"{name} = {TITLES[role]}" for name, role in chosen.mapping.roles]
    if chosen.mapping.across is not None:
        said.append(f"{chosen.mapping.across}s across")
    return "; ".join(said)


def _print(file: Path, columns: str, look: FileLook, lines: list[ReportLine], said: str) -> None:
    typer.echo(f"{file.name}: {columns}")
    for notice in look.notices:
        typer.echo(f"  {notice}")
    for line in lines:
        typer.echo(f"  {line.what}: {line.number:,}{f' ({line.where})' if line.where else ''}")
    typer.echo(said)


def _as_data(name: str, counts: Counts, lines: list[ReportLine], said: str) -> dict[str, Any]:
    return {
        "mapping": name,
        "counts": {field: getattr(counts, field) for field in counts.__dataclass_fields__},
        "lines": [line._asdict() for line in lines],
        "outcome": said,
    }
