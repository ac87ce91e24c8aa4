"""The performance plan as published tables: indicators with their targets, and results by period.

People get targets beside their indicators, a column for each year; programs get them as rows, so that the columns stay
the same from plan to plan.
"""

from collections.abc import Mapping, Sequence

from spp_desktop.edits.publishing.common import INDICATOR_REFERENCE, PlanRead
from spp_desktop.figures.scale import scale_of
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.plan.identity import goes_on, over_named, years_of
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.results import Area, DefinitionVersion, figure
from spp_desktop.plan.words import capital
from spp_desktop.returns.period_text import Period
from spp_desktop.returns.publication.publication import ForeignKey, PublishedColumn, PublishedTable, PublishedValue
from spp_desktop.returns.whole_table import period_words
from spp_desktop.store import measured, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import TargetRow

INDICATORS, TARGETS, RESULTS, PERFORMANCE = "indicators", "targets", "results", "performance_plan"
OVER_THE_PLAN, ALL = "over the plan", "All"
_WHOLE = "The whole area"
"""Whose results are those of no area, where the plan does not say whose it is."""
_BETTER = {"lower": "Lower", "higher": "Higher", "neutral": "Neither"}
_PLACES = 2
_RESULT = f"As it was recorded; worked out of what was counted it is rounded to {_PLACES} decimal places."
_OF_INDICATOR = ForeignKey(("reference",), INDICATORS, ("reference",))

_INDICATOR = (
    INDICATOR_REFERENCE,
    PublishedColumn("indicator", "Indicator", wide=True, required=True),
    PublishedColumn("group", "Group"),
    PublishedColumn("subgroup", "Subgroup", blank="z"),
    PublishedColumn("unit", "Unit", about="What its results count."),
    PublishedColumn("better", "Better", about="Which way is better: lower, higher or neither."),
    PublishedColumn("measured_as", "Measured as"),
    PublishedColumn("population", "Population", about="Whose answers or cases count."),
    PublishedColumn("source", "Source"),
    PublishedColumn("local_priority", "Local priority", "boolean", about="Whether it is a local priority (APACS)."),
)


def performance_plan(read: PlanRead) -> PublishedTable:
    """Indicators, each with what is aimed at in each year and over the plan; for people."""
    years = years_of(read.plan)
    aims = [
        *(PublishedColumn(f"target_{year}", f"Target {year_name(year)}") for year in years),
        PublishedColumn("target_over_plan", "Target over the plan"),
    ]
    rows: list[Sequence[PublishedValue]] = []
    notes: dict[tuple[int, int], tuple[str, ...]] = {}
    going_on = [row for row in queries.indicators(read.connection) if goes_on(row.last_year, years[0])]
    indicators, notes_by_key = going_on, _notes(read)
    for at, indicator in enumerate(indicators):
        stated = [target.stated if (target := indicator.targets.get(year)) else None for year in (*years, None)]
        rows.append((*_of_indicator(indicator), *stated))
        explained = [_explained(target) for target in indicator.targets.values() if target.explanation]
        over = indicator.targets.get(None)
        if over is not None and (named := over_named(over, years)):
            explained.append(f"The target over the plan is over {named}.")
        notes[at, 1] = (*notes_by_key.get(indicator.key, ()), *explained)
    about = "What is measured, and what is aimed at in each year and over the whole plan. Targets are as stated."
    columns = (*_INDICATOR, *aims)
    title = read.title("Performance plan")
    return PublishedTable(
        PERFORMANCE, title, "Performance plan", about, columns, rows, ("reference",), notes=notes, forms=("workbook",)
    )


def indicators(read: PlanRead) -> PublishedTable:
    """Indicators alone, with their notes; for programs."""
    notes_by_key = _notes(read)
    columns = (*_INDICATOR, PublishedColumn("notes", "Notes", wide=True, about="What is to be known of its figures."))
    rows = [
        (*_of_indicator(row), " ".join(notes_by_key.get(row.key, ()))) for row in queries.indicators(read.connection)
    ]
    about = "What is measured."
    title = read.title("Indicators")
    return PublishedTable(INDICATORS, title, "Indicators", about, columns, rows, ("reference",), forms=("data",))


def targets(read: PlanRead) -> PublishedTable:
    """Targets, a row for each indicator and year; for programs."""
    columns = (
        INDICATOR_REFERENCE,
        PublishedColumn("period", "Period", about=f"The year aimed at, or “{OVER_THE_PLAN}”.", required=True),
        PublishedColumn("target", "Target", about="The target as stated.", required=True),
        PublishedColumn("kind", "Kind of target", required=True),
        PublishedColumn("value", "Value", "number", about="The number in what was stated, if there is one."),
        PublishedColumn("upper_value", "Upper value", "number", about="The upper number of two."),
        PublishedColumn("for_each", "For each", about="What an amount is of: a year, a quarter or a month."),
        PublishedColumn("due", "By", "date", about="The day by which it is to be so, if one is named."),
        PublishedColumn("explanation", "Explanation", wide=True),
    )
    rows: list[Sequence[PublishedValue]] = [
        (
            indicator.ref, _when(target), target.stated, KINDS[target.kind].title, target.value, target.upper,
            target.every, target.due, target.explanation,
        )
        for indicator in queries.indicators(read.connection)
        for target in indicator.targets.values()
    ]  # fmt: skip
    about = "What is aimed at in each year and over the whole plan."
    title = read.title("Targets")
    return PublishedTable(
        TARGETS, title, "Targets", about, columns, rows, ("reference", "period"), (_OF_INDICATOR,), forms=("data",)
    )


