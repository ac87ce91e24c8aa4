"""The board report of a quarter: exceptions first, with what moved and why, and what the board is asked to decide."""

from collections.abc import Iterator
from datetime import date

from spp_desktop.documents.blocks import Contents, DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.lacks import NO_REASON
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports import delivery_parts as delivery
from spp_desktop.edits.documents.reports import indicator_parts as indicators
from spp_desktop.edits.documents.reports import restated_parts
from spp_desktop.edits.documents.reports.board_opening import MISSED, MOVED, PUT_OFF, decisions, summary
from spp_desktop.edits.documents.reports.board_plan import BoardPlan, put_off
from spp_desktop.edits.documents.reports.changed_targets import changed_targets
from spp_desktop.edits.documents.reports.keys import key_blocks
from spp_desktop.edits.documents.reports.report_plan import ReportedActivity, of_plan
from spp_desktop.edits.documents.reports.tables import Head, grouped_table, number_head, report_table
from spp_desktop.figures.rag.words import period_words
from spp_desktop.plan.kinds.days import in_words, short_day
from spp_desktop.store import measured


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    time = plan.reading(BoardPlan).period.time
    return f"Board report: {time.title}", f"{plan.plan.title}, {in_words(time.first)} to {in_words(time.last)}"


def _facts(plan: DocumentPlan) -> Iterator[tuple[str, str]]:
    yield "Activities as they stood on", short_day(plan.reading(BoardPlan).stands_on)


def _data_to(plan: DocumentPlan) -> date:
    return plan.reading(BoardPlan).as_at


def _lacking(plan: DocumentPlan) -> Iterator[str]:
    reading = plan.reading(BoardPlan)
    yield from indicators.lacking_steps(reading, reading.judged)
    yield from indicators.lacking_targets(plan)
    yield from delivery.lacking_steps(reading, reading.activities)


def _contents(_plan: DocumentPlan) -> Iterator[DocumentBlock]:
    yield Contents(levels=1)


# Indicators


def _exceptions(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    if not reading.judged:
        return
    every = [each for each in indicators.exceptions_first(reading.judged) if indicators.in_need(each)]
    yield DocumentHeading(line("Indicators that need attention"), new_page=True)
    if not every:
        yield Paragraph(line("No indicator is red, amber or worse than a year before."))
        return
    for place, judged in enumerate(every):
        yield from indicators.indicator_section(reading, judged, 2, new_page=place > 0)


def _all_indicators(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    if reading.judged:
        yield DocumentHeading(line("All indicators"))
        ordered = indicators.exceptions_first(reading.judged)
        yield indicators.indicator_table(reading, ordered, f"Indicators, {reading.title}: exceptions first")


def _other_indicators(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    every = [each for each in reading.judged if not indicators.in_need(each)]
    if every:
        yield DocumentHeading(line("The other indicators"), new_page=True)
        for place, judged in enumerate(every):
            yield from indicators.indicator_section(reading, judged, 2, new_page=place > 0)


def _changed(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    first, last = reading.period.time.first, reading.stands_on
    rows = [row for row in plan.read(measured.restatements) if first <= row.made_on <= last]
    if not rows:
        return
    yield DocumentHeading(line("Figures changed after they were final"))
    heads = (
        Head("Indicator", 2), Head("Period", 1.5), number_head("Was"), number_head("Is"), Head("Why", 2.5),
        Head("By", 1.5),
    )  # fmt: skip
    lines = [
        (
            f"{row.ref} {row.title}".strip(), period_words(row.period_from, row.period_to), row.before, row.after,
            row.reason, f"{reading.acting.author(row.author)}, {short_day(row.made_on)}",
        )
        for row in rows
    ]  # fmt: skip
    yield report_table(f"Figures changed, {short_day(first)} to {short_day(last)}", heads, lines)


# Delivery


def _activities(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    if not reading.activities:
        return
    yield DocumentHeading(line("Activities that need attention"))
    groups = delivery.in_need_groups(reading, reading.activities)
    if groups:
        caption = f"Activities off track, at risk or late, {short_day(reading.stands_on)}"
        yield delivery.activity_table(reading, groups, caption)
    else:
        yield Paragraph(line("No activity is off track, at risk or late."))


def _moved(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    if reading.slips:
        yield DocumentHeading(line("What moved"))
        first, last = reading.period.time.first, reading.stands_on
        caption = f"Dates moved to a later day, {short_day(first)} to {short_day(last)}"
        yield delivery.moved_table(reading, reading.slips, caption, key=MOVED)


def _missed(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    if not reading.due:
        return
    yield DocumentHeading(line("Milestones scheduled and not met"))
    if reading.missed:
        caption = f"Milestones due in {reading.title} and not met"
        yield delivery.missed_table(reading, reading.missed, caption, key=MISSED)
    else:
        yield Paragraph(line(f"All milestones that were due in the {reading.word} were met."))


def _put_off(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    groups = put_off(reading)
    if groups:
        yield DocumentHeading(line("Activities put off or given up"))
        heads = (Head("Ref", 0.6), Head("Activity", 3), Head("Owner", 1.3), Head("Reason", 3))
        lines = [(title, [_put_off_line(reading, each) for each in own]) for title, own in groups]
        yield grouped_table("Activities put off or given up by decision", heads, lines, key=PUT_OFF)


def _put_off_line(reading: BoardPlan, each: ReportedActivity) -> tuple[str, ...]:
    return each.row.ref, each.row.text, delivery.owner_words(reading, each.row), each.reason or NO_REASON


def _done(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(BoardPlan)
    if not reading.due:
        return
    yield DocumentHeading(line("What was due and is done"))
    yield delivery.due_table(reading, reading.due, f"Milestones due in {reading.title}")
    if reading.met:
        yield delivery.met_table(reading.met, f"Milestones due in {reading.title} and met")


BOARD = DocumentKind(
    "board",
    "Board report of a quarter",
    "What was due and is done, what slipped and why, what is off target, and what the board is asked to decide.",
    _heading,
    (
        DocumentPart("contents", "Contents", _contents),
        DocumentPart("summary", "Summary", summary),
        DocumentPart("decisions", "What the board is asked", decisions),
        DocumentPart("exceptions", "Indicators that need attention", _exceptions),
        DocumentPart("activities", "Activities that need attention", _activities),
        DocumentPart("moved", "What moved", _moved),
        DocumentPart("missed", "Milestones scheduled and not met", _missed),
        DocumentPart("put off", "Activities put off or given up", _put_off),
        DocumentPart("indicators", "All indicators", _all_indicators),
        DocumentPart("done", "What was due and is done", _done),
        DocumentPart("targets", "Targets that have changed", changed_targets),
        DocumentPart("changed", "Figures changed after they were final", _changed),
        DocumentPart("restatements", restated_parts.TITLE, restated_parts.restatements),
        DocumentPart("others", "The other indicators", _other_indicators),
        DocumentPart("key", "Key", of_plan(BoardPlan, key_blocks)),
    ),
    asks=("period",),
    cover=True,
    data_to=_data_to,
    facts=_facts,
    lacking=_lacking,
)
"""The board report."""
