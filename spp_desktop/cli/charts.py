"""The command that makes control charts of case files, so that they can be held against those of any other tool."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import DONE, REFUSED, refuse
from spp_desktop.figures.control import case as control_case
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import Chart
from spp_desktop.figures.table_cell import TableCell
from spp_desktop.plan.kinds.days import short_month

app = typer.Typer()

LARGEST = 64_000_000
"""Bytes of a case file that are read; where there are more, something else has been named."""
FINEST = 6
"""Decimals that a table shows at the most."""
_COLUMNS = {0: "<", 1: ">", 2: ">", 3: ">", 6: ">", 7: "<", 8: "<"}
"""What is shown of the table of a chart: the month, the result, mean and limits, signal and meaning; to which side."""


@dataclass(frozen=True)
class _Answer:
    """What a case comes to: its chart, or why it has none.

    ``known`` is what it is called, in its own words; ``malformed`` whether it is not of the form of a case.
    """

    place: int
    known: dict[str, str | int]
    chart: Chart | None = None
    refused: ValueError | None = None

    @property
    def name(self) -> str:
        return _printable(f"case {self.known.get('id', self.place)}")

    @property
    def malformed(self) -> bool:
        return isinstance(self.refused, control_case.NotACase)

    @property
    def data(self) -> dict[str, Any]:
        """The outcome in the form of the case files."""
        made, refused = self.chart, self.refused or ValueError()
        return {**self.known, "expected": control_case.outcome_of(made) if made else control_case.no_chart(refused)}


@app.command()
def spc(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.json", help="A case, a list of cases, or an object that holds them as cases."),
    ],
    *,
    text: Annotated[bool, typer.Option("--text", help="Print a table for each case instead of JSON.")] = False,
) -> None:
    """Make the control chart of every case in a file, and print points and summary in the form of the cases.

    A case is an object with dates and values, an id, a title and options: improvement_direction (increase, decrease or
    neutral), target, rebase (dates), fix_after_n_points, screen_outliers. What it comes to is printed under
    "expected".

    Exit status 0: every case is answered; one that has no chart says so. 2: the file, or a case in it, is not of this
    form; the other cases were answered.
    """
    held = _read(file)
    several = isinstance(held, dict) and "cases" in held
    cases = held["cases"] if several else held if isinstance(held, list) else [held]
    if not isinstance(cases, list) or not isinstance(held, list | dict):
        refuse(f"{file.name} holds no cases: a case is an object with dates and values, and several are a list.")
    answers = [_answered(case, place) for place, case in enumerate(cases, 1)]
    if text:
        typer.echo("\n\n".join("\n".join(_as_text(one)) for one in answers))
    else:
        typer.echo(_as_json(answers, held))
    for one in answers:
        if one.malformed:
            typer.echo(f"{file.name}, {one.name}: {_printable(str(one.refused))}", err=True)
    raise typer.Exit(REFUSED if any(one.malformed for one in answers) else DONE)


def _read(file: Path) -> Any:
    """What a file of JSON holds."""
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        refuse(f"{file.name} is larger than {LARGEST // 1_000_000} MB; put its cases into several files.")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        refuse(f"{file.name} is not text in UTF-8, as JSON is.")
    except json.JSONDecodeError as problem:
        refuse(f"{file.name} is not JSON: line {problem.lineno}, column {problem.colno}: {problem.msg}.")
    except ValueError:
        refuse(f"{file.name} holds a number of thousands of digits.")
    except RecursionError:
        refuse(f"{file.name} holds lists within lists, far deeper than cases are.")


def _answered(case: Any, place: int) -> _Answer:
    named = [(name, case.get(name)) for name in ("id", "title")] if isinstance(case, Mapping) else []
    known = {name: said for name, said in named if isinstance(said, str | int)}
    try:
        if any(said is not None and name not in known for name, said in named):
            raise control_case.NotACase("Its id and title are texts or whole numbers.")
        return _Answer(place, known, control_case.chart_of(case))
    except ValueError as refused:
        return _Answer(place, known, refused=refused)


def _as_json(answers: list[_Answer], held: Any) -> str:
    """The outcomes in the shape of what was held: one by itself, a list, or an object of cases; a line for each."""
    lines = ",\n".join(json.dumps(one.data, allow_nan=False) for one in answers)
    if isinstance(held, list):
        return f"[\n{lines}\n]"
    return f'{{"cases": [\n{lines}\n]}}' if "cases" in held else lines


def _as_text(answer: _Answer) -> Iterator[str]:
    """A case for people: what it is called, a table, and what the chart says."""
    title = _printable(str(answer.known.get("title", "")))
    yield f"C{answer.name[1:]}{f': {title}' if title else ''}"
    if answer.chart is None:
        yield f"No chart. {_printable(str(answer.refused))}"
        return
    yield from table_lines(answer.chart)
    yield from sentences(answer.chart)


def sentences(chart: Chart, unit: str = "") -> list[str]:
    """What a chart of results in this unit says: its two icons, and how its limits were made."""
    return [control_words.variation(chart), control_words.assurance(chart, unit), *control_words.notes(chart)]


def table_lines(chart: Chart, finest: int = FINEST) -> Iterator[str]:
    """The points of a chart with their limits and rules, as lines of a table; results with so many decimals at most."""
    headings, *rows = _rows(chart, finest)
    rows.insert(0, [heading.removesuffix(" limit") for heading in headings])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, _COLUMNS.values(), widths, strict=True)
        yield "  ".join(f"{cell:{side}{width}}" for cell, side, width in cells).rstrip()


def _rows(chart: Chart, finest: int) -> Iterator[list[str]]:
    """The table of a chart as texts: results with the decimals that they are given with, means and limits one more."""
    places = min(finest, max([_decimals(value) for value in chart.values if value is not None], default=0))
    monthly = all(day.day == 1 for day in chart.days)
    for row in control_words.table(chart):
        yield [_cell(row[at], places + (at > 1), monthly=monthly) for at in _COLUMNS]


def _cell(held: TableCell, places: int, *, monthly: bool) -> str:
    if isinstance(held, date):
        return short_month(held) if monthly else held.isoformat()
    return held or "" if isinstance(held, str | None) else f"{held:,.{places}f}"


def _decimals(value: Any) -> int:
    """The decimals that a number is given with."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return min(FINEST, max(0, -exponent)) if isinstance(exponent, int) else 0


def _printable(text: str) -> str:
    """A text of a file as a terminal may be given it."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
