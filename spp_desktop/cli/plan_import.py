"""The command that takes in a plan that exists as somebody's table."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from spp_desktop.cli import extract_options as options
from spp_desktop.cli.ending import ASK, DONE, AsJson, PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.edits.plan_in import kept_columns, taking
from spp_desktop.edits.plan_in.proposal import PlanProposal, propose
from spp_desktop.edits.plan_in.questions import EACH, NEW, NOTHING, QuestionKind
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.days import read_year
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.words import Word
from spp_desktop.returns.headings import named
from spp_desktop.returns.known_terms import bare
from spp_desktop.returns.plan_tables import reading as plan_reading
from spp_desktop.returns.plan_tables.columns import roles
from spp_desktop.returns.plan_tables.entries import PlanSayings, sayings
from spp_desktop.returns.plan_tables.reading import PlanReading
from spp_desktop.returns.plan_tables.said_times import year_said
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

_WAYS = ("lower", "higher", "neutral")
_LEFT = Word("row or cell", "rows or cells")
_ANSWERS = {"new": NEW, "each": EACH, "none": NOTHING}


_Sheet = Annotated[str, typer.Option(help="The sheet, or the table of a document such as “Table 2”.")]
_Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="HEADING=ROLE",
        help="What a column holds: level 1, level 2 …, outline, ref, text, owners, start, due, forecast, status, "
        "percent, reason, budget, notes, milestone, milestone due, milestone done, indicator, indicator ref, "
        "group, unit, polarity, target, yearly target, unused.",
    ),
]
_Under = Annotated[
    str, typer.Option(help="What all rows stand under that say nothing else; “title”: what heads each table.")
]
_Alone = Annotated[bool, typer.Option("--alone", help="Read this table alone, and no others like it.")]
_Year = Annotated[str, typer.Option(help="The year of the activities, such as 2008-2009.")]
_Means = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TEXT=NAME",
        help="What a text of the table is: a post, a status, a day; new for a new post, each for several posts, "
        "none to leave it out.",
    ),
]
_Better = Annotated[
    str, typer.Option(help=f"Which way is better for indicators that do not say it: {', '.join(_WAYS)}.")
]
_Renumber = Annotated[bool, typer.Option("--renumber", help="Give the next free reference where one stands twice.")]


class _PlanWords(NamedTuple):
    """What was said of how the table is read, and of what it leaves open."""

    mapping: str
    sheet: str
    headings: int
    heading_rows: int
    columns: tuple[str, ...]
    under: str
    alone: bool
    year: str
    means: tuple[str, ...]
    better: str
    renumber: bool
    update: bool
    reason: str


@app.command()
def import_plan(
    plan: PlanFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table: .xlsx, .ods, .csv or a Word document.")],
    *,
    mapping: options.Mapping_ = "",
    sheet: _Sheet = "",
    headings: options.Headings = 0,
    heading_rows: options.HeadingRows = 0,
    column: _Columns = None,
    under: _Under = "",
    alone: _Alone = False,
    year: _Year = "",
    means: _Means = None,
    better: _Better = "",
    renumber: _Renumber = False,
    update: Annotated[bool, typer.Option("--update", help="Change what is there already and differs.")] = False,
    reason: Annotated[
        str, typer.Option(help="With --update: why dates move that have moved before, and targets that have judged.")
    ] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Take it in; else only say what would come in.")] = False,
    as_json: AsJson = False,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Say what would come in from a plan that exists as somebody's table; with --apply, take it in as one step.

    Columns are known by their headings, by --column, or as they were kept under the name given by --mapping. Exit
    status 0: all of it is or would be taken in. 1: something is left out, or must be decided first. 2: refused.
    """
    columns, meant = tuple(column or ()), tuple(means or ())
    if reason and not update:
        refuse("--reason says why what is there changes, so it needs --update. Nothing was changed.")
    words = _PlanWords(
        mapping, sheet, headings, heading_rows, columns, under, alone, year, meant, better, renumber, update, reason
    )
    with opened(plan, writing=apply, take_over=take_over, yes=yes) as workspace:
        reading = _read(workspace, file, words)
        proposal = _proposed(workspace, reading, words)
        asks_why = update and not reason.strip() and bool(proposal.asks_why)
        proposal = proposal.with_reason(reason) if update else proposal
        outcome = "Nothing was changed."
        if apply and not proposal.undecided:
            outcome = _taken(workspace, proposal, reading, words)
    if asks_why:
        outcome = f"Say by --reason why what asks for a reason changes. {outcome}"
    _tell(reading, proposal, outcome, as_json=as_json)
    raise typer.Exit(ASK if proposal.undecided or proposal.left else DONE)


