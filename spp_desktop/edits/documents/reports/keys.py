"""The key that every report prints: what its colours, statuses and words mean. It reads well without colours."""

from collections.abc import Iterator

from spp_desktop.documents.blocks import Bullets, DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import Badge, line, strong
from spp_desktop.edits.documents.lacks import MEANINGS
from spp_desktop.edits.documents.reports.report_plan import ReportPlan
from spp_desktop.edits.documents.reports.tables import Head, colour_of, report_table, status_colour
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.rag.colours import LOOKS, State
from spp_desktop.figures.rag.words import rule_words

_STATES: dict[State, str] = {
    "red": "off its target by more than the rule allows",
    "amber": "just off its target",
    "green": "at its target or better",
    "too close to call": "a survey whose margin of error reaches both sides of the target",
    "too early": "too few months of results, or a target that does not hold yet",
    "no data": "there is no result to judge",
    "no target": "there is no target to judge it by",
    "benchmark year": "the year only sets what later years are compared with",
    "not judged": "the plan says that it is not judged; the sentence says why",
}


def key_blocks(reading: ReportPlan) -> Iterator[DocumentBlock]:
    """The key to colours, statuses and words."""
    yield DocumentHeading(line("Key"))
    yield from colours_key(reading)
    if reading.activities:
        rows = [
            (Badge(row.title, status_colour(reading.kinds.get(row.key, ""))), row.meaning) for row in reading.statuses
        ]
        yield report_table("Statuses of activities", (Head("Status", 1), Head("What it means", 4)), rows)
    yield from charts_key(reading)
    yield from words_key()


def colours_key(reading: ReportPlan) -> Iterator[DocumentBlock]:
    """What the colours of indicators mean, and by which rule they are given."""
    states = {judged.judgement.state for judged in reading.judged} | {"red", "amber", "green"}
    rows = [(Badge(LOOKS[state].word, colour_of(state)), words) for state, words in _STATES.items() if state in states]
    yield report_table("How indicators stand", (Head("Now", 1), Head("What it means", 4)), rows)
    rules = list(dict.fromkeys(rule_words(judged.series.rule) for judged in reading.judged))
    if len(rules) == 1:
        yield Paragraph(line(f"The plan's rule: {rules[0][:1].lower()}{rules[0][1:]}"))
    elif rules:
        yield Paragraph(line("The plan has several rules, each for some of its indicators:"))
        yield Bullets(tuple(map(line, rules)))


def charts_key(reading: ReportPlan) -> Iterator[DocumentBlock]:
    """How charts are to be read, and by which rule their limits are made."""
    charts = [judged.chart for judged in reading.judged if judged.chart is not None]
    if charts:
        methods = list(dict.fromkeys(control_words.method(chart.settings) for chart in charts))
        yield Paragraph(
            line(
                "Control charts show whether a process has really changed. Results between the two limits go up and "
                "down by chance. A triangle or a square marks what is hardly chance: an improvement or a concern. Open "
                f"marks are provisional. {' Or: '.join(methods)}"
            )
        )


def words_key() -> Iterator[DocumentBlock]:
    """What is meant by the words that stand in the place of a figure, and by the two ways in which things stand."""
    yield Paragraph(
        line(
            "“Now” says how the year so far stands against its target, or against the way to it. “Year-end forecast” "
            "says, apart from that, where the year would end: it is worked out by up to three methods, none of which "
            "is preferred. There is none where figures do not add up over the year, such as those of surveys."
        )
    )
    yield Bullets(tuple(line(*strong(word), f": {meaning}.") for word, meaning in MEANINGS.items()))
