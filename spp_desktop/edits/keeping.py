"""Files that came back, kept in the plan with their receipts, so that they can be gone on with on another day."""

from dataclasses import replace
from sqlite3 import Connection as Raw

from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.rows import new_key
from spp_desktop.returns.intake import kept
from spp_desktop.returns.placement import identity_text, read_identity
from spp_desktop.store import clock, locks, receipts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace


def keep(workspace: Workspace, review: Review, sender: str = "") -> Review:
    """The review with its file kept in the plan, so that it can be gone on with later and without the file.

    An earlier version of the same return that is still open gives way to it. A file that was closed is open again.

    Raises:
        NotKept: if it cannot be kept.
    """
    receipt = review.receipt
    if receipt is None:
        same_file = workspace.read_beside(receipts.by_hash, review.received.file_hash)
        receipt = next((earlier for earlier in same_file if earlier.state == "open"), None)
    if receipt is None:
        receipt = receipt_of(review, sender)
        workspace.write_beside(add, review, receipt)
        return replace(review, receipt=receipt)
    stored = workspace.read_beside(receipts.find, receipt.id)
    if receipt.state == "open" and stored is not None and stored.state != "open":
        workspace.write_beside(_open_again, stored)
    decisions = workspace.read_beside(receipts.decisions, receipt.id) if review.receipt is None else {}
    return replace(review, receipt=receipt, decisions={**decisions, **review.decisions})


def receipt_of(review: Review, sender: str = "") -> Receipt:
    """A new receipt of a file, open."""
    received, identity = review.received, review.identity
    return Receipt(
        new_key(),
        identity_text(identity),
        identity.export,
        received.name,
        received.file_hash,
        sender or identity.owner or received.modified_by,
        clock.now(),
        locks.author(),
    )


def add(connection: Raw, review: Review, receipt: Receipt) -> None:
    """Keep a file with its receipt, in the place of an earlier version that is still open."""
    _give_way(connection, receipt)
    receipts.add(connection, receipt, kept(review.received))


def _open_again(connection: Raw, receipt: Receipt) -> None:
    _give_way(connection, receipt)
    receipts.close(connection, receipt.id, "open", "", receipt.revision, receipt.outcome)


def _give_way(connection: Raw, receipt: Receipt) -> None:
    """Close what is open of the same export, which a file takes the place of.

    What went to no one post is answered by several, each for a part of it: there no file takes another's place.
    """
    identity = read_identity(receipt.identity)
    if identity is not None and not identity.owner:
        return
    for earlier in receipts.of_export(connection, receipt.export):
        if earlier.state == "open" and earlier.id != receipt.id:
            receipts.close(connection, earlier.id, "superseded", clock.now(), earlier.revision, earlier.outcome)


def set_aside(workspace: Workspace, review: Review) -> None:
    """Close a file that is kept without taking anything in.

    Raises:
        NotKept: if that cannot be kept.
    """
    receipt = review.receipt
    if receipt is not None:
        workspace.write_beside(receipts.close, receipt.id, "set aside", clock.now(), receipt.revision, receipt.outcome)
