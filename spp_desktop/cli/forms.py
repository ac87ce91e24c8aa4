"""The commands that fill somebody's form from the plan, and read a filled one back."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import ASK, DONE, AsJson, PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.edits.forms import filled, kept_forms, read_back
from spp_desktop.edits.forms.filled import FormFilling
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.read_back import FormReading
from spp_desktop.plan.identity import period_name, years_kept
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.days import read_year
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import counted
from spp_desktop.returns.cell_places import address
from spp_desktop.returns.forms.mapping import CellMapping, MappingUnread, from_text
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

_FormMapping = Annotated[
    str, typer.Argument(metavar="MAPPING", help="The name of a kept mapping, or the file of one that ends with .toml.")
]
_FormYear = Annotated[
    str, typer.Option(help="The year that the form is for, where it is not that of the mapping, such as 2009-2010.")
]
_FATES = {
    "new": "New", "differs": "Differs from the plan", "same": "As in the plan", "blank": "Blank", "left": "Left out",
}  # fmt: skip


@app.command()
def forms(
    plan: PlanFile,
    *,
    add: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Keep the mapping of a file in the plan.")
    ] = None,
    save: Annotated[tuple[str, str], typer.Option(metavar="NAME FILE.toml", help="Write a kept mapping to a file.")] = (
        "",
        "",
    ),
    remove: Annotated[str, typer.Option(metavar="NAME", help="Keep a mapping no longer.")] = "",
    as_json: AsJson = False,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """List the mappings of forms that a plan keeps; keep one more, write one to a file, or keep one no longer."""
    writing = add is not None or bool(remove)
    with opened(plan, writing=writing, take_over=take_over, yes=yes) as workspace:
        if add is not None:
            mapping = _of_file(add)
            workspace.edit(f"keep the form mapping {mapping.title}", kept_forms.keep_form, mapping)
        if remove:
            workspace.read(kept_forms.kept_text, remove)
            workspace.edit(f"remove the form mapping {remove}", kept_forms.remove_form, remove)
        if save[0]:
            kept_forms.mapping_to_file(workspace.read(kept_forms.kept_text, save[0]), Path(save[1]))
        kept = workspace.read(kept_forms.kept_forms)
    if as_json:
        typer.echo(json.dumps([_mapping_data(name, each) for name, each in kept.items()], ensure_ascii=False, indent=1))
        return
    for name, each in kept.items():
        year = f", {year_name(each.year)}" if each.year is not None else ""
        typer.echo(f"{name}: {counted(len(each.cells), 'cell')} of {each.form or 'a form'}{year}")
    if not kept:
        typer.echo("No mapping of a form is kept. Make one in the window, or add one by --add.")


@app.command()
def fill(
    plan: PlanFile,
    mapping: _FormMapping,
    blank: Annotated[Path, typer.Argument(metavar="BLANK", help="The blank form: .xlsx, .xlsm or .ods.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where the filled form is written; never over the blank.")],
    *,
    year: _FormYear = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUT where it is there already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fill somebody's blank form from the plan; nothing else of the form is changed.

    Exit status 0: everything is in the form. 1: cells were not found, or rows have no place; the rest is filled.
    2: refused.
    """
    with opened(plan) as workspace:
        known = _mapping(workspace, mapping, year)
        form = open_form(blank)
        filling = workspace.read(lambda connection: filled.fill(PlanBook(connection), form, known))
        if out.exists() and not overwrite and not out.samefile(blank):
            refuse(f"There is a file {out.name} already, and it stays as it is. Name another, or say --overwrite.")
        filled.write(filling, out, blank)
    _tell_filling(filling, out, as_json=as_json)
    raise typer.Exit(ASK if filling.lacking else DONE)