def _read(workspace: Workspace, file: Path, words: _PlanWords) -> PlanReading:
    """The table that is meant, read as it was said."""
    kept = workspace.read(kept_columns.kept_columns)
    if words.mapping in kept:
        kept = {words.mapping: kept[words.mapping]}
    look = plan_reading.whole(file)
    sheet = next((each for each in look.sheets if words.sheet in (each.title, each.title.partition(":")[0])), None)
    if words.sheet and sheet is None:
        names = ", ".join(each.title for each in look.sheets)
        refuse(f"{look.name} has no sheet or table “{words.sheet}”. It has: {names}.")
    reading = plan_reading.proposed(look, kept, sheet.title if sheet is not None else "")
    if words.headings or words.heading_rows:
        row = words.headings or reading.sheet.numbers[reading.table.at]
        if row not in reading.sheet.numbers:
            refuse(f"{look.name} has nothing in row {row}, so that it is no row of headings.")
        at = reading.sheet.numbers.index(row)
        reading = plan_reading.at_rows(look, reading.sheet, at, words.heading_rows or 1)
    reading = _with_columns(reading, words.columns)
    columns = replace(reading.columns, together=reading.columns.together and not words.alone)
    reading = reading.changed(replace(columns, under=words.under) if words.under else columns)
    if lacks := reading.columns.lacks():
        has = ", ".join(filter(None, reading.table.headings))
        refuse(f"{look.name}: {lacks} Say it by --column, --sheet or --headings. The columns are: {has}.")
    return reading


def _with_columns(reading: PlanReading, texts: tuple[str, ...]) -> PlanReading:
    names = named(reading.table.headings)
    for text in texts:
        heading, equals, role = text.rpartition("=")
        if not equals or role not in (*roles(), "unused"):
            refuse(f"“{text}” says no column: write HEADING=ROLE, with one of {', '.join(roles())}, unused.")
        if bare(heading) not in names:
            refuse(f"{reading.look.name} has no column “{heading}”. It has: {', '.join(reading.table.headings)}.")
        place = names.index(bare(heading))
        chosen = reading.columns.with_role(reading.table.headings, place, None if role == "unused" else role)
        reading = replace(reading, columns=chosen, title="")
    return reading


def _proposed(workspace: Workspace, reading: PlanReading, words: _PlanWords) -> PlanProposal:
    """What would come in, with the answers that were given."""
    told = sayings(reading)
    year = _year(workspace, words.year, told)
    usual: dict[QuestionKind, str] = {}
    if words.better:
        if words.better not in _WAYS:
            refuse(f"“{words.better}” is no way: write {', '.join(_WAYS)}.")
        usual["way"] = words.better
    if words.renumber:
        usual["reference"] = NEW
    proposal = workspace.read(propose, reading.look.name, told, year, {}, usual)
    meant = {fold(text.rpartition("=")[0]): text.rpartition("=")[2] for text in words.means}
    answers = {
        question.key: _ANSWERS.get(meant[fold(question.text)], meant[fold(question.text)])
        for question in proposal.questions
        if fold(question.text) in meant
    }
    asked = {fold(question.text) for question in proposal.questions}
    for text in words.means:
        if fold(text.rpartition("=")[0]) not in asked:
            refuse(f"Nothing is asked about “{text.rpartition('=')[0]}”, which --means speaks of. Nothing was changed.")
    return workspace.read(propose, reading.look.name, told, year, answers, usual) if answers else proposal


