"""Whether two copies can be merged at all: one plan, steps in common, histories that fit their seals."""

from collections.abc import Mapping, Sequence

from spp_desktop.plan.words import counted
from spp_desktop.store import chain
from spp_desktop.store.history import Revision
from spp_desktop.store.merging.items import MergeRefused
from spp_desktop.store.merging.knowledge import Knowledge
from spp_desktop.store.merging.record import RawChange

_SAFE = "Nothing was changed."


def demand_common(here: Knowledge, there: Knowledge) -> None:
    """See that two sides are copies of one plan that have steps in common and know them alike.

    Raises:
        MergeRefused: if not; says what can be done.
    """
    if here.side.plan_key() != there.side.plan_key():
        raise MergeRefused(
            f"{there.side.name} is another plan, not a copy of {here.side.name}: no row of the one is the other's. "
            f"{_SAFE} What is to be taken over from it goes through spp import-plan, or is copied and pasted."
        )
    if not {step.id for step in here.line} & {step.id for step in there.line}:
        raise MergeRefused(
            f"{there.side.name} has no step in common with {here.side.name}, so it cannot be told which of the two "
            f"changed what. {_SAFE} Compare the two (spp compare), and take over by hand what is missing."
        )
    for key in here.every_id & there.every_id:
        if here.seals[key] != there.seals[key]:
            raise _otherwise_sealed(here, there)


def _otherwise_sealed(here: Knowledge, there: Knowledge) -> MergeRefused:
    """Why a step that both hold has two seals: a word was removed from one of them, or a history was written anew."""
    for struck, other in ((here, there), (there, here)):
        removed = [step for step in struck.line if step.kind == "expunged" and step.id not in other.every_id]
        if removed:
            return MergeRefused(
                f"From {struck.side.name} a word was removed for good ({counted(len(removed), 'time')}), and "
                f"{other.side.name} is a copy from before that still holds it: merged, it would come back. {_SAFE} "
                f"Remove the word from {other.side.name} too (spp expunge), or work on in a new copy of "
                f"{struck.side.name}."
            )
    return MergeRefused(
        f"The histories of {here.side.name} and {there.side.name} tell the same step in two ways: one of them was "
        f"written anew. {_SAFE} Check both files (spp check-file), and merge an earlier version of the wrong one."
    )


def demand_sealed(there: Knowledge, coming: Sequence[Revision], changes: Mapping[str, Sequence[RawChange]]) -> None:
    """See that the steps that come along fit their seals.

    Raises:
        MergeRefused: if one does not.
    """
    for step in coming:
        parent = there.seals.get(step.parent or "", "")
        if chain.sealed(parent, step, changes.get(step.id, ())) != step.hash:
            raise MergeRefused(
                f"The history of {there.side.name} is not as it was written, from its step “{step.label}” by "
                f"{step.author} on: its seal does not fit. {_SAFE} Check the file (spp check-file), and merge an "
                "earlier version of it."
            )
