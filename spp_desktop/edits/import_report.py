"""What would come in from an extract, and what did, in lines and sentences."""

from collections.abc import Iterator
from typing import NamedTuple

from spp_desktop.edits.importing_results import Counts, Taken
from spp_desktop.edits.incoming import CHANGED, FINAL, FIRST_NAMED, Incoming
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


def lines(incoming: Incoming, counts: Counts) -> list[ReportLine]:
    """What would come in, what would not, and why; what there is none of is not told, but for new results."""
    told = [
        ReportLine("New results", counts.new),
        ReportLine("Provisional figures that change", counts.changed, _places(incoming.places(CHANGED))),
        ReportLine("The same as in the plan", counts.same),
        ReportLine("Final figures that would change", counts.final, _places(incoming.places(FINAL)), asks=True),
        ReportLine("Given more than once alike: one comes in", counts.repeated),
        ReportLine("Left out: given twice and differently", counts.twice, _places(incoming.twins(), "; "), asks=True),
        *(
            ReportLine(
                f"Left out: {kind} “{unknown.name}” is not in the plan",
                unknown.rows,
                f"first in {unknown.place}",
                asks=True,
            )
            for kind in ("area", "indicator")
            for unknown in incoming.unknown(kind)[:FIRST_NAMED]
            if not unknown.adding
        ),
        *_unread(incoming, counts),
        ReportLine("Rows without a figure", counts.empty),
        ReportLine("Rows that the file hides, read like others", counts.hidden),
    ]
    return [line for n, line in enumerate(told) if line.number or n == 0]


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
    return [unknown.name for unknown in incoming.unknown("area")]


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