def _year(workspace: Workspace, text: str, told: PlanSayings) -> int:
    """The year that was said, or that the table's days say, or the one that is usually shown."""
    years = years_kept(workspace.read(queries.plan))
    if not text:
        by_days = year_said(told.entries, years)
        return workspace.read(queries.usual_year) if by_days is None else by_days
    year = read_year(text)
    if isinstance(year, Doubt):
        refuse(year.sentence)
    if year not in years:
        refuse(f"{text} is no year of the plan. It has: {', '.join(map(year_name, years))}.")
    return int(year)


def _taken(workspace: Workspace, proposal: PlanProposal, reading: PlanReading, words: _PlanWords) -> str:
    name, update, reason = words.mapping.strip(), words.update, words.reason
    columns = taking.NamedPlanColumns(name, reading.columns) if name and reading.title != name else None
    what = taking.counted(proposal, "new", *(("differs",) if update else ()))
    if not what and columns is None:
        return "Nothing was changed." if proposal.left else "All of it is there already. Nothing was changed."
    label = taking.label(proposal, update=update)
    take = taking.take
    workspace.edit(label, take, proposal, update=update, reason=reason, columns=columns, as_kind="import")
    return f"Took in {what or 'no rows'} from {proposal.name}. Undo takes it back in one step."


def _tell(reading: PlanReading, proposal: PlanProposal, outcome: str, *, as_json: bool) -> None:
    """Print what would come in, what is asked, and what was done."""
    if as_json:
        typer.echo(json.dumps(_as_data(reading, proposal, outcome), ensure_ascii=False, indent=1))
        return
    chosen, titles = dict(reading.columns.roles), roles()
    read_as = ", ".join(
        f"{heading} = {titles[chosen[name]]}"
        for name, heading in zip(named(reading.table.headings), reading.table.headings, strict=True)
        if name in chosen
    )
    typer.echo(f"{reading.look.name}: {year_name(proposal.year)}; {read_as}")
    for notice in reading.look.notices:
        typer.echo(f"  {notice}")
    for title, fate in (("New", "new"), ("Already there", "same"), ("There already, and differs", "differs")):
        typer.echo(f"  {title}: {taking.counted(proposal, fate) or 'nothing'}")
    for row in proposal.rows:
        if row.fate == "differs":
            typer.echo(f"    {row.entry.place}: {row.entry.ref or row.entry.words} {row.why}")
    for question in proposal.questions:
        answer = (
            "must be said"
            if question.answer is None
            else dict(question.choices).get(question.answer) or question.answer
        )
        typer.echo(f"  ? {question.place}: {question.sentence} ({answer.strip('()')})")
    typer.echo(f"  Left out: {_LEFT.counted(len(proposal.left))}")
    for sentence in proposal.left:
        typer.echo(f"    {sentence}")
    if proposal.undecided:
        typer.echo("Say what is meant by --means, --renumber or --better.")
    typer.echo(outcome)


def _as_data(reading: PlanReading, proposal: PlanProposal, outcome: str) -> dict[str, Any]:
    return {
        "mapping": reading.title,
        "year": year_name(proposal.year),
        "columns": dict(reading.columns.roles),
        "counts": {fate: proposal.count(fate) for fate in ("new", "same", "differs", "left")},
        "rows": [
            {"kind": row.entry.kind, "fate": row.fate, "ref": row.entry.ref, "words": row.entry.words,
             "place": row.entry.place, "why": row.why}
            for row in proposal.rows
        ],
        "questions": [question._asdict() for question in proposal.questions],
        "left": list(proposal.left),
        "outcome": outcome,
    }  # fmt: skip
