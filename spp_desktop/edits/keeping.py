"""Files that came back, kept in the plan with their receipts, so that they can be gone on with on another day."""

from collections.abc import Sequence
from dataclasses import replace
from sqlite3 import Connection as Raw

from spp_desktop.edits.giving_way import giving_way
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.rows import new_key
from spp_desktop.returns.intake import kept
from spp_desktop.returns.placement import identity_text
from spp_desktop.store import clock, locks, receipts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace


def keep(workspace: Workspace, review: Review, sender: str = "") -> Review:
    """The review with its file kept in the plan, so that it can be gone on with later and without the file.

    An earlier version of the same return that is still open gives way to it, if nothing of it would be lost. A file
    that was closed is open again.

    Raises:
        NotKept: if it cannot be kept.
    """
    receipt = review.receipt
    if receipt is None:
        same_file = workspace.read_beside(receipts.by_hash, review.received.file_hash)
        receipt = next((earlier for earlier in same_file if earlier.state == "open"), None)
    if receipt is None:
        receipt = receipt_of(review, sender)
        workspace.write_beside(add, review, receipt, giving_way(workspace, review))
        return replace(review, receipt=receipt)
    stored = workspace.read_beside(receipts.find, receipt.id)
    if receipt.state == "open" and stored is not None and stored.state != "open":
        workspace.write_beside(_open_again, stored, giving_way(workspace, review))
    decisions = workspace.read_beside(receipts.decisions, receipt.id) if review.receipt is None else {}
    return replace(review, receipt=receipt, decisions={**decisions, **review.decisions})


def receipt_of(review: Review, sender: str = "") -> Receipt:
    """A new receipt of a file, open."""
    received, identity = review.received, review.identity
    from_whom = received.mail.from_whom if received.mail else ""
    return Receipt(
        new_key(),
        identity_text(identity),
        identity.export,
        received.name,
        received.file_hash,
        sender or from_whom or identity.owner or received.modified_by,
        clock.now(),
        locks.author(),
    )


def add(connection: Raw, review: Review, receipt: Receipt, earlier: Sequence[Receipt]) -> None:
    """Keep a file with its receipt; earlier files give way to it."""
    _give_way(connection, earlier)
    receipts.add(connection, receipt, kept(review.received))


def _open_again(connection: Raw, receipt: Receipt, earlier: Sequence[Receipt]) -> None:
    _give_way(connection, earlier)
    receipts.close(connection, receipt.id, "open", "", receipt.revision, receipt.outcome)


def _give_way(connection: Raw, earlier: Sequence[Receipt]) -> None:
    """Close files whose place a later one takes."""
    for receipt in earlier:
        receipts.close(connection, receipt.id, "superseded", clock.now(), receipt.revision, receipt.outcome)


def set_aside(workspace: Workspace, review: Review) -> None:
    """Close a file that is kept without taking anything in.

    Raises:
        NotKept: if that cannot be kept.
    """
    receipt = review.receipt
    if receipt is not None:
        workspace.write_beside(receipts.close, receipt.id, "set aside", clock.now(), receipt.revision, receipt.outcome)