def results(read: PlanRead) -> PublishedTable:
    """Results by period, of the force and of its areas, each with its state in a column of its own."""
    whole = read.plan.force or _WHOLE
    columns = (
        INDICATOR_REFERENCE,
        PublishedColumn("indicator", "Indicator", wide=True, required=True),
        PublishedColumn("area", "Area", about=f"“{whole}” as a whole, or one of its areas.", required=True),
        PublishedColumn("population", "Population", about="Whose answers or cases count.", required=True),
        PublishedColumn("period", "Period", required=True),
        PublishedColumn("period_from", "From", "date", required=True),
        PublishedColumn("period_to", "To", "date", about="The last day of the period.", required=True),
        PublishedColumn("state", "State", about="Provisional, final, revised or not available.", required=True),
        PublishedColumn("unit", "Unit", about="What the result counts."),
        PublishedColumn("grade", "Grade", blank="z", about="What the result is called, where it is a step of a scale."),
        PublishedColumn("result", "Result", "number", about=_RESULT, alike_by="reference"),
        PublishedColumn("counted", "Counted", "number", blank="z", about="What a share or rate is made of."),
        PublishedColumn("counted_of", "Counted of", "number", blank="z", about="What it is a share or rate of."),
        PublishedColumn("answers", "Answers", "number", blank="z", about="The number of answers to a survey."),
    )
    areas = {row.id: row.title for row in queries.register(read.connection, Area)}
    notes_by_key = _notes(read)
    of_indicator: dict[str, list[tuple[str, Sequence[PublishedValue]]]] = {}
    known = {indicator.key: indicator for indicator in queries.indicators(read.connection)}
    for row in measured.results(read.connection):
        own = known[row.indicator_key]
        scale = scale_of(own.measure, own.grades)
        value = figure(own.measure, own.per, row.value, row.numerator, row.denominator)
        if row.value is None and value is not None:
            value = round(value, _PLACES)
        of_indicator.setdefault(own.key, []).append((own.key, (
            own.ref, own.title, whole if row.area_key is None else areas[row.area_key],
            row.population or own.population or ALL, period_words(Period(row.period_from, row.period_to)),
            row.period_from, row.period_to, capital(row.state), own.unit,
            None if scale is None or value is None else scale.name(value),
            value, row.numerator, row.denominator, row.sample_size,
        )))  # fmt: skip
    ordered = [line for key in known for line in of_indicator.get(key, ())]
    notes = {(at, 1): notes_by_key.get(key, ()) for at, (key, _) in enumerate(ordered)}
    about = (
        f"What was measured of each indicator, by period, for {whole} and its areas. Provisional figures may still "
        "change; revised ones have changed since they were final."
    )
    return PublishedTable(
        RESULTS, read.title("Results by period"), "Results", about, columns, [line for _, line in ordered],
        ("reference", "area", "population", "period_from", "period_to"), (_OF_INDICATOR,), notes=notes,
    )  # fmt: skip


def _of_indicator(row: IndicatorRow) -> tuple[PublishedValue, ...]:
    return (
        row.ref, row.title, row.group, row.subgroup, row.unit, _BETTER[row.polarity], capital(row.measure),
        row.population or ALL, row.source, row.local_priority,
    )  # fmt: skip


def _when(target: TargetRow) -> str:
    return OVER_THE_PLAN if target.year is None else year_name(target.year)


def _explained(target: TargetRow) -> str:
    when = "over the plan" if target.year is None else f"for {year_name(target.year)}"
    return f"Of the target {when}: {target.explanation}"


def _notes(read: PlanRead) -> Mapping[str, tuple[str, ...]]:
    """What is to be known of the figures of each indicator: the notes beside it, and where its series breaks."""
    known: dict[str, list[str]] = {}
    for row in queries.indicators(read.connection):
        known[row.key] = [note.text for note in queries.notes_at(read.connection, "indicator_id", row.key)]
    for version in sorted(queries.register(read.connection, DefinitionVersion), key=lambda row: row.starts_on):
        breaks = " What came before cannot be compared with what came after." if version.breaks_series else ""
        changed = f"Defined or counted in another way from {in_words(version.starts_on)}: {version.reason.rstrip('.')}."
        known.setdefault(version.indicator_id, []).append(changed + breaks)
    return {key: tuple(texts) for key, texts in known.items()}
