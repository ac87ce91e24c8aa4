"""Commands on returns that leave the house: what is due when, how far each is, what was sent and changed since."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.editions import restated_as_data, restated_in_words
from spp_desktop.cli.ending import AsJson, PlanFile, opened, refuse
from spp_desktop.cli.options import day_option, month_option, year_option
from spp_desktop.edits import edition_restatements, known_returns, restated, returns_calendar, submissions
from spp_desktop.edits.restated import Differing, NoFigures, Restated
from spp_desktop.edits.return_rows import facts
from spp_desktop.edits.returns_calendar import Round
from spp_desktop.edits.submissions import About
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import PERIODS, time_name, year_of
from spp_desktop.plan.submissions import SUBMISSION_STEPS, SubmissionStep
from spp_desktop.returns.definition import Return
from spp_desktop.returns.due_rules import SPANS
from spp_desktop.store import editions as issued
from spp_desktop.store import locks, queries, states, submitted
from spp_desktop.store.submitted import SubmissionRow
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


@app.command()
def due(
    plan: PlanFile,
    *,
    everything: Annotated[bool, typer.Option("--all", help="What was sent, and what is not begun yet, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the calendar of returns: what is due when and how far it is; what is due next comes first.

    The exit status is 1 if something is overdue.
    """
    with opened(plan) as workspace:
        today = workspace.read(queries.plan).today()
        rounds = returns_calendar.rounds(workspace)
    overdue = any(each.is_overdue(today) for each in rounds)
    if not everything:
        rounds = [each for each in rounds if each.is_open and each.state(today) != "not yet"]
    if as_json:
        typer.echo(_json([_round_as_data(each, today) for each in rounds]))
    elif not rounds:
        typer.echo("Nothing is waiting to be sent.")
    for each in () if as_json else rounds:
        typer.echo(_round_in_words(each, today))
    raise typer.Exit(1 if overdue else 0)


def _round_in_words(each: Round, today: date) -> str:
    day = f"{each.due:%d/%m/%Y}" if each.due else "no day"
    late = "  OVERDUE" if each.is_overdue(today) else ""
    steps = ", ".join(
        f"{step} {short_day(taken[0])} by {taken[1]}" for step in SUBMISSION_STEPS if (taken := each.done(step))
    )
    number = f" as submission {each.standing.number}" if each.standing and each.standing.number else ""
    return f"{day:10}  {each.state(today):10}  {each.about.title}, {each.when}{late}{steps and f': {steps}'}{number}"


def _round_as_data(each: Round, today: date) -> dict[str, Any]:
    return {
        "return": each.about.return_id,
        "title": each.about.title,
        "often": each.about.often,
        "year": each.about.year,
        "period": each.about.period,
        "when": each.when,
        "due": each.due.isoformat() if each.due else None,
        "rule": each.rule,
        "state": each.state(today),
        "overdue": each.is_overdue(today),
        **_steps_as_data(each.standing),
        "number": each.standing.number if each.standing else None,
    }


def _steps_as_data(row: SubmissionRow | None) -> dict[str, Any]:
    steps = {step: row.taken(step) if row else None for step in SUBMISSION_STEPS}
    return {step: {"on": taken[0].isoformat(), "by": taken[1]} if taken else None for step, taken in steps.items()}


@app.command()
def submit(
    plan: PlanFile,
    return_id: Annotated[str, typer.Argument(metavar="RETURN", help="The return's id, as spp returns lists it.")],
    step: Annotated[str, typer.Argument(metavar="STEP", help="prepared, checked, signed or sent.")],
    *,
    year: Annotated[str, typer.Option(help="The year, such as 2008-2009; the plan's first if not given.")] = "",
    part: Annotated[str, typer.Option(help="The half, quarter or month of it: H1, Q2, M06 or 2008-09.")] = "",
    by: Annotated[str, typer.Option(help="Who did it; you if not given.")] = "",
    on: Annotated[str, typer.Option(help="The day, such as 2008-10-14; today if not given.")] = "",
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What was sent; the latest that was written if not given.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="It was sent before, and once more.")] = False,
) -> None:
    """Say that a return was prepared, checked, signed or sent. What is sent is a numbered submission from then on."""
    if step not in SUBMISSION_STEPS:
        refuse(f"“{step}” is no step; the steps are {', '.join(SUBMISSION_STEPS)}.")
    with opened(plan, writing=True) as workspace:
        about = _about(workspace, return_id, year, part)
        today = workspace.read(queries.plan).today()
        day = day_option(on, year_of(today)) if on else today
        name = f"{about.title} {time_name(about.year, about.period)}".strip()
        who = by or locks.author()
        if step == "sent":
            _demand_first(workspace, about, again=again)
            sent = submissions.file_sent(workspace, about, file)
            number = workspace.edit(f"send the {name}", submissions.send, about, day, who, sent)
            named = f", with “{sent.name}”" if sent.name else "; no file was written of it, so none is named"
            typer.echo(f"Submission {number}: {name}, sent {day:%d/%m/%Y} by {who}{named}.")
        else:
            taken: SubmissionStep = step
            workspace.edit(f"{name}: {step}", submissions.take_step, about, taken, day, who)
            typer.echo(f"{name}: {step} {day:%d/%m/%Y} by {who}.")


