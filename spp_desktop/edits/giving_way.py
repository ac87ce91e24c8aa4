"""Which files that came back give way to a later version of the same return: those of which nothing would be lost."""

from collections.abc import Iterator

from spp_desktop.edits import receiving
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.reviewing import Review
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import receipts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace


def giving_way(workspace: Workspace, review: Review) -> list[Receipt]:
    """The files that are open for the same export and give way to one that came in.

    Every answer of theirs that is still open is answered in it too, the same or otherwise. Of another copy, with other
    rows filled in, what is left stays open. What went to no one post is answered by several, each for a part of it:
    there no file takes another's place.
    """
    if not review.identity.owner:
        return []
    return [receipt for receipt in _open(workspace, review) if _answered(workspace, receipt, review)]


def _open(workspace: Workspace, review: Review) -> Iterator[Receipt]:
    """The files of the same export that are open, this very file apart."""
    for receipt in workspace.read_beside(receipts.of_export, review.identity.export):
        if receipt.state == "open" and receipt.file_hash != review.received.file_hash:
            yield receipt


def _answered(workspace: Workspace, receipt: Receipt, review: Review) -> bool:
    """Whether all that is open in an earlier file is answered in a later one."""
    try:
        earlier = receiving.gone_on_with(workspace, receipt.id)
    except (ReturnRefused, KeyError, ValueError):  # it cannot be gone on with: nothing can be lost by giving way
        return True
    return all(_said(difference, earlier, review) for difference in earlier.differences)


def _said(difference: Difference, earlier: Review, later: Review) -> bool:
    """Whether something of an earlier file is decided, needs no decision, or is said by a later one too."""
    decision = earlier.decisions.get(difference.subject)
    if not difference.decidable or difference.kind == "match" or (decision and decision.verdict == "reject"):
        return True
    answer = later.answers.get(difference.subject)
    return answer is not None and (bool(difference.field) or answer == difference.text)
