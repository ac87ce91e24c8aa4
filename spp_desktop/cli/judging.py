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
from spp_desktop.figures.judging.judged import Judged, month_unit_of, scale_in, unit_of
from spp_desktop.figures.judging.remaining_years import remaining_years
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.targets.kinds import CHANGES
from spp_desktop.figures.trajectory import period_name
from spp_desktop.plan.periods import year_name, year_of
from spp_desktop.plan.results import Area
from spp_desktop.store import queries
from spp_desktop.store.judged import Scope
from spp_desktop.store.judged import judged as judged_series
from spp_desktop.store.measured import FORCE
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

FINEST = 2
"""The most decimals that a result is shown with."""
_NARROWEST = 60
_INDENT = 15
"""The width of what stands before each text: two spaces and its name."""


@app.command()
def judge(
    plan: PlanFile,
    *,
    indicator: Annotated[str, typer.Option(metavar="REF", help="Only this indicator, by its reference.")] = "",
    area: Annotated[str, typer.Option(metavar="TITLE", help="This area instead of the force as a whole.")] = "",
    all_areas: Annotated[bool, typer.Option("--all-areas", help="The force, and each area with results.")] = False,
    as_at: Annotated[
        str,
        typer.Option(
            metavar="DATE", help="Today's figures of the periods that had ended on this day, such as 2008-10-31."
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Judge indicators against their targets, chart them, and say whether they will make it, with all that it rests on.

    The day is the plan's own if none is given. --as-at DATE judges as it was: by all that is known now of the periods
    that had ended by then. As we knew it then, by what stood in the plan on that day, is spp as-at PLAN DATE judge.
    """
    with opened(plan) as workspace:
        scope = _scope(workspace, indicator, area, all_areas=all_areas)
        today = workspace.read(queries.plan).today()
        day = day_option(as_at, year_of(today)) if as_at else today
        title = workspace.read(queries.plan).title
        series = workspace.read(judged_series, day, scope)
    if as_json:
        data = {"plan": title, "as_at": day.isoformat(), "indicators": [as_data(judged) for judged in series]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    elif not series:
        typer.echo("The plan has no indicators.")
    else:
        width = get_terminal_size().columns if sys.stdout.isatty() else None
        typer.echo("\n\n".join("\n".join(_lines(judged, width)) for judged in series))


def _scope(workspace: Workspace, indicator: str, area: str, *, all_areas: bool) -> Scope:
    """The scope of the series asked for by the reference of the indicator and the title of the area."""
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


def _named(keys: dict[str, str], name: str) -> str | None:
    """The key that belongs to a name, in capitals or not; ``None`` if there is no such name."""
    return next((key for title, key in keys.items() if title.casefold() == name.strip().casefold()), None)


def _lines(judged: Judged, width: int | None) -> Iterator[str]:
    """A judged series as lines of text: a heading, the sentences about it, and its control chart.

    Texts are folded to the width of a terminal; without one (``None``) each is one line, so that it can be searched.
    """
    indicator, area = judged.series.indicator, judged.series.area or "the force"
    population = f", {indicator.population}" if indicator.population else ""
    yield f"{indicator.ref}  {indicator.title}{population}: {area}"
    for name, text in _parts(judged):
        if text:
            first, rest = f"  {name:{_INDENT - 2}}", " " * _INDENT
            folded = [text] if width is None else wrap(text, max(_NARROWEST, width) - _INDENT)
            yield from (f"{rest if at else first}{line}" for at, line in enumerate(folded))
    if judged.chart is not None:
        yield from [f"  {line}" for line in table_lines(judged.chart, FINEST)]


def _parts(judged: Judged) -> Iterator[tuple[str, str]]:
    """The sentences about a series, each with its name; "" for the name of the sentence before it."""
    judgement = judged.judgement
    yield "Judgement", judged.sentence
    yield "", judged.remark
    yield (
        "Rule",
        f"{rag_words.rule_words(judgement.rule)}{f' ({judgement.rule.version})' if judgement.rule.version else ''}",
    )
    latest = judged.latest
    if latest is not None:
        state = "" if latest.state == "final" else f" ({latest.state})"
        period = rag_words.period_words(latest.first, latest.last)
        yield "Latest", f"{_figure(judged, latest.value)} {period}{state}"
    yield (
        "To date",
        f"{_figure(judged, judged.finding.actual)} {judgement.facts.period}"
        if judged.finding.actual is not None
        else "",
    )
    yield "Target", _target(judged)
    yield "Trajectory", _trajectory(judged)
    yield "Direction", judged.direction
    for at, line in enumerate(outlook.outlook(judged).lines()):
        yield "" if at else "Outlook", line
    for at, comparison in enumerate(outlook.compared(judged)):
        yield "" if at else "Compared", comparison.sentence
    remaining = remaining_years(judged)
    if remaining is not None:
        yield "Remaining", remaining.sentence
    check = target_check(judged)
    if check is not None:
        yield "Target check", check["sentence"]
        yield "", check["explanation"] and f"Explained: {check['explanation']}"
    if judged.standing is not None:
        average = shown(judged.standing.average, 2)
        yield "Standing", f"{judged.standing.words} most similar forces; their average is {average}."
    for at, line in enumerate(
        [judged.no_chart] if judged.chart is None else sentences(judged.chart, month_unit_of(judged))
    ):
        yield "" if at else "Chart", line


def _figure(judged: Judged, value: GivenNumber | None) -> str:
    """A figure with the unit of its series and at most two decimals."""
    scale = scale_in(judged)
    if value is not None and scale is not None:
        return scale.name(value)
    text = "not available" if value is None else shown(exact(value), 2)
    unit = unit_of(judged)
    return f"{text}{unit if unit == '%' else f' {unit}'}".rstrip()


def _target(judged: Judged) -> str:
    """The year's target as stated; for a change, also the figure that it comes to and its baseline."""
    stated, aim = judged.series.indicator.targets.get(judged.year), judged.aim
    if stated is None:
        return f"none for {year_name(judged.year)}"
    words = f"{stated.stated} for {year_name(judged.year)} ({stated.kind})"
    if aim.target is None or stated.kind not in CHANGES:
        return words
    return f"{words}, which is {_figure(judged, aim.target)}, from {_figure(judged, aim.baseline)}"


def _trajectory(judged: Judged) -> str:
    """Where the figure should stand at the end of each part of the year."""
    way = judged.aim.way
    if way is None:
        return ""
    share = "%" if unit_of(judged) == "%" else ""
    points = [f"{period_name(at, len(way.way))} {shown(point, 1)}{share}" for at, point in enumerate(way.points)]
    return f"{way.words}: {', '.join(points)}"
