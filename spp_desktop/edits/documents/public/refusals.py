"""When a public edition is refused: for what is marked higher than it, and for what changed since it was released."""

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import markings
from spp_desktop.store.disclosed import changed_since_release, disclosures
from spp_desktop.store.markings import MOST_NAMED, MarkingTooLow, PlanMarkings
from spp_desktop.store.overview.reader import PlanReader
from spp_desktop.store.public_view import public_rows


class ChangedSinceReleased(RuleBroken):
    """Something has changed since it was released, and nobody has looked at it anew; its words say what."""


def level_of(known: PlanMarkings, wanted: str) -> str:
    """The marking that an edition bears: the one that is wanted, else the lowest of the plan's list; "" for none.

    Raises:
        RuleBroken: if the plan has no such marking, or is itself marked higher.
    """
    if wanted and wanted not in known.titles:
        raise RuleBroken("marking", f"The plan has no marking {quoted(wanted)}. It has: {listed(known.titles)}.")
    level = wanted or next(iter(known.titles), "")
    known.demand_plan_no_higher(level)
    return level


def demand_releasable(
    reader: PlanReader, known: PlanMarkings, level: str, *, leave_out: bool, as_changed: bool
) -> list[str]:
    """See that what was released can go out, and give the keys of what is left out for its marking.

    Raises:
        MarkingTooLow: if something is marked higher than the edition, and is not to be left out; names it.
        ChangedSinceReleased: if something has changed since it was released, and is not to go out so; names it.
    """
    public = reader.read(public_rows)
    high = known.higher_than(level, public.keys())
    if high and not leave_out:
        raise MarkingTooLow(level, high, reader.read(markings.named, high))
    changed = {} if as_changed else reader.read(changed_since_release)
    left = {row.key for row in high}
    rows = [row for row in reader.read(disclosures) if row.key in changed and row.item.key not in left]
    if rows:
        names = [f"{row.title} (released on {in_words(row.decided_on)})" for row in rows[:MOST_NAMED]]
        names += [counted(len(rows) - MOST_NAMED, "other")] if len(rows) > MOST_NAMED else []
        raise ChangedSinceReleased(
            "released",
            f"{counted(len(rows), 'row')} changed since being released: {listed(names)}. Nothing was made. Look at "
            "what changed and release it anew, or make the edition with the changes.",
        )
    return [row.key for row in high]
