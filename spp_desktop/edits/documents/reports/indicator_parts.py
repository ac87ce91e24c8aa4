"""What reports say of indicators: a line of each in a table, and a section of one with its chart and its numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from spp_desktop.documents.blocks import (
    Bullets,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.charts.series import TALL, alternative, series_picture
from spp_desktop.documents.inline import Badge, Line, line, strong
from spp_desktop.edits.documents.before_printing import before_printing
from spp_desktop.edits.documents.lacks import (
    NO_FORECAST,
    NO_NEXT_STEP,
    NO_TARGET,
    NOT_STATED,
    figure_or_words,
)
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports.indicator_numbers import SHARES, numbers_table, short_name
from spp_desktop.edits.documents.reports.report_plan import NextStep, ReportPlan
from spp_desktop.edits.documents.reports.tables import Cell, Head, colour_of, number_head, rag_badge, report_table
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.charts.series_parts import SeriesChart
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.judging import cells
from spp_desktop.figures.judging.judged import Judged, change_words
from spp_desktop.figures.judging.outlook import Outlook, YearEndVerdict, outlook
from spp_desktop.figures.rag.colours import State
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.words import capital

ORDER: tuple[State, ...] = (
    "red",
    "amber",
    "too close to call",
    "too early",
    "no data",
    "green",
    "benchmark year",
    "no target",
    "not judged",
)
"""The states as reports tell of them: exceptions first."""
NOTHING_DRAWN = "There are no results to draw."
IN_NEED: frozenset[State] = frozenset({"red", "amber"})
"""The states that ask for something to be done."""
_COUNTS = {2: "two", 3: "three"}

_VERDICTS: Mapping[YearEndVerdict, Line] = {
    "meets": line(Badge("Would meet it", "green"), ": "),
    "misses": line(Badge("Would miss it", "red"), ": "),
    "methods differ": line(Badge("Methods differ", "blue"), ": "),
}
"""What stands before a year's end that is forecast."""


def worse(judged: Judged) -> bool:
    """Whether it is clearly worse than in the same period of last year."""
    return judged.change is not None and judged.change.meaning == "worse"


def in_need(judged: Judged) -> bool:
    """Whether it needs improvement: it is red, amber or worsening."""
    return judged.judgement.state in IN_NEED or worse(judged)


def exceptions_first(every: Iterable[Judged]) -> list[Judged]:
    """Indicators as reports tell of them: red, then worsening, then amber, then the others."""

    def rank(judged: Judged) -> int:
        """Where it stands."""
        state = judged.judgement.state
        return 0 if state == "red" else 1 if worse(judged) else 2 + ORDER.index(state)

    return sorted(every, key=rank)


def named(judged: Judged) -> str:
    """An indicator with its reference."""
    indicator = judged.series.indicator
    return f"{indicator.ref} {indicator.title}".strip()


# In a table


HEADS = (
    Head("Indicator", 2.2), Head("Now", 1.1), number_head("Year to date", 1), Head("Counted", 1.2),
    number_head("Target", 1.2), Head("Year-end forecast", 1.5), Head("Why it stands so", 4.2),
)  # fmt: skip


def indicator_table(reading: ReportPlan, every: Iterable[Judged], caption: str, *, key: str = "") -> DocumentTable:
    """A line of each indicator: how it stands now, its year-end forecast apart from that, and the sentence why."""
    return report_table(caption, HEADS, (_in_table(reading, judged) for judged in every), across=True, key=key)


def _in_table(reading: ReportPlan, judged: Judged) -> tuple[Cell, ...]:
    return (
        named(judged),
        rag_badge(judged),
        to_date(judged),
        counted(judged),
        aim(reading, judged),
        forecast_line(outlook(judged)),
        sentences(judged),
    )


def sentences(judged: Judged) -> str:
    """Why an indicator stands as it does, with what must be said beside its colour."""
    return " ".join(filter(None, (judged.sentence, judged.remark)))


def to_date(judged: Judged) -> str:
    """The figure of the year so far, or the words for why there is none."""
    state = judged.series.readings[-1].state if judged.series.readings else ""
    return figure_or_words(cells.to_date(judged), state)


def counted(judged: Judged) -> str:
    """Of how many the figure is: "719 of 6,238"; "" where it is itself a number of things."""
    if judged.series.indicator.measure not in SHARES or judged.finding.unit or judged.judgement.facts.actual is None:
        return ""
    return cells.counted_of(judged.series.indicator.measure, judged.used) or NOT_STATED


def aim(reading: ReportPlan, judged: Judged) -> str:
    """The target of the year judged, as the window's table has it."""
    row = reading.rows[judged.series.indicator.key]
    target = judged.series.indicator.targets.get(judged.year)
    if target is None:
        return NO_TARGET
    printed = cells.stated(row.targets, judged.year, starred=row.local_priority)
    return cells.aim(judged, printed if target == row.targets.get(judged.year) else target.stated)


def forecast_line(ahead: Outlook) -> Line:
    """Whether the year's end would meet the target, and what it comes to by all methods."""
    if ahead.verdict == "no forecast":
        return line(NO_FORECAST)
    return line(*_VERDICTS.get(ahead.verdict, ()), ahead.range_words)


# In a section


