"""Parts that the reports of a portfolio and of a priority share: what is overdue and due, what moved, registers."""

from collections.abc import Callable, Collection, Iterator
from datetime import date

from spp_desktop.documents.blocks import (
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import line
from spp_desktop.documents.page_runs import MOST_UPRIGHT
from spp_desktop.edits.documents.register_cells import register_cells
from spp_desktop.edits.documents.reports import delivery_parts as delivery
from spp_desktop.edits.documents.reports import indicator_parts as indicators
from spp_desktop.edits.documents.reports.report_plan import ReportedActivity, ReportPlan
from spp_desktop.edits.documents.reports.tables import Cell, Head, report_table
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.register import Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.words import capital, listed
from spp_desktop.store import queries, registered, slipped
from spp_desktop.store.overview import dates
from spp_desktop.store.overview.plan import NO_STATUS, OverviewPlan
from spp_desktop.store.overview.slips import later_in
from spp_desktop.store.overview.tallies import OverviewAsk, RowBehind, TallyTable, confined
from spp_desktop.store.registered import RegisterRow


class ConfinedPlan(ReportPlan):
    """A plan of which only some rows are told of."""

    @property
    def keys(self) -> Collection[str]:
        """The keys of the rows told of, of whatever kind."""
        return frozenset(self.by_key)

    @property
    def own_activities(self) -> list[ReportedActivity]:
        """Those of the activities of the year."""
        return [each for each in self.activities if each.row.key in self.keys]

    @property
    def own_indicators(self) -> list[Judged]:
        """Those of the indicators."""
        return [each for each in self.judged if each.series.indicator.key in self.keys]

    def tally(self, read: Callable[[OverviewPlan], TallyTable]) -> TallyTable:
        """What a part of the overview says of these rows alone."""
        year = self.plan.read(queries.usual_year)
        overview = OverviewPlan(self.plan.reader, OverviewAsk(year))
        return confined(read(overview), lambda keys: any(key in self.keys for key in keys))


def lacking(reading: ConfinedPlan) -> Iterator[str]:
    """Which of its indicators and activities need improvement and have no next step."""
    yield from indicators.lacking_steps(reading, reading.own_indicators)
    yield from delivery.lacking_steps(reading, reading.own_activities)


def overdue(reading: ConfinedPlan) -> Iterator[DocumentBlock]:
    """What should have been done and is not, what has waited longest first."""
    yield DocumentHeading(line("Overdue"))
    yield from _named(reading.tally(dates.overdue), "Overdue", "Nothing is overdue.")


def due_next(reading: ConfinedPlan) -> Iterator[DocumentBlock]:
    """What is due in the next days."""
    yield DocumentHeading(line("Due next"))
    yield from _named(reading.tally(dates.due_soon), "Due next", "Nothing is due.")


def _named(table: TallyTable, title: str, none: str) -> Iterator[DocumentBlock]:
    note = table.note.rstrip(".")
    if not table.named:
        yield Paragraph(line(f"{none} {table.note}"))
        return
    heads = (Head("Ref", 0.7), Head("What", 3.5), Head("Owner", 1.4), Head("When", 2.4))
    yield report_table(f"{title}. {note}", heads, map(_behind, table.named))


def _behind(row: RowBehind) -> tuple[Cell, ...]:
    return row.ref, row.text, row.owner, row.words


def activities(reading: ConfinedPlan) -> Iterator[DocumentBlock]:
    """The activities of the year, those that need attention first, then the others by status."""
    years = listed(map(year_name, reading.years))
    yield DocumentHeading(line(capital(Activity.word.plural)))
    every = [(title, own) for title, own in _by_standing(reading) if own]
    if every:
        caption = f"{capital(Activity.word.plural)} of {years}, {short_day(reading.stands_on)}"
        yield delivery.activity_table(reading, every, caption)
    else:
        yield Paragraph(line(f"There are no {Activity.word.plural} of {years}."))


def _by_standing(reading: ConfinedPlan) -> list[tuple[str, list[ReportedActivity]]]:
    """Activities as a report tells of them: those that need attention first, then the others by status."""
    every = reading.own_activities
    groups = delivery.in_need_groups(reading, every)
    told = {each.row.key for _, own in groups for each in own}
    left = [each for each in every if each.row.key not in told]
    others = [(row.title, [each for each in left if each.status == row]) for row in reading.statuses]
    others.append((NO_STATUS, [each for each in left if each.status is None]))
    return [*groups, *others]


def indicators_told(reading: ConfinedPlan) -> Iterator[DocumentBlock]:
    """The indicators in a table, and those that need attention each by itself."""
    every = indicators.exceptions_first(reading.own_indicators)
    if not every:
        return
    yield DocumentHeading(line(capital(Indicator.word.plural)))
    yield indicators.indicator_table(reading, every, f"{capital(Indicator.word.plural)}: exceptions first")
    for judged in every:
        if indicators.in_need(judged):
            yield from indicators.indicator_section(reading, judged, 2)


def moved(reading: ConfinedPlan) -> Iterator[DocumentBlock]:
    """What has moved to a later day, since the plan began."""
    keys, every = reading.keys, reading.plan.read(slipped.slipped)
    slips = later_in([row for row in every if row.key in keys or row.activity_key in keys], date.min)
    if slips:
        yield DocumentHeading(line("What moved"))
        yield delivery.moved_table(reading, slips, f"Dates moved to a later day, to {short_day(reading.stands_on)}")


def registers(reading: ConfinedPlan) -> Iterator[DocumentBlock]:
    """The rows of registers, risks first, each register with a heading and a table."""
    for register in REGISTERS:
        if register.page is None:
            continue
        rows = [row for row in reading.plan.read(registered.register_rows, register) if row.key in reading.keys]
        if rows:
            yield DocumentHeading(line(register.title))
            yield _register_table(reading, register, rows)


def _register_table(reading: ConfinedPlan, register: Register, rows: list[RegisterRow]) -> DocumentTable:
    columns = list(register_cells(register, years_of(reading.plan.plan)))
    return DocumentTable(
        line(register.title),
        tuple(DocumentColumn(line(column.heading), column.share, column.align) for column in columns),
        (TableGroup(tuple(tuple(line(column.text(row)) for column in columns) for row in rows)),),
        across=len(columns) > MOST_UPRIGHT,
    )