def _demand_first(workspace: Workspace, about: About, *, again: bool) -> None:
    """Refuse to send once more what was sent, unless that is said."""
    own = about.return_id, about.often, about.year, about.period
    for row in [] if again else workspace.read(submitted.submissions):
        if row.sent_on is not None and row.about == own:
            refuse(
                f"Submission {row.number} of it was sent on {short_day(row.sent_on)}. Nothing was changed; where it "
                "was sent once more, say --again."
            )


def _about(workspace: Workspace, return_id: str, year: str, part: str) -> About:
    """What the options say that a submission is about."""
    definition = _known(workspace, return_id)
    asked, period = (None, "")
    if part and part[:1].upper() in "HQM" and part.upper() in {name for names in PERIODS.values() for name in names}:
        period = part.upper()
    elif part:
        asked, period = month_option(part)
    if year:
        asked = year_option(year)
    if asked is None:
        asked = workspace.read(facts).years[0]
    often = next((each for each in definition.frequencies if period in PERIODS.get(SPANS[each], ("",))), None)
    if often is None and definition.frequencies:
        known = ", ".join(definition.frequencies)
        refuse(f"The {definition.title.lower()} is asked for {known}; say its half, quarter or month with --part.")
    return About(definition.id, definition.title, often or "", asked, period)


def _known(workspace: Workspace, asked: str) -> Return:
    """The return of this id, or of this title."""
    known = workspace.read(known_returns.every)
    definition = next((each for each in known if asked == each.id or fold(asked) == fold(each.title)), None)
    if definition is None:
        refuse(f"There is no return called “{asked}”; spp returns lists those there are.")
    return definition


