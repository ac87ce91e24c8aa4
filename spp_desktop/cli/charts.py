"""The command that makes control charts of case files, so that they can be compared with those of any other tool."""

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
"""The largest case file that is read, in bytes; a larger file is surely another kind of file."""
FINEST = 6
"""The most decimals that a table shows."""
_COLUMNS = {0: "<", 1: ">", 2: ">", 3: ">", 6: ">", 7: "<", 8: "<"}
"""The columns shown of a chart's table, with their alignment: month, result, mean, limits, signal and meaning."""


@dataclass(frozen=True)
class _Answer:
    """The answer to a case: its chart, or why it has none.

    Attributes:
        place: The number of the case in its file, from 1.
        identity: Its id and title, as far as it has them.
        chart: Its chart, or ``None``.
        refused: Why it has no chart, or ``None``.
    """

    place: int
    identity: dict[str, str | int]
    chart: Chart | None = None
    refused: ValueError | None = None

    @property
    def name(self) -> str:
        return _printable(f"case {self.identity.get('id', self.place)}")

    @property
    def malformed(self) -> bool:
        """Whether it does not have the form of a case."""
        return isinstance(self.refused, control_case.NotACase)

    @property
    def data(self) -> dict[str, Any]:
        """The outcome in the form of the case files."""
        chart, refused = self.chart, self.refused or ValueError()
        return {
            **self.identity,
            "expected": control_case.outcome_of(chart) if chart else control_case.no_chart(refused),
        }


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
    content = _read(file)
    several = isinstance(content, dict) and "cases" in content
    cases = content["cases"] if several else content if isinstance(content, list) else [content]
    if not isinstance(cases, list) or not isinstance(content, list | dict):
        refuse(f"{file.name} holds no cases: a case is an object with dates and values, and several are a list.")
    answers = [_answered(case, place) for place, case in enumerate(cases, 1)]
    if text:
        typer.echo("\n\n".join("\n".join(_as_text(answer)) for answer in answers))
    else:
        typer.echo(_as_json(answers, content))
    for answer in answers:
        if answer.malformed:
            typer.echo(f"{file.name}, {answer.name}: {_printable(str(answer.refused))}", err=True)
    raise typer.Exit(REFUSED if any(answer.malformed for answer in answers) else DONE)


def _read(file: Path) -> Any:
    """The content of a JSON file; a file that is too large or not JSON ends the program with a sentence."""
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
    identity = {name: text for name, text in named if isinstance(text, str | int)}
    try:
        if any(text is not None and name not in identity for name, text in named):
            raise control_case.NotACase("Its id and title are texts or whole numbers.")
        return _Answer(place, identity, control_case.chart_of(case))
    except ValueError as refused:
        return _Answer(place, identity, refused=refused)


def _as_json(answers: list[_Answer], content: Any) -> str:
    """The outcomes, one a line, in the shape of the file's content: a case by itself, a list, or an object of cases."""
    lines = ",\n".join(json.dumps(answer.data, allow_nan=False) for answer in answers)
    if isinstance(content, list):
        return f"[\n{lines}\n]"
    return f'{{"cases": [\n{lines}\n]}}' if "cases" in content else lines


def _as_text(answer: _Answer) -> Iterator[str]:
    """A case as lines of text: its name and title, a table, and the sentences about its chart."""
    title = _printable(str(answer.identity.get("title", "")))
    yield f"C{answer.name[1:]}{f': {title}' if title else ''}"
    if answer.chart is None:
        yield f"No chart. {_printable(str(answer.refused))}"
        return
    yield from table_lines(answer.chart)
    yield from sentences(answer.chart)


def sentences(chart: Chart, unit: str = "") -> list[str]:
    """The sentences about a chart: its two icons, and how its limits were made; ``unit`` is that of its results."""
    return [control_words.variation(chart), control_words.assurance(chart, unit), *control_words.notes(chart)]


def table_lines(chart: Chart, finest: int = FINEST) -> Iterator[str]:
    """The points of a chart as lines of a table; results have at most ``finest`` decimals."""
    headings, *rows = _rows(chart, finest)
    rows.insert(0, [heading.removesuffix(" limit") for heading in headings])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, _COLUMNS.values(), widths, strict=True)
        yield "  ".join(f"{cell:{side}{width}}" for cell, side, width in cells).rstrip()


def _rows(chart: Chart, finest: int) -> Iterator[list[str]]:
    """The table of a chart as texts: results with the decimals they were given with, means and limits with one more."""
    places = min(finest, max([_decimals(value) for value in chart.values if value is not None], default=0))
    monthly = all(day.day == 1 for day in chart.days)
    for row in control_words.table(chart):
        yield [_cell(row[at], places + (at > 1), monthly=monthly) for at in _COLUMNS]


def _cell(value: TableCell, places: int, *, monthly: bool) -> str:
    if isinstance(value, date):
        return short_month(value) if monthly else value.isoformat()
    return value or "" if isinstance(value, str | None) else f"{value:,.{places}f}"


def _decimals(value: Any) -> int:
    """How many decimals a number was given with."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return min(FINEST, max(0, -exponent)) if isinstance(exponent, int) else 0


def _printable(text: str) -> str:
    """A text from a file, safe for a terminal: unprintable characters become question marks."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
