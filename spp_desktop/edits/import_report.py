"""What would come in from an extract, and what did, in lines and sentences."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spp_desktop.edits.importing_results import Counts, Taken
from spp_desktop.edits.incoming import Incoming
from spp_desktop.edits.incoming_parts import CHANGED, FINAL, FIRST_NAMED, LACKING, NAME_KINDS, SHARES
from spp_desktop.plan.results import Area, Result
from spp_desktop.plan.words import counted

_NAMED_TOGETHER = 5


class ReportLine(NamedTuple):
    """One line of a report: what, how many, and where it stands or what is the matter with it.

    ``asks``: it needs a person's attention, as what is left out does.
    """

    what: str
    number: int
    where: str = ""
    asks: bool = False


def lines(incoming: Incoming, counts: Counts, unused: Sequence[str] = ()) -> list[ReportLine]:
    """What would come in, what would not, and why; what there is none of is not told, but for new results.

    Args:
        incoming: What was read.
        counts: What would come in of it.
        unused: The headings of the columns that are not used.
    """
    told = [
        ReportLine("New results", counts.new),
        ReportLine("Provisional figures that change", counts.changed, _places(incoming.places(CHANGED))),
        ReportLine("The same as in the plan", counts.same),
        ReportLine("Final figures that would change", counts.final, _places(incoming.places(FINAL)), asks=True),
        *_objections(incoming, counts),
        ReportLine("Given more than once alike: one comes in", counts.repeated),
        ReportLine("Left out: given twice and differently", counts.twice, _places(incoming.twins(), "; "), asks=True),
        *_not_added_up(incoming),
        *_unknown(incoming),
        *_unread(incoming, counts),
        *_absent(incoming),
        *_rows_not_used(incoming),
        ReportLine("Rows that the file hides, read like others", counts.hidden),
        ReportLine("Columns not used", len(unused), ", ".join(f"“{heading}”" for heading in unused)),
    ]
    return [line for n, line in enumerate(told) if line.number or n == 0]


def _objections(incoming: Incoming, counts: Counts) -> Iterator[ReportLine]:
    """Results that cannot be, and that are hardly meant: each of the first by itself, and how many more there are."""
    unlikely = "Hardly meant, and taken in" if counts.unlikely_too else "Left out: hardly meant"
    for what, number, refused in (("Left out: cannot be", counts.impossible, True), (unlikely, counts.unlikely, False)):
        named = incoming.objections(refused=refused)
        asks = refused or not counts.unlikely_too
        for place, sentence in named:
            yield ReportLine(what, 1, f"{place}: {sentence}", asks)
        yield ReportLine(f"{what}, not named here", number - len(named), asks=asks)


def _not_added_up(incoming: Incoming) -> Iterator[ReportLine]:
    """Results whose rows cannot be added up."""
    for fate, why in (
        (LACKING, "Left out: a part of the sum is not available"),
        (SHARES, "Left out: shares and rates cannot be added up"),
    ):
        places = incoming.places(fate)
        yield ReportLine(why, incoming.counts().get(fate, 0), _places(places), asks=True)


def _unknown(incoming: Incoming) -> Iterator[ReportLine]:
    """Names that the plan does not have; what sums up others is told, and asks nothing."""
    for kind in NAME_KINDS:
        for unknown in incoming.unknown(kind)[:FIRST_NAMED]:
            what = f"is a {unknown.sums_up}" if unknown.sums_up else "is not in the plan"
            line = ReportLine(f"Left out: {kind} “{unknown.name}” {what}", unknown.rows, f"first in {unknown.place}")
            if not unknown.adding:
                yield line._replace(asks=not unknown.sums_up)


def _absent(incoming: Incoming) -> Iterator[ReportLine]:
    """Signs that stand where no figure does, each told once."""
    for absent, (count, place) in incoming.tally.absent.items():
        yield ReportLine(f"“{absent.sign}” read as {absent.why}", count, f"first in {place}")


def _rows_not_used(incoming: Incoming) -> Iterator[ReportLine]:
    """Rows without results: the numbers of the first of them."""
    tally, places = incoming.tally, incoming.tally.places
    yield ReportLine("Rows without a figure", places["empty"].count, _rows(places["empty"].first))
    yield ReportLine("Rows left aside: not those that are meant", tally.aside)
    yield ReportLine("Rows left aside: they say the headings again", tally.headings)
    yield ReportLine(
        "Rows left aside: totals of those that are added up", places["totals"].count, _rows(places["totals"].first)
    )
    yield ReportLine("Rows left aside: of another table below", places["below"].count, _rows(places["below"].first[:1]))


def _rows(numbers: Sequence[int]) -> str:
    """The first rows of some by number: "row 4", "rows 4, 8 and others"."""
    if not numbers:
        return ""
    word = "row" if len(numbers) == 1 else "rows"
    return f"{word} {_places([str(number) for number in numbers])}"


def _unread(incoming: Incoming, counts: Counts) -> Iterator[ReportLine]:
    """Rows that cannot be read: each of the first by itself, and how many more there are."""
    for named in incoming.tally.named:
        place, _, why = named.partition(": ")
        yield ReportLine("Left out: cannot be read", 1, f"{place}: {why}", asks=True)
    yield ReportLine("Left out: cannot be read, not named here", counts.unread - len(incoming.tally.named), asks=True)


def _places(places: list[str], between: str = ", ") -> str:
    more = " and others" if len(places) > _NAMED_TOGETHER else ""
    return between.join(places[:_NAMED_TOGETHER]) + more


def to_add(incoming: Incoming) -> list[str]:
    """The areas that the plan does not have, as they could be added."""
    return [unknown.name for unknown in incoming.unknown("area") if not unknown.sums_up]


def outcome(incoming: Incoming, counts: Counts, taken: Taken) -> str:
    """What came in, in a sentence or two."""
    several = taken.added + taken.changed + taken.restated
    parts = [
        f"{number:,} {word}"
        for number, word in ((taken.added, "new"), (taken.changed, "changed"), (taken.restated, "restated"))
        if number
    ]
    done = f"Took in {Result.word.counted(several)} from {incoming.file}"
    done = f"{done} ({', '.join(parts)})" if parts else f"{incoming.file} changed nothing"
    left = counts.left_out + (counts.final if not taken.restated else 0)
    more = [
        f"{Area.word.counted(taken.areas)} added" if taken.areas else "",
        f"{counted(left, 'row')} left out" if left else "",
    ]
    end = " Undo takes it back in one step." if several or taken.areas else ""
    return f"{'; '.join(filter(None, (done, *more)))}.{end}"
