"""One page for each indicator: how it stands and why, its chart, its history, its definition, and what is next."""

from collections.abc import Collection, Iterator

from spp_desktop.documents.blocks import Contents, DocumentBlock, DocumentFigure, DocumentHeading, Paragraph
from spp_desktop.documents.charts.targets import targets_alternative, targets_picture
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports import indicator_parts as indicators
from spp_desktop.edits.documents.reports.indicator_numbers import history_table
from spp_desktop.edits.documents.reports.keys import charts_key, colours_key, words_key
from spp_desktop.edits.documents.reports.report_plan import ReportPlan
from spp_desktop.edits.documents.reports.tables import Head, report_table
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.charts.target_chart import BETTER, targets_chart
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import DefinitionVersion
from spp_desktop.store import queries
from spp_desktop.store.indicator_rows import IndicatorRow

_TALL = 90.0
"""The height of a chart, so that a page holds the history below it."""


class IndicatorsPlan(ReportPlan):
    """A plan as pages of indicators read it."""

    @property
    def chosen(self) -> list[Judged]:
        """The indicators asked for, in their printed order; all, if none is named."""
        wanted = self.plan.asked.indicators
        return [judged for judged in self.judged if not wanted or judged.series.indicator.key in wanted]


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    chosen = plan.reading(IndicatorsPlan).chosen
    title = indicators.named(chosen[0]) if len(chosen) == 1 else "Indicators, one by one"
    return title, plan.plan.title


def _inside(plan: DocumentPlan) -> Collection[str] | None:
    return plan.asked.indicators or None


def _lacking(plan: DocumentPlan) -> Iterator[str]:
    reading = plan.reading(IndicatorsPlan)
    yield from indicators.lacking_steps(reading, reading.chosen)
    yield from indicators.lacking_targets(plan)


def _pages(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(IndicatorsPlan)
    chosen = reading.chosen
    if not chosen:
        yield Paragraph(line(f"The plan has no {Indicator.word.plural} yet."))
    if len(chosen) > 1:
        yield Contents(levels=1)
    for judged in chosen:
        heading = "How it stands" if len(chosen) == 1 else indicators.named(judged)
        yield DocumentHeading(line(heading), new_page=len(chosen) > 1)
        yield from indicators.standing(reading, judged, needed=True)
        yield from _drawn(reading, judged)


def _drawn(reading: IndicatorsPlan, judged: Judged) -> Iterator[DocumentBlock]:
    """The chart, the history of some years, and what is to be known of both."""
    chart = series_chart(judged, reading.plan.plan.illustrative)
    notes = [*_definition(reading, reading.rows[judged.series.indicator.key])]
    if chart.latest is None:
        notes.insert(0, indicators.NOTHING_DRAWN)
        yield from _targets_drawn(reading, reading.rows[judged.series.indicator.key])
    else:
        yield indicators.figure_of(judged, chart, None, _TALL)
        yield history_table(judged, chart)
        notes = [*indicators.chart_notes(reading, judged, chart), *notes]
    yield Paragraph(line(" ".join(notes)))


def _targets_drawn(reading: IndicatorsPlan, row: IndicatorRow) -> Iterator[DocumentBlock]:
    """The targets of an indicator that has no results yet, year by year."""
    plan = reading.plan.plan
    chart = targets_chart(row, (), years_of(plan), plan.illustrative)
    picture = targets_picture(chart)
    if picture.shapes:
        lines = [(aim.column.label, aim.stated, aim.meaning) for aim in chart.aims]
        heads = (Head("Year"), Head("Target"), Head("What it is", 3))
        numbers = report_table(f"Targets of {row.ref or row.title}", heads, lines)
        yield DocumentFigure(line(f"Targets of {row.ref or row.title}"), picture, targets_alternative(chart), numbers)


def _definition(reading: IndicatorsPlan, row: IndicatorRow) -> Iterator[str]:
    """What an indicator counts, which way is better, where it comes from, and how it was defined anew, in sentences."""
    made = f"{row.numerator} as a share of {row.denominator}" if row.numerator and row.denominator else row.unit
    whose = f" of {row.population}" if row.population else ""
    if made:
        yield f"It counts {made}{whose}."
    yield BETTER.get(row.polarity, "Neither higher nor lower is better.")
    if row.source:
        yield f"Source: {row.source.rstrip('.')}."
    for version in reading.plan.read(queries.register, DefinitionVersion):
        if version.indicator_id == row.key and version.definition:
            yield f"Definition from {short_day(version.starts_on)}: {version.definition.rstrip('.')}."


def _key(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(IndicatorsPlan)
    yield DocumentHeading(line("Key"), new_page=True)
    yield from colours_key(reading)
    yield from charts_key(reading)
    yield from words_key()


INDICATOR = DocumentKind(
    "indicator",
    "Indicators, a page for each",
    "How an indicator stands and why, with its chart, its history, its targets and definition, and what is next.",
    _heading,
    (DocumentPart("pages", "A page for each indicator", _pages), DocumentPart("key", "Key", _key)),
    asks=("indicator",),
    lacking=_lacking,
    inside=_inside,
)
"""One page for each indicator."""
