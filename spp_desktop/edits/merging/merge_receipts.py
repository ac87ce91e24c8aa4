"""The receipt of a copy that was merged, as a person reads it: what came in, what was decided, what is left open."""

from collections.abc import Sequence

from spp_desktop.edits import outcomes
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.store import clock
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

_STATES = {"open": "begun, not merged yet", "applied": "merged", "set aside": "set aside"}
_GROUPS = (
    ("Decided: as it is in the copy", True, "accept"),
    ("Decided: as it was here", True, "reject"),
    ("Left open, as it was here", True, "wait"),
    ("Waits: locked or closed here, proposed as a restatement", False, "wait"),
    ("Came in by itself", False, "accept"),
)
"""What is listed: its title, whether it was asked, and what became of it."""


def text_of(workspace: Workspace, receipt: Receipt) -> str:
    """The receipt of a merged copy as a text, with a word on whether it was undone since."""
    made = outcomes.read(receipt.outcome)
    step = {receipt.revision} if receipt.revision else set()
    undone = bool(step - workspace.standing(step))
    lines = [
        f"Receipt for {receipt.file_name}, a copy of this plan that was merged",
        f"Newest step of the copy by: {receipt.sender or 'nobody'}",
        f"Held against the plan: {clock.local_time(receipt.at)} by {receipt.author}",
        f"State: {_STATES.get(receipt.state, receipt.state)}"
        + (f", {clock.local_time(receipt.closed_at)}" if receipt.closed_at else "")
        + ("; undone since" if undone else ""),
        f"Times: {clock.LOCAL}",
        f"File (SHA-256): {receipt.file_hash}",
    ]
    for title, asked, verdict in _GROUPS:
        chosen = [each for each in made if each.verdict == verdict and is_asked(each) == asked]
        if chosen:
            lines += ["", f"{title}: {len(chosen)}", *map(_line, chosen)]
    return "\n".join(lines) + "\n"


def is_asked(outcome: Outcome) -> bool:
    """Whether a person was asked about something; its subject begins with the question then."""
    return not outcome.subject.startswith("|")


def _line(outcome: Outcome) -> str:
    what = " ".join(filter(None, (outcome.ref, outcome.column)))
    sides: Sequence[str] = ()
    if is_asked(outcome) or outcome.column:
        before = f"both knew {_said(outcome.issued)}; " if is_asked(outcome) else ""
        sides = [f"{before}here {_said(outcome.was)}; in the copy {_said(outcome.returned)}"]
    why = f"; reason: {outcome.reason}" if outcome.reason else ""
    return f"  {': '.join((what, *sides))} ({outcome.kind}; {clock.local_time(outcome.at)}, {outcome.author}{why})"


def _said(text: str) -> str:
    return f"“{text}”" if text else "empty"