def indicator_section(
    reading: ReportPlan, judged: Judged, level: int, *, new_page: bool = False
) -> Iterator[DocumentBlock]:
    """All that a report says of one indicator among others."""
    yield DocumentHeading(line(named(judged)), level, new_page=new_page)
    yield from standing(reading, judged)
    yield from drawn(reading, judged)


def standing(reading: ReportPlan, judged: Judged, *, needed: bool = False) -> Iterator[DocumentBlock]:
    """How an indicator stands now, and what is to be known beside that.

    Args:
        reading: the plan.
        judged: the indicator.
        needed: whether it is told what is left to reach the target.
    """
    yield Paragraph(sentence_line(judged))
    yield Bullets(tuple(_facts(reading, judged, needed=needed)))


def drawn(reading: ReportPlan, judged: Judged) -> Iterator[DocumentBlock]:
    """The chart of an indicator with the numbers of the year, and what is to be said of it."""
    chart = series_chart(judged, reading.plan.plan.illustrative)
    if chart.latest is None:
        yield Paragraph(line(NOTHING_DRAWN))
        return
    yield figure_of(judged, chart, numbers_table(judged, chart))
    notes = chart_notes(reading, judged, chart)
    if notes:
        yield Paragraph(line(" ".join(notes)))


def figure_of(judged: Judged, chart: SeriesChart, numbers: DocumentTable | None, tall: float = TALL) -> DocumentFigure:
    """A chart with its alternative text, and its numbers if no table near it has them; its title stands above it."""
    title = chart.title.removeprefix(chart.name).removeprefix(": ")
    caption = f"{short_name(chart)}, {title}" if judged.series.indicator.ref else chart.title
    return DocumentFigure(line(caption), series_picture(chart, tall), " ".join(alternative(chart).split()), numbers)


def chart_notes(reading: ReportPlan, judged: Judged, chart: SeriesChart) -> list[str]:
    """What is printed under a chart: what the sentence and the key do not say already."""
    known = {reading.plan.plan.illustrative, *chart.answers, *_in_key(judged)}
    return [note for note in chart.notes if note not in known]


def _in_key(judged: Judged) -> Iterator[str]:
    """What the key says of all charts, and why there is none."""
    yield judged.no_chart
    if judged.chart is not None:
        yield control_words.method(judged.chart.settings)


def sentence_line(judged: Judged) -> Line:
    """The sentence why it stands so, its first word on its colour."""
    word = judged.look.word
    return line(Badge(word, colour_of(judged.judgement.state)), sentences(judged).removeprefix(word))


def _facts(reading: ReportPlan, judged: Judged, *, needed: bool) -> Iterator[Line]:
    """What stands below the sentence: each with a word before it."""
    made = counted(judged)
    if made:
        what = judged.series.indicator
        of = f" ({what.numerator} of {what.denominator})" if what.numerator and what.denominator else ""
        yield _fact("Counted", f"{made}{of}")
    yield _fact("Target", aim(reading, judged))
    yield _forecast_fact(outlook(judged), needed=needed)
    if judged.change is not None:
        yield _fact("Against last year", f"{capital(change_words(judged, judged.change)).rstrip('.')}.")
    if judged.standing is not None:
        yield _fact("Most similar forces", f"{judged.standing.words}.")
    if in_need(judged):
        yield _fact("Next step", indicator_step(reading, judged).words(reading.stands_on))


def _fact(title: str, words: str) -> Line:
    return line(*strong(f"{title}: "), words)


def _forecast_fact(ahead: Outlook, *, needed: bool) -> Line:
    if ahead.verdict == "no forecast":
        return _fact("Year-end forecast", f"{NO_FORECAST}. {ahead.remark}".strip())
    told = f" by {in_words(ahead.ends)}, by {_methods(ahead)}."
    left = ahead.lines()[len(ahead.projections) :][:1] if needed else []
    return line(*strong("Year-end forecast: "), *forecast_line(ahead), " ".join([told, *left]))


def _methods(ahead: Outlook) -> str:
    used = sum(projection.value is not None for projection in ahead.projections)
    return "one method" if used == 1 else f"{_COUNTS[used]} methods"


def indicator_step(reading: ReportPlan, judged: Judged) -> NextStep:
    """What is done next for an indicator: the first step of what serves the same rows of the plan as it measures."""
    steps = [(each.step, each.row.ref) for each in reading.serving(judged.series.indicator.key) if each.step.text]
    if not steps:
        return NextStep()
    step, ref = min(steps, key=lambda pair: pair[0].day or date.max)
    return NextStep(f"Activity {ref}: {step.text}", step.day)


def counts_of(every: Sequence[Judged]) -> Mapping[State, int]:
    """How many indicators stand how."""
    states = [judged.judgement.state for judged in every]
    return {state: states.count(state) for state in ORDER if state in states}


def lacking_steps(reading: ReportPlan, every: Iterable[Judged]) -> Iterator[str]:
    """Which of some indicators need improvement and have no next step."""
    for judged in every:
        if in_need(judged) and not indicator_step(reading, judged).text:
            yield f"{named(judged)}: {judged.look.word.lower()}. {NO_NEXT_STEP}."


def lacking_targets(plan: DocumentPlan) -> Iterator[str]:
    """Which targets leave open from where, how much, of what or by when."""
    yield from (point.sentence for point in before_printing(plan) if point.table == Indicator.__tablename__)
