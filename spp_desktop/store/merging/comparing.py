"""Holds two copies of a plan against each other, from their histories to what comes in and what is asked."""

from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.merging import hanging, rivals
from spp_desktop.store.merging.common import demand_common, demand_sealed
from spp_desktop.store.merging.items import Merge
from spp_desktop.store.merging.knowledge import Knowledge
from spp_desktop.store.merging.sides import MergeSide
from spp_desktop.store.merging.two_copies import TwoCopies


@waiting_collector()
def compare(ours: MergeSide, theirs: MergeSide) -> Merge:
    """Hold another copy against ours; nothing is changed.

    Raises:
        MergeRefused: if they are copies of two plans, have no step in common, or one of them cannot be trusted.
    """
    here, there = Knowledge(ours), Knowledge(theirs)
    demand_common(here, there)
    coming = there.not_held_by(here)
    changes = theirs.changes([step.id for step in coming])
    demand_sealed(there, coming, changes)
    copies = TwoCopies(here, there)
    copies.rows()
    hanging.ask_above(copies)
    rivals.ask_rivals(copies)
    return Merge(
        ours=ours.name,
        theirs=theirs.name,
        clean=tuple(copies.clean.values()),
        asked=tuple(copies.asked.values()),
        waiting=(),
        same=copies.same,
        settled=tuple(copies.settled),
        coming=tuple(coming),
        changes=changes,
        our_newest=next((step.id for step in here.line[::-1] if step.kind != "beside"), ""),
        their_newest=there.newest,
    )