@app.command()
def form_import(
    plan: PlanFile,
    mapping: _FormMapping,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The filled form: .xlsx, .xlsm or .ods.")],
    *,
    year: _FormYear = "",
    reason: Annotated[str, typer.Option(help="Why final figures and targets change.")] = "",
    unlikely: Annotated[bool, typer.Option("--unlikely", help="Take in figures too that are hardly meant.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Take it in; else only say what would come in.")] = False,
    as_json: AsJson = False,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Say what a filled form says that the plan does not; with --apply, take it in as one step.

    Exit status 0: nothing is left out. 1: something is left out, or a reason is missing. 2: refused.
    """
    with opened(plan, writing=apply, take_over=take_over, yes=yes) as workspace:
        known = _mapping(workspace, mapping, year)
        form = open_form(file)
        reading = workspace.read(read_back.read_back, form, known)
        changes = reading.proposed(unlikely=unlikely)
        outcome = "Nothing was changed."
        lacking = any(change.final for change in changes) and not reason.strip()
        if apply and lacking:
            outcome = "Final figures would change. Say why by --reason. Nothing was changed."
        elif apply and changes:
            workspace.edit(reading.label(), read_back.take, changes, reason, as_kind="import")
            outcome = f"Took in {counted(len(changes), 'cell')} of {reading.name}. Undo takes it back in one step."
    hardly_meant = 0 if unlikely else sum(each.unlikely for each in reading.changes)
    left = reading.count("left") + len(reading.unplaced) + hardly_meant
    _tell_reading(reading, outcome, as_json=as_json)
    raise typer.Exit(ASK if left or lacking else DONE)


def _of_file(path: Path) -> CellMapping:
    """The mapping that a file is."""
    try:
        return kept_forms.mapping_of_file(path)
    except MappingUnread as problem:
        refuse(str(problem))


def _mapping(workspace: Workspace, named: str, year: str) -> CellMapping:
    """The mapping that is meant, for the year that is meant."""
    if named.casefold().endswith(".toml"):
        mapping = _of_file(Path(named))
    else:
        mapping = from_text(workspace.read(kept_forms.kept_text, named))
    if not year:
        return mapping
    asked = read_year(year)
    if isinstance(asked, Doubt):
        refuse(asked.sentence)
    if mapping.year is None:
        refuse(f"The mapping “{mapping.title}” does not say for which year it was made, so its years stay as they are.")
    plan = workspace.read(queries.plan)
    if asked not in years_kept(plan):
        typer.echo(
            f"{year_name(asked)} is no year of the plan ({period_name(plan)}): it has no targets of it.", err=True
        )
    return mapping.of_year(asked)


def _mapping_data(name: str, mapping: CellMapping) -> dict[str, Any]:
    year = None if mapping.year is None else year_name(mapping.year)
    return {"name": name, "form": mapping.form, "year": year, "cells": len(mapping.cells)}


def _tell_filling(filling: FormFilling, out: Path, *, as_json: bool) -> None:
    if as_json:
        lines = [
            {"sheet": line.sheet, "cell": address(line.place) if line.place else "", "holds": line.cell.holds,
             "shown": line.shown, "notes": list(line.notes)}
            for line in filling.lines
        ]  # fmt: skip
        unplaced = [{"cell": each.cell.called, "holds": each.cell.holds, "why": each.why} for each in filling.unplaced]
        data = {"file": str(out), "filled": filling.filled, "cells": lines, "not_placed": unplaced}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for notice in filling.form.notices:
        typer.echo(notice)
    for line in filling.lines:
        if line.place is not None and (line.notes or not line.shown):
            typer.echo(f"  {line.sheet}!{address(line.place)}, {line.title}: {' '.join(line.notes)}")
    for each in filling.unplaced:
        typer.echo(f"  Not placed: {each.cell.called} ({each.cell.holds}). {each.why}")
    typer.echo(f"{filling.outcome()}. It is in {out.name}.")


def _tell_reading(reading: FormReading, outcome: str, *, as_json: bool) -> None:
    if as_json:
        changes = [
            {"cell": each.where, "title": each.title, "now": each.now, "then": each.then, "fate": each.fate,
             "why": each.why, "final": each.final, "unlikely": each.unlikely}
            for each in reading.changes
        ]  # fmt: skip
        unplaced = [{"cell": each.cell.called, "why": each.why} for each in reading.unplaced]
        data = {"counts": dict(read_back.counts(reading)), "cells": changes, "not_placed": unplaced, "outcome": outcome}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for notice in reading.notices:
        typer.echo(notice)
    for fate, title in _FATES.items():
        typer.echo(f"{title}: {counted(sum(each.fate == fate for each in reading.changes), 'cell')}")
        for each in reading.changes:
            if each.fate == fate and fate in ("new", "differs", "left"):
                now = f" (now {each.now})" if each.now and fate == "differs" else ""
                why = f" {each.why}" if each.why else ""
                typer.echo(f"  {each.where}, {each.title}: {each.then}{now}.{why}")
    for lost in reading.unplaced:
        typer.echo(f"  Not placed: {lost.cell.called}. {lost.why}")
    typer.echo(outcome)