@app.command(name="submissions")
def list_submissions(
    plan: PlanFile,
    number: Annotated[int | None, typer.Argument(metavar="[N]", help="Only this one, with what changed since.")] = None,
    *,
    compare: Annotated[
        int | None, typer.Option(metavar="M", help="What differs between N and this one, of the same return.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what was sent; or show one submission and what has changed since; or compare it with another."""
    with opened(plan) as workspace:
        if compare is not None and number is None:
            refuse("Say which submission it is compared with: spp submissions PLAN N --compare M.")
        if number is None:
            _say_all(workspace, as_json=as_json)
        elif compare is None:
            _say_one(workspace, _numbered(workspace, number), as_json=as_json)
        else:
            try:
                changed = restated.compared(workspace, _numbered(workspace, number), _numbered(workspace, compare))
            except NoFigures as problem:
                refuse(str(problem))
            _say_differences(changed, number, compare, as_json=as_json)


def _numbered(workspace: Workspace, number: int) -> SubmissionRow:
    row = submissions.submission_numbered(workspace, number)
    if row is None:
        refuse(f"There is no submission {number}; spp submissions PLAN lists those there are.")
    return row


def _say_all(workspace: Workspace, *, as_json: bool) -> None:
    sent = [row for row in workspace.read(submitted.submissions) if row.sent]
    if as_json:
        typer.echo(_json([_submission_as_data(row) for row in sent]))
    elif not sent:
        typer.echo("No submission was sent.")
    for row in () if as_json else sent:
        typer.echo(_submission_in_words(row))


def _submission_in_words(row: SubmissionRow) -> str:
    what = f"{row.title} {time_name(row.year, row.period)}".strip()
    file = f"  {row.file_name}" if row.file_name else ""
    return f"{row.number:4}  {what}: sent {row.sent_on:%d/%m/%Y} by {row.sent_by}{file}"


def _submission_as_data(row: SubmissionRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "return": row.return_id,
        "title": row.title,
        "often": row.often,
        "year": row.year,
        "period": row.period,
        **_steps_as_data(row),
        "revision": row.revision,
        "file": row.file_name,
        "sha256": row.file_hash,
        "note": row.note,
    }


def _say_one(workspace: Workspace, row: SubmissionRow, *, as_json: bool) -> None:
    changed = restated.restatements(workspace, row.number)
    if as_json:
        changes = [_restated_as_data(each) for each in changed.restated]
        typer.echo(_json({**_submission_as_data(row), "restatements": changes, "unknown": list(changed.unknown)}))
        return
    typer.echo(_submission_in_words(row))
    for step in SUBMISSION_STEPS:
        taken = row.taken(step)
        typer.echo(f"      {step}: {f'{taken[0]:%d/%m/%Y} by {taken[1]}' if taken else 'not said'}")
    if row.file_hash:
        typer.echo(f"      SHA-256 of the file: {row.file_hash}")
    _say_restated(changed, "Nothing of it has changed since.")


def _say_restated(changed: restated.Restatements, nothing: str) -> None:
    for each in changed.restated:
        typer.echo(_restated_in_words(each))
    for sentence in changed.unknown:
        typer.echo(sentence, err=True)
    if not changed.restated and not changed.unknown:
        typer.echo(nothing)


def _restated_in_words(each: Restated) -> str:
    numbers = ", ".join(map(str, each.submissions))
    made = f" ({each.step}, {each.who}, {each.when}{f': {each.why}' if each.why else ''})" if each.step else ""
    return f"submission{'s' if len(each.submissions) > 1 else ''} {numbers}: {_in_words(each.differing)}{made}"


def _in_words(each: Differing) -> str:
    if each.kind == "cell":
        return f"{each.words}, {each.column}: {each.was or 'empty'} → {each.now or 'empty'}"
    figures = each.was or each.now
    what = "is not there any more" if each.kind == "gone" else "is new"
    return f"{each.words} {what}{figures and f' ({figures})'}"


def _say_differences(changed: list[Differing], number: int, other: int, *, as_json: bool) -> None:
    if as_json:
        typer.echo(_json([_differing_as_data(each) for each in changed]))
    elif not changed:
        typer.echo(f"Submissions {number} and {other} say the same.")
    for each in () if as_json else changed:
        typer.echo(_in_words(each))


def _differing_as_data(each: Differing) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "sheet": each.listing,
        "ref": each.ref,
        "text": each.text,
        "column": each.column,
        "was": each.was,
        "is": each.now,
    }


def _restated_as_data(each: Restated) -> dict[str, Any]:
    return {
        "submissions": list(each.submissions),
        **_differing_as_data(each.differing),
        "when": each.when,
        "who": each.who,
        "step": each.step,
        "why": each.why,
    }


@app.command()
def restatements(
    plan: PlanFile,
    *,
    edition: Annotated[
        int | None, typer.Option(metavar="N", help="Only what has changed of what this edition holds.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what has changed of figures that were sent, and of what editions hold; the exit status is then 1.

    Each with what it was and is, the submissions or editions affected, who changed it and why, who approved it, and
    whether it was announced ahead.
    """
    with opened(plan) as workspace:
        if edition is not None and workspace.read(issued.edition_numbered, edition) is None:
            states.moment_of(workspace, f"edition {edition}")  # refuses, and says which there are
        changed = restated.restatements(workspace) if edition is None else restated.Restatements(())
        of_editions = edition_restatements.restatements(workspace, edition)
    if as_json:
        data = {
            "restatements": [_restated_as_data(each) for each in changed.restated],
            "editions": [restated_as_data(each) for each in of_editions.restated],
            "unknown": [*changed.unknown, *of_editions.unknown],
        }
        typer.echo(_json(data))
    else:
        for each in of_editions.restated:
            typer.echo(restated_in_words(each))
        for sentence in of_editions.unknown:
            typer.echo(sentence, err=True)
        nothing = "No figure that was sent has changed since."
        if edition is None:
            _say_restated(changed, nothing)
        elif not of_editions.restated and not of_editions.unknown:
            typer.echo(f"Nothing that edition {edition} holds has changed since.")
    raise typer.Exit(1 if changed.restated or of_editions.restated else 0)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)
