"""The receipt of a copy that was merged, as a person reads it: what came in, what was decided, what is left open."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict

from spp_desktop.edits import outcomes
from spp_desktop.edits.outcomes import Outcome
from spp_desktop.plan.words import counted
from spp_desktop.store import clock
from spp_desktop.store.merging.items import MergeCounts
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

_STATES = {"open": "begun, not merged yet", "applied": "merged", "set aside": "set aside"}
_GROUPS = (
    ("Decided: as it is in the copy", True, "accept"),
    ("Decided: as it was here", True, "reject"),
    ("Decided: another value was typed", True, "typed"),
    ("Left open, as it was here", True, "wait"),
    ("Waits: locked or closed here, proposed as a restatement", False, "wait"),
    ("Came in by itself", False, "accept"),
)
"""What is listed: its title, whether it was asked, and what became of it."""


def written(counts: MergeCounts, made: Iterable[Outcome]) -> str:
    """What became of a copy as its receipt keeps it: all of it counted, and each thing that is told."""
    return json.dumps({"counts": counts._asdict(), "each": list(map(asdict, made))}, ensure_ascii=False)


def counted_in(counts: MergeCounts) -> Iterator[str]:
    """All that there was, counted, line by line."""
    yield f"Only in the copy: {counts.new:,} new, {counts.changed:,} changed, {counts.removed:,} removed"
    yield f"The same in both: {counts.same:,}"
    yield f"Asked: {counts.asked:,}"
    if counts.waiting:
        yield f"Waiting: {counts.waiting:,}"
    yield f"Came along: {counted(counts.steps, 'step')}"


def _counts(receipt: Receipt) -> Iterator[str]:
    """The lines that count what a copy came to; none where its receipt does not keep that."""
    with suppress(ValueError, KeyError, TypeError):
        yield from counted_in(MergeCounts(**json.loads(receipt.outcome)["counts"]))


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
        "",
        *_counts(receipt),
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
        typed = f"; typed {_said(outcome.taken)}" if outcome.verdict == "typed" else ""
        sides = [f"{before}here {_said(outcome.was)}; in the copy {_said(outcome.returned)}{typed}"]
    decided = f"; decided {clock.local_time(outcome.at)} by {outcome.author}" if _is_decided(outcome) else ""
    why = f"; reason: {outcome.reason}" if outcome.reason else ""
    return f"  {': '.join((what, *sides))} ({outcome.kind}{decided}{why})"


def _is_decided(outcome: Outcome) -> bool:
    return is_asked(outcome) and outcome.verdict != "wait"


def _said(text: str) -> str:
    return f"“{text}”" if text else "empty"
