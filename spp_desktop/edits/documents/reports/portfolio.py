"""The portfolio of one post: its activities, indicators, risks and other rows, what is overdue and what is due."""

from collections.abc import Collection, Iterator
from functools import cached_property

from spp_desktop.documents.blocks import DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import line
from spp_desktop.edits.documents.kinds import DocumentKind, DocumentPart
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.reports import shared_parts as shared
from spp_desktop.edits.documents.reports.keys import key_blocks
from spp_desktop.edits.documents.reports.report_plan import of_plan
from spp_desktop.edits.documents.reports.shared_parts import ConfinedPlan
from spp_desktop.edits.documents.reports.turned import carried
from spp_desktop.plan.delivery import Activity
from spp_desktop.store import portfolios
from spp_desktop.store.portfolios import Portfolio

NOBODY = "The plan has no post yet, so there is no portfolio to print."


class PortfolioPlan(ConfinedPlan):
    """A plan as the report of a portfolio reads it."""

    @cached_property
    def portfolio(self) -> Portfolio | None:
        """What the post asked for, or else the first, answered for in the period; ``None`` if there is no post."""
        first = next((key for key, _ in self.plan.read(portfolios.posts)), "")
        return self.plan.read(portfolios.portfolio, self.plan.asked.owner or first, self.stands_on)

    @cached_property
    def keys(self) -> Collection[str]:
        """The keys of its rows."""
        return frozenset() if self.portfolio is None else self.portfolio.keys


def _heading(plan: DocumentPlan) -> tuple[str, str]:
    reading = plan.reading(PortfolioPlan)
    title = "" if reading.portfolio is None else f": {reading.acting.post(reading.portfolio.title)}"
    return f"Portfolio{title}", plan.plan.title


def _inside(plan: DocumentPlan) -> Collection[str]:
    return plan.reading(PortfolioPlan).keys


def _summary(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    reading = plan.reading(PortfolioPlan)
    if reading.portfolio is None:
        yield Paragraph(line(NOBODY))
        return
    yield DocumentHeading(line("Summary"))
    needing = [each for each in reading.own_activities if each.in_need(reading.stands_on)]
    of_year = Activity.word.counted(len(reading.own_activities))
    yield Paragraph(line(f"{len(needing):,} of {of_year} of the year need attention."), lead=True)
    yield Paragraph(line(f"In all: {reading.portfolio.words}."))


PORTFOLIO = DocumentKind(
    "portfolio",
    "Portfolio of a post",
    "What one post answers for: what is overdue and due next, activities, indicators, risks and other rows.",
    _heading,
    (
        DocumentPart("summary", "Summary", _summary),
        DocumentPart("overdue", "Overdue", of_plan(PortfolioPlan, shared.overdue)),
        DocumentPart("due", "Due next", of_plan(PortfolioPlan, shared.due_next)),
        DocumentPart("activities", "Activities", of_plan(PortfolioPlan, shared.activities)),
        DocumentPart("carried", "Carried forward", of_plan(PortfolioPlan, carried)),
        DocumentPart("moved", "What moved", of_plan(PortfolioPlan, shared.moved)),
        DocumentPart("indicators", "Indicators", of_plan(PortfolioPlan, shared.indicators_told)),
        DocumentPart("registers", "Risks and other registers", of_plan(PortfolioPlan, shared.registers)),
        DocumentPart("key", "Key", of_plan(PortfolioPlan, key_blocks)),
    ),
    asks=("owner",),
    lacking=of_plan(PortfolioPlan, shared.lacking),
    inside=_inside,
)
"""The portfolio of a post."""
