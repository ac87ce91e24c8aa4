"""Indicators on and off target: how many have each colour, and which of these a person gave."""

from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.rag.colours import LOOKS, State
from spp_desktop.figures.rag.words import period_words
from spp_desktop.store.judged import judged
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import ONE, RowBehind, TallyLine, TallyMark, TallyTable

ALWAYS: tuple[State, ...] = ("green", "amber", "red")
"""The colours that are told also where no indicator has them."""
MEANT = {"green": "Green, on target", "amber": "Amber, just off target", "red": "Red, off target"}
"""What colours say, beside their words."""
GIVEN = "Colour given by a person"


def by_colour(plan: OverviewPlan) -> TallyTable:
    """Indicators of the force by how the year so far stands against its target."""
    series = plan.reader.read(judged, plan.today)
    if not series:
        return TallyTable(empty="No indicators yet.")
    lines = []
    for state, look in LOOKS.items():
        rows = tuple(_behind(each) for each in series if each.judgement.state == state)
        if rows or state in ALWAYS:
            lines.append(TallyLine(MEANT.get(state, look.word), (rows,), TallyMark(look.shape, *look.colours)))
    given = tuple(_behind(each) for each in series if each.judgement.override is not None)
    if given:
        lines.append(TallyLine(GIVEN, (given,)))
    off = tuple(_behind(each) for each in series if each.judgement.state == "red")
    return TallyTable(ONE, tuple(lines), "The year so far, against the way to its target.", off)


def _behind(each: Judged) -> RowBehind:
    indicator, latest = each.series.indicator, each.latest
    to = f"{period_words(latest.first, latest.last)}: " if latest is not None else ""
    override = each.judgement.override
    given = f" Given by {override.author}, {override.on:%d/%m/%Y}: {override.reason}" if override is not None else ""
    return RowBehind(
        "indicator", indicator.key, indicator.ref, indicator.title, "", each.look.word,
        latest.last if latest is not None else None, f"{to}{each.sentence} {each.remark}".strip() + given,
    )  # fmt: skip
