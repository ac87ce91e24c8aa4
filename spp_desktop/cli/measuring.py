"""The command that takes in results from somebody's extract."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from spp_desktop.cli import extract_options as options
from spp_desktop.cli.ending import ASK, DONE, AsJson, PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.cli.extract_options import HOW, ExtractWords, columns_in_words
from spp_desktop.edits import extract_names, import_report, importing_results
from spp_desktop.edits.import_report import ReportLine
from spp_desktop.edits.importing_results import Counts, NamedColumns
from spp_desktop.edits.incoming import Incoming
from spp_desktop.returns import extract_reading
from spp_desktop.returns.extract_reading import ExtractReading
from spp_desktop.returns.mapped import Extract, FileLook, look_at
from spp_desktop.returns.whole_table import PlanNames
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


@app.command()
def import_results(
    plan: PlanFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The extract: .csv, .xlsx, .xlsm or .ods.")],
    *,
    mapping: options.Mapping_ = "",
    sheet: options.SheetOption = "",
    headings: options.Headings = 0,
    heading_rows: options.HeadingRows = 0,
    column: options.ColumnsOption = None,
    across: options.AcrossOption = "",
    only: options.OnlyOption = None,
    means: options.Means = None,
    indicator: options.OneIndicator = "",
    area: options.OneArea = "",
    force: options.Force = "",
    population: options.PopulationOption = "",
    period: options.OnePeriod = "",
    state: options.FigureState = "",
    times: options.Times = 0.0,
    add_up: options.Sum = False,
    blanks_as_above: options.Blanks = False,
    guess: options.Guess = False,
    reason: Annotated[str, typer.Option(help="Why final figures change; without it they stay as they are.")] = "",
    add_areas: Annotated[bool, typer.Option("--add-areas", help="Add areas that the plan does not have.")] = False,
    unlikely: Annotated[bool, typer.Option("--unlikely", help="Take in figures too that are hardly meant.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Take it in; else only say what would come in.")] = False,
    as_json: AsJson = False,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Say what would come in from an extract whose columns are known; with --apply, take it in as one step.

    Which column holds what is chosen once, in the window or by --column and --guess, and kept under the name given by
    --mapping when it is applied. Exit status 0: nothing is left out. 1: rows are left out, or final figures would
    change and no reason was given. 2: the file was refused.
    """
    fields = {"indicator": indicator, "area": area, "force": force, "population": population, "period": period,
              "state": state, "times": times, "sums": add_up, "blanks": blanks_as_above}  # fmt: skip
    columns, rows, names = (tuple(texts or ()) for texts in (column, only, means))
    words = ExtractWords(
        mapping, sheet, headings, heading_rows, columns, rows, names, across, tuple(fields.items()), guess
    )
    with opened(plan, writing=apply, take_over=take_over, yes=yes) as workspace:
        incoming = _import(workspace, file, words, _ImportWanted(reason, add_areas, unlikely, apply))
    _tell(incoming, as_json=as_json)
    raise typer.Exit(ASK if incoming.left else DONE)


class _ImportWanted(NamedTuple):
    """What is to be done with what was read."""

    reason: str
    add_areas: bool
    unlikely: bool
    apply: bool


class _Done(NamedTuple):
    """What was read and done: the reading, its lines, and what became of it."""

    look: FileLook
    reading: ExtractReading
    name: str
    anew: bool
    counts: Counts
    lines: list[ReportLine]
    outcome: str
    left: int


def _import(workspace: Workspace, file: Path, words: ExtractWords, wanted: _ImportWanted) -> _Done:
    """Read a file, hold it against the plan, and take it in where that is wanted."""
    look = look_at(file)
    plan = workspace.read(extract_names.plan_names)
    reading = words.read_anew(look, plan) if words.anew else _kept(workspace, look, words, plan)
    if reading.questions:
        refuse(f"{look.name}: {reading.questions[0].sentence}{f' {HOW}' if words.anew else ''}")
    chosen = reading.chosen(workspace.read(extract_names.first_year))
    names = workspace.read(extract_names.keys_by_name, chosen.mapping)
    if names.lacks:
        refuse(f"{look.name}: {names.lacks}")
    incoming = importing_results.gather(Extract(file), chosen, names, several_sheets=len(look.sheets) > 1)
    with closing(incoming):
        incoming.add_areas(wanted=wanted.add_areas)
        incoming.take_unlikely(wanted=wanted.unlikely)
        counts = workspace.read(importing_results.weigh, incoming)
        lines = import_report.lines(incoming, counts, reading.unused())
        name = words.name if words.anew else reading.title
        columns = NamedColumns(name, reading.mapping) if words.anew and name else None
        outcome = "Nothing was changed."
        if wanted.apply:
            outcome = _taken_in(workspace, incoming, counts, wanted.reason, columns)
    left = counts.left_out + (0 if wanted.reason.strip() else counts.final)
    return _Done(look, reading, name, words.anew, counts, lines, outcome, left)


def _taken_in(
    workspace: Workspace, incoming: Incoming, counts: Counts, reason: str, columns: NamedColumns | None
) -> str:
    label = importing_results.label(incoming, reason, columns)
    taken = workspace.edit(label, importing_results.take, incoming, reason, columns=columns, as_kind="import")
    return import_report.outcome(incoming, counts, taken)


def _kept(workspace: Workspace, look: FileLook, words: ExtractWords, plan: PlanNames) -> ExtractReading:
    """The table that a kept mapping fits."""
    name, sheet = words.name, words.sheet
    kept = workspace.read(importing_results.mappings)
    if name and name not in kept:
        known = f"Those that are kept: {', '.join(kept)}." if kept else "Import such a file in the window first."
        refuse(f"No columns are kept under the name “{name}”. {known}")
    if sheet not in ("", *(each.title for each in look.sheets)):
        refuse(f"{look.name} has no sheet “{sheet}”. It has: {', '.join(each.title for each in look.sheets)}.")
    reading = extract_reading.fitting({name: kept[name]} if name else kept, look, plan, sheet)
    if reading is None:
        wanted = f"“{name}”" if name else "any that are kept"
        how = "Say what they hold by --column or --guess, or in the window."
        refuse(f"{look.name} does not have the columns of {wanted}. {how}")
    return reading


def _tell(done: _Done, *, as_json: bool) -> None:
    """Print what was read and done."""
    if as_json:
        typer.echo(json.dumps(_as_data(done), ensure_ascii=False, indent=1))
        return
    columns = columns_in_words(done.reading) if done.anew else f"columns as in “{done.name}”"
    typer.echo(f"{done.look.name}: {columns}")
    for notice in done.look.notices:
        typer.echo(f"  {notice}")
    for line in done.lines:
        typer.echo(f"  {line.what}: {line.number:,}{f' ({line.where})' if line.where else ''}")
    typer.echo(done.outcome)


def _as_data(done: _Done) -> dict[str, Any]:
    return {
        "mapping": done.name,
        "counts": {field: getattr(done.counts, field) for field in done.counts.__dataclass_fields__},
        "lines": [line._asdict() for line in done.lines],
        "outcome": done.outcome,
    }
