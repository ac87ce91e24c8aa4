"""How a board report opens: its summary, and what the board is asked to decide, to approve and to note."""

from collections.abc import Iterator, Sequence
from typing import Any

from spp_desktop.documents.blocks import (
    Bullets,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.charts.bars import CountBar, bars_alternative, bars_picture
from spp_desktop.documents.inline import Line, PlaceReference, line, strong
from spp_desktop.documents.picture import PictureRole
from spp_desktop.edits.documents.lacks import NO_REASON, NOT_STATED
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports import indicator_parts as indicators
from spp_desktop.edits.documents.reports.board_plan import BoardPlan, put_off
from spp_desktop.edits.documents.reports.tables import Head, number_head, report_table
from spp_desktop.figures.rag.colours import LOOKS, State
from spp_desktop.plan.appendices.beside import PlanDecision
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.days import in_words, short_day
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Body
from spp_desktop.plan.words import Word, capital, counted, listed
from spp_desktop.store import queries
from spp_desktop.store.overview.plan import NO_STATUS
from spp_desktop.store.overview.statuses import ALL, LATE
from spp_desktop.store.slipped import SlippedRow

PUT_OFF, MOVED, MISSED = "put off", "moved", "missed"
"""The names of the parts to whose tables what is to be noted leads, which are those tables' keys, too."""
_ROLES: dict[State, PictureRole] = {"red": "bad", "amber": "watch", "green": "good"}
_ROLES_BESIDE: dict[State, PictureRole] = {"too close to call": "result"}


def summary(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """How the quarter stands: what is bad before what is good, and the counts."""
    reading = plan.reading(BoardPlan)
    yield DocumentHeading(line("Summary"))
    yield Paragraph(line(_lead(reading)), lead=True)
    findings = tuple(_findings(reading))
    if findings:
        yield Bullets(findings)
    yield from _counts_of_indicators(reading)
    yield from _counts_of_activities(reading)


def _lead(reading: BoardPlan) -> str:
    """How the quarter stands, in one sentence."""
    red = sum(each.judgement.state == "red" for each in reading.judged)
    off = sum(each.kind == "off track" for each in reading.activities)
    parts = []
    if reading.judged:
        parts.append(f"{_of(red, Indicator.word, len(reading.judged))} red")
    if reading.activities:
        parts.append(f"{_of(off, Activity.word, len(reading.activities))} off track")
    return f"{capital(listed(parts))}." if parts else "The plan has no indicators and no activities yet."


def _of(count: int, word: Word, every: int) -> str:
    """So many of all with their verb: "2 of 22 indicators are"."""
    return f"{count:,} of {word.counted(every)} {_is(1 if every == 1 else count)}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _findings(reading: BoardPlan) -> Iterator[Line]:
    red = [each for each in reading.judged if each.judgement.state == "red"]
    if red:
        yield line(*strong("Red: "), f"{listed(map(indicators.named, red))}.")
    worse = [each for each in reading.judged if indicators.worse(each) and each.judgement.state != "red"]
    if worse:
        yield line(*strong("Worse than a year before, though not red: "), f"{listed(map(indicators.named, worse))}.")
    if reading.due:
        told = f"{len(reading.met):,} were met and {len(reading.missed):,} were not."
        yield line(
            *strong(f"{capital(Milestone.word.plural)}: "),
            f"of {len(reading.due):,} due in the ",
            f"{reading.word} {told}",
        )
    if reading.activities and not reading.slips:
        yield line(*strong("Moved to a later day: "), f"no date since {in_words(reading.period.time.first)}.")
    if reading.slips:
        again = sum(slip.row.slip.times > 1 for slip in reading.slips)
        times = f", {again:,} of them not for the first time" if again else ""
        yield line(*strong("Moved to a later day: "), f"{counted(len(reading.slips), 'date')}{times}.")


def _counts_of_indicators(reading: BoardPlan) -> Iterator[DocumentBlock]:
    """How many indicators stand how, beside the period before."""
    if not reading.judged:
        return
    now, before = indicators.counts_of(reading.judged), reading.before
    then = {} if before is None else indicators.counts_of(reading.judged_on(before.time.last))
    states = [state for state in indicators.ORDER if state in now or state in then or state in _ROLES]
    heads, columns = [Head("How they stand", 3), number_head(reading.title)], [now]
    if before is not None:
        heads.append(number_head(before.time.title))
        columns.append(then)
    rows = [(LOOKS[state].word, *(f"{column.get(state, 0):,}" for column in columns)) for state in states]
    title = f"How indicators stand, {reading.title}"
    bars = [
        CountBar(LOOKS[state].word, now.get(state, 0), (_ROLES | _ROLES_BESIDE).get(state, "quiet")) for state in states
    ]
    beside = "How indicators stand" if before is None else "How indicators stand, beside the period before"
    table = report_table(beside, heads, rows)
    yield DocumentFigure(line(title), bars_picture(title, bars), bars_alternative(title, bars), table)


def _counts_of_activities(reading: BoardPlan) -> Iterator[DocumentBlock]:
    """How many activities have which status, and how many are late."""
    every = reading.activities
    if not every:
        return
    keys = [None if each.status is None else each.status.key for each in every]
    counts = [(status.title, keys.count(status.key)) for status in reading.statuses]
    if None in keys:
        counts.append((NO_STATUS, keys.count(None)))
    counts += [(ALL, len(every)), (LATE, sum(each.late(reading.stands_on) for each in every))]
    heads = [Head("Date", 1.4), *(number_head(title) for title, _ in counts)]
    row = (short_day(reading.stands_on), *(f"{count:,}" for _, count in counts))
    yield report_table(f"{capital(Activity.word.plural)} by status, as they stood", heads, [row])


# Decisions


def decisions(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """What the board is asked to decide, to approve and to note; and what was decided in the quarter."""
    reading = plan.reading(BoardPlan)
    yield DocumentHeading(line("What the board is asked"))
    rows = plan.read(queries.register, PlanDecision)
    asked = [*_to_decide(reading, rows), *_to_note(reading)]
    if asked:
        yield Bullets(tuple(asked), ordered=True)
    else:
        yield Paragraph(line("No decision is asked for, and nothing is to be noted."))
    taken = [row for row in rows if reading.within(row.decided_on)]
    if taken:
        yield _decisions_taken(reading, taken)


def _to_decide(reading: BoardPlan, rows: Sequence[Any]) -> Iterator[Line]:
    """What the register of decisions has without a day, and moves that wait for an approval."""
    for row in rows:
        if row.decided_on is None:
            words = (row.ref, _stopped(row.text), _stopped(row.reason))
            yield line(*strong("To decide: "), " ".join(filter(None, words)))
    if reading.waiting:
        named = listed(map(_slipped_name, reading.waiting))
        yield line(*strong("To approve: "), f"that these move a second time: {named}.")


def _stopped(text: str) -> str:
    """A text with a stop behind it; "" for none."""
    words = text.strip().rstrip(".")
    return f"{words}." if words else ""


def _slipped_name(row: SlippedRow) -> str:
    return row.ref if row.table == "activity" else f"{row.ref} “{row.name}”"


def _decisions_taken(reading: BoardPlan, rows: Sequence[Any]) -> DocumentTable:
    bodies = {row.id: row.title for row in reading.plan.read(queries.register, Body)}
    heads = (
        Head("Ref", 0.5), Head("Decided on", 1), Head("Decision", 3), Head("Decided by", 1.5), Head("Reason", 2.5)
    )  # fmt: skip
    lines = [
        (row.ref, short_day(row.decided_on), row.text, bodies.get(row.body_id, NOT_STATED), row.reason or NO_REASON)
        for row in rows
    ]
    return report_table(f"Decisions taken in {reading.title}", heads, lines)


def _to_note(reading: BoardPlan) -> Iterator[Line]:
    """What happened without the board, and that it is to know of."""
    note = strong("To note: ")
    if reading.slips:
        yield line(*note, f"{counted(len(reading.slips), 'date')} moved to a later day", *_where(reading, MOVED), ".")
    if reading.missed:
        were = "was" if len(reading.missed) == 1 else "were"
        told = f"{Milestone.word.counted(len(reading.missed))} {were} due and not met"
        yield line(*note, told, *_where(reading, MISSED), ".")
    counts = [f"{len(own):,} {_is(len(own))} {title.lower()}" for title, own in put_off(reading)]
    if counts:
        yield line(*note, f"of the activities {listed(counts)}", *_where(reading, PUT_OFF), ".")
    given = [each for each in reading.judged if each.judgement.override is not None]
    if given:
        yield line(*note, f"{listed(map(indicators.named, given))}: the colour was given by a person, not by the rule.")


def _where(reading: BoardPlan, part: str) -> Line:
    """A reference to the table of a part, where that part is in the report."""
    parts = reading.plan.asked.parts
    return line(" (", PlaceReference(part), ")") if not parts or part in parts else ()
