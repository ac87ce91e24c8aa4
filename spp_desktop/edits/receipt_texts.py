"""The receipt of whatever came in, as a text: of a file that came back, or of another copy of the plan."""

from spp_desktop.edits import outcomes
from spp_desktop.edits.merging import merge_receipts
from spp_desktop.store import receipts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace


def text_of(workspace: Workspace, receipt: Receipt) -> str:
    """The receipt as a person reads it, the same in the window and at the command line."""
    if receipt.export == receipts.MERGE:
        return merge_receipts.text_of(workspace, receipt)
    return outcomes.text_of(workspace, receipt)
