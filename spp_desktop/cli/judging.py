"""The command that judges a plan's indicators: what the figures say, and why."""

import json
import sys
from collections.abc import Iterator
from shutil import get_terminal_size
from textwrap import wrap
from typing import Annotated

import typer

from spp_desktop.cli.charts import sentences, table_lines
from spp_desktop.cli.ending import AsJson, PlanFile, opened, refuse
from spp_desktop.cli.judged_json import as_data, target_check
from spp_desktop.cli.options import day_option
from spp_desktop.figures.exact import GivenNumber, exact, shown
from spp_desktop.figures.judging import outlook
from spp_desktop.figures.judging.aims import CHANGES
from spp_desktop.figures.judging.judged import Judged, month_unit_of, unit_of
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.trajectory import period_name
from spp_desktop.plan.periods import year_name, year_of
from spp_desktop.plan.results import Area
from spp_desktop.store import queries
from spp_desktop.store.judged import Scope, judged
from spp_desktop.store.measured import FORCE
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

FINEST = 2
"""Decimals of a result that are shown at the most."""
_NARROWEST = 60
_INDENT = 15
"""Columns of what stands before each text: its name, within two columns of the edge."""


@app.command()
def judge(
    plan: PlanFile,
    *,
    indicator: Annotated[str, typer.Option(metavar="REF", help="Only this indicator, by its reference.")] = "",
    area: Annotated[str, typer.Option(metavar="TITLE", help="This area instead of the force as a whole.")] = "",
    all_areas: Annotated[bool, typer.Option("--all-areas", help="The force, and each area with results.")] = False,
    as_at: Annotated[
        str, typer.Option(metavar="DATE", help="By the periods that had ended on this day, such as 2008-10-31.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Judge indicators against their targets, chart them, and say whether they will make it, with all that it rests on.

    The day is the plan's own if none is given.
    """
    with opened(plan) as workspace:
        scope = _scope(workspace, indicator, area, all_areas=all_areas)
        today = workspace.read(queries.plan).today()
        day = day_option(as_at, year_of(today)) if as_at else today
        title = workspace.read(queries.plan).title
        found = workspace.read(judged, day, scope)
    if as_json:
        held = {"plan": title, "as_at": day.isoformat(), "indicators": [as_data(one) for one in found]}
        typer.echo(json.dumps(held, ensure_ascii=False, indent=1, allow_nan=False))
    elif not found:
        typer.echo("The plan has no indicators.")
    else:
        width = get_terminal_size().columns if sys.stdout.isatty() else None
        typer.echo("\n\n".join("\n".join(_lines(one, width)) for one in found))


def _scope(workspace: Workspace, indicator: str, area: str, *, all_areas: bool) -> Scope:
    """The series asked for, by the names that people have for them."""
    if area and all_areas:
        refuse("Either --area for one area or --all-areas for every one; not both.")
    key = None
    if indicator:
        refs = {row.ref: row.key for row in workspace.read(queries.indicators)}
        key = _named(refs, indicator) or refuse(
            f"There is no indicator “{indicator}”. The plan has {', '.join(refs) or 'none'}."
        )
    if not area:
        return Scope(key, None if all_areas else FORCE)
    titles = {row.title: row.id for row in workspace.read(queries.register, Area)}
    return Scope(
        key, _named(titles, area) or refuse(f"There is no area “{area}”. The plan has {', '.join(titles) or 'none'}.")
    )


def _named(known: dict[str, str], name: str) -> str | None:
    """The key of what has this name, whatever its capitals."""
    return next((key for own, key in known.items() if own.casefold() == name.strip().casefold()), None)


def _lines(one: Judged, width: int | None) -> Iterator[str]:
    """A series for people: a heading, what is said of it, and its control chart.

    Texts are folded to the width of a terminal; elsewhere each stands whole in its line, where it can be searched for.
    """
    indicator, area = one.series.indicator, one.series.area or "the force"
    population = f", {indicator.population}" if indicator.population else ""
    yield f"{indicator.ref}  {indicator.title}{population}: {area}"
    for name, text in _told(one):
        if text:
            first, rest = f"  {name:{_INDENT - 2}}", " " * _INDENT
            folded = [text] if width is None else wrap(text, max(_NARROWEST, width) - _INDENT)
            yield from (f"{rest if at else first}{line}" for at, line in enumerate(folded))
    if one.chart is not None:
        yield from [f"  {line}" for line in table_lines(one.chart, FINEST)]


def _told(one: Judged) -> Iterator[tuple[str, str]]:
    """What is said of a series, each under its name."""
    made = one.judgement
    yield "Judgement", one.sentence
    yield "", one.remark
    yield "Rule", f"{rag_words.rule_words(made.rule)}{f' ({made.rule.version})' if made.rule.version else ''}"
    latest = one.latest
    if latest is not None:
        state = "" if latest.state == "final" else f" ({latest.state})"
        period = rag_words.period_words(latest.first, latest.last)
        yield "Latest", f"{_figure(one, latest.value)} {period}{state}"
    yield "To date", f"{_figure(one, one.found.actual)} {made.facts.period}" if one.found.actual is not None else ""
    yield "Target", _target(one)
    yield "Trajectory", _trajectory(one)
    yield "Direction", one.direction
    for at, line in enumerate(outlook.outlook(one).lines()):
        yield "" if at else "Outlook", line
    for at, comparison in enumerate(outlook.compared(one)):
        yield "" if at else "Compared", comparison.sentence
    check = target_check(one)
    if check is not None:
        yield "Target check", check["sentence"]
        yield "", check["explanation"] and f"Explained: {check['explanation']}"
    if one.standing is not None:
        average = shown(one.standing.average, 2)
        yield "Standing", f"{one.standing.words} most similar forces; their average is {average}."
    for at, line in enumerate([one.no_chart] if one.chart is None else sentences(one.chart, month_unit_of(one))):
        yield "" if at else "Chart", line


def _figure(one: Judged, value: GivenNumber | None) -> str:
    """A figure in the unit of its series, with two decimals at the most."""
    text = "not available" if value is None else shown(exact(value), 2)
    unit = unit_of(one)
    return f"{text}{unit if unit == '%' else f' {unit}'}".rstrip()


def _target(one: Judged) -> str:
    """The year's target as it was stated, what it comes to, and what it is cut from."""
    stated, held = one.series.indicator.targets.get(one.year), one.aim
    if stated is None:
        return f"none for {year_name(one.year)}"
    said = f"{stated.stated} for {year_name(one.year)} ({stated.kind})"
    if held.target is None or stated.kind not in CHANGES:
        return said
    return f"{said}, which is {_figure(one, held.target)}, from {_figure(one, held.baseline)}"


def _trajectory(one: Judged) -> str:
    """Where the figure should stand at the end of each part of the year."""
    way = one.aim.way
    if way is None:
        return ""
    share = "%" if unit_of(one) == "%" else ""
    points = [f"{period_name(at, len(way.way))} {shown(point, 1)}{share}" for at, point in enumerate(way.points)]
    return f"{way.words}: {', '.join(points)}"
